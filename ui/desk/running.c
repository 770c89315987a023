/*
 * running - two jobs, one after the other, on one snapshot.
 */
#include "desk/running.h"

#include <pthread.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "desk/job.h"
#include "desk/work.h"

/* What the threads work on. */
struct task {
	struct arena arena;
	struct flow flow;  /* which a run changes by what it learns */
	struct flow shown; /* the same, for the screen while a thread has that one */
	struct run_options options;
	struct run_sink nowhere;
	atomic_bool cancel;
	struct pause pause;
	struct run_meter *meters;
	struct check check;
	bool *above; /* the nodes that the run comes by */
	bool has_check, is_well;
	size_t n_files;
	struct run_delivery *files;
	bool *exists;
	struct run_report report;
	bool has_report;
	struct error err;
	pthread_mutex_t lock;
	struct run_progress told; /* while it runs; under the lock */
};

struct running {
	struct job *job; /* NULL: none is at work */
	struct task *task;
	enum running_phase phase;
	uint64_t started, ended; /* of the clock that stands still while it is held */
	struct eta eta;
	const struct wake *wake;
};

static void
free_task(void *context)
{
	struct task *task = context;

	if (task->has_check)
		check_release(&task->check);
	if (task->has_report)
		run_report_release(&task->report);
	flow_release(&task->flow);
	flow_release(&task->shown);
	arena_release(&task->arena);
	pause_release(&task->pause);
	pthread_mutex_destroy(&task->lock);
	free(task);
}

/* The run tells how far it is; whoever looks, looks here. */
static void
tell(void *context, const struct run_progress *progress)
{
	struct task *task = context;

	pthread_mutex_lock(&task->lock);
	task->told = *progress;
	pthread_mutex_unlock(&task->lock);
}

/* Rows of a run that is to end nowhere. */
static bool
drop_rows(void *context, const struct schema *schema, const struct batch *batch,
	  bool *enough, struct error *err)
{
	(void)context;
	(void)schema;
	(void)batch;
	(void)enough;
	(void)err;
	return true;
}

/* Does the run come by this node? */
static void
mark_above(const struct flow *flow, size_t place, bool *above)
{
	const struct node *node = &flow->nodes[place];

	if (above[place])
		return;
	above[place] = true;
	for (size_t i = 0; i < node->n_inputs; i++)
		mark_above(flow, node->inputs[i].from, above);
}

/* The nodes that the run comes by. All of a flow is what its destinations ask for. */
static bool
nodes_of(struct task *task, struct error *err)
{
	const struct flow *flow = &task->flow;
	bool any = false, *ends;

	task->above = ARENA_ARRAY(&task->arena, flow->n + 1, bool);
	if (!run_ends(flow, &task->options, &ends, &task->arena, err))
		return false;
	for (size_t i = 0; i < flow->n; i++)
		if (ends[i]) {
			mark_above(flow, i, task->above);
			any = true;
		}
	if (!any && task->options.from)
		return fail(err, "nothing is written below this step: R runs up to it");
	return any ||
	       fail(err, "the flow has no destination to run to: add one that writes (a, "
			 "then File), or run to a step (R)");
}

/* The first node that would go wrong says so, before any work is done. */
static bool
look_at_flow(struct task *task, struct error *err)
{
	task->has_check = true;
	if (!check_flow(&task->flow, &task->options, true, &task->check, err))
		return false;
	for (size_t i = 0; i < task->flow.n; i++) {
		const size_t at = task->flow.order[i];
		const struct verdict_of *verdict = &task->check.nodes[at];

		if (!task->above[at] || (verdict->verdict != VERDICT_UNKNOWN &&
					 verdict->verdict != VERDICT_WRONG))
			continue;
		atomic_store(&task->meters[at].state, RUN_FAILED);
		return fail(err, "%s: %s",
			    flow_title(&task->flow.nodes[at], &task->arena),
			    verdict->problem);
	}
	return true;
}

/* Can a file be made there, as far as can be seen: in the nearest folder above it that is
 * there? */
