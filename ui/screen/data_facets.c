/*
 * data_facets - all values of a column with their counts, or ranges of its numbers, to
 * keep or to drop the rows of some of them.
 *
 * Values are counted behind the screen's back; until the first counts are there, the most
 * frequent ones of the profile stand for them.
 */
#include <stdio.h>
#include <stdlib.h>

#include "screen/data.h"
#include "screen/facets.h"
#include "term/clean.h"
#include "widget/figure.h"
#include "widget/quote.h"

enum { NARROW = 49, WIDE = 74, COUNT_WIDTH = 10, SHARE_WIDTH = 6, BAR_WIDTH = 4 };
enum { RANGES = 16, BLANK = 0x2423 };

struct listing {
	struct facets facets;
	char column[256]; /* that they are of, */
	char node[80];    /* at this step */
	unsigned version; /* of the flow */
	struct arena arena;
	struct value_counts frequent; /* of the profile */
	struct values *values;
	const struct error *failed;
	bool is_busy, is_typing, is_stale;
	unsigned generation; /* of the counts that are listed */
};

static void
rest(struct app *app, struct listing *listing)
{
	if (listing->is_busy)
		app->n_running--;
	listing->is_busy = false;
}

static void
clear(struct app *app, struct listing *listing)
{
	rest(app, listing);
	values_stop(listing->values);
	facets_release(&listing->facets);
	arena_release(&listing->arena);
	*listing = (struct listing){ .is_stale = true };
}

/* Another column, or another table: everything anew. */
static void
begin(struct app *app, struct listing *listing, const char *column, enum type type)
{
	const struct values_spec spec = { .flow = &app->work.flow,
					  .node = app->work.node,
					  .options = &app->work.options,
					  .column = column,
					  .wake = &app->wake };
	struct error err;

	clear(app, listing);
	listing->version = app->work.version;
	snprintf(listing->column, sizeof listing->column, "%s", column);
	snprintf(listing->node, sizeof listing->node, "%s", app->work.node);
	listing->facets.type = type;
	listing->facets.column = quote_name(column, &listing->arena);
	if (!values_start(&spec, &listing->values, &err)) {
		app_fail(app, &err);
		return;
	}
	listing->is_busy = true;
	app->n_running++;
}

/* What is far off is a range too. */
static void
find_ranges(struct bars *bars, const struct summary_result *found)
{
	bars_of(found, RANGES, bars);
	if (!bars->off || !bars->n)
		return;
	bars->edge[bars->n + 1] = found->bins[found->n_bins - 1].high;
	bars->at[bars->n++] = (double)bars->off;
	bars->off = 0;
}

/* The values that the profile has, as counts. */
static void
take_frequent(struct listing *listing, const struct summary_result *found)
{
	struct value_counts *counts = &listing->frequent;

	*counts = (struct value_counts){ .rows = found->rows, .missing = found->missing };
	counts->at =
		ARENA_ARRAY(&listing->arena, found->n_top + 1, struct frequency_entry);
	for (size_t i = 0; i < found->n_top; i++) {
		const struct summary_top *top = &found->top[i];
		char out[FIGURE_SIZE];
		struct text text = top->value.text;

		if (found->type != TYPE_STRING) {
			figure_exact(found->type, &top->value, out);
			text = text_of(out);
		}
		counts->at[counts->n++] = (struct frequency_entry){
			{ arena_text_n(&listing->arena, text.data, text.size),
			  text.size },
			top->count
		};
	}
	listing->facets.counts = counts;
	listing->is_stale = true;
}

static void
look_at_profile(struct listing *listing, const struct summary_result *found)
{
	struct facets *facets = &listing->facets;
	const bool is_first = !facets->bars.n;

	if (!facets->counts)
		take_frequent(listing, found);
	if (!(found->type & (TYPE_NUMERIC | TYPE_TEMPORAL)) || facets_picks(facets))
		return;
	find_ranges(&facets->bars, found);
	facets->bars_rows = found->rows;
	if (is_first && facets->bars.n > 1)
		facets->by_range = !facets->bars.is_single;
	listing->is_stale |= facets->by_range;
}

