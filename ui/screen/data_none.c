/*
 * data_none - what a step has made of the table that it reads: how many rows and columns
 * there were and are, and where no rows are left, how far the columns went that it looks
 * at.
 */
#include <stdio.h>

#include "op/step.h"
#include "screen/data.h"

enum { SAID_MOST = 2 /* columns: there is one line for them */ };

static void
note_column(struct whole_column *out, const char *name,
	    const struct summary_result *found, struct arena *arena)
{
	out->name = arena_text(arena, name);
	if (!found || !found->count || !(found->type & (TYPE_NUMERIC | TYPE_TEMPORAL)))
		return;
	figure_value(found->type, &found->min, out->min);
	figure_value(found->type, &found->max, out->max);
}

/* The step at hand, if it reads the table that was noted; or NULL. */
static const struct node *
step_behind(struct app *app, const struct data *data)
{
	const size_t place = work_place(&app->work);
	const struct node *node =
		place == FLOW_NONE ? NULL : &app->work.flow.nodes[place];

	return node && node->n_inputs && !strcmp(node->inputs[0].node, data->whole.node)
		       ? node
		       : NULL;
}

/* Before the echo of a step: "19,998 → 15,708 rows · 32 → 31 columns". */
static void
tell_change(struct app *app, const struct data *data)
{
	const struct whole *whole = &data->whole;
	const char *said = arena_text(&app->arena, app->message), *rows = "",
		   *columns = "";
	const size_t n = data->state->schema.n;
	char before[FIGURE_SIZE], after[FIGURE_SIZE];

	if (!*said || app->told_steps != app->n_steps || !step_behind(app, data))
		return;
	figure_count(whole->rows, before);
	figure_count(data->state->rows, after);
	if (whole->rows != data->state->rows)
		rows = arena_print(&app->arena, "%s → %s row%s · ", before, after,
				   text_plural(data->state->rows));
	if (whole->width != n)
		columns = arena_print(&app->arena, "%zu → %zu column%s · ", whole->width,
				      n, text_plural(n));
	app_say(app, app->tone, "%s%s%s", rows, columns, said);
}

void
data_note_whole(struct app *app, struct data *data)
{
	const struct profile *profile = data->view.profile;
	const struct schema *schema = data->view.schema;
	struct whole *whole = &data->whole;
	const bool is_same = whole->version == app->work.version &&
			     !strcmp(whole->node, app->work.node);

	if (!data->state->is_whole || !data->state->rows || app->coming)
		return;
	tell_change(app, data);
	whole->rows = data->state->rows;
	whole->width = data->state->schema.n;
	if (is_same && (whole->n || !profile || !profile->is_whole))
		return;
	snprintf(whole->node, sizeof whole->node, "%s", app->work.node);
	whole->version = app->work.version;
	arena_release(&whole->arena);
	whole->n = profile && profile->is_whole ? schema->n : 0;
	whole->columns = ARENA_ARRAY(&whole->arena, whole->n + 1, struct whole_column);
	for (size_t i = 0; i < whole->n; i++)
		note_column(&whole->columns[i], schema->at[i].name,
			    grid_found(&data->view, i), &whole->arena);
}

const char *
data_none(struct app *app, const struct data *data)
{
	char rows[FIGURE_SIZE];

	if (!step_behind(app, data))
		return "0 rows";
	figure_count(data->whole.rows, rows);
	return arena_print(&app->arena, "0 of %s rows", rows);
}

/* Which of the columns the step looks at, to know what to leave; NULL: that is not known. */
static const bool *
columns_read(struct app *app, const struct node *node, const struct schema *schema)
{
	struct arena *arena = &app->arena;
	struct error ignored;
	struct steps steps;
	bool known;
	const struct op *op =
		op_match(node->operator, node->parameters, &known, &ignored);

	if (!op || node->n_inputs != 1 ||
	    !steps_from_json(op, node->parameters, NULL, true, &steps, arena, &ignored) ||
	    steps.n != 1 || !step_shape(&steps.at[0], schema, 1, arena, &ignored))
		return NULL;
	return steps.at[0].read;
}

const char *
data_none_why(struct app *app, const struct data *data)
{
	const struct whole *whole = &data->whole;
	const struct schema *schema = data->view.schema;
	const struct node *node = step_behind(app, data);
	const bool *read =
		node && whole->n == schema->n ? columns_read(app, node, schema) : NULL;
	const char *out = "";
	size_t said = 0;

	for (size_t i = 0; read && i < whole->n && said < SAID_MOST; i++) {
		const struct whole_column *c = &whole->columns[i];

		if (!read[i] || !*c->max || strcmp(c->name, schema->at[i].name) != 0)
			continue;
		out = arena_print(&app->arena, "%s%s goes from %s to %s · ", out, c->name,
				  c->min, c->max);
		said++;
	}
	return arena_print(&app->arena, "%su takes the last change back", out);
}
