/*
 * loop - poll, drain what came, draw once: the screen's only thread.
 *
 * Input is drained before each frame, so keys that repeat cost one frame. What comes from
 * the background is drawn at most every FRAME milliseconds; what the user did, at once.
 */
#include "screen/loop.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "desk/paths.h"
#include "screen/file_actions.h"
#include "screen/linear.h"
#include "screen/macro.h"

enum { FRAME = 16, EVENTS_A_FRAME = 256 };

struct loop {
	struct app app;
	struct linear linear; /* where lines are said instead of a screen drawn */
	struct surface surface;
	bool is_answer;  /* the next frame is one to keys */
	bool shows_all;  /* the next frame brings every row */
	int64_t painted; /* when */
	int tty_wait;    /* of the decoder of keys */
};

static void
resize(struct loop *loop)
{
	int rows, columns;

	tty_size(&rows, &columns);
	surface_resize(&loop->surface, rows, columns);
	loop->shows_all = loop->app.is_dirty = true;
}

/* "hotel.flow — lariat" */
static void
name_window(const struct work *work)
{
	const char *path = work->path ? work->path : work->table;
	char title[1024] = "lariat";

	if (work->is_open)
		snprintf(title, sizeof title, "%.900s — lariat",
			 path ? paths_name(path) : "untitled.flow");
	tty_title(title);
}

static void
say(struct loop *loop)
{
	struct arena arena = { 0 };

	tty_say(linear_news(&loop->linear, &loop->app, loop->is_answer, &arena));
	arena_release(&arena);
}

static void
draw(struct loop *loop)
{
	app_draw(&loop->app, &loop->surface);
	tty_show(&loop->surface, loop->shows_all);
	name_window(&loop->app.work);
}

static void
paint(struct loop *loop)
{
	(tty_facts()->linear ? say : draw)(loop);
	loop->is_answer = false;
	loop->shows_all = false;
	loop->painted = clock_milliseconds();
}

/* True: there was something. */
static bool
drain(struct loop *loop)
{
	struct event event;
	size_t n = 0;

	while (n < EVENTS_A_FRAME && !loop->app.is_done &&
	       tty_next(&event, &loop->tty_wait)) {
		app_event(&loop->app, &event, clock_milliseconds());
		loop->is_answer = true;
		n++;
	}
	return n > 0;
}

static int
sooner(int a, int b)
{
	return a < 0 || (b >= 0 && b < a) ? b : a;
}

/* Milliseconds to sleep. */
static int
timeout(struct loop *loop)
{
	const int64_t now = clock_milliseconds();
	int wait = sooner(loop->tty_wait, app_wait(&loop->app, now));

	if (loop->app.is_dirty) {
		const int64_t rest = loop->painted + FRAME - now;

		wait = sooner(wait, rest > 0 ? (int)rest : 0);
	}
	return wait;
}

static void
obey(struct loop *loop)
{
	switch (tty_news()) {
	case TTY_RESIZED:
		resize(loop);
		paint(loop);
		break;
	case TTY_ENDED:
		loop->app.is_done = true;
		break;
	case TTY_NOTHING:
		break;
	}
}

static void
turn(struct loop *loop)
{
	struct pollfd fds[] = {
		{ tty_descriptor(), POLLIN, 0 },
		{ tty_signals(), POLLIN, 0 },
		{ loop->app.wake.fd, POLLIN, 0 },
	};
	bool is_due;

	poll(fds, COUNT(fds), timeout(loop));
	if (fds[1].revents)
		obey(loop);
	if (fds[0].revents & (POLLHUP | POLLERR))
		loop->app.is_done = true;
	if (drain(loop) && loop->app.is_dirty)
		paint(loop);
	if (fds[2].revents)
		wake_clear(&loop->app.wake);
	is_due = app_wait(&loop->app, clock_milliseconds()) == 0;
	if (fds[2].revents || is_due)
		app_news(&loop->app, clock_milliseconds());
	if (loop->app.is_dirty && clock_milliseconds() - loop->painted >= FRAME)
		paint(loop);
}

/* The command line may say more than the settings, but for the mouse, which it may only
 * leave alone. */
static struct tty_options
tty_as_set(const struct app *app, const struct tty_options *given)
{
	const struct settings *set = &app->settings;

	return (struct tty_options){
		.theme = given->theme != THEME_AUTO ? given->theme
						    : (enum theme)set->theme,
		.ascii = given->ascii || set->ascii,
		.mouse = given->mouse && set->mouse,
	};
}

/* Never more than there is by now. */
static void
limit_memory(size_t bytes)
{
	if (bytes < memory_room())
		memory_limit(bytes);
}

static bool
begin(struct app *app, const struct loop_options *options, struct error *err)
{
	app->now = clock_milliseconds();
	app->work.options = options->run;
	app->work.options.cache = app->cache;
	app->work.options.pins = app->pins;
	if (app->settings.memory)
		limit_memory((size_t)app->settings.memory << 20);
	if (!options->run.threads)
		app->work.options.threads = (size_t)app->settings.threads;
	app->work.trusts_all = options->run.trust;
	if (!options->path)
		return true;
	return app->has_terminal
		       ? file_open_first(app, options->path, options->is_piped, err)
		       : app_open(app, options->path, err);
}

static bool
play(struct app *app, const struct loop_options *options, struct error *err)
{
	return !options->script ||
	       (file_settle(app, err) && macro_play(app, options->script, err));
}

/* What the app asks for beyond its surface is done between frames. */
static void
serve(struct loop *loop, const struct tty_options *given)
{
	struct app *app = &loop->app;
	const struct tty_options tty = tty_as_set(app, given);

	if (app->wants_settings)
		tty_set(&tty);
	if (app->wants_redraw || app->wants_settings)
		loop->shows_all = app->is_dirty = true;
	if (app->wants_suspend) {
		tty_suspend();
		resize(loop);
	}
	if (app->copied)
		tty_copy((struct text){ app->copied->data, app->copied->size });
	buffer_drop(app->copied);
	app->copied = NULL;
	app->wants_redraw = app->wants_suspend = app->wants_settings = false;
}

bool
loop_screen(const struct loop_options *options, struct error *err)
{
	struct loop loop = { .tty_wait = -1 };
	struct tty_options tty;
	bool ok;

	if (!app_init(&loop.app, err))
		return false;
	loop.app.has_terminal = true;
	tty = tty_as_set(&loop.app, &options->tty);
	ok = begin(&loop.app, options, err) && tty_open(&tty, err);
	if (ok) {
		resize(&loop);
		if (!play(&loop.app, options, err))
			app_fail(&loop.app, err);
		paint(&loop);
		while (!loop.app.is_done) {
			turn(&loop);
			serve(&loop, &options->tty);
		}
	}
	/* First what is not saved, while signals are still ours: one more does not end it. */
	app_release(&loop.app);
	tty_close();
	surface_release(&loop.surface);
	linear_release(&loop.linear);
	return ok;
}

bool
loop_script(const struct loop_options *options, struct error *err)
{
	struct app *app = calloc(1, sizeof *app);
	bool ok;

	if (!app)
		return fail(err, "no memory for the workbench");
	if (!app_init(app, err)) {
		free(app);
		return false;
	}
	app->is_macro = true;
	ok = begin(app, options, err) && play(app, options, err);
	app_settle(app);
	app_release(app);
	free(app);
	return ok;
}
