/* A child is fed, heard, timed, cancelled and killed; nothing of ours leaks into it. */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/process.h"
#include "check.h"

struct talk {
	size_t to_feed, fed, taken;
	uint64_t sum_fed, sum_taken;
	size_t fail_feed_at, fail_take_at; /* 0: never */
	char piece[100000], answer[4096];
	size_t answered;
};

static void
add(uint64_t *sum, size_t at, struct text t)
{
	for (size_t i = 0; i < t.size; i++)
		*sum += (unsigned char)t.data[i] * (uint64_t)((at + i) % 1009 + 1);
}

static bool
feed(void *state, struct text *piece, struct error *err)
{
	struct talk *talk = state;
	size_t left = talk->to_feed - talk->fed;

	if (talk->fail_feed_at && talk->fed >= talk->fail_feed_at)
		return fail(err, "no more food");
	*piece = (struct text){ talk->piece,
				left < sizeof(talk->piece) ? left : sizeof(talk->piece) };
	for (size_t i = 0; i < piece->size; i++)
		talk->piece[i] = (char)((talk->fed + i) * 31 % 251);
	add(&talk->sum_fed, talk->fed, *piece);
	talk->fed += piece->size;
	return true;
}

static bool
take(void *state, struct text piece, struct error *err)
{
	struct talk *talk = state;

	add(&talk->sum_taken, talk->taken, piece);
	talk->taken += piece.size;
	if (talk->fail_take_at && talk->taken >= talk->fail_take_at)
		return fail(err, "too much");
	for (size_t i = 0; i < piece.size && talk->answered < sizeof(talk->answer) - 1;
	     i++)
		talk->answer[talk->answered++] = piece.data[i];
	return true;
}

static struct talk talk;
static struct process process;

static bool
run(const char *script, size_t bytes, double seconds, struct error *err)
{
	const char *const argv[] = { "sh", "-c", script, "name", "$HOME; 'two words'",
				     NULL };

	talk = (struct talk){ .to_feed = bytes,
			      .fail_feed_at = talk.fail_feed_at,
			      .fail_take_at = talk.fail_take_at };
	process = (struct process){ .argv = argv,
				    .env = process.env,
				    .seconds = seconds,
				    .cancel = process.cancel,
				    .feed = feed,
				    .take = take,
				    .state = &talk };
	*err = (struct error){ 0 };
	return process_run(&process, err);
}

static double
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* Every byte goes there and back while neither side waits for the other to finish. */
static void
both_ways(void)
{
	static const size_t sizes[] = { 0, 1, 65536, 100000, 30000000 };
	struct error err;

	for (size_t i = 0; i < COUNT(sizes); i++) {
		CHECK(run("cat >&3", sizes[i], 60, &err));
		CHECK(talk.taken == sizes[i] && talk.sum_taken == talk.sum_fed);
		CHECK(process.status == 0 && process.signal == 0);
	}
	/* It answers before it listens, more than a pipe holds. */
	CHECK(run("head -c 5000000 /dev/zero >&3; cat >/dev/null", 5000000, 60, &err));
	CHECK(talk.taken == 5000000 && talk.fed == 5000000);
	/* It fills both other pipes as well. */
	CHECK(run("head -c 3000000 /dev/zero; head -c 3000000 /dev/zero >&2; cat >&3",
		  3000000, 60, &err));
	CHECK(talk.taken == 3000000 && process.printed.size == PROCESS_TAIL &&
	      process.printed.cut && process.complained.cut);
	/* It never listens: no signal hurts us, no error. */
	CHECK(run("exit 3", 5000000, 60, &err));
	CHECK(process.status == 3);
	CHECK(run("exec <&-; sleep 0.1; echo done >&3", 5000000, 60, &err));
	CHECK_TEXT(talk.answer, "done\n");
}

static void
endings(void)
{
	struct error err;

	CHECK(run("echo out; echo complaint >&2; exit 9", 0, 10, &err));
	CHECK(process.status == 9 && process.signal == 0);
	CHECK(process.printed.size == 4 && !memcmp(process.printed.data, "out\n", 4));
	CHECK(process.complained.size == 10 && !process.complained.cut);
	CHECK(run("kill -SEGV $$", 0, 10, &err));
	CHECK(process.signal == SIGSEGV && process.status == -1);
	/* What was written last is not lost. */
	CHECK(run("head -c 900000 /dev/zero >&3; kill -KILL $$", 0, 10, &err));
	CHECK(process.signal == SIGKILL && talk.taken == 900000);
}

