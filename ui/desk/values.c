/*
 * values - a run whose rows are counted.
 */
#include "desk/values.h"

#include <stdlib.h>

#include "base/clock.h"
#include "data/cast.h"
#include "desk/follow.h"

struct task {
	struct arena arena;
	struct follow_run *run;
	const char *column;
	struct frequency *frequency;
	enum type type;
	uint64_t rows;
	bool is_cut;
	double next, pause; /* seconds */
};

struct values {
	struct follow follow;
};

static void
free_counts(void *snapshot)
{
	struct value_counts *counts = snapshot;

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
	struct value_counts *counts = calloc(1, sizeof *counts);

	if (!counts)
		return fail(err, "out of memory");
	counts->generation = ++task->run->generation;
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
	follow_show(task->run, counts);
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
work(struct follow_run *run, void *context, struct error *err)
{
	struct task *task = context;
	struct names columns = { 0 };
	struct run_sink sink = { take, task, &columns };
	struct run_report report = { 0 };
	bool ok;

	task->run = run;
	names_add(&columns, task->column, &task->arena);
	run->options.node = run->node;
	run->options.sink = &sink;
	task->pause = 0.1;
	task->next = clock_seconds() + task->pause;
	ok = run_flow(&run->flow, &run->options, &report, err);
	run_report_release(&report);
	return ok && publish(task, true, err);
}

static void
free_task(void *context)
{
	struct task *task = context;

	frequency_free(task->frequency);
	arena_release(&task->arena);
	free(task);
}

static struct task *
new_task(const char *column, struct error *err)
{
	struct task *task = calloc(1, sizeof *task);

	if (!task) {
		fail(err, "out of memory");
		return NULL;
	}
	task->column = arena_text(&task->arena, column);
	task->frequency = frequency_new(err);
	if (task->frequency)
		return task;
	free_task(task);
	return NULL;
}

bool
values_start(const struct values_spec *spec, struct values **out, struct error *err)
{
	static const struct follow_kind kind = { work, free_task, free_counts };
	struct values *values = calloc(1, sizeof *values);
	struct task *task = values ? new_task(spec->column, err) : NULL;

	*out = NULL;
	if (!values)
		return fail(err, "out of memory");
	if (!task ||
	    !follow_start(&(struct follow_spec){ &kind, task, spec->flow, spec->node,
						 spec->options, spec->wake },
			  &values->follow, err)) {
		free(values);
		return false;
	}
	*out = values;
	return true;
}

void
values_stop(struct values *values)
{
	if (values)
		follow_stop(&values->follow);
	free(values);
}

const struct value_counts *
values_counts(struct values *values)
{
	return follow_shown(&values->follow);
}

bool
values_are_busy(struct values *values, const struct error **failed)
{
	return follow_is_busy(&values->follow, failed);
}
