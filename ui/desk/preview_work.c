/*
 * preview_work - reads what a step reads, runs the step alone, and compares.
 *
 * What it reads is kept (run/cache.h) under what it is made of, for as long as the
 * previewer lives: steps above that have to learn first do so once, not at each
 * keystroke.
 */
#include "desk/preview_work.h"

#include "base/clock.h"
#include "base/sha1.h"
#include "desk/preview_diff.h"
#include "op/step.h"
#include "run/head.h"

/* --- what the step reads --- */

/* The node and all above it. */
static void
mark_above(const struct flow *flow, size_t place, bool *above)
{
	above[place] = true;
	for (size_t k = flow->n; k-- > 0;) {
		const struct node *node = &flow->nodes[flow->order[k]];

		for (size_t i = 0; above[flow->order[k]] && i < node->n_inputs; i++)
			above[node->inputs[i].from] = true;
	}
}

/* A fingerprint of what the rows of a node are made of. */
static bool
key_of(struct ask *ask, size_t place, char key[41], struct error *err)
{
	const struct flow *flow = &ask->flow;
	bool *above = ARENA_ARRAY(&ask->arena, flow->n + 1, bool);
	struct buffer *text = buffer_new(0, err);
	bool ok = text != NULL;

	mark_above(flow, place, above);
	for (size_t k = 0; ok && k < flow->n; k++)
		if (above[flow->order[k]])
			ok = json_write(flow->nodes[flow->order[k]].json, NULL, text,
					err);
	if (ok)
		sha1_hex(text->data, text->size, key);
	buffer_drop(text);
	return ok;
}

static bool
read_rows(struct ask *ask, size_t place, size_t rows, const char *key, struct kept *out,
	  struct error *err)
{
	struct run_options options = ask->options;
	struct head head;

	options.threads = 0;
	if (!head_of_node(&ask->flow, arena_text(&ask->arena, ask->flow.nodes[place].id),
			  &options, rows + 1, &head, err))
		return false;
	*out = (struct kept){
		.rows = head.rows,
		.complete = head.rows->rows <= rows,
	};
	head.rows = NULL;
	for (size_t i = 0; i < head.schema.n; i++)
		schema_add(&out->schema, head.schema.at[i].name, head.schema.at[i].type,
			   &ask->arena);
	head_release(&head);
	cache_put(ask->shelf->cache, key, out);
	return true;
}

/* The first rows of the table that an input is; one more tells that there are others. */
static bool
input_rows(struct ask *ask, size_t place, size_t rows, struct kept *out,
	   struct error *err)
{
	char key[41];
	bool found;

	if (!key_of(ask, place, key, err) ||
	    !cache_find(ask->shelf->cache, key, rows, out, &found, &ask->arena, err))
		return false;
	return found || read_rows(ask, place, rows, key, out, err);
}

/* No more rows than were asked for. */
static bool
cut(struct kept *kept, size_t rows, struct error *err)
{
	struct batch *part;

	if (kept->rows->rows <= rows)
		return true;
	part = batch_slice(kept->rows, 0, rows, err);
	batch_free(kept->rows);
	kept->rows = part;
	kept->complete = false;
	return part != NULL;
}

static void
copy_schema(struct schema *to, const struct schema *from, struct arena *arena)
{
	for (size_t i = 0; i < from->n; i++)
		schema_add(to, from->at[i].name, from->at[i].type, arena);
}

/* Both tables of the step; those that are there are shown and given to the run. */
static bool
read_inputs(struct ask *ask, size_t place, struct kept kept[2], size_t *n,
	    struct error *err)
{
	struct preview *preview = ask->preview;
	const size_t inputs = ask->flow.nodes[place].n_inputs;

	for (*n = 0; *n < inputs && *n < 2; ++*n) {
		const size_t rows = *n ? PREVIEW_SECOND : PREVIEW_ROWS;
		const size_t from = ask->flow.nodes[place].inputs[*n].from;

		if (!input_rows(ask, from, rows, &kept[*n], err) ||
		    !cut(&kept[*n], rows, err))
			return false;
		preview->is_whole = preview->is_whole && kept[*n].complete;
		copy_schema(*n ? &preview->second_schema : &preview->before_schema,
			    &kept[*n].schema, &preview->arena);
	}
	preview->before = *n ? batch_copy(kept[0].rows, err) : batch_new(0, 0, err);
	preview->has_before = *n > 0;
	return preview->before != NULL;
}

/* --- the step --- */

