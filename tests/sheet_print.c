/* sheet_print - the inverse of sheet.c. */
#include <stdlib.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/json.h"
#include "base/number.h"
#include "sheet.h"

struct printer {
	struct buffer *out;
	struct error *err;
	bool failed;
};

static void
put(struct printer *p, const void *data, size_t size)
{
	p->failed = p->failed || !buffer_append(p->out, data, size, p->err);
}

static void
put_text(struct printer *p, const char *text)
{
	put(p, text, strlen(text));
}

/* Lines that mean something else in a .test file. */
static bool
is_mark(struct text t)
{
	static const char *const marks[] = { "----", "++++", "> learned", "< trained",
					     "! " };

	for (size_t i = 0; i < COUNT(marks); i++)
		if (t.size >= strlen(marks[i]) &&
		    memcmp(t.data, marks[i], strlen(marks[i])) == 0)
			return true;
	return text_is(t, "\\N");
}

static bool
needs_quotes(struct text t)
{
	for (size_t i = 0; i < t.size; i++)
		if (t.data[i] == ',' || t.data[i] == '"' || t.data[i] == '\n')
			return true;
	return t.size == 0 || is_mark(t);
}

static void
put_cell(struct printer *p, struct text t)
{
	if (!needs_quotes(t)) {
		put(p, t.data, t.size);
		return;
	}
	put_text(p, "\"");
	for (size_t i = 0; i < t.size; i++)
		put(p, t.data[i] == '"' ? "\"\"" : t.data + i, t.data[i] == '"' ? 2 : 1);
	put_text(p, "\"");
}

static void print_object(struct printer *p, const struct column *c, size_t row);

/* As it stands in a list: texts in quotes. */
static void
print_value(struct printer *p, const struct column *c, size_t row, bool nested)
{
	char text[DATE_SIZE]; /* numbers are shorter */

	if (column_is_null(c, row)) {
		put_text(p, nested ? "null" : "");
		return;
	}
	switch (c->type) {
	case TYPE_LONG:
		number_print_long(column_longs(c)[row], text);
		break;
	case TYPE_FLOAT:
		number_print_float(column_floats(c)[row], text);
		break;
	case TYPE_BOOL:
		put_text(p, column_bool(c, row) ? "true" : "false");
		return;
	case TYPE_DATE:
		date_print(column_ints(c)[row], text);
		break;
	case TYPE_DATETIME:
		datetime_print(column_longs(c)[row], text);
		break;
	case TYPE_STRING:
		if (nested)
			p->failed =
				p->failed || !json_write_string(column_text(c, row),
								false, p->out, p->err);
		else
			put(p, column_text(c, row).data, column_text(c, row).size);
		return;
	default:
		print_object(p, c, row);
		return;
	}
	put_text(p, text);
}

static void
print_list(struct printer *p, const struct column *c, size_t row)
{
	const int64_t *offset = column_longs(c) + row;

	put_text(p, "[");
	for (int64_t i = offset[0]; i < offset[1]; i++) {
		put_text(p, i > offset[0] ? "," : "");
		print_value(p, c->children[0], (size_t)i, true);
	}
	put_text(p, "]");
}

/* A vector is dense where it has no indices. */
static void
print_object(struct printer *p, const struct column *c, size_t row)
{
	if (c->layout == LAYOUT_LIST) {
		print_list(p, c, row);
		return;
	}
	if (c->is_vector && column_is_null(c->children[1], row)) {
		print_value(p, c->children[2], row, true);
		return;
	}
	put_text(p, c->is_vector ? "(" : "{");
	for (size_t i = 0; i < c->n_children; i++) {
		put_text(p, i ? "," : "");
		if (!c->is_vector) {
			put_text(p, c->names[i]);
			put_text(p, ":");
		}
		print_value(p, c->children[i], row, true);
	}
	put_text(p, c->is_vector ? ")" : "}");
}

static void
print_cell(struct printer *p, const struct column *c, size_t row, struct buffer *scratch)
{
	struct printer cell = { scratch, p->err, false };

	if (column_is_null(c, row))
		return;
	scratch->size = 0;
	print_value(&cell, c, row, false);
	p->failed = p->failed || cell.failed;
	if (c->type == TYPE_STRING || c->type == TYPE_OBJECT)
		put_cell(p, (struct text){ scratch->data, scratch->size });
	else
		put(p, scratch->data, scratch->size);
}

static void
print_rows(struct printer *p, const struct batch *batch, struct buffer *scratch)
{
	for (size_t row = 0; row < batch->rows; row++) {
		size_t before = p->out->size;

		for (size_t i = 0; i < batch->n; i++) {
			put_text(p, i ? "," : "");
			if (batch->at[i])
				print_cell(p, batch->at[i], row, scratch);
		}
		if (p->out->size == before)
			put_text(p, "\\N");
		put_text(p, "\n");
	}
}

static void
print_header(struct printer *p, const struct schema *schema, const bool *typed)
{
	for (size_t i = 0; i < schema->n; i++) {
		put_text(p, i ? "," : "");
		put_cell(p, text_of(schema->at[i].name));
		if (typed) {
			put_text(p, typed[i] ? ":" : "");
			put_text(p, typed[i] ? type_name(schema->at[i].type) : "");
		}
	}
	put_text(p, "\n");
}

/* Where the header to follow has types; NULL if it is of another width. */
static const bool *
typed_like(struct text like, size_t n, struct arena *arena)
{
	struct text header = text_cut(&like, '\n');
	struct error ignored = { 0 };
	struct sheet sheet;
	const bool *typed = NULL;

	if (sheet_read(header, &sheet, arena, &ignored) && sheet.schema.n == n)
		typed = sheet.typed;
	sheet_release(&sheet);
	return typed;
}

bool
sheet_print(const struct schema *schema, const struct table *table, struct text like,
	    struct buffer *out, struct error *err)
{
	struct arena mem = { 0 };
	struct printer p = { out, err, false };
	struct buffer *scratch = buffer_new(0, err);

	if (!scratch)
		return false;
	print_header(&p, schema, typed_like(like, schema->n, &mem));
	for (size_t i = 0; i < table->n; i++) {
		struct batch *batch;

		if (!table_batch(table, i, &batch, err)) {
			p.failed = true;
			break;
		}
		print_rows(&p, batch, scratch);
		batch_free(batch);
	}
	buffer_drop(scratch);
	arena_release(&mem);
	return !p.failed;
}

static int
by_bytes(const void *a, const void *b)
{
	return text_compare(*(const struct text *)a, *(const struct text *)b);
}

void
sheet_sort(struct buffer *csv)
{
	struct arena mem = { 0 };
	struct text rest = { csv->data, csv->size }, *rows;
	size_t header = text_cut(&rest, '\n').size + 1, n = 0;
	char *copy, *to = csv->data + header;

	if (header >= csv->size)
		return;
	copy = arena_text_n(&mem, rest.data, rest.size);
	rows = ARENA_ARRAY(&mem, rest.size, struct text);
	for (rest.data = copy; rest.size; n++)
		rows[n] = text_cut(&rest, '\n');
	qsort(rows, n, sizeof(*rows), by_bytes);
	for (size_t i = 0; i < n; i++) {
		to = mempcpy(to, rows[i].data, rows[i].size);
		*to++ = '\n';
	}
	arena_release(&mem);
}
