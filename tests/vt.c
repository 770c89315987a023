/*
 * vt - forkpty(3), poll(2) and libvterm.
 */
#include "vt_parts.h"

#include <errno.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <utmp.h>

#include "base/names.h"
#include "term/event.h"

enum {
	PIECE = 1 << 16,
	ESCAPE_ALONE = 40000, /* microseconds */
	TAKES = 2000,         /* milliseconds that a program has to read what is typed */
};

int64_t
vt_microseconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

static void
queue(const char *bytes, size_t n, void *user)
{
	struct vt *vt = user;
	char *all = realloc(vt->unsent, vt->n_unsent + n);

	if (!all)
		abort();
	memcpy(all + vt->n_unsent, bytes, n);
	vt->unsent = all;
	vt->n_unsent += n;
}

static int
property(VTermProp prop, VTermValue *value, void *user)
{
	if (prop == VTERM_PROP_CURSORVISIBLE)
		((struct vt *)user)->shows_cursor = value->boolean;
	return 1;
}

static const VTermScreenCallbacks callbacks = { .settermprop = property };

/* Of our own environment only what a sanitizer or a measurement needs. */
static void
set_environment(const struct vt_options *options)
{
	static const char *const kept[] = { "PATH", "ASAN_OPTIONS", "UBSAN_OPTIONS",
					    "TSAN_OPTIONS", "LARIAT_SHARED" };
	struct arena arena = { 0 };
	struct names all = { 0 };

	for (size_t i = 0; i < COUNT(kept); i++)
		if (getenv(kept[i]))
			names_add(&all,
				  arena_print(&arena, "%s=%s", kept[i], getenv(kept[i])),
				  &arena);
	clearenv();
	for (size_t i = 0; i < all.n; i++)
		putenv((char *)all.at[i]);
	setenv("TERM", options->term ? options->term : "xterm-256color", 1);
	setenv("LANG", "C.UTF-8", 1);
	if (options->folder)
		setenv("HOME", options->folder, 1);
	for (size_t i = 0; options->more && options->more[i]; i++)
		putenv((char *)options->more[i]);
}

static _Noreturn void
become(const char *const *words, const struct vt_options *options)
{
	set_environment(options);
	if (options->folder && chdir(options->folder) != 0)
		_exit(126);
	execvp(words[0], (char *const *)words);
	fprintf(stderr, "%s: %s\r\n", words[0], strerror(errno));
	_exit(127);
}

/* A terminal of that size, blank. */
static void
new_emulator(struct vt *vt, int rows, int columns)
{
	if (vt->vterm)
		vterm_free(vt->vterm);
	vt->rows = rows;
	vt->columns = columns;
	/* libvterm crashes at a wide character in one column. */
	vt->vterm = vterm_new(rows, columns > 1 ? columns : 2);
	vterm_set_utf8(vt->vterm, 1);
	vterm_output_set_callback(vt->vterm, queue, vt);
	vt->screen = vterm_obtain_screen(vt->vterm);
	vterm_screen_set_callbacks(vt->screen, &callbacks, vt);
	vterm_screen_enable_altscreen(vt->screen, 1);
	vterm_screen_reset(vt->screen, 1);
	vt->shows_cursor = true;
}

static void
obey(struct vt *vt, const char *bytes, size_t n)
{
	vterm_input_write(vt->vterm, bytes, n);
}

/* The modes that the program has set, for a new one. */
static void
set_modes(struct vt *vt)
{
	char mode[32];

	for (size_t i = 0; i < vt->watch.n_modes; i++) {
		snprintf(mode, sizeof mode, "\033[?%dh", vt->watch.modes[i]);
		obey(vt, mode, strlen(mode));
	}
	if (vt->watch.has_keypad)
		obey(vt, "\033=", 2);
	if (vt->watch.hides_cursor)
		obey(vt, "\033[?25l", 6);
}

