/*
 * sheet.h - the rows and the profile of a node, as they come.
 *
 * A sheet is opened on a node of a flow and fills itself behind the screen's back. A node
 * that passes a file's rows on as they stand (a source, the step that finds its types)
 * has all rows at once: those on view are read by the file's row index (io/row_index.h),
 * its profile is that of the file (run/profile.h). Any other node has its first rows
 * first, and then all of them: its flow is run up to it, and its table is kept (it may
 * spill to disk) with a summary of each column.
 *
 * No call waits for anything: what is not there yet is asked for, and the wake that was
 * given is used when there is more to see. One thread, the screen's, calls these. When it
 * is woken it looks at the state: if the generation is another one than when it drew
 * last, it draws again, asking for the rows and the profile anew. It need not look
 * otherwise.
 *
 * The wake, and the cache of the options, stay until job_settle() has returned.
 */
#ifndef DESK_SHEET_H
#define DESK_SHEET_H

#include "desk/wake.h"
#include "op/sort_key.h"
#include "run/profile.h"
#include "run/run.h"

struct sheet;

/* Order of rows on view; no step of the flow. */
struct sheet_order {
	const char *column; /* NULL: as they come */
	bool descending;
};

struct sheet_spec {
	const struct flow *flow;           /* copied */
	const char *node;                  /* its id */
	const struct run_options *options; /* maps, params, trust, cache; copied */
	struct sheet_order order;
	const struct wake *wake;
};

/* What is known by now. Strings and schema live until the next call of sheet_state(). */
struct sheet_state {
	/* Another one whenever there is something to see: anything below (but `done`,
	 * which moves on by itself), rows that were asked for and are here, a profile, an
	 * answer of a search. Never the same one again. */
	unsigned generation;
	bool has_schema;
	struct schema schema;
	uint64_t rows;  /* that can be asked for */
	bool is_whole;  /* there are no more */
	bool is_sample; /* these are the first ones; all are on their way, or too many */
	uint64_t estimate; /* of all rows; 0: no idea. As long as is_whole is false */
	bool is_ordered;   /* rows are in the order asked for; until then, the old one */
	double done;       /* share of the work behind it, 0 to 1 */
	bool is_busy;      /* more is to come without being asked for */
	bool has_failed;
	struct error err; /* the reason; rows that came before it stay */
	struct names warnings;
};

CHECKED bool sheet_open(const struct sheet_spec *spec, struct sheet **out,
			struct error *err);
void sheet_close(struct sheet *sheet); /* NULL is fine; does not wait */

const struct sheet_state *sheet_state(struct sheet *sheet);

/* Rows [first, first + *n) if they are at hand: a batch that stays until the next call,
 * and `*at`, the row of it that `first` is. *n becomes how many there are from there on.
 * NULL: they are asked for. When the rows on view become others (in order, say), those of
 * before are given until the first new ones are here, which is another generation. */
const struct batch *sheet_rows(struct sheet *sheet, uint64_t first, size_t *n,
			       size_t *at);

/* The newest profile; NULL: none yet. Until the next call. Columns are those of the
 * schema, in order. */
const struct profile *sheet_profile(struct sheet *sheet);

/* The same rows in another order: those on view stay until it is made. A wish takes the
 * place of the one before it. */
CHECKED bool sheet_reorder(struct sheet *sheet, const struct sheet_order *order,
			   struct error *err);

/* Stop what goes on behind; what is there stays. */
void sheet_cancel(struct sheet *sheet);

/* The first row from `from` on (or before it, backwards; `from` is looked at as well)
 * whose column shows the text (column -1: any), as cell_print() prints it. The answer
 * comes by sheet_found(); a search takes the place of the one before it. Capitals are as
 * small letters unless the text has some. */
void sheet_find(struct sheet *sheet, const char *text, int column, uint64_t from,
		bool backwards);
enum sheet_answer { SHEET_LOOKING, SHEET_FOUND, SHEET_NOT_FOUND };
enum sheet_answer sheet_found(struct sheet *sheet, uint64_t *row, int *column);

#endif
