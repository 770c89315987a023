/*
 * models_screen - the place of models; this build has no learners, and says so.
 */
#include "screen/app.h"

static void
draw(void *self, struct app *app, struct pane pane)
{
	static const char *const lines[] = {
		"No models in this build of lariat.",
		"",
		"A flow can prepare features for other programs:",
		"add a destination (t, \"write\") and run it (F5).",
	};
	const int top = pane.rows / 2 - 2;

	(void)self;
	(void)app;
	for (size_t i = 0; i < COUNT(lines); i++)
		pane_print(pane, top + (int)i, 4, PAINT(i ? INK_DIM : INK_HEADER), "%s",
			   lines[i]);
	pane_cursor(pane, top, 4);
}

static void
heading(void *self, struct app *app, struct heading *heading)
{
	(void)self;
	(void)app;
	*heading = (struct heading){ .title = "no models" };
}

const struct view models_view = {
	.name = "models",
	.draw = draw,
	.heading = heading,
};
