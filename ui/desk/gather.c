/*
 * gather - the numbers of a chart: of the first rows, then of all.
 */
#include "desk/gather.h"

#include <stdlib.h>

#include "desk/follow.h"
#include "desk/intake.h"

struct task {
	struct arena arena;
	struct chart_spec chart;
	struct follow_run *run;
};

struct gather {
	struct follow follow;
};

static void
free_data(void *snapshot)
{
	chart_data_release(snapshot);
	free(snapshot);
}

static void
publish(struct task *task, const struct collect *collect, bool is_whole)
{
	struct chart_data *data = calloc(1, sizeof *data);

	if (!data)
		return;
	collect_settle(collect, data);
	data->generation = ++task->run->generation;
	data->is_whole = is_whole;
	follow_show(task->run, data);
}

/* Rows so far, once they are no fewer than those on view. */
static void
show(void *context, const struct collect *collect)
{
	if (collect_rows(collect) >= GATHER_FIRST)
		publish(context, collect, false);
}

static bool
work(struct follow_run *run, void *context, struct error *err)
{
	struct task *task = context;
	struct intake intake = { .chart = task->chart };
	bool is_whole = false;
	bool ok = intake_head(&intake, &run->flow, run->node, &run->options, &is_whole,
			      err);

	task->run = run;
	if (ok)
		publish(task, intake.collect, is_whole);
	collect_free(intake.collect);
	if (!ok || is_whole || task->chart.sample)
		return ok;
	intake = (struct intake){ .chart = task->chart, .show = show, .context = task };
	ok = intake_all(&intake, &run->flow, run->node, &run->options, err);
	if (ok)
		publish(task, intake.collect, true);
	collect_free(intake.collect);
	return ok;
}

static void
free_task(void *context)
{
	struct task *task = context;

	arena_release(&task->arena);
	free(task);
}

bool
gather_start(const struct gather_spec *spec, struct gather **out, struct error *err)
{
	static const struct follow_kind kind = { work, free_task, free_data };
	struct gather *gather = calloc(1, sizeof *gather);
	struct task *task = calloc(1, sizeof *task);

	*out = NULL;
	if (!gather || !task) {
		free(gather);
		free(task);
		return fail(err, "out of memory");
	}
	task->chart = chart_spec_copy(&spec->chart, &task->arena);
	if (!follow_start(&(struct follow_spec){ &kind, task, spec->flow, spec->node,
						 spec->options, spec->wake },
			  &gather->follow, err)) {
		free(gather);
		return false;
	}
	*out = gather;
	return true;
}

void
gather_stop(struct gather *gather)
{
	if (gather)
		follow_stop(&gather->follow);
	free(gather);
}

const struct chart_data *
gather_data(struct gather *gather)
{
	return follow_shown(&gather->follow);
}

bool
gather_is_busy(struct gather *gather, const struct error **failed)
{
	return follow_is_busy(&gather->follow, failed);
}