static bool
has_place(const char *path, struct arena *arena, struct error *err)
{
	char *folder = arena_print(arena, "./%s", path), *slash;
	struct stat st;

	if (path[0] == '/')
		folder += 2;
	while ((slash = strrchr(folder, '/'))) {
		slash[slash == folder] = '\0'; /* the root stays */
		if (stat(folder, &st) != 0 && slash > folder)
			continue;
		if (!S_ISDIR(st.st_mode))
			return fail(err, "cannot write '%s': '%s' is no folder", path,
				    folder);
		return access(folder, W_OK | X_OK) == 0 ||
		       fail_errno(err, "cannot write '%s' into the folder '%s'", path,
				  folder);
	}
	return true;
}

/* A place that is none is told before hours of work. */
static bool
look_at_place(struct task *task, const struct run_delivery *file, struct error *err)
{
	const size_t at = flow_place(&task->flow, file->id);

	if (has_place(file->path, &task->arena, err))
		return true;
	atomic_store(&task->meters[at].state, RUN_FAILED);
	return fail_in(err, "%s: ", flow_title(&task->flow.nodes[at], &task->arena));
}

static bool
look_at_files(struct task *task, struct error *err)
{
	if (!task->options.node && !run_paths(&task->flow, &task->options, &task->files,
					      &task->n_files, &task->arena, err))
		return false;
	task->exists = ARENA_ARRAY(&task->arena, task->n_files + 1, bool);
	for (size_t i = 0; i < task->n_files; i++)
		task->exists[i] = access(task->files[i].path, F_OK) == 0;
	for (size_t i = 0; i < task->n_files; i++)
		if (!look_at_place(task, &task->files[i], err))
			return false;
	return true;
}

static void
prepare(void *context, const atomic_bool *cancel)
{
	struct task *task = context;

	(void)cancel; /* its own says so as well */
	task->is_well = look_at_flow(task, &task->err) && look_at_files(task, &task->err);
}

static void
run(void *context, const atomic_bool *cancel)
{
	struct task *task = context;

	(void)cancel;
	task->is_well = run_flow(&task->flow, &task->options, &task->report, &task->err);
	task->has_report = true;
}

static bool
take_flow(struct task *task, const struct flow *flow, struct error *err)
{
	return work_snapshot(flow, &task->flow, err) &&
	       work_snapshot(flow, &task->shown, err);
}

static struct task *
new_task(const struct running_spec *spec, struct error *err)
{
	struct task *task = calloc(1, sizeof *task);

	if (!task) {
		fail(err, "out of memory");
		return NULL;
	}
	pause_init(&task->pause);
	pthread_mutex_init(&task->lock, NULL);
	if (!take_flow(task, spec->flow, err)) {
		free_task(task);
		return NULL;
	}
	task->meters = ARENA_ARRAY(&task->arena, task->flow.n + 1, struct run_meter);
	task->options = run_options_copy(spec->options, &task->arena);
	task->options.meters = task->meters;
	task->options.pins_same = true;
	task->options.cancel = &task->cancel;
	task->options.pause = &task->pause;
	task->options.progress = tell;
	task->options.progress_context = task;
	if (spec->from)
		task->options.from = arena_text(&task->arena, spec->from);
	if (spec->node) {
		task->nowhere.take = drop_rows;
		task->options.node = arena_text(&task->arena, spec->node);
		task->options.sink = &task->nowhere;
	}
	return task;
}

static bool
start(struct running *running, void (*work)(void *, const atomic_bool *),
      struct error *err)
{
	const struct job_spec job = { work, free_task, running->task, running->wake };

	return job_start(&job, &running->job, err);
}

bool
running_start(const struct running_spec *spec, struct running **out, struct error *err)
{
	struct running *running = calloc(1, sizeof *running);

	*out = NULL;
	if (!running)
		return fail(err, "out of memory");
	running->wake = spec->wake;
	eta_init(&running->eta);
	running->task = new_task(spec, err);
	if (!running->task || !nodes_of(running->task, err) ||
	    !start(running, prepare, err)) {
		if (running->task)
			free_task(running->task);
		free(running);
		return false;
	}
	running->started = running->ended = pause_clock(&running->task->pause);
	*out = running;
	return true;
}

