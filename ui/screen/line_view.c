/*
 * line_view - the command line at the foot of the screen.
 *
 * What is typed is edited by widget/line.h; above it stand what could be typed
 * (complete.h) and what the line would do (glance.h). A command that fails leaves the
 * line open, with the reason.
 */
#include <stdio.h>

#include "desk/history.h"
#include "desk/step.h"
#include "screen/complete.h"
#include "screen/glance.h"
#include "screen/overlay.h"
#include "term/clean.h"
#include "widget/entry.h"
#include "widget/line.h"
#include "widget/wrap.h"

enum {
	SETTLE = 60,   /* milliseconds without a key before a step is tried */
	REMINDER = 40, /* column */
	COMPLAINT_LINES = 4,
};

struct prompt {
	struct overlay overlay;
	enum line_kind kind;
	char mark[PRESS_SIZE];       /* ":" */
	const struct action *action; /* whose only param is typed; NULL: a command */
	struct completion completion;
	struct arena found; /* the completion's */
	bool is_shut;       /* the box, until something else is typed */
	bool is_turning;    /* Tab goes from one candidate to the next */
	size_t turn;
	size_t typed_to; /* byte where the candidate that stands there ends */
	struct folder *folder;
	const struct folder_list *files;
	char asked[1024]; /* folder */
	struct glance *glance;
	int64_t changed;         /* when; 0: what is typed was tried */
	char reason[LINE_SIZE];  /* why it was not done */
	char doubt[LINE_SIZE];   /* why it will not be */
	struct history *history; /* on its way; NULL: readline has it */
};

/* Readline's history is that of the program, whatever line is open. */
static bool history_is_known;

/* --- history --- */

static void
recall(struct prompt *prompt, struct app *app)
{
	const struct names *lines;

	if (history_is_known || !app->has_terminal)
		return;
	if (!prompt->history)
		prompt->history = history_read(&app->wake);
	lines = prompt->history ? history_lines(prompt->history) : NULL;
	if (prompt->history && !lines)
		return;
	for (size_t i = 0; lines && i < lines->n; i++)
		line_remember(LINE_COMMAND, lines->at[i]);
	history_free(prompt->history);
	prompt->history = NULL;
	history_is_known = true;
}

static void
remember(struct app *app, enum line_kind kind, const char *text)
{
	line_remember(kind, text);
	if (kind == LINE_COMMAND && app->has_terminal)
		history_add(text, &app->wake);
}

/* --- what could be typed --- */

static struct text
typed(void)
{
	return (struct text){ line_text(), line_point() };
}

static void
ask_files(struct prompt *prompt, struct app *app)
{
	const char *folder = prompt->completion.folder;
	struct error ignored;

	if (!folder || !strcmp(folder, prompt->asked) ||
	    strlen(folder) >= sizeof prompt->asked)
		return;
	strcpy(prompt->asked, folder);
	if (!prompt->folder)
		prompt->folder = folder_new(&app->wake);
	if (prompt->folder)
		(void)!folder_read(prompt->folder, folder, false, &ignored);
}

static void
refresh(struct prompt *prompt, struct app *app)
{
	arena_release(&prompt->found);
	prompt->completion = (struct completion){ .title = "" };
	if (prompt->action || line_is_searching())
		return;
	complete(app, typed(), prompt->files, &prompt->completion, &prompt->found);
	ask_files(prompt, app);
}

/* Is the only candidate what stands there already? */
static bool
is_settled(const struct prompt *prompt)
{
	const struct completion *c = &prompt->completion;

	return c->n == 1 && c->to - c->from == strlen(c->at[0].text) &&
	       strncmp(line_text() + c->from, c->at[0].text, c->to - c->from) == 0;
}

static bool
has_box(const struct prompt *prompt)
{
	return prompt->completion.n && !prompt->is_shut && !line_is_searching() &&
	       !is_settled(prompt);
}

static void
edited(struct prompt *prompt, struct app *app)
{
	prompt->is_turning = false;
	prompt->is_shut = false;
	prompt->reason[0] = prompt->doubt[0] = '\0';
	prompt->changed = app->now;
	glance_forget(prompt->glance);
	app_due(app, SETTLE);
	refresh(prompt, app);
}

