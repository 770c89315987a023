/*
 * palette.h - what the files of the palette know of each other.
 */
#ifndef SCREEN_PALETTE_H
#define SCREEN_PALETTE_H

#include "screen/glance.h"
#include "screen/overlay.h"
#include "widget/advice.h"
#include "widget/choice.h"
#include "widget/entry.h"
#include "widget/fuzzy.h"

/* Either. */
struct palette_item {
	const struct op *op;
	const struct action *action;
	const char *name;            /* "Group · Title" */
	const struct advice *advice; /* that speaks for it; NULL */
	int lift;
};

struct palette_hit {
	const struct palette_item *item;
	struct fuzzy fuzzy; /* of .name */
	int rank;
	size_t place; /* of the item */
};

struct palette {
	struct overlay overlay;
	bool steps_only;
	struct entry entry;
	struct palette_item *items;
	size_t n_items;
	struct palette_hit *hits;
	struct choice choice;
	struct pane list; /* as drawn */
	struct advice advices[ADVICE_MOST];
	size_t n_advices; /* for the column under the cursor */
	bool is_informed; /* its figures were there when the list was made */
	struct glance *glance;
};

/* All that may be chosen, then what has the letters, the best first. */
void palette_list(struct palette *palette, struct app *app);
void palette_filter(struct palette *palette);
/* Figures of the column that were not there then: the list is made anew, and the cursor
 * stays on what it was moved to. False: nothing has changed. */
bool palette_learn(struct palette *palette, struct app *app);

/* It was chosen: it stands higher from now on. */
void palette_remember(const void *what);

/* Fields of a step: presets, the columns that are marked or the one under the cursor, and
 * what an advice (or NULL) says. In the event's arena. */
CHECKED bool palette_fill(struct app *app, const struct op *op,
			  const struct advice *advice, void **fields, struct error *err);
/* The param that the column under the cursor goes to; NULL: none. */
const struct param *palette_column(const struct op *op);
/* Does the step take columns, but not of this type? */
bool palette_is_unfit(const struct palette_item *item);

#endif
