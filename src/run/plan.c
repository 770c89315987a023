/*
 * plan - which steps a run needs, and which of them can work now.
 *
 * Learning is planned by columns: a step that has not learned yet lets columns it does
 * not make pass, so learners behind it that read only such columns share its pass.
 */
#include "run/plan.h"

#include <stdio.h>
#include <unistd.h>

#include "io/io.h"
#include "run/meter.h"

struct label
plan_label(const struct plan *plan, size_t node, const char *op)
{
	const struct node *at = &plan->flow->nodes[node];
	struct label label;

	snprintf(label.text, sizeof(label.text), "%s (%.8s)%s%s%s", op, at->id,
		 at->name[0] ? " '" : "", at->name, at->name[0] ? "'" : "");
	return label;
}

bool
plan_fail(const struct plan *plan, const struct knot *knot, struct error *err)
{
	if (err->cancelled)
		return false;
	meter_set(plan, (size_t)(knot - plan->knots), RUN_FAILED);
	return fail_in(err,
		       "%s: ", plan_label(plan, knot->node, knot->step->op->name).text);
}

const struct run_given *
plan_given(const struct plan *plan, size_t node)
{
	const struct run_options *options = plan->options;

	for (size_t i = 0; i < options->n_given; i++)
		if (strcmp(options->given[i].node, plan->flow->nodes[node].id) == 0)
			return &options->given[i];
	return NULL;
}

/* Nodes that the targets stand on. */
static void
mark_needed(const struct plan *plan, size_t from, bool *needed)
{
	const struct flow *flow = plan->flow;

	/* order has inputs before users, so one walk backwards is enough */
	needed[from] = true;
	for (size_t i = flow->n; i-- > 0;) {
		const struct node *node = &flow->nodes[flow->order[i]];

		if (!needed[flow->order[i]] || plan_given(plan, flow->order[i]))
			continue;
		for (size_t j = 0; j < node->n_inputs; j++)
			if (node->inputs[j].from != FLOW_NONE)
				needed[node->inputs[j].from] = true;
	}
}

/* Nodes that stand on one, and that one. */
static bool
mark_below(const struct flow *flow, const char *id, bool *below, struct error *err)
{
	const size_t from = flow_find(flow, id, err);

	if (from == FLOW_NONE)
		return false;
	for (size_t i = 0; i < flow->n; i++) {
		const struct node *node = &flow->nodes[flow->order[i]];
		bool *at = &below[flow->order[i]];

		*at = flow->order[i] == from;
		for (size_t j = 0; !*at && j < node->n_inputs; j++)
			*at = node->inputs[j].from != FLOW_NONE &&
			      below[node->inputs[j].from];
	}
	return true;
}

bool
run_ends(const struct flow *flow, const struct run_options *options, bool **out,
	 struct arena *arena, struct error *err)
{
	bool *ends = *out = ARENA_ARRAY(arena, flow->n + 1, bool);
	bool *below = options->from ? ARENA_ARRAY(arena, flow->n + 1, bool) : NULL;
	size_t target;

	if (options->node) {
		target = flow_find(flow, options->node, err);
		if (target != FLOW_NONE)
			ends[target] = true;
		return target != FLOW_NONE;
	}
	if (below && !mark_below(flow, options->from, below, err))
		return false;
	for (size_t i = 0; i < flow->n; i++)
		ends[i] = flow->nodes[i].type == NODE_DESTINATION &&
			  !flow->nodes[i].off && (!below || below[i]);
	return true;
}

static bool
choose_targets(const struct plan *plan, bool *needed, size_t *target, struct error *err)
{
	const struct flow *flow = plan->flow;
	bool any = false, *ends;

	*target = FLOW_NONE;
	if (!run_ends(flow, plan->options, &ends, plan->arena, err))
		return false;
	for (size_t i = 0; i < flow->n; i++) {
		const struct node *node = &flow->nodes[i];
		size_t end = i;

		if (!ends[i])
			continue;
		if (plan->options->node && node->type == NODE_DESTINATION &&
		    node->n_inputs == 1)
			end = node->inputs[0].from; /* the table that it would get */
		if (plan->options->node)
			*target = end;
		mark_needed(plan, end, needed);
		any = true;
	}
	return any || fail(err, "the flow has no destination; name a node with "
				"--node ID and a file with -o FILE");
}

static bool
trusted(const struct plan *plan, const struct op *op, struct error *err)
{
	if (!(op->flags & OP_CODE) || plan->options->trust)
		return true;
	return fail(err,
		    "this step runs code that is in the flow file; look at it "
		    "(lariat show), then allow it with --trust, or :trust on the screen");
}

