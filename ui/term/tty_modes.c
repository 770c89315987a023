/*
 * tty_modes - line settings and two strings, in memory that a handler may read.
 */
#include "term/tty_modes.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

static struct {
	int in, out;
	int own; /* opened here; -1: none */
	struct termios shell, raw;
	char enter[512], leave[512];
	size_t n_enter, n_leave;
	volatile sig_atomic_t is_taken;
} modes = { .in = -1, .out = -1, .own = -1 };

/* Bytes as they come, none waited for, none changed on the way out. */
static void
make_raw(struct termios *line)
{
	cfmakeraw(line);
	line->c_cc[VMIN] = 0;
	line->c_cc[VTIME] = 0;
}

bool
tty_modes_open(struct error *err)
{
	modes.in = STDIN_FILENO;
	modes.out = STDOUT_FILENO;
	modes.own = -1;
	if (!isatty(modes.in) || !isatty(modes.out)) {
		modes.own = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);
		if (modes.own < 0)
			return fail(err, "there is no terminal to draw the screen on; "
					 "'lariat --help' lists what works without one");
		modes.in = modes.out = modes.own;
	}
	if (tcgetattr(modes.in, &modes.shell) != 0)
		return fail_errno(err, "cannot read the settings of the terminal");
	modes.raw = modes.shell;
	make_raw(&modes.raw);
	return true;
}

void
tty_modes_close(void)
{
	tty_modes_give();
	if (modes.own >= 0)
		close(modes.own);
	modes.in = modes.out = modes.own = -1;
}

void
tty_modes_strings(const char *enter, const char *leave)
{
	snprintf(modes.enter, sizeof modes.enter, "%s", enter);
	snprintf(modes.leave, sizeof modes.leave, "%s", leave);
	modes.n_enter = strlen(modes.enter);
	modes.n_leave = strlen(modes.leave);
}

int
tty_modes_input(void)
{
	return modes.in;
}

int
tty_modes_output(void)
{
	return modes.out;
}

bool
tty_modes_write(const char *bytes, size_t n)
{
	while (n > 0) {
		const ssize_t wrote = write(modes.out, bytes, n);

		if (wrote < 0 && errno == EAGAIN)
			poll(&(struct pollfd){ modes.out, POLLOUT, 0 }, 1, -1);
		else if (wrote < 0 && errno != EINTR)
			return false;
		if (wrote > 0) {
			bytes += wrote;
			n -= (size_t)wrote;
		}
	}
	return true;
}

size_t
tty_modes_read(char *bytes, size_t n, bool *is_gone)
{
	struct pollfd now = { modes.in, POLLIN, 0 };
	ssize_t got;

	if (poll(&now, 1, 0) <= 0)
		return 0;
	got = now.revents & POLLIN ? read(modes.in, bytes, n) : 0;
	*is_gone = got <= 0 && (now.revents & (POLLHUP | POLLERR | POLLNVAL) ||
				(got < 0 && errno != EINTR && errno != EAGAIN));
	return got > 0 ? (size_t)got : 0;
}

/* Line settings also where the shell has put us into the background meanwhile. */
static void
set_line(const struct termios *line, int when)
{
	const struct sigaction ignore = { .sa_handler = SIG_IGN };
	struct sigaction was;

	sigaction(SIGTTOU, &ignore, &was);
	tcsetattr(modes.in, when, line);
	sigaction(SIGTTOU, &was, NULL);
}

void
tty_modes_take(void)
{
	if (modes.in < 0 || modes.is_taken)
		return;
	modes.is_taken = 1;
	set_line(&modes.raw, TCSADRAIN);
	tty_modes_write(modes.enter, modes.n_enter);
}

void
tty_modes_retake(void)
{
	/* What is put away (the screen, the title) is taken back first, or it would be
	 * put away twice, under our own. */
	if (modes.is_taken)
		tty_modes_write(modes.leave, modes.n_leave);
	modes.is_taken = 0;
	tty_modes_take();
}

void
tty_modes_give(void)
{
	const int was = errno;

	if (modes.in < 0 || !modes.is_taken)
		return;
	modes.is_taken = 0;
	tty_modes_write(modes.leave, modes.n_leave);
	/* What the mouse still says is not for the shell. */
	set_line(&modes.shell, TCSAFLUSH);
	errno = was;
}
