/*
 * run - from a flow to its destinations: plan, passes, whole-table steps, delivery.
 */
#include "run/run.h"

#include <pthread.h>
#include <stdlib.h>

#include "flow/edit.h"
#include "io/io.h"
#include "run/deliver.h"
#include "run/feed.h"
#include "run/forecast.h"
#include "run/meter.h"
#include "run/origin.h"
#include "run/pins.h"
#include "run/plan.h"
#include "run/sweep.h"

struct run {
	struct plan plan;
	struct flow *flow;
	const struct run_options *options;
	struct run_report *report;
	struct deliver **deliveries; /* by knot */
};

static bool
open_sources(struct run *run, struct error *err)
{
	for (size_t k = 0; k < run->plan.n; k++) {
		struct knot *knot = &run->plan.knots[k];

		if (knot->step->op->role == ROLE_SOURCE && !knot_is_given(knot) &&
		    !origin_open(&run->plan, knot, err))
			return plan_fail(&run->plan, knot, err);
	}
	return true;
}

/* Tables that are about to be collected. */
static bool
open_tables(struct run *run, struct error *err)
{
	for (size_t k = 0; k < run->plan.n; k++) {
		struct knot *knot = &run->plan.knots[k];

		for (size_t i = 0; knot->sink == SINK_COLLECT && i < 2; i++)
			if (knot->sink_input >> i & 1 &&
			    !table_may_spill(&knot->tables[i], run->plan.spill, err))
				return false;
	}
	return true;
}

/* Destinations are opened when their columns are known, just before they are filled. */
static bool
open_deliveries(struct run *run, struct error *err)
{
	for (size_t k = 0; k < run->plan.n; k++) {
		struct knot *knot = &run->plan.knots[k];

		if (knot->sink != SINK_WRITE)
			continue;
		run->deliveries[k] = deliver_open(
			&run->plan, knot, &run->plan.knots[knot->in[0]].schema, err);
		if (!run->deliveries[k])
			return plan_fail(&run->plan, knot, err);
	}
	return true;
}

/* What code printed is for the user. */
static void
take_note(void *listener, struct text text)
{
	struct run_report *report = listener;

	names_add(&report->notes, arena_text_n(&report->arena, text.data, text.size),
		  &report->arena);
}

/* It has worked on one thread, from then to now. */
static void
spend(struct run *run, struct knot *knot, uint64_t start)
{
	const uint64_t now = work_clock(run->options->pause);
	const uint64_t nanoseconds = now > start ? now - start : 0;

	knot->nanoseconds += nanoseconds;
	meter_whole(&run->plan, (size_t)(knot - run->plan.knots), nanoseconds);
}

/* What is before the run, for who looks on: a pass over a root. */
static void
foresee_pass(struct run *run, size_t root, bool head)
{
	struct run_progress *told = &run->plan.told;
	struct forecast forecast;

	told->pass++;
	told->past += told->weight;
	if (!run->options->progress)
		return;
	forecast_make(&run->plan, root, head, &forecast);
	told->weight = forecast.weight;
	told->ahead = forecast.ahead;
	told->is_even = forecast.is_even;
}

/* A step that has all rows begins; nobody knows how long it takes. */
static void
foresee_whole(struct run *run, const struct knot *knot)
{
	struct run_progress *told = &run->plan.told;
	const uint64_t weight =
		forecast_weight(&run->plan, (size_t)(knot - run->plan.knots));

	told->past += told->weight;
	told->weight = weight;
	told->ahead -= weight < told->ahead ? weight : told->ahead;
	told->is_even = false;
	told->what = knot->step->op->title;
	told->rows = knot->tables[0].rows + knot->tables[1].rows;
	if (run->options->progress)
		run->options->progress(run->options->progress_context, told);
}

