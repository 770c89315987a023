/* Columns keep their rows whatever is done with them, in every layout. */
#include <math.h>

#include "check.h"
#include "data/rows.h"
#include "data/table.h"
#include "data/vector.h"

static struct error err;

/* "a,,b" as a string column; an empty part is null, "" an empty text. */
static struct column *
strings(const char *list)
{
	struct text rest = text_of(list);
	struct build b;

	build_start(&b, TYPE_STRING, 1);
	for (;;) {
		bool last = !memchr(rest.data, ',', rest.size);
		struct text part = text_cut(&rest, ',');

		if (part.size == 0)
			build_null(&b);
		else if (text_is(part, "\"\""))
			build_text(&b, (struct text){ "", 0 });
		else
			build_text(&b, part);
		if (last)
			return build_end(&b, &err);
	}
}

/* The same with codes into a dictionary. */
static struct column *
dictionary(const char *list, const char *entries)
{
	struct column *plain = strings(list), *known = strings(entries);
	struct column *c = column_new(TYPE_DATE, plain->rows, &err);

	c->type = TYPE_STRING;
	c->layout = LAYOUT_DICTIONARY;
	c->dictionary = known;
	for (size_t i = 0; i < plain->rows; i++) {
		if (column_is_null(plain, i)) {
			CHECK(column_set_null(c, i, &err));
			continue;
		}
		for (size_t k = 0; k < known->rows; k++)
			if (text_equal(column_text(plain, i), column_text(known, k)))
				column_ints(c)[i] = (int32_t)k;
	}
	column_drop(plain);
	return c;
}

static void
test_gather(void)
{
	static const uint32_t rows[] = { 3, 0, 1, 1 };
	struct column *layouts[] = { strings("a,,\"\",longer"),
				     dictionary("a,,b,longer", "b,longer,a") };
	const char *wanted[] = { "longer,a,,", "longer,a,," };

	for (size_t i = 0; i < COUNT(layouts); i++) {
		struct column *cut = column_gather(layouts[i], rows, 4, &err);
		struct column *want = strings(wanted[i]);

		CHECK(cut && column_equal(cut, want));
		CHECK(cut && cut->nulls == 2);
		column_drop(cut);
		column_drop(want);
		column_drop(layouts[i]);
	}
}

static void
test_concat(void)
{
	struct column *parts[] = { strings("a,"), dictionary("b,a", "a,b"),
				   strings("\"\""), dictionary(",b", "b") };
	struct column *all = column_concat(parts, COUNT(parts), &err);
	struct column *want = strings("a,,b,a,\"\",,b");

	CHECK(all && column_equal(all, want) && all->nulls == 2);
	column_drop(all);
	column_drop(want);
	for (size_t i = 0; i < COUNT(parts); i++)
		column_drop(parts[i]);
}

static void
test_bits(void)
{
	struct build b;
	struct column *c, *cut, *both;

	build_start(&b, TYPE_BOOL, 1);
	for (int i = 0; i < 200; i++)
		if (i % 7 == 3)
			build_null(&b);
		else
			build_bool(&b, i % 3 == 0);
	c = build_end(&b, &err);
	CHECK(c && c->rows == 200 && c->nulls == 29);
	cut = column_slice(c, 65, 70, &err);
	for (size_t i = 0; i < 70; i++) {
		CHECK(column_is_null(cut, i) == ((i + 65) % 7 == 3));
		if (!column_is_null(cut, i))
			CHECK(column_bool(cut, i) == ((i + 65) % 3 == 0));
	}
	both = column_concat((struct column *[]){ cut, c }, 2, &err);
	CHECK(both && both->rows == 270 && both->nulls == cut->nulls + c->nulls);
	CHECK(column_bool(both, 70) == column_bool(c, 0));
	column_drop(both);
	column_drop(cut);
	column_drop(c);
}

/* Who edits a shared column gets a copy; the other sees no change. */
static void
test_edit(void)
{
	struct column *mine = strings("a,b"), *yours = column_share(mine);

	CHECK(column_edit(&mine, &err) && mine != yours);
	CHECK(column_set_null(mine, 0, &err));
	CHECK(column_is_null(mine, 0) && !column_is_null(yours, 0));
	CHECK(mine->nulls == 1 && yours->nulls == 0);
	column_drop(mine);
	column_drop(yours);
}

static void
test_vectors(void)
{
	static const int32_t codes[] = { 1, -1, 0, 2 };
	struct column *v = vector_one_hot(codes, 4, 2, 2, &err);
	struct column *first, *again;

	CHECK(v && v->is_vector && v->n_children == 3);
	CHECK(column_longs(v->children[0])[3] == 2);
	CHECK(column_longs(v->children[1])[4] == 2); /* two rows have an entry */
	first = column_slice(v, 0, 2, &err);
	again = column_concat((struct column *[]){ first, v }, 2, &err);
	CHECK(again && again->rows == 6);
	CHECK(cells_compare(again, 0, again, 2) == 0 && cells_compare(v, 0, v, 2) > 0);
	column_drop(again);
	column_drop(first);
	column_drop(v);
}

