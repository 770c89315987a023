/*
 * pending - what the app names and is not there yet; each goes when its own file comes.
 */
#include "screen/app.h"

#define WEAK __attribute__((weak))

const struct view data_view WEAK = { .name = "data" };
const struct view insight_view WEAK = { .name = "insight" };
const struct view chart_view WEAK = { .name = "chart" };
const struct view runs_view WEAK = { .name = "runs" };
const struct view start_view WEAK = { .name = "start" };

WEAK void
quit_ask(struct app *app)
{
	app->is_done = true;
}

WEAK void
line_open(struct app *app, const char *text)
{
	(void)app, (void)text;
}

WEAK void
form_open(struct app *app, const struct op *op, const void *fields, size_t place)
{
	(void)app, (void)op, (void)fields, (void)place;
}

WEAK void
sheet_find(struct sheet *sheet, const char *text, int column, uint64_t from,
	   bool backwards)
{
	(void)sheet, (void)text, (void)column, (void)from, (void)backwards;
}

WEAK enum sheet_answer
sheet_found(struct sheet *sheet, uint64_t *row, int *column)
{
	(void)sheet, (void)row, (void)column;
	return SHEET_NOT_FOUND;
}
