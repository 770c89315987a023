/*
 * chart_pick - a box to choose a column, or a mark, for the chart.
 */
#include "screen/chart_screen.h"
#include "screen/complete.h"
#include "screen/overlay.h"
#include "widget/figure.h"
#include "widget/picker.h"

enum { COLUMNS = 46, ROWS = 18 };

struct chooser {
	struct overlay overlay;
	struct picker picker;
	enum chart_slot slot;
};

static const char *const titles[] = { "x", "y", "colour", "facet", "mark" };

static void
take(struct app *app, struct chooser *chooser)
{
	struct chart_screen *chart = chart_of(app);
	const struct pick *pick = picker_current(&chooser->picker);
	struct chart_spec spec = chart->spec;
	const char **names[] = { &spec.x, &spec.y, &spec.colour, &spec.facet };

	if (!pick)
		return;
	if (chooser->slot == SLOT_MARK)
		spec.mark = (int)(pick - chooser->picker.picks);
	else
		*names[chooser->slot] = arena_text(
			&app->arena, pick == chooser->picker.picks ? "" : pick->name);
	/* names of the spec are those of the screen until they are set */
	for (size_t i = 0; i < COUNT(names); i++)
		*names[i] = arena_text(&app->arena, *names[i]);
	chart_set(chart, &spec);
}

static bool
event(void *self, struct app *app, const struct event *event)
{
	struct chooser *chooser = self;

	switch (picker_event(&chooser->picker, event, &chooser->overlay.arena)) {
	case PICKER_TAKEN:
		take(app, chooser);
		app_pop(app);
		return true;
	case PICKER_CLOSED:
		app_pop(app);
		return true;
	default:
		return true;
	}
}

static void
draw(void *self, struct app *app, struct pane pane)
{
	struct chooser *chooser = self;
	const int whole = picker_rows(&chooser->picker);
	const int most = pane.rows - 4 < ROWS ? pane.rows - 4 : ROWS;
	const int rows = whole < most ? whole : most;

	(void)app;
	picker_draw(&chooser->picker,
		    pane_part(pane, (pane.rows - rows) / 2, (pane.columns - COLUMNS) / 2,
			      rows, COLUMNS),
		    titles[chooser->slot]);
}

static const char *
hints(void *self, struct app *app)
{
	(void)self;
	(void)app;
	return "type to filter · Enter takes it · Esc closes";
}

static const struct view view = {
	.name = "choose",
	.is_modal = true,
	.draw = draw,
	.event = event,
	.hints = hints,
	.close = overlay_close,
};

/* All columns, behind one line for none. */
static struct pick *
columns_of(struct app *app, struct chooser *chooser, size_t *n, size_t *at)
{
	const struct sheet_state *state = sheet_state(app_sheet(app));
	const char *now = chart_name(chart_of(app), chooser->slot);
	struct arena *arena = &chooser->overlay.arena;
	struct pick *picks = ARENA_ARRAY(arena, state->schema.n + 1, struct pick);

	picks[0] = (struct pick){ .name = "(none)", .ink = INK_DIM };
	*n = 1;
	for (size_t i = 0; i < state->schema.n; i++, (*n)++) {
		const struct field *field = &state->schema.at[i];

		const struct summary_result *found = complete_found(app, field->name);

		picks[*n] = (struct pick){ .name = arena_text(arena, field->name),
					   .note = figure_type(field->type, found),
					   .ink = figure_ink(field->type, found) };
		if (strcmp(field->name, now) == 0)
			*at = *n;
	}
	return picks;
}

static struct pick *
marks_of(struct app *app, struct chooser *chooser, size_t *n, size_t *at)
{
	struct pick *picks = ARENA_ARRAY(&chooser->overlay.arena, MARKS, struct pick);

	*at = (size_t)chart_of(app)->spec.mark;
	for (*n = 0; chart_marks[*n]; (*n)++)
		picks[*n] = (struct pick){ .name = chart_marks[*n] };
	return picks;
}

void
chart_pick_open(struct app *app, enum chart_slot slot)
{
	struct chooser *chooser = overlay_new(sizeof *chooser);
	size_t n = 0, at = 0;
	struct pick *picks;

	chooser->slot = slot;
	picks = (slot == SLOT_MARK ? marks_of : columns_of)(app, chooser, &n, &at);
	picker_open(&chooser->picker, picks, n, NULL, false, at, &chooser->overlay.arena);
	app_push(app, &view, chooser);
}