static void
look_at_counts(struct app *app, struct listing *listing)
{
	const struct value_counts *counts =
		listing->values ? values_counts(listing->values) : NULL;

	if (counts && counts->generation != listing->generation) {
		listing->generation = counts->generation;
		listing->facets.counts = counts;
		listing->is_stale = true;
	}
	if (listing->values && !values_are_busy(listing->values, &listing->failed))
		rest(app, listing);
}

/* What there is by now is listed; false: there is no column. */
static bool
look(struct app *app, struct listing *listing)
{
	const char *name;
	enum type type;
	const struct summary_result *found;
	struct data *data = data_of(app);

	found = data_found(app, &name, &type);
	if (!data->state || !data->state->has_schema || !data->view.schema->n)
		return false;
	if (strcmp(listing->column, name) != 0 || listing->version != app->work.version ||
	    strcmp(listing->node, app->work.node) != 0)
		begin(app, listing, name, type);
	look_at_counts(app, listing);
	if (found)
		look_at_profile(listing, found);
	if (listing->is_stale)
		facets_list(&listing->facets);
	listing->is_stale = false;
	return true;
}

/* Blanks at the ends of a value are seen: they make it another one. */
static void
show_blanks(struct pane pane, int row, int x, int width, struct text text)
{
	const struct text trimmed = text_trim(text);
	const size_t before = trimmed.size ? (size_t)(trimmed.data - text.data) : 0;
	const size_t behind = text.size - before - trimmed.size;
	const int columns = clean_columns(text, width + 1);

	for (size_t i = 0; i < before && (int)i < width; i++)
		if (text.data[i] == ' ')
			pane_put(pane, row, x + (int)i, PAINT(INK_WARN), BLANK);
	for (size_t i = 1; columns <= width && i <= behind && (int)i <= columns; i++)
		if (text.data[text.size - i] == ' ')
			pane_put(pane, row, x + columns - (int)i, PAINT(INK_WARN), BLANK);
}

static void
draw_facet(struct pane pane, int row, const struct facets *facets,
	   const struct facet *facet, uint64_t rows)
{
	const bool is_picked = facets_is_picked(facets, facet);
	const int value = pane.columns - 10 - COUNT_WIDTH - SHARE_WIDTH - BAR_WIDTH;
	char count[FIGURE_SIZE], share[FIGURE_SIZE];
	int x = 5;

	figure_count(facet->rows, count);
	figure_percent(facet->rows, rows, share);
	pane_print(pane, row, 1, PAINT(is_picked ? INK_ACCENT : INK_DIM), "[%c]",
		   is_picked ? 'x' : ' ');
	pane_text(pane, row, x, value, PAINT(facet->is_missing ? INK_NULL : INK_TEXT),
		  facet->is_missing ? text_of("\xe2\x88\x85 missing") : facet->text);
	if (facet->bar < 0 && !facet->is_missing)
		show_blanks(pane, row, x, value, facet->text);
	x += value + 1;
	pane_text_right(pane, row, x, COUNT_WIDTH, PAINT(INK_TEXT), text_of(count));
	x += COUNT_WIDTH + 1;
	pane_text_right(pane, row, x, SHARE_WIDTH, PAINT(INK_DIM), text_of(share));
	x += SHARE_WIDTH + 1;
	if (!facet->is_missing && facets->most)
		bar_draw(pane, row, x, pane.columns - x - 1,
			 (double)facet->rows / (double)facets->most, PAINT(INK_BAR));
}

