/*
 * tty_paint - curses writes into a file in memory, not to the terminal: so a frame is
 * sent in one piece, and nothing of what curses does to a terminal on its own account gets
 * there.
 */
#include "term/tty_paint.h"

#include <curses.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>
#include <wchar.h>

#include "term/tty_info.h"

enum { REPLACED = 0xfffd };

/* An ink as curses has it. */
struct brush {
	attr_t attrs;
	int pair;
};

static struct {
	SCREEN *screen;
	FILE *paper; /* what curses writes to */
	struct brush brushes[INK_COUNT];
	enum tier tier;
	struct surface shown; /* by the last tty_paint_show() */
	bool is_stale;        /* what the terminal shows is not known */
	char *bytes;          /* of the last frame */
	size_t room;
} paint;

/* What curses has written since the last time; the next goes to the same place. */
static struct text
take(void)
{
	const int fd = fileno(paint.paper);
	const off_t end = lseek(fd, 0, SEEK_CUR);
	const size_t size = end > 0 ? (size_t)end : 0;
	char *bytes = size > paint.room ? realloc(paint.bytes, size) : paint.bytes;
	ssize_t n;

	if (size > paint.room && !bytes)
		abort();
	paint.bytes = bytes;
	paint.room = size > paint.room ? size : paint.room;
	n = size ? pread(fd, bytes, size, 0) : 0;
	lseek(fd, 0, SEEK_SET);
	return (struct text){ bytes, n > 0 ? (size_t)n : 0 };
}

bool
tty_paint_open(const char *entry, struct error *err)
{
	const int fd = memfd_create("screen", MFD_CLOEXEC);

	paint.paper = fd < 0 ? NULL : fdopen(fd, "w");
	if (!paint.paper)
		return fail_errno(err, "cannot make a file in memory for the screen");
	paint.screen = newterm(entry, paint.paper, stdin);
	if (!paint.screen)
		return fail(err, "curses refuses a terminal like '%s'", entry);
	start_color();
	use_default_colors();
	idlok(stdscr, TRUE);
	typeahead(-1);
	/* The first that makes it write what newterm() has left in its buffer. */
	curs_set(1);
	take();
	return true;
}

void
tty_paint_close(void)
{
	if (paint.screen) {
		tty_info_back();
		endwin();
		delscreen(paint.screen);
		tty_info_end();
	}
	if (paint.paper)
		fclose(paint.paper);
	surface_release(&paint.shown);
	free(paint.bytes);
	memset(&paint, 0, sizeof paint);
}

static attr_t
attrs_of(uint8_t style)
{
	return (style & STYLE_BOLD ? A_BOLD : 0) |
	       (style & STYLE_REVERSE ? A_REVERSE : 0) |
	       (style & STYLE_UNDERLINE ? A_UNDERLINE : 0) |
	       (style & STYLE_FAINT ? A_DIM : 0);
}

void
tty_paint_set(enum theme theme, enum tier tier, int colours, bool light)
{
	tty_info_back();
	paint.tier = tier;
	paint.is_stale = true;
	for (int ink = 0; ink < INK_COUNT; ink++) {
		const struct tint tint = theme_tint(theme, colours, light, (enum ink)ink);
		const int pair =
			tint.fg < 0 && tint.bg < 0 ? 0 : alloc_pair(tint.fg, tint.bg);

		paint.brushes[ink] =
			(struct brush){ attrs_of(tint.style), pair < 0 ? 0 : pair };
	}
}

void
tty_paint_size(int rows, int columns)
{
	tty_info_back();
	if (rows == LINES && columns == COLS)
		return;
	resizeterm(rows, columns);
	paint.is_stale = true;
}

void
tty_paint_forget(void)
{
	paint.is_stale = true;
}

/* A character and its marks. What curses would take for another width than ours is
 * replaced, so that both agree on where the next one stands. Returns the columns that it
 * takes; the rest of the cell's is blank. */
static int
characters(const struct cell *cell, wchar_t out[4])
{
	wchar_t code = (wchar_t)glyph_for(paint.tier, cell->code[0]);
	size_t n = 0;

	if (code >= 0x80 && wcwidth(code) != cell->width)
		code = (wchar_t)glyph_for(paint.tier, REPLACED);
	out[n++] = code;
	for (size_t i = 1; i < COUNT(cell->code) && paint.tier == TIER_UNICODE; i++)
		if (cell->code[i] && wcwidth((wchar_t)cell->code[i]) == 0)
			out[n++] = (wchar_t)cell->code[i];
	out[n] = L'\0';
	return wcwidth(code);
}

static void
show_cell(const struct cell *cell, int row, int column)
{
	const struct brush *brush =
		&paint.brushes[cell->paint.ink < INK_COUNT ? cell->paint.ink : INK_TEXT];
	const attr_t attrs = brush->attrs | attrs_of(cell->paint.style);
	int pair = brush->pair;
	wchar_t text[4];
	cchar_t out;

	if (cell->width == 0)
		return;
	if (characters(cell, text) < cell->width) {
		setcchar(&out, L" ", attrs, 0, &pair);
		mvadd_wchnstr(row, column + 1, &out, 1);
	}
	setcchar(&out, text, attrs, 0, &pair);
	mvadd_wchnstr(row, column, &out, 1);
}

static void
show_row(const struct surface *surface, int row, int columns, bool all)
{
	const size_t size = (size_t)columns * sizeof(struct cell);
	const struct cell *cells = surface_cell(surface, row, 0);
	struct cell *shown =
		paint.shown.cells + (size_t)row * (size_t)paint.shown.columns;

	if (!all && memcmp(cells, shown, size) == 0)
		return;
	memcpy(shown, cells, size);
	for (int column = 0; column < columns; column++)
		show_cell(&cells[column], row, column);
}

static int
least(int a, int b)
{
	return a < b ? a : b;
}

/* Where the cursor stands even when it is not seen: braille displays and screen readers
 * follow it. */
static void
place_cursor(const struct surface *surface)
{
	const bool is_seen = surface->cursor_row >= 0 && surface->cursor_row < LINES &&
			     surface->cursor_column >= 0 && surface->cursor_column < COLS;

	curs_set(is_seen);
	if (is_seen)
		move(surface->cursor_row, surface->cursor_column);
}

struct text
tty_paint_show(const struct surface *surface, bool all)
{
	const int rows = least(surface->rows, LINES);
	const int columns = least(surface->columns, COLS);

	tty_info_back();
	all |= paint.is_stale || surface->rows != paint.shown.rows ||
	       surface->columns != paint.shown.columns;
	if (all) {
		surface_resize(&paint.shown, surface->rows, surface->columns);
		clearok(curscr, TRUE);
	}
	for (int row = 0; row < rows; row++)
		show_row(surface, row, columns, all);
	paint.is_stale = false;
	place_cursor(surface);
	wnoutrefresh(stdscr);
	doupdate();
	return take();
}
