/*
 * What is packed comes back: every type and layout, whole and row by row, out of pages
 * that were packed as chance would have it.
 */
#include <math.h>
#include <stdlib.h>

#include "base/random.h"
#include "check.h"
#include "data/pack.h"
#include "data/vector.h"

static struct error err;

enum shape {
	NARROW,
	WIDE,
	CONSTANT,
	PRICES,
	DOUBLES,
	ODD,
	BOOLS,
	DAYS,
	CODES,
	WORDS,
	SENTENCES,
	VECTORS,
	LISTS,
	NOWHERE,
	SHAPES
};

static enum type
type_of(enum shape shape)
{
	static const enum type types[SHAPES] = { TYPE_LONG,   TYPE_DATETIME, TYPE_LONG,
						 TYPE_FLOAT,  TYPE_FLOAT,    TYPE_FLOAT,
						 TYPE_BOOL,   TYPE_DATE,     TYPE_STRING,
						 TYPE_STRING, TYPE_STRING,   TYPE_OBJECT,
						 TYPE_OBJECT, TYPE_LONG };

	return types[shape];
}

static double
float_of(enum shape shape, uint64_t *seed)
{
	static const double odd[] = { NAN, -NAN,  0.0,    -0.0,  INFINITY,  -INFINITY,
				      0.1, 1e300, 1e-300, 12.25, 0.1 + 0.2, 5e-324 };
	double x;
	uint64_t bits;

	switch (shape) {
	case PRICES:
		return (double)(int64_t)(random_below(seed, 600000) - 600) / 100;
	case ODD:
		if (random_below(seed, 8) == 0) { /* a payload must stay */
			bits = UINT64_C(0x7ff8000000000000) | random_below(seed, 1000);
			memcpy(&x, &bits, sizeof(x));
			return x;
		}
		return odd[random_below(seed, COUNT(odd))];
	default:
		return random_unit(seed) * 1e6;
	}
}

static struct text
text_for(enum shape shape, uint64_t *seed)
{
	static char room[5000];
	size_t size = shape == WORDS           ? random_below(seed, 17)
		      : random_below(seed, 20) ? random_below(seed, 40)
					       : random_below(seed, 5000);

	for (size_t i = 0; i < size; i++)
		room[i] = (char)random_below(seed, 256);
	return (struct text){ room, size };
}

static void
put(struct build *b, enum shape shape, uint64_t *seed)
{
	switch (type_of(shape)) {
	case TYPE_LONG:
		build_long(b, shape == CONSTANT
				      ? -7
				      : (int64_t)random_below(
						seed, 1 << random_below(seed, 12)) -
						50);
		break;
	case TYPE_DATETIME:
		build_long(b, (int64_t)random_next(seed) >> random_below(seed, 64));
		break;
	case TYPE_FLOAT:
		build_float(b, float_of(shape, seed));
		break;
	case TYPE_BOOL:
		build_bool(b, random_below(seed, 2));
		break;
	case TYPE_DATE:
		build_date(b, (int32_t)random_next(seed) >> random_below(seed, 32));
		break;
	default:
		build_text(b, text_for(shape, seed));
	}
}

static struct column *
simple(enum shape shape, size_t rows, size_t nulls, uint64_t *seed)
{
	struct build b;

	build_start(&b, type_of(shape), rows);
	for (size_t i = 0; i < rows; i++)
		if (random_below(seed, 100) < nulls)
			build_null(&b);
		else
			put(&b, shape, seed);
	return build_end(&b, &err);
}

/* Codes into a dictionary of its own, which may be shared by several. */
static struct column *
coded(struct column **dictionary, size_t rows, size_t nulls, uint64_t *seed)
{
	struct column *c = simple(DAYS, rows, nulls, seed);

	if (!*dictionary || random_below(seed, 4) == 0) {
		column_drop(*dictionary);
		*dictionary = simple(random_below(seed, 2) ? WORDS : SENTENCES,
				     1 + random_below(seed, 400), 0, seed);
	}
	c->type = TYPE_STRING;
	c->layout = LAYOUT_DICTIONARY;
	c->dictionary = column_share(*dictionary);
	for (size_t i = 0; i < rows; i++) /* a null's code may be anything */
		column_ints(c)[i] =
			column_is_null(c, i)
				? INT32_MAX
				: (int32_t)random_below(seed, (*dictionary)->rows);
	return c;
}

