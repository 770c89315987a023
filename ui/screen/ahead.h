/*
 * ahead.h - what is typed ahead of a table that is on its way.
 *
 * Behind a step the table on view is the old one for a while, or none is. Moves go on in
 * it; but an action that is done to the column or the cell under the cursor (ACTION_COLUMN,
 * ACTION_CELL) would be done to the wrong one. So it waits until the columns are known (of
 * a cell: the rows), and all events behind it wait for their turn. Escape forgets them,
 * Ctrl-C as well, and stops what they wait for.
 *
 * For a moment events wait in the same place without an action before them: while what
 * they mean is about to be known (app_held()).
 */
#ifndef SCREEN_AHEAD_H
#define SCREEN_AHEAD_H

#include "base/arena.h"
#include "term/event.h"

struct app;
struct action;

struct ahead {
	const struct action *action; /* that waits; NULL: none */
	int64_t since;
	bool is_told; /* that it waits */
	size_t n, next, room;
	struct event *events; /* behind it, in the arena: from next on */
	struct arena arena;
};

/* True: the action has to wait, and will be run. Else the focus is right for it. */
bool ahead_waits(struct app *app, const struct action *action);
/* True: the event was put behind what waits, or was about that. */
bool ahead_takes(struct app *app, const struct event *event);
/* It waits no more, nor what is behind it. */
void ahead_forget(struct ahead *ahead);
/* Something may have come: do what waits, as far as it can be done. */
void ahead_go_on(struct app *app);

#endif
