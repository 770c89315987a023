/*
 * states.h - how every step of the flow stands: right or wrong, done or stale, how large.
 *
 * A state is found behind the screen's back, twice after every change: what can be told
 * without data passing (settings, columns, run/check.h), then how many rows there are, by
 * a run that ends at each loose end of the flow and keeps nothing. If the data is too
 * large for that, it runs on the first rows of each source, and says so. In between,
 * steps that the change did not touch keep their numbers; those that it did have their
 * old ones, marked as such.
 *
 * One thread, the screen's, calls these; none waits.
 */
#ifndef DESK_STATES_H
#define DESK_STATES_H

#include "desk/pinning.h"
#include "desk/work.h"

enum { STATES_ROWS = 5000, STATES_DELAY = 200 /* milliseconds after a change */ };

enum step_state {
	STEP_UNKNOWN, /* nobody looked yet */
	STEP_FINE,
	STEP_STALE, /* changed, or below what did; numbers are old ones */
	STEP_OFF,
	STEP_CHART,   /* an analysis */
	STEP_FOREIGN, /* its operator is not known here */
	STEP_LOCKED,  /* code that may not run, as nobody trusts the flow */
	STEP_WRONG,
	STEP_BLOCKED, /* below one of the last three */
};

struct step_standing {
	enum step_state state;
	bool has_rows, has_columns, has_seconds;
	bool is_sample; /* rows: of the first ones of each source */
	bool is_old;    /* numbers are from before the last change */
	uint64_t rows;
	size_t columns;
	double seconds;
	const char *problem; /* a sentence; "" */
	const char *file;    /* of a source, on this machine; NULL: not found out */
	const struct pin_standing *pin; /* NULL: its rows are not kept */
};

struct states;

CHECKED bool states_new(const struct wake *wake, struct states **out, struct error *err);
void states_free(struct states *states); /* NULL is fine; does not wait */

/* Look what is new: another version of the flow, or an answer. True: there was something.
 * Comes before states_at(). */
bool states_follow(struct states *states, const struct work *work);

/* Somebody else has counted all rows of a node. */
void states_learn(struct states *states, size_t place, uint64_t rows);

/* Say which rows are kept; after each states_follow(). */
void states_pin(struct states *states, struct pinning *pinning);

/* By place, as many as the flow has nodes; until the next states_follow(). */
const struct step_standing *states_all(const struct states *states);
bool states_are_busy(const struct states *states);

#endif
