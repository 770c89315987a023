/* work_draft - what is not saved: kept in a journal, found again, taken back. */
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "desk/draft.h"
#include "desk/journal.h"
#include "desk/paths.h"
#include "desk/work_file.h"

/* Beside the flow, if it has a file that is ours and its folder takes one; else a name
 * that no other has. */
static const char *
journal_path(struct work *work)
{
	struct arena *arena = &work->arena;
	const char *key = work->path ? work->path : work->flow.path;
	struct timespec now;

	if (work->path && !work->is_locked)
		return access(paths_folder(key, arena), W_OK) == 0
			       ? draft_beside(key, arena)
			       : draft_apart(key, arena);
	clock_gettime(CLOCK_REALTIME, &now);
	return draft_apart(arena_print(arena, "%s %ld %lld.%09ld", key, (long)getpid(),
				       (long long)now.tv_sec, now.tv_nsec),
			   arena);
}

void
work_keep(struct work *work, bool replaces)
{
	struct journal_spec spec = { .flow = work->path,
				     .table = work->table,
				     .wake = work->wake,
				     .replaces = replaces };
	struct error err;

	journal_close(work->journal, false);
	work->journal = NULL;
	spec.path = work->wake ? journal_path(work) : NULL;
	if (spec.path && !journal_open(&spec, &work->flow, &work->journal, &err))
		work->journal = NULL;
}

void
work_find_draft(struct work *work)
{
	struct draft draft;

	if (!draft_find(work->path, work->table, &draft))
		return;
	work->draft = arena_text(&work->arena, draft.path);
	draft_release(&draft);
}

/* Put aside under a name that nobody looks for: a hasty answer loses nothing. */
void
work_drop_draft(struct work *work)
{
	if (work->draft &&
	    rename(work->draft, arena_print(&work->arena, "%s~", work->draft)) != 0)
		unlink(work->draft);
	work->draft = NULL;
}

static bool
take(struct work *work, const struct draft *draft, struct error *err)
{
	const struct text text = { draft->text->data, draft->text->size };

	if (!flow_set_text(&work->flow, text, "restore what was not saved", err))
		return false;
	if (draft->at)
		work->flow.path = arena_text(&work->flow.arena, draft->at);
	work_suspect(work);
	return work_changed(work, "restore", err);
}

/* The old journal goes when the new one has reached the disk. */
bool
work_restore(struct work *work, struct error *err)
{
	struct draft draft;
	bool ok;

	if (!work->draft)
		return fail(err, "there is nothing that was not saved");
	if (!draft_read(work->draft, &draft, err))
		return false;
	work_keep(work, true);
	ok = take(work, &draft, err);
	if (ok && work->journal && journal_flush(work->journal)) {
		if (!journal_writes(work->journal, work->draft))
			unlink(work->draft);
		work->draft = NULL;
	}
	draft_release(&draft);
	return ok;
}

bool
work_open_draft(struct work *work, const char *journal, struct error *err)
{
	struct draft draft;
	const char *path;
	bool ok;

	if (!draft_read(journal, &draft, err))
		return false;
	path = draft.flow && paths_exists(draft.flow) ? draft.flow : draft.table;
	ok = path ? work_open(work, path, err) : work_new(work, err);
	if (ok)
		work->draft = arena_text(&work->arena, journal);
	draft_release(&draft);
	if (ok && !work_restore(work, err)) {
		work_close(work);
		ok = false;
	}
	return ok;
}

void
work_discard(struct work *work)
{
	journal_close(work->journal, false);
	work->journal = NULL;
}

void
work_trouble(const struct work *work, struct error *out)
{
	out->text[0] = '\0';
	if (work->journal)
		journal_trouble(work->journal, out);
}
