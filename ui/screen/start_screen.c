/* start_screen - what to begin with; and the news of files, whatever screen is on. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "desk/draft.h"
#include "desk/paths.h"
#include "screen/start.h"
#include "screen/tour.h"

enum { TIP_FOR = 20000 }; /* milliseconds that a tip stays */

static struct start *
start_of(struct app *app)
{
	return app->start.self;
}

struct exporter *
exporter_of(struct app *app)
{
	return &start_of(app)->exporter;
}

struct job **
draft_job(struct app *app)
{
	return &start_of(app)->difference;
}

/* --- what was opened before, and drafts of it, found behind the screen's back --- */

struct search {
	struct arena arena;
	struct recents recents;
	bool for_drafts; /* too */
	struct offer offers[START_OFFERS];
	size_t n;
};

static void
consider(struct search *search, const char *path)
{
	struct draft draft;
	struct error err;

	if (search->n == START_OFFERS || !paths_exists(path) ||
	    !draft_read(path, &draft, &err))
		return;
	if (!draft_is_live(&draft) && draft_says_more(&draft)) {
		const char *of = draft.flow    ? draft.flow
				 : draft.table ? draft.table
					       : "a new flow";

		search->offers[search->n++] = (struct offer){
			arena_text(&search->arena, path),
			arena_text(&search->arena, paths_name(of)),
			draft.commands.n,
			draft.time,
		};
	}
	draft_release(&draft);
}

static void
search_work(void *context, const atomic_bool *cancel)
{
	struct search *search = context;
	struct names apart = { 0 };

	recent_read(&search->recents, &search->arena);
	if (!search->for_drafts)
		return;
	for (size_t i = 0; i < search->recents.n && !atomic_load(cancel); i++) {
		const char *path =
			draft_beside(search->recents.at[i].path, &search->arena);

		if (!paths_is_flow(search->recents.at[i].path))
			continue;
		consider(search, path);
		consider(search, arena_print(&search->arena, "%s~", path));
	}
	draft_list(&apart, &search->arena);
	for (size_t i = 0; i < apart.n && !atomic_load(cancel); i++)
		consider(search, apart.at[i]);
}

static void
search_free(void *context)
{
	struct arena arena = ((struct search *)context)->arena;

	arena_release(&arena);
}

static void
search_begin(struct start *start, struct app *app, bool for_drafts)
{
	struct arena arena = { 0 };
	struct search *search = ARENA_NEW(&arena, struct search);
	const struct job_spec spec = { .work = search_work,
				       .release = search_free,
				       .context = search,
				       .wake = &app->wake,
				       .is_idle = true };
	struct error err;

	search->for_drafts = for_drafts;
	search->arena = arena;
	if (!job_start(&spec, &start->search, &err))
		search_free(search);
}

static void
take_recents(struct start *start, const struct recents *recents)
{
	start->recents = *recents;
	for (size_t i = 0; i < recents->n; i++)
		start->recents.at[i].path =
			arena_text(&start->arena, recents->at[i].path);
}

static void
take_offers(struct start *start, const struct search *search)
{
	for (size_t i = 0; i < search->n; i++) {
		struct offer *offer = &start->offers[i];

		*offer = search->offers[i];
		offer->journal = arena_text(&start->arena, offer->journal);
		offer->name = arena_text(&start->arena, offer->name);
	}
	start->n_offers = search->n;
}

static bool
search_news(struct start *start)
{
	struct search *search;

	if (!start->search || !job_is_done(start->search))
		return false;
	search = job_take(start->search);
	start->search = NULL;
	take_recents(start, &search->recents);
	if (search->for_drafts)
		take_offers(start, search);
	search_free(search);
	return true;
}

/* --- the state --- */

static void *
make(struct app *app)
{
	struct arena arena = { 0 };
	struct start *start = ARENA_NEW(&arena, struct start);

	start->at = -1;
	start->watch = watch_new(&app->wake);
	recent_read(&start->recents, &arena);
	start->arena = arena;
	search_begin(start, app, true);
	return start;
}