static void
put(struct prompt *prompt, const struct candidate *candidate)
{
	const struct completion *c = &prompt->completion;

	line_replace(c->from, prompt->is_turning ? prompt->typed_to : c->to,
		     candidate->text);
	prompt->typed_to = c->from + strlen(candidate->text);
}

/* What all have in common; the only one, and a blank; else the first one. */
static void
tab(struct prompt *prompt, struct app *app)
{
	const struct completion *c = &prompt->completion;
	const struct text common = completion_common(c);

	if (c->n == 0)
		return;
	if (c->n == 1) {
		put(prompt, &c->at[0]);
		if (!c->at[0].goes_on)
			line_replace(line_point(), line_point(), " ");
		edited(prompt, app);
	} else if (common.size > c->to - c->from &&
		   strncmp(common.data, line_text() + c->from, c->to - c->from) == 0) {
		line_replace(c->from, c->to,
			     arena_text_n(&app->arena, common.data, common.size));
		edited(prompt, app);
	} else {
		put(prompt, &c->at[0]);
		prompt->is_turning = true;
		prompt->turn = 0;
	}
}

static void
turn(struct prompt *prompt, bool back)
{
	const size_t n = prompt->completion.n;

	prompt->turn = (prompt->turn + (back ? n - 1 : 1)) % n;
	put(prompt, &prompt->completion.at[prompt->turn]);
}

/* What would follow what is typed, if the first candidate is meant; "" if it does not go
 * on so, or the cursor is elsewhere. */
static const char *
ghost(const struct prompt *prompt)
{
	const struct completion *c = &prompt->completion;
	const size_t n = c->to - c->from;

	if (c->n == 0 || n == 0 || prompt->is_turning || line_text()[line_point()] ||
	    strncmp(c->at[0].text, line_text() + c->from, n) != 0)
		return "";
	return c->at[0].text + n;
}

static bool
take_ghost(struct prompt *prompt, struct app *app)
{
	const char *rest = ghost(prompt);

	if (!*rest)
		return false;
	line_replace(line_point(), line_point(), rest);
	edited(prompt, app);
	return true;
}

/* --- what it would do --- */

/* Must a value of this param be one of the candidates? */
static bool
is_closed(const struct param *p)
{
	return p && (p->kind == KIND_COLUMN || p->kind == KIND_COLUMNS ||
		     p->kind == KIND_CHOICE || p->kind == KIND_TYPE);
}

/* ":12" is the number of a row (app_command()). */
static bool
is_number(void)
{
	const char *text = line_text();

	return !text[strspn(text, "0123456789")];
}

/* A file would have to be looked at. */
static bool
reads_file(const struct app *app, const struct step_links *links)
{
	return links->with && *links->with &&
	       app_second(&app->work.flow, links->with) == FLOW_NONE;
}

static void
try(struct prompt *prompt, struct app *app)
{
	struct command_line line;
	struct error err = { 0 };

	prompt->changed = 0;
	if (is_closed(prompt->completion.param) && *ghost(prompt))
		return; /* half a name is no mistake yet */
	if (prompt->action || text_is_blank(text_of(line_text())) || is_number())
		return;
	if (!command_parse(text_of(line_text()), &line, &app->arena, &err)) {
		if (prompt->completion.n == 0)
			snprintf(prompt->doubt, sizeof prompt->doubt, "%.500s", err.text);
		return;
	}
	if (line.op && app->work.is_open && param_check(line.params, line.fields, &err) &&
	    (!line.op->check || line.op->check(line.fields, &err)) &&
	    !reads_file(app, line.links))
		glance_ask(prompt->glance, app, line.op, line.fields, line.links);
}

static bool
news(void *self, struct app *app)
{
	struct prompt *prompt = self;
	const struct folder_list *files =
		prompt->folder ? folder_list(prompt->folder) : NULL;
	bool has_news = glance_news(prompt->glance, app);

	recall(prompt, app);
	if (prompt->changed && app->now - prompt->changed >= SETTLE) {
		try(prompt, app);
		has_news = true;
	} else if (prompt->changed) {
		app_due(app, SETTLE);
	}
	if (files != prompt->files) {
		prompt->files = files;
		has_news = true;
	}
	if (has_news && !prompt->is_turning)
		refresh(prompt, app);
	return has_news;
}

/* --- entered --- */

static void open_with(struct app *app, const char *text, const char *reason);

