/*
 * gather - the numbers of a chart by a job; they are handed over under a lock.
 */
#include "work/gather.h"

#include <pthread.h>
#include <stdlib.h>

#include "work/intake.h"
#include "work/job.h"
#include "work/work.h"

/* What the thread works on; its owner takes numbers out of `fresh`. */
struct task {
	struct arena arena;
	struct flow flow;
	const char *node;
	struct run_options options;
	struct chart_spec chart;
	const struct wake *wake;
	unsigned generation;
	pthread_mutex_t lock;
	struct chart_data *fresh; /* under lock; NULL: nothing new */
	bool has_failed;          /* read when the job is done */
	struct error err;
};

struct gather {
	struct job *job;
	struct task *task;
	struct chart_data *shown;
	bool is_done;
};

static void
free_data(struct chart_data *data)
{
	if (data)
		chart_data_release(data);
	free(data);
}

static void
publish(struct task *task, const struct collect *collect, bool is_whole)
{
	struct chart_data *data = calloc(1, sizeof *data), *old;

	if (!data)
		return;
	collect_settle(collect, data);
	data->generation = ++task->generation;
	data->is_whole = is_whole;
	pthread_mutex_lock(&task->lock);
	old = task->fresh;
	task->fresh = data;
	pthread_mutex_unlock(&task->lock);
	free_data(old);
	wake_up(task->wake);
}

/* Rows so far, once they are no fewer than those on view. */
static void
show(void *context, const struct collect *collect)
{
	if (collect_rows(collect) >= GATHER_FIRST)
		publish(context, collect, false);
}

static bool
gather_all(struct task *task, struct error *err)
{
	struct intake intake = { .chart = task->chart };
	bool is_whole = false;
	bool ok = intake_head(&intake, &task->flow, task->node, &task->options, &is_whole,
			      err);

	if (ok)
		publish(task, intake.collect, is_whole);
	collect_free(intake.collect);
	if (!ok || is_whole || task->chart.sample)
		return ok;
	intake = (struct intake){ .chart = task->chart, .show = show, .context = task };
	ok = intake_all(&intake, &task->flow, task->node, &task->options, err);
	if (ok)
		publish(task, intake.collect, true);
	collect_free(intake.collect);
	return ok;
}

static void
work(void *context, const atomic_bool *cancel)
{
	struct task *task = context;

	task->options.cancel = cancel;
	task->has_failed = !gather_all(task, &task->err);
}

static void
free_task(void *context)
{
	struct task *task = context;

	free_data(task->fresh);
	flow_release(&task->flow);
	pthread_mutex_destroy(&task->lock);
	arena_release(&task->arena);
	free(task);
}

static struct task *
new_task(const struct gather_spec *spec, struct error *err)
{
	struct task *task = calloc(1, sizeof *task);
	struct arena *arena;

	if (!task || !work_snapshot(spec->flow, &task->flow, err)) {
		free(task);
		return NULL;
	}
	arena = &task->arena;
	pthread_mutex_init(&task->lock, NULL);
	task->node = arena_text(arena, spec->node);
	task->options = run_options_copy(spec->options, arena);
	task->chart = chart_spec_copy(&spec->chart, arena);
	task->wake = spec->wake;
	return task;
}

bool
gather_start(const struct gather_spec *spec, struct gather **out, struct error *err)
{
	struct gather *gather = calloc(1, sizeof *gather);
	struct job_spec job = { .work = work, .release = free_task, .wake = spec->wake };

	*out = NULL;
	if (!gather)
		return fail(err, "out of memory");
	gather->task = job.context = new_task(spec, err);
	if (!gather->task || !job_start(&job, &gather->job, err)) {
		if (gather->task)
			free_task(gather->task);
		free(gather);
		return false;
	}
	*out = gather;
	return true;
}

void
gather_stop(struct gather *gather)
{
	if (!gather)
		return;
	job_drop(gather->job);
	free_data(gather->shown);
	free(gather);
}

const struct chart_data *
gather_data(struct gather *gather)
{
	struct chart_data *fresh;

	pthread_mutex_lock(&gather->task->lock);
	fresh = gather->task->fresh;
	gather->task->fresh = NULL;
	pthread_mutex_unlock(&gather->task->lock);
	if (fresh) {
		free_data(gather->shown);
		gather->shown = fresh;
	}
	return gather->shown;
}

bool
gather_is_busy(struct gather *gather, const struct error **failed)
{
	*failed = NULL;
	if (!gather->is_done)
		gather->is_done = job_is_done(gather->job);
	if (gather->is_done && gather->task->has_failed && !gather->task->err.cancelled)
		*failed = &gather->task->err;
	return !gather->is_done;
}
