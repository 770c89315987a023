/*
 * sweep - threads, chunks, and the order in which results are put together.
 *
 * Finished chunks wait in a ring until those before them are in. A thread takes a new
 * chunk only while there is room in the ring, which bounds what is held.
 */
#include "run/sweep.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "op/step_learn.h"
#include "run/feed.h"

/* What a chunk gave to one sink. */
struct yield {
	struct buffer *bytes;   /* destination */
	struct table tables[2]; /* collected, by input; sink: tables[0] */
	uint64_t rows;
};

struct slot {
	bool ready;
	struct yield *yields; /* by sink number */
};

struct sweep {
	struct plan *plan;
	struct deliver **deliveries;
	struct feed feed;
	size_t root, number;
	bool head;
	size_t n_sinks;
	size_t *sinks;     /* knots that collect or write */
	size_t *sink_of;   /* by knot: its place in sinks */
	size_t **children; /* by knot: active users, up to FLOW_NONE */
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
	void **states;        /* by knot: what it learns from this thread's chunks */
	uint64_t *seen;       /* by knot: rows of this chunk that reached it */
	uint64_t *rows;       /* by knot: rows that left it, all chunks */
	struct yield *yields; /* of the chunk at hand */
	struct feed_reader *reader;
	size_t chunk;
	struct error err;
};

static uint64_t
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

static bool
is_cancelled(const struct sweep *sweep)
{
	const atomic_bool *cancel = sweep->plan->options->cancel;

	return cancel && atomic_load_explicit(cancel, memory_order_relaxed);
}

static struct call
call_of(const struct worker *worker, size_t k)
{
	const struct knot *knot = &worker->sweep->plan->knots[k];

	return (struct call){
		.fields = knot->step->fields,
		.learned = knot->step->learned,
		.in = knot->step->in,
		.place = { worker->chunk, worker->seen[k] },
		.wanted = knot->wanted,
		.cancel = worker->sweep->plan->options->cancel,
	};
}

static bool
observe(struct worker *worker, size_t k, const struct batch *batch)
{
	struct knot *knot = &worker->sweep->plan->knots[k];
	struct call call = call_of(worker, k);
	struct batch *cut = NULL;
	bool ok = true;

	if (worker->sweep->head) {
		size_t head = knot->step->op->head;
		size_t left = worker->rows[k] < head ? head - worker->rows[k] : 0;

		/* rows counts what was observed; the chunks come in order here */
		if (left == 0)
			return true;
		if (left < batch->rows &&
		    !(cut = batch_slice(batch, 0, left, &worker->err)))
			return false;
		worker->rows[k] += cut ? cut->rows : batch->rows;
	}
	ok = knot->step->op->observe(&call, worker->states[k], cut ? cut : batch,
				     &worker->err);
	batch_free(cut);
	return ok;
}

/* Does somebody behind the knot ask for its columns in this pass? */
static bool
has_work(const struct knot *knot)
{
	return knot->wanted && knot->sink != SINK_WRITE && knot->sink != SINK_COLLECT;
}

/* Sinks take a share of the batch; the batch stays the caller's. */
static bool
fill_sink(struct worker *worker, size_t k, size_t from, const struct batch *batch)
{
	struct sweep *sweep = worker->sweep;
	struct knot *knot = &sweep->plan->knots[k];
	struct yield *yield = &worker->yields[sweep->sink_of[k]];
	struct batch *copy;

	if (knot->sink == SINK_LEARN) {
		if (!observe(worker, k, batch))
			return plan_fail(sweep->plan, knot, &worker->err);
		worker->seen[k] += has_work(knot) ? 0 : batch->rows;
		return true;
	}
	if (knot->sink == SINK_WRITE && !deliver_is_sink(sweep->deliveries[k])) {
		yield->rows += batch->rows;
		return deliver_format(sweep->deliveries[k], batch, yield->bytes,
				      &worker->err);
	}
	for (size_t i = 0; i < 2; i++) {
		if (!(knot->sink_input >> i & 1) || knot->in[i] != from)
			continue;
		copy = batch_copy(batch, &worker->err);
		if (!copy || !table_take(&yield->tables[i], copy, &worker->err))
			return false;
	}
	return true;
}

