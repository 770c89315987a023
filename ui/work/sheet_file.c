/*
 * sheet_file - a node whose rows are a file's: one thread finds where they stand, another
 * watches how far it is.
 */
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
