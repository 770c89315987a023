/* pick - the chosen line moves, and the view follows. */
#include "widget/pick.h"

void
pick_reset(struct pick *pick, size_t n)
{
	*pick = (struct pick){ .n = n, .rows = pick->rows };
}

static void
up(struct pick *pick, size_t by)
{
	pick->at = pick->at > by ? pick->at - by : 0;
}

static void
down(struct pick *pick, size_t by)
{
	pick->at = pick->at + by < pick->n ? pick->at + by : pick->n ? pick->n - 1 : 0;
}

static bool
wheel(struct pick *pick, const struct mouse *mouse)
{
	if (mouse->kind != MOUSE_WHEEL)
		return false;
	if (mouse->lines < 0)
		up(pick, 1);
	else
		down(pick, 1);
	return true;
}

bool
pick_event(struct pick *pick, const struct event *event)
{
	const size_t page = pick->rows > 1 ? pick->rows - 1 : 1;

	if (event->kind == EVENT_MOUSE)
		return wheel(pick, &event->mouse);
	if (event_is(event, K_UP) || event_is_ctrl(event, 'p'))
		up(pick, 1);
	else if (event_is(event, K_DOWN) || event_is_ctrl(event, 'n'))
		down(pick, 1);
	else if (event_is(event, K_PAGE_UP))
		up(pick, page);
	else if (event_is(event, K_PAGE_DOWN))
		down(pick, page);
	else
		return false;
	return true;
}

size_t
pick_show(struct pick *pick, int rows)
{
	pick->rows = rows > 0 ? (size_t)rows : 0;
	if (pick->at < pick->first)
		pick->first = pick->at;
	if (pick->rows && pick->at >= pick->first + pick->rows)
		pick->first = pick->at + 1 - pick->rows;
	if (pick->n < pick->first + pick->rows)
		pick->first = pick->n > pick->rows ? pick->n - pick->rows : 0;
	return pick->n - pick->first < pick->rows ? pick->n - pick->first : pick->rows;
}

size_t
pick_at(const struct pick *pick, int row)
{
	const size_t line = pick->first + (size_t)row;

	return row < 0 || (size_t)row >= pick->rows || line >= pick->n ? pick->n : line;
}

void
pick_mark(struct pane pane, int row, int column, int width)
{
	pane_style(pane, row, column + 1, width - 1, STYLE_REVERSE);
	pane_put(pane, row, column, PAINT(INK_ACCENT), 0x258c);
}
