/*
 * sheet_file - a node whose rows are a file's: one thread finds where they stand, another
 * watches how far it is.
 */
#include "desk/sheet_parts.h"

enum {
	FIRST_LOOK = 1, /* milliseconds between looks at the index: at first */
	MOST_LOOK = 64, /* and in the end */
};

/* What the index knows by now. True: all. */
static bool
look(struct core *core, struct store *store)
{
	struct row_index *index = store_excerpt(store)->index;
	const double share = row_index_share(index);
	bool whole;
	const uint64_t rows = row_index_rows(index, &whole);

	core_lock(core);
	core->is_whole = whole;
	core->state.estimate = share > 0 ? (uint64_t)((double)rows / share) : 0;
	core_look(core, store, rows);
	core_unlock(core);
	return whole;
}

/* Sleep for a while; false: there is nothing to come. */
static bool
wait(struct core *core, int ms)
{
	bool more;

	core_lock(core);
	if (!core->is_filled && !atomic_load(&core->stop))
		core_wait(core, ms);
	more = !core->is_filled && !atomic_load(&core->stop);
	core_unlock(core);
	return more;
}

void
fill_file(struct core *core, struct store *store)
{
	int ms = FIRST_LOOK;

	core_lock(core);
	core->plain = store_share(store);
	core->has_store = true;
	core_show(core, store, 0);
	pthread_cond_broadcast(&core->changed);
	core_unlock(core);
	while (!look(core, store) && wait(core, ms))
		ms = ms < MOST_LOOK ? 2 * ms : MOST_LOOK;
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
