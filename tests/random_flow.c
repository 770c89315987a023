/*
 * random_flow - a graph grown node by node.
 *
 * A step is chosen for the columns that reach it, which only a run of what stands so far
 * can tell. A step that would not run is mostly dropped.
 */
#include "random_flow.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "base/random.h"
#include "random_csv.h"
#include "random_settings.h"
#include "run/run.h"

enum { MOST_NODES = 64, MOST_SOURCES = 3, MOST_STEPS = 9 };

struct made {
	const char *id;
	const struct json *json;
	struct schema schema; /* that leaves it */
	bool is_end;          /* nothing may read it */
};

struct maker {
	uint64_t *seed;
	struct arena *arena;
	struct made nodes[MOST_NODES];
	size_t n;
};

static size_t
below(struct maker *m, size_t n)
{
	return random_below(m->seed, n);
}

static const struct json *
text(const struct maker *m, const char *value)
{
	return json_new_string(value, m->arena);
}

/* Nodes in any order, some keys that nobody knows, any layout. */
static bool
print(struct maker *m, struct text *out, struct error *err)
{
	static const struct json_style styles[] = {
		{ .indent = 2, .newline = true },
		{ .indent = 0 },
		{ .indent = 4, .crlf = true },
		{ .indent = 1, .tabs = true, .ascii = true },
		{ .spaced = true, .ascii = true, .newline = true },
	};
	const struct json *items[MOST_NODES], *flow = json_new_object(), *nodes;
	struct buffer *bytes = buffer_new(0, err);
	bool ok;

	for (size_t i = 0; i < m->n; i++) {
		const size_t at = below(m, i + 1);

		items[i] = items[at];
		items[at] = m->nodes[i].json;
	}
	nodes = json_new_list(items, m->n, m->arena);
	flow = json_with(flow, below(m, 2) ? "\xc3\xa9 ?" : "nodes", nodes, m->arena);
	flow = json_with_at(flow, "metadata.version", json_new_long(1, m->arena),
			    m->arena);
	flow = json_with(flow, "nodes", nodes, m->arena);
	ok = bytes && json_write(flow, &styles[below(m, COUNT(styles))], bytes, err);
	if (ok)
		*out = (struct text){ arena_text_n(m->arena, bytes->data, bytes->size),
				      bytes->size };
	buffer_drop(bytes);
	return ok;
}

static bool
ignore(void *context, const struct schema *schema, const struct batch *batch,
       bool *enough, struct error *err)
{
	(void)context, (void)schema, (void)batch, (void)enough, (void)err;
	return true;
}

/* Run up to the node that was made last; its columns. */
static bool
try_last(struct maker *m)
{
	struct made *last = &m->nodes[m->n - 1];
	struct run_sink sink = { .take = ignore };
	struct run_options options = { .node = last->id, .sink = &sink, .threads = 1 };
	struct run_report report = { 0 };
	struct error err = { 0 };
	struct text printed;
	struct flow flow;
	bool ok;

	if (!print(m, &printed, &err) || !flow_parse(printed, &flow, &err)) {
		fprintf(stderr, "no flow: %s\n%.*s\n", err.text, TEXT_ARG(printed));
		abort();
	}
	ok = run_flow(&flow, &options, &report, &err);
	for (size_t i = 0; ok && i < report.n_nodes; i++) {
		const struct run_node *node = &report.nodes[i];

		for (size_t c = 0; !strcmp(node->id, last->id) && c < node->schema.n; c++)
			schema_add(&last->schema, node->schema.at[c].name,
				   node->schema.at[c].type, m->arena);
	}
	run_report_release(&report);
	flow_release(&flow);
	return ok;
}

static const struct json *
input_of(struct maker *m, size_t from)
{
	static const char *const ports[] = { "df", "left", "x", "" };
	const struct json *o = json_new_object();

	o = json_with(o, "name", text(m, ports[below(m, COUNT(ports))]), m->arena);
	o = json_with(o, "node_id", text(m, m->nodes[from].id), m->arena);
	if (below(m, 4))
		o = json_with(o, "output_name", text(m, "default"), m->arena);
	return o;
}

static struct made *
add_node(struct maker *m, const char *type, const char *operator,
	 const struct json * parameters, const size_t *from, size_t n_from)
{
	const struct json *o = json_new_object(), *inputs = json_new_array();
	struct made *made = &m->nodes[m->n];

	*made = (struct made){ 0 };
	made->id = arena_print(m->arena, "%08x-node-%zu", (unsigned)random_next(m->seed),
			       m->n);
	for (size_t i = 0; i < n_from; i++)
		inputs = json_insert(inputs, i, input_of(m, from[i]), m->arena);
	if (below(m, 2))
		o = json_with(o, "inputs", inputs, m->arena);
	o = json_with(o, "node_id", text(m, made->id), m->arena);
	o = json_with(o, "type", text(m, type), m->arena);
	if (!below(m, 5))
		o = json_with(o, "z?", json_new_double(1e300, m->arena), m->arena);
	o = json_with(o, "operator", text(m, operator), m->arena);
	o = json_with(o, "parameters", parameters, m->arena);
	o = json_with(o, "inputs", inputs, m->arena);
	made->json = o;
	m->n++;
	return made;
}

static bool
write_file(const char *path, const struct buffer *bytes, struct error *err)
{
	struct file_out out;

	if (!file_out_open(&out, path, err))
		return false;
	if (file_out_write(&out, bytes->data, bytes->size, err))
		return file_out_commit(&out, err);
	file_out_abort(&out);
	return false;
}

