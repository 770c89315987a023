/*
 * help_view - the keys of the screen, as they are now; what words and signs mean.
 *
 * Keys come from the table of actions, in groups by their menu; any key that is pressed
 * closes the help and does what it does.
 */
#include "config.h"

#include <ctype.h>
#include <stdio.h>

#include "screen/overlay.h"
#include "term/clean.h"
#include "widget/entry.h"
#include "widget/fuzzy.h"
#include "widget/wrap.h"

enum {
	COLUMNS = 150,
	BLOCK = 36, /* columns that a column of keys has at least */
	BLOCK_WIDE = 45,
	WIDE = 100, /* columns from which on it has those */
	KEYS = 15,
	LINES = 512,
	AROUND = 4,  /* rows of the box around the keys: its edges, a gap, the foot */
	LEAST = 24,  /* rows of it, for the other tabs */
	SCREENS = 2, /* an action on so many screens is at hand anywhere */
};

enum tab { TAB_KEYS, TAB_CONCEPTS, TAB_ABOUT, TABS };

/* A title, a key, or nothing between groups. */
struct line {
	const char *title;
	const struct action *action;
};

struct help {
	struct overlay overlay;
	enum tab tab;
	bool is_finding;
	struct entry entry;
	struct line lines[LINES];
	size_t n;
	int first; /* row on view */
	int rows;  /* of all */
};

/* --- keys, by group --- */

static int
screens_of(const struct action *action)
{
	return __builtin_popcount(action->where & IN_OPEN);
}

static const char *
group_of(const struct action *action)
{
	if (screens_of(action) >= SCREENS)
		return "Anywhere";
	return action->flags & ACTION_HIDDEN ? "Move" : action->menu;
}

static bool
is_wanted(const struct help *help, const struct app *app, const struct action *action)
{
	struct fuzzy fuzzy;

	return (action->where & app_where(app)) && *action_keys(action) &&
	       (fuzzy_match(entry_text(&help->entry), text_of(action->title), &fuzzy) ||
		fuzzy_match(entry_text(&help->entry), text_of(action->name), &fuzzy));
}

static void
add(struct help *help, struct line line)
{
	if (help->n < LINES)
		help->lines[help->n++] = line;
}

static void
add_group(struct help *help, const struct app *app, const char *group)
{
	const struct action *action = NULL;
	bool is_first = true;

	while ((action = action_next(action))) {
		if (strcmp(group_of(action), group) != 0 || !is_wanted(help, app, action))
			continue;
		if (is_first && help->n)
			add(help, (struct line){ 0 });
		if (is_first)
			add(help, (struct line){ .title = group });
		is_first = false;
		add(help, (struct line){ .action = action });
	}
}

static void
list(struct help *help, const struct app *app)
{
	help->n = 0;
	help->first = 0;
	add_group(help, app, "Move");
	for (size_t i = 0; action_menus[i]; i++)
		add_group(help, app, action_menus[i]);
	add_group(help, app, "Anywhere");
}

/* --- what the user does --- */

static void
scroll(struct help *help, int by)
{
	help->first += by;
	if (help->first < 0)
		help->first = 0;
}

static bool
finding_event(struct help *help, struct app *app, const struct event *event)
{
	if (event_is(event, K_ENTER)) {
		help->is_finding = false;
	} else if (event_is(event, K_ESCAPE)) {
		help->is_finding = false;
		entry_set(&help->entry, "");
	} else
		entry_event(&help->entry, event);
	list(help, app);
	return true;
}

static bool
scroll_event(struct help *help, const struct event *event)
{
	if (event->kind == EVENT_MOUSE && event->mouse.kind == MOUSE_WHEEL)
		scroll(help, 3 * event->mouse.lines);
	else if (event_is(event, K_DOWN))
		scroll(help, 1);
	else if (event_is(event, K_UP))
		scroll(help, -1);
	else if (event_is(event, K_PAGE_DOWN))
		scroll(help, 10);
	else if (event_is(event, K_PAGE_UP))
		scroll(help, -10);
	else
		return event->kind != EVENT_KEY;
	return true;
}