/* The operator of a node and its steps; none, if it does not run. */
static bool
node_steps(struct plan *plan, size_t i, struct error *err)
{
	const struct node *node = &plan->flow->nodes[i];
	const struct op *op;
	bool known;

	op = op_match(node->operator, node->parameters, &known, err);
	if (!op || !trusted(plan, op, err) ||
	    !steps_from_json(op, node->parameters, node->trained, plan->options->refit,
			     &plan->steps[i], plan->arena, err)) {
		if (plan->options->meters)
			atomic_store(&plan->options->meters[i].state, RUN_FAILED);
		return fail_in(err,
			       "%s: ", plan_label(plan, i, op ? op->name : "node").text);
	}
	return true;
}

/* The knot that a node's input reads: through nodes that are switched off. */
static size_t
input_knot(const struct plan *plan, const struct node *node, size_t j)
{
	return plan->last[node->inputs[j].from];
}

/* What stands for a node whose rows are given. */
static const struct op given_op = {
	.name = "given",
	.role = ROLE_SOURCE,
};

static bool
make_given(void *context, size_t i, const bool *wanted, struct batch **batch,
	   struct error *err)
{
	return table_columns(context, i, wanted, batch, err);
}

static bool
put_given(const struct plan *plan, const struct run_given *given, struct table *table,
	  struct error *err)
{
	const size_t rows =
		plan->options->batch_rows ? plan->options->batch_rows : RUN_BATCH_ROWS;
	const struct table_maker maker = { (void *)given->table, make_given, NULL };
	struct batch *copy;

	if (given->table) {
		table_make(table, &maker, given->table->n, given->table->rows);
		return true;
	}
	copy = batch_copy(given->rows, err);
	return copy && table_take_cut(table, copy, rows, err);
}

static bool
add_given(struct plan *plan, size_t node, const struct run_given *given,
	  struct error *err)
{
	struct knot *knot = &plan->knots[plan->n];

	knot->step = ARENA_NEW(plan->arena, struct step);
	knot->step->op = &given_op;
	knot->step->is_learned = true;
	knot->node = node;
	knot->schema = *given->schema;
	plan->last[node] = plan->n++;
	return put_given(plan, given, &knot->table, err);
}

/* The steps of a node as knots, the first reading the node's inputs. */
static void
add_knots(struct plan *plan, size_t i)
{
	const struct node *node = &plan->flow->nodes[i];
	struct steps *steps = &plan->steps[i];

	if (!steps->n) { /* switched off */
		plan->last[i] = input_knot(plan, node, 0);
		return;
	}
	for (size_t s = 0; s < steps->n; s++) {
		struct knot *knot = &plan->knots[plan->n];

		knot->step = &steps->at[s];
		knot->node = i;
		knot->n_in = s > 0 ? 1 : node->n_inputs;
		knot->in[0] = s > 0 ? plan->n - 1 : 0;
		for (size_t j = 0; s == 0 && j < node->n_inputs && j < 2; j++)
			knot->in[j] = input_knot(plan, node, j);
		plan->last[i] = plan->n++;
	}
}

/* What stands for --node: a destination that no flow file has. */
static const struct op target_op = {
	.name = "node",
	.role = ROLE_DESTINATION,
};

static void
add_target(struct plan *plan, size_t node)
{
	struct knot *knot = &plan->knots[plan->n];

	knot->step = ARENA_NEW(plan->arena, struct step);
	knot->step->op = &target_op;
	knot->step->is_learned = true;
	knot->node = node;
	knot->n_in = 1;
	knot->in[0] = plan->last[node];
	plan->target = plan->n++;
}

static bool
is_off(const struct node *node)
{
	return node->off && node->n_inputs == 1;
}

size_t
run_options_threads(const struct run_options *options)
{
	const long cores = sysconf(_SC_NPROCESSORS_ONLN);
	const size_t n = options->threads ? options->threads
			 : cores > 0      ? (size_t)cores
					  : 1;

	return n > 256 ? 256 : n;
}

bool
plan_make(struct plan *plan, struct error *err)
{
	const struct flow *flow = plan->flow;
	size_t target, n = plan->options->n_given;
	const struct run_given *given;

	plan->threads = run_options_threads(plan->options);
	plan->steps = ARENA_ARRAY(plan->arena, flow->n + 1, struct steps);
	plan->last = ARENA_ARRAY(plan->arena, flow->n + 1, size_t);
	plan->needed = ARENA_ARRAY(plan->arena, flow->n + 1, bool);
	if (!choose_targets(plan, plan->needed, &target, err))
		return false;
	for (size_t i = 0; i < flow->n; i++) {
		size_t at = flow->order[i];

		if (plan->needed[at] && !plan_given(plan, at) &&
		    !is_off(&flow->nodes[at]) && !node_steps(plan, at, err))
			return false;
		n += plan->steps[at].n;
	}
	plan->knots = ARENA_ARRAY(plan->arena, n + 2, struct knot);
	for (size_t i = 0; i < flow->n; i++) {
		size_t at = flow->order[i];

		if (!plan->needed[at])
			continue;
		given = plan_given(plan, at);
		if (!given)
			add_knots(plan, at);
		else if (!add_given(plan, at, given, err))
			return false;
	}
	plan->target = FLOW_NONE;
	if (target != FLOW_NONE)
		add_target(plan, target);
	return true;
}