/* What is listed, and how far that is. */
static void
draw_foot(struct pane pane, int row, const struct listing *listing)
{
	const struct facets *facets = &listing->facets;
	const struct value_counts *counts = facets->counts;
	const size_t picks = facets_picks(facets);
	char n[FIGURE_SIZE], rows[FIGURE_SIZE];

	if (listing->is_typing) {
		pane_text(pane, row, 1, 2, PAINT(INK_ACCENT), text_of("/"));
		entry_draw(&facets->filter, pane, row, 2, pane.columns - 3,
			   PAINT(INK_TEXT));
		return;
	}
	if (listing->failed) {
		pane_text(pane, row, 1, pane.columns - 2, PAINT(INK_ERR),
			  text_of(listing->failed->text));
		return;
	}
	figure_count(facets->choice.n, n);
	figure_count(counts ? counts->rows : 0, rows);
	if (picks)
		pane_print(pane, row, 1, PAINT(INK_ACCENT), "%zu picked", picks);
	else if (facets->filter.size)
		pane_print(pane, row, 1, PAINT(INK_DIM), "%s with '%.40s'", n,
			   facets->filter.text);
	else if (facets->by_range)
		pane_print(pane, row, 1, PAINT(INK_DIM), "%s ranges \xc2\xb7 Tab values",
			   n);
	else
		pane_print(pane, row, 1, PAINT(INK_DIM), "%s%s",
			   facets->by_value ? "by value" : "most frequent first",
			   listing->is_busy ? "" : " \xc2\xb7 / narrows");
	if (counts && counts->is_cut)
		pane_print_right(pane, row, pane.columns - 1, PAINT(INK_WARN),
				 "of the first %s rows", rows);
	else if (listing->is_busy)
		pane_print_right(pane, row, pane.columns - 1, PAINT(INK_WARN),
				 "counting \xe2\x80\xa6 %s rows", rows);
}

static void
draw_list(struct pane pane, struct listing *listing)
{
	struct facets *facets = &listing->facets;
	const uint64_t rows = facets->by_range ? facets->bars_rows
			      : facets->counts ? facets->counts->rows
					       : 0;
	const size_t n = choice_show(&facets->choice, pane.rows - 1);

	for (size_t i = 0; i < n; i++) {
		const size_t at = facets->choice.first + i;

		draw_facet(pane, (int)i, facets, facets->at + at, rows);
		if (at != facets->choice.at)
			continue;
		pane_style(pane, (int)i, 1, pane.columns - BAR_WIDTH - 3, STYLE_REVERSE);
		pane_cursor(pane, (int)i, 2);
	}
	if (!n) {
		pane_print(pane, 0, 1, PAINT(INK_DIM), "%s",
			   facets->filter.size ? "no value has that in it"
			   : listing->is_busy  ? "counting \xe2\x80\xa6"
					       : "there are no values");
		pane_cursor(pane, 0, 1);
	}
	draw_foot(pane, pane.rows - 1, listing);
}

/* Ranges of moments are long. */
static int
width_of(const struct listing *listing, int columns)
{
	const bool is_long =
		listing->facets.by_range && listing->facets.type & TYPE_TEMPORAL;
	const int half = is_long ? WIDE : columns / 2;
	const int wanted = half < NARROW ? NARROW : half > WIDE ? WIDE : half;

	return columns < wanted ? columns : wanted;
}

static void
draw(void *self, struct app *app, struct pane pane)
{
	struct listing *listing = self;
	const bool is_there = look(app, listing);
	const int width = width_of(listing, pane.columns);
	const struct value_counts *counts = listing->facets.counts;
	char right[FIGURE_SIZE * 2] = "";

	if (counts && counts->generation) {
		figure_count(counts->n, right);
		snprintf(right + strlen(right), sizeof right - strlen(right),
			 "%s distinct", counts->is_whole && !counts->is_cut ? "" : "+");
	}
	pane = pane_box(pane_part(pane, 1, pane.columns - width, pane.rows - 3, width),
			PAINT(INK_ACCENT), app->focus.column, right);
	if (is_there)
		draw_list(pane, listing);
	else
		pane_print(pane, 1, 1, PAINT(INK_DIM), "reading ...");
}

static void
filter(struct app *app, struct listing *listing, const char *action)
{
	const char *formula = facets_formula(&listing->facets, &app->arena);
	const char *settings[2];
	struct error err = { 0 };

	if (!formula)
		return;
	settings[0] = arena_print(&app->arena, "formula=%s", formula);
	settings[1] = action;
	app_pop(app);
	if (!data_step(app, "filter_formula", settings, COUNT(settings), &err))
		app_fail(app, &err);
}

static void
pick(struct app *app, struct facets *facets, size_t at)
{
	if (at < facets->choice.n && !facets_pick(facets, facets->at + at))
		app_say(app, TONE_BAD,
			"no more than %d values can be picked: a formula (e) can say "
			"what they have in common",
			PICKED_MOST);
}

