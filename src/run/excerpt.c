/* excerpt - types from the first rows, places from the index, values from readers. */
#include "run/excerpt.h"

#include "data/cast.h"
#include "io/sniff.h"
#include "run/head.h"

static bool
find_types(struct excerpt *e, const char *path, const struct run_options *options,
	   struct error *err)
{
	struct head head;

	if (!head_of_file(path, options, 1, &head, err))
		return false;
	for (size_t i = 0; i < head.schema.n; i++)
		schema_add(&e->schema, head.schema.at[i].name, head.schema.at[i].type,
			   &e->arena);
	head_release(&head);
	e->types = ARENA_ARRAY(&e->arena, e->schema.n + 1, enum type);
	e->formats = ARENA_ARRAY(&e->arena, e->schema.n + 1, struct datetime_format);
	for (size_t i = 0; i < e->schema.n; i++) {
		const enum type type = e->schema.at[i].type;

		e->types[i] = type == TYPE_DATETIME ? TYPE_STRING : type;
		schema_add(&e->read, e->schema.at[i].name, e->types[i], &e->arena);
		e->needs_formats |= type == TYPE_DATETIME;
	}
	return true;
}

static bool
open_source(struct excerpt *e, const char *path, const struct run_options *options,
	    struct error *err)
{
	struct source_options source = { .path = path,
					 .chunk_bytes = options->chunk_bytes };

	return sniff_file(path, &source.dialect, err) &&
	       source_open(&source, &e->source, err) &&
	       row_index_new(e->source, &e->index, err);
}

bool
excerpt_open(const char *path, const struct run_options *options, struct excerpt *e,
	     struct error *err)
{
	*e = (struct excerpt){ 0 };
	if (find_types(e, path, options, err) && open_source(e, path, options, err))
		return true;
	excerpt_close(e);
	return false;
}

void
excerpt_close(struct excerpt *e)
{
	row_index_free(e->index);
	source_close(e->source);
	arena_release(&e->arena);
	*e = (struct excerpt){ 0 };
}

static bool
read_rows(struct excerpt *e, uint64_t first, size_t n, struct batch **out,
	  struct error *err)
{
	struct table table = { 0 };
	bool ok = row_index_read(e->index, first, n, e->types, &table, err);

	*out = ok ? table_whole(&table, &e->read, err) : NULL;
	table_release(&table);
	return *out != NULL;
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
	if (!read_rows(e, 0, FORMAT_SAMPLE, &sample, err))
		return false;
	for (size_t i = 0; i < e->schema.n; i++)
		if (e->schema.at[i].type == TYPE_DATETIME)
			datetime_format_find(sample->at[i], FORMAT_SAMPLE,
					     &e->formats[i]);
	batch_free(sample);
	return true;
}

bool
excerpt_rows(struct excerpt *e, uint64_t first, size_t n, struct batch **out,
	     struct error *err)
{
	if (!find_formats(e, err) || !read_rows(e, first, n, out, err))
		return false;
	for (size_t i = 0; i < e->schema.n; i++) {
		struct column *cast;

		if (e->schema.at[i].type != TYPE_DATETIME)
			continue;
		if (!cast_by_format((*out)->at[i], TYPE_DATETIME, &e->formats[i], &cast,
				    err)) {
			batch_free(*out);
			*out = NULL;
			return false;
		}
		batch_take(*out, i, cast);
	}
	return true;
}
