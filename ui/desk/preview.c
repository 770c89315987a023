/* preview - one job at a time; what it made is taken when it is done. */
#include "desk/preview.h"

#include <stdlib.h>

#include "desk/job.h"
#include "desk/preview_work.h"

enum { SHELF_BYTES = 256 << 20 };

struct previewer {
	const struct wake *wake;
	struct shelf *shelf;
	struct job *job, *counting;
	struct preview *shown;
	struct preview_count *counted;
};

static void
shelf_drop(struct shelf *shelf)
{
	if (atomic_fetch_sub(&shelf->refs, 1) > 1)
		return;
	cache_free(shelf->cache);
	free(shelf);
}

static void
preview_free(struct preview *preview)
{
	if (!preview)
		return;
	batch_free(preview->before);
	batch_free(preview->after);
	arena_release(&preview->arena);
	free(preview);
}

/* What it made stays, if somebody took it. */
static void
ask_free(void *context)
{
	struct ask *ask = context;

	preview_free(ask->preview);
	free(ask->count);
	shelf_drop(ask->shelf);
	flow_release(&ask->flow);
	arena_release(&ask->arena);
	free(ask);
}

bool
previewer_new(const struct wake *wake, struct previewer **out, struct error *err)
{
	struct previewer *previewer = calloc(1, sizeof(*previewer));
	struct shelf *shelf = calloc(1, sizeof(*shelf));

	if (!previewer || !shelf || !(shelf->cache = cache_new(SHELF_BYTES, err))) {
		free(previewer);
		free(shelf);
		return fail(err, "no memory for a preview");
	}
	atomic_init(&shelf->refs, 1);
	*previewer = (struct previewer){ .wake = wake, .shelf = shelf };
	*out = previewer;
	return true;
}

static void
drop(struct job **job)
{
	job_drop(*job);
	*job = NULL;
}

static void
forget_count(struct previewer *previewer)
{
	drop(&previewer->counting);
	free(previewer->counted);
	previewer->counted = NULL;
}

void
previewer_free(struct previewer *previewer)
{
	if (!previewer)
		return;
	drop(&previewer->job);
	forget_count(previewer);
	preview_free(previewer->shown);
	shelf_drop(previewer->shelf);
	free(previewer);
}

static struct names
copy_names(const struct names *from, struct arena *arena)
{
	struct names to = { 0 };

	for (size_t i = 0; i < from->n; i++)
		names_add(&to, arena_text(arena, from->at[i]), arena);
	return to;
}

static struct ask *
ask_new(struct previewer *previewer, const struct flow *flow, const char *node,
	const struct run_options *options, struct error *err)
{
	struct ask *ask = calloc(1, sizeof(*ask));

	if (!ask || !work_snapshot(flow, &ask->flow, err)) {
		free(ask);
		(void)(ask || fail(err, "no memory for a preview"));
		return NULL;
	}
	ask->shelf = previewer->shelf;
	atomic_fetch_add(&ask->shelf->refs, 1);
	ask->node = arena_text(&ask->arena, node);
	ask->options = (struct run_options){
		.maps = copy_names(&options->maps, &ask->arena),
		.sources = copy_names(&options->sources, &ask->arena),
		.params = copy_names(&options->params, &ask->arena),
		.trust = options->trust,
		.threads = 1, /* for so few rows one thread is the fastest */
		.code_seconds = options->code_seconds,
		.temp_dir = options->temp_dir ? arena_text(&ask->arena, options->temp_dir)
					      : NULL,
		.cache = options->cache,
		.pins = options->pins,
	};
	return ask;
}

static bool
start(struct previewer *previewer, struct ask *ask,
      void (*work)(void *context, const atomic_bool *cancel), struct job **job,
      struct error *err)
{
	const struct job_spec spec = { work, ask_free, ask, previewer->wake };

	if (job_start(&spec, job, err))
		return true;
	ask_free(ask);
	*job = NULL;
	return false;
}

bool
preview_ask(struct previewer *previewer, const struct flow *flow, const char *node,
	    const struct run_options *options, struct error *err)
{
	struct ask *ask;

	drop(&previewer->job);
	forget_count(previewer);
	ask = ask_new(previewer, flow, node, options, err);
	if (!ask)
		return false;
	ask->preview = calloc(1, sizeof(*ask->preview));
	if (!ask->preview) {
		ask_free(ask);
		return fail(err, "no memory for a preview");
	}
	return start(previewer, ask, preview_work, &previewer->job, err);
}

void
preview_cancel(struct previewer *previewer)
{
	drop(&previewer->job);
	drop(&previewer->counting);
}

const struct preview *
preview_get(struct previewer *previewer)
{
	struct ask *ask;

	if (!previewer->job || !job_is_done(previewer->job))
		return previewer->shown;
	ask = job_take(previewer->job);
	previewer->job = NULL;
	preview_free(previewer->shown);
	previewer->shown = ask->preview;
	ask->preview = NULL;
	ask_free(ask);
	return previewer->shown;
}

bool
preview_is_busy(const struct previewer *previewer)
{
	return previewer->job != NULL;
}

bool
preview_count_all(struct previewer *previewer, const struct flow *flow, const char *node,
		  const struct run_options *options, struct error *err)
{
	struct ask *ask;

	forget_count(previewer);
	ask = ask_new(previewer, flow, node, options, err);
	if (!ask)
		return false;
	ask->options.threads = options->threads;
	ask->count = calloc(1, sizeof(*ask->count));
	if (!ask->count) {
		ask_free(ask);
		return fail(err, "no memory to count");
	}
	return start(previewer, ask, preview_work_count, &previewer->counting, err);
}

const struct preview_count *
preview_counted(struct previewer *previewer)
{
	struct ask *ask;

	if (!previewer->counting || !job_is_done(previewer->counting))
		return previewer->counted;
	ask = job_take(previewer->counting);
	previewer->counting = NULL;
	free(previewer->counted);
	previewer->counted = ask->count;
	ask->count = NULL;
	ask_free(ask);
	return previewer->counted;
}

bool
preview_is_counting(const struct previewer *previewer)
{
	return previewer->counting != NULL;
}
