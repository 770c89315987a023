/*
 * process - one child at a time, fed and heard by one loop that never blocks.
 *
 * The loop polls at most TICK ms, so that cancel and the clock are seen. The child's
 * exit is noticed without reaping it, so that its process group can still be killed
 * without hitting a stranger that got the number.
 */
#include "base/process.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"

enum {
	TICK = 20,            /* ms between looks at the clock */
	GRACE = 300,          /* ms from TERM to KILL */
	PIPE_BYTES = 1 << 20, /* asked for; the system may give less */
	PIECE = 1 << 16,      /* bytes of one read */
	OURS = 10,            /* our ends are this or above: out of the way of 0 to 4 */
};

enum { IN, OUT, ERR, ANSWER, STARTED, ENDS }; /* the child's descriptor numbers */

struct run {
	struct process *process;
	struct error *err;
	pid_t pid;
	int ours[ENDS], theirs[ENDS]; /* -1: closed */
	struct text pending;          /* fed, not yet written */
	double end;                   /* 0: none */
};

void
tail_add(struct tail *tail, struct text piece)
{
	if (piece.size > PROCESS_TAIL) {
		piece.data += piece.size - PROCESS_TAIL;
		piece.size = PROCESS_TAIL;
		tail->cut = true;
	}
	if (tail->size + piece.size > PROCESS_TAIL) {
		size_t over = tail->size + piece.size - PROCESS_TAIL;

		memmove(tail->data, tail->data + over, tail->size - over);
		tail->size -= over;
		tail->cut = true;
	}
	if (piece.size)
		memcpy(tail->data + tail->size, piece.data, piece.size);
	tail->size += piece.size;
}

static void
shut(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

static bool
is_program(const char *path)
{
	struct stat s;

	return stat(path, &s) == 0 && S_ISREG(s.st_mode) && access(path, X_OK) == 0;
}

static const char *
search_path(void)
{
	const char *path = getenv("PATH");

	return path && *path ? path : "/usr/local/bin:/usr/bin:/bin";
}

const char *
process_find(const char *name, struct arena *arena)
{
	struct text rest = text_of(search_path());

	if (strchr(name, '/'))
		return is_program(name) ? name : NULL;
	while (rest.size && *name) {
		struct text folder = text_cut(&rest, ':');
		const char *path = arena_print(arena, "%.*s/%s", (int)folder.size,
					       folder.size ? folder.data : "", name);

		/* An empty folder would mean the current one: not here. */
		if (folder.size && is_program(path))
			return path;
	}
	return NULL;
}

/* Nothing of ours gets in but these three. */
static char **
environment(const struct process *process, struct arena *arena)
{
	static const char *const kept[] = { "HOME", "TMPDIR" };
	size_t more = 0, n = 0;
	char **env;

	while (process->env && process->env[more])
		more++;
	env = ARENA_ARRAY(arena, COUNT(kept) + more + 3, char *);
	env[n++] = arena_print(arena, "PATH=%s", search_path());
	env[n++] = arena_text(arena, "LANG=C.UTF-8");
	for (size_t i = 0; i < COUNT(kept); i++)
		if (getenv(kept[i]))
			env[n++] = arena_print(arena, "%s=%s", kept[i], getenv(kept[i]));
	for (size_t i = 0; i < more; i++)
		env[n++] = arena_text(arena, process->env[i]);
	return env;
}

/* A pipe whose ends are out of the way of the child's numbers. */
static bool
new_pipe(int *reads, int *writes, struct error *err)
{
	int ends[2], lifted[2];

	if (pipe2(ends, O_CLOEXEC) != 0)
		return fail_errno(err, "cannot make a pipe");
	for (int i = 0; i < 2; i++) {
		lifted[i] = fcntl(ends[i], F_DUPFD_CLOEXEC, OURS);
		close(ends[i]);
	}
	*reads = lifted[0];
	*writes = lifted[1];
	if (lifted[0] < 0 || lifted[1] < 0)
		return fail_errno(err, "cannot make a pipe");
	fcntl(*writes, F_SETPIPE_SZ, PIPE_BYTES); /* faster; no matter if refused */
	return true;
}

static bool
new_pipes(struct run *run)
{
	for (int i = 0; i < ENDS; i++) {
		int *reads = i == IN ? &run->theirs[i] : &run->ours[i];
		int *writes = i == IN ? &run->ours[i] : &run->theirs[i];

		if (!new_pipe(reads, writes, run->err))
			return false;
		if (i != STARTED)
			fcntl(run->ours[i], F_SETFL, O_NONBLOCK);
	}
	return true;
}

/* Only what is safe after fork(): other threads' locks are frozen as they were. */
static _Noreturn void
become(const struct run *run, const char *file, char *const *env, pid_t parent)
{
	static const struct rlimit none = { 0, 0 };
	struct sigaction preset = { .sa_handler = SIG_DFL };
	sigset_t empty;
	int failure;

	setsid();
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != parent)
		_exit(127);
	for (int i = 0; i < ENDS; i++)
		dup3(run->theirs[i], i, i == STARTED ? O_CLOEXEC : 0);
	close_range(ENDS, ~0u, 0);
	setrlimit(RLIMIT_CORE, &none);
	for (int i = 1; i < NSIG; i++)
		sigaction(i, &preset, NULL);
	sigemptyset(&empty);
	sigprocmask(SIG_SETMASK, &empty, NULL);
	execve(file, (char *const *)(uintptr_t)run->process->argv, env);
	failure = errno;
	if (write(STARTED, &failure, sizeof(failure)) < 0)
		_exit(126);
	_exit(127);
}