static bool
run_whole(struct run *run, struct knot *knot, struct error *err)
{
	struct table *in[2] = { &knot->tables[0], &knot->tables[1] };
	struct schema *schema = ARENA_NEW(run->plan.arena, struct schema);
	const struct op *op = knot->step->op;
	struct call call = {
		.fields = knot->step->fields,
		.learned = knot->step->learned,
		.in = knot->step->in,
		.out = &knot->step->made,
		.seconds = run->options->code_seconds,
		.threads = run->plan.threads,
		.spill = run->plan.spill,
		.cancel = run->options->cancel,
		.pause = run->options->pause,
		.note = take_note,
		.listener = run->report,
	};
	uint64_t start = work_clock(run->options->pause);

	*schema = knot->step->out.schema;
	schema->open = false;
	foresee_whole(run, knot);
	meter_set(&run->plan, (size_t)(knot - run->plan.knots), RUN_WORKING);
	if (!table_may_spill(&knot->table, run->plan.spill, err) ||
	    !(knot->outgrown ? op->outgrown : op->whole)(&call, in, &knot->table, schema,
							 run->plan.arena, err))
		return plan_fail(&run->plan, knot, err);
	knot->schema = *schema;
	knot->done = true;
	knot->rows = knot->table.rows;
	table_release(&knot->tables[0]);
	table_release(&knot->tables[1]);
	if (step_learns(knot->step) && knot->step->op->forget)
		knot->step->op->forget(knot->step->learned); /* its table has it all */
	spend(run, knot, start);
	return true;
}

/* The table beside a stream is there, and so are the columns of the stream. */
static bool
can_index(const struct knot *knot)
{
	return knot->step->op->index && !knot->step->is_learned && !knot->outgrown &&
	       knot->collected[1 - knot->step->stream] && !knot->step->in[0].open &&
	       !knot->step->in[1].open;
}

static bool
run_index(struct run *run, struct knot *knot, struct error *err)
{
	struct table *table = &knot->tables[1 - knot->step->stream];
	struct call call = {
		.fields = knot->step->fields,
		.in = knot->step->in,
		.cancel = run->options->cancel,
		.pause = run->options->pause,
	};
	uint64_t start = work_clock(run->options->pause);

	if (knot->step->op->fits && !knot->step->op->fits(&call, table)) {
		knot->outgrown = true;
		return true;
	}
	if (!knot->step->op->index(&call, table, knot->step->learned, err))
		return plan_fail(&run->plan, knot, err);
	table_release(table);
	knot->step->is_learned = true;
	spend(run, knot, start);
	return true;
}

static bool
run_indexes(struct run *run, struct error *err)
{
	for (size_t k = 0; k < run->plan.n; k++) {
		struct knot *knot = &run->plan.knots[k];

		if (can_index(knot) && !run_index(run, knot, err))
			return false;
	}
	return true;
}

static bool
run_wholes(struct run *run, struct error *err)
{
	for (size_t k = 0; k < run->plan.n; k++) {
		struct knot *knot = &run->plan.knots[k];
		bool learns = step_learns(knot->step);
		bool all = knot_is_whole(knot) && !knot->done &&
			   (!learns || knot->step->is_learned);

		for (size_t i = 0; all && !learns && i < knot->n_in; i++)
			all = knot->collected[i];
		if (all && !run_whole(run, knot, err))
			return false;
	}
	return true;
}

/* Tables whose users are all served give their memory back. */
static void
free_served_tables(struct plan *plan)
{
	const bool *used = plan_used(plan);

	for (size_t k = 0; k < plan->n; k++) {
		const struct knot *knot = &plan->knots[k];

		if (knot_is_root(knot) && !used[k])
			table_release(&plan->knots[k].table);
		if (knot->step->op->index && knot->step->is_learned && !used[k])
			knot->step->op->forget(knot->step->learned);
	}
}

static bool
run_passes(struct run *run, struct error *err)
{
	struct plan *plan = &run->plan;
	bool any = true, head;
	size_t root;

	for (;;) {
		plan_clear(plan);
		if (!plan_shape(plan, err) || !run_indexes(run, err) ||
		    !plan_next(plan, &root, &head, &any, err))
			return false;
		if (!any)
			return true;
		foresee_pass(run, root, head);
		meter_start(plan, head);
		if (!open_deliveries(run, err) || !open_tables(run, err) ||
		    !sweep_run(plan, root, head, run->deliveries, err) ||
		    !run_wholes(run, err))
			return false;
		meter_end(plan);
		free_served_tables(plan);
	}
}