static struct column *
vectors(size_t rows, uint64_t *seed)
{
	int32_t *codes = calloc(rows + 1, sizeof(*codes));
	struct column *c;

	for (size_t i = 0; i < rows; i++)
		codes[i] = (int32_t)random_below(seed, 7) - 1;
	c = vector_one_hot(codes, rows, 0, 5, &err);
	free(codes);
	for (size_t i = 0; i < rows; i++)
		if (random_below(seed, 10) == 0)
			CHECK(column_set_null(c, i, &err));
	return c;
}

/* Lists of texts; no rows: without a child. */
static struct column *
lists(size_t rows, uint64_t *seed)
{
	struct column *c = column_new(TYPE_OBJECT, rows, &err);
	size_t n = 0;

	if (rows == 0)
		return c;
	for (size_t i = 0; i < rows; i++)
		column_longs(c)[i + 1] = (int64_t)(n += random_below(seed, 4));
	c->children = calloc(1, sizeof(*c->children));
	c->n_children = 1;
	c->children[0] = simple(WORDS, n, 20, seed);
	return c;
}

static struct column *
column_for(enum shape shape, size_t rows, struct column **dictionary, uint64_t *seed)
{
	static const size_t shares[] = { 0, 0, 0, 10, 100 };
	size_t nulls = shares[random_below(seed, COUNT(shares))];

	switch (shape) {
	case NOWHERE:
		return NULL;
	case CODES:
		/* the reader may give up its dictionary */
		return random_below(seed, 8) ? coded(dictionary, rows, nulls, seed)
					     : simple(WORDS, rows, nulls, seed);
	case VECTORS:
		return vectors(rows, seed);
	case LISTS:
		return lists(rows, seed);
	default:
		return simple(shape, rows, nulls, seed);
	}
}

static bool
same_bits(const struct column *a, size_t i, const struct column *b, size_t j)
{
	if (column_is_null(a, i) || column_is_null(b, j))
		return column_is_null(a, i) == column_is_null(b, j);
	return memcmp(&column_floats(a)[i], &column_floats(b)[j], sizeof(double)) == 0;
}

/* The same values and nulls; floats bit by bit. */
static bool
same_columns(const struct column *a, const struct column *b)
{
	bool same =
		a->type == b->type && a->rows == b->rows && a->is_vector == b->is_vector;

	if (a->type != TYPE_FLOAT)
		return same && column_equal(a, b) &&
		       (a->validity && a->nulls ? a->nulls : 0) ==
			       (b->validity && b->nulls ? b->nulls : 0);
	for (size_t i = 0; same && i < a->rows; i++)
		same = same_bits(a, i, b, i);
	return same;
}

enum { PAGES = 12, PICKED = 700 };

static void
check_whole(struct packing *packing, const struct packed *page, const struct batch *batch)
{
	static const bool wanted[SHAPES] = { [PRICES] = true, [LISTS] = true };
	struct batch *back = unpack(packing, page, NULL, &err);
	struct batch *some = unpack(packing, page, wanted, &err);

	CHECK(back && back->rows == batch->rows && back->n == batch->n);
	for (size_t i = 0; back && i < batch->n; i++) {
		CHECK(!back->at[i] == !batch->at[i]);
		CHECK(!batch->at[i] || same_columns(back->at[i], batch->at[i]));
		CHECK(some && !some->at[i] == !wanted[i]);
	}
	batch_free(back);
	batch_free(some);
}

/* Rows from everywhere, as if gathered out of all batches put together. */
static void
check_rows(struct packing *packing, struct packed *const *pages,
	   struct batch *const *batches, uint64_t *seed)
{
	struct packed_row rows[PICKED];
	struct batch *back;
	uint32_t whole[PICKED];
	size_t n = 1 + random_below(seed, PICKED);

	for (size_t i = 0; i < n; i++) {
		size_t page;

		do
			page = random_below(seed, PAGES);
		while (!batches[page]->rows);
		rows[i].page = (uint32_t)page;
		rows[i].row = (uint32_t)random_below(seed, batches[page]->rows);
		whole[i] = rows[i].row;
		for (size_t p = 0; p < page; p++)
			whole[i] += (uint32_t)batches[p]->rows;
	}
	back = unpack_rows(packing, (const struct packed *const *)pages, rows, n, NULL,
			   &err);
	CHECK(back && back->rows == n);
	for (size_t i = 0; back && i < SHAPES; i++) {
		struct column *parts[PAGES], *all, *picked;

		for (size_t p = 0; p < PAGES; p++)
			parts[p] = batches[p]->at[i];
		if (!parts[0])
			continue;
		all = column_concat(parts, PAGES, &err);
		picked = column_gather(all, whole, n, &err);
		CHECK(back->at[i] && same_columns(back->at[i], picked));
		column_drop(all);
		column_drop(picked);
	}
	batch_free(back);
}

