/*
 * mesh.h - how many rows fall into each cell of a grid that nobody has laid out yet.
 *
 * Only cells with rows in them are held. An axis begins with narrow steps; when there are
 * too many cells, steps become wider by a whole factor and cells are put together, so
 * what is held is bounded, whatever comes, and counts stay exact for the steps that there
 * are. A value far outside of the others takes one cell, not the room between.
 *
 * Steps of an axis of numbers are powers of ten (so that any bin of 1, 2, 2.5 or 5 times
 * a power of ten is made of whole steps), of one that is looked at as a picture powers of
 * two, of one of times milliseconds, seconds, minutes, hours, days.
 */
#ifndef DESK_MESH_H
#define DESK_MESH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

enum ladder { LADDER_NONE, LADDER_TEN, LADDER_TWO, LADDER_TIME };

struct steps_of {
	enum ladder ladder;
	int level;
};

/* Width of a step; the value at which a step begins; the step that a value falls into
 * (what a decimal says counts, not the bits: 0.29 is in the step of 0.01 that is called
 * 0.29). Steps beyond STEP_FAR are one. */
#define STEP_FAR ((int64_t)1 << 60)
double steps_width(const struct steps_of *steps);
double steps_value(const struct steps_of *steps, int64_t step);
int64_t steps_find(const struct steps_of *steps, double value);
/* A level at which these (the usual ones) are below 2^bits steps; whole: no step is
 * narrower than 1. False: there is no finite value to go by. */
bool steps_begin(struct steps_of *steps, bool whole, const double *values, size_t n,
		 int bits);

struct spot {
	uint32_t group;
	int64_t x, y;
};

struct mesh_cell {
	struct spot spot;
	uint64_t rows;   /* 0: an empty slot */
	uint64_t values; /* of them with a value, which have */
	double sum, low, high;
};

struct mesh {
	struct steps_of x, y;
	size_t most; /* cells that may be held, until there is nothing left to widen */
	size_t n, room;
	struct mesh_cell *slots; /* counted memory */
};

/* One row more; value NaN: it has none. */
CHECKED bool mesh_add(struct mesh *mesh, const struct spot *spot, double value,
		      struct error *err);
void mesh_release(struct mesh *mesh);

#endif
