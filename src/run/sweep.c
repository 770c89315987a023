/*
 * sweep - threads, chunks, and the order in which results are put together.
 *
 * Finished chunks wait in a ring until those before them are in. A thread takes a new
 * chunk only while there is room in the ring, which bounds what is held.
 */
#include "run/sweep.h"

#include <stdlib.h>

#include "base/clock.h"
#include "op/step_learn.h"
#include "run/sweep_work.h"

/* What a sink got could not be kept, or written. */
static bool
fail_sink(struct sweep *sweep, size_t k, const struct error *err)
{
	if (!err->cancelled)
		meter_set(sweep->plan, k, RUN_FAILED);
	return false;
}

static bool
put_into_sink(struct sweep *sweep, size_t k, struct yield *yield, struct error *err)
{
	struct knot *knot = &sweep->plan->knots[k];
	struct deliver *deliver = sweep->deliveries[k];

	if (knot->sink == SINK_COLLECT)
		return table_append(&knot->tables[0], &yield->tables[0], err) &&
		       table_append(&knot->tables[1], &yield->tables[1], err);
	if (!deliver_is_sink(deliver))
		return deliver_write(deliver, yield->bytes, yield->rows, &yield->place,
				     &sweep->enough, err);
	for (size_t i = 0; i < yield->tables[0].n && !sweep->enough; i++) {
		struct batch *batch;
		bool ok = table_pull(&yield->tables[0], i, &batch, err) &&
			  deliver_take(deliver, batch, &sweep->enough, err);

		batch_free(batch);
		if (!ok)
			return false;
	}
	return true;
}

static bool
commit_sink(struct sweep *sweep, size_t k, struct yield *yield, struct error *err)
{
	return put_into_sink(sweep, k, yield, err) || fail_sink(sweep, k, err);
}

/* Bytes that have their place by now, into the file: the lock is not held. */
static bool
fill_sink(struct sweep *sweep, size_t k, struct yield *yield, struct error *err)
{
	return deliver_fill(sweep->deliveries[k], yield->bytes, &yield->place, err) ||
	       fail_sink(sweep, k, err);
}

static void
tell_progress(struct sweep *sweep)
{
	const struct run_options *options = sweep->plan->options;
	struct run_progress progress = sweep->plan->told;

	progress.what = sweep->n_sinks ? "writing" : "learning";
	progress.rows = sweep->rows;
	progress.in_bytes = sweep->feed.pass != NULL;
	feed_progress(&sweep->feed, &progress.done, &progress.total);
	if (progress.in_bytes)
		meter_bytes(sweep->plan, sweep->root, progress.done - sweep->bytes);
	sweep->bytes = progress.done;
	if (options->progress)
		options->progress(options->progress_context, &progress);
}

/* From this chunk on nothing counts, unless that was so already. The lock is held. */
static void
fail_from(struct sweep *sweep, size_t chunk, const struct error *err)
{
	if (chunk >= sweep->failed_chunk)
		return;
	sweep->failed_chunk = chunk;
	sweep->err = *err;
}

/* Put together all chunks that are next in line. The lock is held; what is to be put
 * into places goes to the worker, for later. */
static void
commit_ready(struct worker *worker)
{
	struct sweep *sweep = worker->sweep;
	struct error err;

	for (;;) {
		struct slot *slot = &sweep->slots[sweep->committed % sweep->n_slots];

		if (!slot->ready)
			return;
		for (size_t s = 0; s < sweep->n_sinks; s++)
			if (slot->chunk < sweep->failed_chunk &&
			    !commit_sink(sweep, sweep->sinks[s], &slot->yields[s], &err))
				fail_from(sweep, slot->chunk, &err);
		worker->placed[worker->n_placed++] = *slot;
		*slot = (struct slot){ 0 };
		sweep->committed++;
		tell_progress(sweep);
	}
}

