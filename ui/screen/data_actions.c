/*
 * data_actions - what can be done on the data screen but for steps: moves, looks.
 */
#include <stdio.h>

#include "screen/data.h"

/* Every one needs a table, and leaves the focus right. */
typedef bool deed(struct app *app, struct data *data, const void *fields,
		  struct error *err);

static bool
with_table(struct app *app, deed *deed_of, const void *fields, struct error *err)
{
	struct data *data = data_of(app);
	bool well;

	if (!data_look(app, data))
		return fail(err, "there is no table yet");
	well = deed_of(app, data, fields, err);
	data_focus(app, data);
	return well;
}

#define ACT(word)                                                                       \
	static deed word##_deed;                                                        \
	static bool word(struct app *app, const void *fields, struct error *err)        \
	{                                                                               \
		return with_table(app, word##_deed, fields, err);                       \
	}                                                                               \
	static bool word##_deed(struct app *app, struct data *data, const void *fields, \
				struct error *err)

/* A move that neither asks nor fails. */
#define MOVE(word, what)      \
	ACT(word)             \
	{                     \
		(void)app;    \
		(void)data;   \
		(void)fields; \
		(void)err;    \
		what;         \
		return true;  \
	}

/* One that changes the look of the table. */
#define LOOK(word, which, what) MOVE(word, data_note(app, data, which); what)

static int
page(const struct data *data)
{
	return data->grid.page > 1 ? data->grid.page - 1 : 1;
}

MOVE(left, grid_move(&data->grid, 0, -1))
MOVE(right, grid_move(&data->grid, 0, 1))
MOVE(up, grid_move(&data->grid, -1, 0))
MOVE(down, grid_move(&data->grid, 1, 0))
MOVE(page_up, grid_move(&data->grid, -page(data), 0))
MOVE(page_down, grid_move(&data->grid, page(data), 0))
MOVE(half_up, grid_move(&data->grid, -(page(data) + 1) / 2, 0))
MOVE(half_down, grid_move(&data->grid, (page(data) + 1) / 2, 0))
MOVE(first_column, grid_to_edge(&data->grid, false))
MOVE(last_column, grid_to_edge(&data->grid, true))
LOOK(fit_width, "width", grid_fit(&data->grid, &data->view))
LOOK(narrower, "width", grid_widen(&data->grid, data->grid.column, -2))
LOOK(wider, "width", grid_widen(&data->grid, data->grid.column, 2))
LOOK(show_hidden, "hidden columns", grid_show_all(&data->grid))
LOOK(head_lines, "lines over the columns", data->grid.is_bare = !data->grid.is_bare)
LOOK(profile, "height of bars",
     data->grid.bars = (data->grid.bars + GRID_BARS_MOST) % (GRID_BARS_MOST + 1))
MOVE(cell, data_cell_open(app))
MOVE(record, data_record_open(app))
MOVE(facets, data_facets_open(app))
MOVE(card, data_card_open(app))

struct row_fields {
	int64_t n;
};

static const struct param top_params[] = {
	PARAM_INTEGER(struct row_fields, n, "Row", "number of the row", .preset = "1",
		      MIN(1)),
	{ 0 },
};

static const struct param bottom_params[] = {
	PARAM_INTEGER(struct row_fields, n, "Row", "number of the row; none: the last",
		      .preset = "", MIN(1)),
	{ 0 },
};

ACT(go_to_row)
{
	const struct row_fields *f = fields;

	(void)app;
	(void)err;
	grid_to_row(&data->grid,
		    f->n == PARAM_NO_INTEGER ? UINT64_MAX : (uint64_t)f->n - 1);
	return true;
}

struct column_fields {
	const char *name;
};

static const struct param column_params[] = {
	PARAM_COLUMN(struct column_fields, name, "Column", "column to go to"),
	{ 0 },
};

ACT(column)
{
	const struct column_fields *f = fields;
	size_t at;

	if (!schema_need(data->view.schema, "name", f->name, TYPE_ANY, &at, err))
		return false;
	if (data->grid.columns[at].is_hidden)
		data_note(app, data, "hidden columns");
	grid_to_column(&data->grid, at);
	return true;
}

