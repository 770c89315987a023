/*
 * insight_screen - what is odd in the columns of the current step, the gravest first,
 * each with the step that mends it.
 *
 * All of it comes from the profile. It is worked out anew when there is another one.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "desk/step.h"
#include "screen/insight.h"
#include "term/clean.h"
#include "widget/bars.h"
#include "widget/figure.h"
#include "widget/step_text.h"
#include "widget/wrap.h"

enum {
	SECTIONS_WIDTH = 24,
	SECTIONS_WIDE = 30,
	WIDE = 110,
	SECTIONS_ROW = 2, /* of the surface: below the tabs and the edge of their box */
	NAME_WIDTH = 26,
	BAR_WIDTH = 12,
	WHAT = 8, /* where the words of a warning begin */
	/* Columns of the list of columns, from its type on. */
	DISTINCT = 5,
	DISTINCT_WIDTH = 6,
	SHAPE = 13,
	RANGE = SHAPE + BAR_WIDTH + 2
};

static const char *const section_names[] = { "Warnings", "Missing", "Columns" };

static struct insight *
insight_of(struct app *app)
{
	return app->screens[SCREEN_INSIGHT].self;
}

static void *
make(struct app *app)
{
	struct insight *insight = calloc(1, sizeof *insight);

	(void)app;
	if (!insight)
		abort();
	return insight;
}

static void
close(void *self, struct app *app)
{
	struct insight *insight = self;

	(void)app;
	arena_release(&insight->arena);
	free(insight);
}

/* "4 ⚠ 19 ·": what is worth a look, and what is only told. */
static void
count_warnings(const struct insight *insight, char *out, size_t size)
{
	const struct item *items = insight->items[SECTION_WARNINGS];
	size_t bad = 0, notes;
	int n = 0;

	for (size_t i = 0; i < insight->n[SECTION_WARNINGS]; i++)
		bad += items[i].advice.severity > SEVERITY_NOTE;
	notes = insight->n[SECTION_WARNINGS] - bad;
	if (bad)
		n = snprintf(out, size, "%zu ⚠%s", bad, notes ? " " : "");
	if (notes || !bad)
		snprintf(out + n, size - (size_t)n, notes ? "%zu ·" : "%zu", notes);
}

static void
draw_sections(struct pane pane, const struct insight *insight)
{
	pane = pane_box(pane, PAINT(INK_RULE), "sections", NULL);
	for (int i = 0; i < SECTION_COUNT; i++) {
		const bool is_here = i == (int)insight->section;
		char count[FIGURE_SIZE];

		if (i == SECTION_WARNINGS)
			count_warnings(insight, count, sizeof count);
		else
			figure_count(insight->n[i], count);
		if (is_here)
			pane_put(pane, i, 0, PAINT(INK_ACCENT), 0x258c);
		pane_print(pane, i, 1,
			   is_here ? PAINT(INK_ACCENT, STYLE_BOLD) : PAINT(INK_TEXT),
			   "%s", section_names[i]);
		pane_print_right(pane, i, pane.columns - 1, PAINT(INK_DIM), "%s", count);
	}
}

/* "19,998 rows · 32 cols · 16 int 1 flt 12 cat": two lines. */
static void
draw_summary(struct pane pane, const struct insight *insight, const struct data *data)
{
	const struct profile *profile = data->view.profile;
	char share[FIGURE_SIZE], text[256];
	size_t n;

	insight_counts(insight, &data->view, text, sizeof text);
	pane_text(pane, 0, 0, pane.columns, PAINT(INK_TEXT), text_of(text));
	figure_percent(insight->missing, insight->cells, share);
	n = (size_t)pane_print(pane, 1, 0, PAINT(INK_DIM), "missing %s of all cells ",
			       insight->missing ? share : "0%");
	bar_draw(pane, 1, (int)n, BAR_WIDTH,
		 insight->cells ? (double)insight->missing / (double)insight->cells : 0,
		 PAINT(INK_WARN));
	if (!profile->is_whole)
		pane_print_right(pane, 1, pane.columns, PAINT(INK_DIM),
				 "≈ of the rows so far");
}

static const char *
sign_of(enum severity severity)
{
	return severity == SEVERITY_HIGH ? "‼" : severity == SEVERITY_MEDIUM ? "⚠" : "·";
}

static enum ink
ink_of(enum severity severity)
{
	return severity == SEVERITY_HIGH     ? INK_ERR
	       : severity == SEVERITY_MEDIUM ? INK_WARN
	       : severity == SEVERITY_LOW    ? INK_INFO
					     : INK_DIM;
}

