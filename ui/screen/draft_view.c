/* draft_view - what was not saved: taken back, looked at, or thrown away. */
#include "base/clock.h"
#include "desk/diff_text.h"
#include "desk/draft.h"
#include "desk/paths.h"
#include "screen/start.h"

enum { HOLD = 250 }; /* milliseconds that keys wait for the difference */

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

struct comparison {
	struct arena arena;
	const char *journal;
	struct buffer *out;
	bool ok;
	struct error err;
};

static void
work_at(void *context, const atomic_bool *cancel)
{
	struct comparison *comparison = context;
	struct error *err = &comparison->err;
	struct draft draft;

	(void)cancel;
	comparison->out = buffer_new(0, err);
	if (!comparison->out || !draft_read(comparison->journal, &draft, err))
		return;
	comparison->ok = compare(&draft, comparison->out, err);
	draft_release(&draft);
}

static void
discard(void *context)
{
	struct comparison *comparison = context;
	struct arena arena = comparison->arena;

	buffer_drop(comparison->out);
	arena_release(&arena);
}

void
draft_show(struct app *app, const char *journal)
{
	struct job **job = draft_job(app);
	struct arena arena = { 0 };
	struct comparison *comparison = ARENA_NEW(&arena, struct comparison);
	const struct job_spec spec = { .work = work_at,
				       .release = discard,
				       .context = comparison,
				       .wake = &app->wake,
				       .is_idle = true };
	struct error err = { 0 };

	comparison->journal = arena_text(&arena, journal);
	comparison->arena = arena;
	job_drop(*job);
	if (job_start(&spec, job, &err)) {
		app_hold(app, HOLD);
		return;
	}
	discard(comparison);
	app_fail(app, &err);
}

bool
draft_news(struct app *app)
{
	struct job **job = draft_job(app);
	struct comparison *comparison;

	if (!*job || !job_is_done(*job))
		return false;
	comparison = job_take(*job);
	*job = NULL;
	app_hold(app, 0);
	if (comparison->ok)
		text_open(app, "saved → draft",
			  (struct text){ comparison->out->data, comparison->out->size });
	else
		app_fail(app, &comparison->err);
	discard(comparison);
	return true;
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