/* The batch, which is taken, through knot k; *batch is what comes out. */
static bool
work(struct worker *worker, size_t k, struct batch **batch)
{
	struct sweep *sweep = worker->sweep;
	struct knot *knot = &sweep->plan->knots[k];
	struct call call = call_of(worker, k);
	uint64_t start = now();
	bool ok;

	worker->seen[k] += (*batch)->rows;
	ok = knot_is_ready(knot)
		     ? step_apply(knot->step, &call, *batch, batch, &worker->err)
		     : step_pass(knot->step, *batch, batch, &worker->err);
	atomic_fetch_add_explicit(&knot->nanoseconds, now() - start,
				  memory_order_relaxed);
	if (!ok)
		plan_fail(sweep->plan, knot, &worker->err);
	if (ok && !sweep->head)
		worker->rows[k] += (*batch)->rows;
	return ok;
}

/* Push a batch, which is taken, from knot k to all that hang below it. */
static bool
push(struct worker *worker, size_t k, struct batch *batch)
{
	const size_t *child;

	/* A chain is walked in a loop: flows may be thousands of steps deep. */
	while (batch) {
		size_t next = FLOW_NONE;
		bool ok = true;

		for (child = worker->sweep->children[k]; ok && *child != FLOW_NONE;
		     child++) {
			const struct knot *knot = &worker->sweep->plan->knots[*child];
			struct batch *copy = NULL;

			if (knot->sink != SINK_NONE &&
			    !fill_sink(worker, *child, k, batch))
				ok = false;
			if (!ok || !has_work(knot))
				continue;
			if (next == FLOW_NONE) {
				next = *child;
				continue;
			}
			copy = batch_copy(batch, &worker->err);
			ok = copy && work(worker, *child, &copy) &&
			     push(worker, *child, copy);
		}
		if (!ok || next == FLOW_NONE) {
			batch_free(batch);
			return ok;
		}
		if (!work(worker, next, &batch))
			return false;
		k = next;
	}
	return true;
}

/* Head passes end when every learner has seen its rows. */
static bool
head_is_done(const struct worker *worker)
{
	const struct plan *plan = worker->sweep->plan;

	for (size_t k = 0; k < plan->n; k++)
		if (plan->knots[k].sink == SINK_LEARN &&
		    worker->rows[k] < plan->knots[k].step->op->head)
			return false;
	return true;
}

static bool
read_chunk(struct worker *worker)
{
	struct sweep *sweep = worker->sweep;
	struct batch *batch;
	uint64_t rows = 0;

	memset(worker->seen, 0, sweep->plan->n * sizeof(*worker->seen));
	for (;;) {
		if (is_cancelled(sweep))
			return fail_cancelled(&worker->err);
		if (!feed_batch(worker->reader, &batch, &worker->err))
			return false;
		if (!batch)
			break;
		rows += batch->rows;
		worker->rows[sweep->root] += batch->rows;
		if (!push(worker, sweep->root, batch))
			return false;
		if (sweep->head && head_is_done(worker)) {
			sweep->enough = true;
			break;
		}
	}
	pthread_mutex_lock(&sweep->lock);
	sweep->rows += rows;
	pthread_mutex_unlock(&sweep->lock);
	return true;
}

static void
yields_release(struct sweep *sweep, struct yield *yields)
{
	for (size_t s = 0; yields && s < sweep->n_sinks; s++) {
		buffer_drop(yields[s].bytes);
		table_release(&yields[s].tables[0]);
		table_release(&yields[s].tables[1]);
	}
	free(yields);
}

static struct yield *
yields_new(struct sweep *sweep, struct error *err)
{
	struct yield *yields = calloc(sweep->n_sinks + 1, sizeof(*yields));
	bool ok = yields || fail(err, "out of memory");

	for (size_t s = 0; ok && s < sweep->n_sinks; s++)
		ok = (yields[s].bytes = buffer_new(0, err)) != NULL;
	if (ok)
		return yields;
	yields_release(sweep, yields);
	return NULL;
}

