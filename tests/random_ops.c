/*
 * random_ops - every operator with random settings over random tables.
 *
 *	random_ops			the preset number of rounds
 *	random_ops NAME [SEED]		one operator, also from one seed only
 *
 * LARIAT_ROUNDS says how many rounds an operator gets. What must hold, whether the
 * operator works or refuses: it does not crash or leak; batches of any size give the
 * same; step_shape() tells the truth about what comes out; settings survive the way
 * to JSON and back; what was learned, stored and recalled gives the same again; and
 * where memory is refused, it says so and leaves nothing behind.
 * A random operator may differ, and one that runs code is not run.
 */
#include <stdio.h>
#include <stdlib.h>

#include "op_run.h"
#include "random_settings.h"
#include "random_table.h"

enum { ROUNDS = 40, REFUSALS = 60 };

static int passed, failed;
static unsigned long worked, refused;

struct round {
	const struct op *op;
	uint64_t seed;
	const struct json *parameters;
	struct sheet in[2];
	size_t n_in;
	struct arena mem;
};

static void
print_inputs(const struct round *r)
{
	for (size_t i = 0; i < r->n_in; i++) {
		struct error err = { 0 };
		struct buffer *out = buffer_new(0, &err);

		if (out && sheet_print(&r->in[i].schema, &r->in[i].table,
				       (struct text){ 0 }, out, &err))
			printf("of:\n%.*s\n", (int)out->size, out->data);
		buffer_drop(out);
	}
}

static bool
hold(const struct round *r, bool holds, const char *what, const char *found,
     const char *wanted)
{
	if (holds) {
		passed++;
		return true;
	}
	failed++;
	printf("%s, seed %llu: %s\nfound:\n%s\nwanted:\n%s\n", r->op->name,
	       (unsigned long long)r->seed, what, found, wanted);
	print_inputs(r);
	return false;
}

static const char *
json_text_of(const struct json *json, struct arena *arena)
{
	struct error err = { 0 };
	struct buffer *out = buffer_new(0, &err);
	const char *text;

	if (!out || !json_line(json, out, &err))
		abort();
	text = arena_text_n(arena, out->data, out->size);
	buffer_drop(out);
	return text;
}

/* Fields, the JSON they give, and the fields that JSON gives. */
static void
check_identity(struct round *r, const void *fields)
{
	const struct op *op = r->op;
	void *again = arena_alloc(&r->mem, op->params_size + 1);
	const char *text = json_text_of(r->parameters, &r->mem);
	struct error err = { 0 };
	const struct json *json = json_parse(text_of(text), &r->mem, &err);
	bool read = json && param_preset(op->params, again, &r->mem, &err) &&
		    param_read_json(op->params, op->block, json, again, &r->mem, &err);

	if (!hold(r, read, "its own JSON is refused", text, err.text))
		return;
	for (const struct param *p = op->params; p && p->name; p++) {
		const char *was = param_print(p, fields, &r->mem);
		const char *now = param_print(p, again, &r->mem);

		if (param_is_used(op->params, p, fields))
			hold(r, strcmp(was, now) == 0, p->name, now, was);
	}
	json = param_write_json(op->params, op->block, json, again, &r->mem);
	hold(r, json_equal(json, r->parameters), "written again, it differs",
	     json_text_of(json, &r->mem), text);
}

static void
choose(struct round *r)
{
	const struct op *op = r->op;
	void *fields = arena_alloc(&r->mem, op->params_size + 1);
	uint64_t seed = r->seed ^ 0x5eed;
	bool fine;

	r->parameters =
		random_settings(op, fields, &r->in[0].schema, &seed, &fine, &r->mem);
	if (fine)
		check_identity(r, fields);
}