struct vt *
vt_start(const char *const *words, const struct vt_options *options, const char **why)
{
	const struct winsize size = {
		.ws_row = (unsigned short)(options->rows ? options->rows : 24),
		.ws_col = (unsigned short)(options->columns ? options->columns : 80),
	};
	struct vt *vt = calloc(1, sizeof *vt);

	if (!vt)
		abort();
	new_emulator(vt, size.ws_row, size.ws_col);
	fflush(NULL);
	if (openpty(&vt->master, &vt->slave, NULL, NULL, &size) != 0 ||
	    tcgetattr(vt->slave, &vt->before) != 0 || (vt->child = fork()) < 0) {
		*why = strerror(errno);
		vt_free(vt);
		return NULL;
	}
	if (vt->child == 0) {
		close(vt->master);
		login_tty(vt->slave);
		become(words, options);
	}
	vt->is_alive = true;
	vt->sent_at = vt->came_at = vt_microseconds();
	return vt;
}

bool
vt_is_alive(struct vt *vt)
{
	int status;

	if (vt->is_alive && waitpid(vt->child, &status, WNOHANG) == vt->child) {
		vt->is_alive = false;
		vt->status =
			WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
	}
	return vt->is_alive;
}

void
vt_free(struct vt *vt)
{
	if (!vt)
		return;
	if (vt_is_alive(vt)) {
		kill(vt->child, SIGKILL);
		waitpid(vt->child, NULL, 0);
	}
	if (vt->master > 0)
		close(vt->master);
	if (vt->slave > 0)
		close(vt->slave);
	vterm_free(vt->vterm);
	free(vt->unsent);
	free(vt);
}

static void
send_some(struct vt *vt)
{
	const ssize_t wrote = write(vt->master, vt->unsent, vt->n_unsent);

	if (wrote > 0) {
		vt->n_unsent -= (size_t)wrote;
		memmove(vt->unsent, vt->unsent + wrote, vt->n_unsent);
	}
}

bool
vt_pump(struct vt *vt, int wait)
{
	struct pollfd poller = { vt->master,
				 (short)(POLLIN | (vt->n_unsent ? POLLOUT : 0)), 0 };
	static char bytes[PIECE];
	ssize_t n;

	if (poll(&poller, 1, wait) <= 0)
		return false;
	if (poller.revents & POLLOUT)
		send_some(vt);
	if (!(poller.revents & POLLIN))
		return false;
	n = read(vt->master, bytes, sizeof bytes);
	if (n <= 0)
		return false;
	vt->came_at = vt_microseconds();
	vt->received += (uint64_t)n;
	watch_bytes(&vt->watch, bytes, (size_t)n);
	obey(vt, bytes, (size_t)n);
	return true;
}

static void
send_all(struct vt *vt)
{
	const int64_t end = vt_microseconds() + 2000000;

	vt->sent_at = vt_microseconds();
	while (vt->n_unsent && vt_microseconds() < end && vt_is_alive(vt))
		vt_pump(vt, VT_STEP);
}

void
vt_send(struct vt *vt, struct text bytes)
{
	queue(bytes.data, bytes.size, vt);
	send_all(vt);
}

static VTermKey
key_of(uint32_t key)
{
	static const struct {
		uint32_t key;
		VTermKey vterm;
	} keys[] = {
		{ K_ENTER, VTERM_KEY_ENTER },
		{ K_TAB, VTERM_KEY_TAB },
		{ K_BACKSPACE, VTERM_KEY_BACKSPACE },
		{ K_ESCAPE, VTERM_KEY_ESCAPE },
		{ K_UP, VTERM_KEY_UP },
		{ K_DOWN, VTERM_KEY_DOWN },
		{ K_LEFT, VTERM_KEY_LEFT },
		{ K_RIGHT, VTERM_KEY_RIGHT },
		{ K_INSERT, VTERM_KEY_INS },
		{ K_DELETE, VTERM_KEY_DEL },
		{ K_HOME, VTERM_KEY_HOME },
		{ K_END, VTERM_KEY_END },
		{ K_PAGE_UP, VTERM_KEY_PAGEUP },
		{ K_PAGE_DOWN, VTERM_KEY_PAGEDOWN },
	};

	for (size_t i = 0; i < COUNT(keys); i++)
		if (keys[i].key == key)
			return keys[i].vterm;
	return VTERM_KEY_FUNCTION_0 + (VTermKey)(key - K_F1 + 1);
}

