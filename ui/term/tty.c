/*
 * tty - curses as a painter: it is given cells, and works out what to send.
 *
 * Curses writes into a file in memory, not to the terminal: what it sends for a frame is
 * then sent in one piece and counted, and nothing of what it does to a terminal on its
 * own account gets there. The terminal itself is taken and given back by tty_modes.c.
 */
#include "term/tty.h"

#include <curses.h>
#include <errno.h>
#include <langinfo.h>
#include <locale.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <wchar.h>

#include "term/background.h"
#include "term/clipboard.h"
#include "term/keys.h"
#include "term/tty_info.h"
#include "term/tty_modes.h"
#include "term/tty_signals.h"

enum { REPLACED = 0xfffd, PROBE_WAIT = 50 };

/* An ink as curses has it. */
struct brush {
	attr_t attrs;
	int pair;
};

static struct {
	struct tty_options options;
	struct tty_facts facts;
	struct tty_info info;
	struct keys *keys;
	SCREEN *screen;
	FILE *paper; /* what curses writes to */
	struct brush brushes[INK_COUNT];
	enum tier tier;
	struct surface shown; /* by the last tty_show() */
	bool is_stale;        /* what the terminal shows is not known */
	bool has_mouse;
	bool is_open, is_gone;
} tty;

extern char **environ;

static int64_t
milliseconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* A terminal that is gone says so as a signal would. */
static void
hang_up(void)
{
	tty.is_gone = true;
	tty_signals_hang_up();
}

static void
send(const char *bytes, size_t n)
{
	if (!tty.is_gone && !tty_modes_write(bytes, n))
		hang_up();
}

static void
put(const char *bytes)
{
	send(bytes, strlen(bytes));
}

/* What curses has written since the last time goes to the terminal, or nowhere. */
static void
flush(bool is_sent)
{
	const int fd = fileno(tty.paper);
	const off_t end = lseek(fd, 0, SEEK_CUR);
	const size_t size = end > 0 && is_sent ? (size_t)end : 0;
	void *bytes = size ? mmap(NULL, size, PROT_READ, MAP_SHARED, fd, 0) : MAP_FAILED;

	if (bytes != MAP_FAILED) {
		send(bytes, size);
		munmap(bytes, size);
	}
	lseek(fd, 0, SEEK_SET);
}

static attr_t
attrs_of(uint8_t style)
{
	return (style & STYLE_BOLD ? A_BOLD : 0) |
	       (style & STYLE_REVERSE ? A_REVERSE : 0) |
	       (style & STYLE_UNDERLINE ? A_UNDERLINE : 0) |
	       (style & STYLE_FAINT ? A_DIM : 0);
}

static void
make_brushes(void)
{
	for (int ink = 0; ink < INK_COUNT; ink++) {
		const struct tint tint = theme_tint(tty.options.theme, tty.facts.colours,
						    tty.facts.light, (enum ink)ink);
		const int pair =
			tint.fg < 0 && tint.bg < 0 ? 0 : alloc_pair(tint.fg, tint.bg);

		tty.brushes[ink] =
			(struct brush){ attrs_of(tint.style), pair < 0 ? 0 : pair };
	}
}

static void
set_mouse(bool on)
{
	on = on && tty.facts.mouse;
	if (on != tty.has_mouse)
		put(on ? "\033[?1000h\033[?1002h\033[?1006h"
		       : "\033[?1006l\033[?1002l\033[?1000l");
	tty.has_mouse = on;
}

void
tty_set(const struct tty_options *options)
{
	tty_info_back();
	tty.options = *options;
	tty.tier = options->ascii ? TIER_ASCII : tty.facts.tier;
	make_brushes();
	set_mouse(options->mouse);
	tty.is_stale = true;
}

/* Does the user's character set have more than ASCII? To curses it is UTF-8 in any case:
 * ASCII is a part of it, and with another one curses would ask terminals to repeat
 * characters, which some that say they are an xterm cannot. */
static bool
find_utf8(void)
{
	if (setlocale(LC_CTYPE, "") && strcmp(nl_langinfo(CODESET), "UTF-8") == 0)
		return true;
	if (!setlocale(LC_CTYPE, "C.UTF-8"))
		setlocale(LC_CTYPE, "C");
	return false;
}

static const char *
variable(const char *name)
{
	const char *value = getenv(name);

	return value && *value ? value : NULL;
}

static bool
open_screen(const char *name, struct error *err)
{
	const char *entry = tty_info_entry(name, err);
	const int fd = entry ? memfd_create("screen", MFD_CLOEXEC) : -1;

	if (!entry)
		return false;
	tty.paper = fd < 0 ? NULL : fdopen(fd, "w");
	if (!tty.paper)
		return fail_errno(err, "cannot make a file in memory for the screen");
	tty.screen = newterm(entry, tty.paper, stdin);
	if (!tty.screen)
		return fail(err, "curses refuses a terminal like '%s'", entry);
	start_color();
	use_default_colors();
	idlok(stdscr, TRUE);
	typeahead(-1);
	/* The first that makes it write what newterm() has left in its buffer. */
	curs_set(1);
	flush(false);
	return true;
}

