/*
 * walk.h - the order in which a flow is read from top to bottom, a step a line.
 *
 * Every step comes behind those it reads, and right behind one of them where that can be.
 * Of several that read the same one, the way that goes on longest comes last and stays
 * at its depth; branches come before it, one deeper.
 */
#ifndef WIDGET_WALK_H
#define WIDGET_WALK_H

#include "flow/flow.h"

struct walk_line {
	size_t node, depth;
};

struct walk {
	const struct flow *flow;
	size_t *first;  /* users[first[i]] .. users[first[i + 1]]: who reads node i */
	size_t *users;  /* in file order; twice if it reads it twice */
	size_t *height; /* steps on the longest way below a node */
	size_t n;
	struct walk_line *lines; /* all nodes */
};

/* The flow must outlive the walk; all else is in the arena. */
void walk_flow(const struct flow *flow, struct walk *walk, struct arena *arena);

/* An analysis that nothing reads: what hangs on a step and leads nowhere. */
bool walk_is_leaf_analysis(const struct walk *walk, size_t node);

#endif