/* Write what has its place by now: the lock is not held. */
static void
fill_places(struct worker *worker)
{
	struct sweep *sweep = worker->sweep;
	bool ok = true;

	for (size_t i = 0; i < worker->n_placed; i++) {
		struct slot *slot = &worker->placed[i];

		for (size_t s = 0; ok && slot->yields && s < sweep->n_sinks; s++)
			ok = fill_sink(sweep, sweep->sinks[s], &slot->yields[s],
				       &worker->err);
		if (!ok) {
			pthread_mutex_lock(&sweep->lock);
			fail_from(sweep, slot->chunk, &worker->err);
			pthread_mutex_unlock(&sweep->lock);
		}
		yields_keep(worker, slot->yields);
	}
	worker->n_placed = 0;
}

/* Bytes for a file: of a destination that is no sink. */
static bool
has_bytes(const struct sweep *sweep, size_t s)
{
	const size_t k = sweep->sinks[s];

	return sweep->plan->knots[k].sink == SINK_WRITE &&
	       !deliver_is_sink(sweep->deliveries[k]);
}

bool
sweep_put_out(struct worker *worker)
{
	struct sweep *sweep = worker->sweep;
	struct yield *yields = worker->yields;
	bool counts, ok = true;

	pthread_mutex_lock(&sweep->lock);
	while (worker->chunk > sweep->committed)
		pthread_cond_wait(&sweep->moved, &sweep->lock);
	counts = worker->chunk < sweep->failed_chunk && !sweep->enough;
	for (size_t s = 0; counts && ok && s < sweep->n_sinks; s++)
		ok = !has_bytes(sweep, s) ||
		     commit_sink(sweep, sweep->sinks[s], &yields[s], &worker->err);
	pthread_mutex_unlock(&sweep->lock);
	for (size_t s = 0; s < sweep->n_sinks; s++) {
		if (!has_bytes(sweep, s))
			continue;
		ok = ok && (!counts ||
			    fill_sink(sweep, sweep->sinks[s], &yields[s], &worker->err));
		yields[s].bytes->size = 0;
		yields[s] = (struct yield){ .bytes = yields[s].bytes };
	}
	return ok;
}

static void
hand_in(struct worker *worker, bool ok)
{
	struct sweep *sweep = worker->sweep;
	struct slot *slot = &sweep->slots[worker->chunk % sweep->n_slots];

	pthread_mutex_lock(&sweep->lock);
	if (!ok)
		fail_from(sweep, worker->chunk, &worker->err);
	*slot = (struct slot){ true, worker->chunk, worker->yields };
	worker->yields = NULL;
	commit_ready(worker);
	pthread_cond_broadcast(&sweep->moved);
	pthread_mutex_unlock(&sweep->lock);
	fill_places(worker);
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

	while (take_chunk(worker)) {
		bool ok;

		worker->yields = yields_new(worker);
		ok = worker->yields && worker_read(worker);
		hand_in(worker, ok);
	}
	return NULL;
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
	struct call call = worker_call(&workers[0], k);
	uint64_t start = clock_nanoseconds();

	for (size_t w = 1; w < n; w++)
		if (!op->merge(&call, workers[0].states[k], workers[w].states[k],
			       &sweep->err))
			return false;
	if (knot_sifts(knot) && !op->sifted(&call, workers[0].states[k]))
		sweep->spoiled[k] = true;
	if (!step_settle(knot->step, &call, workers[0].states[k], sweep->plan->arena,
			 &sweep->err))
		return plan_fail(sweep->plan, knot, &sweep->err);
	knot->nanoseconds += clock_nanoseconds() - start;
	return true;
}