static void
find_facts(const char *name, const struct tty_info *info, struct tty_facts *facts)
{
	const bool has_utf8 = find_utf8(), no_color = variable("NO_COLOR") != NULL;

	*facts = (struct tty_facts){
		.name = name,
		.colours = no_color ? 0 : info->colours,
		.no_color = no_color,
		.utf8 = has_utf8,
		.tier = !has_utf8          ? TIER_ASCII
			: info->is_console ? TIER_CONSOLE
					   : TIER_UNICODE,
		.mouse = info->is_able,
	};
	background_of_variable(getenv("COLORFGBG"), &facts->light);
}

static const char *
find_name(struct error *err)
{
	const char *name = variable("TERM");

	if (!name)
		fail(err, "TERM is not set; set it to what the terminal is, such as "
			  "TERM=xterm-256color");
	return name;
}

bool
tty_look(struct tty_facts *facts, struct error *err)
{
	const char *name = find_name(err);
	struct tty_info info = { 0 };
	const bool is_fine = name && tty_info_look(name, &info, err);

	find_facts(name ? name : "", &info, facts);
	return is_fine;
}

static size_t
read_some(char *bytes, size_t n)
{
	bool is_gone = false;
	const size_t got = tty.is_gone ? 0 : tty_modes_read(bytes, n, &is_gone);

	if (is_gone)
		hang_up();
	return got;
}

/* Ask, and wait a little; what else came meanwhile is input. */
static void
ask_background(void)
{
	const int64_t end = milliseconds() + PROBE_WAIT;
	char bytes[1024];
	size_t n = 0;

	put(background_question);
	for (int64_t now = milliseconds(); now < end && n < sizeof bytes;
	     now = milliseconds()) {
		struct pollfd input = { tty_modes_input(), POLLIN, 0 };

		if (poll(&input, 1, (int)(end - now)) <= 0)
			continue;
		n += read_some(bytes + n, sizeof bytes - n);
		if (tty.is_gone || background_is_answered((struct text){ bytes, n }))
			break;
	}
	background_of_answer((struct text){ bytes, n }, &tty.facts.light);
	keys_feed(tty.keys, bytes, n, milliseconds());
}

static void
leave(void)
{
	tty_modes_give();
}

/* On every way out by exit(). */
static void
register_leave(void)
{
	static bool is_registered;

	if (!is_registered && atexit(leave) == 0)
		is_registered = true;
}

static bool
open_all(struct error *err)
{
	const char *name = find_name(err);

	/* Before curses is there: it asks once. */
	tty.facts.utf8 = find_utf8();
	if (!name || !tty_modes_open(err) || !open_screen(name, err) ||
	    !tty_info_read(name, &tty.info, err))
		return false;
	tty_modes_strings(tty.info.enter, tty.info.leave);
	tty.keys = keys_new();
	tty_info_learn(tty.keys);
	find_facts(name, &tty.info, &tty.facts);
	return tty_signals_open(leave, err);
}

bool
tty_open(const struct tty_options *options, struct error *err)
{
	int rows, columns;

	tty.is_open = true;
	if (!open_all(err)) {
		tty_close();
		return false;
	}
	register_leave();
	tty_modes_take();
	if (tty.info.is_able && tty.facts.colours && !variable("COLORFGBG"))
		ask_background();
	tty_set(options);
	tty_size(&rows, &columns);
	return true;
}

void
tty_close(void)
{
	if (!tty.is_open)
		return;
	tty_modes_close();
	tty_signals_close();
	if (tty.screen) {
		tty_info_back();
		endwin();
		delscreen(tty.screen);
		tty_info_end();
	}
	if (tty.paper)
		fclose(tty.paper);
	keys_free(tty.keys);
	surface_release(&tty.shown);
	memset(&tty, 0, sizeof tty);
}

const struct tty_facts *
tty_facts(void)
{
	return &tty.facts;
}

void
tty_size(int *rows, int *columns)
{
	struct winsize size = { 0 };

	if (ioctl(tty_modes_output(), TIOCGWINSZ, &size) != 0 || !size.ws_row ||
	    !size.ws_col)
		size = (struct winsize){ .ws_row = 24, .ws_col = 80 };
	*rows = size.ws_row;
	*columns = size.ws_col;
	tty_info_back();
	if (size.ws_row != LINES || size.ws_col != COLS) {
		resizeterm(size.ws_row, size.ws_col);
		tty.is_stale = true;
	}
}

/* A character and its marks. What curses would take for another width than ours is
 * replaced, so that both agree on where the next one stands. Returns the columns that it
 * takes; the rest of the cell's is blank. */
