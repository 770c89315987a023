/*
 * census - checks a flow, then runs it to each loose end and throws the rows away.
 *
 * A run tells the rows and columns of every node above its end. If all rows take longer
 * than a moment, the runs are made again on the first rows of each source. Where a run
 * fails, the nodes above its end are run one by one: the first that fails is wrong.
 */
#include "desk/census.h"

#include <stdlib.h>

#include "base/clock.h"
#include "desk/job.h"
#include "desk/paths.h"
#include "run/check.h"
#include "run/head.h"
#include "run/pins.h"

enum { PATIENCE = 1500 /* milliseconds for all rows */ };

static const uint64_t hash_start = 0xcbf29ce484222325u;

/* FNV-1a (Fowler, Noll, Vo). */
static uint64_t
hash(uint64_t h, const void *bytes, size_t size)
{
	const unsigned char *p = bytes;

	for (size_t i = 0; i < size; i++)
		h = (h ^ p[i]) * 0x100000001b3u;
	return h;
}

static uint64_t
hash_text(uint64_t h, const char *text)
{
	return hash(h, text, strlen(text) + 1);
}

static bool
hash_parameters(const struct node *node, struct buffer *buffer, uint64_t *h,
		struct error *err)
{
	buffer->size = 0;
	if (node->parameters && !json_write(node->parameters, NULL, buffer, err))
		return false;
	*h = hash(*h, buffer->data, buffer->size);
	return true;
}

bool
census_prints(const struct flow *flow, uint64_t *prints, struct error *err)
{
	struct buffer *buffer = buffer_new(0, err);
	bool ok = buffer != NULL;

	for (size_t k = 0; ok && k < flow->n; k++) {
		const struct node *node = &flow->nodes[flow->order[k]];
		uint64_t h = hash_text(hash_start, node->operator);

		h = hash(h, &node->off, sizeof node->off);
		for (size_t i = 0; i < node->n_inputs; i++) {
			h = hash_text(h, node->inputs[i].output);
			if (node->inputs[i].from != FLOW_NONE)
				h = hash(h, &prints[node->inputs[i].from], sizeof h);
		}
		ok = hash_parameters(node, buffer, &h, err);
		prints[flow->order[k]] = h;
	}
	buffer_drop(buffer);
	return ok;
}

/* --- a copy of what is asked about --- */

static void
copy_names(struct names *to, const struct names *from, struct arena *arena)
{
	*to = (struct names){ 0 };
	for (size_t i = 0; i < from->n; i++)
		names_add(to, arena_text(arena, from->at[i]), arena);
}

static void
copy_options(struct census *census, const struct run_options *options, bool is_trusted)
{
	census->options = (struct run_options){
		.trust = options->trust || is_trusted,
		.code_seconds = options->code_seconds,
		.threads = options->threads,
		.pins = options->pins,
	};
	copy_names(&census->options.maps, &options->maps, &census->arena);
	copy_names(&census->options.sources, &options->sources, &census->arena);
	copy_names(&census->options.params, &options->params, &census->arena);
	if (options->temp_dir)
		census->options.temp_dir = arena_text(&census->arena, options->temp_dir);
}

struct census *
census_new(const struct flow *flow, const struct run_options *options, bool is_trusted,
	   struct error *err)
{
	struct census *census = calloc(1, sizeof *census);

	if (!census) {
		fail(err, "no memory to look at the flow");
		return NULL;
	}
	if (!work_snapshot(flow, &census->flow, err)) {
		free(census);
		return NULL;
	}
	copy_options(census, options, is_trusted);
	census->at = ARENA_ARRAY(&census->arena, flow->n + 1, struct step_standing);
	return census;
}

void
census_release(void *context)
{
	struct census *census = context;

	flow_release(&census->flow);
	arena_release(&census->arena);
	free(census);
}

/* --- verdicts --- */

static bool
is_locked(const struct census *census, const struct node *node)
{
	struct error err;
	bool known;
	const struct op *op = op_match(node->operator, node->parameters, &known, &err);

	return op && op->flags & OP_CODE && !census->options.trust && !node->off;
}

static enum step_state
state_of(enum verdict verdict)
{
	static const enum step_state states[VERDICTS] = {
		[VERDICT_FINE] = STEP_FINE,   [VERDICT_OFF] = STEP_OFF,
		[VERDICT_CHART] = STEP_CHART, [VERDICT_UNKNOWN] = STEP_FOREIGN,
		[VERDICT_WRONG] = STEP_WRONG, [VERDICT_BLOCKED] = STEP_BLOCKED,
	};

	return states[verdict];
}

static bool
is_good(const struct census *census, size_t i)
{
	return census->at[i].state == STEP_FINE || census->at[i].state == STEP_OFF;
}

/* Nothing gets past a node that may not run, or does not. */
static void
block_below(struct census *census)
{
	const struct flow *flow = &census->flow;

	for (size_t k = 0; k < flow->n; k++) {
		const size_t i = flow->order[k];
		const struct node *node = &flow->nodes[i];

		for (size_t j = 0; j < node->n_inputs; j++)
			if (is_good(census, i) && node->inputs[j].from != FLOW_NONE &&
			    !is_good(census, node->inputs[j].from)) {
				census->at[i].state = STEP_BLOCKED;
				census->at[i].has_rows = census->at[i].has_columns =
					false;
			}
	}
}

