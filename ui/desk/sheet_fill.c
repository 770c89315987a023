/* sheet_fill - which of the two ways a node's rows come. */
#include "desk/sheet_parts.h"

static bool
fill(struct core *core, struct flow *flow, struct error *err)
{
	struct store *store;

	if (!store_of_node(flow, core->node, &core->options, &store, err))
		return false;
	if (store)
		fill_file(core, store);
	else
		fill_table(core, flow);
	store_drop(store);
	return true;
}

/* Whatever came of it, nobody waits any more. */
static void
settle(struct core *core)
{
	core_lock(core);
	core->has_store = core->is_filled = true;
	pthread_cond_broadcast(&core->changed);
	core_unlock(core);
}

void
fill_rows(void *context, const atomic_bool *cancel)
{
	struct core *core = context;
	struct flow flow;
	struct error err;

	(void)cancel;
	if (!core_flow(core, &flow, &err)) {
		core_fail(core, &err);
	} else {
		if (!fill(core, &flow, &err))
			core_fail(core, &err);
		flow_release(&flow);
	}
	settle(core);
	core_end(core);
}