static bool
move_table(struct table *to, struct table *from, struct error *err)
{
	for (size_t i = 0; i < from->n; i++) {
		struct batch *batch = from->at[i];

		from->at[i] = NULL;
		if (!table_take(to, batch, err))
			return false;
	}
	return true;
}

static bool
commit_sink(struct sweep *sweep, size_t k, struct yield *yield, struct error *err)
{
	struct knot *knot = &sweep->plan->knots[k];
	struct deliver *deliver = sweep->deliveries[k];

	if (knot->sink == SINK_COLLECT)
		return move_table(&knot->tables[0], &yield->tables[0], err) &&
		       move_table(&knot->tables[1], &yield->tables[1], err);
	if (!deliver_is_sink(deliver))
		return deliver_write(deliver, yield->bytes, yield->rows, err);
	for (size_t i = 0; i < yield->tables[0].n && !sweep->enough; i++)
		if (!deliver_take(deliver, yield->tables[0].at[i], &sweep->enough, err))
			return false;
	return true;
}

static void
tell_progress(struct sweep *sweep)
{
	const struct run_options *options = sweep->plan->options;
	struct run_progress progress = {
		.what = sweep->n_sinks ? "writing" : "learning",
		.pass = sweep->number,
		.rows = sweep->rows,
	};

	feed_progress(&sweep->feed, &progress.done, &progress.total);
	if (options->progress)
		options->progress(options->progress_context, &progress);
}

/* Put together all chunks that are next in line. The lock is held. */
static void
commit_ready(struct sweep *sweep)
{
	for (;;) {
		struct slot *slot = &sweep->slots[sweep->committed % sweep->n_slots];

		if (!slot->ready)
			return;
		for (size_t s = 0; s < sweep->n_sinks; s++)
			if (sweep->committed < sweep->failed_chunk &&
			    !commit_sink(sweep, sweep->sinks[s], &slot->yields[s],
					 &sweep->err))
				sweep->failed_chunk = sweep->committed;
		yields_release(sweep, slot->yields);
		*slot = (struct slot){ 0 };
		sweep->committed++;
		tell_progress(sweep);
	}
}

static void
hand_in(struct worker *worker, bool ok)
{
	struct sweep *sweep = worker->sweep;
	struct slot *slot = &sweep->slots[worker->chunk % sweep->n_slots];

	pthread_mutex_lock(&sweep->lock);
	if (!ok && worker->chunk < sweep->failed_chunk) {
		sweep->failed_chunk = worker->chunk;
		sweep->err = worker->err;
	}
	slot->ready = true;
	slot->yields = worker->yields;
	worker->yields = NULL;
	commit_ready(sweep);
	pthread_cond_broadcast(&sweep->moved);
	pthread_mutex_unlock(&sweep->lock);
}

/* A chunk to work on, when the ring has room for it. */
static bool
take_chunk(struct worker *worker)
{
	struct sweep *sweep = worker->sweep;
	bool any = false, ok = true;

	pthread_mutex_lock(&sweep->lock);
	if (!sweep->enough && sweep->failed_chunk == FLOW_NONE)
		ok = feed_take(worker->reader, &worker->chunk, &any, &sweep->err);
	if (!ok)
		sweep->failed_chunk = 0;
	while (ok && any && worker->chunk >= sweep->committed + sweep->n_slots)
		pthread_cond_wait(&sweep->moved, &sweep->lock);
	pthread_mutex_unlock(&sweep->lock);
	return ok && any;
}

static void *
work_chunks(void *context)
{
	struct worker *worker = context;
	struct sweep *sweep = worker->sweep;

	while (take_chunk(worker)) {
		bool ok;

		worker->yields = yields_new(sweep, &worker->err);
		ok = worker->yields && read_chunk(worker);
		hand_in(worker, ok);
	}
	return NULL;
}

