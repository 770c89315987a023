/* random_table - few rows, many edges. */
#include "random_table.h"

#include <math.h>

#include "base/random.h"
#include "sheet_cell.h"

/* From a pool of edges, so that values also repeat. */
static void
put_value(struct build *b, enum type type, uint64_t *seed)
{
	static const int64_t longs[] = {
		0, 1, 2, -1, 7, 100, INT64_MAX, INT64_MIN, 3, 5
	};
	static const double floats[] = { 0,     -0.0, 1.5, -2.25, 1e10, 1e-10,
					 1e308, 3,    NAN, 0.1,   4,    INFINITY };
	static const char *const texts[] = { "",         " ",      "a",    "b",
					     "A b c",    "12",     "-1.5", "2015-07-01",
					     "é",        "日本",   "true", "nan",
					     "\xff\xfe", "a,b\"c", "x\ny" };
	static const int64_t moments[] = { 0, 1435788660000000, -1, 86400000000,
					   1500000 };
	static const int32_t days[] = { 0, 16617, -1, 1, 365, 11016 };

	switch (type) {
	case TYPE_LONG:
		build_long(b, longs[random_below(seed, COUNT(longs))]);
		break;
	case TYPE_FLOAT:
		build_float(b, floats[random_below(seed, COUNT(floats))]);
		break;
	case TYPE_BOOL:
		build_bool(b, random_below(seed, 2));
		break;
	case TYPE_DATE:
		build_date(b, days[random_below(seed, COUNT(days))]);
		break;
	case TYPE_DATETIME:
		build_long(b, moments[random_below(seed, COUNT(moments))]);
		break;
	default:
		build_text(b, text_of(texts[random_below(seed, COUNT(texts))]));
		break;
	}
}

/* Dense, sparse, of no size, null. */
static struct column *
random_vectors(size_t rows, uint64_t *seed, struct arena *arena, struct error *err)
{
	static const char *const texts[] = { "[1.0,2.0]", "(3,[0,2],[1.5,-1.0])",
					     "[]",        "(2,[],[])",
					     "[nan]",     NULL };
	const struct cell **cells = ARENA_ARRAY(arena, rows, const struct cell *);

	for (size_t i = 0; i < rows; i++) {
		const char *text = texts[random_below(seed, COUNT(texts))];
		struct cell *cell = ARENA_NEW(arena, struct cell);

		if (text)
			cell->text = text_of(text);
		cells[i] = text ? cell : NULL;
	}
	return vectors_read(cells, rows, arena, err);
}

/* The code of a row's text among the entries, which it joins if it is new. */
static int32_t
code_of(struct text text, struct text *entries, size_t *n)
{
	for (size_t k = 0; k < *n; k++)
		if (text_equal(entries[k], text))
			return (int32_t)k;
	entries[*n] = text;
	return (int32_t)(*n)++;
}

/* The same texts by a dictionary, as readers make them; takes the column. */
static struct column *
with_dictionary(struct column *plain, struct arena *arena, struct error *err)
{
	struct text *entries = ARENA_ARRAY(arena, plain->rows + 1, struct text);
	struct buffer *codes = buffer_new(plain->rows * sizeof(int32_t), err);
	struct column *out = column_new(TYPE_STRING, 0, err);
	struct build b;
	size_t n = 0;

	for (size_t i = 0; codes && i < plain->rows; i++)
		if (!column_is_null(plain, i))
			((int32_t *)(void *)codes->data)[i] =
				code_of(column_text(plain, i), entries, &n);
	build_start(&b, TYPE_STRING, n);
	for (size_t k = 0; k < n; k++)
		build_text(&b, entries[k]);
	if (codes && out && (out->dictionary = build_end(&b, err))) {
		buffer_drop(out->values);
		buffer_drop(out->bytes);
		out->bytes = NULL;
		out->layout = LAYOUT_DICTIONARY;
		out->values = codes;
		out->rows = plain->rows;
		out->nulls = plain->nulls;
		out->validity = buffer_share(plain->validity);
	} else {
		buffer_drop(codes);
		column_drop(out);
		out = NULL;
	}
	column_drop(plain);
	return out;
}

static struct column *
random_column(enum type type, size_t rows, uint64_t *seed, struct arena *arena,
	      struct error *err)
{
	/* Nulls in a hundred: none, some, many, all. */
	static const size_t shares[] = { 0, 0, 20, 20, 60, 100 };
	size_t share = shares[random_below(seed, COUNT(shares))];
	const bool by_code = type == TYPE_STRING && random_below(seed, 2);
	struct column *out;
	struct build b;

	if (type == TYPE_OBJECT)
		return random_vectors(rows, seed, arena, err);
	build_start(&b, type, rows);
	for (size_t i = 0; i < rows; i++)
		if (random_below(seed, 100) < share)
			build_null(&b);
		else
			put_value(&b, type, seed);
	out = build_end(&b, err);
	return out && by_code ? with_dictionary(out, arena, err) : out;
}

bool
random_table(uint64_t *seed, struct sheet *out, struct arena *arena, struct error *err)
{
	static const char *const names[] = {
		"a", "b", "c d", "é", "x.y`", "A", "", "made"
	};
	static const enum type types[] = { TYPE_LONG,     TYPE_FLOAT,  TYPE_STRING,
					   TYPE_STRING,   TYPE_FLOAT,  TYPE_BOOL,
					   TYPE_DATETIME, TYPE_OBJECT, TYPE_DATE };
	static const size_t sizes[] = { 0, 1, 2, 3, 7, 20, 20, 65 };
	size_t n = 1 + random_below(seed, 6),
	       rows = sizes[random_below(seed, COUNT(sizes))];
	size_t first = random_below(seed, COUNT(types));
	struct batch *batch = batch_new(n, rows, err);

	*out = (struct sheet){ 0 };
	for (size_t i = 0; batch && i < n; i++) {
		/* At times a name twice: Spark allows it. */
		const char *name = random_below(seed, 40) ? names[i] : names[0];
		enum type type = types[(first + i) % COUNT(types)];

		schema_add(&out->schema, name, type, arena);
		batch->at[i] = random_column(type, rows, seed, arena, err);
		if (!batch->at[i]) {
			batch_free(batch);
			return false;
		}
	}
	return batch && table_take(&out->table, batch, err);
}
