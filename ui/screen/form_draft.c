/* form_draft - a step that is not there yet, tried out in a flow of its own. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "op/step.h"
#include "screen/form_view.h"
#include "widget/step_text.h"

/* --- the other table --- */

/* Nodes that read this one, or one that does. */
static bool *
mark_below(const struct flow *flow, size_t place, struct arena *arena)
{
	bool *below = ARENA_ARRAY(arena, flow->n + 1, bool);

	for (size_t k = 0; place != FLOW_NONE && k < flow->n; k++) {
		const size_t at = flow->order[k];

		below[at] = at == place;
		for (size_t i = 0; i < flow->nodes[at].n_inputs; i++)
			below[at] = below[at] || below[flow->nodes[at].inputs[i].from];
	}
	return below;
}

/* A source is read by the step that finds its types, which stands for it. */
static bool
is_typed_below(const struct flow *flow, size_t place)
{
	for (size_t i = 0; i < flow->n; i++)
		if (flow->nodes[i].type == NODE_TRANSFORM &&
		    flow->nodes[i].n_inputs == 1 &&
		    flow->nodes[i].inputs[0].from == place)
			return true;
	return false;
}

static bool
gives_rows(const struct flow *flow, size_t place)
{
	switch (flow->nodes[place].type) {
	case NODE_SOURCE:
		return !is_typed_below(flow, place);
	case NODE_TRANSFORM:
	case NODE_DATASET:
		return true;
	default:
		return false;
	}
}

/* The first step behind a source is called after its file. */
static const char *
table_name(const struct flow *flow, size_t place, struct arena *arena)
{
	const struct node *node = &flow->nodes[place];

	if (node->n_inputs == 1 && flow->nodes[node->inputs[0].from].type == NODE_SOURCE)
		node = &flow->nodes[node->inputs[0].from];
	return arena_text(arena, step_name(node, arena));
}

static const char *
unique(const struct other *other, size_t n, const char *word, struct arena *arena)
{
	const char *out = word;

	for (size_t i = 0, k = 2; i < n; i++)
		if (!strcmp(other->words[i], out)) {
			out = arena_print(arena, "%s (%zu)", word, k++);
			i = (size_t)-1;
		}
	return out;
}

void
draft_tables(struct form_view *view, const struct flow *flow)
{
	struct other *other = &view->other;
	struct arena mem = { 0 };
	const bool *below = mark_below(flow, flow_place(flow, view->behind), &mem);
	size_t n = 0;

	other->words = ARENA_ARRAY(&view->arena, flow->n + 1, const char *);
	other->places = ARENA_ARRAY(&view->arena, flow->n + 1, size_t);
	for (size_t k = 0; k < flow->n; k++) {
		const size_t at = flow->order[k];

		if (below[at] || !gives_rows(flow, at))
			continue;
		other->places[n] = at;
		other->words[n] = unique(other, n, table_name(flow, at, &view->arena),
					 &view->arena);
		n++;
	}
	other->words[n] = NULL;
	other->table = n == 1 ? 0 : -1;
	other->params[0] = (struct param){
		.name = "other",
		.label = "Other table",
		.help = "the table of this flow that it is put together with",
		.kind = KIND_CHOICE,
		.choices = other->words,
	};
	arena_release(&mem);
}

size_t
draft_second(const struct form_view *view)
{
	if (!view->other.words || view->other.table < 0)
		return FLOW_NONE;
	return view->other.places[view->other.table];
}

/* --- what is wrong --- */

/* Columns that its steps look at, under the names that the flow has for them. */
static void
note_reads(struct form_view *view, const struct steps *steps)
{
	view->reads = (struct names){ 0 };
	for (size_t i = 0; i < steps->n; i++) {
		const struct step *step = &steps->at[i];

		for (size_t j = 0; !step->reads_all && j < view->schemas[0].n; j++)
			if (j < step->in[step->stream].n && step->read[j] &&
			    !names_has(&view->reads, view->schemas[0].at[j].name))
				names_add(&view->reads, view->schemas[0].at[j].name,
					  &view->arena);
	}
}

/* Columns are looked for in what the step reads, as far as that is known. */
static bool
check_shape(struct form_view *view, struct arena *mem, struct error *err)
{
	const size_t n = view->op->flags & OP_TWO_INPUTS ? 2 : 1;
	struct schema have[2] = { view->schemas[0], view->schemas[1] };
	const struct json *json = step_parameters(view->op, NULL, view->fields, mem);
	struct steps steps = { 0 };
	bool ok;

	if (!steps_from_json(view->op, json, NULL, false, &steps, mem, err))
		return false;
	if (!have[0].n || (n == 2 && !have[1].n)) {
		steps_release(&steps);
		return true;
	}
	ok = true;
	for (size_t i = 0, inputs = n; ok && i < steps.n; i++, inputs = 1) {
		ok = step_shape(&steps.at[i], have, inputs, mem, err);
		if (ok)
			have[0] = steps.at[i].out.schema;
	}
	if (ok)
		note_reads(view, &steps);
	steps_release(&steps);
	return ok;
}

