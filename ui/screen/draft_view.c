/* draft_view - what was not saved: taken back, looked at, or thrown away. */
#include <stdio.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "desk/diff_text.h"
#include "desk/draft.h"
#include "desk/paths.h"
#include "screen/file_actions.h"

enum { LARGEST = 1 << 30 };

/* --- the difference --- */

/* As the file is now; without one, as it was when the draft began. */
static bool
saved_flow(const struct draft *draft, struct flow *out, struct error *err)
{
	const struct text base = { draft->base->data, draft->base->size };

	if (draft->flow && paths_exists(draft->flow))
		return flow_read(draft->flow, out, err);
	return flow_parse(base, out, err);
}

static bool
compare(const struct draft *draft, struct buffer *out, struct error *err)
{
	const struct text text = { draft->text->data, draft->text->size };
	struct flow old = { 0 }, new = { 0 };
	bool ok = saved_flow(draft, &old, err) && flow_parse(text, &new, err) &&
		  diff_text(&old, &new, out, err);

	flow_release(&old);
	flow_release(&new);
	return ok;
}

void
draft_show(struct app *app, const char *journal)
{
	struct error err = { 0 };
	struct draft draft;
	struct buffer *out = buffer_new(0, &err);

	if (!out || !draft_read(journal, &draft, &err)) {
		app_fail(app, &err);
		buffer_drop(out);
		return;
	}
	if (compare(&draft, out, &err))
		text_open(app, "saved → draft", (struct text){ out->data, out->size });
	else
		app_fail(app, &err);
	draft_release(&draft);
	buffer_drop(out);
}

/* --- the question --- */

/* What stood in a file may have been written by anybody. */
static void
say_restored(struct app *app, const char *more)
{
	app_say(app, TONE_GOOD, "restored · %s",
		app->work.is_trusted ? more : "its steps with code wait for :trust");
}

static void
restored(struct app *app)
{
	say_restored(app, "u takes it back");
}

static void
want(struct app *app, const char *journal, void (*then)(struct app *app))
{
	struct error err = { 0 };

	if (!file_want(app, &(struct wanted){ .draft = journal, .then = then }, &err))
		app_fail(app, &err);
}

static void
answered(struct app *app, uint32_t key)
{
	switch (key) {
	case K_ENTER:
		want(app, app->work.draft, restored);
		break;
	case 'd':
		draft_ask(app);
		draft_show(app, app->work.draft);
		break;
	case 'x':
		work_drop_draft(&app->work);
		app_say(app, TONE_PLAIN,
			"the draft is put aside, with a ~ behind its name");
		break;
	default:
		app_say(app, TONE_PLAIN, "the draft stays until it is written over");
	}
}

void
draft_ask(struct app *app)
{
	static const struct answer answers[] = { { K_ENTER, "restore" },
						 { 'd', "show diff" },
						 { 'x', "discard" },
						 { 'l', "later" } };
	const size_t n = app->work.draft_edits;
	char when[CLOCK_SIZE];

	if (!app->work.draft)
		return;
	clock_local(app->work.draft_time, "%Y-%m-%d %H:%M", when);
	ask_open(app,
		 arena_print(&app->arena, "%zu edit%s from %s %s not saved.", n,
			     text_plural(n), when, n == 1 ? "was" : "were"),
		 answers, COUNT(answers), answered);
}

/* --- from the start screen --- */

static void
opened_anew(struct app *app)
{
	say_restored(app, "F2 saves it");
}

void
draft_open_flow(struct app *app, const char *journal)
{
	want(app, journal, opened_anew);
}
