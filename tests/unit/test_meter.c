/*
 * test_meter - what a run tells of its nodes while it goes is what its report says at the
 * end; and it is told while it goes.
 */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "check.h"
#include "run/eta.h"
#include "scratch.h"

/* The most rows that a node was seen to have given before it was done. */
struct watch {
	const struct flow *flow;
	struct run_meter *meters;
	uint64_t before;
	bool learned;
	struct eta eta;
	struct run_progress first, last;
};

static void
look(void *context, const struct run_progress *progress)
{
	struct watch *watch = context;

	CHECK(progress->past >= watch->last.past);
	eta_note(&watch->eta, progress, 0);
	if (!watch->first.weight)
		watch->first = *progress;
	watch->last = *progress;
	for (size_t i = 0; i < watch->flow->n; i++) {
		const struct run_meter *meter = &watch->meters[i];
		const uint64_t rows = atomic_load(&meter->rows);
		const int state = atomic_load(&meter->state);

		watch->learned = watch->learned || state == RUN_LEARNING;
		if (state == RUN_WORKING && rows > watch->before)
			watch->before = rows;
	}
}

static void
compare(const struct flow *flow, const struct run_meter *meters,
	const struct run_report *report)
{
	for (size_t i = 0; i < report->n_nodes; i++) {
		const struct run_node *node = &report->nodes[i];
		const struct run_meter *meter = &meters[flow_place(flow, node->id)];

		CHECK(atomic_load(&meter->rows) == node->rows);
		CHECK(atomic_load(&meter->state) == RUN_DONE);
		CHECK(atomic_load(&meter->rows_met) >= atomic_load(&meter->rows_in));
		/* a file is read as often as there are passes over it, looks at its first
		 * rows aside */
		CHECK((atomic_load(&meter->bytes) > 0) ==
		      (flow->nodes[flow_place(flow, node->id)].type == NODE_SOURCE));
		CHECK((double)atomic_load(&meter->nanoseconds) / 1e9 <=
		      node->seconds + 1e-6);
	}
}

static void
test_flow(const char *name, size_t threads, bool learns)
{
	char path[4096];
	const char *top = getenv("srcdir");
	struct run_options options = { .output_dir = scratch,
				       .threads = threads,
				       .refit = true,
				       .batch_rows = 64,
				       .chunk_bytes = 4096,
				       .progress = look };
	struct run_report report;
	struct watch watch = { 0 };
	struct error err = { 0 };
	struct flow flow;

	snprintf(path, sizeof path, "%s/flows/%s", top ? top : ".", name);
	if (!flow_read(path, &flow, &err)) {
		CHECK_TEXT(err.text, "");
		return;
	}
	eta_init(&watch.eta);
	watch.flow = &flow;
	watch.meters = options.meters = calloc(flow.n, sizeof *options.meters);
	options.progress_context = &watch;
	CHECK(run_flow(&flow, &options, &report, &err));
	CHECK_TEXT(err.text, "");
	compare(&flow, options.meters, &report);
	/* what was foreseen: nothing is left at the end, something was before that */
	CHECK(watch.last.ahead == 0 && watch.last.done == watch.last.total);
	CHECK(eta_all(&watch.eta) == 1);
	CHECK(watch.first.ahead + watch.first.weight > 0);
	CHECK(watch.last.past + watch.last.weight ==
	      watch.first.weight + watch.first.ahead);
	CHECK(watch.before > 0);
	CHECK(watch.learned || !learns);
	run_report_release(&report);
	flow_release(&flow);
	free(options.meters);
}

static void
test_paths(void)
{
	char path[4096];
	const char *top = getenv("srcdir");
	const struct run_options options = { .output_dir = scratch };
	struct run_delivery *paths;
	struct arena arena = { 0 };
	struct error err = { 0 };
	struct flow flow;
	size_t n;

	snprintf(path, sizeof path, "%s/flows/hotel.flow", top ? top : ".");
	CHECK(flow_read(path, &flow, &err));
	CHECK(run_paths(&flow, &options, &paths, &n, &arena, &err));
	CHECK(n > 0);
	for (size_t i = 0; i < n; i++) {
		CHECK(flow_place(&flow, paths[i].id) != FLOW_NONE);
		CHECK(access(paths[i].path, F_OK) == 0); /* the runs above wrote it */
		unlink(paths[i].path);
	}
	arena_release(&arena);
	flow_release(&flow);
}

int
main(void)
{
	if (!scratch_make())
		return 99;
	for (size_t threads = 1; threads < 4; threads += 2) {
		test_flow("hotel.flow", threads, true);
		test_flow("sensors.flow", threads, false);
	}
	test_paths();
	CHECK(scratch_leave());
	return check_report();
}
