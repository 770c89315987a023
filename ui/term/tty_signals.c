/*
 * tty_signals - a handler that writes a byte into a pipe, and one for crashes.
 */
#include "term/tty_signals.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/temporary.h"
#include "base/text.h"

enum { STACK = 1 << 16 };

static const int told[] = { SIGWINCH, SIGTERM, SIGHUP, SIGINT, SIGTSTP, SIGCONT };
static const int crashes[] = { SIGSEGV, SIGABRT, SIGBUS, SIGFPE, SIGILL };

static int ends[2] = { -1, -1 };
static void (*give_back)(void);
static struct sigaction were_told[COUNT(told)], were_crashes[COUNT(crashes)];
/* Any thread may be the one that is interrupted. */
static atomic_bool came[NSIG], is_ending;
static bool was_asked;    /* to end, and does so */
static char stack[STACK]; /* a crash may be that of the usual one */

static bool
asks_for_end(int signal)
{
	return signal == SIGTERM || signal == SIGHUP || signal == SIGINT;
}

/* Who asks twice by one of these does not want to wait. A terminal that goes away says so
 * more than once: by the kernel, by a shell, by the end of input. */
static bool
can_insist(int signal)
{
	return asks_for_end(signal) && signal != SIGHUP;
}

static void
tell(int signal)
{
	const int was = errno;

	if (can_insist(signal) && atomic_exchange(&is_ending, true)) {
		give_back();
		temporary_unlink_all();
		sigaction(signal, &(struct sigaction){ .sa_handler = SIG_DFL }, NULL);
		raise(signal);
	}
	came[signal] = true;
	while (write(ends[1], "", 1) < 0 && errno == EINTR)
		;
	errno = was;
}

/* Give the terminal back; then happens what would have happened without us. */
static void
crash(int signal, siginfo_t *info, void *context)
{
	(void)context;
	give_back();
	for (size_t i = 0; i < COUNT(crashes); i++)
		if (crashes[i] == signal)
			sigaction(signal, &were_crashes[i], NULL);
	/* A fault comes again by itself, at the place where it is; others are sent. */
	if (info->si_code <= 0)
		raise(signal);
}

static bool
open_pipe(struct error *err)
{
	if (pipe2(ends, O_CLOEXEC | O_NONBLOCK) != 0)
		return fail_errno(err, "cannot make a pipe for signals");
	return true;
}

bool
tty_signals_open(void (*give)(void), struct error *err)
{
	const stack_t other = { .ss_sp = stack, .ss_size = sizeof stack };
	struct sigaction on_told = { .sa_handler = tell, .sa_flags = SA_RESTART };
	struct sigaction on_crash = { .sa_sigaction = crash,
				      .sa_flags = SA_SIGINFO | SA_ONSTACK };
	stack_t has;

	if (!open_pipe(err))
		return false;
	give_back = give;
	is_ending = was_asked = false;
	/* A sanitizer may have one already. */
	if (sigaltstack(NULL, &has) == 0 && has.ss_flags & SS_DISABLE)
		sigaltstack(&other, NULL);
	sigemptyset(&on_told.sa_mask);
	sigemptyset(&on_crash.sa_mask);
	for (size_t i = 0; i < COUNT(told); i++) {
		came[told[i]] = false;
		sigaction(told[i], &on_told, &were_told[i]);
	}
	for (size_t i = 0; i < COUNT(crashes); i++)
		sigaction(crashes[i], &on_crash, &were_crashes[i]);
	return true;
}

int
tty_signals_descriptor(void)
{
	return ends[0];
}

/* One that comes meanwhile is there the next time. */
static bool
take(int signal)
{
	return atomic_exchange(&came[signal], false);
}

struct tty_signals
tty_signals_take(void)
{
	struct tty_signals out;
	char bytes[64];

	while (read(ends[0], bytes, sizeof bytes) > 0)
		;
	out = (struct tty_signals){ .resized = take(SIGWINCH),
				    .stops = take(SIGTSTP),
				    .goes_on = take(SIGCONT) };
	for (size_t i = 0; i < COUNT(told); i++)
		if (asks_for_end(told[i]))
			out.ends |= take(told[i]);
	was_asked |= out.ends;
	return out;
}

/* All is saved and given back by then: who was asked to end and is asked once more ends
 * all the same, with the status that it has. */
void
tty_signals_close(void)
{
	const struct sigaction ignore = { .sa_handler = SIG_IGN };

	if (ends[0] < 0)
		return;
	tty_signals_take(); /* that nobody has looked at yet */
	for (size_t i = 0; i < COUNT(told); i++)
		sigaction(told[i],
			  was_asked && asks_for_end(told[i]) ? &ignore : &were_told[i],
			  NULL);
	for (size_t i = 0; i < COUNT(crashes); i++)
		sigaction(crashes[i], &were_crashes[i], NULL);
	close(ends[0]);
	close(ends[1]);
	ends[0] = ends[1] = -1;
}

void
tty_signals_hang_up(void)
{
	tell(SIGHUP);
}

static void
while_paused(int signal, struct sigaction *was)
{
	const bool is_key = signal == SIGINT || signal == SIGQUIT;

	sigaction(signal, &(struct sigaction){ .sa_handler = is_key ? SIG_IGN : SIG_DFL },
		  was);
}

/* SIGQUIT is none of ours but a key while another program runs. */
static const int keys[] = { SIGINT, SIGQUIT, SIGTSTP, SIGCONT };
static struct sigaction were_keys[COUNT(keys)];

void
tty_signals_pause(void)
{
	for (size_t i = 0; i < COUNT(keys); i++)
		while_paused(keys[i], &were_keys[i]);
}

void
tty_signals_resume(void)
{
	for (size_t i = 0; i < COUNT(keys); i++)
		sigaction(keys[i], &were_keys[i], NULL);
}

void
tty_signals_stop(void)
{
	const struct sigaction preset = { .sa_handler = SIG_DFL };
	struct sigaction was;

	sigaction(SIGTSTP, &preset, &was);
	/* All of the pipeline, as the terminal itself would. */
	kill(0, SIGTSTP);
	sigaction(SIGTSTP, &was, NULL);
	/* Going on is no news: who stops here goes on here. */
	take(SIGCONT);
}