/* What is listed is picked, all of it; or nothing is, if it was. */
static void
pick_all(struct app *app, struct facets *facets)
{
	const size_t most =
		facets->choice.n < PICKED_MOST ? facets->choice.n : PICKED_MOST;
	size_t n = 0;

	for (size_t i = 0; i < most; i++)
		n += facets_is_picked(facets, facets->at + i);
	for (size_t i = 0; i < most; i++)
		if (n == most || !facets_is_picked(facets, facets->at + i))
			pick(app, facets, i);
	if (facets->choice.n > most)
		app_say(app, TONE_BAD,
			"the first %d are picked: no more can be; / narrows the list",
			PICKED_MOST);
}

/* The list's other shapes start at its top. */
static void
turn(struct listing *listing, bool *what)
{
	*what = !*what;
	listing->facets.choice.at = 0;
	listing->is_stale = true;
}

/* Letters narrow the list. */
static bool
type_event(struct listing *listing, const struct event *event)
{
	struct facets *facets = &listing->facets;

	if (event_is(event, K_ENTER) || event_is(event, K_ESCAPE)) {
		if (event_is(event, K_ESCAPE))
			entry_set(&facets->filter, "");
		listing->is_typing = false;
		listing->is_stale = true;
		return true;
	}
	if (choice_event(&facets->choice, event))
		return true;
	if (!entry_event(&facets->filter, event))
		return event->kind == EVENT_KEY;
	facets->choice.at = 0;
	listing->is_stale = true;
	return true;
}

static bool
key_event(struct app *app, struct listing *listing, uint32_t key)
{
	struct facets *facets = &listing->facets;
	struct choice *choice = &facets->choice;

	switch (key) {
	case 'j':
		choice->at += choice->at + 1 < choice->n;
		return true;
	case 'k':
		choice->at -= choice->at > 0;
		return true;
	case 'g':
	case K_HOME:
		choice->at = 0;
		return true;
	case 'G':
	case K_END:
		choice->at = choice->n ? choice->n - 1 : 0;
		return true;
	case ' ':
		pick(app, facets, choice->at);
		choice->at += choice->at + 1 < choice->n;
		return true;
	case 'a':
		pick_all(app, facets);
		return true;
	case 's':
		turn(listing, &facets->by_value);
		return true;
	case K_TAB:
		if (facets->bars.n)
			turn(listing, &facets->by_range);
		return true;
	case '/':
		facets->by_range = false;
		listing->is_typing = listing->is_stale = true;
		return true;
	case '=':
	case K_ENTER:
		filter(app, listing, "action=keep");
		return true;
	case '!':
		filter(app, listing, "action=drop");
		return true;
	case 'F':
		app_pop(app);
		return true;
	default:
		return false;
	}
}

static bool
event(void *self, struct app *app, const struct event *event)
{
	struct listing *listing = self;
	struct facets *facets = &listing->facets;

	if (!look(app, listing))
		return false;
	if (listing->is_typing)
		return type_event(listing, event);
	if (choice_event(&facets->choice, event))
		return true;
	if (event_is(event, K_ESCAPE) && facets->filter.size) {
		entry_set(&facets->filter, "");
		listing->is_stale = true;
		return true;
	}
	return event->kind == EVENT_KEY && !event->press.mods &&
	       key_event(app, listing, event->press.key);
}

static bool
news(void *self, struct app *app)
{
	struct listing *listing = self;
	const unsigned generation = listing->generation;
	const bool was_busy = listing->is_busy;

	look_at_counts(app, listing);
	return listing->generation != generation || listing->is_busy != was_busy;
}

static const char *
hints(void *self, struct app *app)
{
	const struct listing *listing = self;

	(void)app;
	if (listing->is_typing)
		return "letters narrow the list  ↑↓ value  Enter done  Esc all values";
	return "Space pick  = keep  ! drop  / find  a all  s order  Tab ranges  Esc "
	       "closes";
}

static void
close(void *self, struct app *app)
{
	clear(app, self);
	free(self);
}

static const struct view facets_view = {
	.name = "facets",
	.is_of_screen = true,
	.draw = draw,
	.event = event,
	.news = news,
	.hints = hints,
	.close = close,
};

void
data_facets_open(struct app *app)
{
	struct listing *listing =
		app_has(app, &facets_view) ? NULL : calloc(1, sizeof *listing);

	if (listing)
		app_push(app, &facets_view, listing);
}
