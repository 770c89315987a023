/*
 * test_running - runs and charts behind one's back: checked first, told to go on,
 * stopped, and what they leave.
 */
#include <math.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "check.h"
#include "desk/gather.h"
#include "desk/job.h"
#include "desk/running.h"
#include "desk/work.h"
#include "scratch.h"

static struct wake wake;

static int64_t
now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void
wait_news(void)
{
	struct pollfd fd = { wake.fd, POLLIN, 0 };

	poll(&fd, 1, 50);
	wake_clear(&wake);
}

/* Until it has come to a phase, or ended. */
static struct running_state
await(struct running *running, enum running_phase phase)
{
	const int64_t end = now_ms() + 20000;
	struct running_state state;

	do {
		running_state(running, &state);
		if (state.phase >= phase)
			break;
		wait_news();
	} while (now_ms() < end);
	CHECK(state.phase >= phase);
	return state;
}

static bool
read_flow(const char *name, struct flow *flow)
{
	const char *top = getenv("srcdir");
	char path[4096];
	struct error err = { 0 };
	const bool ok =
		(snprintf(path, sizeof path, "%s/flows/%s", top ? top : ".", name),
		 flow_read(path, flow, &err));

	CHECK_TEXT(err.text, "");
	return ok;
}

static void
test_run(void)
{
	const struct run_options options = { .output_dir = scratch, .refit = true };
	struct running *running = NULL;
	struct running_state state;
	struct error err = { 0 };
	struct flow flow;
	bool any = false;

	if (!read_flow("hotel.flow", &flow))
		return;
	for (int round = 0; round < 2; round++) {
		const struct running_spec spec = { &flow, &options, NULL, &wake };

		CHECK(running_start(&spec, &running, &err));
		state = await(running, RUNNING_WAITS);
		CHECK(state.phase == RUNNING_WAITS && state.n_files == 1);
		/* not before it was told so; then it is there */
		CHECK(state.exists[0] == (round == 1));
		CHECK(access(state.files[0].path, F_OK) == (round ? 0 : -1));
		CHECK(running_go(running, &err));
		state = await(running, RUNNING_ENDED);
		CHECK(state.is_well && state.report && !state.err);
		CHECK(state.report && state.report->n_deliveries == 1);
		CHECK(access(state.files[0].path, F_OK) == 0);
		/* what was learned is learned once */
		CHECK(running_teach(running, &flow, &any, &err));
		CHECK(any == (round == 0));
		running_free(running);
	}
	flow_release(&flow);
}

static void
test_stop(void)
{
	const struct run_options options = { .output_dir = scratch, .refit = true };
	const char *path;
	struct running *running = NULL;
	struct running_state state;
	struct error err = { 0 };
	struct flow flow;
	int64_t start;

	if (!read_flow("hotel.flow", &flow))
		return;
	const struct running_spec spec = { &flow, &options, NULL, &wake };

	CHECK(running_start(&spec, &running, &err));
	state = await(running, RUNNING_WAITS);
	path = state.files[0].path;
	unlink(path);
	running_cancel(running); /* while it waits */
	state = await(running, RUNNING_ENDED);
	CHECK(!state.is_well && state.was_cancelled && access(path, F_OK) != 0);
	running_free(running);

	CHECK(running_start(&spec, &running, &err));
	state = await(running, RUNNING_WAITS);
	path = state.files[0].path;
	start = now_ms();
	CHECK(running_go(running, &err));
	running_cancel(running);
	state = await(running, RUNNING_ENDED);
	CHECK(now_ms() - start < 1000);
	CHECK(!state.is_well && state.was_cancelled && access(path, F_OK) != 0);
	running_free(running);

	/* what is stopped cannot be held: it would never end */
	CHECK(running_start(&spec, &running, &err));
	await(running, RUNNING_WAITS);
	CHECK(running_go(running, &err));
	running_cancel(running);
	running_pause(running, true);
	state = await(running, RUNNING_ENDED);
	CHECK(state.was_cancelled && !state.is_held);
	running_free(running);

	CHECK(running_start(&spec, &running, &err));
	running_free(running); /* at once */
	flow_release(&flow);
}

