/*
 * pins.h - tables of nodes that are kept so that what is above them need not run again.
 *
 * A pin holds all rows of one node, under its id and what they are made of (content.h):
 * as soon as a setting above it or a file is another one, it is found no more, and a run
 * makes the rows itself. Code and chance may give other rows with the same settings: to
 * keep these is what a pin is for, so its rows stay those that it has.
 *
 * Whoever runs a flow with run_options.pins has its rows from the pins that hold, from
 * any thread. With pins_same only from those of which a run would make the same rows: no
 * code or chance above, and nothing there that would still have to be learned. A run of
 * the command line has no pins.
 *
 * Rows stay in memory as far as the budget of all pins lasts, else in a temporary file of
 * the pin's (base/spill.h).
 */
#ifndef RUN_PINS_H
#define RUN_PINS_H

#include "run/run.h"

struct pins;

CHECKED struct pins *pins_new(size_t budget, struct error *err);
void pins_free(struct pins *pins); /* NULL is fine; no run may use them any more */

struct pin_facts {
	uint64_t rows;
	size_t columns;
	uint64_t bytes; /* that it takes */
	bool is_away;   /* in a file */
	bool is_steady; /* a run would make the same rows */
};

/* Does the node's pin hold what it would give now? Then these are its facts. Looks at
 * files. */
CHECKED bool pins_find(struct pins *pins, struct flow *flow, const char *node,
		       const struct run_options *options, bool *found,
		       struct pin_facts *out, struct error *err);

/* Run the flow up to the node and keep all rows, in place of those it has. */
CHECKED bool pins_make(struct pins *pins, struct flow *flow, const char *node,
		       const struct run_options *options, struct pin_facts *out,
		       struct error *err);
/* Let go of a node's rows; runs that use them still may. NULL: of all. */
void pins_drop(struct pins *pins, const char *node);

/* Options of a run with the rows of pins given; what goes wrong is the run's to tell. */
struct pins_use {
	struct arena arena;
	struct run_options options; /* has no pins */
	struct pin **held;
	size_t n_held;
	struct names passed_over; /* ids: rows that pins_same rules out */
};

void pins_use(struct flow *flow, const struct run_options *options, struct pins_use *use);
void pins_use_release(struct pins_use *use);

#endif
