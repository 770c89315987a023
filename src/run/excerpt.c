/* excerpt - types from the first rows, places from the index, values from readers. */
#include "run/excerpt.h"

#include <stdlib.h>

#include "data/cast.h"
#include "io/sniff.h"
#include "run/head.h"
#include "run/origin.h"

/* The columns of the source, and how they come out: in the order of the schema, which has
 * each of its names once unless it is that of the source. */
static bool
match(struct excerpt *e, const struct schema *schema, struct error *err)
{
	const struct schema *source = &e->source->schema;

	e->from = ARENA_ARRAY(&e->arena, schema->n + 1, size_t);
	e->types = ARENA_ARRAY(&e->arena, source->n + 1, enum type);
	e->formats = ARENA_ARRAY(&e->arena, schema->n + 1, struct datetime_format);
	for (size_t i = 0; i < source->n; i++)
		e->types[i] = source->at[i].type;
	for (size_t i = 0; i < schema->n; i++) {
		const struct field *field = &schema->at[i];
		const int at =
			schema == source ? (int)i : schema_find(source, field->name);

		if (at == SCHEMA_NONE)
			return fail(err, "'%s' has no column '%s' any more",
				    e->source->path, field->name);
		e->from[i] = (size_t)at;
		schema_add(&e->schema, field->name, field->type, &e->arena);
		if (field->type == TYPE_DATETIME && e->types[e->from[i]] != TYPE_DATETIME)
			e->needs_formats = true;
		else
			e->types[e->from[i]] = field->type;
	}
	for (size_t i = 0; i < source->n; i++)
		schema_add(&e->read, source->at[i].name, e->types[i], &e->arena);
	return true;
}

static bool
open_source(struct excerpt *e, const struct source_options *options,
	    const struct schema *schema, struct error *err)
{
	if (!source_open(options, &e->source, err) ||
	    !match(e, schema ? schema : &e->source->schema, err) ||
	    !row_index_new(e->source, &e->index, err))
		return false;
	pthread_mutex_init(&e->lock, NULL);
	return true;
}

bool
excerpt_open(const char *path, const struct run_options *options, struct excerpt *e,
	     struct error *err)
{
	struct source_options source = { .path = path,
					 .chunk_bytes = options->chunk_bytes };
	struct head head;
	bool ok;

	*e = (struct excerpt){ 0 };
	if (!head_of_file(path, options, 1, &head, err))
		return false;
	ok = sniff_file(path, &source.dialect, err) &&
	     open_source(e, &source, &head.schema, err);
	head_release(&head);
	if (!ok)
		excerpt_close(e);
	return ok;
}

/* A source and nothing behind it but what finds types (*typed: something). */
static bool
is_file(const struct plan *plan, bool *typed)
{
	*typed = false;
	for (size_t k = 0; k < plan->n; k++) {
		const struct op *op = plan->knots[k].step->op;

		if (k == plan->target)
			continue;
		if (k == 0 ? !op->source : !(op->flags & OP_TYPES))
			return false;
		*typed |= k > 0;
	}
	return plan->n > 1;
}

static bool
open_node(struct plan *plan, struct flow *flow, bool typed, struct excerpt *e,
	  struct error *err)
{
	struct run_options options = *plan->options;
	struct source_options source;
	struct head head = { 0 };
	bool ok;

	options.threads = 1; /* more would read what nobody asks for */
	if (!origin_options(plan, &plan->knots[0], &source, err))
		return plan_fail(plan, &plan->knots[0], err);
	if (typed && !head_of_node(flow, options.node, &options, 1, &head, err))
		return false;
	ok = open_source(e, &source, typed ? &head.schema : NULL, err);
	head_release(&head);
	return ok;
}

bool
excerpt_of_node(struct flow *flow, const char *node, const struct run_options *options,
		struct excerpt *e, bool *fits, struct error *err)
{
	struct arena arena = { 0 };
	struct run_options settings = *options;
	struct plan plan = { .arena = &arena, .flow = flow, .options = &settings };
	bool typed, ok;

	*e = (struct excerpt){ 0 };
	settings.node = node;
	ok = plan_make(&plan, err);
	*fits = ok && is_file(&plan, &typed);
	if (*fits)
		ok = open_node(&plan, flow, typed, e, err);
	plan_release(&plan);
	arena_release(&arena);
	if (!ok || !*fits || row_index_is_direct(e->index))
		return ok;
	*fits = false;
	excerpt_close(e);
	return true;
}

void
excerpt_close(struct excerpt *e)
{
	if (e->index)
		pthread_mutex_destroy(&e->lock);
	row_index_free(e->index);
	source_close(e->source);
	arena_release(&e->arena);
	*e = (struct excerpt){ 0 };
}