/* The line of an action that takes one text, as the command that it stands for. */
static const char *
command_of(const struct prompt *prompt, const char *text, struct arena *arena)
{
	if (!prompt->action)
		return text;
	return arena_print(arena, "%s %s=%s", prompt->action->name,
			   prompt->action->params->name, step_value(text, arena));
}

/* The word that the line ends with stands for the only candidate that begins so. */
static void
finish_word(struct prompt *prompt, struct app *app)
{
	const struct completion *c = &prompt->completion;
	size_t n = 0;

	for (size_t i = 0; i < c->n && c->at[i].begins; i++)
		n += !c->at[i].goes_on;
	if (is_closed(c->param) && n == 1 && !c->at[0].goes_on)
		take_ghost(prompt, app);
}

/* Who types faster than it is tried: what the columns on view say against it; NULL:
 * nothing. */
static const char *
misfit(struct app *app, const char *command)
{
	struct sheet *sheet = app_sheet(app);
	struct schema tables[2] = { 0 };
	struct command_line line;
	struct error err = { 0 };
	struct steps steps;

	if (!sheet || app->coming ||
	    !command_parse(text_of(command), &line, &app->arena, &err) || !line.op ||
	    line.op->role != ROLE_TRANSFORM || line.op->flags & OP_TWO_INPUTS)
		return NULL;
	tables[0] = sheet_state(sheet)->schema;
	if (!step_fit(line.op, line.fields, tables, &steps, &app->arena, &err))
		return arena_text(&app->arena, err.text);
	steps_release(&steps);
	return NULL;
}

/* A step that was tried and failed, or would, is made when it is entered twice. */
static bool
hesitates(struct prompt *prompt, struct app *app, const char *command)
{
	bool is_bad;
	const char *text = glance_text(prompt->glance, &is_bad, &app->arena);

	if (prompt->reason[0])
		return false;
	if (!is_bad)
		text = misfit(app, command);
	if (!text)
		return false;
	snprintf(prompt->reason, sizeof prompt->reason,
		 "%.400s · ⏎ again makes it all the same", text);
	return true;
}

/* The line goes before what it says is done, which may open something else. */
static void
enter(struct prompt *prompt, struct app *app)
{
	const char *text, *command;
	struct error err = { 0 };

	if (*ghost(prompt))
		finish_word(prompt, app);
	text = arena_text(&app->arena, line_text());
	command = command_of(prompt, text, &app->arena);

	if (text_is_blank(text_of(text))) {
		app_pop(app);
		return;
	}
	if (hesitates(prompt, app, command))
		return;
	remember(app, prompt->kind, text);
	app_pop(app);
	if (!app_command(app, command, &err))
		open_with(app, command, err.text);
}

static bool
edit(struct prompt *prompt, struct app *app, const struct event *event)
{
	switch (line_event(event)) {
	case LINE_ENTERED:
		enter(prompt, app);
		return true;
	case LINE_LEFT:
		app_pop(app);
		return true;
	case LINE_EDITED:
		edited(prompt, app);
		return true;
	case LINE_IGNORED:
		break;
	}
	return false;
}

static bool
is_shift_tab(const struct event *event)
{
	return event->kind == EVENT_KEY && event->press.key == K_TAB &&
	       event->press.mods == MOD_SHIFT;
}

static bool
event(void *self, struct app *app, const struct event *event)
{
	struct prompt *prompt = self;

	if (prompt->is_turning && (event_is(event, K_TAB) || is_shift_tab(event)))
		turn(prompt, is_shift_tab(event));
	else if (event_is(event, K_TAB))
		tab(prompt, app);
	else if ((event_is(event, K_RIGHT) || event_is(event, K_END)) &&
		 take_ghost(prompt, app))
		return true;
	else
		edit(prompt, app, event);
	return true;
}

/* --- drawing --- */