static bool
event(void *self, struct app *app, const struct event *event)
{
	struct help *help = self;
	const uint32_t key = event->press.key;

	if (help->is_finding)
		return finding_event(help, app, event);
	if (scroll_event(help, event))
		return true;
	if (event_is(event, '/')) {
		help->is_finding = true;
		help->tab = TAB_KEYS;
	} else if (event->press.mods == 0 && key >= '1' && key < '1' + TABS) {
		help->tab = (enum tab)(key - '1');
		help->first = 0;
	} else if (event_is(event, 'q') || event_is(event, '?')) {
		app_pop(app);
	} else if (event_is(event, K_ESCAPE)) {
		return false;
	} else {
		app_pop(app);
		return false; /* what is below gets it */
	}
	return true;
}

/* --- drawing --- */

static void
draw_title(struct pane pane, int row, int column, const char *title)
{
	char upper[32];
	size_t n = 0;

	for (; title[n] && n + 1 < sizeof upper; n++)
		upper[n] = (char)toupper((unsigned char)title[n]);
	upper[n] = '\0';
	pane_print(pane, row, column, PAINT(INK_HEADER, STYLE_BOLD), "%s", upper);
}

static void
draw_key(struct pane pane, int row, int column, int width, const struct action *action)
{
	struct text keys = text_of(action_keys_all(action));
	int room = KEYS - 1, at = column;

	while (keys.size) { /* as many as there is room for */
		const struct text key = text_cut(&keys, ' ');
		const int n = clean_columns(key, KEYS);

		if (n > room)
			break;
		pane_text(pane, row, at, n, PAINT(INK_ACCENT), key);
		at += n + 1;
		room -= n + 1;
	}
	pane_text(pane, row, column + KEYS, width - KEYS - 1, PAINT(INK_TEXT),
		  text_of(action->title));
}

/* Lines from this title up to the next gap. */
static int
group_rows(const struct help *help, size_t i)
{
	int n = 0;

	while (i < help->n && (help->lines[i].title || help->lines[i].action))
		i++, n++;
	return n;
}

/* Where a line goes that follows one at this place: a group that a column has room for is
 * not divided, a gap is not left at the head. */
static bool
next_place(const struct help *help, size_t i, int rows, int *row, int *column)
{
	const struct line *line = &help->lines[i];
	const bool is_gap = !line->title && !line->action;
	const int group = line->title ? group_rows(help, i) : 0;

	++*row;
	if (*row >= rows || (group <= rows && *row + group > rows)) {
		*row = 0;
		++*column;
	}
	if (is_gap && *row == 0)
		--*row;
	return !is_gap;
}

static int
columns_needed(const struct help *help, int rows)
{
	int row = -1, column = 0;

	for (size_t i = 0; i < help->n; i++)
		next_place(help, i, rows, &row, &column);
	return column + 1;
}

static int
columns_across(int width)
{
	const int block = width < WIDE ? BLOCK : BLOCK_WIDE;

	return width / block > 0 ? width / block : 1;
}

/* Column by column, as many as there is room for, all about as long: their rows. */
static int
rows_needed(const struct help *help, int width)
{
	const int across = columns_across(width);
	int rows = ((int)help->n + across - 1) / across + 1;

	while (columns_needed(help, rows) > across)
		rows++;
	return rows;
}

static void
draw_keys(struct help *help, struct pane pane)
{
	const int width = pane.columns / columns_across(pane.columns);
	const int rows = rows_needed(help, pane.columns);
	int row = -1, column = 0;

	help->rows = rows;
	if (help->first > rows - pane.rows)
		help->first = rows > pane.rows ? rows - pane.rows : 0;
	for (size_t i = 0; i < help->n; i++) {
		const struct line *line = &help->lines[i];

		if (!next_place(help, i, rows, &row, &column))
			continue;
		if (line->title)
			draw_title(pane, row - help->first, column * width, line->title);
		else
			draw_key(pane, row - help->first, column * width, width,
				 line->action);
	}
	if (help->n == 0)
		pane_print(pane, 0, 0, PAINT(INK_DIM), "no key has these letters");
}

