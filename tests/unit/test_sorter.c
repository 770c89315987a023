/*
 * Rows in order, however they were shared out, whatever memory there is: the same as a
 * plain sort of what the rows were made of.
 */
#include <math.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/random.h"
#include "check.h"
#include "op/sorter.h"

static struct error err;

/* All of a row comes from its number. */
struct row {
	uint32_t id;
	bool has_price, has_whole, has_text;
	double price;
	int64_t whole;
	int32_t day;
	bool flag;
	size_t size;
	char text[40];
};

enum { ID, PRICE, WHOLE, TEXT, DAY, FLAG, COLUMNS };

static const enum type types[COLUMNS] = { TYPE_LONG,   TYPE_FLOAT, TYPE_LONG,
					  TYPE_STRING, TYPE_DATE,  TYPE_BOOL };

enum flavour { TAME, WILD };

/* Tame: decimals, small numbers, few words. Wild: everything that trips an order. */
static struct row
row_of(uint32_t id, enum flavour flavour)
{
	static const double odd[] = {
		NAN, 0.0, -0.0, INFINITY, -INFINITY, 1.0 / 3, -2.5
	};
	static const int64_t edges[] = { INT64_MIN, INT64_MAX, 0, -1, 1 };
	uint64_t seed = id * UINT64_C(77) + flavour;
	struct row r = { .id = id };

	r.has_price = random_below(&seed, 10) > 0;
	r.price = (double)(int64_t)(random_below(&seed, 700) - 20) / 100;
	r.has_whole = flavour == TAME || random_below(&seed, 10) > 0;
	r.whole = (int64_t)random_below(&seed, 30);
	r.has_text = random_below(&seed, 10) > 0;
	r.day = (int32_t)random_below(&seed, 400) - 100;
	r.flag = random_below(&seed, 2);
	r.size = (size_t)snprintf(r.text, sizeof(r.text), "word %d",
				  (int)random_below(&seed, 40));
	if (flavour == TAME)
		return r;
	if (random_below(&seed, 4) == 0)
		r.price = odd[random_below(&seed, COUNT(odd))];
	if (random_below(&seed, 3) == 0)
		r.whole = edges[random_below(&seed, COUNT(edges))];
	if (random_below(&seed, 20) == 0)
		r.day = random_below(&seed, 2) ? INT32_MIN : INT32_MAX;
	/* long common starts, ends at every place, zeroes inside and at the end */
	r.size = random_below(&seed, 24);
	memcpy(r.text, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", r.size);
	if (r.size && random_below(&seed, 2))
		r.text[r.size - 1] = (char)random_below(&seed, 3);
	return r;
}

/* Number lines: text as codes of a dictionary of this batch, or as it is. */
static struct batch *
batch_of(uint32_t first, size_t n, enum flavour flavour)
{
	struct batch *batch = batch_new(COLUMNS, n, &err);
	struct build b[COLUMNS];

	for (size_t c = 0; c < COLUMNS; c++)
		build_start(&b[c], types[c], n);
	for (uint32_t id = first; id < first + n; id++) {
		struct row r = row_of(id, flavour);

		build_long(&b[ID], r.id);
		if (r.has_price)
			build_float(&b[PRICE], r.price);
		else
			build_null(&b[PRICE]);
		if (r.has_whole)
			build_long(&b[WHOLE], r.whole);
		else
			build_null(&b[WHOLE]);
		if (r.has_text)
			build_text(&b[TEXT], (struct text){ r.text, r.size });
		else
			build_null(&b[TEXT]);
		build_date(&b[DAY], r.day);
		build_bool(&b[FLAG], r.flag);
	}
	for (size_t c = 0; c < COLUMNS; c++)
		batch->at[c] = build_end(&b[c], &err);
	return batch;
}

/* The same texts as codes of a dictionary in which they stand once a row. */
static void
into_dictionary(struct batch *batch)
{
	struct column *plain = batch->at[TEXT], *codes;

	codes = column_new(TYPE_DATE, batch->rows, &err);
	codes->type = TYPE_STRING;
	codes->layout = LAYOUT_DICTIONARY;
	codes->validity = buffer_share(plain->validity);
	codes->nulls = plain->nulls;
	for (size_t i = 0; i < batch->rows; i++)
		column_ints(codes)[i] = (int32_t)i;
	codes->dictionary = column_slice(plain, 0, batch->rows, &err);
	buffer_drop(codes->dictionary->validity);
	codes->dictionary->validity = NULL;
	codes->dictionary->nulls = 0;
	batch_take(batch, TEXT, codes);
}

static const struct sort_key *order_keys;
static size_t n_order_keys;
static enum flavour order_flavour;

static int
compare_floats(double a, double b)
{
	if (isnan(a) || isnan(b))
		return isnan(a) - isnan(b);
	return (a > b) - (a < b);
}

static int
compare_key(size_t column, const struct row *a, const struct row *b)
{
	switch (column) {
	case PRICE:
		if (!a->has_price || !b->has_price)
			return a->has_price - b->has_price;
		return compare_floats(a->price, b->price);
	case WHOLE:
		if (!a->has_whole || !b->has_whole)
			return a->has_whole - b->has_whole;
		return (a->whole > b->whole) - (a->whole < b->whole);
	case TEXT:
		if (!a->has_text || !b->has_text)
			return a->has_text - b->has_text;
		return text_compare((struct text){ a->text, a->size },
				    (struct text){ b->text, b->size });
	case DAY:
		return (a->day > b->day) - (a->day < b->day);
	default:
		return a->flag - b->flag;
	}
}

static int
compare(const void *x, const void *y)
{
	const uint32_t i = *(const uint32_t *)x, j = *(const uint32_t *)y;
	struct row a = row_of(i, order_flavour), b = row_of(j, order_flavour);

	for (size_t k = 0; k < n_order_keys; k++) {
		int order = compare_key(order_keys[k].column, &a, &b);

		if (order)
			return order_keys[k].descending ? -order : order;
	}
	return (i > j) - (i < j);
}

static struct schema schema;

struct way {
	size_t rows, batch, sorters, threads, limit;
	enum flavour flavour;
	bool coded;
};

static bool
take_all(struct sorter *const *sorters, const struct way *way)
{
	bool ok = true;
	size_t turn = 0;

	for (size_t first = 0; ok && first < way->rows; first += way->batch) {
		size_t left = way->rows - first;
		struct batch *batch =
			batch_of((uint32_t)first, left < way->batch ? left : way->batch,
				 way->flavour);

		if (way->coded)
			into_dictionary(batch);
		ok = sorter_take(sorters[turn++ * 7 % way->sorters], batch,
				 (struct place){ first / 5000, first % 5000 }, &err);
		batch_free(batch);
	}
	return ok;
}

/* Batches as they are, then once more from an earlier one: merging starts again. */
static void
check_table(const struct table *table, const uint32_t *wanted, const struct way *way)
{
	size_t at = 0, wrong = 0;
	struct batch *batch;

	CHECK(table->rows == way->rows);
	for (size_t i = 0; i < table->n; i++) {
		if (!table_batch(table, i, &batch, &err)) {
			CHECK_TEXT(err.text, "");
			return;
		}
		for (size_t row = 0; row < batch->rows; row++, at++) {
			int64_t id = column_longs(batch->at[ID])[row];
			struct row r = row_of((uint32_t)id, way->flavour);
			const struct column *text = batch->at[TEXT];

			wrong += id != wanted[at];
			wrong += column_is_null(text, row) == r.has_text;
			wrong += r.has_text &&
				 !text_equal(column_text(text, row),
					     (struct text){ r.text, r.size });
			wrong += column_ints(batch->at[DAY])[row] != r.day;
		}
		batch_free(batch);
	}
	CHECK(at == way->rows && wrong == 0);
	if (table->n > 3 && table_batch(table, 1, &batch, &err)) {
		CHECK(column_longs(batch->at[ID])[0] == wanted[at > 4096 ? 2048 : 0]);
		batch_free(batch);
	}
}

static void
sort_so(const struct way *way, const struct sort_key *keys, size_t n_keys)
{
	struct spill *spill = spill_new(NULL, &err);
	struct sorter_plan plan = { .keys = keys,
				    .n_keys = n_keys,
				    .in = &schema,
				    .n_out = COLUMNS,
				    .spill = spill,
				    .threads = way->threads };
	uint32_t *wanted = calloc(way->rows + 1, sizeof(*wanted));
	struct sorter *sorters[4];
	struct table table = { 0 };
	bool ok = true;

	order_keys = keys;
	n_order_keys = n_keys;
	order_flavour = way->flavour;
	for (size_t i = 0; i < way->rows; i++)
		wanted[i] = (uint32_t)i;
	qsort(wanted, way->rows, sizeof(*wanted), compare);
	memory_limit(way->limit);
	for (size_t i = 0; i < way->sorters; i++)
		sorters[i] = sorter_new(&plan, &err);
	ok = take_all(sorters, way);
	CHECK(ok);
	for (size_t i = 1; i < way->sorters; i++) {
		CHECK(sorter_join(sorters[0], sorters[i], &err));
		sorter_free(sorters[i]);
	}
	err.text[0] = '\0';
	ok = sorter_end(sorters[0], &table, &err);
	CHECK(ok);
	CHECK_TEXT(err.text, "");
	CHECK((spill_bytes(spill) > 0) == (way->limit > 0));
	if (ok)
		check_table(&table, wanted, way);
	table_release(&table);
	memory_limit(0);
	spill_drop(spill);
	free(wanted);
	CHECK(memory_used() == 0);
}

static void
all_ways(void)
{
	static const struct sort_key orders[][3] = {
		{ { PRICE, true }, { WHOLE, false }, { DAY, false } },
		{ { TEXT, false }, { FLAG, true }, { PRICE, false } },
		{ { WHOLE, false }, { TEXT, true }, { DAY, true } },
		{ { DAY, false }, { PRICE, false }, { TEXT, false } },
	};
	static const struct way ways[] = {
		{ 0, 1, 1, 1, 0, TAME, false },
		{ 1, 1, 1, 1, 0, WILD, false },
		{ 5000, 100, 3, 1, 0, TAME, true },
		{ 5000, 333, 2, 2, 0, WILD, false },
		{ 5000, 77, 2, 2, 0, WILD, true },
		{ 20000, 500, 2, 1, 1500000, WILD, false },
		{ 30000, 700, 3, 2, 1500000, TAME, true },
	};

	for (size_t w = 0; w < COUNT(ways); w++)
		for (size_t o = 0; o < COUNT(orders); o++)
			for (size_t n = 1; n <= 3; n += 2)
				sort_so(&ways[w], orders[o], n);
	/* enough rows for several threads */
	sort_so(&(struct way){ 200000, 3000, 2, 3, 0, TAME, true }, orders[0], 2);
	sort_so(&(struct way){ 140000, 3000, 2, 2, 0, WILD, false }, orders[1], 2);
	/* enough bytes for shelves, of two sorters */
	sort_so(&(struct way){ 400000, 3000, 2, 2, 0, WILD, false }, orders[0], 2);
}

/* Memory refused at any point: an error, and nothing is left. */
static void
refused(void)
{
	static const struct sort_key keys[] = { { TEXT, false }, { PRICE, true } };
	size_t n = 0;
	bool done = false;

	while (!done && ++n < 5000) {
		struct spill *spill = spill_new(NULL, &err);
		struct sorter_plan plan = { .keys = keys,
					    .n_keys = 2,
					    .in = &schema,
					    .n_out = COLUMNS,
					    .spill = spill };
		struct batch *batches[2] = { batch_of(0, 900, WILD),
					     batch_of(900, 900, TAME) };
		struct sorter *a = sorter_new(&plan, &err), *b = sorter_new(&plan, &err);
		struct table table = { 0 };
		bool ok;

		memory_limit(n % 2 ? 0 : 600000);
		memory_refuse(n);
		ok = sorter_take(a, batches[0], (struct place){ 0, 0 }, &err) &&
		     sorter_take(b, batches[1], (struct place){ 1, 0 }, &err) &&
		     sorter_join(a, b, &err);
		if (ok)
			ok = sorter_end(a, &table, &err);
		else
			sorter_free(a);
		for (size_t i = 0; ok && i < table.n; i++) {
			struct batch *batch;

			ok = table_batch(&table, i, &batch, &err);
			batch_free(batch);
		}
		memory_refuse(0);
		memory_limit(0);
		CHECK(ok || strstr(err.text, "out of memory"));
		done = ok;
		sorter_free(b);
		table_release(&table);
		batch_free(batches[0]);
		batch_free(batches[1]);
		spill_drop(spill);
		CHECK(memory_used() == 0);
	}
	CHECK(done && n > 20);
}

static void
cancelled(void)
{
	static const struct sort_key key = { TEXT, false };
	atomic_bool cancel = true;
	struct sorter_plan plan = { .keys = &key,
				    .n_keys = 1,
				    .in = &schema,
				    .n_out = COLUMNS,
				    .cancel = &cancel };
	struct sorter *sorter = sorter_new(&plan, &err);
	struct batch *batch = batch_of(0, 100, WILD);
	struct table table = { 0 };

	err = (struct error){ 0 };
	CHECK(sorter_take(sorter, batch, (struct place){ 0, 0 }, &err));
	CHECK(!sorter_end(sorter, &table, &err) && err.cancelled);
	batch_free(batch);
	CHECK(memory_used() == 0);
}

int
main(void)
{
	struct arena arena = { 0 };

	for (size_t c = 0; c < COLUMNS; c++)
		schema_add(&schema, "x", types[c], &arena);
	all_ways();
	refused();
	cancelled();
	arena_release(&arena);
	return check_report();
}
