/*
 * data_cell - a cell in full, and a row a line a column.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/json.h"
#include "screen/data.h"
#include "term/clean.h"
#include "widget/figure.h"

/* Begin a line behind what is there. */
static bool
new_line(struct buffer *out, int depth, struct error *err)
{
	static const char blanks[] = "                                        ";
	const size_t n = (size_t)depth * 2;

	return buffer_append(out, "\n", 1, err) &&
	       buffer_append(out, blanks, n < sizeof blanks ? n : sizeof blanks - 1, err);
}

/* JSON, a member a line; what stands in quotes stays as it is. */
static bool
spread(struct text text, struct buffer *out, struct error *err)
{
	bool is_quoted = false, well = true;
	int depth = 0;

	for (size_t i = 0; i < text.size && well; i++) {
		const char c = text.data[i];

		if (!is_quoted && strchr(" \t\r\n", c))
			continue;
		if (!is_quoted && strchr("]}", c))
			well = new_line(out, --depth, err);
		well = well && buffer_append(out, &c, 1, err);
		if (is_quoted && c == '\\' && i + 1 < text.size)
			well = well && buffer_append(out, text.data + ++i, 1, err);
		else if (c == '"')
			is_quoted = !is_quoted;
		else if (!is_quoted && strchr("[{", c))
			well = well && new_line(out, ++depth, err);
		else if (!is_quoted && c == ',')
			well = well && new_line(out, depth, err);
		else if (!is_quoted && c == ':')
			well = well && buffer_append(out, " ", 1, err);
	}
	return well;
}

/* A list or an object, in lines; false: it is neither, or too long to be worth it. */
static bool
in_lines(struct text text, struct arena *arena, struct buffer *out)
{
	struct error err;

	text = text_trim(text);
	if (!text.size || text.size > (1 << 20) || !strchr("[{", *text.data))
		return false;
	return json_parse(text, arena, &err) && spread(text, out, &err);
}

/* The cell under the cursor: its column, and the row in it; NULL: it is not there. */
static const struct column *
cell_here(struct app *app, struct data *data, size_t *at)
{
	const struct batch *batch;
	size_t n = 1;

	if (!data_look(app, data))
		return NULL;
	batch = data->view.fetch(data->view.source, data->grid.row, &n, at);
	return batch ? batch->at[data->grid.column] : NULL;
}

bool
data_cell_copy(struct app *app, bool is_raw, struct error *err)
{
	struct data *data = data_of(app);
	char room[FIGURE_SIZE];
	size_t at = 0;
	const struct column *c = cell_here(app, data, &at);
	struct text text;

	if (!c)
		return fail(err, "the row is not there yet");
	if (column_is_null(c, at))
		return fail(err, "this cell is missing: there is nothing to copy");
	text = figure_cell(c, at, room, data->grid.scratch);
	return is_raw ? app_copy(app, text, err)
		      : app_copy(app, clean_text(text, &app->arena), err);
}

void
data_cell_open(struct app *app)
{
	struct data *data = data_of(app);
	const size_t place = data->grid.column;
	struct arena arena = { 0 };
	struct error err = { 0 };
	struct buffer *lines;
	size_t at = 0;
	const struct column *c = cell_here(app, data, &at);
	char room[FIGURE_SIZE], title[LINE_SIZE];
	struct text text;

	if (!c)
		return;
	snprintf(title, sizeof title, "%.200s[%" PRIu64 "]",
		 data->view.schema->at[place].name, data->grid.row + 1);
	if (column_is_null(c, at)) {
		text_open(app, title, text_of("missing"));
		return;
	}
	text = figure_cell(c, at, room, data->grid.scratch);
	lines = buffer_new(0, &err);
	if (lines && in_lines(text, &arena, lines))
		text = (struct text){ lines->data, lines->size };
	text_open(app, title, text);
	buffer_drop(lines);
	arena_release(&arena);
}

/* The row under the cursor, a line a column; j and k go on to others. */
struct record {
	size_t top;
};

static void
record_close(void *self, struct app *app)
{
	(void)app;
	free(self);
}