static void
send_press(struct vt *vt, struct press press)
{
	/* Modifiers have the same bits there. */
	if (press.key >= K_FIRST)
		vterm_keyboard_key(vt->vterm, key_of(press.key), press.mods);
	else
		vterm_keyboard_unichar(vt->vterm, press.key, press.mods);
}

/* What follows an ESC at once, or is read together with it, would belong to it. */
static void
let_alone(struct vt *vt)
{
	struct patience patience = patience_of(TAKES);
	int64_t end;

	send_all(vt);
	while (!vt_is_taken(vt) && vt_is_alive(vt) && has_patience(&patience))
		vt_pump(vt, VT_STEP);
	for (end = vt_microseconds() + ESCAPE_ALONE; vt_microseconds() < end;)
		vt_pump(vt, VT_STEP);
}

bool
vt_keys(struct vt *vt, const char *keys)
{
	const struct text all = text_of(keys);
	size_t at = 0;

	while (at < all.size) {
		const char *close = keys[at] == '<' ? strchr(keys + at + 2, '>') : NULL;
		struct press press = { 0 };

		if (close) {
			const char *name = keys + at + 1;

			if (!press_parse((struct text){ name, (size_t)(close - name) },
					 &press))
				return false;
			at = (size_t)(close + 1 - keys);
		} else {
			press.key = text_next(all, &at);
		}
		send_press(vt, press);
		if (press.key == K_ESCAPE)
			let_alone(vt);
	}
	if (vt->n_unsent)
		send_all(vt);
	return true;
}

void
vt_paste(struct vt *vt, struct text text)
{
	vterm_keyboard_start_paste(vt->vterm);
	queue(text.data, text.size, vt);
	vterm_keyboard_end_paste(vt->vterm);
	send_all(vt);
}

void
vt_mouse(struct vt *vt, int button, bool is_down, bool has_shift, int row, int column)
{
	const VTermModifier mods = has_shift ? VTERM_MOD_SHIFT : VTERM_MOD_NONE;

	/* The emulator would send also what nobody asked for. */
	if (!watch_has_mode(&vt->watch, 1000) && !watch_has_mode(&vt->watch, 1002))
		return;
	vterm_mouse_move(vt->vterm, row, column, mods);
	vterm_mouse_button(vt->vterm, button, is_down, mods);
	send_all(vt);
}

void
vt_focus(struct vt *vt, bool has_it)
{
	VTermState *state = vterm_obtain_state(vt->vterm);

	(has_it ? vterm_state_focus_in : vterm_state_focus_out)(state);
	send_all(vt);
}

void
vt_resize(struct vt *vt, int rows, int columns)
{
	const struct winsize size = { .ws_row = (unsigned short)rows,
				      .ws_col = (unsigned short)columns };

	/* A new one: libvterm 0.1.4 crashes now and then after it was made smaller. Who
	 * is told of another size draws all of it again. */
	new_emulator(vt, rows, columns);
	set_modes(vt);
	vt->sent_at = vt_microseconds();
	ioctl(vt->master, TIOCSWINSZ, &size);
}

void
vt_signal(struct vt *vt, int number)
{
	kill(vt->child, number);
}

const struct watch *
vt_watch(const struct vt *vt)
{
	return &vt->watch;
}

uint64_t
vt_received(const struct vt *vt)
{
	return vt->received;
}

int64_t
vt_latency(const struct vt *vt)
{
	return vt->came_at > vt->sent_at ? vt->came_at - vt->sent_at : 0;
}

bool
vt_is_restored(const struct vt *vt, char why[160])
{
	struct termios now;

	if (!watch_is_restored(&vt->watch, why))
		return false;
	if (tcgetattr(vt->slave, &now) != 0 || now.c_iflag != vt->before.c_iflag ||
	    now.c_oflag != vt->before.c_oflag || now.c_cflag != vt->before.c_cflag ||
	    now.c_lflag != vt->before.c_lflag ||
	    memcmp(now.c_cc, vt->before.c_cc, sizeof now.c_cc) != 0) {
		snprintf(why, 160, "the settings of the line are not as before");
		return false;
	}
	return true;
}
