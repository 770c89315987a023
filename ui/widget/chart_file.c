/* chart_file - what is drawn, and what is counted, in a buffer. */
#include "widget/chart_file.h"

#include "desk/table_text.h"
#include "widget/picture.h"

/* Those of pictures, and those of tables that are none of these. */
const struct ending *
chart_endings(struct arena *arena)
{
	const struct ending *tables = table_endings(arena);
	struct ending *numbers;
	size_t n = 0;

	while (tables[n].text)
		n++;
	numbers = ARENA_ARRAY(arena, n + 1, struct ending);
	for (size_t i = 0; i < n; i++)
		numbers[i] = (struct ending){ tables[i].text, "the numbers behind it" };
	return ending_join(picture_endings, numbers, arena);
}

static bool
print_picture(const struct chart_data *data, const struct ending *ending, int rows,
	      int columns, struct buffer *out, struct error *err)
{
	static const struct chart_style style = { .title = true };
	struct surface surface = { 0 };
	bool ok;

	surface_resize(&surface, rows, columns);
	chart_draw(surface_pane(&surface), data, &style);
	ok = picture_print(&surface, ending, out, err);
	surface_release(&surface);
	return ok;
}

static bool
print_numbers(const struct chart_data *data, const char *path, struct buffer *out,
	      struct error *err)
{
	struct arena arena = { 0 };
	struct schema schema;
	struct batch *rows = chart_numbers(data, &schema, &arena, err);
	const bool ok = rows && table_text(&schema, rows, path, out, err);

	batch_free(rows);
	arena_release(&arena);
	return ok;
}

bool
chart_print_file(const struct chart_data *data, const char *path, int rows, int columns,
		 struct buffer *out, struct error *err)
{
	const struct ending *picture = ending_of(picture_endings, path);
	struct arena arena = { 0 };
	bool ok;

	if (picture)
		return print_picture(data, picture, rows, columns, out, err);
	ok = ending_need(chart_endings(&arena), path, "a chart", err) &&
	     print_numbers(data, path, out, err);
	arena_release(&arena);
	return ok;
}