static void
worker_release(struct worker *worker)
{
	const struct plan *plan = worker->sweep->plan;

	for (size_t k = 0; worker->states && k < plan->n; k++)
		if (worker->states[k])
			plan->knots[k].step->op->discard(worker->states[k]);
	free(worker->states);
	free(worker->seen);
	free(worker->rows);
	if (worker->reader)
		feed_reader_free(worker->reader);
}

static bool
worker_init(struct worker *worker, struct sweep *sweep, struct error *err)
{
	const struct plan *plan = sweep->plan;
	size_t n = plan->n + 1;

	*worker = (struct worker){ .sweep = sweep };
	worker->states = calloc(n, sizeof(*worker->states));
	worker->seen = calloc(n, sizeof(*worker->seen));
	worker->rows = calloc(n, sizeof(*worker->rows));
	if (!worker->states || !worker->seen || !worker->rows)
		return fail(err, "out of memory");
	for (size_t k = 0; k < plan->n; k++) {
		struct call call = call_of(worker, k);

		if (plan->knots[k].sink != SINK_LEARN)
			continue;
		worker->states[k] = plan->knots[k].step->op->start(&call, err);
		if (!worker->states[k])
			return plan_fail(plan, &plan->knots[k], err);
	}
	worker->reader = feed_reader_new(&sweep->feed, err);
	return worker->reader != NULL;
}

static bool
run_threads(struct sweep *sweep, struct worker *workers, size_t n)
{
	pthread_t *threads = calloc(n, sizeof(*threads));
	size_t started = 0;

	if (!threads)
		return fail(&sweep->err, "out of memory");
	while (started + 1 < n && pthread_create(&threads[started], NULL, work_chunks,
						 &workers[started + 1]) == 0)
		started++;
	work_chunks(&workers[0]);
	while (started > 0)
		pthread_join(threads[--started], NULL);
	free(threads);
	return sweep->failed_chunk == FLOW_NONE;
}

/* All threads' states into the first one's, and from there into the step. */
static bool
settle(struct sweep *sweep, struct worker *workers, size_t n, size_t k)
{
	struct knot *knot = &sweep->plan->knots[k];
	const struct op *op = knot->step->op;
	struct call call = call_of(&workers[0], k);
	uint64_t start = now();

	for (size_t w = 1; w < n; w++)
		if (!op->merge(&call, workers[0].states[k], workers[w].states[k],
			       &sweep->err))
			return false;
	if (!step_settle(knot->step, &call, workers[0].states[k], sweep->plan->arena,
			 &sweep->err))
		return plan_fail(sweep->plan, knot, &sweep->err);
	atomic_fetch_add_explicit(&knot->nanoseconds, now() - start,
				  memory_order_relaxed);
	return true;
}

static bool
finish(struct sweep *sweep, struct worker *workers, size_t n)
{
	struct plan *plan = sweep->plan;

	for (size_t k = 0; k < plan->n; k++) {
		struct knot *knot = &plan->knots[k];

		if (knot->sink == SINK_LEARN && !settle(sweep, workers, n, k))
			return false;
		if (knot->sink == SINK_COLLECT)
			for (size_t i = 0; i < 2; i++)
				knot->collected[i] |= knot->sink_input >> i & 1;
		if (knot->sink == SINK_WRITE) {
			knot->done = true;
			knot->rows = deliver_rows(sweep->deliveries[k]);
		}
		if (sweep->head || !knot->active ||
		    (!knot->wanted && !knot_is_root(knot)))
			continue;
		knot->rows = 0;
		for (size_t w = 0; w < n; w++)
			knot->rows += workers[w].rows[k];
	}
	return true;
}

static void
find_sinks(struct sweep *sweep)
{
	const struct plan *plan = sweep->plan;

	sweep->sinks = ARENA_ARRAY(plan->arena, plan->n + 1, size_t);
	sweep->sink_of = ARENA_ARRAY(plan->arena, plan->n + 1, size_t);
	for (size_t k = 0; k < plan->n; k++)
		if (plan->knots[k].sink == SINK_COLLECT ||
		    plan->knots[k].sink == SINK_WRITE) {
			sweep->sink_of[k] = sweep->n_sinks;
			sweep->sinks[sweep->n_sinks++] = k;
		}
}