static void
release(void *self, struct app *app)
{
	struct start *start = self;
	struct arena arena;

	export_stop(app);
	file_open_stop(app);
	job_drop(start->search);
	job_drop(start->difference);
	watch_free(start->watch);
	arena = start->arena;
	arena_release(&arena);
}

/* --- news --- */

void
start_hide(struct app *app, const char *folder)
{
	struct start *start = start_of(app);

	snprintf(start->hidden, sizeof start->hidden, "%s", folder);
}

void
start_remember(struct app *app, const char *path, int64_t rows)
{
	const struct start *start = start_of(app);

	if (strcmp(paths_folder(path, &app->arena), start->hidden) != 0)
		recent_note(path, rows, &app->wake);
}

/* How many rows a file has is known some time after it was opened. */
static void
note_rows(struct start *start, struct app *app)
{
	const struct work *work = &app->work;
	const char *path = work->path ? work->path : work->table;
	const struct sheet_state *state = app->sheet ? sheet_state(app->sheet) : NULL;

	if (!path || work->is_piped || !strcmp(start->noted_path, path) || !state ||
	    !state->is_whole)
		return;
	snprintf(start->noted_path, sizeof start->noted_path, "%s", path);
	start_remember(app, path, (int64_t)state->rows);
}

static bool
tell_trouble(struct start *start, struct app *app)
{
	struct error err;

	work_trouble(&app->work, &err);
	if (!strcmp(err.text, start->trouble))
		return false;
	snprintf(start->trouble, sizeof start->trouble, "%.255s", err.text);
	if (err.text[0])
		app_say(app, TONE_BAD,
			"changes are in memory only · :save file=PATH elsewhere · %s",
			err.text);
	else
		app_say(app, TONE_GOOD, "changes reach the disk again");
	return true;
}

static bool
tell_change(struct start *start, struct app *app)
{
	struct work_stamp now;
	const char *path = watch_found(start->watch, &now);
	const struct work *work = &app->work;
	char when[CLOCK_SIZE];

	if (!path || (work->path && !strcmp(path, work->path) &&
		      (work_saving(work) || work_stamp_is(&now, &work->stamp))))
		return false;
	pinning_doubt(app->pinning);
	clock_local(time(NULL), "%H:%M", when);
	app_say(app, TONE_PLAIN, "%s changed %s · :reload reads it again",
		paths_name(path), when);
	return true;
}

static bool
news(void *self, struct app *app)
{
	struct start *start = self;
	bool any = search_news(start);

	any |= export_news(app, &start->exporter);
	any |= file_open_news(app);
	any |= file_save_news(app);
	any |= draft_news(app);
	start->was_open |= app->work.is_open;
	if (!app->work.is_open)
		return any;
	note_rows(start, app);
	any |= tell_trouble(start, app);
	if (app->has_terminal && start->watch) {
		any |= tell_change(start, app);
		watch_look(start->watch, &app->work, app->now);
		app_due(app, WATCH_EVERY);
	}
	return any;
}

/* --- what the user does --- */

static void
act(struct app *app, const char *name)
{
	app_act(app, action_find(name));
}

static void
open_recent(struct start *start, struct app *app, int i)
{
	if (i >= 0 && i < (int)start->recents.n)
		file_open(app, start->recents.at[i].path);
}

static void
move(struct start *start, int by)
{
	const int last = (int)start->recents.n - 1;

	start->at += by;
	if (start->at > last)
		start->at = last;
	if (start->at < 0)
		start->at = last < 0 ? -1 : 0;
}

/* Keys of the draft on view. */
static bool
offer_key(struct start *start, struct app *app, const struct event *event)
{
	const struct offer *offer = &start->offers[start->offer];

	if (start->offer >= start->n_offers)
		return false;
	if (event_is(event, K_ENTER) && start->at < 0) {
		start->offer++;
		draft_open_flow(app, offer->journal);
	} else if (event_is(event, 'd')) {
		draft_show(app, offer->journal);
	} else if (event_is(event, 'x')) {
		unlink(offer->journal);
		start->offer++;
		app_say(app, TONE_PLAIN, "the draft of %s is gone", offer->name);
	} else {
		return false;
	}
	return true;
}

