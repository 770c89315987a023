/*
 * facets.h - what stands in the list of a column's values: all of them with their counts,
 * or ranges of numbers; those that a filter leaves, in one order or another; and which of
 * them are picked.
 */
#ifndef SCREEN_FACETS_H
#define SCREEN_FACETS_H

#include "desk/values.h"
#include "widget/bars.h"
#include "widget/choice.h"
#include "widget/entry.h"

enum { PICKED_MOST = 1000 };

/* A line of the list. */
struct facet {
	struct text text; /* the value; a range as it is shown */
	uint64_t rows;
	int bar; /* of a range; -1: a value */
	bool is_missing;
};

struct facets {
	enum type type;
	const char *column; /* as a formula has it: quoted */
	/* What is listed; the caller's. */
	const struct value_counts *counts; /* NULL: none yet */
	struct bars bars;                  /* n 0: no ranges */
	uint64_t bars_rows;                /* of which they are the shares */
	bool by_range, by_value;
	struct entry filter; /* of values */
	/* What came of it. */
	struct choice choice;
	struct arena arena;
	struct facet *at; /* choice.n of them */
	uint64_t most;    /* rows of the one that has most */
	/* What is picked, by its text: the list may become another one. */
	struct arena picks;
	struct text picked[PICKED_MOST];
	size_t n_picked;
	bool has_missing, has_bar[BARS_MOST];
};

void facets_release(struct facets *facets);
/* Make the list anew; the choice stays at its place. */
void facets_list(struct facets *facets);

bool facets_is_picked(const struct facets *facets, const struct facet *facet);
/* Pick it, or let go of it; false: so many are picked that no more can be. */
bool facets_pick(struct facets *facets, const struct facet *facet);
/* How many are picked, and the rows that they have as far as that is known. */
size_t facets_picks(const struct facets *facets);

/* What is true of the rows that have what is picked, or else the chosen line; NULL:
 * there is none. In the arena. */
const char *facets_formula(const struct facets *facets, struct arena *arena);

/* "`a` >= 1 and `a` < 5": what lies in some bars of a column. */
const char *facets_range(const struct bars *bars, int from, int to, enum type type,
			 const char *column, struct arena *arena);

#endif