/* The program runs, or err says why not. */
static bool
start(struct run *run, const char *file, char *const *env)
{
	pid_t parent = getpid();
	sigset_t all, before;
	int failure = 0;
	ssize_t got;

	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	run->pid = fork();
	if (run->pid == 0)
		become(run, file, env, parent);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	for (int i = 0; i < ENDS; i++)
		shut(&run->theirs[i]);
	if (run->pid < 0)
		return fail_errno(run->err, "cannot start '%s'", file);
	do
		got = read(run->ours[STARTED], &failure, sizeof(failure));
	while (got < 0 && errno == EINTR);
	shut(&run->ours[STARTED]);
	if (got != (ssize_t)sizeof(failure))
		return true;
	errno = failure;
	return fail_errno(run->err, "cannot start '%s'", file);
}

/* Its first process is gone, though not yet reaped. */
static bool
has_ended(const struct run *run)
{
	siginfo_t info = { 0 };

	if (waitid(P_PID, (id_t)run->pid, &info, WEXITED | WNOHANG | WNOWAIT) != 0)
		return errno == ECHILD;
	return info.si_pid != 0;
}

static void
stop(const struct run *run)
{
	kill(-run->pid, SIGTERM);
	for (int waited = 0; waited < GRACE && !has_ended(run); waited += 5)
		nanosleep(&(struct timespec){ .tv_nsec = 5000000 }, NULL);
}

/* Whatever is left of the group goes with it. */
static void
reap(struct run *run)
{
	int status = 0;

	kill(-run->pid, SIGKILL);
	kill(run->pid, SIGKILL);
	while (waitpid(run->pid, &status, 0) < 0 && errno == EINTR)
		;
	run->process->status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
	run->process->signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
}

/* Write what is pending, asking for more, until the pipe is full or all is said. */
static bool
feed(struct run *run)
{
	struct process *p = run->process;

	while (run->ours[IN] >= 0) {
		ssize_t n;

		if (run->pending.size == 0) {
			if (p->feed && !p->feed(p->state, &run->pending, run->err))
				return false;
			if (run->pending.size == 0) {
				shut(&run->ours[IN]);
				return true;
			}
		}
		n = write(run->ours[IN], run->pending.data, run->pending.size);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0 && errno == EAGAIN)
			return true;
		if (n < 0) {
			shut(&run->ours[IN]); /* it does not want to hear the rest */
			return true;
		}
		run->pending.data += n;
		run->pending.size -= (size_t)n;
		if (run->pending.size)
			return true;
	}
	return true;
}

/* One piece from one of its pipes. *more: there may be another one waiting. */
static bool
hear(struct run *run, int which, bool *more)
{
	struct process *p = run->process;
	char piece[PIECE];
	ssize_t n;

	*more = false;
	do
		n = read(run->ours[which], piece, sizeof(piece));
	while (n < 0 && errno == EINTR);
	if (n < 0 && errno == EAGAIN)
		return true;
	if (n <= 0) {
		shut(&run->ours[which]);
		return true;
	}
	*more = true;
	if (which == OUT)
		tail_add(&p->printed, (struct text){ piece, (size_t)n });
	else if (which == ERR)
		tail_add(&p->complained, (struct text){ piece, (size_t)n });
	else if (p->take)
		return p->take(p->state, (struct text){ piece, (size_t)n }, run->err);
	return true;
}