static bool
finish(struct sweep *sweep, struct worker *workers, size_t n)
{
	struct plan *plan = sweep->plan;

	for (size_t k = 0; k < plan->n; k++) {
		struct knot *knot = &plan->knots[k];

		for (size_t w = 0; w < n; w++)
			knot->nanoseconds += workers[w].spent[k];
		if (knot->n_in > 0 && !knot_is_root(knot) &&
		    sweep->spoiled[knot_above(knot)])
			sweep->spoiled[k] = true;
		else if (knot->sink == SINK_LEARN && !settle(sweep, workers, n, k))
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

static bool
takes_input(const struct knot *knot, size_t i)
{
	return (knot->sink_input >> i & 1) ||
	       (i == knot->step->stream && knot_has_work(knot));
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
				if (!takes_input(knot, i) ||
				    (i == 1 && knot->in[1] == knot->in[0] &&
				     takes_input(knot, 0)))
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

/* When all chunks are in, what steps have left comes behind them. */
static bool
run_rest(struct worker *worker)
{
	struct sweep *sweep = worker->sweep;
	bool any = false;

	for (size_t k = 0; k < sweep->plan->n; k++)
		any = any || (worker->states[k] && sweep->plan->knots[k].step->op->rest);
	if (sweep->enough || !any)
		return true;
	worker->chunk = sweep->committed;
	worker->yields = yields_new(worker);
	hand_in(worker, worker->yields && worker_rest(worker));
	return sweep->failed_chunk == FLOW_NONE;
}

static bool
make_pools(struct sweep *sweep)
{
	struct plan *plan = sweep->plan;

	sweep->pools = ARENA_ARRAY(plan->arena, plan->n + 1, void *);
	sweep->spoiled = ARENA_ARRAY(plan->arena, plan->n + 1, atomic_bool);
	for (size_t k = 0; k < plan->n; k++) {
		const struct knot *knot = &plan->knots[k];
		struct call call = { .fields = knot->step->fields,
				     .learned = knot->step->learned,
				     .in = knot->step->in,
				     .spill = plan->spill };

		if (!knot_has_state(knot) || !knot->step->op->pool)
			continue;
		sweep->pools[k] = knot->step->op->pool(&call, &sweep->err);
		if (!sweep->pools[k])
			return plan_fail(plan, knot, &sweep->err);
	}
	return true;
}

static void
drain_pools(struct sweep *sweep)
{
	for (size_t k = 0; k < sweep->plan->n; k++)
		if (sweep->pools[k])
			sweep->plan->knots[k].step->op->drain(sweep->pools[k]);
}

/* Will the root be read once more? What is learned from it now is for rows that come from
 * it later, unless the table is made of what was learned alone. */
static bool
reads_again(const struct sweep *sweep)
{
	const struct plan *plan = sweep->plan;

	for (size_t k = 0; !sweep->head && k < plan->n; k++)
		if (plan->knots[k].sink == SINK_LEARN && !plan->knots[k].step->op->whole)
			return true;
	return false;
}

/* Threads with their readers over an opened feed. */
static bool
run_workers(struct sweep *sweep)
{
	struct worker *workers;
	size_t n = sweep->head ? 1 : sweep->plan->threads, made = 0;
	bool ok = make_pools(sweep);

	sweep->n_slots = 4 * n;
	sweep->slots = ARENA_ARRAY(sweep->plan->arena, sweep->n_slots, struct slot);
	workers = ARENA_ARRAY(sweep->plan->arena, n, struct worker);
	while (ok && made < n)
		ok = worker_init(&workers[made++], sweep, &sweep->err);
	ok = ok && run_threads(sweep, workers, n) && run_rest(&workers[0]) &&
	     finish(sweep, workers, n);
	for (size_t w = 0; w < made; w++)
		worker_release(&workers[w]);
	drain_pools(sweep);
	for (size_t s = 0; s < sweep->n_slots; s++)
		if (sweep->slots[s].ready)
			yields_release(sweep, sweep->slots[s].yields);
	return ok;
}

bool
sweep_run(struct plan *plan, size_t root, bool head, struct deliver **deliveries,
	  struct error *err)
{
	struct sweep sweep = { .plan = plan,
			       .deliveries = deliveries,
			       .root = root,
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
		       reads_again(&sweep), plan->arena, err))
		return plan_fail(plan, &plan->knots[root], err);
	tell_progress(&sweep);
	ok = run_workers(&sweep);
	feed_close(&sweep.feed, ok && !head);
	if (!ok)
		*err = sweep.err;
	return ok;
}
