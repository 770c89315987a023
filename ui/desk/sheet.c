/*
 * sheet - what the screen holds: the core, its jobs, and what was handed out last.
 */
#include "desk/sheet.h"

#include <stdlib.h>

#include "desk/sheet_parts.h"

/* Those that every sheet has. Each is counted as at work but the one that serves. */
static void (*const labours[])(void *, const atomic_bool *) = {
	fill_rows,
	count_rows,
	profile_file_rows,
	serve_rows,
};

struct sheet {
	struct core *core;
	struct job *jobs[COUNT(labours)];
	struct job *ordering, *finding; /* the newest; NULL: none */
	struct sheet_state state;
	struct spans spans;
	struct profile profile;
	bool has_profile;
};

static void
copy_names(struct names *to, const struct names *from, struct arena *arena)
{
	*to = (struct names){ 0 };
	for (size_t i = 0; i < from->n; i++)
		names_add(to, from->at[i], arena);
}

static void
copy_options(struct core *core, const struct run_options *options)
{
	struct run_options *mine = &core->options;

	*mine = *options;
	copy_names(&mine->maps, &options->maps, &core->arena);
	copy_names(&mine->sources, &options->sources, &core->arena);
	copy_names(&mine->params, &options->params, &core->arena);
	if (options->temp_dir)
		mine->temp_dir = arena_text(&core->arena, options->temp_dir);
	mine->node = mine->output = mine->output_dir = NULL;
	mine->sink = NULL;
	mine->given = NULL;
	mine->n_given = 0;
	mine->progress = NULL;
	mine->cancel = &core->stop;
}

static struct core *
new_core(const struct sheet_spec *spec, struct error *err)
{
	struct core *core = calloc(1, sizeof *core);
	pthread_condattr_t monotonic;

	if (!core) {
		fail(err, "out of memory: the system refused a sheet");
		return NULL;
	}
	core->refs = 1;
	core->wake = spec->wake;
	core->node = arena_text(&core->arena, spec->node);
	if (spec->flow->path)
		core->path = arena_text(&core->arena, spec->flow->path);
	copy_options(core, spec->options);
	pthread_mutex_init(&core->lock, NULL);
	pthread_condattr_init(&monotonic);
	pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
	pthread_cond_init(&core->changed, &monotonic);
	pthread_condattr_destroy(&monotonic);
	core->state.generation = 1;
	core->state.is_ordered = true;
	core->document = buffer_new(0, err);
	if (core->document && flow_print(spec->flow, core->document, err))
		return core;
	core_drop(core);
	return NULL;
}

static bool
start_jobs(struct sheet *sheet, struct error *err)
{
	struct core *core = sheet->core;

	for (size_t i = 0; i < COUNT(labours); i++) {
		const struct job_spec spec = { labours[i], core_drop, core_share(core),
					       core->wake };

		if (labours[i] != serve_rows)
			core_begin(core);
		if (!job_start(&spec, &sheet->jobs[i], err)) {
			core_drop(core);
			return false;
		}
	}
	return true;
}

bool
sheet_open(const struct sheet_spec *spec, struct sheet **out, struct error *err)
{
	struct sheet *sheet = calloc(1, sizeof *sheet);

	*out = NULL;
	if (!sheet)
		return fail(err, "out of memory: the system refused a sheet");
	sheet->core = new_core(spec, err);
	if (!sheet->core) {
		free(sheet);
		return false;
	}
	sheet->state = sheet->core->state;
	sheet->state.is_busy = true;
	if (!start_jobs(sheet, err) ||
	    (spec->order.column && !sheet_reorder(sheet, &spec->order, err))) {
		sheet_close(sheet);
		return false;
	}
	*out = sheet;
	return true;
}

void
sheet_close(struct sheet *sheet)
{
	struct core *core;

	if (!sheet)
		return;
	core = sheet->core;
	sheet_cancel(sheet);
	core_lock(core);
	core->is_closed = true;
	pthread_cond_broadcast(&core->changed);
	core_unlock(core);
	for (size_t i = 0; i < COUNT(labours); i++)
		job_drop(sheet->jobs[i]);
	job_drop(sheet->finding);
	spans_release(&sheet->spans);
	if (sheet->has_profile)
		profile_release(&sheet->profile);
	core_drop(core);
	free(sheet);
}

const struct sheet_state *
sheet_state(struct sheet *sheet)
{
	if (core_try(sheet->core)) {
		sheet->state = sheet->core->state;
		core_unlock(sheet->core);
	}
	return &sheet->state;
}

const struct batch *
sheet_rows(struct sheet *sheet, uint64_t first, size_t *n, size_t *at)
{
	return spans_rows(&sheet->spans, sheet->core, first, n, at);
}

const struct profile *
sheet_profile(struct sheet *sheet)
{
	struct core *core = sheet->core;
	struct profile newest;
	bool any = false;

	if (core_try(core)) {
		newest = core->profile;
		any = core->has_profile;
		core->has_profile = false;
		core_unlock(core);
	}
	if (any && sheet->has_profile)
		profile_release(&sheet->profile);
	if (any)
		sheet->profile = newest;
	sheet->has_profile |= any;
	return sheet->has_profile ? &sheet->profile : NULL;
}

bool
sheet_reorder(struct sheet *sheet, const struct sheet_order *order, struct error *err)
{
	job_drop(sheet->ordering);
	sheet->ordering = NULL;
	if (order->column)
		return order_start(sheet->core, order, &sheet->ordering, err);
	order_none(sheet->core);
	return true;
}

void
sheet_find(struct sheet *sheet, const char *text, int column, uint64_t from,
	   bool backwards)
{
	const struct search_spec spec = { text, column, from, backwards };

	job_drop(sheet->finding);
	sheet->finding = find_start(sheet->core, &spec);
}

enum sheet_answer
sheet_found(struct sheet *sheet, uint64_t *row, int *column)
{
	struct core *core = sheet->core;
	enum sheet_answer answer;

	if (!core_try(core))
		return SHEET_LOOKING;
	answer = core->answer;
	*row = core->found_row;
	*column = core->found_column;
	core_unlock(core);
	return answer;
}

void
sheet_cancel(struct sheet *sheet)
{
	struct core *core = sheet->core;

	atomic_store(&core->stop, true);
	job_drop(sheet->ordering);
	sheet->ordering = NULL;
	core_lock(core);
	pthread_cond_broadcast(&core->changed);
	core_unlock(core);
}
