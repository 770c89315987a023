/* What groups hold does not depend on memory, nor on how rows are shared out. */
#include "base/random.h"
#include "check.h"
#include "op/grouping.h"
#include "op/tally.h"

enum { ROWS = 24000, KEYS = 6000, BATCH = 700, SIDES = 2 };

static int
function(const char *name)
{
	int i = 0;

	while (strcmp(tally_functions[i], name) != 0)
		i++;
	return i;
}

enum { KEY_LONG, KEY_TEXT, NUMBER, TEXT, COLUMNS };

static const enum type types[COLUMNS] = { TYPE_LONG, TYPE_STRING, TYPE_FLOAT,
					  TYPE_STRING };

/* Some are null; the second key comes by code every other time. */
static struct batch *
some_rows(uint64_t *seed, size_t rows, struct column *words)
{
	struct error err = { 0 };
	struct batch *batch = batch_new(COLUMNS, rows, &err);
	struct build b[COLUMNS];
	uint32_t which[BATCH];

	for (size_t k = 0; k < COLUMNS; k++)
		build_start(&b[k], types[k], rows);
	for (size_t i = 0; i < rows; i++) {
		uint64_t key = random_below(seed, KEYS);
		char text[32];

		which[i] = (uint32_t)(key % words->rows);
		build_from(&b[KEY_TEXT], words, which[i]);
		snprintf(text, sizeof(text), "t%d", (int)random_below(seed, 90));
		if (key % 97)
			build_long(&b[KEY_LONG], (int64_t)key);
		else
			build_null(&b[KEY_LONG]);
		if (random_below(seed, 9))
			build_float(&b[NUMBER], (double)random_below(seed, 1000) / 7);
		else
			build_null(&b[NUMBER]);
		build_text(&b[TEXT], text_of(text));
	}
	for (size_t k = 0; k < COLUMNS; k++)
		batch->at[k] = build_end(&b[k], &err);
	if (random_below(seed, 2))
		batch_take(batch, KEY_TEXT, column_gather(words, which, rows, &err));
	return batch;
}

static struct column *
some_words(void)
{
	struct error err = { 0 };
	struct build b;
	struct column *plain, *coded;

	build_start(&b, TYPE_STRING, 3);
	build_text(&b, text_of("a"));
	build_text(&b, text_of(""));
	build_text(&b, text_of("a word that is long"));
	plain = build_end(&b, &err);
	coded = column_new(TYPE_DATE, 3, &err);
	for (int i = 0; i < 3; i++)
		column_ints(coded)[i] = i;
	coded->type = TYPE_STRING;
	coded->layout = LAYOUT_DICTIONARY;
	coded->dictionary = plain;
	return coded;
}

static struct grouping *
empty(struct spill *spill)
{
	const struct aggregated aggregates[] = {
		{ function("count"), 0, 0 },
		{ function("sum"), TYPE_FLOAT, 1 },
		{ function("mean"), TYPE_FLOAT, 1 },
		{ function("variance"), TYPE_FLOAT, 1 },
		{ function("min"), TYPE_STRING, 4 },
		{ function("last"), TYPE_STRING, 4 },
		{ function("count_distinct"), TYPE_STRING, 4 },
		{ function("median"), TYPE_FLOAT, 1 },
		{ function("first"), TYPE_FLOAT, 1 },
	};
	struct error err = { 0 };
	struct grouping *g =
		grouping_new(types, 2, aggregates, COUNT(aggregates), spill, &err);

	CHECK(g);
	return g;
}

/* The groups of the same rows: sides: of how many threads; limit: of memory. */
static struct batch *
groups_of(size_t sides, size_t limit)
{
	enum { MADE = 11 };
	struct error err = { 0 };
	struct spill *spill = limit ? spill_new(NULL, &err) : NULL;
	struct grouping *g[SIDES] = { NULL };
	struct column *words = some_words();
	struct table out = { 0 };
	struct field fields[MADE] = { { 0 } };
	struct schema schema = { .n = MADE, .at = fields };
	struct batch *all;
	uint64_t seed = 5, row = 0;
	bool ok = true;

	memory_limit(limit);
	for (size_t i = 0; i < sides; i++)
		g[i] = empty(spill);
	for (size_t n = 0; ok && row < ROWS; n++, row += BATCH) {
		struct batch *batch = some_rows(&seed, BATCH, words);
		struct column *number = batch->at[NUMBER], *text = batch->at[TEXT];
		struct column *columns[] = { NULL, number, number, number, text,
					     text, text,   number, number };
		struct batch keys = { .rows = BATCH, .n = 2, .at = batch->at };
		struct places places = { .first = { 3 * (row / 5000), row % 5000 } };

		ok = grouping_add(g[n % sides], &keys, columns, &places, &err);
		batch_free(batch);
	}
	for (size_t i = 1; ok && i < sides; i++)
		ok = grouping_merge(g[0], g[i], &err);
	ok = ok && grouping_table(g[0], &out, &(struct call){ 0 }, &err);
	CHECK(ok);
	if (!ok)
		fprintf(stderr, "%s\n", err.text);
	CHECK(!limit || spill_bytes(spill) > 0);
	memory_limit(0);
	all = table_merge(&out, &schema, &err);
	for (size_t i = 0; i < sides; i++)
		grouping_free(g[i]);
	column_drop(words);
	spill_drop(spill);
	return all;
}

static bool
same(const struct batch *a, const struct batch *b)
{
	bool same = a && b && a->rows == b->rows && a->n == b->n;

	for (size_t k = 0; same && k < a->n; k++)
		same = column_equal(a->at[k], b->at[k]);
	return same;
}

int
main(void)
{
	struct batch *wanted = groups_of(1, 0);

	CHECK(wanted->rows > KEYS / 2);
	for (size_t sides = 1; sides <= SIDES; sides++)
		for (size_t limit = 5 << 19; limit <= 4 << 20; limit += 3 << 19) {
			struct batch *got = groups_of(sides, limit);

			CHECK(same(wanted, got));
			batch_free(got);
		}
	batch_free(wanted);
	CHECK(memory_used() == 0);
	return check_report();
}