static bool
key(struct start *start, struct app *app, const struct event *event)
{
	const uint32_t key = event->press.key;

	if (event->press.mods)
		return false;
	if (offer_key(start, app, event))
		return true;
	if (key >= '1' && key <= '9')
		open_recent(start, app, (int)(key - '1'));
	else if (key == K_ENTER)
		open_recent(start, app, start->at);
	else if (key == K_DOWN || key == 'j' || key == 'r')
		move(start, 1);
	else if (key == K_UP || key == 'k')
		move(start, -1);
	else if (key == 'o')
		act(app, "open");
	else if (key == 'n')
		act(app, "new");
	else if (key == 'e')
		act(app, "example");
	else if (key == 'T')
		act(app, "tour");
	else
		return false;
	return true;
}

/* What a terminal pastes when a file is dropped on it: quoted, escaped, as an address. */
static const char *
path_of_paste(struct text paste, struct arena *arena)
{
	char *path;
	size_t n = 0;

	paste = text_trim(paste);
	if (paste.size > 1 && (paste.data[0] == '\'' || paste.data[0] == '"') &&
	    paste.data[paste.size - 1] == paste.data[0])
		paste = (struct text){ paste.data + 1, paste.size - 2 };
	if (paste.size > 7 && !memcmp(paste.data, "file://", 7))
		paste = (struct text){ paste.data + 7, paste.size - 7 };
	path = arena_text_n(arena, paste.data, paste.size);
	if (paths_exists(paths_absolute(path, arena)))
		return paths_absolute(path, arena);
	for (size_t i = 0; path[i]; i++)
		if (path[i] != '\\' || !path[i + 1])
			path[n++] = path[i];
	path[n] = '\0';
	return paths_absolute(path, arena);
}

static bool
click(struct start *start, struct app *app, const struct mouse *mouse)
{
	static const char keys[] = "..oneT";
	const int row = mouse->row - start->lines.row;
	struct event event = { .kind = EVENT_KEY };

	if (mouse->kind != MOUSE_PRESS || row < 0)
		return false;
	if (start->recent_row >= 0 && row >= start->recent_row &&
	    row < start->recent_row + (int)start->recents.n) {
		open_recent(start, app, row - start->recent_row);
		return true;
	}
	if (row >= (int)sizeof keys - 1 || keys[row] == '.')
		return false;
	event.press.key = (uint32_t)keys[row];
	return key(start, app, &event);
}

static bool
event(void *self, struct app *app, const struct event *event)
{
	struct start *start = self;

	app->is_dirty = true;
	switch (event->kind) {
	case EVENT_KEY:
		return key(start, app, event);
	case EVENT_MOUSE:
		return click(start, app, &event->mouse);
	case EVENT_PASTE:
		file_open(app, path_of_paste(event->paste, &app->arena));
		return true;
	default:
		return false;
	}
}

/* --- what is seen --- */

static void
draw(void *self, struct app *app, struct pane pane)
{
	struct start *start = self;

	if (start->was_open && !start->search) {
		search_begin(start, app, false);
		start->was_open = false;
	}
	start_draw(start, app, pane);
}

static void
heading(void *self, struct app *app, struct heading *heading)
{
	struct start *start = self;

	snprintf(heading->title, sizeof heading->title, "no flow");
	if (!app->settings.tips)
		return;
	if (!start->begun)
		start->begun = app->now;
	start->tip = (size_t)((app->now - start->begun) / TIP_FOR) % START_TIPS;
	snprintf(heading->left, sizeof heading->left, "tip %zu/%d · %s", start->tip + 1,
		 START_TIPS, action_spell(start_tips[start->tip], &app->arena));
}

static const char *
hints(void *self, struct app *app)
{
	const struct start *start = self;

	return arena_print(&app->arena,
			   "o open  n new flow  e example  r recent  T 2-minute tour  "
			   "F1 help  %s? keys",
			   start->is_wide ? "F10 quit  " : "");
}

const struct view start_view = {
	.name = "start",
	.make = make,
	.draw = draw,
	.event = event,
	.news = news,
	.heading = heading,
	.hints = hints,
	.close = release,
};
