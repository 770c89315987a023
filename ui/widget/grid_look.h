/*
 * grid_look.h - how a grid looks, but for where one is in it: to go back to.
 *
 * Columns are known by name: a look fits another table as well as it can.
 */
#ifndef WIDGET_GRID_LOOK_H
#define WIDGET_GRID_LOOK_H

#include "widget/grid.h"

/* A column that the user made other than it would be. */
struct grid_own {
	const char *name;
	short fixed;
	bool is_hidden;
};

struct grid_look {
	size_t n;
	const struct grid_own *columns;
	const char *frozen; /* the last column that is; NULL: none is */
	int bars;
	bool is_bare;
};

/* As it is now. Names are copied into the arena. */
struct grid_look grid_look(const struct grid *grid, struct arena *arena);
bool grid_look_is(const struct grid_look *a, const struct grid_look *b);
/* Look like that again. */
void grid_look_at(struct grid *grid, const struct grid_look *look);

#endif