/* Columns out as the chain of steps foretells them. */
static bool
foretell(struct round *r, struct steps *steps, struct schema *out, struct error *err)
{
	struct schema have[2] = { r->in[0].schema, r->in[1].schema };
	size_t n = r->n_in;

	for (size_t i = 0; i < steps->n; i++, n = 1) {
		if (!step_shape(&steps->at[i], have, n, &r->mem, err))
			return false;
		have[0] = steps->at[i].out.schema;
	}
	*out = have[0];
	return true;
}

static const char *
schema_text(const struct schema *schema, struct arena *arena)
{
	const char *text = "";

	for (size_t i = 0; i < schema->n; i++)
		text = arena_print(arena, "%s%s%s:%s", text, i ? "," : "",
				   schema->at[i].name, type_name(schema->at[i].type));
	return text;
}

/* Batches are what the schema says. */
static void
check_batches(struct round *r, const struct schema *schema, const struct table *table)
{
	for (size_t i = 0; i < table->n; i++) {
		struct error err = { 0 };
		struct batch *batch;
		bool fits = table_batch(table, i, &batch, &err) && batch->n == schema->n;

		for (size_t c = 0; fits && c < batch->n; c++)
			fits = batch->at[c] && batch->at[c]->rows == batch->rows &&
			       batch->at[c]->type == schema->at[c].type;
		hold(r, fits, "a batch is not what the schema says", "",
		     schema_text(schema, &r->mem));
		batch_free(batch);
	}
}

static const char *
result_text(struct round *r, const struct schema *schema, const struct table *table)
{
	struct error err = { 0 };
	struct buffer *out = buffer_new(0, &err);
	const char *text = NULL;

	if (out && sheet_print(schema, table, (struct text){ 0 }, out, &err))
		text = arena_text_n(&r->mem, out->data, out->size);
	buffer_drop(out);
	return text ? arena_print(&r->mem, "%s\n%s", schema_text(schema, &r->mem), text)
		    : arena_print(&r->mem, "! %s", err.text);
}

/* The table, or "! " and the sentence. trained: what is stored before; then after. */
static const char *
run(struct round *r, size_t rows, const struct json **trained)
{
	struct table *in[2] = { &r->in[0].table, &r->in[1].table }, out = { 0 };
	struct schema schemas[2] = { r->in[0].schema, r->in[1].schema };
	struct schema foretold = { 0 }, schema = { 0 };
	struct error err = { 0 };
	struct steps steps = { 0 };
	const char *text;
	bool ok;

	memory_pinch(rows == 2); /* what can be spilled is */
	ok = steps_from_json(r->op, r->parameters, *trained, false, &steps, &r->mem,
			     &err) &&
	     foretell(r, &steps, &foretold, &err) &&
	     steps_run_table(&steps, in, schemas, r->n_in, rows, &out, &schema, 60,
			     &r->mem, &err);

	if (ok) {
		check_batches(r, &schema, &out);
		if (!foretold.open)
			hold(r, schema_equal(&foretold, &schema),
			     "the columns out are not those foretold",
			     schema_text(&schema, &r->mem),
			     schema_text(&foretold, &r->mem));
		text = result_text(r, &schema, &out);
		*trained = steps_record(&steps, *trained, &r->mem);
	} else {
		hold(r, err.text[0], "failed without a sentence", "", "");
		text = arena_print(&r->mem, "! %s", err.text);
	}
	worked += ok;
	refused += !ok;
	table_release(&out);
	memory_pinch(false);
	steps_release(&steps);
	return text;
}

/* Each request for memory is refused once. */
static void
refuse(struct round *r, const char *wanted)
{
	size_t held = memory_used();

	for (size_t n = 1; n <= REFUSALS; n++) {
		const struct json *trained = NULL;
		const char *text;

		memory_refuse(n);
		text = run(r, 3, &trained);
		memory_refuse(0);
		hold(r, memory_used() == held, "refused memory, and some is still held",
		     text, "");
		if (strcmp(text, wanted) == 0)
			break;
		hold(r, text[0] == '!', "refused memory, and the result differs", text,
		     wanted);
	}
}

