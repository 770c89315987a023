/*
 * data_find - the cell that shows a text, and the row where a column is another.
 *
 * The sheet looks for texts; a change of value is looked for here, in as many rows as are
 * at hand, and on when more have come.
 */
#include <inttypes.h>
#include <stdio.h>

#include "screen/data.h"
#include "widget/figure.h"

enum { AT_ONCE = 50000 /* rows that are looked at in one go */ };

static void
begin(struct app *app, struct search *search, enum search_kind kind, bool backward)
{
	if (search->kind == SEARCH_NOTHING)
		app->n_running++;
	search->kind = kind;
	search->is_backward = backward;
}

void
data_search_stop(struct app *app, struct data *data)
{
	if (data->search.kind != SEARCH_NOTHING)
		app->n_running--;
	data->search.kind = SEARCH_NOTHING;
}

bool
data_search(struct app *app, struct data *data, bool backward, struct error *err)
{
	struct search *search = &data->search;
	const uint64_t row = data->grid.row;

	if (!search->text[0])
		return fail(err, "nothing was looked for yet: / asks for a text");
	begin(app, search, SEARCH_TEXT, backward);
	app_say(app, TONE_PLAIN, "looking for '%s' ...", search->text);
	sheet_find(app->sheet, search->text, -1, backward ? row - (row > 0) : row + 1,
		   backward);
	data_answer(app, data);
	return true;
}

static void
answer_text(struct app *app, struct data *data)
{
	const struct search *search = &data->search;
	uint64_t row;
	int column;

	switch (app->sheet ? sheet_found(app->sheet, &row, &column) : SHEET_NOT_FOUND) {
	case SHEET_LOOKING:
		return;
	case SHEET_FOUND:
		app_say(app, TONE_PLAIN, "'%s' in row %" PRIu64 " · n next · N previous",
			search->text, row + 1);
		grid_to_row(&data->grid, row);
		if (column >= 0)
			grid_to_column(&data->grid, (size_t)column);
		break;
	case SHEET_NOT_FOUND:
		app_say(app, TONE_BAD, "no cell %s row %" PRIu64 " shows '%s'",
			search->is_backward ? "before" : "behind", data->grid.row + 1,
			search->text);
		break;
	}
	data_search_stop(app, data);
	data_focus(app, data);
}

/* What a cell shows, cut to what is compared. */
static void
shown(struct data *data, const struct column *c, size_t at, char out[LINE_SIZE])
{
	char room[FIGURE_SIZE];
	struct text text;

	if (column_is_null(c, at)) {
		snprintf(out, LINE_SIZE, "%c", 0);
		return;
	}
	text = figure_cell(c, at, room, data->grid.scratch);
	snprintf(out, LINE_SIZE, ".%.*s",
		 (int)(text.size < LINE_SIZE ? text.size : LINE_SIZE), text.data);
}

/* The column under the cursor in a row, if that is at hand: how many rows follow. */
static const struct column *
column_at(struct data *data, uint64_t row, size_t *n, size_t *at)
{
	const struct batch *batch = data->view.fetch(data->view.source, row, n, at);

	return batch && *n ? batch->at[data->grid.column] : NULL;
}

/* The next row to look at; false: there is none. */
static bool
step(struct data *data)
{
	struct search *search = &data->search;

	if (search->is_backward ? search->row == 0 : search->row + 1 >= data->view.rows)
		return false;
	search->row += search->is_backward ? (uint64_t)-1 : 1;
	return true;
}

static void
answer_other(struct app *app, struct data *data)
{
	struct search *search = &data->search;
	char value[LINE_SIZE];

	for (int i = 0; i < AT_ONCE; i++) {
		size_t n = 1, at = 0;
		const struct column *c = column_at(data, search->row, &n, &at);

		if (!c)
			return;
		shown(data, c, at, value);
		if (strcmp(value, search->value) != 0 || !step(data)) {
			if (!strcmp(value, search->value))
				app_say(app, TONE_PLAIN, "%s is the same up to here",
					app->focus.column);
			grid_to_row(&data->grid, search->row);
			data_search_stop(app, data);
			data_focus(app, data);
			return;
		}
	}
	app_due(app, 1);
}

void
data_other_value(struct app *app, struct data *data, bool backward)
{
	struct search *search = &data->search;
	size_t n = 1, at = 0;
	const struct column *c = column_at(data, data->grid.row, &n, &at);

	if (!c)
		return;
	shown(data, c, at, search->value);
	begin(app, search, SEARCH_OTHER, backward);
	search->row = data->grid.row;
	data_answer(app, data);
}

void
data_answer(struct app *app, struct data *data)
{
	if (data->search.kind == SEARCH_NOTHING)
		return;
	if (!data_look(app, data))
		data_search_stop(app, data);
	else if (data->search.kind == SEARCH_TEXT)
		answer_text(app, data);
	else
		answer_other(app, data);
}