static const char concepts[] =
	"FLOW\n"
	"A flow is the document: steps, one behind the other, from sources of rows to "
	"charts and files that are written. What you change in the grid is a step, and "
	"every step can be edited, switched off, moved or taken back.\n"
	"\n"
	"ROWS\n"
	"The badge at the top says what you look at: all rows, or the first ones while "
	"the rest is on its way. Numbers that may still change have a sign before them.\n"
	"\n"
	"COMMANDS\n"
	"Whatever is done by a key is a command too, and is echoed as it would be typed: "
	"the menu, the palette, the command line and macros know the same ones.\n"
	"\n"
	"SIGNS\n"
	"✓ up to date   ◌ stale   ✗ failed   ⊘ waits for one that failed\n"
	"■ all rows   ▤ some rows   ≈ approximate   ∅ missing\n"
	"~ changed   + new   − removed\n";

static void
draw_about(struct pane pane)
{
	pane_print(pane, 0, 0, PAINT(INK_HEADER, STYLE_BOLD), "lariat %s",
		   PACKAGE_VERSION);
	wrap_draw(pane, 2, 0, pane.columns, pane.rows - 2, PAINT(INK_TEXT),
		  text_of("A workbench for tables, and for the flow files that "
			  "describe what is done to them.\n"
			  "\n"
			  "man lariat       the commands of the shell\n"
			  "man lariat-keys  keys and commands in here\n"
			  "man lariat-ops   the steps\n"));
}

static void
draw_tab(struct help *help, struct pane pane)
{
	switch (help->tab) {
	case TAB_KEYS:
		draw_keys(help, pane);
		break;
	case TAB_CONCEPTS:
		wrap_draw(pane, -help->first, 0, pane.columns, pane.rows + help->first,
			  PAINT(INK_TEXT), text_of(concepts));
		break;
	default:
		draw_about(pane);
	}
}

static const char *
title_of(struct app *app)
{
	return arena_print(&app->arena, "keys · %s",
			   screen_names[__builtin_ctz(app_where(app))]);
}

static void
draw_foot(struct help *help, struct pane box, int rows)
{
	if (help->is_finding) {
		pane_put(box, box.rows - 1, 1, PAINT(INK_ACCENT), '/');
		entry_draw(&help->entry, box, box.rows - 1, 2, box.columns - 3,
			   PAINT(INK_TEXT));
		return;
	}
	pane_print(box, box.rows - 1, 1, PAINT(INK_DIM), "any key runs it · Esc closes");
	if (help->rows > rows)
		pane_print_right(box, box.rows - 1, box.columns - 1, PAINT(INK_DIM),
				 "↑↓ more");
	pane_cursor(box, box.rows - 1, 1);
}

/* No more than the keys need, whichever tab is open: it stays as it is. */
static int
box_rows(const struct help *help, int most, int width)
{
	const int rows = rows_needed(help, width) + AROUND;

	return rows < LEAST ? (most < LEAST ? most : LEAST) : rows < most ? rows : most;
}

static void
draw(void *self, struct app *app, struct pane pane)
{
	struct help *help = self;
	const int columns = pane.columns - 4 < COLUMNS ? pane.columns - 4 : COLUMNS;
	struct pane box =
		overlay_box(pane, box_rows(help, pane.rows - 4, columns - 4), columns,
			    title_of(app), "/ search · 1 Keys 2 Concepts 3 About");
	struct pane inside = pane_part(box, 0, 1, box.rows - 2, box.columns - 2);

	help->rows = 0;
	draw_tab(help, inside);
	draw_foot(help, box, inside.rows);
}

static const char *
hints(void *self, struct app *app)
{
	(void)self;
	(void)app;
	return "every key is also in the menu (F9) and on the command line (:)";
}

/* All of it, the keys a line each. */
static const char *
sentence(void *self, struct app *app)
{
	const struct help *help = self;
	const char *said = title_of(app);

	if (help->tab == TAB_CONCEPTS)
		return concepts;
	if (help->tab != TAB_KEYS || help->is_finding)
		return NULL;
	for (size_t i = 0; i < help->n; i++) {
		const struct action *action = help->lines[i].action;

		if (action)
			said = arena_print(&app->arena, "%s\n%s: %s", said,
					   action_keys_all(action), action->title);
	}
	return said;
}

static const struct view view = {
	.name = "help",
	.draw = draw,
	.event = event,
	.hints = hints,
	.sentence = sentence,
	.close = overlay_close,
};

void
help_open(struct app *app)
{
	struct help *help = overlay_new(sizeof *help);

	list(help, app);
	app_push(app, &view, help);
}