/* In the order of the schema; columns are shared with what was read. */
static struct batch *
arrange(const struct excerpt *e, const struct batch *read, const bool *wanted,
	struct error *err)
{
	struct batch *batch = batch_new(e->schema.n, read->rows, err);

	for (size_t i = 0; batch && i < e->schema.n; i++)
		if (!wanted || wanted[i])
			batch_take(batch, i, column_share(read->at[e->from[i]]));
	return batch;
}

/* What is wanted of the source; NULL: no memory. */
static enum type *
types_wanted(const struct excerpt *e, const bool *wanted, struct error *err)
{
	enum type *types = calloc(e->source->schema.n + 1, sizeof(*types));

	if (!types)
		fail(err, "out of memory: the system refused %zu columns", e->schema.n);
	for (size_t i = 0; types && i < e->schema.n; i++)
		if (!wanted || wanted[i])
			types[e->from[i]] = e->types[e->from[i]];
	return types;
}

static bool
read_rows(struct excerpt *e, uint64_t first, size_t n, const bool *wanted,
	  struct batch **out, struct error *err)
{
	enum type *types = types_wanted(e, wanted, err);
	struct table table = { 0 };
	bool ok = types && row_index_read(e->index, first, n, types, &table, err);
	struct batch *read = ok ? table_whole(&table, &e->read, err) : NULL;

	*out = read ? arrange(e, read, wanted, err) : NULL;
	batch_free(read);
	table_release(&table);
	free(types);
	return *out != NULL;
}

/* Is it read as text, to be cast by its format? */
static bool
is_moment(const struct excerpt *e, size_t i)
{
	return e->schema.at[i].type == TYPE_DATETIME &&
	       e->types[e->from[i]] == TYPE_STRING;
}

static bool
read_sample(struct excerpt *e, struct batch **sample, struct error *err)
{
	bool *wanted = calloc(e->schema.n + 1, sizeof(*wanted));
	bool ok = wanted ||
		  fail(err, "out of memory: the system refused %zu columns", e->schema.n);

	for (size_t i = 0; ok && i < e->schema.n; i++)
		wanted[i] = is_moment(e, i);
	ok = ok && read_rows(e, 0, FORMAT_SAMPLE, wanted, sample, err);
	free(wanted);
	return ok;
}

/* The first value of a column decides how its moments are read; known for good when the
 * index has all the rows that it is looked for in. */
static bool
find_formats(struct excerpt *e, struct error *err)
{
	struct batch *sample;
	bool whole;

	if (!e->needs_formats)
		return true;
	e->needs_formats = row_index_rows(e->index, &whole) < FORMAT_SAMPLE && !whole;
	if (!read_sample(e, &sample, err))
		return false;
	for (size_t i = 0; i < e->schema.n; i++)
		if (is_moment(e, i))
			datetime_format_find(sample->at[i], FORMAT_SAMPLE,
					     &e->formats[i]);
	batch_free(sample);
	return true;
}

bool
excerpt_formats(struct excerpt *e, struct datetime_format **out, struct arena *arena,
		bool *known, struct error *err)
{
	bool ok;

	pthread_mutex_lock(&e->lock);
	ok = find_formats(e, err);
	*known = ok && !e->needs_formats;
	pthread_mutex_unlock(&e->lock);
	if (!*known)
		return ok;
	*out = ARENA_ARRAY(arena, e->source->schema.n + 1, struct datetime_format);
	for (size_t i = 0; i < e->schema.n; i++)
		if (is_moment(e, i))
			(*out)[e->from[i]] = e->formats[i];
	return true;
}

static bool
cast_moments(struct excerpt *e, struct batch *batch, struct error *err)
{
	for (size_t i = 0; i < e->schema.n; i++) {
		struct column *cast;

		if (!batch->at[i] || !is_moment(e, i))
			continue;
		if (!cast_by_format(batch->at[i], TYPE_DATETIME, &e->formats[i], &cast,
				    err))
			return false;
		batch_take(batch, i, cast);
	}
	return true;
}

bool
excerpt_rows(struct excerpt *e, uint64_t first, size_t n, const bool *wanted,
	     struct batch **out, struct error *err)
{
	bool ok;

	if (!read_rows(e, first, n, wanted, out, err))
		return false;
	pthread_mutex_lock(&e->lock);
	ok = find_formats(e, err) && cast_moments(e, *out, err);
	pthread_mutex_unlock(&e->lock);
	if (ok)
		return true;
	batch_free(*out);
	*out = NULL;
	return false;
}
