/* forecast - the plan once more, on copies of its knots, without rows. */
#include "run/forecast.h"

#include "io/io.h"

enum {
	PASSES_MOST = 16, /* looked ahead; what has more is not foreseen */
	ROW_BYTES = 100,  /* what a row of a given table is taken for */
};

/* Inputs stand before their users, so one walk does. */
static void
weigh(const struct plan *plan, uint64_t *weights)
{
	for (size_t k = 0; k < plan->n; k++) {
		const struct knot *knot = &plan->knots[k];

		weights[k] = knot->source          ? knot->source->bytes
			     : knot_is_given(knot) ? ROW_BYTES * knot->table.rows
						   : 0;
		for (size_t i = 0; i < knot->n_in && i < 2; i++)
			if (weights[knot->in[i]] > weights[k])
				weights[k] = weights[knot->in[i]];
	}
}

uint64_t
forecast_weight(const struct plan *plan, size_t k)
{
	struct arena arena = { 0 };
	uint64_t *weights = ARENA_ARRAY(&arena, plan->n + 1, uint64_t), weight;

	weigh(plan, weights);
	weight = weights[k];
	arena_release(&arena);
	return weight;
}

/* Knots and steps that may be marked and shaped; what they point to beyond that is
 * shared. */
static struct plan
copy_plan(const struct plan *plan, struct arena *arena)
{
	struct run_options *options = ARENA_NEW(arena, struct run_options);
	struct plan copy = *plan;

	*options = *plan->options;
	options->meters = NULL;
	copy.arena = arena;
	copy.options = options;
	copy.knots = ARENA_ARRAY(arena, plan->n + 1, struct knot);
	for (size_t k = 0; k < plan->n; k++) {
		struct knot *knot = &copy.knots[k];
		struct step *step = ARENA_NEW(arena, struct step);

		*knot = plan->knots[k];
		*step = *knot->step;
		if (step->fields) /* shaping sets the names of columns in them */
			step->fields = memcpy(arena_alloc(arena, step->op->params_size),
					      step->fields, step->op->params_size);
		step->in = ARENA_ARRAY(arena, step->n_in + 1, struct schema);
		for (size_t i = 0; i < step->n_in; i++)
			step->in[i] = knot->step->in[i];
		knot->step = step;
	}
	return copy;
}

/* The marked pass is over: its sinks are full. */
static void
fill_sinks(struct plan *plan)
{
	for (size_t k = 0; k < plan->n; k++) {
		struct knot *knot = &plan->knots[k];

		knot->step->is_learned |= knot->sink == SINK_LEARN;
		knot->done |= knot->sink == SINK_WRITE;
		for (size_t i = 0; i < 2 && knot->sink == SINK_COLLECT; i++)
			knot->collected[i] |= knot->sink_input >> i & 1;
		if (knot->step->op->index && knot->collected[1 - knot->step->stream])
			knot->step->is_learned = true;
	}
}

/* Whole-table steps that have all their rows now; their weight is added. */
static bool
end_wholes(struct plan *plan, const uint64_t *weights, uint64_t *ahead)
{
	bool any = false;

	for (size_t k = 0; k < plan->n; k++) {
		struct knot *knot = &plan->knots[k];
		const bool learns = step_learns(knot->step);
		bool all = knot_is_whole(knot) && !knot->done &&
			   (!learns || knot->step->is_learned);

		for (size_t i = 0; all && !learns && i < knot->n_in; i++)
			all = knot->collected[i];
		if (!all)
			continue;
		knot->done = any = true;
		*ahead += weights[k];
	}
	return any;
}

/* A step that is taken for ready keeps the columns that it had before, though it may make
 * more: they are known now. */
static void
close_knot(struct plan *plan, struct knot *knot)
{
	bool open = false;

	for (size_t i = 0; i < knot->n_in && i < knot->step->n_in; i++) {
		knot->step->in[i].open = plan->knots[knot->in[i]].schema.open;
		open = open || knot->step->in[i].open;
	}
	if (open)
		return;
	knot->step->blind = false;
	if (knot->step->is_learned && (!knot_is_whole(knot) || knot->done))
		knot->schema.open = false;
}

/* As it would be shaped then; false: it stands for one that has learned, or cannot be,
 * because of columns that are missing here. */
static bool
shape_knot(struct plan *plan, struct knot *knot, const struct knot *was)
{
	const struct step before = *knot->step;
	struct schema in[2];
	struct error err;

	if (knot->step->is_learned != was->step->is_learned || knot->done != was->done)
		return false;
	for (size_t i = 0; i < knot->n_in && i < 2; i++)
		in[i] = plan->knots[knot->in[i]].schema;
	if (step_shape(knot->step, in, knot->n_in, plan->arena, &err)) {
		knot->schema = knot->step->out.schema;
		return true;
	}
	*knot->step = before;
	return false;
}

/* Columns become known when what makes them has learned, or is done. */
static void
shape_all(struct plan *plan, const struct plan *was)
{
	for (size_t k = 0; k < plan->n; k++) {
		struct knot *knot = &plan->knots[k];
		const bool stands = knot_is_whole(&was->knots[k]) && was->knots[k].done;

		if (knot->n_in && !stands && !shape_knot(plan, knot, &was->knots[k]))
			close_knot(plan, knot);
	}
}

/* Passes to come, one after the other. */
static void
look_ahead(struct plan *plan, const struct plan *was, size_t first,
	   const uint64_t *weights, struct forecast *out)
{
	struct error err;
	size_t root;
	bool head, any;

	out->is_even = true;
	for (size_t n = 0; n < PASSES_MOST; n++) {
		fill_sinks(plan);
		if (end_wholes(plan, weights, &out->ahead))
			out->is_even = false;
		shape_all(plan, was);
		plan_clear(plan);
		if (!plan_next(plan, &root, &head, &any, &err))
			break;
		if (!any)
			return;
		if (head)
			break;
		out->ahead += weights[root];
		if (root != first && !plan->knots[root].source)
			out->is_even = false;
	}
	out->is_even = false;
}

void
forecast_make(const struct plan *plan, size_t root, bool head, struct forecast *out)
{
	struct arena arena = { 0 };
	struct plan copy = copy_plan(plan, &arena);
	uint64_t *weights = ARENA_ARRAY(&arena, plan->n + 1, uint64_t);

	*out = (struct forecast){ 0 };
	weigh(plan, weights);
	if (!head) {
		out->weight = weights[root];
		look_ahead(&copy, plan, root, weights, out);
	}
	arena_release(&arena);
}
