/*
 * card.h - all that is known of a column, in a box: how it is spread, its figures, its
 * most frequent values, and what could be done about it.
 */
#ifndef WIDGET_CARD_H
#define WIDGET_CARD_H

#include "term/surface.h"
#include "widget/advice.h"
#include "widget/brush.h"

enum { CARD_WIDTH = 49 };

struct card {
	const char *name;
	enum type type;
	const struct summary_result *found; /* NULL: not known yet */
	bool is_nearly;                     /* not of all rows yet */
	bool is_used;                       /* keys go to it */
	size_t n_advice;
	const struct advice *advice;
	size_t chosen;             /* of the advice */
	const struct brush *brush; /* of this column; NULL: none */
	struct bars *shown;        /* gets the bars that are drawn; n 0: none */
};

void card_draw(struct pane pane, const struct card *card);

#endif
