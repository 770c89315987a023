/*
 * sheet_order - the rows in order of a column: out of the table that is there, or by a
 * run whose rows are sorted as they come. Until they are, the rows on view stay.
 */
#include <stdlib.h>

#include "desk/sheet_parts.h"
#include "op/sorter.h"

enum { BATCH = 8192, WAIT = 100 /* milliseconds */ };

struct ordering {
	struct core *core;
	unsigned number;
	char *column; /* NULL: as they come */
	bool descending;
	const atomic_bool *cancel;
	struct sorter *sorter; /* NULL: no rows yet */
	struct spill *spill;
	uint64_t place;
};

static void
ordering_free(void *context)
{
	struct ordering *o = context;

	sorter_free(o->sorter);
	spill_drop(o->spill);
	core_drop(o->core);
	free(o->column);
	free(o);
}

static bool
is_stopped(const struct ordering *o)
{
	return atomic_load(o->cancel) || o->core->is_closed ||
	       o->core->order != o->number;
}

/* Until it is known what rows there are; of a table, all of them. *table: they are all in
 * there. False: nobody wants it any more. */
static bool
wait_for_rows(struct ordering *o, struct store **table)
{
	struct core *core = o->core;
	bool go;

	*table = NULL;
	core_lock(core);
	while (!is_stopped(o) &&
	       (!core->has_store ||
		(core->plain && !store_excerpt(core->plain) && !core->is_filled)))
		core_wait(core, WAIT);
	go = !is_stopped(o) && core->plain;
	if (go && !store_excerpt(core->plain) && core->state.is_whole)
		*table = store_share(core->plain);
	core_unlock(core);
	return go;
}

static bool
begin(struct ordering *o, const struct schema *schema, struct error *err)
{
	struct sort_key key = { .descending = o->descending };
	const struct sorter_plan plan = { .keys = &key,
					  .n_keys = 1,
					  .in = schema,
					  .n_out = schema->n,
					  .spill = o->spill,
					  .threads = o->core->options.threads,
					  .cancel = o->cancel };

	if (!schema_need(schema, "order", o->column, TYPE_ANY & ~TYPE_OBJECT, &key.column,
			 err))
		return false;
	o->sorter = sorter_new(&plan, err);
	return o->sorter != NULL;
}

static bool
take(void *context, const struct schema *schema, const struct batch *batch, bool *enough,
     struct error *err)
{
	struct ordering *o = context;

	(void)enough;
	if (batch->rows == 0)
		return true;
	if (!o->sorter && !begin(o, schema, err))
		return false;
	return sorter_take(o->sorter, batch, (struct place){ o->place++, 0 }, err);
}

static bool
take_table(struct ordering *o, struct store *store, struct error *err)
{
	const uint64_t rows = store_rows(store);
	bool ok = true, enough = false;

	for (uint64_t at = 0; ok && at < rows; at += BATCH) {
		struct batch *batch;

		if (atomic_load(o->cancel))
			return fail_cancelled(err);
		if (!store_read(store, at, BATCH, NULL, &batch, err))
			return false;
		ok = take(o, store_schema(store), batch, &enough, err);
		batch_free(batch);
	}
	return ok;
}

static void
note_progress(void *context, const struct run_progress *progress)
{
	struct ordering *o = context;

	if (progress->total == 0)
		return;
	core_lock(o->core);
	o->core->state.done = (double)progress->done / (double)progress->total;
	core_unlock(o->core);
}

static bool
take_run(struct ordering *o, struct error *err)
{
	struct run_sink sink = { take, o };
	struct run_options options = o->core->options;
	struct run_report report = { 0 };
	struct flow flow;
	bool ok;

	if (!core_flow(o->core, &flow, err))
		return false;
	options.node = o->core->node;
	options.sink = &sink;
	options.cancel = o->cancel;
	options.progress = note_progress;
	options.progress_context = o;
	ok = run_flow(&flow, &options, &report, err);
	run_report_release(&report);
	flow_release(&flow);
	return ok;
}

/* All rows, in order, as a table of their own; NULL without rows: as they come. */
static bool
make(struct ordering *o, struct store *from, struct store **out, struct error *err)
{
	struct table table = { 0 };
	bool ok;

	*out = NULL;
	if (!(o->spill = spill_new(o->core->options.temp_dir, err)) ||
	    !(from ? take_table(o, from, err) : take_run(o, err)))
		return false;
	if (!o->sorter)
		return true;
	ok = sorter_end(o->sorter, &table, err);
	o->sorter = NULL;
	if (ok)
		*out = store_new(&o->core->state.schema, NULL, err);
	ok = *out && store_adopt(*out, &table, err);
	table_release(&table);
	return ok;
}

/* The lock is held. */
static void
show(struct core *core, struct store *store, uint64_t rows)
{
	core->state.is_ordered = true;
	if (core->shown != store)
		core_show(core, store, rows);
	core_tell(core);
}

static bool
put_in_order(struct ordering *o, struct error *err)
{
	struct store *from, *made;
	uint64_t rows;
	bool ok;

	if (!wait_for_rows(o, &from))
		return true;
	be_nice();
	ok = make(o, from, &made, err);
	store_drop(from);
	rows = made ? store_rows(made) : 0;
	core_lock(o->core);
	if (ok && !is_stopped(o))
		show(o->core, made ? made : o->core->plain, rows);
	o->core->has_misordered |= !ok && !is_stopped(o);
	core_unlock(o->core);
	store_drop(made);
	return ok || atomic_load(o->cancel);
}

static void
order(void *context, const atomic_bool *cancel)
{
	struct ordering *o = context;
	struct error err;

	o->cancel = cancel;
	if (!put_in_order(o, &err))
		core_fail(o->core, &err);
	core_end(o->core);
}

/* A wish; the lock is held. */
static unsigned
wish(struct core *core)
{
	if (core->has_misordered)
		core->state.has_failed = core->has_misordered = false;
	core->state.is_ordered = false;
	core->state.done = 0;
	return ++core->order;
}

bool
order_start(struct core *core, const struct sheet_order *asked, struct job **job,
	    struct error *err)
{
	struct ordering *o = calloc(1, sizeof *o);
	const struct job_spec work = { order, ordering_free, o, core->wake };

	if (!o || !(o->column = strdup(asked->column))) {
		free(o);
		return fail(err, "out of memory: the system refused an order");
	}
	o->core = core_share(core);
	o->descending = asked->descending;
	core_lock(core);
	o->number = wish(core);
	core_unlock(core);
	core_begin(core);
	if (job_start(&work, job, err))
		return true;
	core_end(core);
	ordering_free(o);
	return false;
}

void
order_none(struct core *core)
{
	struct store *plain;
	uint64_t rows;

	core_lock(core);
	plain = core->plain ? store_share(core->plain) : NULL;
	core_unlock(core);
	rows = plain ? store_rows(plain) : 0;
	core_lock(core);
	wish(core);
	if (core->plain)
		show(core, core->plain, rows);
	core->state.is_ordered = true;
	core_unlock(core);
	store_drop(plain);
}