static bool
has_empty_text(const struct sheet *sheet)
{
	struct error err;
	bool found = false;

	for (size_t i = 0; i < sheet->table.n; i++) {
		struct batch *batch;

		if (!table_batch(&sheet->table, i, &batch, &err))
			abort();
		for (size_t c = 0; c < batch->n; c++)
			for (size_t row = 0; row < batch->rows; row++)
				found |= batch->at[c]->type == TYPE_STRING &&
					 !column_is_null(batch->at[c], row) &&
					 column_text(batch->at[c], row).size == 0;
		batch_free(batch);
	}
	return found;
}

/* What was learned goes through a file and is used by a second run. Bytes that are no
 * UTF-8 do not: JSON has no word for them. Empty texts, which no file has, are left alone
 * by stored labels. */
static void
recall(struct round *r, const struct json *trained, const char *wanted)
{
	struct error err = { 0 };
	const char *text = json_text_of(trained, &r->mem), *found;
	const struct json *stored = json_parse(text_of(text), &r->mem, &err);

	if (strstr(text, "\ufffd") || has_empty_text(&r->in[0]))
		return;
	found = run(r, 3, &stored);
	hold(r, strcmp(found, wanted) == 0, "with what was stored, it differs", found,
	     wanted);
	hold(r, stored && json_equal(stored, trained), "what is stored differs",
	     stored ? json_text_of(stored, &r->mem) : "", text);
}

static void
play(const struct op *op, uint64_t seed, bool with_refusals)
{
	struct round r = { .op = op,
			   .seed = seed,
			   .n_in = op->flags & OP_TWO_INPUTS ? 2 : 1 };
	struct error err = { 0 };
	size_t held = memory_used();
	const char *first = NULL;

	for (size_t i = 0; i < r.n_in; i++)
		if (!random_table(&seed, &r.in[i], &r.mem, &err))
			abort();
	choose(&r);
	for (size_t i = 0; i < OP_RUN_SIZES; i++) {
		const struct json *trained = NULL;
		const char *text = run(&r, op_run_sizes[i], &trained);
		char how[64];

		snprintf(how, sizeof(how), "batches of %zu differ", op_run_sizes[i]);
		first = first ? first : text;
		if (!(op->flags & OP_RANDOM) &&
		    !hold(&r, strcmp(text, first) == 0, how, text, first))
			printf("with %s\n", json_text_of(r.parameters, &r.mem));
		if (trained && i == 0)
			recall(&r, trained, text);
	}
	if (with_refusals && !(op->flags & OP_RANDOM))
		refuse(&r, first);
	for (size_t i = 0; i < r.n_in; i++)
		sheet_release(&r.in[i]);
	hold(&r, memory_used() == held, "memory of data is still held", "", "");
	arena_release(&r.mem);
}

/* The same for an operator whatever others there are. */
static uint64_t
first_seed(const char *name)
{
	uint64_t seed = 0;

	for (; *name; name++)
		seed = seed * 131 + (unsigned char)*name;
	return seed % 1000000 * 1000000;
}

int
main(int argc, char **argv)
{
	const char *rounds = getenv("LARIAT_ROUNDS");
	unsigned long n = rounds ? strtoul(rounds, NULL, 10) : ROUNDS;

	for (const struct op *const *at = op_table; *at; at++) {
		const struct op *op = *at;
		uint64_t seed = first_seed(op->name);

		if (op->role != ROLE_TRANSFORM || (op->flags & OP_CODE) ||
		    (argc > 1 && strcmp(argv[1], op->name) != 0))
			continue;
		if (argc > 2) {
			play(op, strtoull(argv[2], NULL, 10), true);
			continue;
		}
		for (unsigned long i = 0; i < n; i++)
			play(op, seed + i, i % 8 == 0);
	}
	printf("(%lu runs worked, %lu were refused)\n%d passed, %d failed\n", worked,
	       refused, passed, failed);
	return failed != 0;
}
