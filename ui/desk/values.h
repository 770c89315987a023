/*
 * values.h - all different values of a column with how often each is there, counted
 * behind the screen's back.
 *
 * A flow is run up to a node, of which only the column is read. What was counted so far
 * is handed over while it goes on, each time after twice as long.
 */
#ifndef DESK_VALUES_H
#define DESK_VALUES_H

#include "data/frequency.h"
#include "desk/wake.h"
#include "run/run.h"

/* Different values up to which all are told apart; then counting ends. */
enum { VALUES_MOST = 1 << 20 };

struct values_spec {
	const struct flow *flow;
	const char *node; /* its id */
	const struct run_options *options;
	const char *column;
	const struct wake *wake;
};

/* Values as the engine prints them. */
struct value_counts {
	struct arena arena;
	unsigned generation; /* another one whenever there is more */
	bool is_whole;       /* of all rows */
	bool is_cut;         /* there are more than VALUES_MOST: the rows up to there */
	enum type type;
	uint64_t rows, missing;
	size_t n;
	struct frequency_entry
		*at; /* most frequent first, those that are missing left out */
};

struct values;

/* All of the spec is copied. */
CHECKED bool values_start(const struct values_spec *spec, struct values **out,
			  struct error *err);
void values_stop(struct values *values); /* NULL is fine; does not wait */

/* The newest counts, until the next call; NULL: none yet. */
const struct value_counts *values_counts(struct values *values);
/* More is to come. False with *failed set to the reason, or NULL. */
bool values_are_busy(struct values *values, const struct error **failed);

#endif