static bool
add_source(struct maker *m, size_t number, struct error *err)
{
	static const char *const context = "dataset_definition.s3ExecutionContext.";
	const char *name = arena_print(m->arena, "in%zu.csv", number);
	const struct json *json = json_new_object();
	const struct {
		const char *key;
		const struct json *value;
	} * at;
	struct random_csv csv;
	size_t from;
	bool ok;

	if (!random_csv(m->seed, &csv, err))
		return false;
	at = (const __typeof__(*at)[]){
		{ "s3Uri", text(m, name) },
		{ "s3ContentType", text(m, "csv") },
		{ "s3FieldDelimiter", text(m, csv.delimiter) },
		{ "s3HasHeader", json_new_bool(csv.header) },
		{ "s3MultiLine", json_new_bool(csv.multi_line) },
		{ "s3AddsFilenameColumn", json_new_bool(!below(m, 8)) },
		{ NULL, NULL },
	};
	for (; at->key; at++)
		json = json_with_at(json, arena_print(m->arena, "%s%s", context, at->key),
				    at->value, m->arena);
	ok = write_file(name, csv.text, err);
	buffer_drop(csv.text);
	from = m->n;
	add_node(m, "SOURCE", "sagemaker.s3_source_0.1", json, NULL, 0);
	/* A file that cannot be opened (no columns) takes part at times. */
	if (ok && !try_last(m) && below(m, 10))
		m->n--;
	else if (ok && below(m, 10)) {
		add_node(m, "TRANSFORM", "sagemaker.spark.infer_and_cast_type_0.1",
			 json_new_object(), &from, 1);
		if (!try_last(m))
			m->n--;
	}
	return ok;
}

/* What makes passes over the data depend on each other. */
enum taste { ANY, SIFTS, LEARNS, COMBINES };

static bool
is_to_taste(const struct op *op, enum taste taste)
{
	if (taste == ANY)
		return true;
	if (taste == SIFTS)
		return op->sift != NULL;
	return taste == LEARNS ? op->start != NULL : (op->flags & OP_TWO_INPUTS) != 0;
}

static const struct op *
random_op(struct maker *m)
{
	static const enum taste tastes[] = { ANY, ANY, ANY, SIFTS, LEARNS, COMBINES };
	const enum taste taste = tastes[below(m, COUNT(tastes))];
	size_t n = 0;

	while (op_table[n])
		n++;
	for (;;) {
		const struct op *op = op_table[below(m, n)];

		if (op->role == ROLE_TRANSFORM && !(op->flags & (OP_CODE | OP_RANDOM)) &&
		    is_to_taste(op, taste))
			return op;
	}
}

/* Mostly the last one, so that chains come about. */
static size_t
random_input(struct maker *m)
{
	for (;;) {
		const size_t at = below(m, 3) ? m->n - 1 : below(m, m->n);

		if (!m->nodes[at].is_end)
			return at;
		if (m->nodes[m->n - 1].is_end && m->nodes[0].is_end)
			abort();
	}
}

static void
add_step(struct maker *m)
{
	const struct op *op = random_op(m);
	const size_t from[2] = { random_input(m), random_input(m) };
	void *fields = arena_alloc(m->arena, op->params_size + 1);
	const struct json *json;
	struct made *made;
	bool fine;

	json = random_settings(op, fields, &m->nodes[from[0]].schema, m->seed, &fine,
			       m->arena);
	if (!fine && below(m, 50))
		return;
	made = add_node(m, "TRANSFORM", op->id, json, from,
			op->flags & OP_TWO_INPUTS ? 2 : 1);
	if (!below(m, 12))
		made->json = json_with_at(made->json, "lariat.off", json_new_bool(true),
					  m->arena);
	if (!try_last(m)) {
		if (below(m, 60))
			m->n--;
		else
			made->is_end = true;
	}
}

static void
add_destination(struct maker *m)
{
	static const char *const names[] = { "", "", "out", "../x", "a/b", "\xc3\xa9\n" };
	const size_t from = random_input(m);
	const struct json *json = json_new_object();
	struct made *made;

	json = json_with_at(json, "output_config.output_path", text(m, "out"), m->arena);
	if (!below(m, 4))
		json = json_with_at(json, "output_config.compression", text(m, "gzip"),
				    m->arena);
	if (!below(m, 4))
		json = json_with_at(json, "output_config.delimiter", text(m, "|"),
				    m->arena);
	made = add_node(m, "DESTINATION", "sagemaker.spark.s3_destination_0.1", json,
			&from, 1);
	made->json = json_with(made->json, "name", text(m, names[below(m, COUNT(names))]),
			       m->arena);
	made->is_end = true;
}

static void
add_chart(struct maker *m)
{
	const size_t from = random_input(m);

	add_node(m, "VISUALIZATION", "sagemaker.visualizations.histogram_0.1",
		 json_new_object(), &from, 1)
		->is_end = true;
}

bool
random_flow(uint64_t *seed, struct text *out, struct arena *arena, struct error *err)
{
	struct maker m = { .seed = seed, .arena = arena };
	const size_t sources = 1 + below(&m, MOST_SOURCES), steps = below(&m, MOST_STEPS);

	for (size_t i = 0; i < sources; i++)
		if (!add_source(&m, i, err))
			return false;
	while (m.n == 0)
		if (!add_source(&m, 0, err))
			return false;
	for (size_t i = 0; i < steps; i++)
		add_step(&m);
	if (!below(&m, 4))
		add_chart(&m);
	for (size_t i = 0, n = 1 + below(&m, 3); i < n; i++)
		add_destination(&m);
	return print(&m, out, err);
}
