/*
 * tty - puts the parts together: modes and signals, a painter, a decoder of keys.
 */
#include "term/tty.h"

#include <errno.h>
#include <langinfo.h>
#include <locale.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/wait.h>

#include "base/clock.h"
#include "term/background.h"
#include "term/clean.h"
#include "term/clipboard.h"
#include "term/keys.h"
#include "term/title.h"
#include "term/tty_info.h"
#include "term/tty_modes.h"
#include "term/tty_paint.h"
#include "term/tty_signals.h"

enum {
	PROBE_WAIT = 50,   /* milliseconds that the end waits for an answer */
	PROBE_LAST = 2000, /* that one is listened for */
	TITLE = 512,
};

/* The question for the background; nobody waits for the answer, which is picked out of
 * the input as it comes. */
struct probe {
	int64_t asked;    /* 0: nothing is */
	char bytes[1024]; /* that came since */
	size_t n;
};

static struct {
	struct tty_options options;
	struct tty_facts facts;
	struct tty_info info;
	struct keys *keys;
	struct probe probe;
	bool looks_other; /* than the last frame had it */
	bool has_mouse;
	bool is_open, is_gone;
	char title[TITLE]; /* as it was said last; "": none was */
} tty;

extern char **environ;

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
	tty.options = *options;
	if (tty.facts.linear)
		return;
	tty_paint_set(options->theme, options->ascii ? TIER_ASCII : tty.facts.tier,
		      tty.facts.colours, tty.facts.light);
	set_mouse(options->mouse);
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

static void
find_facts(const char *name, const struct tty_info *info, struct tty_facts *facts)
{
	const bool has_utf8 = find_utf8(), no_color = variable("NO_COLOR") != NULL;

	*facts = (struct tty_facts){
		.name = name,
		.colours = no_color ? 0 : info->colours,
		.no_color = no_color,
		.linear = variable("LARIAT_LINEAR") != NULL,
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

static void
ask_background(void)
{
	put(background_question);
	tty.probe = (struct probe){ .asked = clock_milliseconds() };
}

/* Bytes that came while the answer is awaited; they are input all the same, keys.h
 * swallows what is none. */
static void
listen(const char *bytes, size_t n, int64_t now)
{
	struct probe *probe = &tty.probe;
	bool is_light;

	if (!probe->asked)
		return;
	if (n > sizeof probe->bytes - probe->n)
		n = sizeof probe->bytes - probe->n;
	memcpy(probe->bytes + probe->n, bytes, n);
	probe->n += n;
	if (background_of_answer((struct text){ probe->bytes, probe->n }, &is_light) &&
	    is_light != tty.facts.light) {
		tty.facts.light = is_light;
		tty_set(&tty.options);
		tty.looks_other = true;
	}
	if (background_is_answered((struct text){ probe->bytes, probe->n }) ||
	    probe->n == sizeof probe->bytes || now - probe->asked > PROBE_LAST)
		probe->asked = 0;
}

/* An answer that comes when the shell reads again would be typed into it. */
static void
await_answer(void)
{
	const int64_t end = tty.probe.asked + PROBE_WAIT;
	char bytes[256];

	for (int64_t now = clock_milliseconds();
	     tty.probe.asked && now < end && !tty.is_gone; now = clock_milliseconds()) {
		struct pollfd input = { tty_modes_input(), POLLIN, 0 };

		if (poll(&input, 1, (int)(end - now)) > 0)
			listen(bytes, read_some(bytes, sizeof bytes), now);
	}
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

/* Nothing of terminfo is needed to say lines; keys are those of xterm. */
static bool
open_linear(struct error *err)
{
	const struct tty_info none = { .colours = 0 };

	if (!tty_modes_open(err))
		return false;
	tty_modes_strings("", "");
	tty.keys = keys_new();
	find_facts(variable("TERM") ? getenv("TERM") : "", &none, &tty.facts);
	return tty_signals_open(leave, err);
}

static bool
open_all(struct error *err)
{
	const char *name = find_name(err);
	const char *entry = name ? tty_info_entry(name, err) : NULL;

	/* Before curses is there: it asks once. */
	tty.facts.utf8 = find_utf8();
	if (!entry || !tty_modes_open(err) || !tty_paint_open(entry, err) ||
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
	if (!(variable("LARIAT_LINEAR") ? open_linear(err) : open_all(err))) {
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
	if (tty.probe.asked)
		await_answer();
	tty_modes_close();
	tty_signals_close();
	tty_paint_close();
	keys_free(tty.keys);
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
	if (!tty.facts.linear)
		tty_paint_size(*rows, *columns);
}

void
tty_show(const struct surface *surface, bool all)
{
	struct text frame;

	if (tty.is_gone)
		return;
	frame = tty_paint_show(surface, all || tty.looks_other);
	tty.looks_other = false;
	send(frame.data, frame.size);
}

void
tty_say(const char *text)
{
	struct text rest = text_of(text);
	struct arena arena = { 0 };

	while (rest.size) {
		const struct text line = clean_text(text_cut(&rest, '\n'), &arena);

		send(line.data, line.size);
		put("\r\n");
	}
	arena_release(&arena);
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
	tty.title[0] = '\0';
	tty_paint_forget();
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
	const int64_t now = clock_milliseconds();
	char bytes[4096];
	size_t n;

	while (!keys_next(tty.keys, now, out)) {
		n = read_some(bytes, sizeof bytes);
		if (n == 0) {
			*wait = keys_wait(tty.keys, now);
			return false;
		}
		keys_feed(tty.keys, bytes, n, now);
		listen(bytes, n, now);
		if (tty.looks_other) {
			*out = (struct event){ .kind = EVENT_LOOKS };
			break;
		}
	}
	*wait = 0;
	return true;
}

void
tty_title(const char *title)
{
	const enum tier tier = tty.options.ascii ? TIER_ASCII : tty.facts.tier;
	struct arena arena = { 0 };

	if (!*tty.info.title_begin || strncmp(title, tty.title, TITLE - 1) == 0)
		return;
	snprintf(tty.title, TITLE, "%s", title);
	put(title_sequence(tty.info.title_begin, tty.info.title_end, tier, text_of(title),
			   &arena));
	arena_release(&arena);
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
