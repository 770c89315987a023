/*
 * sheet_profile - what the columns hold: of a file by a pass over it, of a table by its
 * batches as they come.
 */
#include <stdlib.h>

#include "desk/sheet_parts.h"

enum {
	FIRST_ROWS = 1 << 13, /* of the first snapshot of a table */
	FORMATS_MS = 2,       /* between looks for the rows that formats are of */
};

/* It is the newest, and belongs to the core now. */
static void
put_profile(struct core *core, struct profile *profile)
{
	struct profile old;
	bool had;

	core_lock(core);
	old = core->profile;
	had = core->has_profile;
	core->profile = *profile;
	core->has_profile = true;
	for (size_t i = 0; i < profile->warnings.n; i++)
		core_warn(core, profile->warnings.at[i]);
	core_tell(core);
	core_unlock(core);
	if (had)
		profile_release(&old);
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

	arrange(snapshot, p->excerpt);
	put_profile(p->core, snapshot);
}

/* The screen sees it when it looks next. */
static void
note_progress(void *context, const struct run_progress *progress)
{
	struct core *core = context;

	if (progress->total == 0 || progress->done > progress->total)
		return;
	core_lock(core);
	core->state.done = (double)progress->done / (double)progress->total;
	core_unlock(core);
}

/* Sleep for a while; false: no more rows will be found. */
static bool
wait_rows(struct core *core)
{
	bool more;

	core_lock(core);
	if (!core->is_filled && !atomic_load(&core->stop))
		core_wait(core, FORMATS_MS);
	more = !core->is_filled && !atomic_load(&core->stop);
	core_unlock(core);
	return more;
}

/* As the rows on view are read: by the first value of a column, once it is known. */
static bool
find_formats(struct core *core, struct excerpt *e, struct datetime_format **out,
	     struct arena *arena, struct error *err)
{
	bool known = false;

	for (bool more = true;; more = wait_rows(core)) {
		if (!excerpt_formats(e, out, arena, &known, err))
			return false;
		if (known)
			return true;
		if (!more)
			return fail_cancelled(err);
	}
}

static bool
profile(struct core *core, struct excerpt *e, struct error *err)
{
	struct profiling p = { core, e };
	struct profile_options options = { .level = SUMMARY_ALL,
					   .threads = core->options.threads,
					   .cancel = &core->stop,
					   .progress = note_progress,
					   .progress_context = core,
					   .show = show,
					   .context = &p };
	struct arena arena = { 0 };
	enum type *types = ARENA_ARRAY(&arena, e->source->schema.n + 1, enum type);
	struct datetime_format *formats = NULL;
	struct profile whole;
	bool ok;

	for (size_t i = 0; i < e->schema.n; i++)
		types[e->from[i]] = e->schema.at[i].type;
	options.types = types;
	ok = find_formats(core, e, &formats, &arena, err);
	options.formats = formats;
	ok = ok && profile_source(e->source, &options, &whole, err);
	if (ok)
		show(&p, &whole);
	arena_release(&arena);
	return ok;
}

void
profile_file_rows(void *context, const atomic_bool *cancel)
{
	struct core *core = context;
	struct store *store = core_wait_store(core);
	struct error err;

	(void)cancel;
	if (store && store_excerpt(store)) {
		core_wait_served(core);
		be_nice();
		if (!profile(core, store_excerpt(store), &err))
			core_fail(core, &err);
	}
	store_drop(store);
	core_end(core);
}

struct figures {
	struct core *core;
	struct arena arena;
	struct schema schema;
	struct summary **at;
	uint64_t rows, next; /* next: where a snapshot is due */
};

struct figures *
figures_new(struct core *core, const struct schema *schema, struct error *err)
{
	struct figures *f = calloc(1, sizeof *f);

	if (!f) {
		fail(err, "out of memory: the system refused a profile");
		return NULL;
	}
	f->core = core;
	f->next = FIRST_ROWS;
	f->at = ARENA_ARRAY(&f->arena, schema->n + 1, struct summary *);
	for (size_t i = 0; i < schema->n; i++) {
		schema_add(&f->schema, schema->at[i].name, schema->at[i].type, &f->arena);
		f->at[i] = summary_new_of(schema->at[i].type, 0, err);
		if (!f->at[i]) {
			figures_free(f);
			return NULL;
		}
	}
	return f;
}

void
figures_free(struct figures *f)
{
	if (!f)
		return;
	for (size_t i = 0; i < f->schema.n; i++)
		summary_free(f->at[i]);
	arena_release(&f->arena);
	free(f);
}

bool
figures_show(struct figures *f, bool whole, struct error *err)
{
	struct profile out = { .generation = ++f->core->profiles,
			       .is_whole = whole,
			       .rows = f->rows,
			       .n = f->schema.n };

	out.columns = ARENA_ARRAY(&out.arena, out.n + 1, struct profile_column);
	for (size_t i = 0; i < out.n; i++) {
		out.columns[i].name = arena_text(&out.arena, f->schema.at[i].name);
		if (!summary_settle(f->at[i], 0, &out.columns[i].found, &out.arena,
				    err)) {
			profile_release(&out);
			return false;
		}
	}
	put_profile(f->core, &out);
	return true;
}

bool
figures_add(struct figures *f, const struct batch *batch, struct error *err)
{
	for (size_t i = 0; i < batch->n; i++)
		if (!summary_add(f->at[i], batch->at[i], err))
			return false;
	f->rows += batch->rows;
	if (f->rows < f->next)
		return true;
	f->next = 2 * f->rows;
	return figures_show(f, false, err);
}
