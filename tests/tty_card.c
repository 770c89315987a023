/*
 * tty_card - a program for tests of the terminal layer: draws a card with every ink, text
 * of all kinds, and the last events by name.
 *
 *	tty_card [--ascii] [--theme NAME] [--no-mouse]
 *
 * q ends it, z stops it, y copies, b rings, e runs a program, ! crashes.
 */
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>

#include "term/tty.h"

enum { EVENTS = 4, EVENT_WIDTH = 120 };

static const char sample[] = "wide \xe4\xb8\xad\xe6\x96\x87 e\xcc\x81 \xf0\x9f\x98\x80 "
			     "\xe2\x96\x81\xe2\x96\x83"
			     "\xe2\x96\x85\xe2\x96\x87 \xe2\x9c\x93 \x1b[31m \x07 "
			     "\xe2\x80\xae turned \xc2\x9b";

static struct surface surface;
static char events[EVENTS][EVENT_WIDTH];
static size_t n_events;
static bool is_done;

static void
draw(void)
{
	const struct tty_facts *facts = tty_facts();
	struct pane in = pane_box(surface_pane(&surface), PAINT(INK_RULE), "card",
				  "\xe2\x96\xa0 here");

	pane_print(in, 0, 0, PAINT(INK_TEXT), "%dx%d %s", surface.columns, surface.rows,
		   facts->name);
	pane_print(in, 1, 0, PAINT(INK_TEXT), "%d colours, tier %d, %s, %s",
		   facts->colours, (int)facts->tier, facts->light ? "light" : "dark",
		   facts->mouse ? "mouse" : "no mouse");
	for (int ink = 0; ink < INK_COUNT; ink++)
		pane_put(in, 2, ink, PAINT((uint8_t)ink), 0x2588);
	pane_text(in, 3, 0, in.columns, PAINT(INK_TEXT), text_of(sample));
	pane_text(in, 4, 0, in.columns, PAINT(INK_HEADER, STYLE_REVERSE),
		  text_of("reversed"));
	for (size_t i = 0; i < EVENTS && i < n_events; i++)
		pane_text(in, 5 + (int)i, 0, in.columns, PAINT(INK_INFO),
			  text_of(events[(n_events - 1 - i) % EVENTS]));
	pane_cursor(in, 4, 3);
}

static void
act(uint32_t key)
{
	static const char *const program[] = { "sh", "-c", "echo elsewhere; exit 3",
					       NULL };

	switch (key) {
	case 'q':
		is_done = true;
		break;
	case 'z':
		tty_suspend();
		break;
	case 'y':
		tty_copy(text_of("copied \xe2\x9c\x93"));
		break;
	case '!':
		abort();
	case 'e':
		snprintf(events[n_events++ % EVENTS], EVENT_WIDTH, "status %d",
			 tty_run(program));
		break;
	default:
		break;
	}
}

static void
note(const struct event *event)
{
	static const char *const kinds[] = { "press", "release", "drag", "wheel" };
	char *line = events[n_events % EVENTS], press[PRESS_SIZE];

	switch (event->kind) {
	case EVENT_KEY:
		press_print(event->press, press);
		snprintf(line, EVENT_WIDTH, "key %s", press);
		break;
	case EVENT_MOUSE:
		snprintf(line, EVENT_WIDTH, "mouse %s %d at %d %d, %d clicks",
			 kinds[event->mouse.kind],
			 event->mouse.kind == MOUSE_WHEEL ? event->mouse.lines
							  : event->mouse.button,
			 event->mouse.row, event->mouse.column, event->mouse.clicks);
		break;
	case EVENT_PASTE:
		snprintf(line, EVENT_WIDTH, "paste %zu: %.*s", event->paste.size,
			 event->paste.size > 60 ? 60 : (int)event->paste.size,
			 event->paste.data);
		break;
	default:
		snprintf(line, EVENT_WIDTH, "focus %s", event->focus ? "in" : "out");
	}
	n_events++;
	if (event->kind == EVENT_KEY && !event->press.mods)
		act(event->press.key);
}

static void
fit(void)
{
	int rows, columns;

	tty_size(&rows, &columns);
	surface_resize(&surface, rows, columns);
}

static void
turn(void)
{
	static int wait = -1;
	struct pollfd from[] = { { tty_descriptor(), POLLIN, 0 },
				 { tty_signals(), POLLIN, 0 } };
	struct event event;
	enum tty_news news;

	surface_clear(&surface);
	draw();
	tty_show(&surface, false);
	poll(from, COUNT(from), wait);
	news = tty_news();
	is_done = news == TTY_ENDED;
	if (news == TTY_RESIZED)
		fit();
	while (!is_done && tty_next(&event, &wait))
		note(&event);
}

static bool
read_words(char **words, struct tty_options *options)
{
	for (; *words; words++) {
		if (strcmp(*words, "--ascii") == 0)
			options->ascii = true;
		else if (strcmp(*words, "--no-mouse") == 0)
			options->mouse = false;
		else if (strcmp(*words, "--theme") == 0 && words[1]) {
			words++;
			for (int i = 0; theme_names[i]; i++)
				if (strcmp(theme_names[i], *words) == 0)
					options->theme = (enum theme)i;
		} else
			return false;
	}
	return true;
}

int
main(int argc, char **argv)
{
	struct tty_options options = { .mouse = true };
	struct error err = { 0 };

	if (argc < 1 || !read_words(argv + 1, &options))
		return 2;
	if (!tty_open(&options, &err)) {
		fprintf(stderr, "tty_card: %s\n", err.text);
		return 1;
	}
	fit();
	while (!is_done)
		turn();
	tty_close();
	surface_release(&surface);
	return 0;
}