struct find_fields {
	const char *text;
};

static const struct param find_params[] = {
	PARAM_TEXT(struct find_fields, text, "Text",
		   "what a cell shows; case counts if it has capitals"),
	{ 0 },
};

ACT(find)
{
	const struct find_fields *f = fields;

	snprintf(data->search.text, sizeof data->search.text, "%s", f->text);
	return data_search(app, data, false, err);
}

ACT(find_next)
{
	(void)fields;
	return data_search(app, data, false, err);
}

ACT(find_previous)
{
	(void)fields;
	return data_search(app, data, true, err);
}

ACT(next_value)
{
	(void)fields;
	(void)err;
	data_other_value(app, data, false);
	return true;
}

ACT(previous_value)
{
	(void)fields;
	(void)err;
	data_other_value(app, data, true);
	return true;
}

struct sort_fields {
	const char *column;
	bool descending;
};

static const struct param sort_params[] = {
	PARAM_COLUMN(struct sort_fields, column, "Column", "column to sort by",
		     .accepts = TYPE_ANY & ~TYPE_OBJECT),
	PARAM_FLAG(struct sort_fields, descending, "Descending", "largest first",
		   .preset = "no"),
	{ 0 },
};

static const struct param sort_down_params[] = {
	PARAM_COLUMN(struct sort_fields, column, "Column", "column to sort by",
		     .accepts = TYPE_ANY & ~TYPE_OBJECT),
	{ 0 },
};

static void
suggest_column(struct app *app, void *fields, struct arena *arena)
{
	struct sort_fields *f = fields;

	f->column = arena_text(arena, app->focus.column);
}

/* The same again: as the rows came. */
static bool
sort_by(struct app *app, struct data *data, const char *name, bool descending,
	struct error *err)
{
	size_t at;

	if (!schema_need(data->view.schema, "column", name, TYPE_ANY & ~TYPE_OBJECT, &at,
			 err))
		return false;
	data_note(app, data, "order of rows");
	if (app->order.column && !strcmp(app->order.column, name) &&
	    app->order.descending == descending)
		app_order(app, (struct sheet_order){ 0 });
	else
		app_order(app, (struct sheet_order){ name, descending });
	grid_to_row(&data->grid, 0);
	return true;
}

ACT(sort)
{
	const struct sort_fields *f = fields;

	return sort_by(app, data, f->column, f->descending, err);
}

ACT(sort_down)
{
	const struct sort_fields *f = fields;

	return sort_by(app, data, f->column, true, err);
}

ACT(freeze)
{
	(void)fields;
	(void)err;
	data_note(app, data, "frozen columns");
	grid_freeze(&data->grid);
	if (data->grid.frozen)
		app_say(app, TONE_PLAIN, "columns up to %s stay on view · f again: none",
			app->focus.column);
	else
		app_say(app, TONE_PLAIN, "no column is frozen");
	return true;
}

ACT(hide)
{
	(void)fields;
	(void)err;
	data_note(app, data, "hidden columns");
	grid_hide(&data->grid);
	app_say(app, TONE_PLAIN, "%zu hidden · gv shows them", data->grid.n_hidden);
	return true;
}

ACT(mark)
{
	struct grid *grid = &data->grid;

	(void)app;
	(void)fields;
	(void)err;
	data->mark_from = grid->column;
	grid_mark(grid, grid->column, !grid->columns[grid->column].mark);
	grid_move(grid, 0, 1);
	return true;
}

/* All from the one that was marked last up to here; if none is, this is where it
 * begins. */
ACT(mark_range)
{
	struct grid *grid = &data->grid;
	const bool is_first = !grid->n_marked || data->mark_from >= grid->n;
	const size_t from = is_first ? grid->column : data->mark_from;
	const size_t least = from < grid->column ? from : grid->column;
	const size_t most = from < grid->column ? grid->column : from;

	(void)app;
	(void)fields;
	(void)err;
	for (size_t i = least; i <= most; i++)
		if (!grid->columns[i].is_hidden)
			grid_mark(grid, i, true);
	data->mark_from = grid->column;
	return true;
}

