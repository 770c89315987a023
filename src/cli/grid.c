/* grid - widths first, then lines. */
#include "cli/grid.h"

#include <uniwidth.h>

#include "cli/out.h"
#include "data/cast.h"

enum { CELL_WIDTH = 24, GAP = 2 };

/* Characters on a screen; what has no width counts as one, as out_text() prints it. */
static size_t
width_of(struct text t)
{
	size_t width = 0;

	for (size_t at = 0; at < t.size;) {
		int w = uc_width((ucs4_t)text_next(t, &at), "UTF-8");

		width += w < 0 ? 1 : (size_t)w;
	}
	return width;
}

/* At most width characters; *cut if there were more. */
static struct text
fit(struct text t, size_t width, bool *cut)
{
	size_t used = 0, at = 0;

	*cut = false;
	while (at < t.size) {
		size_t before = at;
		int w = uc_width((ucs4_t)text_next(t, &at), "UTF-8");

		used += w < 0 ? 1 : (size_t)w;
		if (used > width) {
			*cut = true;
			return (struct text){ t.data, before };
		}
	}
	return t;
}

static bool
cell_text(const struct column *column, size_t row, struct buffer *out, struct error *err)
{
	out->size = 0;
	if (column_is_null(column, row))
		return buffer_append(out, "\xc2\xb7", 2, err);
	return cell_print(column, row, out, err);
}

static size_t
limited(size_t width)
{
	return width > CELL_WIDTH ? CELL_WIDTH : width;
}

static bool
column_width(const struct field *field, const struct column *column, bool types,
	     struct buffer *cell, size_t *width, struct error *err)
{
	*width = limited(width_of(text_of(field->name)));
	if (types && *width < strlen(type_name(field->type)))
		*width = strlen(type_name(field->type));
	for (size_t row = 0; row < column->rows; row++) {
		size_t mine;

		if (!cell_text(column, row, cell, err))
			return false;
		mine = limited(width_of((struct text){ cell->data, cell->size }));
		*width = mine > *width ? mine : *width;
	}
	return true;
}

static void
print_cell(FILE *file, struct text text, size_t width, bool right, bool last)
{
	bool cut;
	struct text shown = fit(text, width, &cut);
	size_t used;

	if (cut)
		shown = fit(text, width - 1, &cut);
	used = width_of(shown) + cut;
	if (right)
		fprintf(file, "%*s", (int)(width - used), "");
	out_text(file, shown);
	if (cut)
		fputs("\xe2\x80\xa6", file);
	if (!right && !last)
		fprintf(file, "%*s", (int)(width - used), "");
	fprintf(file, "%*s", last ? 0 : GAP, "");
}

static void
print_heads(FILE *file, const struct schema *schema, const size_t *widths, size_t n,
	    bool types)
{
	for (size_t c = 0; c < n; c++)
		print_cell(file, text_of(schema->at[c].name), widths[c],
			   schema->at[c].type & TYPE_NUMERIC, c + 1 == n);
	putc('\n', file);
	for (size_t c = 0; types && c < n; c++)
		print_cell(file, text_of(type_name(schema->at[c].type)), widths[c],
			   schema->at[c].type & TYPE_NUMERIC, c + 1 == n);
	if (types)
		putc('\n', file);
}

static bool
print_rows(FILE *file, const struct schema *schema, const struct batch *rows,
	   const size_t *widths, size_t n, struct buffer *cell, struct error *err)
{
	for (size_t row = 0; row < rows->rows; row++) {
		for (size_t c = 0; c < n; c++) {
			if (!cell_text(rows->at[c], row, cell, err))
				return false;
			print_cell(file, (struct text){ cell->data, cell->size },
				   widths[c], schema->at[c].type & TYPE_NUMERIC,
				   c + 1 == n);
		}
		putc('\n', file);
	}
	return true;
}

static bool
print(FILE *file, const struct schema *schema, const struct batch *rows, size_t width,
      bool types, struct error *err)
{
	struct arena arena = { 0 };
	size_t *widths = ARENA_ARRAY(&arena, schema->n + 1, size_t), n = 0, used = 0;
	struct buffer *cell = buffer_new(0, err);
	bool ok = cell != NULL;

	for (; ok && n < schema->n; n++) {
		ok = column_width(&schema->at[n], rows->at[n], types, cell, &widths[n],
				  err);
		used += widths[n] + GAP;
		if (width && n && used - GAP > width)
			break;
	}
	if (ok) {
		print_heads(file, schema, widths, n, types);
		ok = print_rows(file, schema, rows, widths, n, cell, err);
	}
	if (ok && n < schema->n)
		fprintf(file, "and %zu more column%s\n", schema->n - n,
			text_plural(schema->n - n));
	buffer_drop(cell);
	arena_release(&arena);
	return ok;
}

bool
grid_print(FILE *file, const struct schema *schema, const struct batch *rows,
	   size_t width, struct error *err)
{
	return print(file, schema, rows, width, true, err);
}

bool
grid_print_texts(FILE *file, const struct schema *schema, const struct batch *texts,
		 size_t width, struct error *err)
{
	return print(file, schema, texts, width, false, err);
}