static void
draw_warning(struct pane pane, int row, const struct item *item,
	     const struct field *field, bool is_here)
{
	const struct advice *a = &item->advice;

	pane_print(pane, row, 1, PAINT(ink_of(a->severity)), "%s %-4s",
		   sign_of(a->severity), severity_names[a->severity]);
	pane_print(pane, row, WHAT, PAINT(INK_TEXT), "%s: %s", field->name, a->what);
	pane_print(pane, row + 1, WHAT, PAINT(is_here ? INK_ACCENT : INK_DIM), "[f] %s",
		   a->cure);
}

static void
draw_missing(struct pane pane, int row, const struct field *field,
	     const struct summary_result *found)
{
	const int bar = NAME_WIDTH + 10;
	char share[FIGURE_SIZE];

	figure_percent(found->missing, found->rows, share);
	pane_text(pane, row, 1, NAME_WIDTH, PAINT(INK_TEXT), text_of(field->name));
	pane_text_right(pane, row, NAME_WIDTH + 2, 6, PAINT(INK_DIM), text_of(share));
	bar_draw(pane, row, bar, pane.columns - bar - 1,
		 (double)found->missing / (double)found->rows, PAINT(INK_WARN));
}

static void
draw_column(struct pane pane, int row, const struct field *field,
	    const struct summary_result *found)
{
	const int x = NAME_WIDTH + 2;
	char distinct[FIGURE_SIZE], range[FIGURE_SIZE];
	struct bars bars;

	figure_short((double)found->distinct, distinct);
	figure_range(found, pane.columns - x - RANGE, range);
	pane_text(pane, row, 1, NAME_WIDTH, PAINT(INK_TEXT), text_of(field->name));
	pane_text(pane, row, x, 4, PAINT(figure_ink(field->type, found)),
		  text_of(figure_type(field->type, found)));
	pane_text_right(pane, row, x + DISTINCT, DISTINCT_WIDTH, PAINT(INK_DIM),
			text_of(distinct));
	bars_of(found, BAR_WIDTH, &bars);
	bars_draw(pane_part(pane, row, x + SHAPE, 1, BAR_WIDTH), &bars, 1, 0,
		  PAINT(INK_BAR));
	pane_text(pane, row, x + RANGE, pane.columns - x - RANGE, PAINT(INK_DIM),
		  text_of(range));
}

/* Lines that an item takes. */
static int
item_rows(const struct insight *insight)
{
	return insight->section == SECTION_WARNINGS ? 2 : 1;
}

static void
draw_items(struct pane pane, struct insight *insight, const struct grid_view *view)
{
	const enum section section = insight->section;
	const int high = item_rows(insight);
	const size_t room = pane.rows > high ? (size_t)(pane.rows / high) : 1;
	size_t *top = &insight->top[section];
	const size_t at = insight->at[section];

	insight->pane = pane;
	if (at < *top)
		*top = at;
	else if (at >= *top + room)
		*top = at - room + 1;
	if (!insight->n[section])
		pane_print(pane, 0, 1, PAINT(INK_OK), "✓ nothing to be seen here");
	for (size_t i = *top; i < insight->n[section] && i < *top + room; i++) {
		const struct item *item = &insight->items[section][i];
		const struct field *field = view->schema->at + item->place;
		const struct summary_result *found = grid_found(view, item->place);
		const int row = (int)(i - *top) * high;

		if (section == SECTION_WARNINGS)
			draw_warning(pane, row, item, field, i == at);
		else if (section == SECTION_MISSING && found)
			draw_missing(pane, row, field, found);
		else if (found)
			draw_column(pane, row, field, found);
		if (i == at) {
			pane_put(pane, row, 0, PAINT(INK_ACCENT), 0x258c);
			pane_style(pane, row, 1, pane.columns - 1, STYLE_REVERSE);
			pane_cursor(pane, row, 1);
		}
	}
}

