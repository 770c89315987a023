/*
 * values - a run whose rows are counted; the counts are handed over under a lock.
 */
#include "work/values.h"

#include <pthread.h>
#include <stdlib.h>

#include "base/clock.h"
#include "data/cast.h"
#include "work/job.h"
#include "work/work.h"

/* What the thread works on; its owner takes counts out of `fresh`. */
struct task {
	struct arena arena;
	struct flow flow;
	const char *node, *column;
	struct run_options options;
	const struct wake *wake;
	struct frequency *frequency;
	enum type type;
	uint64_t rows;
	bool is_cut;
	double next, pause; /* seconds */
	unsigned generation;
	pthread_mutex_t lock;
	struct value_counts *fresh; /* under lock; NULL: nothing new */
	bool has_failed;            /* read when the job is done */
	struct error err;
};

struct values {
	struct job *job;
	struct task *task;
	struct value_counts *shown;
	bool is_done;
};

static void
free_counts(struct value_counts *counts)
{
	if (counts)
		arena_release(&counts->arena);
	free(counts);
}

/* Blanks, and what is no number, are no values: as column_is_missing() has it. */
static bool
is_value(enum type type, struct text text)
{
	if (type == TYPE_FLOAT)
		return !text_is(text, "NaN");
	return type != TYPE_STRING || !text_is_blank(text);
}

static void
leave_out_missing(struct value_counts *counts)
{
	size_t n = 0;

	counts->missing = counts->rows;
	for (size_t i = 0; i < counts->n; i++) {
		if (!is_value(counts->type, counts->at[i].text))
			continue;
		counts->missing -= counts->at[i].count;
		counts->at[n++] = counts->at[i];
	}
	counts->n = n;
}

static bool
publish(struct task *task, bool is_whole, struct error *err)
{
	struct value_counts *counts = calloc(1, sizeof *counts), *old;

	if (!counts)
		return fail(err, "out of memory");
	counts->generation = ++task->generation;
	counts->is_whole = is_whole;
	counts->is_cut = task->is_cut;
	counts->type = task->type;
	counts->rows = task->rows;
	if (!frequency_sorted(task->frequency, &counts->at, &counts->n, &counts->arena,
			      err)) {
		free_counts(counts);
		return false;
	}
	leave_out_missing(counts);
	pthread_mutex_lock(&task->lock);
	old = task->fresh;
	task->fresh = counts;
	pthread_mutex_unlock(&task->lock);
	free_counts(old);
	wake_up(task->wake);
	return true;
}

/* Counts so far are shown, each time after twice as long. */
static bool
publish_some(struct task *task, struct error *err)
{
	if (clock_seconds() < task->next)
		return true;
	if (!publish(task, false, err))
		return false;
	task->pause *= 2;
	task->next = clock_seconds() + task->pause;
	return true;
}

static bool
count(struct task *task, const struct column *column, struct error *err)
{
	struct column *texts;
	bool ok;

	task->type = column->type;
	task->rows += column->rows;
	if (column->type == TYPE_STRING)
		return frequency_add_column(task->frequency, column, err);
	if (!cast_column(column, TYPE_STRING, &texts, err))
		return false;
	ok = frequency_add_column(task->frequency, texts, err);
	column_drop(texts);
	return ok;
}

static bool
take(void *context, const struct schema *schema, const struct batch *batch, bool *enough,
     struct error *err)
{
	struct task *task = context;
	const int at = schema_find(schema, task->column);

	if (at < 0)
		return fail(err, "there is no column '%s'", task->column);
	if (!count(task, batch->at[at], err))
		return false;
	task->is_cut = frequency_distinct(task->frequency) > VALUES_MOST;
	*enough = task->is_cut;
	return publish_some(task, err);
}

static bool
count_all(struct task *task, struct error *err)
{
	struct names columns = { 0 };
	struct run_sink sink = { take, task, &columns };
	struct run_report report = { 0 };
	bool ok;

	names_add(&columns, task->column, &task->arena);
	task->options.node = task->node;
	task->options.sink = &sink;
	task->pause = 0.1;
	task->next = clock_seconds() + task->pause;
	ok = run_flow(&task->flow, &task->options, &report, err);
	run_report_release(&report);
	return ok && publish(task, true, err);
}

static void
work(void *context, const atomic_bool *cancel)
{
	struct task *task = context;

	task->options.cancel = cancel;
	task->has_failed = !count_all(task, &task->err);
}

static void
free_task(void *context)
{
	struct task *task = context;

	free_counts(task->fresh);
	frequency_free(task->frequency);
	flow_release(&task->flow);
	pthread_mutex_destroy(&task->lock);
	arena_release(&task->arena);
	free(task);
}

static struct task *
new_task(const struct values_spec *spec, struct error *err)
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
	task->column = arena_text(arena, spec->column);
	task->options = run_options_copy(spec->options, arena);
	task->wake = spec->wake;
	task->frequency = frequency_new(err);
	if (task->frequency)
		return task;
	free_task(task);
	return NULL;
}

bool
values_start(const struct values_spec *spec, struct values **out, struct error *err)
{
	struct values *values = calloc(1, sizeof *values);
	struct job_spec job = { .work = work, .release = free_task, .wake = spec->wake };

	*out = NULL;
	if (!values)
		return fail(err, "out of memory");
	values->task = job.context = new_task(spec, err);
	if (!values->task || !job_start(&job, &values->job, err)) {
		if (values->task)
			free_task(values->task);
		free(values);
		return false;
	}
	*out = values;
	return true;
}

void
values_stop(struct values *values)
{
	if (!values)
		return;
	job_drop(values->job);
	free_counts(values->shown);
	free(values);
}

const struct value_counts *
values_counts(struct values *values)
{
	struct value_counts *fresh;

	pthread_mutex_lock(&values->task->lock);
	fresh = values->task->fresh;
	values->task->fresh = NULL;
	pthread_mutex_unlock(&values->task->lock);
	if (fresh) {
		free_counts(values->shown);
		values->shown = fresh;
	}
	return values->shown;
}

bool
values_are_busy(struct values *values, const struct error **failed)
{
	*failed = NULL;
	if (!values->is_done)
		values->is_done = job_is_done(values->job);
	if (values->is_done && values->task->has_failed && !values->task->err.cancelled)
		*failed = &values->task->err;
	return !values->is_done;
}
