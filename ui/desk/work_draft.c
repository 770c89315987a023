/* work_draft - what is not saved: kept in a journal, found again, taken back. */
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "desk/draft.h"
#include "desk/journal.h"
#include "desk/paths.h"
#include "desk/work_file.h"

const char *
work_journal_of(const char *path, struct arena *arena)
{
	return access(paths_folder(path, arena), W_OK) == 0 ? draft_beside(path, arena)
							    : draft_apart(path, arena);
}

const char *
work_journal(const struct work *work, const char *path, struct arena *arena)
{
	struct timespec now;

	if (path && !work->is_locked)
		return work_journal_of(path, arena);
	clock_gettime(CLOCK_REALTIME, &now);
	return draft_apart(arena_print(arena, "%s %ld %lld.%09ld",
				       path ? path : work->flow.path, (long)getpid(),
				       (long long)now.tv_sec, now.tv_nsec),
			   arena);
}

/* The one before stays as it is until this one has all that is in it. */
void
work_keep(struct work *work, const char *journal, const struct flow *saved, bool replaces)
{
	const struct journal_spec spec = { .path = journal,
					   .flow = work->path,
					   .table = work->table,
					   .wake = work->wake,
					   .replaces = replaces };
	struct error err;

	if (work->journal)
		journal_close(work->journal,
			      !work_is_saved(work) && journal &&
				      journal_writes(work->journal, journal));
	work->journal = NULL;
	if (work->wake && journal && !journal_open(&spec, saved, &work->journal, &err))
		work->journal = NULL;
}

void
work_find_draft(struct work *work)
{
	struct draft draft;

	if (!draft_find(work->path, work->table, &draft))
		return;
	work->draft = arena_text(&work->arena, draft.path);
	work->draft_edits = draft.commands.n;
	work->draft_time = draft.time;
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
	work_keep(work, work_journal(work, work->path, &work->arena), &work->flow, true);
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