static bool
shape_knot(struct plan *plan, struct knot *knot, struct error *err)
{
	struct schema in[2];

	if (knot_is_whole(knot) && knot->done)
		return true; /* its table stands */
	for (size_t i = 0; i < knot->n_in && i < 2; i++)
		in[i] = plan->knots[knot->in[i]].schema;
	if (!step_shape(knot->step, in, knot->n_in, plan->arena, err))
		return plan_fail(plan, knot, err);
	knot->schema = knot->step->out.schema;
	return true;
}

bool
plan_shape(struct plan *plan, struct error *err)
{
	for (size_t i = 0; i < plan->n; i++)
		if (plan->knots[i].step->op->role != ROLE_SOURCE &&
		    !shape_knot(plan, &plan->knots[i], err))
			return false;
	return true;
}

/* Can it learn now, and let pass meanwhile what is new to it? */
static bool
can_sift(const struct step *step)
{
	return step->op->sift && !step->is_learned && !step->blind &&
	       !(step->reads_all && step->in[0].open);
}

/* From what is needed of a knot's columns to what it needs of its input's; false if
 * the step would have to make some of it, or choose rows, and cannot yet. *strict: just
 * the rows of the end will do, where they stand then; else a step may sift them, and what
 * is above it is strict. */
static bool
need_above(const struct knot *knot, const bool *need, bool *above, bool *strict)
{
	const struct step *step = knot->step;
	bool works = step_changes_rows(step), ready = knot_is_ready(knot);

	if (works && !ready) {
		if (*strict || !can_sift(step))
			return false;
		*strict = true;
	}
	for (size_t o = 0; o < knot->schema.n; o++) {
		if (!need[o])
			continue;
		if (step->out.from[o] != SHAPE_MADE &&
		    (size_t)step->out.input[o] != step->stream)
			continue; /* of the table that stands */
		if (step->out.from[o] != SHAPE_MADE)
			above[step->out.from[o]] = true;
		else if (!ready)
			return false;
		else if (step->out.of[o] != SHAPE_MADE)
			above[step->out.of[o]] = true;
		else
			works = true;
	}
	if (ready && step->op->flags & OP_READS_TO_LEARN)
		works = false;
	for (size_t i = 0; works && i < step->in[step->stream].n; i++)
		above[i] = above[i] || step->read[i];
	return true;
}

/*
 * The root above knot k from which its columns `need` can be had now, or FLOW_NONE.
 * strict: see need_above(). mark: also note on the way what each knot must give.
 */
static size_t
climb(struct plan *plan, size_t k, const bool *need, bool strict, bool mark)
{
	for (;;) {
		struct knot *knot = &plan->knots[k];
		bool *above;

		if (mark) {
			if (!knot->wanted)
				knot->wanted =
					ARENA_ARRAY(plan->arena, knot->schema.n, bool);
			for (size_t o = 0; o < knot->schema.n; o++)
				knot->wanted[o] = knot->wanted[o] || need[o];
			knot->active = true;
		}
		if (knot_is_root(knot))
			return k;
		if (knot_is_whole(knot))
			return FLOW_NONE;
		above = ARENA_ARRAY(plan->arena, knot->step->in[knot->step->stream].n,
				    bool);
		if (!need_above(knot, need, above, &strict))
			return FLOW_NONE;
		need = above;
		k = knot_above(knot);
	}
}

/* A sink: knot k fills from its input i when the columns `need` of it are there. */
struct wish {
	size_t k, input;
	enum sink sink;
	const bool *need;
	bool head;
	bool strict; /* see need_above() */
};

static const bool *
all_of(struct plan *plan, const struct schema *schema)
{
	bool *all = ARENA_ARRAY(plan->arena, schema->n, bool);

	for (size_t i = 0; i < schema->n; i++)
		all[i] = true;
	return all;
}

/* What a destination is to get: all, but for a sink that reads some columns. */
static const bool *
delivered(struct plan *plan, size_t k, const struct schema *schema)
{
	const struct run_sink *sink = plan->options->sink;
	bool *need;

	if (k != plan->target || !sink || !sink->columns)
		return all_of(plan, schema);
	need = ARENA_ARRAY(plan->arena, schema->n + 1, bool);
	for (size_t i = 0; i < sink->columns->n; i++) {
		const int at = schema_find(schema, sink->columns->at[i]);

		if (at != SCHEMA_NONE)
			need[at] = true;
	}
	return need;
}

