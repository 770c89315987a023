/*
 * text_view - a text in a box that scrolls: a cell in full, a report.
 *
 * "/" goes to the next line that has what was typed, "n" to the one behind that.
 */
#include "screen/overlay.h"
#include "term/clean.h"
#include "widget/entry.h"
#include "widget/wrap.h"

enum { COLUMNS = 100, MARGIN = 4 };

struct reading {
	struct overlay overlay;
	const char *title;
	struct text text;
	struct text *lines; /* wrapped to .columns */
	size_t n, room;
	int columns;
	size_t first, rows; /* on view */
	bool is_finding;
	struct entry entry;
	size_t found; /* the line; n: none */
};

static void
add_line(struct reading *reading, struct text line)
{
	if (reading->n == reading->room) {
		const size_t room = reading->room ? 2 * reading->room : 64;

		reading->lines = arena_grow(&reading->overlay.arena, reading->lines,
					    reading->n * sizeof line, room * sizeof line);
		reading->room = room;
	}
	reading->lines[reading->n++] = line;
}

/* Anew for another width; the array is used again. */
static void
wrap(struct reading *reading, int columns)
{
	struct text rest = reading->text, line;

	if (columns == reading->columns)
		return;
	reading->columns = columns;
	reading->n = 0;
	while (wrap_next(&rest, columns, &line))
		add_line(reading, line);
	reading->found = reading->n;
}

static void
scroll(struct reading *reading, long by)
{
	const long most =
		reading->n > reading->rows ? (long)(reading->n - reading->rows) : 0;
	const long first = (long)reading->first + by;

	reading->first = (size_t)(first < 0 ? 0 : first > most ? most : first);
}

static bool
has(struct text line, struct text words)
{
	for (size_t i = 0; words.size && i + words.size <= line.size; i++)
		if (strncasecmp(line.data + i, words.data, words.size) == 0)
			return true;
	return false;
}

/* From a line on, round and round. */
static void
find(struct reading *reading, struct app *app, size_t from)
{
	for (size_t i = 0; i < reading->n; i++) {
		const size_t at = (from + i) % reading->n;

		if (has(reading->lines[at], entry_text(&reading->entry))) {
			reading->found = at;
			scroll(reading,
			       (long)at - (long)reading->first - (long)reading->rows / 3);
			return;
		}
	}
	reading->found = reading->n;
	app_say(app, TONE_PLAIN, "no line has '%s'", reading->entry.text);
}

static bool
finding_event(struct reading *reading, struct app *app, const struct event *event)
{
	if (event_is(event, K_ESCAPE))
		reading->is_finding = false;
	else if (event_is(event, K_ENTER)) {
		reading->is_finding = false;
		find(reading, app, reading->first);
	} else
		entry_event(&reading->entry, event);
	return true;
}

/* Lines that a key scrolls by; 0: it does not. */
static long
step_of(const struct reading *reading, const struct event *event)
{
	const long page = (long)reading->rows - 1, all = (long)reading->n;

	if (event->kind == EVENT_MOUSE)
		return event->mouse.kind == MOUSE_WHEEL ? 3 * event->mouse.lines : 0;
	if (event_is(event, K_DOWN) || event_is(event, 'j'))
		return 1;
	if (event_is(event, K_UP) || event_is(event, 'k'))
		return -1;
	if (event_is(event, K_PAGE_DOWN) || event_is(event, ' ') ||
	    event_is_ctrl(event, 'f'))
		return page;
	if (event_is(event, K_PAGE_UP) || event_is_ctrl(event, 'b'))
		return -page;
	if (event_is(event, K_HOME) || event_is(event, 'g'))
		return -all;
	return event_is(event, K_END) || event_is(event, 'G') ? all : 0;
}

static bool
event(void *self, struct app *app, const struct event *event)
{
	struct reading *reading = self;
	const long by = step_of(reading, event);

	if (reading->is_finding)
		return finding_event(reading, app, event);
	if (by)
		scroll(reading, by);
	else if (event_is(event, '/')) {
		reading->is_finding = true;
		entry_set(&reading->entry, "");
	} else if (event_is(event, 'n') && reading->entry.size && reading->n)
		find(reading, app, reading->found + 1);
	else if (event_is(event, 'q') || event_is(event, K_ENTER))
		app_pop(app);
	else
		return false;
	return true;
}

static void
draw(void *self, struct app *app, struct pane pane)
{
	struct reading *reading = self;
	const int columns =
		pane.columns - MARGIN < COLUMNS ? pane.columns - MARGIN : COLUMNS;
	struct pane box;
	char *place;
	const size_t most = pane.rows > 9 ? (size_t)pane.rows - 8 : 1;

	wrap(reading, columns - 4);
	reading->rows = reading->n < most ? reading->n : most;
	place = arena_print(&app->arena, "%zu of %zu",
			    reading->first + reading->rows < reading->n
				    ? reading->first + reading->rows
				    : reading->n,
			    reading->n);
	box = overlay_box(pane, (int)reading->rows + 3, columns, reading->title, place);
	scroll(reading, 0);
	for (size_t i = 0; i < reading->rows && reading->first + i < reading->n; i++) {
		const bool is_found = reading->first + i == reading->found;

		pane_text(box, (int)i, 1, box.columns - 2,
			  PAINT(INK_TEXT, is_found ? STYLE_REVERSE : 0),
			  reading->lines[reading->first + i]);
	}
	if (reading->is_finding) {
		pane_put(box, box.rows - 1, 1, PAINT(INK_ACCENT), '/');
		entry_draw(&reading->entry, box, box.rows - 1, 2, box.columns - 3,
			   PAINT(INK_TEXT));
	} else {
		pane_print(box, box.rows - 1, 1, PAINT(INK_DIM),
			   "↑↓ PgDn scroll   / search   n next   Esc closes");
		pane_cursor(box, 0, 1);
	}
}

static const char *
hints(void *self, struct app *app)
{
	(void)self;
	(void)app;
	return "↑↓ PgDn scroll · / search · n next · Esc closes";
}

/* All of it: who listens stops that and goes back without our help. */
static const char *
sentence(void *self, struct app *app)
{
	const struct reading *reading = self;

	return reading->is_finding ? NULL
				   : arena_print(&app->arena, "%s\n%.*s", reading->title,
						 TEXT_ARG(reading->text));
}

static const struct view view = {
	.name = "text",
	.is_modal = true,
	.draw = draw,
	.event = event,
	.hints = hints,
	.sentence = sentence,
	.close = overlay_close,
};

void
text_open(struct app *app, const char *title, struct text text)
{
	struct reading *reading = overlay_new(sizeof *reading);
	struct arena *arena = &reading->overlay.arena;

	reading->title = arena_text(arena, title);
	reading->text.data = arena_text_n(arena, text.data, text.size);
	reading->text.size = text.size;
	app_push(app, &view, reading);
}
