/*
 * test_pause - a run that is held stands still, goes on to the same end, can be cancelled,
 * and does not count the time.
 */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "base/process.h"
#include "check.h"
#include "run/run.h"
#include "scratch.h"

enum { PATIENCE = 20000 }; /* milliseconds */

static void
sleep_ms(long ms)
{
	nanosleep(&(struct timespec){ ms / 1000, ms % 1000 * 1000000 }, NULL);
}

/* A run on a thread of its own. */
struct going {
	struct run_options options;
	struct run_report report;
	struct error err;
	struct flow flow;
	struct pause pause;
	atomic_bool cancel, has_ended;
	bool ok;
	pthread_t thread;
};

static void *
go(void *context)
{
	struct going *going = context;

	going->ok = run_flow(&going->flow, &going->options, &going->report, &going->err);
	atomic_store(&going->has_ended, true);
	return NULL;
}

static bool
begin(struct going *going, size_t threads)
{
	const char *top = getenv("srcdir");
	char path[4096];

	*going = (struct going){ .options = { .output_dir = scratch,
					      .threads = threads,
					      .refit = true,
					      .batch_rows = 64,
					      .chunk_bytes = 4096 } };
	pause_init(&going->pause);
	pause_hold(&going->pause, true);
	snprintf(path, sizeof path, "%s/flows/hotel.flow", top ? top : ".");
	CHECK(flow_read(path, &going->flow, &going->err));
	going->options.pause = &going->pause;
	going->options.cancel = &going->cancel;
	going->options.meters = calloc(going->flow.n + 1, sizeof *going->options.meters);
	return pthread_create(&going->thread, NULL, go, going) == 0;
}

static void
end(struct going *going)
{
	pthread_join(going->thread, NULL);
	pause_release(&going->pause);
	run_report_release(&going->report);
	flow_release(&going->flow);
	free(going->options.meters);
}

/* Until so many threads wait, or it has ended. */
static bool
await(struct going *going, unsigned n)
{
	for (int i = 0; i < PATIENCE; i++) {
		if (pause_waiting(&going->pause) >= n)
			return true;
		if (atomic_load(&going->has_ended))
			return false;
		sleep_ms(1);
	}
	return false;
}

static uint64_t
all_rows(const struct going *going)
{
	uint64_t rows = 0;

	for (size_t i = 0; i < going->flow.n; i++)
		rows += atomic_load(&going->options.meters[i].rows);
	return rows;
}

static void
test_hold(size_t threads)
{
	struct going going;
	uint64_t rows;

	if (!begin(&going, threads))
		return;
	/* It goes on a bit at a time, and stands still in between. */
	for (int i = 0; i < 5 && await(&going, 1); i++) {
		rows = all_rows(&going);
		if (threads == 1) {
			sleep_ms(30);
			CHECK(all_rows(&going) == rows);
		}
		CHECK(!atomic_load(&going.has_ended));
		pause_hold(&going.pause, false);
		pause_hold(&going.pause, true);
	}
	pause_hold(&going.pause, false);
	end(&going);
	CHECK(going.ok);
	CHECK_TEXT(going.err.text, "");
}

static void
test_cancel(size_t threads)
{
	struct going going;

	if (!begin(&going, threads))
		return;
	CHECK(await(&going, 1));
	atomic_store(&going.cancel, true);
	CHECK(!atomic_load(&going.has_ended));
	pause_hold(&going.pause, false);
	end(&going);
	CHECK(!going.ok && going.err.cancelled);
}

/* What it is held does not count. */
static void
test_clock(void)
{
	struct pause pause;
	struct going going;
	uint64_t start, held;

	pause_init(&pause);
	pause_hold(&pause, true);
	start = pause_clock(&pause);
	sleep_ms(20);
	CHECK(pause_clock(&pause) == start);
	pause_hold(&pause, true);
	CHECK(pause_clock(&pause) == start);
	pause_hold(&pause, false);
	held = clock_nanoseconds() - pause_clock(&pause);
	CHECK(held >= 20000000 && held <= clock_nanoseconds());
	CHECK(!work_is_over(NULL, &pause) && !work_is_over(NULL, NULL));
	pause_release(&pause);

	/* it is held for longer than all its steps work */
	if (!begin(&going, 1))
		return;
	CHECK(await(&going, 1));
	sleep_ms(300);
	start = clock_nanoseconds();
	pause_hold(&going.pause, false);
	end(&going);
	CHECK(going.report.seconds < (double)(clock_nanoseconds() - start) / 1e9 + 0.25);
}

static void *
let_go(void *context)
{
	sleep_ms(400);
	pause_hold(context, false);
	return NULL;
}

/* A child stands still too, and its time limit with it. */
static void
test_process(void)
{
	static const char *const argv[] = { "sh", "-c", "sleep 0.05; echo done", NULL };
	struct process process = { .argv = argv, .seconds = 0.3 };
	struct error err = { 0 };
	struct pause pause;
	pthread_t thread;

	pause_init(&pause);
	pause_hold(&pause, true);
	process.pause = &pause;
	if (pthread_create(&thread, NULL, let_go, &pause) != 0)
		return;
	CHECK(process_run(&process, &err));
	CHECK_TEXT(err.text, "");
	CHECK(process.printed.size == 5 && process.status == 0);
	pthread_join(thread, NULL);
	pause_release(&pause);
}

int
main(void)
{
	if (!scratch_make())
		return 99;
	for (size_t threads = 1; threads < 4; threads += 2) {
		test_hold(threads);
		test_cancel(threads);
	}
	test_clock();
	test_process();
	CHECK(scratch_leave());
	return check_report();
}
