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
restore(struct app *app)
{
	struct error err = { 0 };

	if (!work_restore(&app->work, &err))
		app_fail(app, &err);
	else
		say_restored(app, "u takes it back");
}

static void
answered(struct app *app, uint32_t key)
{
	switch (key) {
	case K_ENTER:
		restore(app);
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
	struct error err = { 0 };
	struct draft draft;
	char when[CLOCK_SIZE];

	if (!app->work.draft || !draft_read(app->work.draft, &draft, &err))
		return;
	clock_local(draft.time, "%Y-%m-%d %H:%M", when);
	ask_open(app,
		 arena_print(&app->arena, "%zu edit%s from %s %s not saved.",
			     draft.commands.n, text_plural(draft.commands.n), when,
			     draft.commands.n == 1 ? "was" : "were"),
		 answers, COUNT(answers), answered);
	draft_release(&draft);
}

/* --- from the start screen --- */

void
draft_open_flow(struct app *app, const char *journal)
{
	struct error err = { 0 };
	struct work work = app_next_work(app);

	if (!work_open_draft(&work, journal, &err)) {
		app_fail(app, &err);
		return;
	}
	app_take(app, &work);
	say_restored(app, "F2 saves it");
}