static void
tails(void)
{
	static struct tail tail;
	static char big[PROCESS_TAIL + 5];

	tail_add(&tail, text_of("abc"));
	CHECK(tail.size == 3 && !tail.cut);
	memset(big, 'x', sizeof(big));
	tail_add(&tail, (struct text){ big, PROCESS_TAIL - 3 });
	CHECK(tail.size == PROCESS_TAIL && !tail.cut && tail.data[0] == 'a');
	tail_add(&tail, text_of("yz"));
	CHECK(tail.size == PROCESS_TAIL && tail.cut && tail.data[0] == 'c');
	CHECK(tail.data[PROCESS_TAIL - 1] == 'z');
	big[0] = 'q';
	tail_add(&tail, (struct text){ big, sizeof(big) });
	CHECK(tail.size == PROCESS_TAIL && tail.data[0] == 'x');
}

static void
limits(void)
{
	struct error err;
	double begin = now();

	CHECK(!run("sleep 30", 0, 0.2, &err));
	CHECK_TEXT(err.text, "'sh' ran longer than 0.2 seconds and was stopped");
	CHECK(!err.cancelled && now() - begin < 5);
	/* TERM is not enough, the answer is endless, and so is the list of processes. */
	begin = now();
	CHECK(!run("trap '' TERM; sleep 30 & while :; do echo x >&3; done", 0, 0.2,
		   &err));
	CHECK(now() - begin < 5);
	/* It ends in time, but leaves one behind that holds the pipes. */
	begin = now();
	CHECK(run("sleep 30 & echo $! >&3", 0, 20, &err));
	CHECK(now() - begin < 5);
	talk.answer[talk.answered] = '\0';
	for (int i = 0; i < 100 && kill(atoi(talk.answer), 0) == 0; i++)
		nanosleep(&(struct timespec){ .tv_nsec = 10000000 }, NULL);
	{
		char path[64], state[256] = "";
		FILE *f;

		/* Killed; where nobody adopts it, it may stay as a zombie. */
		snprintf(path, sizeof(path), "/proc/%d/stat", atoi(talk.answer));
		f = fopen(path, "r");
		CHECK(!f || (fgets(state, sizeof(state), f) && strstr(state, ") Z")));
		if (f)
			fclose(f);
	}
}

static void *
cancel_soon(void *cancel)
{
	nanosleep(&(struct timespec){ .tv_nsec = 100000000 }, NULL);
	atomic_store((atomic_bool *)cancel, true);
	return NULL;
}

static void
cancelling(void)
{
	atomic_bool cancel = false;
	struct error err;
	pthread_t thread;
	double begin = now();

	process.cancel = &cancel;
	CHECK(pthread_create(&thread, NULL, cancel_soon, &cancel) == 0);
	CHECK(!run("sleep 30", 1000, 0, &err));
	CHECK(err.cancelled && now() - begin < 5);
	pthread_join(thread, NULL);
	begin = now();
	CHECK(!run("cat >&3", 100, 0, &err)); /* already cancelled */
	CHECK(err.cancelled);
	process.cancel = NULL;
}

static void
hooks_that_fail(void)
{
	struct error err;

	talk.fail_feed_at = 200000;
	CHECK(!run("cat >&3", 1000000, 10, &err));
	CHECK_TEXT(err.text, "no more food");
	talk.fail_feed_at = 0;
	talk.fail_take_at = 100000;
	CHECK(!run("cat /dev/zero >&3", 0, 10, &err));
	CHECK_TEXT(err.text, "too much");
	talk.fail_take_at = 0;
}

static void
missing(void)
{
	const char *const nowhere[] = { "no-such-program-here", NULL };
	const char *const folder[] = { "/tmp", NULL };
	const char *const empty[] = { "", NULL };
	const char *const *const all[] = { nowhere, folder, empty };
	struct error err;

	for (size_t i = 0; i < COUNT(all); i++) {
		struct process p = { .argv = all[i] };

		CHECK(!process_run(&p, &err));
		CHECK(strncmp(err.text, "no program '", 12) == 0);
	}
}

