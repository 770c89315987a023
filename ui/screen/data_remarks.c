/*
 * data_remarks - what was odd in the file behind the table: lines that were read otherwise
 * than they stand. How many remarks there are is said beside the place of the cursor.
 */
#include "screen/data.h"

static void
add(struct names *out, const struct names *warnings, struct arena *arena)
{
	for (size_t i = 0; i < warnings->n; i++)
		if (!names_has(out, warnings->at[i]))
			names_add(out, arena_text(arena, warnings->at[i]), arena);
}

struct names
data_remarks(const struct data *data, struct arena *arena)
{
	struct names out = { 0 };

	add(&out, &data->state->warnings, arena);
	if (data->view.profile)
		add(&out, &data->view.profile->warnings, arena);
	return out;
}

bool
data_remarks_show(struct app *app, const struct data *data, struct error *err)
{
	const struct names remarks = data_remarks(data, &app->arena);
	const char *text = "";

	if (!remarks.n)
		return fail(err,
			    "nothing odd was met in what was read of the file so far");
	for (size_t i = 0; i < remarks.n; i++)
		text = arena_print(&app->arena, "%s%s%s", text, i ? "\n\n" : "",
				   remarks.at[i]);
	text_open(app, "as it was read", text_of(text));
	return true;
}