static void
draw(void *self, struct app *app, struct pane pane)
{
	struct insight *insight = self;
	struct data *data = data_of(app);
	const int left = pane.columns >= WIDE ? SECTIONS_WIDE : SECTIONS_WIDTH;

	if (!insight_look(app, insight)) {
		const char *why = app_sheet_trouble(app);

		wrap_draw(pane, pane.rows / 3, 4, pane.columns - 6,
			  pane.rows - pane.rows / 3, PAINT(why ? INK_ERR : INK_DIM),
			  text_of(why ? why : "reading the rows ..."));
		pane_cursor(pane, pane.rows / 3, 4);
		return;
	}
	if (!app_is_zoomed(app)) {
		draw_sections(pane_part(pane, 0, 0, pane.rows, left), insight);
		pane = pane_part(pane, 0, left + 1, pane.rows, pane.columns - left - 1);
	}
	draw_summary(pane, insight, data);
	draw_items(pane_part(pane, 3, 0, pane.rows - 3, pane.columns), insight,
		   &data->view);
}

/* What mends the warning at hand, as a command. */
static const char *
cure_command(const struct insight *insight, struct arena *arena)
{
	const struct item *item =
		insight->items[SECTION_WARNINGS] + insight->at[SECTION_WARNINGS];
	const struct advice *advice = &item->advice;
	const char *out = arena_print(arena, ":%s", advice->op);

	for (size_t i = 0; i < advice->n; i++) {
		const char *setting = advice->settings[i];
		const char *equals = strchr(setting, '=');

		out = arena_print(arena, "%s %.*s=%s", out, (int)(equals - setting),
				  setting, step_value(equals + 1, arena));
	}
	return out;
}

static void
heading(void *self, struct app *app, struct heading *heading)
{
	struct insight *insight = self;
	const size_t place = work_place(&app->work);

	data_view.heading(data_of(app), app, heading);
	heading->left[0] = heading->right[0] = '\0';
	if (place != FLOW_NONE)
		snprintf(heading->title, sizeof heading->title, "Insight · %s",
			 step_name(app->work.flow.nodes + place, &app->arena));
	if (!insight_look(app, insight) || !insight->n[insight->section])
		return;
	if (insight->section == SECTION_WARNINGS)
		snprintf(heading->left, sizeof heading->left, "%s",
			 cure_command(insight, &app->arena));
	snprintf(heading->right, sizeof heading->right, "%zu/%zu",
		 insight->at[insight->section] + 1, insight->n[insight->section]);
}

static bool
move(struct app *app, int by)
{
	struct insight *insight = insight_of(app);
	size_t *at = &insight->at[insight->section];

	if (!insight_look(app, insight))
		return true;
	if (by < 0 && *at > 0)
		(*at)--;
	else if (by > 0 && *at + 1 < insight->n[insight->section])
		(*at)++;
	return true;
}

static bool
next(struct app *app, const void *fields, struct error *err)
{
	(void)fields;
	(void)err;
	return move(app, 1);
}

static bool
previous(struct app *app, const void *fields, struct error *err)
{
	(void)fields;
	(void)err;
	return move(app, -1);
}

static bool
next_section(struct app *app, const void *fields, struct error *err)
{
	struct insight *insight = insight_of(app);

	(void)fields;
	(void)err;
	insight->section = (insight->section + 1) % SECTION_COUNT;
	return true;
}

static bool
previous_section(struct app *app, const void *fields, struct error *err)
{
	struct insight *insight = insight_of(app);

	(void)fields;
	(void)err;
	insight->section = (insight->section + SECTION_COUNT - 1) % SECTION_COUNT;
	return true;
}

/* What the cursor is on; NULL, and a sentence: nothing. */
static const struct item *
item_here(struct app *app, struct error *err)
{
	struct insight *insight = insight_of(app);

	if (!insight_look(app, insight) || !insight->n[insight->section]) {
		fail(err, "there is nothing here");
		return NULL;
	}
	return &insight->items[insight->section][insight->at[insight->section]];
}

static bool
show(struct app *app, const void *fields, struct error *err)
{
	const struct item *item = item_here(app, err);

	(void)fields;
	if (!item)
		return false;
	grid_to_column(&data_of(app)->grid, item->place);
	app_go(app, SCREEN_DATA);
	data_focus(app, data_of(app));
	data_card_open(app);
	return true;
}

static bool
fix(struct app *app, const void *fields, struct error *err)
{
	const struct item *item = item_here(app, err);
	const struct advice *advice;

	(void)fields;
	if (!item)
		return false;
	if (insight_of(app)->section != SECTION_WARNINGS)
		return fail(err, "only warnings can be mended: Tab goes to them");
	advice = &item->advice;
	grid_to_column(&data_of(app)->grid, item->place);
	data_focus(app, data_of(app));
	return data_step(app, advice->op, advice->settings, advice->n, err);
}