/* A script without a first line that names its program: exec says so, we too. */
static void
not_a_program(void)
{
	char path[] = "/tmp/lariat-test-XXXXXX";
	const char *const argv[] = { path, NULL };
	struct process p = { .argv = argv };
	struct error err;
	int fd = mkstemp(path);

	CHECK(fd >= 0 && write(fd, "\0\1\2\n", 4) == 4 && fchmod(fd, 0700) == 0);
	close(fd);
	CHECK(!process_run(&p, &err));
	CHECK(strstr(err.text, "cannot start '/tmp/lariat-test-") != NULL);
	CHECK(strstr(err.text, "format error") != NULL);
	unlink(path);
}

/* Neither environment, nor descriptors, nor ignored signals, nor a shell in between. */
static void
clean_room(void)
{
	static const char *const more[] = { "TZ=UTC", NULL };
	int fd = open("/dev/null", O_RDONLY), copy = fcntl(fd, F_DUPFD, 20);
	struct error err;

	setenv("AWS_SECRET_ACCESS_KEY", "hush", 1);
	setenv("PYTHONPATH", "/nowhere", 1);
	process.env = more;
	CHECK(run("env | cut -d= -f1 | sort | tr '\\n' ' ' >&3", 0, 10, &err));
	CHECK(!strstr(talk.answer, "AWS") && !strstr(talk.answer, "PYTHONPATH"));
	CHECK(strstr(talk.answer, "LANG ") && strstr(talk.answer, "PATH ") &&
	      strstr(talk.answer, "TZ "));
	process.env = NULL;
	CHECK(run("ls /proc/$$/fd | tr '\\n' ' ' >&3", 0, 10, &err));
	CHECK(strncmp(talk.answer, "0 1 2 3 ", 8) == 0 && !strstr(talk.answer, "20"));
	CHECK(run("printf '%s' \"$1\" >&3", 0, 10, &err));
	CHECK_TEXT(talk.answer, "$HOME; 'two words'");
	signal(SIGPIPE, SIG_IGN);
	CHECK(run("grep SigIgn /proc/$$/status >&3", 0, 10, &err));
	/* make(1) hands on two signals of the C library, behind the 31 of the system */
	CHECK(strstr(talk.answer, "0000000\n") != NULL);
	signal(SIGPIPE, SIG_DFL);
	close(copy);
	close(fd);
}

/* Standard descriptors that are closed in the parent do not get mixed up. */
static void
closed_stdin(void)
{
	struct error err;
	int saved = dup(0);

	close(0);
	CHECK(run("cat >&3", 70000, 10, &err));
	CHECK(talk.sum_taken == talk.sum_fed && talk.taken == 70000);
	if (saved >= 0) {
		dup2(saved, 0);
		close(saved);
	}
}

/* The child goes when its parent does. */
static void
orphan(void)
{
	int ends[2];
	char text[32] = "";
	pid_t middle;
	ssize_t n;

	CHECK(pipe(ends) == 0);
	middle = fork();
	if (middle == 0) {
		char script[64];
		struct error err;

		snprintf(script, sizeof(script), "echo $$ >/proc/%d/fd/%d; exec sleep 30",
			 (int)getpid(), ends[1]);
		_exit(run(script, 0, 0, &err));
	}
	close(ends[1]);
	n = read(ends[0], text, sizeof(text) - 1);
	CHECK(n > 0);
	kill(middle, SIGKILL);
	waitpid(middle, NULL, 0);
	for (int i = 0; i < 200 && kill(atoi(text), 0) == 0; i++) {
		char path[64], state[256];
		FILE *f;
		bool zombie;

		snprintf(path, sizeof(path), "/proc/%d/stat", atoi(text));
		f = fopen(path, "r");
		zombie = f && fgets(state, sizeof(state), f) && strstr(state, ") Z");
		if (f)
			fclose(f);
		if (zombie)
			goto gone;
		nanosleep(&(struct timespec){ .tv_nsec = 10000000 }, NULL);
	}
	CHECK(kill(atoi(text), 0) != 0 && errno == ESRCH);
gone:
	close(ends[0]);
}

int
main(void)
{
	both_ways();
	endings();
	tails();
	limits();
	cancelling();
	hooks_that_fail();
	missing();
	not_a_program();
	clean_room();
	closed_stdin();
	orphan();
	return check_report();
}
