/*
 * flow_paste - a step is copied, and what was copied here or elsewhere comes into the flow.
 */
#include "desk/step.h"
#include "screen/flow_screen.h"
#include "widget/step_ref.h"
#include "widget/step_text.h"

/* For this program, and for others that run. */
bool
flow_step_copy(struct app *app, const void *fields, struct error *err)
{
	struct flow_screen *screen = flow_screen_of(app);
	struct flow copy;
	size_t place;

	(void)fields;
	if (!flow_screen_step(app, &place, err) ||
	    !clip_copy(&app->work.flow, place, &copy, err))
		return false;
	if (screen->copied.n)
		flow_release(&screen->copied);
	screen->copied = copy;
	app_say(app, TONE_PLAIN, "copied: %s",
		step_name(&app->work.flow.nodes[place], &app->arena));
	return clip_put(&screen->copied, &app->wake, err);
}

/* A step goes into the chain behind the current one; anything else beside it. */
static bool
paste_node(struct flow *flow, const struct flow *from, size_t node, size_t behind,
	   size_t *place, struct error *err)
{
	const struct node *copied = &from->nodes[node];
	const struct flow_from after = { behind, NULL };
	struct node_spec spec = {
		.type = "TRANSFORM",
		.operator= arena_text(&flow->arena, copied->operator),
		.name = *copied->name ? arena_text(&flow->arena, copied->name) : NULL,
	};

	if (copied->type != NODE_TRANSFORM || copied->n_inputs != 1 ||
	    copied->outputs.n != 1) {
		*place = flow->n;
		return flow_paste(flow, from, &node, 1, &after, err);
	}
	names_add(&spec.outputs, arena_text(&flow->arena, copied->outputs.at[0]),
		  &flow->arena);
	if (copied->parameters)
		spec.parameters = json_copy(copied->parameters, &flow->arena);
	return flow_insert(flow, &spec, &after, 1, place, err);
}

/* What was copied in another flow is not at hand when this is played again: there it is
 * a step like others. */
static const char *
paste_command(struct app *app, const struct flow *copied, size_t behind)
{
	const struct flow *own = &flow_screen_of(app)->copied;
	const struct node *node = &copied->nodes[copied->n - 1];
	struct arena *arena = &app->arena;
	struct error ignored;
	const struct op *op;
	void *fields;

	if ((own->n && json_equal(own->nodes[own->n - 1].json, node->json)) ||
	    node->n_inputs != 1 || !step_read(node, &op, &fields, arena, &ignored))
		return arena_print(arena, "paste-step step=%s",
				   step_ref(&app->work.flow, behind, arena));
	return step_command(op, fields, arena);
}

bool
flow_screen_paste(struct app *app, const struct flow *copied, struct error *err)
{
	const char *way = app_way(app), *command;
	size_t place;

	if (!flow_screen_step(app, &place, err))
		return false;
	command = paste_command(app, copied, place);
	if (!paste_node(&app->work.flow, copied, copied->n - 1, place, &place, err) ||
	    !work_changed(&app->work, command, err))
		return false;
	if (work_runs_code(&copied->nodes[copied->n - 1]))
		work_suspect(&app->work);
	if (place < app->work.flow.n)
		app_select(app, place);
	app_done(app, way, command, "paste-step");
	return true;
}

/* A script does not wait for what others copied. */
bool
flow_step_paste(struct app *app, const void *fields, struct error *err)
{
	struct flow_screen *screen = flow_screen_of(app);

	(void)fields;
	if (!app->is_macro) {
		job_drop(screen->pasting);
		screen->pasting = NULL;
		return clip_get(&app->wake, &screen->pasting, err);
	}
	if (!screen->copied.n)
		return fail(err, "no step was copied yet (y copies)");
	return flow_screen_paste(app, &screen->copied, err);
}