static void
judge(struct census *census, size_t i, const struct verdict_of *verdict)
{
	struct step_standing *at = &census->at[i];

	at->state = state_of(verdict->verdict);
	at->problem = arena_text(&census->arena, verdict->problem);
	if (verdict->file)
		at->file = paths_short(arena_text(&census->arena, verdict->file),
				       &census->arena);
	at->has_columns = is_good(census, i) && !verdict->schema.open;
	at->columns = verdict->schema.n;
	if (at->state == STEP_FINE && is_locked(census, &census->flow.nodes[i])) {
		at->state = STEP_LOCKED;
		at->problem = "it runs code: read it, then :trust lets it run";
	}
}

static void
check(struct census *census, const atomic_bool *cancel)
{
	struct check check;
	struct error err = { 0 };

	census->options.cancel = cancel;
	for (size_t i = 0; i < census->flow.n; i++)
		census->at[i].problem = "";
	if (check_flow(&census->flow, &census->options, true, &check, &err))
		for (size_t i = 0; i < census->flow.n; i++)
			judge(census, i, &check.nodes[i]);
	check_release(&check);
	block_below(census);
}

/* --- rows --- */

struct counter {
	struct census *census;
	const atomic_bool *cancel;
	atomic_bool is_over; /* cancelled, or out of patience */
	int64_t start;       /* milliseconds of the clock */
	bool is_patient;
	struct head *heads; /* of sources, by place; none: all rows are read */
	struct run_given *given;
	size_t n_given;
	bool *is_done; /* by place */
};

static void
look_at_clock(void *context, const struct run_progress *progress)
{
	struct counter *counter = context;

	(void)progress;
	if (atomic_load(counter->cancel) ||
	    (!counter->is_patient && clock_milliseconds() - counter->start > PATIENCE))
		atomic_store(&counter->is_over, true);
}

/* Rows that end here are of no use to anybody; but they end a wait. */
static bool
forget_rows(void *context, const struct schema *schema, const struct batch *batch,
	    bool *enough, struct error *err)
{
	(void)schema;
	(void)batch;
	(void)enough;
	look_at_clock(context, NULL);
	return !atomic_load(&((struct counter *)context)->is_over) || fail_cancelled(err);
}

static void
note(struct counter *counter, size_t i, uint64_t rows, const struct schema *schema,
     double seconds)
{
	struct step_standing *at = &counter->census->at[i];

	at->has_rows = true;
	at->rows = rows;
	at->is_sample = counter->heads != NULL;
	at->has_columns = true;
	at->columns = schema->n;
	at->has_seconds = true;
	at->seconds = seconds;
	counter->is_done[i] = true;
}

static bool
run_to(struct counter *counter, size_t i, struct error *err)
{
	struct census *census = counter->census;
	struct run_sink sink = { forget_rows, counter };
	struct run_options options = census->options;
	struct run_report report;
	bool ok;

	options.node = census->flow.nodes[i].id;
	options.sink = &sink;
	options.given = counter->given;
	options.n_given = counter->n_given;
	options.cancel = &counter->is_over;
	options.progress = look_at_clock;
	options.progress_context = counter;
	if (counter->heads) /* they stand for kept rows as well */
		options.pins = NULL;
	ok = run_flow(&census->flow, &options, &report, err);
	for (size_t k = 0; ok && k < report.n_nodes; k++) {
		const size_t place = flow_place(&census->flow, report.nodes[k].id);

		if (place != FLOW_NONE && !counter->is_done[place])
			note(counter, place, report.nodes[k].rows,
			     &report.nodes[k].schema, report.nodes[k].seconds);
	}
	run_report_release(&report);
	counter->is_done[i] = ok;
	return ok;
}

static void
find_above(const struct flow *flow, size_t end, bool *above)
{
	above[end] = true;
	for (size_t k = flow->n; k-- > 0;) {
		const struct node *node = &flow->nodes[flow->order[k]];

		for (size_t j = 0; above[flow->order[k]] && j < node->n_inputs; j++)
			if (node->inputs[j].from != FLOW_NONE)
				above[node->inputs[j].from] = true;
	}
}

/* The run to an end failed: who is it? */
static void
find_wrong(struct counter *counter, size_t end)
{
	struct census *census = counter->census;
	const struct flow *flow = &census->flow;
	bool *above = ARENA_ARRAY(&census->arena, flow->n + 1, bool);

	find_above(flow, end, above);
	for (size_t k = 0; k < flow->n; k++) {
		const size_t i = flow->order[k];
		struct error err = { 0 };

		if (!above[i] || counter->is_done[i] || !is_good(census, i) ||
		    run_to(counter, i, &err))
			continue;
		if (!err.cancelled) {
			census->at[i].state = STEP_WRONG;
			census->at[i].problem = arena_print(
				&census->arena, "%s%s", err.text,
				counter->heads ? " (seen on the first rows alone: "
						 "a run of all of them may differ)"
					       : "");
			block_below(census);
		}
		return;
	}
}