/* While it is held the child stands still, with all of its group. */
static void
wait_if_held(struct run *run)
{
	struct pause *pause = run->process->pause;
	const double before = clock_seconds();

	if (!pause || !atomic_load(&pause->is_held))
		return;
	kill(-run->pid, SIGSTOP);
	pause_wait(pause);
	kill(-run->pid, SIGCONT);
	if (run->end > 0)
		run->end += clock_seconds() - before;
}

static bool
is_in_time(struct run *run)
{
	struct process *p = run->process;

	wait_if_held(run);
	if (work_is_over(p->cancel, NULL))
		return fail_cancelled(run->err);
	if (run->end > 0 && clock_seconds() > run->end)
		return fail(run->err, "'%s' ran longer than %g seconds and was stopped",
			    p->argv[0], p->seconds);
	return true;
}

static bool
serve(struct run *run)
{
	struct pollfd polls[STARTED];

	for (int i = 0; i < STARTED; i++)
		polls[i] = (struct pollfd){ run->ours[i], i == IN ? POLLOUT : POLLIN, 0 };
	if (poll(polls, STARTED, TICK) < 0 && errno != EINTR)
		return fail_errno(run->err, "cannot wait for '%s'",
				  run->process->argv[0]);
	if (polls[IN].revents && !feed(run))
		return false;
	for (int i = OUT; i <= ANSWER; i++) {
		bool more;

		if (polls[i].revents && !hear(run, i, &more))
			return false;
	}
	return true;
}

/* What it wrote before it ended is still in the pipes. A grandchild that keeps writing
 * is not listened to for ever: a pipe holds no more than it did. */
static bool
drain(struct run *run)
{
	for (int i = OUT; i <= ANSWER; i++) {
		bool more = run->ours[i] >= 0;

		for (size_t heard = 0; more && heard <= 2 * PIPE_BYTES / PIECE; heard++)
			if (!hear(run, i, &more))
				return false;
	}
	return true;
}

static bool
attend(struct run *run)
{
	for (;;) {
		bool ended = has_ended(run);

		if (ended)
			return drain(run);
		if (!is_in_time(run) || !serve(run))
			return false;
	}
}

/* A write to a closed pipe must not end the program: SIGPIPE is held back in this
 * thread, and one that we caused is taken away before it is let through again. */
static void
hold_pipe_signal(sigset_t *before, bool *was_pending)
{
	sigset_t pipe_only, pending;

	sigemptyset(&pipe_only);
	sigaddset(&pipe_only, SIGPIPE);
	sigpending(&pending);
	*was_pending = sigismember(&pending, SIGPIPE) == 1;
	pthread_sigmask(SIG_BLOCK, &pipe_only, before);
}

static void
free_pipe_signal(const sigset_t *before, bool was_pending)
{
	static const struct timespec at_once;
	sigset_t pipe_only;

	sigemptyset(&pipe_only);
	sigaddset(&pipe_only, SIGPIPE);
	if (!was_pending)
		while (sigtimedwait(&pipe_only, NULL, &at_once) == SIGPIPE)
			;
	pthread_sigmask(SIG_SETMASK, before, NULL);
}

static bool
run_file(struct run *run, const char *file, char *const *env)
{
	double begin = clock_seconds();
	bool done;

	if (!new_pipes(run))
		return false;
	if (!start(run, file, env)) {
		if (run->pid > 0)
			reap(run);
		return false;
	}
	run->end = run->process->seconds > 0 ? begin + run->process->seconds : 0;
	done = attend(run);
	if (!done)
		stop(run);
	reap(run);
	return done;
}

bool
process_run(struct process *process, struct error *err)
{
	struct run run = { .process = process, .err = err };
	struct arena arena = { 0 };
	const char *file = process_find(process->argv[0], &arena);
	sigset_t before;
	bool was_pending, done;

	process->status = process->signal = 0;
	process->printed.size = process->complained.size = 0;
	process->printed.cut = process->complained.cut = false;
	if (!file) {
		fail(err, "no program '%s'", process->argv[0]);
		arena_release(&arena);
		return false;
	}
	for (int i = 0; i < ENDS; i++)
		run.ours[i] = run.theirs[i] = -1;
	hold_pipe_signal(&before, &was_pending);
	done = run_file(&run, file, environment(process, &arena));
	for (int i = 0; i < ENDS; i++) {
		shut(&run.ours[i]);
		shut(&run.theirs[i]);
	}
	free_pipe_signal(&before, was_pending);
	arena_release(&arena);
	return done;
}
