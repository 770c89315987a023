/*
 * linear.h - the workbench in lines, for those who listen to it or feel it.
 *
 * Nothing is drawn: after each change the line is said that tells it, where the user is
 * ("row 5, lead_time 14"; "form: strategy, median"), what came of it, or another place.
 * What a view has to say it says itself (view.sentence); of others it is the row that the
 * cursor stands in, without what only draws.
 */
#ifndef SCREEN_LINEAR_H
#define SCREEN_LINEAR_H

#include "screen/app.h"

enum { LINEAR_ROWS = 50, LINEAR_COLUMNS = 160, LINEAR_KEPT = 2048 };

/* What was said last. */
struct linear {
	struct surface surface; /* nobody sees */
	char place[LINEAR_KEPT], line[LINEAR_KEPT], message[LINEAR_KEPT];
	char size[64]; /* of what is at the place */
};

void linear_release(struct linear *linear);
/* Lines that tell what is new; "": nothing is. is_answer: to something the user did, so a
 * message is new even if it is the same. In the arena. */
const char *linear_news(struct linear *linear, struct app *app, bool is_answer,
			struct arena *arena);
#endif
