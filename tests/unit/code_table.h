/*
 * code_table.h - a table for code to work on, and what came back as text.
 *
 * given() or add_batch() make `in`; run() and pandas() make `out` of it; answer() tells
 * it: "x long: 1 null 3; y string: 'a'".
 */
#ifndef CODE_TABLE_H
#define CODE_TABLE_H

#include <stdlib.h>

#include "check.h"
#include "op/code.h"

static struct arena arena;
static struct error err;
static struct table in, out;
static struct schema in_schema, out_schema;
static char printed[256];

static inline void
note(void *listener, struct text text)
{
	(void)listener;
	snprintf(printed, sizeof(printed), "%.*s", TEXT_ARG(text));
}

static inline void
clear(void)
{
	table_release(&in);
	table_release(&out);
	in = out = (struct table){ 0 };
	in_schema = out_schema = (struct schema){ 0 };
}

/* A batch of columns that are taken. */
static inline void
add_batch(size_t rows, size_t n, struct column **columns)
{
	struct batch *batch = batch_new(n, rows, &err);

	for (size_t i = 0; i < n; i++)
		batch_take(batch, i, columns[i]);
	CHECK(table_take(&in, batch, &err));
}

static inline bool
run(const char *mode, const char *code, const char *way, const char *type)
{
	const struct frame_setting settings[] = {
		{ "code", code }, { "mode", way }, { "type", type }, { NULL, NULL }
	};
	const struct call call = { .seconds = 100, .note = note };

	table_release(&out);
	out = (struct table){ 0 };
	err = (struct error){ 0 };
	return code_run(&call, mode, settings, &in_schema, &in, &out, &out_schema, &arena,
			&err);
}

static inline bool
pandas(const char *code)
{
	return run("pandas", code, "", "");
}

/* The text of a cell, as a test can write it; strings and objects in quotes or so. */
static inline void cell_print(const struct column *c, size_t row, char *to, size_t size);

static inline void
list_print(const struct column *c, size_t row, char *to, size_t size)
{
	size_t n = (size_t)snprintf(to, size, "[");

	for (int64_t i = column_longs(c)[row]; i < column_longs(c)[row + 1]; i++) {
		cell_print(c->children[0], (size_t)i, to + n, size - n);
		n += strlen(to + n);
		n += (size_t)snprintf(to + n, size - n, " ");
	}
	snprintf(to + n, size - n, "]");
}

static inline void
cell_print(const struct column *c, size_t row, char *to, size_t size)
{
	if (column_is_null(c, row))
		snprintf(to, size, "null");
	else if (c->layout == LAYOUT_LIST)
		list_print(c, row, to, size);
	else if (c->layout == LAYOUT_STRUCT)
		for (size_t i = 0, n = 0; i < c->n_children; i++) {
			n += (size_t)snprintf(to + n, size - n,
					      "%s%s:", c->is_vector ? "v." : "",
					      c->names[i]);
			cell_print(c->children[i], row, to + n, size - n);
			n += strlen(to + n);
			n += (size_t)snprintf(to + n, size - n, ";");
		}
	else if (c->type == TYPE_FLOAT)
		snprintf(to, size, "%g", column_floats(c)[row]);
	else if (c->type == TYPE_BOOL)
		snprintf(to, size, "%s", column_bool(c, row) ? "true" : "false");
	else if (c->type == TYPE_DATE)
		snprintf(to, size, "day %d", column_ints(c)[row]);
	else if (c->type == TYPE_STRING)
		snprintf(to, size, "'%.*s'", TEXT_ARG(column_text(c, row)));
	else
		snprintf(to, size, "%lld", (long long)column_longs(c)[row]);
}

/* "long: 1 null 3" */
static inline void
column_print(const struct table *table, const struct schema *schema, size_t i, char *to,
	     size_t size)
{
	size_t n = (size_t)snprintf(to, size, "%s:", type_name(schema->at[i].type));

	for (size_t b = 0; b < table->n; b++) {
		struct batch *batch;

		CHECK(table_batch(table, b, &batch, &err));
		for (size_t row = 0; row < batch->rows; row++) {
			n += (size_t)snprintf(to + n, size - n, " ");
			cell_print(batch->at[i], row, to + n, size - n);
			n += strlen(to + n);
		}
		batch_free(batch);
	}
}

/* "x long: 1 null 3; y string: 'a'" */
static inline const char *
answer(void)
{
	static char text[4096];
	size_t n = 0;

	text[0] = '\0';
	for (size_t i = 0; i < out_schema.n; i++) {
		n += (size_t)snprintf(text + n, sizeof(text) - n, "%s%s ", i ? "; " : "",
				      out_schema.at[i].name);
		column_print(&out, &out_schema, i, text + n, sizeof(text) - n);
		n += strlen(text + n);
	}
	return text;
}

static inline struct column *
column_of(enum type type, const char *cells)
{
	struct text rest = text_of(cells);
	struct error e;
	struct build b;

	build_start(&b, type, 4);
	while (rest.size) {
		struct text cell = text_cut(&rest, ' ');
		const char *at = arena_text_n(&arena, cell.data, cell.size);

		if (strcmp(at, "null") == 0)
			build_null(&b);
		else if (type == TYPE_FLOAT)
			build_float(&b, strtod(at, NULL));
		else if (type == TYPE_BOOL)
			build_bool(&b, *at == 't');
		else if (type == TYPE_DATE)
			build_date(&b, atoi(at));
		else if (type == TYPE_STRING)
			build_text(&b, cell);
		else
			build_long(&b, strtoll(at, NULL, 10));
	}
	return build_end(&b, &e);
}

/* A table of one column. */
static inline void
given(const char *name, enum type type, const char *cells)
{
	struct column *c = column_of(type, cells);

	clear();
	schema_add(&in_schema, name, type, &arena);
	add_batch(c->rows, 1, &c);
}

/* No Python, or no pandas: says so. */
static inline bool
is_missing(void)
{
	given("x", TYPE_LONG, "1");
	if (pandas("pass") || !strstr(err.text, "is missing"))
		return false;
	printf("skipped: %s\n", err.text);
	return true;
}

#endif