/* Rows come out of it, and nobody whose rows count reads it. */
static bool
is_end(const struct census *census, size_t place)
{
	const struct flow *flow = &census->flow;
	const enum node_type type = flow->nodes[place].type;

	if (!is_good(census, place) || type == NODE_DESTINATION ||
	    type == NODE_VISUALIZATION)
		return false;
	for (size_t i = 0; i < flow->n; i++)
		for (size_t j = 0; j < flow->nodes[i].n_inputs; j++)
			if (flow->nodes[i].inputs[j].from == place &&
			    is_good(census, i) && flow->nodes[i].type != NODE_DESTINATION)
				return false;
	return true;
}

/* A destination and a step that is off have what they read. */
static void
pass_on(struct census *census)
{
	const struct flow *flow = &census->flow;

	for (size_t k = 0; k < flow->n; k++) {
		const struct node *node = &flow->nodes[flow->order[k]];
		struct step_standing *at = &census->at[flow->order[k]];

		if (node->n_inputs != 1 || node->inputs[0].from == FLOW_NONE ||
		    !(at->state == STEP_OFF ||
		      (at->state == STEP_FINE && node->type == NODE_DESTINATION)))
			continue;
		*at = (struct step_standing){
			.state = at->state,
			.problem = at->problem,
			.has_rows = census->at[node->inputs[0].from].has_rows,
			.has_columns = census->at[node->inputs[0].from].has_columns,
			.rows = census->at[node->inputs[0].from].rows,
			.columns = census->at[node->inputs[0].from].columns,
			.is_sample = census->at[node->inputs[0].from].is_sample,
		};
	}
}

/* Rows of it come from nobody else: a source, or kept ones. */
static bool
is_start(struct census *census, size_t place)
{
	const struct node *node = &census->flow.nodes[place];
	struct pin_facts facts;
	struct error err = { 0 };
	bool found = false;

	if (!is_good(census, place))
		return false;
	if (node->type == NODE_SOURCE || !census->options.pins)
		return node->type == NODE_SOURCE;
	return pins_find(census->options.pins, &census->flow, node->id, &census->options,
			 &found, &facts, &err) &&
	       found;
}

/* The first rows of every source, as rows that are given. */
static void
take_heads(struct counter *counter)
{
	struct census *census = counter->census;
	const size_t n = census->flow.n;

	counter->heads = ARENA_ARRAY(&census->arena, n + 1, struct head);
	counter->given = ARENA_ARRAY(&census->arena, n + 1, struct run_given);
	for (size_t i = 0; i < n; i++) {
		const struct node *node = &census->flow.nodes[i];
		struct head *head = &counter->heads[i];
		struct error err = { 0 };

		if (!is_start(census, i))
			continue;
		if (!head_of_node(&census->flow, node->id, &census->options, STATES_ROWS,
				  head, &err))
			continue;
		counter->given[counter->n_given++] = (struct run_given){
			arena_text(&census->arena, census->flow.nodes[i].id),
			&head->schema,
			head->rows,
		};
		note(counter, i, head->rows->rows, &head->schema, 0);
		census->at[i].has_seconds = false;
	}
}

static void
drop_heads(struct counter *counter)
{
	for (size_t i = 0; counter->heads && i < counter->census->flow.n; i++)
		head_release(&counter->heads[i]);
	counter->heads = NULL;
}

/* False: out of patience. */
static bool
count_all(struct counter *counter)
{
	struct census *census = counter->census;

	for (size_t i = 0; i < census->flow.n; i++) {
		struct error err = { 0 };

		if (!is_end(census, i) || counter->is_done[i] || run_to(counter, i, &err))
			continue;
		if (atomic_load(&counter->is_over))
			return false;
		find_wrong(counter, i);
	}
	return true;
}

static void
count(struct census *census, const atomic_bool *cancel)
{
	struct counter counter = { .census = census, .cancel = cancel };

	counter.is_done = ARENA_ARRAY(&census->arena, census->flow.n + 1, bool);
	counter.start = clock_milliseconds();
	census->options.cancel = cancel;
	if ((census->is_large || !count_all(&counter)) && !atomic_load(cancel)) {
		census->is_large = counter.is_patient = true;
		atomic_store(&counter.is_over, false);
		memset(counter.is_done, 0, census->flow.n * sizeof *counter.is_done);
		take_heads(&counter);
		count_all(&counter);
		drop_heads(&counter);
	}
	pass_on(census);
}

/* --- both --- */

void
census_work(void *context, const atomic_bool *cancel)
{
	struct census *census = context;

	if (!job_pause(census->delay, cancel)) /* until hands come to rest */
		return;
	census->delay = 0;
	if (!census->is_checked) {
		check(census, cancel);
		census->is_checked = true;
	} else {
		count(census, cancel);
		census->is_counted = true;
	}
}
