/*
 * data_mouse - clicks, the wheel, and what is dragged: edges of columns, and the brush.
 */
#include "screen/data.h"
#include "screen/menu.h"

enum { WHEEL_ROWS = 3 };

/* The column's card gets the keys. */
static bool
click_card(struct app *app, const struct data *data, const struct mouse *mouse)
{
	if (!pane_has(data->card, mouse->row, mouse->column))
		return false;
	data_card_open(app);
	return true;
}

static bool
click(struct app *app, struct data *data, const struct mouse *mouse)
{
	const struct grid_hit hit = grid_at(&data->grid, mouse->row, mouse->column);

	switch (hit.part) {
	case GRID_NOTHING:
		return click_card(app, data, mouse);
	case GRID_EDGE:
		data_note(app, data, "width");
		data->drag = DRAG_EDGE;
		data->dragged = hit.column;
		data->drag_from = mouse->column;
		return true;
	case GRID_CELL:
		grid_to_column(&data->grid, hit.column);
		grid_to_row(&data->grid, hit.row);
		data_focus(app, data);
		if (mouse->clicks == 2)
			data_cell_open(app);
		return true;
	case GRID_BARS:
		data->drag = DRAG_BARS;
		data->dragged = hit.column;
		data->drag_from = grid_bar_at(&data->grid, hit.column, mouse->column);
		/* fall through */
	case GRID_NAME:
		brush_clear(&data->brush);
		grid_to_column(&data->grid, hit.column);
		data_focus(app, data);
		if (mouse->clicks == 2)
			data_card_open(app);
		return true;
	}
	return false;
}

static bool
drag(struct app *app, struct data *data, const struct mouse *mouse)
{
	switch (data->drag) {
	case DRAG_NOTHING:
		return false;
	case DRAG_EDGE:
		grid_widen(&data->grid, data->dragged, mouse->column - data->drag_from);
		data->drag_from = mouse->column;
		return true;
	case DRAG_BARS:
		if (data->dragged == data->grid.column)
			data_brush_reach(
				app, data, data->drag_from,
				grid_bar_at(&data->grid, data->dragged, mouse->column));
		return true;
	}
	return false;
}

/* What can be done to what is pointed at; elsewhere, all there is. */
static bool
point(struct app *app, struct data *data, const struct mouse *mouse)
{
	const struct grid_hit hit = grid_at(&data->grid, mouse->row, mouse->column);

	if (hit.part == GRID_NOTHING) {
		menu_open(app);
		return true;
	}
	grid_to_column(&data->grid, hit.column);
	if (hit.part == GRID_CELL)
		grid_to_row(&data->grid, hit.row);
	data_focus(app, data);
	context_open(app, mouse->row, mouse->column, hit.part == GRID_CELL);
	return true;
}

bool
data_mouse(struct app *app, struct data *data, const struct mouse *mouse)
{
	if (!data_look(app, data))
		return false;
	switch (mouse->kind) {
	case MOUSE_PRESS:
		if (mouse->button == 1)
			return click(app, data, mouse);
		return mouse->button == 3 && point(app, data, mouse);
	case MOUSE_RELEASE:
		data->drag = DRAG_NOTHING;
		return true;
	case MOUSE_DRAG:
		return drag(app, data, mouse);
	case MOUSE_WHEEL:
		if (mouse->mods & MOD_SHIFT)
			grid_scroll(&data->grid, 0, mouse->lines);
		else
			grid_scroll(&data->grid, mouse->lines * WHEEL_ROWS, 0);
		data_focus(app, data);
		return true;
	}
	return false;
}
