/*
 * A process that is killed while it works: what it did more than a second ago is there
 * again, byte by byte. LARIAT_ROUNDS=1000 kills more often.
 */
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/random.h"
#include "base/sha1.h"
#include "check.h"
#include "desk/draft.h"
#include "desk/job.h"
#include "desk/paths.h"
#include "desk/work.h"

enum { MOST = 200000, ROUNDS = 60, SECOND = 1000000 };

/* What the child has done, seen by the parent whatever becomes of the child. */
struct deed {
	int64_t when;  /* microseconds */
	char text[41]; /* the document then, as a fingerprint */
};

struct shared {
	atomic_size_t n;
	struct deed deeds[MOST];
};

static struct shared *shared;
static struct arena arena;
static struct error err;
static char folder[64];
static uint64_t seed;
static int64_t worst; /* the oldest change that was lost, over all rounds */

static int64_t
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * SECOND + t.tv_nsec / 1000;
}

static const char *
in_folder(const char *name)
{
	return arena_print(&arena, "%s/%s", folder, name);
}

static void
fingerprint(const struct flow *flow, char out[41])
{
	struct buffer *bytes = buffer_new(0, &err);

	if (bytes && flow_print(flow, bytes, &err))
		sha1_hex(bytes->data, bytes->size, out);
	buffer_drop(bytes);
}

static bool
change(struct work *work, size_t i)
{
	char name[24];

	snprintf(name, sizeof name, "step %zu", i);
	if (random_below(&seed, 4) == 0 && flow_undo_what(&work->flow))
		return flow_undo(&work->flow, &err);
	return flow_rename(&work->flow, i % work->flow.n, name, &err);
}

/* Never ends by itself. */
static void
child(void)
{
	struct wake wake;
	struct work work = { .wake = &wake };
	const uint64_t pause = random_below(&seed, 3000);

	if (!wake_init(&wake, &err) || !work_open(&work, in_folder("k.flow"), &err))
		_exit(3);
	for (size_t i = 0; i < MOST; i++) {
		struct deed *deed = &shared->deeds[i];

		if (!change(&work, i))
			_exit(4);
		fingerprint(&work.flow, deed->text);
		deed->when = now();
		atomic_store(&shared->n, i + 1);
		if (!work_changed(&work, "change", &err))
			_exit(5);
		if (pause)
			usleep((useconds_t)random_below(&seed, pause) + 1);
	}
	for (;;)
		pause ? usleep(100) : usleep(1000);
}

static bool
is_base(const struct draft *draft)
{
	return draft->text->size == draft->base->size &&
	       !memcmp(draft->text->data, draft->base->data, draft->base->size);
}

/* How many deeds the draft has; -1: it is none of the states. A state that comes again
 * counts as late as possible. */
static long
reached(const struct draft *draft, size_t n)
{
	char text[41];

	sha1_hex(draft->text->data, draft->text->size, text);
	for (size_t i = n; i-- > 0;)
		if (!strcmp(shared->deeds[i].text, text))
			return (long)i + 1;
	return is_base(draft) ? 0 : -1;
}

static void
look(size_t n, int64_t killed)
{
	struct draft draft;
	const char *path = in_folder(".k.flow.wbj");
	long found = 0;

	if (paths_exists(path)) {
		CHECK(draft_read(path, &draft, &err));
		CHECK(!draft_is_live(&draft));
		found = reached(&draft, n);
		draft_release(&draft);
	}
	CHECK(found >= 0);
	if (found >= 0 && (size_t)found < n) {
		const int64_t lost = killed - shared->deeds[found].when;

		CHECK(lost < SECOND);
		if (lost > worst)
			worst = lost;
	}
}

static void
one_round(void)
{
	pid_t pid;
	int64_t killed;

	atomic_store(&shared->n, 0);
	random_next(&seed);
	pid = fork();
	if (pid == 0)
		child();
	usleep((useconds_t)random_below(&seed, 120000));
	killed = now();
	CHECK(kill(pid, SIGKILL) == 0);
	CHECK(waitpid(pid, NULL, 0) == pid);
	look(atomic_load(&shared->n), killed);
	unlink(in_folder(".k.flow.wbj"));
}

/* The lock of a process that was killed keeps nobody out. */
static void
test_lock(void)
{
	struct work work = { 0 };

	CHECK(work_open(&work, in_folder("k.flow"), &err) && !work.is_locked);
	work_close(&work);
}

static void
prepare(void)
{
	struct work work = { 0 };
	FILE *file = fopen(in_folder("k.csv"), "w");

	CHECK(file && fputs("a,b\n1,2\n", file) >= 0 && fclose(file) == 0);
	CHECK(work_open(&work, in_folder("k.csv"), &err));
	CHECK(work_save(&work, in_folder("k.flow"), &err));
	work_close(&work);
}

int
main(void)
{
	const char *base = getenv("TMPDIR"), *rounds = getenv("LARIAT_ROUNDS");
	const long n = rounds ? atol(rounds) : ROUNDS;

	shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE,
		      MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (shared == MAP_FAILED)
		return 1;
	snprintf(folder, sizeof folder, "%s/killXXXXXX", base ? base : "/tmp");
	CHECK(mkdtemp(folder) != NULL);
	CHECK(setenv("XDG_STATE_HOME", in_folder("state"), 1) == 0);
	prepare();
	for (long i = 0; i < n; i++)
		one_round();
	test_lock();
	printf("killed %ld times; the oldest change lost was %.1f ms old\n", n,
	       (double)worst / 1000);
	job_settle(); /* locks are let go of by then */
	CHECK(system(arena_print(&arena, "rm -r '%s'", folder)) == 0);
	arena_release(&arena);
	return check_report();
}