static void
test_missing(void)
{
	struct column *s = strings("a,,\"\", ");
	struct column *f = column_new(TYPE_FLOAT, 2, &err);

	column_floats(f)[1] = NAN;
	CHECK(!column_is_missing(s, 0) && column_is_missing(s, 1));
	CHECK(column_is_missing(s, 2) && column_is_missing(s, 3));
	CHECK(!column_is_missing(f, 0) && column_is_missing(f, 1));
	column_drop(s);
	column_drop(f);
}

/* Equal rows have equal hashes, in every layout; a swap of columns is another row. */
static void
test_hash(void)
{
	struct row_hash a[4], b[4];
	struct batch *plain = batch_new(2, 4, &err), *coded = batch_new(2, 4, &err);

	batch_take(plain, 0, strings("a,b,,b"));
	batch_take(plain, 1, strings("b,a,a,a"));
	batch_take(coded, 0, dictionary("a,b,,b", "b,a"));
	batch_take(coded, 1, dictionary("b,a,a,a", "a,b"));
	CHECK(rows_hash(plain, a, &err) && rows_hash(coded, b, &err));
	CHECK(memcmp(a, b, sizeof(a)) == 0);
	CHECK(memcmp(&a[1], &a[3], sizeof(a[1])) == 0);
	CHECK(memcmp(&a[0], &a[1], sizeof(a[1])) != 0);
	CHECK(memcmp(&a[2], &a[1], sizeof(a[1])) != 0);
	batch_free(plain);
	batch_free(coded);
}

/* A batch without some columns filters the others; a refused request leaves it whole. */
static void
test_filter(void)
{
	struct batch *batch = batch_new(3, 3, &err);
	uint64_t kept = 5; /* rows 0 and 2 */
	size_t before;

	batch_take(batch, 0, strings("a,b,c"));
	batch_take(batch, 2, strings("x,,z"));
	CHECK(batch_filter(batch, &kept, &err));
	CHECK(batch->rows == 2 && !batch->at[1] && batch->at[2]->nulls == 0);
	CHECK(text_is(column_text(batch->at[0], 1), "c"));
	before = memory_used();
	memory_refuse(2);
	kept = 1;
	CHECK(!batch_filter(batch, &kept, &err));
	CHECK(batch->rows == 2 && memory_used() == before);
	batch_free(batch);
	CHECK(memory_used() == 0);
}

static int dropped;

static void
drop(void *value)
{
	(void)value;
	dropped++;
}

/* What was made of a column stays with it until it changes or goes. */
static void
test_memo(void)
{
	static const char mine, other;
	struct column *c = strings("a,b"), *shared;
	int made[2];

	CHECK(!column_memo(c, &mine, 1));
	CHECK(column_memo_take(c, &mine, 1, &made[0], drop, &err));
	CHECK(column_memo_take(c, &other, 1, &made[1], drop, &err));
	CHECK(column_memo(c, &mine, 1) == &made[0] && !column_memo(c, &mine, 2));
	CHECK(column_memo(c, &other, 1) == &made[1] && dropped == 0);
	shared = column_share(c);
	CHECK(column_edit(&shared, &err)); /* a copy */
	CHECK(!column_memo(shared, &mine, 1) && column_memo(c, &mine, 1) && dropped == 0);
	column_drop(shared);
	CHECK(column_edit(&c, &err)); /* itself */
	CHECK(!column_memo(c, &mine, 1) && dropped == 2);
	CHECK(column_memo_take(c, &mine, 1, &made[0], drop, &err));
	column_drop(c);
	CHECK(dropped == 3);
	CHECK(memory_used() == 0);
}

static void
test_tables(void)
{
	struct table table = { 0 };
	struct schema schema = { .n = 1, .at = &(struct field){ "x", TYPE_STRING } };
	struct batch *batch = batch_new(1, 5, &err), *whole;

	batch_take(batch, 0, strings("a,b,c,d,e"));
	CHECK(table_take_cut(&table, batch, 2, &err));
	CHECK(table.n == 3 && table.rows == 5);
	CHECK(table_batch(&table, 2, &batch, &err) && batch->rows == 1);
	batch_free(batch);
	whole = table_whole(&table, &schema, &err);
	CHECK(whole && whole->rows == 5 && text_is(column_text(whole->at[0], 4), "e"));
	batch_free(whole);
	table_release(&table);
	whole = table_whole(&table, &schema, &err);
	CHECK(whole && whole->rows == 0 && whole->at[0]->type == TYPE_STRING);
	batch_free(whole);
	CHECK(memory_used() == 0);
}

int
main(void)
{
	test_gather();
	test_concat();
	test_bits();
	test_edit();
	test_vectors();
	test_missing();
	test_hash();
	test_filter();
	test_memo();
	test_tables();
	return check_report();
}