static bool
click(struct app *app, struct insight *insight, const struct mouse *mouse)
{
	const int row = mouse->row - insight->pane.row;
	const size_t at = insight->top[insight->section] +
			  (size_t)(row > 0 ? row : 0) / (size_t)item_rows(insight);
	struct error err = { 0 };

	/* Sections stand at the left, a line each, in a box. */
	if (mouse->column < insight->pane.column) {
		if (mouse->row >= SECTIONS_ROW &&
		    mouse->row < SECTIONS_ROW + SECTION_COUNT)
			insight->section = (enum section)(mouse->row - SECTIONS_ROW);
		return true;
	}
	if (row < 0 || at >= insight->n[insight->section])
		return true;
	insight->at[insight->section] = at;
	if (mouse->clicks == 2 && !show(app, NULL, &err))
		app_fail(app, &err);
	return true;
}

static bool
event(void *self, struct app *app, const struct event *event)
{
	if (event->kind != EVENT_MOUSE)
		return false;
	if (event->mouse.kind == MOUSE_WHEEL)
		return move(app, event->mouse.lines);
	return event->mouse.kind == MOUSE_PRESS && event->mouse.button == 1 &&
	       click(app, self, &event->mouse);
}

/* "Warnings 2 of 10, country: 2% is missing, f: fill in the median" */
static const char *
sentence(void *self, struct app *app)
{
	const struct insight *insight = self;
	const enum section section = insight->section;
	const size_t at = insight->at[section];
	const struct item *item;
	const char *said;

	if (!insight_look(app, self))
		return NULL;
	if (at >= insight->n[section])
		return arena_print(&app->arena, "%s: nothing", section_names[section]);
	item = &insight->items[section][at];
	said = arena_print(&app->arena, "%s %zu of %zu, %s", section_names[section],
			   at + 1, insight->n[section],
			   data_of(app)->view.schema->at[item->place].name);
	if (section == SECTION_WARNINGS)
		return arena_print(&app->arena, "%s: %s, f: %s", said, item->advice.what,
				   item->advice.cure);
	return arena_print(&app->arena, "%s, %" PRIu64 " missing", said, item->missing);
}

static void
targets(void *self, struct app *app, struct targets *targets)
{
	const struct insight *insight = self;
	const size_t top = insight->top[insight->section];
	const size_t left = insight->n[insight->section] - top;

	(void)app;
	for (int row = 0; row < insight->pane.rows; row += item_rows(insight))
		if ((size_t)(row / item_rows(insight)) < left)
			targets_add(targets, insight->pane.row + row,
				    insight->pane.column);
	for (int i = 0; i < SECTION_COUNT && insight->pane.column > 1; i++)
		targets_add(targets, SECTIONS_ROW + i, 1);
}

#define KEY(word, ttl, mn, ks, hnt, hlp, fl, fn)                                         \
	{                                                                                \
		.name = word, .title = ttl, .menu = mn, .keys = ks, .where = IN_INSIGHT, \
		.hint = hnt, .help = hlp, .flags = ACTION_MOVE | (fl), .run = fn         \
	}

const struct action insight_actions[] = {
	KEY("next-finding", "Next", "Analyse", "j Down", "next", "The next line.",
	    ACTION_HIDDEN, next),
	KEY("previous-finding", "Previous", "Analyse", "k Up", NULL, "The line before.",
	    ACTION_HIDDEN, previous),
	KEY("next-section", "Next section", "Analyse", "Tab l Right", "section",
	    "Warnings, missing values, columns.", ACTION_HIDDEN, next_section),
	KEY("previous-section", "Previous section", "Analyse", "Shift-Tab h Left", NULL,
	    "Columns, missing values, warnings.", ACTION_HIDDEN, previous_section),
	KEY("show-finding", "Show the column", "Analyse", "Enter", "column",
	    "The column in the data, with its card.", 0, show),
	KEY("fix", "Apply the fix", "Analyse", "f", "apply fix",
	    "The form of the step that mends what the warning is about.", 0, fix),
	{ 0 },
};

static bool
news(void *self, struct app *app)
{
	(void)self;
	return app->work.is_open && app->screen == SCREEN_INSIGHT;
}

const struct view insight_view = {
	.name = "insight",
	.make = make,
	.draw = draw,
	.event = event,
	.news = news,
	.heading = heading,
	.sentence = sentence,
	.targets = targets,
	.exports = &insight_exports,
	.close = close,
};
