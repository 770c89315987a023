/* sheet - reading: cells first, then each column by its type. */
#include "sheet.h"

#include <stdlib.h>

#include "base/date.h"
#include "base/json.h"
#include "base/number.h"
#include "sheet_cell.h"

struct cells {
	size_t n, room, columns;
	struct cell *at;
};

static void
add_cell(struct cells *cells, const struct cell *cell, struct arena *arena)
{
	if (cells->n == cells->room) {
		size_t room = cells->room ? 2 * cells->room : 64;

		cells->at = arena_grow(arena, cells->at, cells->n * sizeof(*cell),
				       room * sizeof(*cell));
		cells->room = room;
	}
	cells->at[cells->n++] = *cell;
}

/* A row, whose width the first decides. */
static bool
read_row(struct text *rest, struct cells *cells, struct arena *arena, struct error *err)
{
	size_t before = cells->n, width;
	bool is_last = false;

	while (!is_last) {
		struct cell cell;

		if (!cell_read(rest, &cell, &is_last, arena, err))
			return false;
		if (before && cell.tail.size)
			return fail(err, "'%.*s' stands behind a closing quote",
				    TEXT_ARG(cell.tail));
		add_cell(cells, &cell, arena);
	}
	width = cells->n - before;
	if (!before)
		cells->columns = width;
	if (width != cells->columns)
		return fail(err, "row %zu has %zu cells, but the header has %zu",
			    before / cells->columns, width, cells->columns);
	return true;
}

static bool
is_null(const struct cell *cell, size_t columns)
{
	if (cell->quoted)
		return false;
	return cell->text.size == 0 || (columns == 1 && text_is(cell->text, "\\N"));
}

static bool
is_float(struct text text)
{
	double x;

	return number_parse_float(text, &x);
}

static enum type
infer(const struct cells *cells, size_t column)
{
	enum type type = TYPE_LONG;
	int64_t x;

	for (size_t i = cells->columns + column; i < cells->n; i += cells->columns) {
		const struct cell *cell = &cells->at[i];

		if (is_null(cell, cells->columns))
			continue;
		if (cell->quoted || !is_float(cell->text))
			return TYPE_STRING;
		if (!number_parse_long(cell->text, &x))
			type = TYPE_FLOAT;
	}
	return type;
}

/* "x:long": the name, its type and whether it was said. */
static enum type
header_type(const struct cell *cell, const char **name, const char **word,
	    struct arena *arena)
{
	struct text all = cell->quoted ? cell->tail : cell->text;
	const char *colon = all.size ? memrchr(all.data, ':', all.size) : NULL;
	enum type type = 0;

	*name = arena_text_n(arena, cell->text.data, cell->text.size);
	*word = "";
	if (!colon)
		return 0;
	*word = arena_text_n(arena, colon + 1, (size_t)(all.data + all.size - colon - 1));
	if (!type_find(*word, &type))
		return 0;
	if (!cell->quoted)
		*name = arena_text_n(arena, all.data, (size_t)(colon - all.data));
	return type;
}

static bool
put(struct build *b, enum type type, struct text text)
{
	int64_t whole;
	int32_t days;
	double x;

	switch (type) {
	case TYPE_LONG:
		return number_parse_long(text, &whole) && (build_long(b, whole), true);
	case TYPE_FLOAT:
		return number_parse_float(text, &x) && (build_float(b, x), true);
	case TYPE_BOOL:
		build_bool(b, text_is(text, "true"));
		return text_is(text, "true") || text_is(text, "false");
	case TYPE_DATE:
		return date_parse_iso(text, &days) && (build_date(b, days), true);
	case TYPE_DATETIME:
		return datetime_parse_any(text, &whole) && (build_long(b, whole), true);
	default:
		build_text(b, text);
		return true;
	}
}

static struct column *
read_plain(const struct cells *cells, size_t column, enum type type, struct error *err)
{
	struct build b;

	build_start(&b, type, cells->n / cells->columns);
	for (size_t i = cells->columns + column; i < cells->n; i += cells->columns) {
		const struct cell *cell = &cells->at[i];

		if (is_null(cell, cells->columns)) {
			build_null(&b);
		} else if (!put(&b, type, cell->text)) {
			fail(err, "row %zu: '%.*s' is not %s", i / cells->columns,
			     TEXT_ARG(cell->text), type_name(type));
			build_discard(&b);
			return NULL;
		}
	}
	return build_end(&b, err);
}

static struct column *
read_objects(const struct cells *cells, size_t column, const char *word,
	     struct arena *arena, struct error *err)
{
	size_t rows = cells->n / cells->columns - 1;
	const struct cell **at = ARENA_ARRAY(arena, rows, const struct cell *);

	for (size_t row = 0; row < rows; row++) {
		const struct cell *cell = &cells->at[(row + 1) * cells->columns + column];

		at[row] = is_null(cell, cells->columns) ? NULL : cell;
	}
	if (strcmp(word, "array") == 0)
		return arrays_read(at, rows, arena, err);
	return vectors_read(at, rows, arena, err);
}

static bool
read_column(const struct cells *cells, size_t i, struct sheet *out, struct batch *batch,
	    struct arena *arena, struct error *err)
{
	const char *name, *word;
	enum type type = header_type(&cells->at[i], &name, &word, arena);

	out->typed[i] = type != 0;
	if (!type)
		type = infer(cells, i);
	schema_add(&out->schema, name, type, arena);
	batch->at[i] = type == TYPE_OBJECT ? read_objects(cells, i, word, arena, err)
					   : read_plain(cells, i, type, err);
	return batch->at[i] || fail_in(err, "column '%s': ", name);
}

bool
sheet_read(struct text csv, struct sheet *out, struct arena *arena, struct error *err)
{
	struct cells cells = { 0 };
	struct batch *batch;
	bool ok = true;

	*out = (struct sheet){ 0 };
	if (csv.size && csv.data[csv.size - 1] == '\n')
		csv.size--;
	do {
		if (!read_row(&csv, &cells, arena, err))
			return false;
	} while (csv.data);
	batch = batch_new(cells.columns, cells.n / cells.columns - 1, err);
	if (!batch)
		return false;
	out->typed = ARENA_ARRAY(arena, cells.columns, bool);
	for (size_t i = 0; ok && i < cells.columns; i++)
		ok = read_column(&cells, i, out, batch, arena, err);
	if (ok)
		return table_take(&out->table, batch, err);
	batch_free(batch);
	return false;
}

void
sheet_release(struct sheet *sheet)
{
	table_release(&sheet->table);
}
