/*
 * tour - a box in the corner that says what to try, and sees when it was done.
 *
 * The user works on the real screens with the real keys; a step of the tour is over when
 * the app is as it would be after them, by whatever way.
 */
#include "screen/tour.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/temporary.h"
#include "desk/paths.h"
#include "screen/overlay.h"
#include "screen/start.h"
#include "term/clean.h"
#include "widget/wrap.h"

enum { COLUMNS = 44, ROWS = 9 };

struct tour;

struct stop {
	const char *title, *text;
	bool (*is_done)(const struct tour *tour, struct app *app);
};

struct tour {
	struct overlay overlay;
	size_t at;
	const char *folder;
	/* As it was when the stop began. */
	size_t nodes, layers;
	bool leaves; /* one more Escape ends it */
};

static bool
at_sex(const struct tour *tour, struct app *app)
{
	(void)tour;
	return !strcmp(app->focus.column, "sex");
}

static bool
has_layer(const struct tour *tour, struct app *app)
{
	return app->n_layers > tour->layers;
}

static bool
has_step(const struct tour *tour, struct app *app)
{
	return app->work.flow.n > tour->nodes;
}

static bool
has_less(const struct tour *tour, struct app *app)
{
	return app->work.flow.n < tour->nodes;
}

static bool
on_flow(const struct tour *tour, struct app *app)
{
	(void)tour;
	return app->screen == SCREEN_FLOW;
}

static bool
on_data(const struct tour *tour, struct app *app)
{
	(void)tour;
	return app->screen == SCREEN_DATA;
}

static bool
has_saved(const struct tour *tour, struct app *app)
{
	(void)tour;
	return app->work.path && work_is_saved(&app->work);
}

/* clang-format off */
static const struct stop stops[] = {
	{ "the data",
	  "These are the rows of a voyage that never was. Above each column stand "
	  "its type, shape, gaps and range. Move to the column \"sex\" with l or →.",
	  at_sex },
	{ "a column",
	  "Press i: its card shows what is in the column and what may be odd about "
	  "it. Esc closes it.",
	  has_layer },
	{ "a change",
	  "Esc, then go to a cell that says \"male\" and press !. What "
	  "comes up is a draft, with the rows that would go; Enter keeps it.",
	  has_step },
	{ "taken back",
	  "Every change is a step of the flow, and none is final. Press u to take "
	  "it back.",
	  has_less },
	{ "any step",
	  "Press t and type some letters of what you want, such as \"drop dup\": all "
	  "steps are there. Enter opens its form, Enter again applies it.",
	  has_step },
	{ "the flow",
	  "Press 1: the steps so far, from the file down.",
	  on_flow },
	{ "and back",
	  "Press 2 for the data of the step you are at.",
	  on_data },
	{ "commands",
	  "Each action can be typed: press : and look. Ctrl-P finds them by "
	  "letters. Esc closes both.",
	  has_layer },
	{ "saved",
	  "Press Esc, then F2 and Enter: the flow is written, here into a folder "
	  "that goes when the tour ends. \"lariat run\" does it all again without a "
	  "screen.",
	  has_saved },
	{ "that was it",
	  "? shows the keys of a screen, F9 the menu. Esc ends the tour; F3 opens a "
	  "file of yours.",
	  NULL },
};
/* clang-format on */

static void
begin_stop(struct tour *tour, struct app *app)
{
	tour->nodes = app->work.flow.n;
	tour->layers = app->n_layers;
	app->is_dirty = true;
}

static void
look(struct tour *tour, struct app *app)
{
	const struct stop *stop = &stops[tour->at];

	if (tour->layers > app->n_layers)
		tour->layers = app->n_layers;
	if (!stop->is_done || !stop->is_done(tour, app))
		return;
	tour->at++;
	begin_stop(tour, app);
}

static void
draw(void *self, struct app *app, struct pane pane)
{
	struct tour *tour = self;
	const struct stop *stop;
	struct pane box;

	look(tour, app);
	stop = &stops[tour->at];
	box = pane_part(pane, pane.rows - ROWS - 2, pane.columns - COLUMNS - 1, ROWS,
			COLUMNS);
	box = pane_box(
		box, PAINT(INK_ACCENT), stop->title,
		arena_print(&app->arena, "tour %zu/%zu", tour->at + 1, COUNT(stops)));
	wrap_draw(box, 0, 1, box.columns - 2, box.rows - 1, PAINT(INK_TEXT),
		  text_of(stop->text));
	pane_text_right(box, box.rows - 1, 0, box.columns - 1, PAINT(INK_DIM),
			text_of("Esc ends the tour"));
}

/* Escape closes things all the time: only the second one in a row ends the tour. */
static bool
event(void *self, struct app *app, const struct event *event)
{
	struct tour *tour = self;

	if (!event_is(event, K_ESCAPE)) {
		tour->leaves &= event->kind != EVENT_KEY;
		return false;
	}
	if (tour->leaves || !stops[tour->at].is_done) {
		app_pop(app);
		return true;
	}
	tour->leaves = true;
	app_say(app, TONE_PLAIN, "Esc again ends the tour");
	return true;
}

static bool
news(void *self, struct app *app)
{
	const size_t at = ((struct tour *)self)->at;

	look(self, app);
	return at != ((struct tour *)self)->at;
}

static void
sweep(const struct tour *tour, struct arena *arena)
{
	static const char *const names[] = { "voyage.csv", "voyage.flow",
					     ".voyage.flow.lock", ".voyage.flow.wbj" };

	for (size_t i = 0; i < COUNT(names); i++) {
		const char *path = paths_join(tour->folder, names[i], arena);

		unlink(path);
		temporary_remove(path);
	}
	rmdir(tour->folder);
}

/* What was made on the tour goes with it; a file of the user's stays open. */
static void
leave(void *self, struct app *app)
{
	struct tour *tour = self;
	const char *path = app->work.is_open ? work_suggest(&app->work, &app->arena) : "";

	if (!strcmp(paths_folder(path, &app->arena), tour->folder)) {
		work_discard(&app->work);
		app_close(app);
	}
	sweep(tour, &app->arena);
	app_say(app, TONE_PLAIN, "the tour is over; :tour begins it again");
	overlay_close(self, app);
}

static const struct view view = {
	.name = "tour",
	.is_aside = true,
	.draw = draw,
	.event = event,
	.news = news,
	.close = leave,
};

static bool
open_example(struct app *app, const char *path, struct error *err)
{
	struct work work = app_next_work(app);

	if (!example_write(path, err) || !work_open(&work, path, err))
		return false;
	app_take(app, &work);
	return true;
}

bool
tour_start(struct app *app, struct error *err)
{
	const char *base = getenv("TMPDIR");
	struct tour *tour = overlay_new(sizeof *tour);
	struct arena *arena = &tour->overlay.arena;
	char *folder = arena_print(arena, "%s/lariat-tour-XXXXXX",
				   paths_absolute(base && *base ? base : "/tmp", arena));
	const char *path;

	if (!mkdtemp(folder)) {
		fail_errno(err, "cannot make the folder '%s'", folder);
		overlay_close(tour, app);
		return false;
	}
	tour->folder = folder;
	start_hide(app, folder);
	path = paths_join(folder, "voyage.csv", arena);
	temporary_add(path);
	if (!open_example(app, path, err)) {
		sweep(tour, arena);
		overlay_close(tour, app);
		return false;
	}
	begin_stop(tour, app);
	tour->layers++; /* its own box */
	app_push(app, &view, tour);
	return true;
}
