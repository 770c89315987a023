/*
 * data_brush - a part of the column under the cursor, marked on the bars of its head or of
 * its card, and what becomes of it.
 */
#include "screen/data.h"
#include "screen/facets.h"
#include "widget/quote.h"

struct brush *
data_brush(struct data *data)
{
	const struct grid *grid = &data->grid;
	const struct summary_result *found = grid_found(&data->view, grid->column);

	if (!brush_is_of(&data->brush, data->view.schema->at[grid->column].name))
		brush_clear(&data->brush);
	if (!found || !data->brush.column[0])
		return NULL;
	brush_renew(&data->brush, found);
	return &data->brush;
}

void
data_brush_reach(struct app *app, struct data *data, int anchor, int bar)
{
	const size_t column = data->grid.column;
	const char *name = data->view.schema->at[column].name;
	const struct summary_result *found = grid_found(&data->view, column);
	const struct grid_slot *slot = grid_slot(&data->grid, column);
	struct bars bars;

	if (!found || !slot)
		return;
	bars_of(found, slot->width, &bars);
	if (!data->view.brush && !brush_begin(&data->brush, name, &bars)) {
		app_say(app, TONE_PLAIN, "%s has no order to brush · F picks values",
			name);
		return;
	}
	data->brush.anchor = anchor;
	brush_reach(&data->brush, bar);
}

bool
data_brush_step(struct app *app, const struct brush *brush, const char *action,
		struct error *err)
{
	struct arena *arena = &app->arena;
	const char *const settings[] = {
		arena_print(arena, "formula=%s",
			    facets_range(&brush->bars, brush->from, brush->to,
					 app->focus.type,
					 quote_name(brush->column, arena), arena)),
		action,
	};

	return data_step(app, "filter_formula", settings, COUNT(settings), err);
}
