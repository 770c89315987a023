/*
 * sheet_parts.h - what the threads of a sheet share. Private to the sheet.
 *
 * The core is held by the sheet and by each of its jobs; whoever is last frees it. All of
 * it that changes is under its lock, which nobody holds while they work, wait for another
 * lock, or free what is large: the screen takes it with every key.
 */
#ifndef DESK_SHEET_PARTS_H
#define DESK_SHEET_PARTS_H

#include <pthread.h>

#include "desk/job.h"
#include "desk/sheet.h"
#include "desk/store.h"

enum { READY = 4 };

/* A window on the rows. */
struct span {
	unsigned epoch; /* of the rows that it shows */
	uint64_t first;
	struct batch *rows; /* NULL: none */
};

struct core {
	atomic_int refs;
	struct arena arena; /* of the settings */
	struct buffer *document;
	const char *path, *node;
	struct run_options options; /* cancel: set when all is to stop */
	const struct wake *wake;
	atomic_bool stop;

	pthread_mutex_t lock; /* of all below */
	pthread_cond_t changed;
	struct arena texts; /* of the state */
	bool is_closed;
	struct sheet_state state;
	bool has_store, is_filled; /* what there is is known; it grows no more */
	struct store *plain;       /* as the rows come; NULL: not yet, or never */
	bool is_whole, is_sample;  /* of it, as the state has them */
	struct store *shown;       /* what is on view */
	unsigned epoch;            /* of it */
	size_t at_work;            /* jobs that will have news without being asked */

	/* Rows asked for, the newest request alone. */
	bool is_asked, is_urgent; /* urgent: somebody waits for them */
	bool is_reading;          /* what was asked for last, of that epoch */
	unsigned reading_epoch;
	uint64_t asked_first;
	size_t asked_rows;
	bool is_broken;  /* reading failed: nothing more is read of it */
	bool has_served; /* the first rows are there */
	struct span ready[READY];
	size_t n_ready;

	struct profile profile; /* the newest that nobody took */
	bool has_profile;
	unsigned profiles; /* generations of a table's; of the one that fills it */

	unsigned order;      /* number of the newest wish */
	bool has_misordered; /* what failed was an order */
	unsigned search;     /* number of the newest one, and what came of it */
	enum sheet_answer answer;
	uint64_t found_row;
	int found_column;
};

struct core *core_share(struct core *core);
void core_drop(void *core);

void core_lock(struct core *core);
/* For the screen, which waits for nobody: false, and it is woken to try again, if another
 * thread keeps the lock for more than an instant (it may be off the processor). */
CHECKED bool core_try(struct core *core);
void core_unlock(struct core *core);
/* There is news; the lock is held. */
void core_tell(struct core *core);
/* Something failed, unless it was stopped. */
void core_fail(struct core *core, const struct error *err);
void core_warn(struct core *core, const char *sentence); /* the lock is held */
/* A job that the state calls busy begins or ends. */
void core_begin(struct core *core);
void core_end(struct core *core);
/* Rows on view are those of a store from now on, so many; the lock is held. No store is
 * asked for its rows under it: its own lock may be held for longer. */
void core_show(struct core *core, struct store *store, uint64_t rows);
/* There may be other rows in a store, which may be on view; the lock is held. */
void core_look(struct core *core, const struct store *store, uint64_t rows);
/* Wait for a change, but not for longer; the lock is held. */
void core_wait(struct core *core, int ms);
/* Wait until it is known whether the rows are a file's; a reference to the store, or
 * NULL: there is none, or all is to stop. */
struct store *core_wait_store(struct core *core);
/* Let the first rows pass: they are waited for, but not for ever. */
void core_wait_served(struct core *core);
/* The flow of the core, read. */
CHECKED bool core_flow(struct core *core, struct flow *flow, struct error *err);

/* Leave the processor to the screen, from now on and on this thread. */
void be_nice(void);

/* The work of the jobs; context is a core. */
void fill_rows(void *core, const atomic_bool *cancel);         /* sheet_fill.c */
void count_rows(void *core, const atomic_bool *cancel);        /* sheet_file.c */
void profile_file_rows(void *core, const atomic_bool *cancel); /* sheet_profile.c */
void serve_rows(void *core, const atomic_bool *cancel);        /* sheet_rows.c */

/* All rows of a node that is no file's, behind those that are there. */
void fill_table(struct core *core, struct flow *flow); /* sheet_table.c */

/* The profile of a table in the making, shown now and then; one thread. */
struct figures;

CHECKED struct figures *figures_new(struct core *core, const struct schema *schema,
				    struct error *err);
void figures_free(struct figures *figures); /* NULL is fine */
CHECKED bool figures_add(struct figures *figures, const struct batch *batch,
			 struct error *err);
CHECKED bool figures_show(struct figures *figures, bool whole, struct error *err);

/* The index of a file is watched until it is whole. */
void fill_file(struct core *core, struct store *store);

/* The screen's own windows; sheet_rows.c. */
enum { SPANS = 6 };
struct spans {
	struct span at[SPANS]; /* the newest first */
	unsigned epoch;        /* what was on view when it was looked at last */
	uint64_t rows;
	size_t window;
	uint64_t last; /* row that was missed before */
};
void spans_release(struct spans *spans);
const struct batch *spans_rows(struct spans *spans, struct core *core, uint64_t first,
			       size_t *n, size_t *at);

/* Jobs for the newest wish: the caller drops that of an older one. */
CHECKED bool order_start(struct core *core, const struct sheet_order *order,
			 struct job **job, struct error *err); /* sheet_order.c */
void order_none(struct core *core);

struct search_spec {
	const char *text;
	int column; /* -1: any */
	uint64_t from;
	bool backwards;
};
/* NULL: there is nothing to look at, or it failed, which the state says. */
struct job *find_start(struct core *core, const struct search_spec *spec);

#endif