static bool
run_step(struct ask *ask, struct kept *kept, size_t n, struct error *err)
{
	struct preview *preview = ask->preview;
	struct run_options options = ask->options;
	const size_t place = flow_place(&ask->flow, ask->node);
	const struct node *node = &ask->flow.nodes[place];
	const struct json *trained = node->trained;
	struct run_given given[2];
	struct head head;

	for (size_t i = 0; i < n; i++)
		given[i] = (struct run_given){
			arena_text(&ask->arena, node->inputs[i].node),
			&kept[i].schema,
			kept[i].rows,
		};
	options.given = given;
	options.n_given = n;
	options.cache = NULL;
	options.pins = NULL; /* it is the step itself that is to be seen */
	if (!head_of_node(&ask->flow, ask->node, &options, PREVIEW_MOST, &head, err))
		return false;
	preview->after = head.rows;
	head.rows = NULL;
	node = &ask->flow.nodes[place];
	preview->learned_is_kept =
		trained && node->trained && json_equal(trained, node->trained);
	copy_schema(&preview->after_schema, &head.schema, &preview->arena);
	for (size_t i = 0; i < head.warnings.n; i++)
		names_add(&preview->warnings,
			  arena_text(&preview->arena, head.warnings.at[i]),
			  &preview->arena);
	head_release(&head);
	return true;
}

/* Where columns come from, through all steps so far. */
struct origins {
	int *from, *of; /* NULL: there was no step yet */
};

/* What a column of the first table is after the steps so far; of a made one, nothing. */
static int
back(const int *from, int place)
{
	return from && place >= 0 ? from[place] : place;
}

static struct origins
go_through(const struct step *step, const struct schema *in, struct origins so_far,
	   struct arena *arena)
{
	const struct shape *shape = &step->out;
	const size_t n = shape->schema.n;
	const int own = step->column ? schema_find(in, step->column) : SCHEMA_NONE;
	struct origins out = { ARENA_ARRAY(arena, n + 1, int),
			       ARENA_ARRAY(arena, n + 1, int) };

	for (size_t j = 0; j < n; j++) {
		const int from = shape->from[j];

		out.from[j] = out.of[j] = -1;
		if (shape->input[j] != 0)
			continue;
		if (from == SHAPE_MADE)
			out.of[j] =
				back(so_far.from, shape->of[j] < 0 ? own : shape->of[j]);
		else
			out.from[j] = back(so_far.from, from);
		if (from != SHAPE_MADE && so_far.of)
			out.of[j] = so_far.of[from];
	}
	return out;
}

/* What the node's steps say of columns and rows. What cannot be known by them is left to
 * names. */
static void
hints_of(struct ask *ask, struct steps *steps, const struct kept *kept, size_t n,
	 struct diff_hints *hints)
{
	struct schema have[2] = { kept[0].schema,
				  n > 1 ? kept[1].schema : kept[0].schema };
	struct error ignored = { 0 };
	struct origins origins = { 0 };
	const bool two = n > 1;

	hints->by_place = n == 1;
	for (size_t i = 0; i < steps->n; i++, n = 1) {
		struct step *step = &steps->at[i];

		if (!step_shape(step, have, n, &ask->arena, &ignored) ||
		    step->out.schema.open)
			return;
		origins = go_through(step, &have[0], origins, &ask->arena);
		have[0] = step->out.schema;
		if (step->op->whole || step_changes_rows(step))
			hints->by_place = false;
	}
	if (!schema_equal(&have[0], &ask->preview->after_schema))
		return;
	hints->from = origins.from;
	hints->of = origins.of;
	for (size_t j = 0; two && j < have[0].n; j++)
		hints->repeats = hints->repeats || origins.from[j] >= 0;
}

/* What the run left in the node, in words; of a step that works on no column of its own,
 * under "". */
static void
tell_learned(struct ask *ask, const struct steps *steps)
{
	struct preview *preview = ask->preview;

	for (size_t i = 0; i < steps->n; i++) {
		const struct step *step = &steps->at[i];
		const char *told = step_tell(step, &preview->arena);

		if (!*told)
			continue;
		names_add(&preview->learned, told, &preview->arena);
		names_add(&preview->learned_of,
			  arena_text(&preview->arena, step->column ? step->column : ""),
			  &preview->arena);
	}
}

static bool
compare(struct ask *ask, const struct kept *kept, size_t n, struct error *err)
{
	const struct node *node = &ask->flow.nodes[flow_place(&ask->flow, ask->node)];
	struct diff_hints hints = { 0 };
	struct error ignored = { 0 };
	struct steps steps = { 0 };
	bool known, ok;
	const struct op *op =
		op_match(node->operator, node->parameters, &known, &ignored);

	if (op && n && !node->off &&
	    steps_from_json(op, node->parameters, node->trained, false, &steps,
			    &ask->arena, &ignored)) {
		tell_learned(ask, &steps);
		hints_of(ask, &steps, kept, n, &hints);
	}
	ok = preview_diff(ask->preview, &hints, err);
	steps_release(&steps);
	return ok;
}

