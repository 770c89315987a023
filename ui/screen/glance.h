/*
 * glance.h - what a step would do, in one sentence, before it is there.
 *
 * "keeps 14,202 of 19,998 rows (71%)": the step is put behind the current one in a copy
 * of the flow, and tried behind the screen's back; a newer question takes the place of an
 * older one.
 */
#ifndef SCREEN_GLANCE_H
#define SCREEN_GLANCE_H

#include "screen/app.h"

struct glance;

struct glance *glance_new(void);
void glance_free(struct glance *glance); /* does not wait */

/* fields as they are now, links: NULL: none; what cannot be tried is told as any answer.
 */
void glance_ask(struct glance *glance, struct app *app, const struct op *op,
		const void *fields, const struct step_links *links);
void glance_forget(struct glance *glance);
/* For view.news: is there more to say? */
bool glance_news(struct glance *glance, struct app *app);

/* "": nothing was asked, or there is no answer yet. *is_bad: it would fail. */
const char *glance_text(struct glance *glance, bool *is_bad, struct arena *arena);
/* The same in a column of text, from a row on; returns the row behind. */
int glance_draw(struct glance *glance, struct app *app, struct pane pane, int row);

#endif
