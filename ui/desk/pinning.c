/*
 * pinning - a list of pins, each with the job that looks after it.
 *
 * Whether a pin holds is found by the job, which may look at files. What the document
 * alone tells (census_prints()) is known at once: a pin whose print is another one is
 * stale, any other is left alone, also while its rows are being made.
 */
#include "desk/pinning.h"

#include <stdio.h>
#include <stdlib.h>

#include "desk/census.h"
#include "desk/job.h"
#include "desk/work.h"

/* What a job works on. */
struct task {
	struct arena arena;
	struct flow flow; /* a copy */
	struct run_options options;
	struct pins *pins;
	const char *node;
	int delay;
	bool is_fine;
	struct pin_facts facts;
	struct error err;
};

struct wish {
	char node[80];
	uint64_t print; /* of what its rows are, or are to be */
	struct job *job;
	struct pin_standing standing;
};

struct pinning {
	const struct wake *wake;
	struct pins *pins;
	size_t n, room;
	struct wish *wishes;
	unsigned version;            /* of the flow that was looked at */
	const struct json *document; /* compared, not read */
	bool is_trusted, is_doubted;
};

bool
pinning_new(const struct wake *wake, struct pins *pins, struct pinning **out,
	    struct error *err)
{
	*out = calloc(1, sizeof **out);
	if (!*out)
		return fail(err, "no memory for pins");
	(*out)->wake = wake;
	(*out)->pins = pins;
	return true;
}

static void
forget(struct pinning *pinning, size_t i)
{
	struct wish *wish = &pinning->wishes[i];

	job_drop(wish->job);
	pins_drop(pinning->pins, wish->node);
	*wish = pinning->wishes[--pinning->n];
}

void
pinning_free(struct pinning *pinning)
{
	if (!pinning)
		return;
	while (pinning->n)
		forget(pinning, 0);
	free(pinning->wishes);
	free(pinning);
}

static struct wish *
find(const struct pinning *pinning, const char *node)
{
	for (size_t i = 0; i < pinning->n; i++)
		if (strcmp(pinning->wishes[i].node, node) == 0)
			return &pinning->wishes[i];
	return NULL;
}

const struct pin_standing *
pinning_at(const struct pinning *pinning, const char *node)
{
	const struct wish *wish = find(pinning, node);

	return wish ? &wish->standing : NULL;
}

/* --- the job --- */

static void
task_free(void *context)
{
	struct task *task = context;

	flow_release(&task->flow);
	arena_release(&task->arena);
	free(task);
}

static void
keep(void *context, const atomic_bool *cancel)
{
	struct task *task = context;
	bool found;

	if (!job_pause(task->delay, cancel))
		return;
	task->options.cancel = cancel;
	task->is_fine = pins_find(task->pins, &task->flow, task->node, &task->options,
				  &found, &task->facts, &task->err) &&
			(found || pins_make(task->pins, &task->flow, task->node,
					    &task->options, &task->facts, &task->err));
}

static struct task *
task_new(const struct pinning *pinning, const struct wish *wish, const struct work *work,
	 struct error *err)
{
	struct task *task = calloc(1, sizeof *task);

	if (!task || !work_snapshot(&work->flow, &task->flow, err)) {
		free(task);
		return NULL;
	}
	task->options = run_options_copy(&work->options, &task->arena);
	task->options.trust = work->options.trust || work->is_trusted;
	task->pins = pinning->pins;
	task->node = arena_text(&task->arena, wish->node);
	return task;
}

/* One that goes on for what the node was is not wanted any more. */
static void
begin(struct pinning *pinning, struct wish *wish, const struct work *work, int delay)
{
	struct error err = { 0 };
	struct job_spec spec = { keep, task_free, NULL, pinning->wake };
	struct task *task;

	job_drop(wish->job);
	wish->job = NULL;
	task = task_new(pinning, wish, work, &err);
	spec.context = task;
	if (task)
		task->delay = delay;
	if (task && job_start(&spec, &wish->job, &err))
		return;
	if (task)
		task_free(task);
	wish->standing.state = PIN_FAILED;
	snprintf(wish->standing.problem, sizeof wish->standing.problem, "%s", err.text);
}

