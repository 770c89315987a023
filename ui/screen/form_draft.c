/* form_draft - a step that is not there yet, tried out in a flow of its own. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "screen/form_view.h"

/* --- what is wrong --- */

static void
add_read(struct form_view *view, const char *name)
{
	if (*name && !names_has(&view->reads, name))
		names_add(&view->reads, arena_text(&view->arena, name), &view->arena);
}

/* Columns that the fields name. */
static void
note_named(struct form_view *view)
{
	for (size_t i = 0; i < view->form.n; i++) {
		const struct form_item *item = &view->form.items[i];
		const char *field = (char *)item->fields + item->param->offset;

		if (item->kind != FORM_FIELD || item->param->second)
			continue;
		if (item->param->kind == KIND_COLUMN) {
			add_read(view, *(const char *const *)(const void *)field);
		} else if (item->param->kind == KIND_COLUMNS) {
			const struct names *names = (const void *)field;

			for (size_t k = 0; k < names->n; k++)
				add_read(view, names->at[k]);
		}
	}
}

/* And those that its steps look at (a formula names some), if that is not all of them. */
static void
note_reads(struct form_view *view, const struct steps *steps)
{
	view->reads = (struct names){ 0 };
	note_named(view);
	for (size_t i = 0; i < steps->n; i++) {
		const struct step *step = &steps->at[i];

		for (size_t j = 0; !step->reads_all && j < view->schemas[0].n; j++)
			if (j < step->in[step->stream].n && step->read[j])
				add_read(view, view->schemas[0].at[j].name);
	}
}

/* Columns are looked for in what the step reads, as far as that is known. */
static bool
check_shape(struct form_view *view, struct arena *mem, struct error *err)
{
	const bool reads_two = view->op->flags & OP_TWO_INPUTS;
	struct steps steps;

	if (!step_fit(view->op, view->fields, view->schemas, &steps, mem, err))
		return false;
	if (view->schemas[0].n && (!reads_two || view->schemas[1].n))
		note_reads(view, &steps);
	steps_release(&steps);
	return true;
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

/* Places of nodes that are there do not change: what is new stands behind them. */
static bool
put_in(const struct form_view *view, struct flow *draft, size_t *place, struct error *err)
{
	const size_t behind = flow_place(draft, view->behind);
	size_t second;

	*place = view->place;
	if (!draft_second(view, draft, &second, err))
		return false;
	if (*place == FLOW_NONE)
		return step_add(draft, view->op, view->fields, behind, second, place,
				err);
	return (second == FLOW_NONE || step_link(draft, *place, second, err)) &&
	       step_set(draft, *place, view->op, view->fields, err);
}

/* The user's flow with the step in it; node: whose table shows it. */
static bool
draft_make(struct form_view *view, const struct flow *flow, struct flow *draft,
	   const char **node, struct error *err)
{
	size_t place;

	if (!work_snapshot(flow, draft, err))
		return false;
	if (!put_in(view, draft, &place, err)) {
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