/* Active users of each knot, as lists that end in FLOW_NONE. */
static void
find_children(struct sweep *sweep)
{
	const struct plan *plan = sweep->plan;
	size_t *n = ARENA_ARRAY(plan->arena, plan->n + 1, size_t);

	sweep->children = ARENA_ARRAY(plan->arena, plan->n + 1, size_t *);
	for (int fill = 0; fill < 2; fill++) {
		for (size_t k = 0; k < plan->n; k++) {
			const struct knot *knot = &plan->knots[k];
			size_t inputs = knot->n_in < 2 ? knot->n_in : 2;

			if (!knot->active || (knot_is_root(knot) && k != sweep->root) ||
			    k == sweep->root)
				continue;
			for (size_t i = 0; i < inputs; i++) {
				if (i == 1 && knot->in[1] == knot->in[0])
					continue; /* both inputs are one: filled at once
						   */
				if (fill)
					sweep->children[knot->in[i]][n[knot->in[i]]] = k;
				n[knot->in[i]]++;
			}
		}
		for (size_t k = 0; !fill && k < plan->n; k++) {
			sweep->children[k] = ARENA_ARRAY(plan->arena, n[k] + 1, size_t);
			for (size_t i = 0; i <= n[k]; i++)
				sweep->children[k][i] = FLOW_NONE;
			n[k] = 0;
		}
	}
}

static size_t
thread_count(const struct sweep *sweep)
{
	size_t n = sweep->plan->options->threads;
	long cores = sysconf(_SC_NPROCESSORS_ONLN);

	if (sweep->head)
		return 1;
	if (n == 0)
		n = cores > 0 ? (size_t)cores : 1;
	return n > 256 ? 256 : n;
}

/* The step that alone reads the root, and does not first learn from it; else NULL. */
static const struct knot *
only_reader(const struct sweep *sweep)
{
	const size_t *children = sweep->children[sweep->root];

	if (children[0] == FLOW_NONE || children[1] != FLOW_NONE ||
	    sweep->plan->knots[children[0]].sink != SINK_NONE)
		return NULL;
	return &sweep->plan->knots[children[0]];
}

/* Threads with their readers over an opened feed. */
static bool
run_workers(struct sweep *sweep)
{
	struct worker *workers;
	size_t n = thread_count(sweep), made = 0;
	bool ok = true;

	sweep->n_slots = 4 * n;
	sweep->slots = ARENA_ARRAY(sweep->plan->arena, sweep->n_slots, struct slot);
	workers = ARENA_ARRAY(sweep->plan->arena, n, struct worker);
	while (ok && made < n)
		ok = worker_init(&workers[made++], sweep, &sweep->err);
	ok = ok && run_threads(sweep, workers, n) && finish(sweep, workers, n);
	for (size_t w = 0; w < made; w++)
		worker_release(&workers[w]);
	for (size_t s = 0; s < sweep->n_slots; s++)
		if (sweep->slots[s].ready)
			yields_release(sweep, sweep->slots[s].yields);
	return ok;
}

bool
sweep_run(struct plan *plan, size_t root, bool head, size_t number,
	  struct deliver **deliveries, struct error *err)
{
	struct sweep sweep = { .plan = plan,
			       .deliveries = deliveries,
			       .root = root,
			       .number = number,
			       .head = head,
			       .failed_chunk = FLOW_NONE,
			       .lock = PTHREAD_MUTEX_INITIALIZER,
			       .moved = PTHREAD_COND_INITIALIZER };
	size_t rows =
		plan->options->batch_rows ? plan->options->batch_rows : RUN_BATCH_ROWS;
	bool ok;

	find_sinks(&sweep);
	find_children(&sweep);
	if (!feed_open(&sweep.feed, &plan->knots[root], only_reader(&sweep), rows,
		       plan->arena, err))
		return plan_fail(plan, &plan->knots[root], err);
	ok = run_workers(&sweep);
	feed_close(&sweep.feed, ok && !head);
	if (!ok)
		*err = sweep.err;
	return ok;
}
