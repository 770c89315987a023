/*
 * sheet_file - a node whose rows are a file's: one thread finds where they stand, others
 * count what they hold.
 */
#include <stdlib.h>

#include "work/sheet_parts.h"

enum {
	FIRST_LOOK = 1, /* milliseconds between looks at the index: at first */
	MOST_LOOK = 64, /* and in the end */
};

/* What the index knows by now; the lock is held. True: all. */
static bool
look(struct core *core, struct store *store)
{
	struct row_index *index = store_excerpt(store)->index;
	const double share = row_index_share(index);
	const uint64_t rows = row_index_rows(index, &core->is_whole);

	core->state.estimate = share > 0 ? (uint64_t)((double)rows / share) : 0;
	core_look(core);
	return core->is_whole;
}

void
fill_file(struct core *core, struct store *store)
{
	int ms = FIRST_LOOK;

	core_lock(core);
	core->plain = store_share(store);
	core->has_store = true;
	core_show(core, store);
	pthread_cond_broadcast(&core->changed);
	while (!atomic_load(&core->stop) && !core->is_filled && !look(core, store)) {
		core_wait(core, ms);
		ms = ms < MOST_LOOK ? 2 * ms : MOST_LOOK;
	}
	core->is_filled = true;
	pthread_cond_broadcast(&core->changed);
	core_unlock(core);
}

void
count_rows(void *context, const atomic_bool *cancel)
{
	struct core *core = context;
	struct store *store = core_wait_store(core);
	struct error err;

	(void)cancel;
	if (store && store_excerpt(store)) {
		bool ok;

		be_nice();
		ok = row_index_work(store_excerpt(store)->index, &core->stop, &err);
		if (!ok)
			core_fail(core, &err);
		core_lock(core);
		core->is_filled |= !ok;
		pthread_cond_broadcast(&core->changed);
		core_unlock(core);
	}
	store_drop(store);
	core_end(core);
}

/* Columns of the source as the sheet has them. */
static void
arrange(struct profile *profile, const struct excerpt *excerpt)
{
	const struct schema *schema = &excerpt->schema;
	struct profile_column *columns =
		ARENA_ARRAY(&profile->arena, schema->n + 1, struct profile_column);

	for (size_t i = 0; i < schema->n; i++)
		columns[i] = profile->columns[excerpt->from[i]];
	profile->n = schema->n;
	profile->columns = columns;
}

struct profiling {
	struct core *core;
	const struct excerpt *excerpt;
};

static void
show(void *context, struct profile *snapshot)
{
	struct profiling *p = context;
	struct core *core = p->core;

	arrange(snapshot, p->excerpt);
	core_lock(core);
	if (core->has_profile)
		profile_release(&core->profile);
	core->profile = *snapshot;
	core->has_profile = true;
	for (size_t i = 0; i < snapshot->warnings.n; i++)
		core_warn(core, snapshot->warnings.at[i]);
	core_tell(core);
	core_unlock(core);
}

/* The screen sees it when it looks next. */
static void
note_progress(void *context, uint64_t bytes)
{
	const struct profiling *p = context;
	const uint64_t all = p->excerpt->source->bytes;

	core_lock(p->core);
	if (all && bytes < all)
		p->core->state.done = (double)bytes / (double)all;
	core_unlock(p->core);
}

static bool
profile(struct core *core, const struct excerpt *e, struct error *err)
{
	struct profiling p = { core, e };
	struct profile_options options = { .level = SUMMARY_ALL,
					   .threads = core->options.threads,
					   .cancel = &core->stop,
					   .progress = note_progress,
					   .show = show,
					   .context = &p };
	enum type *types = calloc(e->source->schema.n + 1, sizeof *types);
	struct profile whole;
	bool ok;

	if (!types)
		return fail(err, "out of memory: the system refused a profile");
	for (size_t i = 0; i < e->schema.n; i++)
		types[e->from[i]] = e->schema.at[i].type;
	options.types = types;
	ok = profile_source(e->source, &options, &whole, err);
	if (ok)
		show(&p, &whole);
	free(types);
	return ok;
}

void
profile_rows_of(void *context, const atomic_bool *cancel)
{
	struct core *core = context;
	struct store *store = core_wait_store(core);
	struct error err;

	(void)cancel;
	if (store && store_excerpt(store)) {
		be_nice();
		if (!profile(core, store_excerpt(store), &err))
			core_fail(core, &err);
	}
	store_drop(store);
	core_end(core);
}