static bool
commit(struct run *run, struct error *err)
{
	struct run_report *report = run->report;

	report->deliveries =
		ARENA_ARRAY(&report->arena, run->plan.n + 1, struct run_delivery);
	for (size_t k = 0; k < run->plan.n; k++) {
		struct run_delivery *delivery = &report->deliveries[report->n_deliveries];

		if (!run->deliveries[k] || deliver_is_sink(run->deliveries[k]))
			continue;
		delivery->id = arena_text(&report->arena,
					  run->flow->nodes[run->plan.knots[k].node].id);
		if (!deliver_commit(run->deliveries[k], delivery, &report->warnings,
				    &report->arena, err))
			return plan_fail(&run->plan, &run->plan.knots[k], err);
		report->n_deliveries++;
	}
	return true;
}

static void
copy_schema(struct schema *to, const struct schema *from, struct arena *arena)
{
	*to = (struct schema){ .open = from->open };
	for (size_t i = 0; i < from->n; i++)
		schema_add(to, from->at[i].name, from->at[i].type, arena);
}

static struct run_node *
add_node(struct run_report *report, const struct run_node *like)
{
	struct run_node *at = &report->nodes[report->n_nodes++];

	*at = *like;
	at->id = arena_text(&report->arena, like->id);
	at->operator= arena_text(&report->arena, like->operator);
	at->title = arena_text(&report->arena, like->title);
	copy_schema(&at->schema, &like->schema, &report->arena);
	return at;
}

static bool
is_told(const struct run_report *report, const char *id)
{
	for (size_t i = 0; i < report->n_nodes; i++)
		if (strcmp(report->nodes[i].id, id) == 0)
			return true;
	return false;
}

/* Nodes as they were when rows that were kept were made, if they did not run anew. */
static void
report_kept(struct run *run, const struct run_given *given)
{
	struct run_report *report = run->report;

	if (!given || !given->made)
		return;
	names_add(&report->pinned, arena_text(&report->arena, given->node),
		  &report->arena);
	for (size_t i = 0; i < given->made->n_nodes; i++) {
		const struct run_node *made = &given->made->nodes[i];
		const size_t place = flow_place(run->flow, made->id);
		const bool runs = place != FLOW_NONE && run->plan.needed[place] &&
				  !plan_given(&run->plan, place);

		if (place != FLOW_NONE && !runs && !is_told(report, made->id))
			add_node(report, made)->ran = false;
	}
}

static void
report_nodes(struct run *run)
{
	struct run_report *report = run->report;
	struct run_node *at = NULL;

	report->nodes = ARENA_ARRAY(&report->arena, run->plan.n + run->flow->n + 1,
				    struct run_node);
	for (size_t k = 0; k < run->plan.n; k++) {
		const struct knot *knot = &run->plan.knots[k];
		const struct node *node = &run->flow->nodes[knot->node];

		if (k == run->plan.target)
			continue;
		if (knot_is_given(knot)) {
			report_kept(run, plan_given(&run->plan, knot->node));
			continue;
		}
		if (!at || k == 0 || run->plan.knots[k - 1].node != knot->node)
			at = add_node(report,
				      &(struct run_node){ .id = node->id,
							  .operator= node->operator,
							  .title = knot->step->op->title,
							  .ran = true });
		at->rows = knot->rows;
		at->seconds += (double)knot->nanoseconds / 1e9;
		copy_schema(&at->schema, &knot->schema, &report->arena);
	}
}

/* What was learned goes into the document, as one change. */
static bool
record(struct run *run, struct error *err)
{
	const struct flow *flow = run->flow;
	const struct json **trained =
		ARENA_ARRAY(run->plan.arena, flow->n + 1, const struct json *);
	bool any = false;

	for (size_t i = 0; i < flow->n; i++) {
		const struct json *now;

		if (!run->plan.steps[i].n)
			continue;
		now = steps_record(&run->plan.steps[i], flow->nodes[i].trained,
				   &run->flow->arena);
		if (now == flow->nodes[i].trained)
			continue;
		trained[i] = now;
		any = true;
	}
	return !any || flow_set_trained(run->flow, trained, err);
}

