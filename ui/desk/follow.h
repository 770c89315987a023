/*
 * follow.h - a job over the rows of a node that hands out what it has so far.
 *
 * The thread works on a flow of its own and shows snapshots, each in place of the one
 * before; its owner sees the newest. What a snapshot is, and how the rows are gone
 * through, is said by who starts it (gather.c, values.c).
 */
#ifndef DESK_FOLLOW_H
#define DESK_FOLLOW_H

#include <pthread.h>

#include "desk/job.h"
#include "run/run.h"

struct follow_run;

/* What it is to do. task: the struct of the one who starts it, whose end is `release`;
 * drop: frees a snapshot (never NULL). */
struct follow_kind {
	bool (*work)(struct follow_run *run, void *task, struct error *err);
	void (*release)(void *task);
	void (*drop)(void *snapshot);
};

/* The thread's end. */
struct follow_run {
	struct arena arena;
	struct flow flow;
	const char *node;
	struct run_options options; /* with the job's cancel */
	unsigned generation;        /* of the newest snapshot */
	/* Private to follow.c. */
	const struct follow_kind *kind;
	void *task;
	const struct wake *wake;
	pthread_mutex_t lock;
	void *fresh;     /* under lock; NULL: nothing new */
	bool has_failed; /* read when the job is done */
	struct error err;
};

/* The owner's end. */
struct follow {
	struct job *job;
	struct follow_run *run;
	void *shown;
	bool is_done;
};

struct follow_spec {
	const struct follow_kind *kind;
	void *task;              /* taken, whether it starts or not */
	const struct flow *flow; /* copied, as are node and options */
	const char *node;
	const struct run_options *options;
	const struct wake *wake;
};

CHECKED bool follow_start(const struct follow_spec *spec, struct follow *out,
			  struct error *err);
void follow_stop(struct follow *follow); /* does not wait */

/* From the thread: a snapshot, which is taken. */
void follow_show(struct follow_run *run, void *snapshot);

/* The newest snapshot, until the next call; NULL: none yet. */
const void *follow_shown(struct follow *follow);
/* *failed: how it ended, if not well and not by a cancel; else NULL. */
bool follow_is_busy(struct follow *follow, const struct error **failed);

#endif