static void
test_wrong(void)
{
	const struct run_options options = { .output_dir = scratch };
	struct running *running = NULL;
	struct running_state state;
	struct error err = { 0 };
	struct flow flow;
	size_t failed = 0;

	if (!read_flow("staff.flow", &flow))
		return;
	const struct running_spec spec = { &flow, &options, NULL, &wake };

	/* it has code that nobody trusts */
	CHECK(running_start(&spec, &running, &err));
	state = await(running, RUNNING_ENDED);
	CHECK(state.phase == RUNNING_ENDED && !state.is_well && state.err);
	CHECK(state.err && strstr(state.err->text, "runs code"));
	for (size_t i = 0; i < flow.n; i++)
		failed += atomic_load(&state.meters[i].state) == RUN_FAILED;
	CHECK(failed == 1);
	running_free(running);
	flow_release(&flow);
}

/* A disk without room: it is the destination that fails, and nothing half written stays. */
static void
test_full(void)
{
	const struct run_options options = { .output_dir = scratch, .refit = true };
	struct rlimit before, little;
	struct running *running = NULL;
	struct running_state state;
	struct error err = { 0 };
	struct flow flow;

	if (!read_flow("hotel.flow", &flow))
		return;
	const struct running_spec spec = { &flow, &options, NULL, &wake, NULL };

	getrlimit(RLIMIT_FSIZE, &before);
	little = before;
	little.rlim_cur = 8 << 10;
	signal(SIGXFSZ, SIG_IGN);
	setrlimit(RLIMIT_FSIZE, &little);
	CHECK(running_start(&spec, &running, &err));
	state = await(running, RUNNING_WAITS);
	unlink(state.files[0].path);
	CHECK(running_go(running, &err));
	state = await(running, RUNNING_ENDED);
	setrlimit(RLIMIT_FSIZE, &before);
	CHECK(!state.is_well && state.err && strstr(state.err->text, "File too large"));
	CHECK(access(state.files[0].path, F_OK) != 0);
	for (size_t i = 0; i < flow.n; i++)
		CHECK((atomic_load(&state.meters[i].state) == RUN_FAILED) ==
		      (flow.nodes[i].type == NODE_DESTINATION));
	running_free(running);
	flow_release(&flow);
}

/* First numbers are of the first rows, the last ones of all; the same as without a job.
 */
static void
test_gather(void)
{
	const struct run_options options = { .batch_rows = 100, .chunk_bytes = 5000 };
	const struct error *failed = NULL;
	const struct chart_data *data = NULL;
	struct gather_spec spec = { .options = &options, .wake = &wake };
	struct gather *gather = NULL;
	struct chart_data plain = { 0 };
	struct error err = { 0 };
	struct flow flow;
	const int64_t end = now_ms() + 20000;
	char node[UUID_SIZE];
	size_t place;

	if (!read_flow("hotel.flow", &flow))
		return;
	place = flow.order[1];
	spec.flow = &flow;
	snprintf(node, sizeof node, "%s",
		 flow.nodes[place].id); /* a run changes the flow */
	spec.node = node;
	spec.chart = (struct chart_spec){ .x = "lead_time", .bins = PARAM_NO_INTEGER };
	CHECK(gather_start(&spec, &gather, &err));
	while (gather && gather_is_busy(gather, &failed) && now_ms() < end) {
		wait_news();
		data = gather_data(gather);
		CHECK(!data || data->is_whole || data->rows >= GATHER_FIRST);
	}
	data = gather_data(gather);
	CHECK(!failed && data && data->is_whole);
	CHECK(gather_now(&flow, spec.node, &options, &spec.chart, &plain, &err));
	CHECK(data && plain.rows == data->rows && plain.n == data->n);
	for (size_t i = 0; data && i < plain.n; i++)
		CHECK(plain.cells[i].x == data->cells[i].x &&
		      plain.cells[i].rows == data->cells[i].rows);
	gather_stop(gather);
	chart_data_release(&plain);

	spec.chart.x = "nothing";
	CHECK(gather_start(&spec, &gather, &err));
	while (gather_is_busy(gather, &failed) && now_ms() < end)
		wait_news();
	CHECK(failed && strstr(failed->text, "nothing"));
	gather_stop(gather);
	flow_release(&flow);
}

int
main(void)
{
	struct error err;

	if (!scratch_make() || !wake_init(&wake, &err))
		return 99;
	test_run();
	test_stop();
	test_wrong();
	test_full();
	test_gather();
	job_settle();
	wake_release(&wake);
	CHECK(scratch_leave());
	return check_report();
}