/* What knot k itself asks for now; false: nothing. */
static bool
wish_of(struct plan *plan, size_t k, size_t input, struct wish *wish)
{
	struct knot *knot = &plan->knots[k];
	const struct op *op = knot->step->op;
	const struct schema *in;

	if (op->role == ROLE_SOURCE || input >= knot->n_in)
		return false;
	in = &plan->knots[knot->in[input]].schema;
	*wish = (struct wish){ .k = k, .input = input, .strict = true };
	if (knot_is_whole(knot) && !step_learns(knot->step)) {
		wish->sink = SINK_COLLECT;
		wish->need = all_of(plan, in);
		return !knot->done && !knot->collected[input] && !in->open;
	}
	if (op->index) {
		wish->sink = SINK_COLLECT;
		wish->need = all_of(plan, in);
		return input != knot->step->stream && !knot->step->is_learned &&
		       !knot->collected[input] && !in->open;
	}
	if (op->role == ROLE_DESTINATION) {
		wish->sink = SINK_WRITE;
		wish->need = delivered(plan, k, in);
		return !knot->done && !in->open;
	}
	if (!knot->step->is_learned && !knot->step->blind) {
		wish->sink = SINK_LEARN;
		wish->need = knot->step->read;
		wish->head = op->flags & OP_HEAD_ONLY;
		wish->strict = op->flags & (OP_HEAD_ONLY | OP_PLACES);
		return !knot->step->reads_all || !in->open;
	}
	return false;
}

static size_t
wish_root(struct plan *plan, const struct wish *wish, bool mark)
{
	return climb(plan, plan->knots[wish->k].in[wish->input], wish->need, wish->strict,
		     mark);
}

/* The first wish that can be met decides root and kind of pass. */
static bool
find_pass(struct plan *plan, bool head, size_t *root)
{
	struct wish wish;

	for (size_t k = 0; k < plan->n; k++)
		for (size_t input = 0; input < 2; input++) {
			if (!wish_of(plan, k, input, &wish) || wish.head != head)
				continue;
			*root = wish_root(plan, &wish, false);
			if (*root != FLOW_NONE)
				return true;
		}
	return false;
}

static void
mark_pass(struct plan *plan, bool head, size_t root)
{
	struct wish wish;

	for (size_t k = 0; k < plan->n; k++)
		for (size_t input = 0; input < 2; input++) {
			struct knot *knot = &plan->knots[k];

			if (!wish_of(plan, k, input, &wish) || wish.head != head ||
			    wish_root(plan, &wish, false) != root)
				continue;
			wish_root(plan, &wish, true);
			knot->active = true;
			knot->sink = wish.sink;
			knot->sink_input |= 1u << input;
		}
}

static const struct knot *
first_undone(const struct plan *plan)
{
	for (size_t k = 0; k < plan->n; k++) {
		const struct knot *knot = &plan->knots[k];

		if (!knot->done && knot->step->op->role == ROLE_DESTINATION)
			return knot;
	}
	return NULL;
}

bool
plan_next(struct plan *plan, size_t *root, bool *head, bool *any, struct error *err)
{
	const struct knot *undone = first_undone(plan);

	*any = undone != NULL;
	if (!undone)
		return true;
	/* Looking at the first rows is cheap and opens the way for more. */
	*head = find_pass(plan, true, root);
	if (!*head && !find_pass(plan, false, root))
		return fail(err, "it cannot run: what it needs is never made") ||
		       plan_fail(plan, undone, err);
	mark_pass(plan, *head, *root);
	return true;
}

bool *
plan_used(const struct plan *plan)
{
	bool *used = ARENA_ARRAY(plan->arena, plan->n + 1, bool);

	for (size_t k = plan->n; k-- > 0;) {
		const struct knot *knot = &plan->knots[k];

		/* a step that streams is served when everything below it is */
		for (size_t i = 0;
		     !knot_is_served(knot, used[k]) && i < knot->n_in && i < 2; i++)
			if (!knot->step->op->index || !knot->collected[i])
				used[knot->in[i]] = true;
	}
	return used;
}

void
plan_clear(struct plan *plan)
{
	for (size_t k = 0; k < plan->n; k++) {
		plan->knots[k].active = false;
		plan->knots[k].wanted = NULL;
		plan->knots[k].sink = SINK_NONE;
		plan->knots[k].sink_input = 0;
	}
}

void
plan_release(struct plan *plan)
{
	for (size_t k = 0; k < plan->n; k++) {
		struct knot *knot = &plan->knots[k];

		source_close(knot->source);
		for (int i = 0; i < 2; i++)
			table_release(&knot->tables[i]);
		table_release(&knot->table);
	}
	for (size_t i = 0; plan->steps && i < plan->flow->n; i++)
		steps_release(&plan->steps[i]);
	spill_drop(plan->spill);
}