bool
draft_check(struct form_view *view, struct error *err)
{
	struct arena mem = { 0 };
	bool ok = form_check(&view->form, err) &&
		  (!view->op->check || view->op->check(view->fields, err));

	if (ok && view->op->role == ROLE_TRANSFORM)
		ok = check_shape(view, &mem, err);
	arena_release(&mem);
	return ok;
}

/* --- trying it out --- */

/* The user's flow with the step in it; node: whose table shows it. */
static bool
draft_make(struct form_view *view, const struct flow *flow, struct flow *draft,
	   const char **node, struct error *err)
{
	size_t place = view->place, behind = flow_place(flow, view->behind);

	if (!work_snapshot(flow, draft, err))
		return false;
	if (place != FLOW_NONE ? !step_set(draft, place, view->op, view->fields, err)
			       : !step_add(draft, view->op, view->fields, behind,
					   draft_second(view), &place, err)) {
		flow_release(draft);
		return false;
	}
	if (view->place == FLOW_NONE && view->op->role == ROLE_SOURCE)
		place = draft->nodes[place].inputs[0].from;
	*node = draft->nodes[place].id;
	return true;
}

static struct run_options
options_of(const struct app *app)
{
	struct run_options options = app->work.options;

	options.trust = app->work.is_trusted;
	return options;
}

static bool
ask(struct form_view *view, struct app *app,
    bool (*what)(struct previewer *previewer, const struct flow *flow, const char *node,
		 const struct run_options *options, struct error *err),
    struct error *err)
{
	const struct run_options options = options_of(app);
	struct flow draft;
	const char *node;
	bool ok;

	if (!draft_make(view, &app->work.flow, &draft, &node, err))
		return false;
	ok = what(view->previewer, &draft, node, &options, err);
	flow_release(&draft);
	return ok;
}

bool
draft_preview(struct form_view *view, struct app *app, struct error *err)
{
	return ask(view, app, preview_ask, err);
}

bool
draft_count(struct form_view *view, struct app *app, struct error *err)
{
	return ask(view, app, preview_count_all, err);
}

/* --- keys --- */

/* A column that both have, alike in type; one that is called after a key before others.
 */
static const char *
common_column(const struct form_view *view)
{
	const struct schema *left = &view->schemas[0], *right = &view->schemas[1];
	const char *found = NULL;

	for (size_t i = 0; i < left->n; i++) {
		const char *name = left->at[i].name;
		const int at = schema_find(right, name);
		const size_t n = strlen(name);

		if (at == SCHEMA_NONE || right->at[at].type != left->at[i].type)
			continue;
		if (n >= 2 && !strcasecmp(name + n - 2, "id"))
			return name;
		found = found ? found : name;
	}
	return found;
}

static const struct param *
column_param(const struct param *params, bool second)
{
	for (const struct param *p = params; p && p->name; p++)
		if (p->kind == KIND_COLUMN && p->second == second)
			return p;
	return NULL;
}

/* Both keys of a table of params, if it has them and they are empty. */
static bool
set_keys(const struct param *params, void *fields, const char *name, struct arena *arena)
{
	const struct param *left = column_param(params, false);
	const struct param *right = column_param(params, true);

	if (!left || !right)
		return false;
	if (**(const char **)(void *)((char *)fields + left->offset) ||
	    **(const char **)(void *)((char *)fields + right->offset))
		return false;
	*(const char **)(void *)((char *)fields + left->offset) = arena_text(arena, name);
	*(const char **)(void *)((char *)fields + right->offset) =
		arena_text(arena, name);
	return true;
}

static bool
add_key_row(const struct param *p, void *fields, const char *name, struct arena *arena)
{
	struct list *list = (void *)((char *)fields + p->offset);
	struct error ignored = { 0 };
	void *row;

	if (p->kind != KIND_LIST || list->n || !column_param(p->rows, true))
		return false;
	row = arena_alloc(arena, p->rows_size);
	if (!param_preset(p->rows, row, arena, &ignored) ||
	    !set_keys(p->rows, row, name, arena))
		return false;
	*list = (struct list){ 1, row };
	return true;
}

bool
draft_guess_keys(struct form_view *view)
{
	const char *name;

	if (view->has_guessed || !view->schemas[0].n || !view->schemas[1].n)
		return false;
	view->has_guessed = true;
	name = view->place == FLOW_NONE ? common_column(view) : NULL;
	if (!name)
		return false;
	if (set_keys(view->op->params, view->fields, name, &view->arena))
		return true;
	for (const struct param *p = view->op->params; p && p->name; p++)
		if (add_key_row(p, view->fields, name, &view->arena))
			return true;
	return false;
}
