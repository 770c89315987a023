/*
 * export.h - what E writes of a screen: what is on view there, as a file that says by its
 * ending how.
 *
 * A screen that has something to write names it in its view (app.h). It prints into a
 * buffer, which is quick; the file is written behind the screen's back, as are the rows of
 * the current step, which may be many.
 */
#ifndef SCREEN_EXPORT_H
#define SCREEN_EXPORT_H

#include "base/ending.h"
#include "screen/app.h"

struct exports {
	const char *what; /* "a chart" */
	bool has_rows;    /* all rows of the current step, as tables are written */
	/* What else, up to one without a text; in the arena. NULL: nothing. */
	const struct ending *(*endings)(struct arena *arena);
	/* As the ending of the path says, one of those. False, with a sentence: there is
	 * nothing yet. */
	bool (*print)(void *self, struct app *app, const char *path, struct buffer *out,
		      struct error *err);
	/* Is all of it there, or nothing more to come? A script waits for it. NULL:
	 * always. */
	bool (*is_whole)(struct app *app);
};

#endif
