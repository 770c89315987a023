/* start_draw - the start screen, in the middle of whatever room there is. */
#include <stdio.h>
#include <time.h>

#include "base/clock.h"
#include "desk/paths.h"
#include "screen/start.h"
#include "term/clean.h"
#include "term/tty.h"

enum {
	WIDE = 100,
	COLUMNS = 76, /* of the block */
	LEAST_LEFT = 4,
	HEIGHT = 15, /* of the block with two recent ones and an offer */
	TEXT = 6,    /* where words begin behind their keys */
	PATH_COLUMNS = 31,
	A_DAY = 24 * 60 * 60
};

const char *const start_tips[START_TIPS] = {
	"paste or drop a file path here to import it",
	"every change is a step of the flow; {undo} takes the last one back",
	"{palette} finds any command by some of its letters",
	"{keep-like} keeps rows like the one under the cursor, {drop-like} drops them",
	"the header shows each column's shape; {card} shows its card",
	"{menu} opens the menu; Esc 9 does too, where there are no F keys",
	"a step can be changed, moved or switched off anywhere in the chain: Enter on it",
	"each action says its :command; commands in a file are a macro",
	"{save} saves the flow; 'lariat run' gives the same rows without a screen",
	"{export} exports the table of the current step",
	"{history} shows all changes; Enter goes back to one of them",
	":set theme=mono draws without colours; :set shows all settings",
};

struct sheet_of_paper {
	struct pane pane;
	int row; /* the next one */
};

static void
key_line(struct sheet_of_paper *at, const char *key, const char *text)
{
	pane_text(at->pane, at->row, 2, 3, PAINT(INK_ACCENT, STYLE_BOLD), text_of(key));
	pane_text(at->pane, at->row, TEXT, at->pane.columns - TEXT, PAINT(INK_TEXT),
		  text_of(text));
	at->row++;
}

static void
title_line(struct sheet_of_paper *at, const char *text)
{
	pane_text(at->pane, at->row++, 0, at->pane.columns, PAINT(INK_HEADER, STYLE_BOLD),
		  text_of(text));
}

/* "19,998 rows" */
static const char *
rows_of(int64_t rows, struct arena *arena)
{
	const char *text =
		rows < 0 ? "" : arena_print(arena, "%lld", (long long)rows % 1000);

	if (rows < 0)
		return "";
	for (rows /= 1000; rows; rows /= 1000) {
		const int pad = 3 - (int)strcspn(text, ",");

		text = arena_print(arena, "%lld,%.*s%s", (long long)rows % 1000,
				   pad > 0 ? pad : 0, "000", text);
	}
	return arena_print(arena, "%s rows", text);
}

static void
recent_line(struct sheet_of_paper *at, const struct recent *recent, size_t i,
	    bool is_current, struct arena *arena)
{
	struct pane pane = at->pane;
	const int row = at->row;
	const char *key = i < 9 ? arena_print(arena, "%zu", i + 1) : "";

	key_line(at, key, "");
	pane_text(pane, row, TEXT, PATH_COLUMNS - 1, PAINT(INK_TEXT),
		  text_of(paths_short(recent->path, arena)));
	pane_text(pane, row, TEXT + PATH_COLUMNS, 10, PAINT(INK_DIM),
		  text_of(recent_ago(recent->time, time(NULL), arena)));
	pane_text(pane, row, TEXT + PATH_COLUMNS + 10, pane.columns, PAINT(INK_DIM),
		  text_of(rows_of(recent->rows, arena)));
	if (is_current) {
		pane_style(pane, row, 0, COLUMNS, STYLE_REVERSE);
		pane_cursor(pane, row, 2);
	}
}

static void
draw_recents(struct start *start, struct app *app, struct sheet_of_paper *at, int most)
{
	title_line(at, "recent");
	start->recent_row = at->row;
	for (size_t i = 0; i < start->recents.n && (int)i < most; i++)
		recent_line(at, &start->recents.at[i], i, (int)i == start->at,
			    &app->arena);
	at->row++;
}

static void
draw_offer(const struct start *start, struct app *app, struct sheet_of_paper *at)
{
	const struct offer *offer = &start->offers[start->offer];
	const size_t more = start->n_offers - start->offer - 1;
	struct arena *arena = &app->arena;
	char when[CLOCK_SIZE];

	clock_local(offer->time, time(NULL) - offer->time < A_DAY ? "%H:%M" : "%Y-%m-%d",
		    when);
	key_line(at, "↻",
		 arena_print(arena, "%s has %zu unsaved edit%s from %s%s", offer->name,
			     offer->n, text_plural(offer->n), when,
			     more ? arena_print(arena, " (and %zu more like it)", more)
				  : ""));
	key_line(at, "", "Enter restore · d show diff · x discard");
	at->row++;
}

static const char *
tick(bool on)
{
	return on ? "✓" : "✗";
}

static void
draw_terminal(struct app *app, struct sheet_of_paper *at)
{
	const struct tty_facts *facts = app->has_terminal ? tty_facts() : NULL;
	const char *colours = "no colours";

	if (!facts)
		return;
	if (facts->colours)
		colours = arena_print(&app->arena, "%d colours", facts->colours);
	pane_print(at->pane, at->row, 0, PAINT(INK_DIM),
		   "terminal  %s %s  UTF-8 %s  braille %s  mouse %s", colours,
		   tick(facts->colours > 0), tick(facts->utf8),
		   tick(facts->tier == TIER_UNICODE),
		   tick(facts->mouse && app->settings.mouse));
}

/* Rows of the block as it is now. */
static int
height_of(const struct start *start, int recents)
{
	return 8 + (recents ? recents + 2 : 0) + (start->n_offers ? 3 : 0);
}

void
start_draw(struct start *start, struct app *app, struct pane pane)
{
	const bool offers = start->offer < start->n_offers;
	int most = pane.rows - 10 - (offers ? 3 : 0), height, top, left;
	struct sheet_of_paper at = { 0 };

	if (most > (int)start->recents.n)
		most = (int)start->recents.n;
	if (most > 9)
		most = 9;
	height = height_of(start, most);
	top = (pane.rows + 3 - (height > HEIGHT ? height : HEIGHT)) / 2 - 2;
	left = (pane.columns - COLUMNS) / 2;
	if (left < LEAST_LEFT)
		left = LEAST_LEFT;
	at.pane =
		pane_part(pane, top < 0 ? 0 : top, left, pane.rows, pane.columns - left);
	start->is_wide = pane.columns >= WIDE;
	start->lines = at.pane;
	title_line(&at, "lariat — data workbench");
	at.row++;
	key_line(&at, "o", "open a CSV, TSV or other delimited file, or a flow");
	key_line(&at, "n", "start an empty flow");
	key_line(&at, "e", "open the built-in example (voyage, 891 rows, made up)");
	key_line(&at, "T", "two-minute tour (safe, nothing is written)");
	at.row++;
	start->recent_row = -1;
	if (most > 0)
		draw_recents(start, app, &at, most);
	if (offers)
		draw_offer(start, app, &at);
	draw_terminal(app, &at);
	if (start->at < 0)
		pane_cursor(at.pane, 2, 2);
}