ACT(take_back)
{
	(void)fields;
	return data_take_back(app, data, err);
}

ACT(remarks)
{
	(void)fields;
	return data_remarks_show(app, data, err);
}

MOVE(unmark, grid_unmark_all(&data->grid))

static bool
copy(struct app *app, const void *fields, struct error *err)
{
	(void)fields;
	return data_cell_copy(app, false, err);
}

static bool
copy_raw(struct app *app, const void *fields, struct error *err)
{
	(void)fields;
	return data_cell_copy(app, true, err);
}

static bool
has_table(struct app *app)
{
	return app->focus.place >= 0;
}

/* Rows of the table below that take nothing. */
#define KEY(word, ttl, mn, ks, hnt, hlp, fl, fn)                                      \
	{                                                                             \
		.name = word, .title = ttl, .menu = mn, .keys = ks, .where = IN_DATA, \
		.hint = hnt, .help = hlp, .flags = ACTION_MOVE | (fl), .run = fn      \
	}

const struct action data_actions[] = {
	KEY("left", "Left", "View", "h Left", NULL, "The column before.", ACTION_HIDDEN,
	    left),
	KEY("down", "Down", "View", "j Down", NULL, "The next row.", ACTION_HIDDEN, down),
	KEY("up", "Up", "View", "k Up", NULL, "The row before.", ACTION_HIDDEN, up),
	KEY("right", "Right", "View", "l Right", NULL, "The next column.", ACTION_HIDDEN,
	    right),
	KEY("page-down", "Page down", "View", "Ctrl-F PageDown", NULL, "A page on.",
	    ACTION_HIDDEN, page_down),
	KEY("page-up", "Page up", "View", "Ctrl-B PageUp", NULL, "A page back.",
	    ACTION_HIDDEN, page_up),
	KEY("half-down", "Half a page down", "View", "Ctrl-D", NULL, "Half a page on.",
	    ACTION_HIDDEN, half_down),
	KEY("half-up", "Half a page up", "View", "Ctrl-U", NULL, "Half a page back.",
	    ACTION_HIDDEN, half_up),
	KEY("first-column", "First column", "View", "0 Home", NULL, "The first column.",
	    ACTION_HIDDEN, first_column),
	KEY("last-column", "Last column", "View", "$ End", NULL, "The last column.",
	    ACTION_HIDDEN, last_column),
	{ .name = "goto",
	  .title = "Go to a row",
	  .menu = "View",
	  .keys = "gg Ctrl-Home",
	  .where = IN_DATA,
	  .help = "The first row, or the one whose number was typed before.",
	  .params = top_params,
	  .params_size = sizeof(struct row_fields),
	  .flags = ACTION_MOVE | ACTION_COUNT,
	  .run = go_to_row },
	{ .name = "bottom",
	  .title = "Last row",
	  .menu = "View",
	  .keys = "G Ctrl-End",
	  .where = IN_DATA,
	  .help = "The last row, or the one whose number was typed before.",
	  .params = bottom_params,
	  .params_size = sizeof(struct row_fields),
	  .flags = ACTION_MOVE | ACTION_COUNT | ACTION_HIDDEN,
	  .run = go_to_row },
	{ .name = "column",
	  .title = "Go to a column",
	  .menu = "Column",
	  .keys = "c",
	  .where = IN_DATA,
	  .help = "The column of that name.",
	  .params = column_params,
	  .params_size = sizeof(struct column_fields),
	  .flags = ACTION_MOVE | ACTION_LINE,
	  .run = column },
	{ .name = "find",
	  .title = "Find a text",
	  .menu = "Rows",
	  .keys = "/",
	  .where = IN_DATA,
	  .hint = "find",
	  .help = "The next cell that shows a text, in any column.",
	  .params = find_params,
	  .params_size = sizeof(struct find_fields),
	  .flags = ACTION_MOVE | ACTION_LINE,
	  .run = find },
	KEY("find-next", "Find the next", "Rows", "n", NULL,
	    "The next cell that shows it.", 0, find_next),
	KEY("find-previous", "Find the previous", "Rows", "N", NULL,
	    "The cell before that shows it.", 0, find_previous),
	KEY("next-value", "Next other value", "Rows", "}", NULL,
	    "The next row in which this column is another.", 0, next_value),
	KEY("previous-value", "Previous other value", "Rows", "{", NULL,
	    "The row before in which this column is another.", 0, previous_value),
	{ .name = "sort",
	  .title = "Sort the view",
	  .menu = "Rows",
	  .keys = "s",
	  .where = IN_DATA,
	  .hint = "sort",
	  .help = "Look at the rows in order of a column; again: as they came. No step.",
	  .params = sort_params,
	  .params_size = sizeof(struct sort_fields),
	  .flags = ACTION_MOVE | ACTION_COLUMN,
	  .suggest = suggest_column,
	  .fits = has_table,
	  .run = sort },
	{ .name = "sort-down",
	  .title = "Sort the view, largest first",
	  .menu = "Rows",
	  .keys = "S",
	  .where = IN_DATA,
	  .help = "Look at the rows from the largest on; again: as they came. No step.",
	  .params = sort_down_params,
	  .params_size = sizeof(struct sort_fields),
	  .flags = ACTION_MOVE | ACTION_COLUMN,
	  .suggest = suggest_column,
	  .fits = has_table,
	  .run = sort_down },
	KEY("facets", "Facets", "Column", "F", "facets",
	    "All values of the column with their counts; keep or drop some.",
	    ACTION_COLUMN, facets),
	KEY("card", "Column card", "Column", "i Tab", "card",
	    "All that is known of the column, and what could be done.", ACTION_COLUMN,
	    card),
	KEY("cell", "Full cell", "Rows", "Enter", NULL,
	    "The cell, however long; JSON in lines.", ACTION_CELL, cell),
	KEY("copy", "Copy the cell", "Edit", "y", NULL,
	    "The cell as it is shown, to the clipboard of the terminal.", ACTION_CELL,
	    copy),
	KEY("copy-raw", "Copy the bytes", "Edit", "Y", NULL,
	    "The cell as it stands in the data, whatever a terminal makes of it.",
	    ACTION_CELL, copy_raw),
	KEY("record", "Single record", "Rows", "v", "record", "One row, a line a column.",
	    ACTION_CELL, record),
	KEY("remarks", "Odd lines of the file", "Rows", "gw", NULL,
	    "Lines with too few or too many fields, quotes that never close: what became "
	    "of them.",
	    0, remarks),
	KEY("freeze", "Freeze", "Column", "f", "freeze",
	    "Columns up to this one stay on view; again: none.", ACTION_COLUMN, freeze),
	KEY("fit-width", "Fit the width", "Column", "w", NULL,
	    "As wide as what is on view needs; again: as it was.", ACTION_COLUMN,
	    fit_width),
	KEY("narrower", "Narrower", "Column", "<", NULL, "Two columns less.",
	    ACTION_HIDDEN, narrower),
	KEY("wider", "Wider", "Column", ">", NULL, "Two columns more.", ACTION_HIDDEN,
	    wider),
	KEY("hide", "Hide", "Column", "-", NULL,
	    "Leave the column out of the view. No step.", ACTION_COLUMN, hide),
	KEY("show-hidden", "Show hidden columns", "Column", "gv", NULL,
	    "All columns are on view again.", 0, show_hidden),
	KEY("undo-look", "Undo the look", "View", "gu", NULL,
	    "Take back the last change of widths, bars, order, hidden or frozen columns.",
	    0, take_back),
	KEY("head-lines", "Names alone over columns", "View", "H", NULL,
	    "Types, bars and ranges over the columns, or names alone.", 0, head_lines),
	KEY("profile", "Height of bars", "View", "p", NULL,
	    "Bars over columns: high, low, none.", 0, profile),
	KEY("mark", "Mark the column", "Column", "Space", NULL,
	    "What is done then is done to all marked columns.", ACTION_COLUMN, mark),
	KEY("mark-range", "Mark up to here", "Column", "V", NULL,
	    "This column; again on another one: all up to there.", 0, mark_range),
	KEY("unmark", "Unmark all", "Column", "gm", NULL, "No column is marked any more.",
	    0, unmark),
	{ 0 },
};