static bool
receive(struct wish *wish)
{
	struct pin_standing *standing = &wish->standing;
	struct task *task;

	if (!wish->job || !job_is_done(wish->job))
		return false;
	task = job_take(wish->job);
	wish->job = NULL;
	standing->state = task->is_fine ? PIN_FINE : PIN_FAILED;
	if (task->is_fine)
		standing->facts = task->facts;
	snprintf(standing->problem, sizeof standing->problem, "%s", task->err.text);
	task_free(task);
	return true;
}

/* --- what the user wants --- */

/* Rows that are or are to be those of another flow, as far as the document tells. */
static bool
look_at(struct pinning *pinning, const struct work *work, struct error *err)
{
	const struct flow *flow = &work->flow;
	struct arena mem = { 0 };
	uint64_t *prints = ARENA_ARRAY(&mem, flow->n + 1, uint64_t);
	const bool ok = census_prints(flow, prints, err);
	const bool is_anew =
		pinning->is_doubted || pinning->is_trusted != work->is_trusted;

	for (size_t i = pinning->n; ok && i-- > 0;) {
		struct wish *wish = &pinning->wishes[i];
		const size_t place = flow_place(flow, wish->node);

		if (place == FLOW_NONE) {
			forget(pinning, i);
			continue;
		}
		if (wish->print == prints[place] && !is_anew)
			continue;
		if (wish->print != prints[place] && wish->standing.state == PIN_FINE)
			wish->standing.state = PIN_STALE;
		wish->print = prints[place];
		begin(pinning, wish, work,
		      wish->standing.state == PIN_MAKING ? 0 : PIN_DELAY);
	}
	arena_release(&mem);
	return ok;
}

static bool
is_looked_at(const struct pinning *pinning, const struct work *work)
{
	return !pinning->is_doubted && pinning->version == work->version &&
	       pinning->document == work->flow.document &&
	       pinning->is_trusted == work->is_trusted;
}

bool
pinning_follow(struct pinning *pinning, const struct work *work)
{
	struct error ignored = { 0 };
	bool any = false;

	if (!pinning->n)
		return false;
	if (!work->is_open) {
		while (pinning->n)
			forget(pinning, 0);
		return true;
	}
	if (!is_looked_at(pinning, work))
		any = look_at(pinning, work, &ignored);
	pinning->version = work->version;
	pinning->document = work->flow.document;
	pinning->is_trusted = work->is_trusted;
	pinning->is_doubted = false;
	for (size_t i = 0; i < pinning->n; i++)
		any |= receive(&pinning->wishes[i]);
	return any;
}

void
pinning_doubt(struct pinning *pinning)
{
	pinning->is_doubted = true;
}

void
pinning_stop(struct pinning *pinning)
{
	for (size_t i = 0; i < pinning->n; i++) {
		struct wish *wish = &pinning->wishes[i];

		if (!wish->job)
			continue;
		job_drop(wish->job);
		wish->job = NULL;
		wish->standing.state = PIN_FAILED;
		strcpy(wish->standing.problem, "stopped");
	}
}

static bool
add(struct pinning *pinning, const char *node, struct wish **out, struct error *err)
{
	struct wish *wishes = pinning->wishes;

	if (pinning->n == pinning->room) {
		const size_t room = pinning->room ? 2 * pinning->room : 8;

		wishes = realloc(wishes, room * sizeof *wishes);
		if (!wishes)
			return fail(err, "no memory for pins");
		pinning->wishes = wishes;
		pinning->room = room;
	}
	*out = &wishes[pinning->n++];
	**out = (struct wish){ .standing = { .state = PIN_MAKING } };
	snprintf((*out)->node, sizeof(*out)->node, "%s", node);
	return true;
}

/* What its rows will be of is known with the next look at the flow. */
bool
pinning_turn(struct pinning *pinning, const struct work *work, size_t place,
	     bool *is_kept, struct error *err)
{
	const struct node *node = &work->flow.nodes[place];
	struct wish *wish = find(pinning, node->id);

	*is_kept = !wish;
	if (wish) {
		forget(pinning, (size_t)(wish - pinning->wishes));
		return true;
	}
	if (node->type == NODE_DESTINATION || node->type == NODE_VISUALIZATION)
		return fail(err, "it gives no rows to others: pin the step before it");
	pinning->document = NULL;
	return add(pinning, node->id, &wish, err);
}
