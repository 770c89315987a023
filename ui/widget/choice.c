/* choice - the chosen line moves, and the view follows. */
#include "widget/choice.h"

void
choice_reset(struct choice *choice, size_t n)
{
	*choice = (struct choice){ .n = n, .rows = choice->rows };
}

static void
up(struct choice *choice, size_t by)
{
	choice->at = choice->at > by ? choice->at - by : 0;
}

static void
down(struct choice *choice, size_t by)
{
	choice->at = choice->at + by < choice->n ? choice->at + by
		     : choice->n                 ? choice->n - 1
						 : 0;
}

static bool
wheel(struct choice *choice, const struct mouse *mouse)
{
	if (mouse->kind != MOUSE_WHEEL)
		return false;
	if (mouse->lines < 0)
		up(choice, 1);
	else
		down(choice, 1);
	return true;
}

bool
choice_event(struct choice *choice, const struct event *event)
{
	const size_t page = choice->rows > 1 ? choice->rows - 1 : 1;

	if (event->kind == EVENT_MOUSE)
		return wheel(choice, &event->mouse);
	if (event_is(event, K_UP) || event_is_ctrl(event, 'p'))
		up(choice, 1);
	else if (event_is(event, K_DOWN) || event_is_ctrl(event, 'n'))
		down(choice, 1);
	else if (event_is(event, K_PAGE_UP))
		up(choice, page);
	else if (event_is(event, K_PAGE_DOWN))
		down(choice, page);
	else
		return false;
	return true;
}

size_t
choice_show(struct choice *choice, int rows)
{
	choice->rows = rows > 0 ? (size_t)rows : 0;
	if (choice->at < choice->first)
		choice->first = choice->at;
	if (choice->rows && choice->at >= choice->first + choice->rows)
		choice->first = choice->at + 1 - choice->rows;
	if (choice->n < choice->first + choice->rows)
		choice->first = choice->n > choice->rows ? choice->n - choice->rows : 0;
	return choice->n - choice->first < choice->rows ? choice->n - choice->first
							: choice->rows;
}

size_t
choice_at(const struct choice *choice, int row)
{
	const size_t line = choice->first + (size_t)row;

	return row < 0 || (size_t)row >= choice->rows || line >= choice->n ? choice->n
									   : line;
}

void
choice_mark(struct pane pane, int row, int column, int width)
{
	pane_style(pane, row, column + 1, width - 1, STYLE_REVERSE);
	pane_put(pane, row, column, PAINT(INK_ACCENT), 0x258c);
}
