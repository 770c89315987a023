/*
 * sweep_work.h - a sweep and its threads from the inside. Private to sweep*.c.
 *
 * A worker is one thread: it reads chunks, pushes their batches down the tree of active
 * knots, and keeps what it learned and what came out for the sinks.
 */
#ifndef RUN_SWEEP_WORK_H
#define RUN_SWEEP_WORK_H

#include <pthread.h>

#include "run/deliver.h"
#include "run/feed.h"
#include "run/meter.h"
#include "run/plan.h"

/* What a chunk gave to one sink. */
struct yield {
	struct buffer *bytes;   /* destination */
	struct table tables[2]; /* collected, by input; sink: tables[0] */
	uint64_t rows;
	struct deliver_place place; /* of the bytes */
};

struct slot {
	bool ready;
	size_t chunk;
	struct yield *yields; /* by sink number */
};

struct sweep {
	struct plan *plan;
	struct deliver **deliveries;
	struct feed feed;
	size_t root;
	size_t bytes; /* of the root, told to its meter */
	bool head;
	size_t n_sinks;
	size_t *sinks;     /* knots that collect or write */
	size_t *sink_of;   /* by knot: its place in sinks */
	size_t **children; /* by knot: active users, up to FLOW_NONE */
	void **pools;      /* by knot: what the threads' states share */
	/* By knot: what is learned behind it does not count, because it let too little
	 * pass. */
	atomic_bool *spoiled;
	pthread_mutex_t lock;
	pthread_cond_t moved;
	size_t committed; /* chunks put together */
	size_t n_slots;
	struct slot *slots;
	size_t failed_chunk; /* no chunk from here on counts */
	bool enough;
	struct error err;
	uint64_t rows;
};

struct worker {
	struct sweep *sweep;
	void **states;         /* by knot: what it learns from this thread's chunks, or
				* what it needs to pour them */
	uint64_t *seen;        /* by knot: rows of this chunk that reached it */
	uint64_t *rows;        /* by knot: rows that left it, all chunks */
	uint64_t *spent;       /* by knot: nanoseconds */
	uint64_t clock;        /* up to when time is accounted for */
	struct tally_of *told; /* by knot: to the meters; NULL: nobody looks on */
	unsigned batches;
	struct yield *yields; /* of the chunk at hand */
	struct yield *spare;  /* of a chunk that is done; empty, with its room */
	struct slot *placed;  /* chunks whose bytes this thread puts into their places */
	size_t n_placed;
	struct feed_reader *reader;
	size_t chunk;
	struct error err;
};

CHECKED bool worker_init(struct worker *worker, struct sweep *sweep, struct error *err);
void worker_release(struct worker *worker);

/* How knot k is called from this worker now. */
struct call worker_call(const struct worker *worker, size_t k);

/* Nanoseconds, without those that the run was held. */
uint64_t worker_clock(const struct worker *worker);
/* The time since the last one of these is knot k's. */
void worker_charge(struct worker *worker, size_t k);
/* Rows that reach knot k, for who looks on. */
void worker_note(struct worker *worker, size_t k, const struct batch *batch);
/* What is new since the last time, to the meters. */
void worker_tell(struct worker *worker);

/* Read the chunk at hand; what it gives stands in worker->yields then. */
CHECKED bool worker_read(struct worker *worker);
/* After all chunks, as one more: what steps have left. */
CHECKED bool worker_rest(struct worker *worker);

/* A chunk that gave much more than a chunk holds puts out the bytes it has so far, when
 * the chunks before it are out. */
CHECKED bool sweep_put_out(struct worker *worker);

/* For the next chunk; what was kept is used again, so that memory stays warm. */
CHECKED struct yield *yields_new(struct worker *worker);
void yields_keep(struct worker *worker, struct yield *yields);
void yields_release(struct sweep *sweep, struct yield *yields);

#endif
