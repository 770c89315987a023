/*
 * standing.h - signs and numbers of a step: what it is, how it stands, what it does to
 * rows and columns.
 */
#ifndef WIDGET_STANDING_H
#define WIDGET_STANDING_H

#include "desk/states.h"
#include "flow/flow.h"
#include "term/surface.h"

enum { SIZE_TEXT = 32 };

/* ⌂ ● ▣ ⇥ */
uint32_t step_sign(const struct node *node);

/* "✓", "◌ stale", "✗ err", "◆ pinned", and their ink. */
const char *standing_word(const struct step_standing *standing, struct paint *paint);

/* "19,998×32", "32 cols"; ~ before the size of a sample; "" if nothing is known. */
void standing_size(const struct step_standing *standing, char out[SIZE_TEXT]);
/* What it does to the table it reads: "−4,293 r", "+13"; its size if neither rows nor
 * columns change, or both do. */
void standing_change(const struct step_standing *standing,
		     const struct step_standing *above, char out[SIZE_TEXT]);

#endif
