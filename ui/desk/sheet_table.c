/*
 * sheet_table - a node whose rows have to be made: the first ones, then all of them into
 * a table, as far as there is room.
 */
#include "desk/sheet_parts.h"

#include "run/head.h"

enum { HEAD_ROWS = 5000, TELL_ROWS = 1 << 16 };

struct filling {
	struct core *core;
	struct store *store; /* NULL: no rows yet, and no figures */
	struct figures *figures;
	uint64_t head; /* rows on view before it is */
	uint64_t rows, told;
	bool is_full; /* there was no room for more */
};

/* Rows of the store are on view, unless there was room for fewer than are there. */
static void
show_rows(struct filling *f)
{
	const uint64_t rows = store_rows(f->store);
	struct core *core = f->core;
	struct store *old = NULL;

	if (f->is_full && rows < f->head)
		return;

	core_lock(core);
	if (core->plain != f->store) {
		const bool is_shown = core->shown == core->plain;

		old = core->plain;
		core->plain = store_share(f->store);
		if (is_shown)
			core_show(core, f->store, rows);
	}
	core_look(core, f->store, rows);
	core_unlock(core);
	store_drop(old);
}

/* Those that are there stay, and so do the figures of all. */
static void
give_up(struct filling *f, const struct error *err)
{
	uint64_t rows = store_rows(f->store);
	struct core *core = f->core;

	rows = rows > f->head ? rows : f->head;
	f->is_full = true;
	core_lock(core);
	core_warn(core, arena_print(&core->texts, "only the first %llu rows are kept: %s",
				    (unsigned long long)rows, err->text));
	core_tell(core);
	core_unlock(core);
}

/* The columns are known. */
static bool
begin(struct filling *f, const struct schema *schema, struct error *err)
{
	struct spill *spill = spill_new(f->core->options.temp_dir, err);

	f->store = spill ? store_new(schema, spill, err) : NULL;
	spill_drop(spill);
	f->figures = f->store ? figures_new(f->core, schema, err) : NULL;
	return f->figures != NULL;
}

static bool
take(void *context, const struct schema *schema, const struct batch *batch, bool *enough,
     struct error *err)
{
	struct filling *f = context;
	struct error refusal;

	(void)enough;
	f->rows += batch->rows;
	if (!f->store && !begin(f, schema, err))
		return false;
	if (!f->is_full && !store_add(f->store, batch, &refusal))
		give_up(f, &refusal);
	if (!f->is_full && f->rows > f->head && f->rows >= f->told + TELL_ROWS) {
		f->told = f->rows;
		show_rows(f);
	}
	return figures_add(f->figures, batch, err);
}

static void
note_progress(void *context, const struct run_progress *progress)
{
	struct filling *f = context;

	if (progress->total == 0)
		return;
	core_lock(f->core);
	f->core->state.done = (double)progress->done / (double)progress->total;
	core_unlock(f->core);
}

static void
warn(struct core *core, const struct names *warnings)
{
	core_lock(core);
	for (size_t i = 0; i < warnings->n; i++)
		core_warn(core, warnings->at[i]);
	core_unlock(core);
}

/* There will be no more rows. */
static void
end(struct core *core, bool whole)
{
	const uint64_t rows = store_rows(core->plain); /* no other thread sets it */

	core_lock(core);
	core->is_filled = true;
	core->is_whole = whole;
	core->is_sample = !whole;
	core->state.done = 1;
	core_look(core, core->plain, rows);
	pthread_cond_broadcast(&core->changed);
	core_unlock(core);
}

static bool
fill_all(struct core *core, struct flow *flow, uint64_t head, struct error *err)
{
	struct filling f = { .core = core, .head = head };
	struct run_sink sink = { take, &f };
	struct run_options options = core->options;
	struct run_report report = { 0 };
	bool ok;

	options.node = core->node;
	options.sink = &sink;
	options.progress = note_progress;
	options.progress_context = &f;
	ok = run_flow(flow, &options, &report, err);
	if (ok && f.store) {
		show_rows(&f);
		ok = figures_show(f.figures, true, err);
	}
	if (ok) {
		warn(core, &report.warnings);
		end(core, !f.is_full);
	}
	run_report_release(&report);
	figures_free(f.figures);
	store_drop(f.store);
	return ok;
}

static struct store *
store_head(const struct head *head, struct error *err)
{
	struct store *store = store_new(&head->schema, NULL, err);

	if (store && store_add(store, head->rows, err))
		return store;
	store_drop(store);
	return NULL;
}

/* Of the first rows; whole: there are no more. */
static bool
profile_head(struct core *core, const struct head *head, bool whole, struct error *err)
{
	struct figures *figures = figures_new(core, &head->schema, err);
	const bool ok = figures && figures_add(figures, head->rows, err) &&
			figures_show(figures, whole, err);

	figures_free(figures);
	return ok;
}

static bool
show_head(struct core *core, const struct head *head, struct error *err)
{
	struct store *store = store_head(head, err);

	if (!store)
		return false;
	warn(core, &head->warnings);
	core_lock(core);
	core->plain = store;
	core->has_store = true;
	core->is_sample = true;
	core_show(core, store, head->rows->rows);
	pthread_cond_broadcast(&core->changed);
	core_unlock(core);
	return true;
}

void
fill_table(struct core *core, struct flow *flow)
{
	struct head head = { 0 };
	struct error err;
	bool ok = head_of_node(flow, core->node, &core->options, HEAD_ROWS, &head, &err);
	const size_t rows = ok ? head.rows->rows : 0;
	const bool is_whole = rows < HEAD_ROWS;

	if (ok)
		ok = show_head(core, &head, &err) &&
		     profile_head(core, &head, is_whole, &err);
	head_release(&head);
	if (ok && is_whole) {
		end(core, true);
	} else if (ok) {
		be_nice();
		ok = fill_all(core, flow, rows, &err);
	}
	if (!ok)
		core_fail(core, &err);
}