static int
characters(const struct cell *cell, wchar_t out[4])
{
	wchar_t code = (wchar_t)glyph_for(tty.tier, cell->code[0]);
	size_t n = 0;

	if (code >= 0x80 && wcwidth(code) != cell->width)
		code = (wchar_t)glyph_for(tty.tier, REPLACED);
	out[n++] = code;
	for (size_t i = 1; i < COUNT(cell->code) && tty.tier == TIER_UNICODE; i++)
		if (cell->code[i] && wcwidth((wchar_t)cell->code[i]) == 0)
			out[n++] = (wchar_t)cell->code[i];
	out[n] = L'\0';
	return wcwidth(code);
}

static void
show_cell(const struct cell *cell, int row, int column)
{
	const struct brush *brush =
		&tty.brushes[cell->paint.ink < INK_COUNT ? cell->paint.ink : INK_TEXT];
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
	struct cell *shown = tty.shown.cells + (size_t)row * (size_t)tty.shown.columns;

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

void
tty_show(const struct surface *surface, bool all)
{
	const int rows = least(surface->rows, LINES);
	const int columns = least(surface->columns, COLS);

	if (tty.is_gone)
		return;
	tty_info_back();
	all |= tty.is_stale || surface->rows != tty.shown.rows ||
	       surface->columns != tty.shown.columns;
	if (all) {
		surface_resize(&tty.shown, surface->rows, surface->columns);
		clearok(curscr, TRUE);
	}
	for (int row = 0; row < rows; row++)
		show_row(surface, row, columns, all);
	tty.is_stale = false;
	place_cursor(surface);
	wnoutrefresh(stdscr);
	doupdate();
	flush(true);
}

uint64_t
tty_sent(void)
{
	return tty_modes_sent();
}

int
tty_descriptor(void)
{
	return tty_modes_input();
}

int
tty_signals(void)
{
	return tty_signals_descriptor();
}

/* Take it again from whoever had it. */
static void
come_back(void)
{
	tty_modes_retake();
	tty.has_mouse = false;
	set_mouse(tty.options.mouse);
	tty.is_stale = true;
}

enum tty_news
tty_news(void)
{
	const struct tty_signals came = tty_signals_take();

	if (came.ends)
		return TTY_ENDED;
	if (came.stops)
		tty_suspend();
	if (came.goes_on)
		come_back();
	return came.stops || came.goes_on || came.resized ? TTY_RESIZED : TTY_NOTHING;
}

bool
tty_next(struct event *out, int *wait)
{
	const int64_t now = milliseconds();
	char bytes[4096];
	size_t n;

	while (!keys_next(tty.keys, now, out)) {
		n = read_some(bytes, sizeof bytes);
		if (n == 0) {
			*wait = keys_wait(tty.keys, now);
			return false;
		}
		keys_feed(tty.keys, bytes, n, now);
	}
	*wait = 0;
	return true;
}

void
tty_bell(void)
{
	put("\a");
}

void
tty_copy(struct text text)
{
	struct arena arena = { 0 };

	if (tty.info.is_able)
		put(clipboard_sequence(text, &arena));
	arena_release(&arena);
}

void
tty_suspend(void)
{
	tty_modes_give();
	tty_signals_stop();
	come_back();
}

static int
wait_for(pid_t child)
{
	int status;

	while (waitpid(child, &status, 0) < 0)
		if (errno != EINTR)
			return 127;
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/* With the terminal as its standard files, whatever ours are, and with signals as a shell
 * would give them. */
static int
spawn(const char *const *words)
{
	posix_spawn_file_actions_t files;
	posix_spawnattr_t how;
	sigset_t preset, none;
	pid_t child;
	int status = 127;

	sigfillset(&preset);
	sigemptyset(&none);
	posix_spawn_file_actions_init(&files);
	posix_spawnattr_init(&how);
	posix_spawn_file_actions_adddup2(&files, tty_modes_input(), STDIN_FILENO);
	posix_spawn_file_actions_adddup2(&files, tty_modes_output(), STDOUT_FILENO);
	posix_spawn_file_actions_adddup2(&files, tty_modes_output(), STDERR_FILENO);
	posix_spawnattr_setsigdefault(&how, &preset);
	posix_spawnattr_setsigmask(&how, &none);
	posix_spawnattr_setflags(&how, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
	if (posix_spawnp(&child, words[0], &files, &how, (char *const *)words, environ) ==
	    0)
		status = wait_for(child);
	posix_spawn_file_actions_destroy(&files);
	posix_spawnattr_destroy(&how);
	return status;
}

int
tty_run(const char *const *words)
{
	int status;

	tty_modes_give();
	tty_signals_pause();
	status = spawn(words);
	tty_signals_resume();
	come_back();
	return status;
}