/* What goes wrong, what the step would do, or what the value is. */
static void
draw_above(const struct prompt *prompt, struct app *app, struct pane pane)
{
	const struct param *param = prompt->completion.param;
	bool is_bad;
	const char *text = glance_text(prompt->glance, &is_bad, &app->arena);
	const int width = pane.columns - 2, row = pane.rows - 2;

	if (prompt->reason[0])
		wrap_draw_up(pane, row, 1, width, COMPLAINT_LINES, PAINT(INK_ERR),
			     text_of(prompt->reason));
	else if (prompt->doubt[0])
		wrap_draw_up(pane, row, 1, width, COMPLAINT_LINES, PAINT(INK_WARN),
			     text_of(prompt->doubt));
	else if (*text)
		pane_text(pane, row, 1, width, PAINT(is_bad ? INK_WARN : INK_OK),
			  text_of(arena_print(&app->arena, "%s%s · ↑ history · ^R search",
					      is_bad ? "" : "preview: ", text)));
	else if (prompt->action)
		pane_text(pane, row, 1, width, PAINT(INK_DIM),
			  text_of(prompt->action->help));
	else if (param)
		pane_text(pane, row, 1, width, PAINT(INK_DIM),
			  text_of(arena_print(&app->arena, "%s: %s", param->name,
					      param->help)));
	else
		pane_text(pane, row, 1, width, PAINT(INK_DIM),
			  text_of("↑ history · ^R search · Ctrl-P shows all there is"));
}

static void
draw_line(const struct prompt *prompt, struct pane pane)
{
	const char *search = line_prompt(), *rest = ghost(prompt);
	const char *mark = *search ? search : prompt->mark;
	int column = pane_print(pane, 0, 0, PAINT(INK_ACCENT, STYLE_BOLD), "%s", mark);

	column = entry_draw_text(pane, 0, column, pane.columns - column - 1,
				 PAINT(INK_TEXT), text_of(line_text()), line_point());
	column += pane_text(pane, 0, column, pane.columns - column, PAINT(INK_DIM),
			    text_of(rest));
	if (column < REMINDER - 1)
		pane_print(pane, 0, REMINDER, PAINT(INK_DIM),
			   "⇥ complete  ⏎ run  Esc cancel");
}

static void
draw(void *self, struct app *app, struct pane pane)
{
	struct prompt *prompt = self;
	struct pane foot = pane_part(pane, pane.rows - 2, 0, 2, pane.columns);

	pane_fill(foot, PAINT(INK_TEXT));
	if (has_box(prompt))
		completion_draw(pane, app, &prompt->completion,
				prompt->is_turning ? &prompt->turn : NULL);
	draw_above(prompt, app, pane);
	draw_line(prompt, pane_part(foot, 1, 0, 1, foot.columns));
}

/* What is typed, and why it is refused. */
static const char *
sentence(void *self, struct app *app)
{
	const struct prompt *prompt = self;
	const char *search = line_prompt();

	return arena_print(&app->arena, "%s%s%s%s", *search ? search : prompt->mark,
			   line_text(), prompt->reason[0] ? ", " : "", prompt->reason);
}

static void
close(void *self, struct app *app)
{
	struct prompt *prompt = self;

	line_end();
	history_free(prompt->history); /* the next line asks again */
	glance_free(prompt->glance);
	folder_free(prompt->folder);
	arena_release(&prompt->found);
	overlay_close(self, app);
}

static const struct view view = {
	.name = "line",
	.is_modal = true,
	.draw = draw,
	.event = event,
	.news = news,
	.sentence = sentence,
	.close = close,
};

/* An action with a sign for a key and one text to be told shows the sign, and takes the
 * text as it is typed: "/". */
static const struct action *
bare_action(const char *text)
{
	const struct text word = text_trim(text_of(text));
	const struct action *action = action_named(word);
	const char *key = action ? action_keys(action) : "";

	return action && action->params && action->params[0].kind == KIND_TEXT &&
			       !action->params[1].name && strlen(key) == 1 && *key < '0'
		       ? action
		       : NULL;
}

static void
open_with(struct app *app, const char *text, const char *reason)
{
	struct prompt *prompt = overlay_new(sizeof *prompt);

	prompt->action = bare_action(text);
	prompt->kind = prompt->action ? LINE_FIND : LINE_COMMAND;
	snprintf(prompt->mark, sizeof prompt->mark, "%s",
		 prompt->action ? action_keys(prompt->action) : ":");
	snprintf(prompt->reason, sizeof prompt->reason, "%s", reason);
	prompt->glance = glance_new();
	recall(prompt, app);
	line_begin(prompt->kind, prompt->action ? "" : text);
	refresh(prompt, app);
	app_push(app, &view, prompt);
}

void
line_open(struct app *app, const char *text)
{
	open_with(app, text, "");
}
