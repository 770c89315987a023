/*
 * follow - snapshots are handed over under a lock.
 */
#include "desk/follow.h"

#include <stdlib.h>

#include "desk/work.h"

static void
work(void *context, const atomic_bool *cancel)
{
	struct follow_run *run = context;

	run->options.cancel = cancel;
	run->has_failed = !run->kind->work(run, run->task, &run->err);
}

static void
drop(const struct follow_kind *kind, void *snapshot)
{
	if (snapshot)
		kind->drop(snapshot);
}

static void
free_run(void *context)
{
	struct follow_run *run = context;

	drop(run->kind, run->fresh);
	run->kind->release(run->task);
	flow_release(&run->flow);
	pthread_mutex_destroy(&run->lock);
	arena_release(&run->arena);
	free(run);
}

/* The task is its own from here on. */
static struct follow_run *
new_run(const struct follow_spec *spec, struct error *err)
{
	struct follow_run *run = calloc(1, sizeof *run);

	if (!run)
		fail(err, "out of memory");
	if (!run || !work_snapshot(spec->flow, &run->flow, err)) {
		spec->kind->release(spec->task);
		free(run);
		return NULL;
	}
	pthread_mutex_init(&run->lock, NULL);
	run->kind = spec->kind;
	run->task = spec->task;
	run->node = arena_text(&run->arena, spec->node);
	run->options = run_options_copy(spec->options, &run->arena);
	run->wake = spec->wake;
	return run;
}

bool
follow_start(const struct follow_spec *spec, struct follow *out, struct error *err)
{
	struct job_spec job = { .work = work, .release = free_run, .wake = spec->wake };

	*out = (struct follow){ 0 };
	out->run = job.context = new_run(spec, err);
	if (!out->run)
		return false;
	if (job_start(&job, &out->job, err))
		return true;
	free_run(out->run);
	return false;
}

void
follow_stop(struct follow *follow)
{
	const struct follow_kind *kind = follow->run->kind;

	job_drop(follow->job);
	drop(kind, follow->shown);
}

void
follow_show(struct follow_run *run, void *snapshot)
{
	void *old;

	pthread_mutex_lock(&run->lock);
	old = run->fresh;
	run->fresh = snapshot;
	pthread_mutex_unlock(&run->lock);
	drop(run->kind, old);
	wake_up(run->wake);
}

const void *
follow_shown(struct follow *follow)
{
	struct follow_run *run = follow->run;
	void *fresh;

	pthread_mutex_lock(&run->lock);
	fresh = run->fresh;
	run->fresh = NULL;
	pthread_mutex_unlock(&run->lock);
	if (fresh) {
		drop(run->kind, follow->shown);
		follow->shown = fresh;
	}
	return follow->shown;
}

bool
follow_is_busy(struct follow *follow, const struct error **failed)
{
	const struct follow_run *run = follow->run;

	*failed = NULL;
	if (!follow->is_done)
		follow->is_done = job_is_done(follow->job);
	if (follow->is_done && run->has_failed && !run->err.cancelled)
		*failed = &run->err;
	return !follow->is_done;
}
