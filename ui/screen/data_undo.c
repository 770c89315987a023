/*
 * data_undo - changes of how the table looks are taken back, the last one first. Steps are
 * none of them: those are the flow's to take back.
 */
#include "screen/data.h"

/* How the view is, but for .arena and .what. */
static void
look_now(const struct app *app, const struct data *data, struct arena *arena,
	 struct look *out)
{
	const char *order = app->order.column;

	out->grid = grid_look(&data->grid, arena);
	out->order = order ? arena_text(arena, order) : NULL;
	out->descending = app->order.descending;
}

static bool
is_same(const struct look *a, const struct look *b)
{
	if (!a->order != !b->order || !grid_look_is(&a->grid, &b->grid))
		return false;
	return !a->order ||
	       (!strcmp(a->order, b->order) && a->descending == b->descending);
}

static void
forget(struct look *look)
{
	arena_release(&look->arena);
	*look = (struct look){ 0 };
}

/* The oldest one goes when there are too many. */
void
data_note(struct app *app, struct data *data, const char *what)
{
	struct look *next;

	if (data->n_looks == LOOKS) {
		forget(&data->looks[0]);
		data->n_looks--;
		memmove(data->looks, data->looks + 1,
			data->n_looks * sizeof *data->looks);
	}
	next = &data->looks[data->n_looks++];
	*next = (struct look){ .what = what };
	look_now(app, data, &next->arena, next);
}

static void
look_at(struct app *app, struct data *data, const struct look *look)
{
	struct look now;

	look_now(app, data, &app->arena, &now);
	grid_look_at(&data->grid, &look->grid);
	now.grid = look->grid;
	if (is_same(&now, look))
		return;
	if (look->order && schema_find(data->view.schema, look->order) >= 0)
		app_order(app, (struct sheet_order){ look->order, look->descending });
	else
		app_order(app, (struct sheet_order){ 0 });
}

/* What came to nothing when it was done, or by now, is passed over. */
bool
data_take_back(struct app *app, struct data *data, struct error *err)
{
	struct look now;
	bool is_done = false;

	look_now(app, data, &app->arena, &now);
	while (data->n_looks && !is_done) {
		struct look *last = &data->looks[data->n_looks - 1];

		is_done = !is_same(&now, last);
		if (is_done) {
			look_at(app, data, last);
			app_say(app, TONE_PLAIN, "as before: %s", last->what);
		}
		forget(last);
		data->n_looks--;
	}
	return is_done ||
	       fail(err, "no change of the view is left to take back · u takes "
			 "back steps");
}

void
data_forget_looks(struct data *data)
{
	while (data->n_looks)
		forget(&data->looks[--data->n_looks]);
}