static bool
run_all(struct run *run, struct error *err)
{
	if (!plan_make(&run->plan, err) || !deliver_places(&run->plan, err) ||
	    !open_sources(run, err))
		return false;
	run->deliveries = ARENA_ARRAY(run->plan.arena, run->plan.n + 1, struct deliver *);
	return run_passes(run, err) && commit(run, err) && record(run, err);
}

static bool
run_flow_as_told(struct flow *flow, const struct run_options *options,
		 struct run_report *report, struct error *err)
{
	struct arena arena = { 0 };
	struct run run = { .flow = flow, .options = options, .report = report };
	const uint64_t start = work_clock(options->pause);
	bool ok;

	*report = (struct run_report){ 0 };
	run.plan = (struct plan){ .arena = &arena,
				  .flow = flow,
				  .options = options,
				  .report_arena = &report->arena,
				  .warnings = &report->warnings };
	run.plan.spill = spill_new(options->temp_dir, err);
	ok = run.plan.spill && run_all(&run, err);
	for (size_t k = 0; run.deliveries && k < run.plan.n; k++)
		deliver_close(run.deliveries[k]);
	for (size_t k = 0; ok && k < run.plan.n; k++)
		origin_warn(&run.plan.knots[k], &report->warnings, &report->arena);
	if (ok)
		report_nodes(&run);
	report->spilled_bytes = run.plan.spill ? spill_bytes(run.plan.spill) : 0;
	plan_release(&run.plan);
	arena_release(&arena);
	report->seconds = (double)(work_clock(options->pause) - start) / 1e9;
	report->peak_bytes = memory_peak();
	report->resident_bytes = memory_resident();
	return ok;
}

bool
run_flow(struct flow *flow, const struct run_options *options, struct run_report *report,
	 struct error *err)
{
	struct pins_use use;
	bool ok;

	pins_use(flow, options, &use);
	ok = run_flow_as_told(flow, &use.options, report, err);
	for (size_t i = 0; i < use.passed_over.n; i++)
		names_add(&report->passed_over,
			  arena_text(&report->arena, use.passed_over.at[i]),
			  &report->arena);
	pins_use_release(&use);
	return ok;
}

bool
run_paths(const struct flow *flow, const struct run_options *options,
	  struct run_delivery **out, size_t *n, struct arena *arena, struct error *err)
{
	struct plan plan = { .arena = arena, .flow = flow, .options = options };
	bool ok = plan_make(&plan, err) && deliver_places(&plan, err);

	*n = 0;
	*out = ARENA_ARRAY(arena, plan.n + 1, struct run_delivery);
	for (size_t k = 0; ok && k < plan.n; k++)
		if (plan.knots[k].path)
			(*out)[(*n)++] = (struct run_delivery){
				.id = arena_text(arena,
						 flow->nodes[plan.knots[k].node].id),
				.path = plan.knots[k].path,
			};
	plan_release(&plan);
	return ok;
}

void
run_report_release(struct run_report *report)
{
	arena_release(&report->arena);
}

static struct names
copy_names(const struct names *names, struct arena *arena)
{
	struct names copy = { 0 };

	for (size_t i = 0; i < names->n; i++)
		names_add(&copy, arena_text(arena, names->at[i]), arena);
	return copy;
}

static const char *
copy_text(const char *text, struct arena *arena)
{
	return text ? arena_text(arena, text) : NULL;
}

struct run_options
run_options_copy(const struct run_options *options, struct arena *arena)
{
	struct run_options copy = *options;

	copy.maps = copy_names(&options->maps, arena);
	copy.sources = copy_names(&options->sources, arena);
	copy.params = copy_names(&options->params, arena);
	copy.node = copy_text(options->node, arena);
	copy.from = copy_text(options->from, arena);
	copy.output = copy_text(options->output, arena);
	copy.output_dir = copy_text(options->output_dir, arena);
	copy.temp_dir = copy_text(options->temp_dir, arena);
	return copy;
}
