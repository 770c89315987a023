/*
 * grouping_parts.h - what grouping.c and grouping_late.c share.
 */
#ifndef OP_GROUPING_PARTS_H
#define OP_GROUPING_PARTS_H

#include "op/grouping.h"
#include "op/groups.h"
#include "op/tally.h"

/* Rows that had to wait, of which the hashes have LATE_BITS bits in common at each level
 * up to theirs: so a table has about a share of LATE_PARTS of the groups. */
enum { LATE_BITS = 4, LATE_PARTS = 1 << LATE_BITS, LATE_LEVELS = 32 / LATE_BITS };

enum { LATE_PENDING = 64 }; /* batches that are shared out together */

struct late {
	struct table table;
	unsigned level;
};

struct grouping {
	size_t n_keys, n; /* n: aggregates */
	enum type *keys;
	struct aggregated *aggregates;
	struct spill *spill;
	struct groups *groups;
	struct tally **tallies; /* by aggregate; NULL: that of another does for it */
	size_t *tally_of;       /* by aggregate */
	uint32_t *numbers;      /* groups of a batch's rows */
	size_t room;            /* for them */
	bool frozen;            /* no new groups: their rows come later */
	bool mixed;             /* rows that are late may be of groups that are there */
	struct late *late;      /* those rows */
	size_t n_late;
	size_t open;    /* where the tables for more of them begin; or NOT_OPEN */
	unsigned level; /* of those */
	struct batch *pending[LATE_PENDING]; /* on the way there */
	size_t n_pending, pending_rows;
};

#define NOT_OPEN SIZE_MAX

/* Put rows aside. */
CHECKED bool late_put(struct grouping *g, const struct batch *keys,
		      struct column *const *columns, const struct places *places,
		      const uint32_t *rows, size_t n, struct error *err);
/* All of another's. */
CHECKED bool late_merge(struct grouping *g, struct grouping *from, struct error *err);
void late_release(struct grouping *g);

/* Groups and tallies without any rows. */
CHECKED bool grouping_start(struct grouping *g, struct error *err);
void grouping_stop(struct grouping *g);

/* The groups that are there, in order; with_places: chunk and row of their first rows
 * follow. */
CHECKED struct batch *grouping_rows(struct grouping *g, bool with_places,
				    struct error *err);

#endif
