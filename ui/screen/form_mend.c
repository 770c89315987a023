/*
 * form_mend - a step that had better go before the one that is filled in.
 *
 * Which columns are looked at is said by the fields, what is odd in them by the profile of
 * the table on view, and what speaks against the operator then by advice_before().
 */
#include <stdio.h>
#include <string.h>

#include "screen/form_view.h"

/* The column of the profile; NULL: it has none of that name. */
static const struct profile_column *
column_of(const struct profile *profile, const struct schema *schema, const char *name,
	  enum type *type)
{
	const int at = schema_find(schema, name);

	if (at == SCHEMA_NONE || (size_t)at >= profile->n)
		return NULL;
	*type = schema->at[at].type;
	return &profile->columns[at];
}

void
form_mend_look(struct form_view *view, struct app *app)
{
	struct sheet *sheet =
		view->place == FLOW_NONE ? form_view_sheet(view, app) : NULL;
	const struct profile *profile = sheet ? sheet_profile(sheet) : NULL;

	view->can_mend = false;
	arena_release(&view->mend_arena);
	if (!profile || !profile->is_whole)
		return;
	for (size_t i = 0; !view->can_mend && i < view->reads.n; i++) {
		struct advice found[ADVICE_MOST];
		const char *name = view->reads.at[i];
		enum type type;
		const struct profile_column *column =
			column_of(profile, &sheet_state(sheet)->schema, name, &type);

		if (!column || !advice_before(view->op, name, type, &column->found, found,
					      &view->mend_arena))
			continue;
		view->can_mend = true;
		view->mend = found[0];
	}
}

bool
form_mend(struct form_view *view, struct app *app, struct error *err)
{
	struct step_request request = { .op = op_find(view->mend.op),
					.place = FLOW_NONE,
					.links = { .with = "" } };
	void *fields;

	if (!request.op)
		return fail(err, "no step is called '%s'", view->mend.op);
	if (!step_fields(request.op, &fields, &app->arena, err))
		return false;
	for (size_t i = 0; i < view->mend.n; i++)
		if (!param_set(request.op->params, fields, view->mend.settings[i],
			       &app->arena, err))
			return false;
	request.fields = fields;
	if (!app_step(app, &request, err))
		return false;
	view->can_mend = false;
	snprintf(view->behind, sizeof view->behind, "%s", app->work.node);
	return true;
}
