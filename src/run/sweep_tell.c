/*
 * sweep_tell - what a worker counts of its time and rows, and tells the meters.
 */
#include "run/sweep_work.h"

uint64_t
worker_clock(const struct worker *worker)
{
	return work_clock(worker->sweep->plan->options->pause);
}

void
worker_charge(struct worker *worker, size_t k)
{
	const uint64_t now = worker_clock(worker);

	if (now > worker->clock)
		worker->spent[k] += now - worker->clock;
	worker->clock = now;
}

void
worker_note(struct worker *worker, size_t k, const struct batch *batch)
{
	if (worker->told && batch)
		worker->told[k].came += batch->rows;
}

static void
add(atomic_uint_least64_t *to, uint64_t more)
{
	if (more)
		atomic_fetch_add_explicit(to, more, memory_order_relaxed);
}

void
worker_tell(struct worker *worker)
{
	const struct plan *plan = worker->sweep->plan;

	for (size_t k = 0; worker->told && k < plan->n; k++) {
		struct tally_of *told = &worker->told[k];
		struct run_meter *meter = meter_of(plan, k);
		struct run_meter *in = meter_in(plan, k), *out = meter_out(plan, k);
		const bool is_end = plan->knots[k].sink == SINK_WRITE;
		uint64_t left;

		if (!meter)
			continue;
		add(&meter->nanoseconds, worker->spent[k] - told->spent);
		told->spent = worker->spent[k];
		if (worker->sweep->head)
			continue;
		left = is_end ? told->came : worker->rows[k] - told->rows;
		if (in)
			add(&in->rows_in, told->came);
		if (in)
			add(&in->rows_met, plan->knots[k].n_in ? told->came : left);
		if (out)
			add(&out->rows, left);
		told->came = 0;
		told->rows = worker->rows[k];
	}
}
