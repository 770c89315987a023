/*
 * pending - what the app names and is not there yet; each goes when its own file comes.
 */
#include "screen/app.h"

#define WEAK __attribute__((weak))

const struct view data_view WEAK = { .name = "data" };
const struct view insight_view WEAK = { .name = "insight" };
const struct view start_view WEAK = { .name = "start" };

WEAK void
quit_ask(struct app *app)
{
	app->is_done = true;
}

WEAK void
form_open(struct app *app, const struct op *op, const void *fields, size_t place)
{
	(void)app, (void)op, (void)fields, (void)place;
}
