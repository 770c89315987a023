/*
 * sweep_work - batches down the tree: what each knot does with a batch, and its sinks.
 */
#include "run/sweep_work.h"

#include <stdlib.h>

enum { TELL_BATCHES = 8 }; /* that pass between news for the meters */

static bool
is_over(const struct sweep *sweep)
{
	const struct run_options *options = sweep->plan->options;

	return work_is_over(options->cancel, options->pause);
}

struct call
worker_call(const struct worker *worker, size_t k)
{
	const struct knot *knot = &worker->sweep->plan->knots[k];

	return (struct call){
		.fields = knot->step->fields,
		.learned = knot->step->learned,
		.pool = worker->sweep->pools[k],
		.in = knot->step->in,
		.place = { worker->chunk, worker->seen[k] },
		.wanted = knot->wanted,
		.threads = worker->sweep->plan->threads,
		.spill = worker->sweep->plan->spill,
		.cancel = worker->sweep->plan->options->cancel,
		.pause = worker->sweep->plan->options->pause,
	};
}

static bool
observe(struct worker *worker, size_t k, const struct batch *batch)
{
	struct knot *knot = &worker->sweep->plan->knots[k];
	struct call call = worker_call(worker, k);
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

/* Sinks take a share of the batch; the batch stays the caller's. */
static bool
fill_sink(struct worker *worker, size_t k, size_t from, const struct batch *batch)
{
	struct sweep *sweep = worker->sweep;
	struct knot *knot = &sweep->plan->knots[k];
	struct yield *yield = &worker->yields[sweep->sink_of[k]];
	struct batch *copy;

	if (!knot_has_work(knot))
		worker_note(worker, k, batch);
	if (knot->sink == SINK_LEARN) {
		if (!observe(worker, k, batch))
			return plan_fail(sweep->plan, knot, &worker->err);
		worker->seen[k] += knot_has_work(knot) ? 0 : batch->rows;
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

/* What is new to a knot that sifts, as *batch, which is taken. */
static bool
sift(struct worker *worker, size_t k, const struct call *call, struct batch **batch)
{
	const struct step *step = worker->sweep->plan->knots[k].step;
	size_t size = bit_words((*batch)->rows) * sizeof(uint64_t);
	uint64_t *fresh = memory_alloc(size, &worker->err);
	bool ok;

	ok = fresh &&
	     step->op->sift(call, worker->states[k], *batch, fresh, &worker->err);
	if (ok) {
		ok = step_pick(step, call, *batch, fresh, batch, &worker->err);
	} else {
		batch_free(*batch);
		*batch = NULL;
	}
	memory_free(fresh, size);
	return ok;
}

/* The batch, which is taken, through knot k; *batch is what comes out. */
static bool
work(struct worker *worker, size_t k, struct batch **batch)
{
	struct sweep *sweep = worker->sweep;
	struct knot *knot = &sweep->plan->knots[k];
	struct call call = worker_call(worker, k);
	bool ok;

	worker->seen[k] += (*batch)->rows;
	worker_note(worker, k, *batch);
	if (knot_sifts(knot))
		ok = sift(worker, k, &call, batch);
	else if (knot_is_ready(knot))
		ok = step_apply(knot->step, &call, *batch, batch, &worker->err);
	else
		ok = step_pass(knot->step, *batch, batch, &worker->err);
	worker_charge(worker, k);
	if (!ok)
		plan_fail(sweep->plan, knot, &worker->err);
	if (ok && !sweep->head)
		worker->rows[k] += (*batch)->rows;
	return ok;
}

static bool push(struct worker *worker, size_t k, struct batch *batch);
static bool compress(struct worker *worker);

enum { MUCH = 4 << 20 }; /* bytes that a chunk gives to a file */

/* A row may find any number of partners: what comes of a chunk must not
 * all be held. */
static bool
put_out_much(struct worker *worker)
{
	bool much = false;

	for (size_t s = 0; s < worker->sweep->n_sinks; s++)
		much = much || worker->yields[s].bytes->size > MUCH;
	return !much || (compress(worker) && sweep_put_out(worker));
}

/* What a knot pours goes on to those that hang below it. */
struct spout {
	struct outlet outlet;
	struct worker *worker;
	size_t k;
	bool failed; /* behind it, which is said already */
};

static bool
take(struct outlet *outlet, struct batch *batch, struct error *err)
{
	struct spout *spout = (struct spout *)(void *)outlet;
	struct worker *worker = spout->worker;

	(void)err; /* it is the worker's */
	worker_charge(worker, spout->k);
	if (!worker->sweep->head)
		worker->rows[spout->k] += batch->rows;
	spout->failed = !push(worker, spout->k, batch) || !put_out_much(worker);
	return !spout->failed;
}

/* The batch, which is taken, through a knot that makes any number of it; NULL: what it
 * has left. */
static bool
pour(struct worker *worker, size_t k, struct batch *batch)
{
	const struct knot *knot = &worker->sweep->plan->knots[k];
	struct spout spout = { { take }, worker, k, false };
	struct call call = worker_call(worker, k);
	bool ok;

	worker->seen[k] += batch ? batch->rows : 0;
	worker_note(worker, k, batch);
	ok = batch ? step_pour(knot->step, &call, worker->states[k], batch, &spout.outlet,
			       &worker->err)
		   : step_rest(knot->step, &call, worker->states[k], &spout.outlet,
			       &worker->err);
	worker_charge(worker, k);
	if (!ok && !spout.failed)
		plan_fail(worker->sweep->plan, knot, &worker->err);
	return ok;
}

/* What a knot let pass goes on. Other rows of this pass might fail than in the end: then
 * what is behind it learns later, from those that stay. */
static bool
push_sifted(struct worker *worker, size_t k, struct batch *batch)
{
	atomic_bool *spoiled = &worker->sweep->spoiled[k];

	if (atomic_load_explicit(spoiled, memory_order_relaxed)) {
		batch_free(batch);
		return true;
	}
	if (push(worker, k, batch))
		return true;
	if (worker->err.cancelled)
		return false;
	worker->err = (struct error){ 0 };
	atomic_store(spoiled, true);
	return true;
}

/* What it gives is not one batch that simply goes on. */
static bool
goes_deeper(const struct knot *knot)
{
	return knot->step->op->pour || knot_sifts(knot);
}

/* A batch, which is taken, through knot k and down from there. */
static bool
push_into(struct worker *worker, size_t k, struct batch *batch)
{
	const struct knot *knot = &worker->sweep->plan->knots[k];

	if (knot->step->op->pour)
		return pour(worker, k, batch);
	return work(worker, k, &batch) &&
	       (knot_sifts(knot) ? push_sifted : push)(worker, k, batch);
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

		if (batch->rows == 0) {
			batch_free(batch);
			return true;
		}

		for (child = worker->sweep->children[k]; ok && *child != FLOW_NONE;
		     child++) {
			const struct knot *knot = &worker->sweep->plan->knots[*child];
			struct batch *copy = NULL;

			if (knot->sink != SINK_NONE && !knot_sifts(knot)) {
				ok = fill_sink(worker, *child, k, batch);
				worker_charge(worker, *child);
			}
			if (!ok || !knot_has_work(knot))
				continue;
			if (next == FLOW_NONE) {
				next = *child;
				continue;
			}
			copy = batch_copy(batch, &worker->err);
			ok = copy && push_into(worker, *child, copy);
		}
		if (!ok || next == FLOW_NONE) {
			batch_free(batch);
			return ok;
		}
		k = next;
		if (goes_deeper(&worker->sweep->plan->knots[k]))
			return push_into(worker, k, batch);
		if (!work(worker, k, &batch))
			return false;
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

/* What goes into files is complete. */
static bool
compress(struct worker *worker)
{
	const struct sweep *sweep = worker->sweep;

	for (size_t s = 0; s < sweep->n_sinks; s++) {
		const size_t k = sweep->sinks[s];

		if (sweep->plan->knots[k].sink == SINK_WRITE &&
		    !deliver_is_sink(sweep->deliveries[k]) &&
		    !deliver_pack(sweep->deliveries[k], &worker->yields[s].bytes,
				  &worker->err))
			return false;
	}
	return true;
}

bool
worker_read(struct worker *worker)
{
	struct sweep *sweep = worker->sweep;
	struct batch *batch;
	uint64_t rows = 0;

	memset(worker->seen, 0, sweep->plan->n * sizeof(*worker->seen));
	worker->clock = worker_clock(worker);
	for (;;) {
		if (is_over(sweep))
			return fail_cancelled(&worker->err);
		if (!feed_batch(worker->reader, &batch, &worker->err))
			return false;
		worker_charge(worker, sweep->root);
		if (!batch)
			break;
		rows += batch->rows;
		worker->rows[sweep->root] += batch->rows;
		if (!push(worker, sweep->root, batch))
			return false;
		if (++worker->batches % TELL_BATCHES == 0)
			worker_tell(worker);
		if (sweep->head && head_is_done(worker)) {
			sweep->enough = true;
			break;
		}
	}
	worker_tell(worker);
	pthread_mutex_lock(&sweep->lock);
	sweep->rows += rows;
	pthread_mutex_unlock(&sweep->lock);
	return compress(worker);
}

bool
worker_rest(struct worker *worker)
{
	struct sweep *sweep = worker->sweep;

	memset(worker->seen, 0, sweep->plan->n * sizeof(*worker->seen));
	worker->clock = worker_clock(worker);
	/* from above to below, so that what one has left goes through the next */
	for (size_t k = 0; k < sweep->plan->n; k++)
		if (sweep->plan->knots[k].step->op->rest && worker->states[k] &&
		    !pour(worker, k, NULL))
			return false;
	worker_tell(worker);
	return compress(worker);
}

void
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
yields_start(size_t n, struct error *err)
{
	struct yield *yields = calloc(n + 1, sizeof(*yields));
	bool ok = yields || fail(err, "out of memory");

	for (size_t s = 0; ok && s < n; s++)
		ok = (yields[s].bytes = buffer_new(0, err)) != NULL;
	if (ok)
		return yields;
	for (size_t s = 0; yields && s < n; s++)
		buffer_drop(yields[s].bytes);
	free(yields);
	return NULL;
}

struct yield *
yields_new(struct worker *worker)
{
	const struct sweep *sweep = worker->sweep;
	struct yield *yields = worker->spare;

	worker->spare = NULL;
	if (!yields && !(yields = yields_start(sweep->n_sinks, &worker->err)))
		return NULL;
	for (size_t s = 0; s < sweep->n_sinks; s++) {
		const struct knot *knot = &sweep->plan->knots[sweep->sinks[s]];

		for (size_t i = 0; i < 2; i++)
			table_spill_like(&yields[s].tables[i], &knot->tables[i]);
	}
	return yields;
}

void
yields_keep(struct worker *worker, struct yield *yields)
{
	if (!yields || worker->spare) {
		yields_release(worker->sweep, yields);
		return;
	}
	for (size_t s = 0; s < worker->sweep->n_sinks; s++) {
		struct buffer *bytes = yields[s].bytes;

		bytes->size = 0;
		table_release(&yields[s].tables[0]);
		table_release(&yields[s].tables[1]);
		yields[s] = (struct yield){ .bytes = bytes };
	}
	worker->spare = yields;
}

void
worker_release(struct worker *worker)
{
	const struct plan *plan = worker->sweep->plan;

	for (size_t k = 0; worker->states && k < plan->n; k++)
		if (worker->states[k] && plan->knots[k].step->op->pour)
			plan->knots[k].step->op->close(worker->states[k]);
		else if (worker->states[k])
			plan->knots[k].step->op->discard(worker->states[k]);
	yields_release(worker->sweep, worker->spare);
	free(worker->states);
	free(worker->seen);
	free(worker->rows);
	free(worker->spent);
	free(worker->told);
	if (worker->reader)
		feed_reader_free(worker->reader);
}

bool
worker_init(struct worker *worker, struct sweep *sweep, struct error *err)
{
	const struct plan *plan = sweep->plan;
	size_t n = plan->n + 1;

	*worker = (struct worker){ .sweep = sweep };
	worker->placed = ARENA_ARRAY(plan->arena, sweep->n_slots, struct slot);
	worker->states = calloc(n, sizeof(*worker->states));
	worker->seen = calloc(n, sizeof(*worker->seen));
	worker->rows = calloc(n, sizeof(*worker->rows));
	worker->spent = calloc(n, sizeof(*worker->spent));
	if (plan->options->meters)
		worker->told = calloc(n, sizeof(*worker->told));
	if (!worker->states || !worker->seen || !worker->rows || !worker->spent ||
	    (plan->options->meters && !worker->told))
		return fail(err, "out of memory");
	for (size_t k = 0; k < plan->n; k++) {
		const struct op *op = plan->knots[k].step->op;
		struct call call = worker_call(worker, k);

		if (!knot_has_state(&plan->knots[k]))
			continue;
		worker->states[k] =
			op->pour ? op->open(&call, err) : op->start(&call, err);
		if (!worker->states[k])
			return plan_fail(plan, &plan->knots[k], err);
	}
	worker->reader = feed_reader_new(&sweep->feed, err);
	return worker->reader != NULL;
}
