/* test_join - a join of tables that outgrew memory gives what it gives with enough of it.
 */
#include "base/random.h"
#include "check.h"
#include "op/join.h"
#include "op/step.h"

enum { LEFT = 20000, RIGHT = 15000, BATCH = 700 };

static uint64_t seed = 1;

/* a: keys, some null, NaN and of both signs of zero among them; b: the row; c: texts. */
static void
fill(struct table *table, size_t rows, size_t keys)
{
	for (size_t first = 0; first < rows; first += BATCH) {
		size_t n = rows - first < BATCH ? rows - first : BATCH;
		struct error err;
		struct batch *batch = batch_new(3, n, &err);
		struct build a, b, c;

		build_start(&a, TYPE_FLOAT, n);
		build_start(&b, TYPE_LONG, n);
		build_start(&c, TYPE_STRING, n);
		for (size_t i = 0; i < n; i++) {
			uint64_t key = random_below(&seed, keys);
			char text[32];

			snprintf(text, sizeof(text), "t%d", (int)(key % 100));
			if (key == 0)
				build_null(&a);
			else
				build_float(&a, key == 1   ? __builtin_nan("")
						: key == 2 ? -0.0
						: key == 3 ? 0.0
							   : (double)key);
			build_long(&b, (int64_t)(first + i));
			build_text(&c, text_of(text));
		}
		batch->at[0] = build_end(&a, &err);
		batch->at[1] = build_end(&b, &err);
		batch->at[2] = build_end(&c, &err);
		CHECK(table_take(table, batch, &err));
	}
}

static bool
same(const struct table *found, const struct table *wanted, const struct schema *schema)
{
	struct error err;
	struct batch *a = table_whole(found, schema, &err);
	struct batch *b = table_whole(wanted, schema, &err);
	bool equal = a->rows == b->rows;

	for (size_t i = 0; equal && i < a->n; i++)
		equal = column_equal(a->at[i], b->at[i]);
	batch_free(a);
	batch_free(b);
	return equal;
}

/* room: bytes of memory; 0: any. */
static void
join(const char *type, struct table *const *tables, const struct schema *schemas,
     size_t room)
{
	struct arena arena = { 0 };
	struct error err = { 0 };
	const char *settings[] = { "left_column=a", "right_column=a",
				   arena_print(&arena, "join_type=%s", type), NULL };
	struct table in[2] = { { 0 } }, *inputs[2] = { &in[0], &in[1] };
	struct table found = { 0 }, wanted = { 0 };
	struct spill *spill = spill_new(NULL, &err);
	struct schema schema = { 0 };
	struct steps steps;
	struct call call;

	CHECK(steps_from_settings(op_find("join_tables"), settings, &steps, &arena,
				  &err));
	CHECK(steps_run_table(&steps, tables, schemas, 2, 1000, &wanted, &schema, 60,
			      &arena, &err));
	for (size_t side = 0; side < 2; side++) {
		CHECK(table_may_spill(&in[side], spill, &err));
		for (size_t i = 0; i < tables[side]->n; i++) {
			struct batch *batch;

			CHECK(table_batch(tables[side], i, &batch, &err) &&
			      table_take(&in[side], batch, &err));
		}
	}
	call = (struct call){ .fields = steps.at[0].fields,
			      .in = steps.at[0].in,
			      .out = &steps.at[0].made,
			      .spill = spill };
	CHECK(table_may_spill(&found, spill, &err));
	memory_limit(room ? memory_used() + room : 0);
	CHECK(steps.at[0].op->outgrown(&call, inputs, &found, &schema, &arena, &err));
	memory_limit(0);
	CHECK(wanted.rows > 0);
	CHECK(same(&found, &wanted, &schema));
	table_release(&found);
	table_release(&wanted);
	table_release(&in[0]);
	table_release(&in[1]);
	steps_release(&steps);
	spill_drop(spill);
	arena_release(&arena);
}

int
main(void)
{
	static const char *const types[] = { "inner", "left", "right",
					     "full",  "semi", "anti" };
	struct arena arena = { 0 };
	struct schema schemas[2] = { { 0 } };
	struct table tables[2] = { { 0 } };
	struct table *const inputs[] = { &tables[0], &tables[1] };

	for (int side = 0; side < 2; side++) {
		schema_add(&schemas[side], "a", TYPE_FLOAT, &arena);
		schema_add(&schemas[side], "b", TYPE_LONG, &arena);
		schema_add(&schemas[side], "c", TYPE_STRING, &arena);
	}
	fill(&tables[0], LEFT, 30000);
	fill(&tables[1], RIGHT, 30000);
	for (size_t i = 0; i < COUNT(types); i++) {
		join(types[i], inputs, schemas, 0);
		join(types[i], inputs, schemas, 4 << 20);
	}
	table_release(&tables[0]);
	table_release(&tables[1]);
	arena_release(&arena);
	CHECK(memory_used() == 0);
	return check_report();
}