/* A job that is done gives the task back. */
static void
follow(struct running *running)
{
	if (!running->job || !job_is_done(running->job))
		return;
	job_take(running->job);
	running->job = NULL;
	running->ended = pause_clock(&running->task->pause);
	if (running->phase == RUNNING_CHECKS && atomic_load(&running->task->cancel))
		running->task->is_well = fail_cancelled(&running->task->err);
	running->phase = running->phase == RUNNING_CHECKS && running->task->is_well
				 ? RUNNING_WAITS
				 : RUNNING_ENDED;
	if (running->phase == RUNNING_ENDED)
		pause_hold(&running->task->pause, false);
}

/* How far it is now. */
static void
look_how_far(struct running *running, double seconds)
{
	struct task *task = running->task;
	struct run_progress told;

	pthread_mutex_lock(&task->lock);
	told = task->told;
	pthread_mutex_unlock(&task->lock);
	if (told.what)
		eta_note(&running->eta, &told, seconds);
}

/* What only is there when the threads have let go of it. */
static void
state_at_rest(const struct running *running, struct running_state *out)
{
	struct task *task = running->task;

	out->check = task->check.nodes ? &task->check : NULL;
	out->n_files = task->n_files;
	out->files = task->files;
	out->exists = task->exists;
	if (running->phase != RUNNING_ENDED)
		return;
	out->is_well = task->is_well;
	out->was_cancelled = !task->is_well && task->err.cancelled;
	out->err = task->is_well ? NULL : &task->err;
	out->report = task->is_well && task->has_report ? &task->report : NULL;
}

void
running_state(struct running *running, struct running_state *out)
{
	struct task *task = running->task;

	follow(running);
	*out = (struct running_state){
		.phase = running->phase,
		.meters = task->meters,
		.is_held = atomic_load(&task->pause.is_held),
		.seconds = (double)((running->job ? pause_clock(&task->pause)
						  : running->ended) -
				    running->started) /
			   1e9,
		.eta = &running->eta,
	};
	look_how_far(running, out->seconds);
	if (!running->job)
		state_at_rest(running, out);
}

bool
running_go(struct running *running, struct error *err)
{
	running->started = running->ended = pause_clock(&running->task->pause);
	if (!start(running, run, err))
		return false;
	running->phase = RUNNING_RUNS;
	return true;
}

/* Whoever waits is to see it. */
static void
stop(struct task *task)
{
	atomic_store(&task->cancel, true);
	pause_hold(&task->pause, false);
}

void
running_pause(struct running *running, bool held)
{
	struct task *task = running->task;

	if (running->phase != RUNNING_ENDED && !atomic_load(&task->cancel))
		pause_hold(&task->pause, held);
}

void
running_cancel(struct running *running)
{
	stop(running->task);
	if (running->phase != RUNNING_WAITS)
		return;
	running->phase = RUNNING_ENDED;
	running->task->is_well = fail_cancelled(&running->task->err);
}

void
running_free(struct running *running)
{
	if (!running)
		return;
	stop(running->task);
	if (running->job)
		job_drop(running->job);
	else
		free_task(running->task);
	free(running);
}

const struct flow *
running_flow(const struct running *running)
{
	const struct task *task = running->task;

	return running->phase == RUNNING_ENDED && task->is_well ? &task->flow
								: &task->shown;
}

const char *
running_node(const struct running *running)
{
	return running->task->options.node;
}

const char *
running_from(const struct running *running)
{
	return running->task->options.from;
}

bool
running_teach(const struct running *running, struct flow *flow, bool *any,
	      struct error *err)
{
	const struct flow *from = &running->task->flow;
	struct arena arena = { 0 };
	const struct json **trained =
		ARENA_ARRAY(&arena, flow->n + 1, const struct json *);
	bool ok;

	*any = false;
	for (size_t i = 0; i < from->n; i++) {
		const struct node *node = &from->nodes[i];
		const size_t at = flow_place(flow, node->id);

		if (!node->trained || !node->parameters || at == FLOW_NONE ||
		    !flow->nodes[at].parameters ||
		    !json_equal(node->parameters, flow->nodes[at].parameters) ||
		    (flow->nodes[at].trained &&
		     json_equal(node->trained, flow->nodes[at].trained)))
			continue;
		trained[at] = json_copy(node->trained, &flow->arena);
		*any = true;
	}
	ok = !*any || flow_set_trained(flow, trained, err);
	arena_release(&arena);
	return ok;
}
