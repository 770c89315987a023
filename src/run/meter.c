/* meter - counts of knots as those of nodes: the first one's rows in, the last one's out.
 */
#include "run/meter.h"

static void
store(atomic_uint_least64_t *to, uint64_t value)
{
	atomic_store_explicit(to, value, memory_order_relaxed);
}

struct run_meter *
meter_of(const struct plan *plan, size_t k)
{
	if (!plan->options->meters || k == plan->target)
		return NULL;
	return &plan->options->meters[plan->knots[k].node];
}

struct run_meter *
meter_in(const struct plan *plan, size_t k)
{
	const bool first = k == 0 || plan->knots[k - 1].node != plan->knots[k].node;

	return first ? meter_of(plan, k) : NULL;
}

struct run_meter *
meter_out(const struct plan *plan, size_t k)
{
	const bool last = k + 1 == plan->n || k + 1 == plan->target ||
			  plan->knots[k + 1].node != plan->knots[k].node;

	return last && !knot_is_whole(&plan->knots[k]) ? meter_of(plan, k) : NULL;
}

void
meter_set(const struct plan *plan, size_t k, enum run_state state)
{
	struct run_meter *meter = meter_of(plan, k);

	if (meter)
		atomic_store_explicit(&meter->state, state, memory_order_relaxed);
}

void
meter_start(const struct plan *plan, bool head)
{
	if (!plan->options->meters)
		return;
	for (size_t k = 0; k < plan->n; k++) {
		struct run_meter *in = meter_in(plan, k), *out = meter_out(plan, k);

		if (!plan->knots[k].active)
			continue;
		if (in && !head &&
		    !(knot_is_whole(&plan->knots[k]) && plan->knots[k].done))
			store(&in->rows_in, 0);
		if (out && !head)
			store(&out->rows, 0);
		if (in)
			meter_set(plan, k, RUN_WORKING);
	}
	/* it learns if any of its steps does */
	for (size_t k = 0; k < plan->n; k++)
		if (plan->knots[k].active && plan->knots[k].sink == SINK_LEARN)
			meter_set(plan, k, RUN_LEARNING);
}

void
meter_end(const struct plan *plan)
{
	const bool *used = plan->options->meters ? plan_used(plan) : NULL;

	for (size_t k = 0; used && k < plan->n; k++)
		if (knot_is_served(&plan->knots[k], used[k]))
			meter_set(plan, k, RUN_DONE);
		else if (plan->knots[k].active)
			meter_set(plan, k, RUN_WAITING);
}

void
meter_bytes(const struct plan *plan, size_t k, size_t more)
{
	struct run_meter *meter = meter_of(plan, k);

	if (meter)
		atomic_fetch_add_explicit(&meter->bytes, more, memory_order_relaxed);
}

void
meter_whole(const struct plan *plan, size_t k, uint64_t nanoseconds)
{
	struct run_meter *meter = meter_of(plan, k);

	if (!meter)
		return;
	if (knot_is_whole(&plan->knots[k]))
		store(&meter->rows, plan->knots[k].rows);
	atomic_fetch_add_explicit(&meter->nanoseconds, nanoseconds, memory_order_relaxed);
}