/* Columns that the names take, at most a third of the room. */
static int
names_width(const struct schema *schema, int columns)
{
	int width = 4;

	for (size_t i = 0; i < schema->n; i++) {
		const int one = clean_columns(text_of(schema->at[i].name), columns / 3);

		width = one > width ? one : width;
	}
	return width < columns / 3 ? width : columns / 3;
}

static void
record_line(struct pane pane, int row, struct data *data, size_t place, int width,
	    const struct batch *batch, size_t at)
{
	const struct field *field = data->view.schema->at + place;
	const struct column *c = batch ? batch->at[place] : NULL;
	const struct summary_result *found = grid_found(&data->view, place);
	const bool is_here = place == data->grid.column;
	const int x = 1 + width + 1 + 5;
	char room[FIGURE_SIZE];

	pane_text_right(pane, row, 1, width,
			is_here ? PAINT(INK_ACCENT, STYLE_BOLD) : PAINT(INK_HEADER),
			text_of(field->name));
	pane_text(pane, row, 1 + width + 1, 4, PAINT(figure_ink(field->type, found)),
		  text_of(figure_type(field->type, found)));
	if (!c)
		pane_print(pane, row, x, PAINT(INK_DIM), "·");
	else if (column_is_null(c, at))
		pane_print(pane, row, x, PAINT(INK_NULL), "∅");
	else
		pane_text(pane, row, x, pane.columns - x,
			  PAINT(column_is_missing(c, at) ? INK_NULL : INK_TEXT),
			  figure_cell(c, at, room, data->grid.scratch));
	if (is_here) {
		pane_put(pane, row, 0, PAINT(INK_ACCENT), 0x258c);
		pane_style(pane, row, 1, pane.columns - 1, STYLE_REVERSE);
		pane_cursor(pane, row, x);
	}
}

static void
record_draw(void *self, struct app *app, struct pane pane)
{
	struct record *record = self;
	struct data *data = data_of(app);
	size_t n = 1, at = 0, rows;
	const struct batch *batch;
	char title[LINE_SIZE], all[FIGURE_SIZE], row[FIGURE_SIZE];
	int width;

	if (!data_look(app, data))
		return;
	figure_count(data->grid.row + 1, row);
	figure_count(data->view.rows, all);
	snprintf(title, sizeof title, "row %s of %s", row, all);
	pane = pane_box(pane_part(pane, 1, 0, pane.rows - 3, pane.columns),
			PAINT(INK_RULE), title, "j k  next row");
	rows = (size_t)pane.rows;
	if (data->grid.column < record->top)
		record->top = data->grid.column;
	else if (rows && data->grid.column >= record->top + rows)
		record->top = data->grid.column - rows + 1;
	batch = data->view.fetch(data->view.source, data->grid.row, &n, &at);
	width = names_width(data->view.schema, pane.columns);
	for (size_t i = 0; i < rows && record->top + i < data->view.schema->n; i++)
		record_line(pane, (int)i, data, record->top + i, width, batch, at);
}

static bool
record_event(void *self, struct app *app, const struct event *event)
{
	struct grid *grid = &data_of(app)->grid;
	const uint32_t key = event->kind == EVENT_KEY && !event->press.mods
				     ? event->press.key
				     : K_NONE;

	(void)self;
	switch (key) {
	case 'j':
		grid_move(grid, 1, 0);
		break;
	case 'k':
		grid_move(grid, -1, 0);
		break;
	case K_DOWN:
	case 'l':
		grid_move(grid, 0, 1);
		break;
	case K_UP:
	case 'h':
		grid_move(grid, 0, -1);
		break;
	case 'v':
		app_pop(app);
		return true;
	default:
		return false;
	}
	data_focus(app, data_of(app));
	return true;
}

static const char *
record_hints(void *self, struct app *app)
{
	(void)self;
	(void)app;
	return "j/k row  ↑/↓ column  Enter full cell  = keep  ! drop  "
	       "Esc closes";
}

static const struct view record_view = {
	.name = "record",
	.is_of_screen = true,
	.draw = record_draw,
	.event = record_event,
	.hints = record_hints,
	.close = record_close,
};

void
data_record_open(struct app *app)
{
	struct record *record = calloc(1, sizeof *record);

	if (record)
		app_push(app, &record_view, record);
}