static void
random_batches(uint64_t seed)
{
	struct packing *packing = packing_new(&err);
	struct column *dictionary = NULL;
	struct batch *batches[PAGES];
	struct packed *pages[PAGES];

	for (size_t p = 0; p < PAGES; p++) {
		size_t rows = p == 1 ? 0 : p == 2 ? 1 : random_below(&seed, 700);

		batches[p] = batch_new(SHAPES, rows, &err);
		for (enum shape s = 0; s < SHAPES; s++)
			batches[p]->at[s] = column_for(s, rows, &dictionary, &seed);
		pages[p] = pack(packing, batches[p], &err);
		CHECK(pages[p] && pages[p]->rows == rows);
	}
	for (size_t p = 0; p < PAGES; p++)
		check_whole(packing, pages[p], batches[p]);
	for (int i = 0; i < 4; i++)
		check_rows(packing, pages, batches, &seed);
	for (size_t p = 0; p < PAGES; p++) {
		batch_free(batches[p]);
		packed_free(pages[p]);
	}
	column_drop(dictionary);
	packing_drop(packing);
	CHECK(memory_used() == 0);
}

/* Rows like those of bookings: 32 columns in less than 50 bytes. */
static void
size_of_rows(void)
{
	static const enum shape shapes[] = { CODES, NARROW, NARROW, PRICES };
	enum { COLUMNS = 32, ROWS = 2048 };
	struct packing *packing = packing_new(&err);
	struct batch *batch = batch_new(COLUMNS, ROWS, &err);
	struct column *dictionary = NULL;
	struct packed *page;
	uint64_t seed = 3;

	for (size_t i = 0; i < COLUMNS; i++) {
		enum shape shape = i == 31 ? PRICES : shapes[i % 3];

		batch->at[i] = shape == CODES ? coded(&dictionary, ROWS, 0, &seed)
					      : simple(shape, ROWS, 0, &seed);
	}
	page = pack(packing, batch, &err);
	CHECK(page && page->size / ROWS < 64);
	packed_free(page);
	batch_free(batch);
	column_drop(dictionary);
	packing_drop(packing);
}

/* Memory refused at any point: an error, after which another may go on with the same
 * packing, and nothing is left. */
static void
refused(void)
{
	for (size_t n = 1; n < 400; n++) {
		struct packing *packing = packing_new(&err);
		struct column *dictionary = NULL;
		struct batch *batch = batch_new(SHAPES, 20, &err), *back = NULL;
		struct packed *page;
		uint64_t seed = 9;

		for (enum shape s = 0; s < SHAPES; s++)
			batch->at[s] = column_for(s, 20, &dictionary, &seed);
		memory_refuse(n);
		page = pack(packing, batch, &err);
		if (page)
			back = unpack(packing, page, NULL, &err);
		memory_refuse(0);
		CHECK(back || strstr(err.text, "out of memory"));
		if (!page && (page = pack(packing, batch, &err)))
			check_whole(packing, page, batch);
		CHECK(page);
		batch_free(back);
		packed_free(page);
		batch_free(batch);
		column_drop(dictionary);
		packing_drop(packing);
		CHECK(memory_used() == 0);
	}
}

/* More words than one list takes are packed as they are. */
static void
many_words(void)
{
	struct packing *packing = packing_new(&err);

	for (int i = 0; i < 40; i++) {
		struct batch *batch = batch_new(1, 3000, &err), *back;
		struct column *dictionary = NULL;
		struct packed *page;
		uint64_t seed = (uint64_t)i;

		dictionary = simple(SENTENCES, 3000, 0, &seed);
		batch->at[0] = simple(DAYS, 3000, 0, &seed);
		batch->at[0]->type = TYPE_STRING;
		batch->at[0]->layout = LAYOUT_DICTIONARY;
		batch->at[0]->dictionary = dictionary;
		for (int32_t row = 0; row < 3000; row++)
			column_ints(batch->at[0])[row] = row;
		page = pack(packing, batch, &err);
		back = page ? unpack(packing, page, NULL, &err) : NULL;
		CHECK(back && same_columns(back->at[0], batch->at[0]));
		batch_free(back);
		batch_free(batch);
		packed_free(page);
	}
	packing_drop(packing);
	CHECK(memory_used() == 0);
}

int
main(void)
{
	for (uint64_t seed = 1; seed <= 60; seed++)
		random_batches(seed);
	size_of_rows();
	refused();
	many_words();
	return check_report();
}