/* The step is the one that is looked at: nobody has to say which one it is. */
static void
cut_label(const struct ask *ask, struct error *err)
{
	const struct node *node = &ask->flow.nodes[flow_place(&ask->flow, ask->node)];
	struct error ignored = { 0 };
	struct arena mem = { 0 };
	bool known;
	const struct op *op =
		op_match(node->operator, node->parameters, &known, &ignored);
	const char *label =
		arena_print(&mem, "%s (%.8s)", op ? op->name : "node", node->id);
	const char *rest = strstr(err->text, ": ");

	if (rest && !strncmp(err->text, label, strlen(label)))
		memmove(err->text, rest + 2, strlen(rest + 2) + 1);
	arena_release(&mem);
}

/* A step that failed leaves everything as it is. */
static bool
change_nothing(struct preview *preview, struct error *err)
{
	const struct diff_hints hints = { .by_place = true };

	batch_free(preview->after);
	preview->after = batch_copy(preview->before, err);
	preview->after_schema = preview->before_schema;
	return preview->after && preview_diff(preview, &hints, err);
}

/* Code that was not allowed: said here in the words of the screen. */
static bool
may_run(const struct ask *ask, size_t place, struct error *err)
{
	const struct node *node = &ask->flow.nodes[place];
	struct error ignored = { 0 };
	bool known;
	const struct op *op =
		op_match(node->operator, node->parameters, &known, &ignored);

	if (ask->options.trust || node->off || !op || !(op->flags & OP_CODE))
		return true;
	return fail(err,
		    "%s: this is code, which has not been allowed to run; read it, then "
		    ":trust allows it for this flow",
		    op->title);
}

static bool
may_all_run(struct ask *ask, size_t place, struct error *err)
{
	bool *above = ARENA_ARRAY(&ask->arena, ask->flow.n + 1, bool), ok = true;

	mark_above(&ask->flow, place, above);
	for (size_t k = 0; ok && k < ask->flow.n; k++)
		if (above[ask->flow.order[k]] && ask->flow.order[k] != place)
			ok = may_run(ask, ask->flow.order[k], err);
	return ok;
}

static bool
make(struct ask *ask, struct error *err)
{
	struct kept kept[2] = { 0 };
	size_t place = flow_place(&ask->flow, ask->node), n = 0;
	bool ok = place != FLOW_NONE || fail(err, "no node '%.64s'", ask->node);

	ask->preview->is_whole = true;
	ok = ok && may_all_run(ask, place, err) &&
	     read_inputs(ask, place, kept, &n, err) && may_run(ask, place, err) &&
	     run_step(ask, kept, n, err) && compare(ask, kept, n, err);
	for (size_t i = 0; i < COUNT(kept); i++)
		batch_free(kept[i].rows);
	return ok;
}

void
preview_work(void *context, const atomic_bool *cancel)
{
	struct ask *ask = context;
	struct preview *preview = ask->preview;
	const double start = clock_seconds();
	struct error ignored = { 0 };

	ask->options.cancel = cancel;
	preview->has_failed = !make(ask, &preview->err);
	if (preview->has_failed && preview->has_before)
		cut_label(ask, &preview->err);
	if (preview->has_failed && preview->has_before &&
	    !change_nothing(preview, &ignored))
		preview->err = ignored;
	preview->milliseconds = 1e3 * (clock_seconds() - start);
}

/* --- all rows --- */

static bool
count_rows(void *context, const struct schema *schema, const struct batch *batch,
	   bool *enough, struct error *err)
{
	uint64_t *rows = context;

	(void)schema;
	(void)enough;
	(void)err;
	*rows += batch->rows;
	return true;
}

static bool
count_node(struct ask *ask, size_t place, uint64_t *rows, struct error *err)
{
	static const struct names none = { 0 };
	struct run_sink sink = { count_rows, rows, &none };
	struct run_options options = ask->options;
	struct run_report report = { 0 };
	bool ok;

	options.node = arena_text(&ask->arena, ask->flow.nodes[place].id);
	options.sink = &sink;
	ok = run_flow(&ask->flow, &options, &report, err);
	run_report_release(&report);
	return ok;
}

void
preview_work_count(void *context, const atomic_bool *cancel)
{
	struct ask *ask = context;
	struct preview_count *count = ask->count;
	const size_t place = flow_place(&ask->flow, ask->node);
	const double start = clock_seconds();
	bool ok = place != FLOW_NONE || fail(&count->err, "no node '%.64s'", ask->node);

	ask->options.cancel = cancel;
	ok = ok && may_all_run(ask, place, &count->err) &&
	     may_run(ask, place, &count->err);
	if (ok && ask->flow.nodes[place].n_inputs > 0)
		ok = count_node(ask, ask->flow.nodes[place].inputs[0].from,
				&count->before, &count->err);
	ok = ok && count_node(ask, place, &count->after, &count->err);
	count->has_failed = !ok;
	count->seconds = clock_seconds() - start;
}
