/*
 * work_save - a document on its way into a file: one job, and those that wait for it.
 *
 * A save has the document as it was when it was asked for, and the lock of the work as
 * long as it is under way. What it comes to is settled on the thread that asked: until
 * then the work is not saved, and its journal goes on.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "desk/job.h"
#include "desk/journal.h"
#include "desk/paths.h"
#include "desk/work_file.h"

struct save {
	struct save *next;
	struct job *job; /* NULL: it waits, or could not begin */
	struct arena arena;
	struct flow flow;
	const struct json *document; /* the work's, when it was asked for */
	size_t n_edits;              /* likewise */
	const char *path;
	bool over;    /* whatever is there */
	bool seizes;  /* the lock, and that is all */
	bool is_same; /* it is where the work came from */
	struct lock lock;
	struct holder holder;
	struct work_stamp stamp; /* of the file: as we know it, then as it was written */
	const char *piped;       /* a table that is to be kept; NULL: none */
	struct moved_table kept; /* where it was put */
	const char *journal;     /* where one belongs then; NULL: nowhere */
	enum save_end end;
	struct error err;
};

bool
work_is_saved(const struct work *work)
{
	return work->flow.document == work->on_disk ||
	       (!work->path && work->flow.document == work->edits[0].document);
}

const char *
work_saving(const struct work *work)
{
	return work->saves ? work->saves->path : NULL;
}

const char *
work_suggest(const struct work *work, struct arena *arena)
{
	return arena_text(arena, work->path ? work->path : work->flow.path);
}

/* --- the job --- */

/* May it be written? */
static enum save_end
look(struct save *save)
{
	const struct work_stamp now = work_stamp_of(save->path);

	if (save->over || !now.file)
		return SAVE_DONE;
	if (!save->is_same)
		return SAVE_IS_THERE;
	if (lock_is_lost(&save->lock, &save->holder))
		return SAVE_IS_TAKEN;
	return work_stamp_is(&now, &save->stamp) ? SAVE_DONE : SAVE_HAS_CHANGED;
}

static bool
put(struct save *save, struct error *err)
{
	struct lock lock;

	if (save->piped &&
	    !work_keep_table(save->piped, save->path, &save->kept, &save->arena, err))
		return false;
	if (!work_move(&save->flow, save->path, &save->kept, err) ||
	    !flow_write(&save->flow, save->path, err)) {
		if (save->piped)
			unlink(save->kept.to);
		return false;
	}
	if (!save->is_same || save->over) {
		lock_seize(&lock, save->path);
		lock_drop(&save->lock);
		save->lock = lock;
	}
	save->stamp = work_stamp_of(save->path);
	return true;
}

static void
work_at(void *context, const atomic_bool *cancel)
{
	struct save *save = context;

	(void)cancel; /* what is saved is saved, whoever is gone */
	if (save->seizes) {
		lock_seize(&save->lock, save->path);
		save->end = SAVE_SEIZED;
		return;
	}
	save->end = look(save);
	if (save->end == SAVE_DONE && !put(save, &save->err))
		save->end = SAVE_FAILED;
	if (save->end == SAVE_DONE)
		save->journal = work_journal_of(save->path, &save->arena);
}

/* --- one behind the other --- */

static void
save_free(struct save *save)
{
	flow_release(&save->flow);
	arena_release(&save->arena);
	free(save);
}

static struct save *
save_new(const struct work *work, const char *path, bool over, struct error *err)
{
	struct save *save = calloc(1, sizeof *save);

	if (!save) {
		fail(err, "no memory to save '%s'", path);
		return NULL;
	}
	if (!flow_share(&work->flow, &save->flow, err)) {
		free(save);
		return NULL;
	}
	save->document = work->flow.document;
	save->n_edits = work->n_edits;
	save->path = arena_text(&save->arena, path);
	save->over = over;
	return save;
}

/* The first one begins, if it has not. */
static void
go_on(struct work *work)
{
	struct save *save = work->saves;
	const struct job_spec spec = { work_at, NULL, save, work->wake };

	if (!save || save->job)
		return;
	save->is_same = work->path && !strcmp(save->path, work->path);
	save->stamp = work->stamp;
	save->piped = work->is_piped ? work->table : NULL;
	save->kept = work->kept;
	save->lock = work->lock;
	work->lock = (struct lock){ 0 };
	if (!job_start(&spec, &save->job, &save->err))
		save->end = SAVE_FAILED;
}

static bool
target(struct work *work, const char *path, const char **out, struct error *err)
{
	if (!path)
		path = work->path;
	if (!path)
		return fail(err, "the flow has no name yet; say one");
	if (!strcmp(path, "-"))
		return fail(err, "'-': a flow is saved as a file");
	if (!paths_is_flow(path))
		path = arena_print(&work->arena, "%s.flow", path);
	*out = paths_absolute(path, &work->arena);
	if (work->is_locked && !strcmp(*out, work->path))
		return fail(err,
			    "'%s' is open in process %ld on %s; save it under another "
			    "name",
			    path, work->locked_by.owner.pid, work->locked_by.owner.host);
	return true;
}

static void
queue(struct work *work, struct save *save)
{
	struct save **end = &work->saves;

	while (*end)
		end = &(*end)->next;
	*end = save;
	go_on(work);
}

bool
work_save_begin(struct work *work, const char *path, bool over, struct error *err)
{
	struct save *save;

	if (!target(work, path, &path, err))
		return false;
	save = save_new(work, path, over, err);
	if (!save)
		return false;
	queue(work, save);
	return true;
}

bool
work_seize_begin(struct work *work, struct error *err)
{
	struct save *save;

	if (!work->is_locked)
		return fail(err, "nobody else has the flow open");
	save = save_new(work, work->path, true, err);
	if (!save)
		return false;
	save->seizes = true;
	queue(work, save);
	return true;
}

/* --- what it came to --- */

static void
take_table(struct work *work, const struct save *save)
{
	work->kept.from = work->table;
	work->table = arena_text(&work->arena, save->kept.to);
	work->kept.to = work->table;
	work->is_piped = false;
}

/* The document is what was written, unless it was changed meanwhile. */
static void
take_paths(struct work *work, const struct save *save)
{
	const bool is_it = work->flow.document == save->document;
	const bool has_moved = save->flow.document != save->document;
	struct error ignored;

	if (work_move(&work->flow, save->path, &work->kept, &ignored))
		(void)!work_changed(work,
				    arena_print(&work->arena, "save file=%s", save->path),
				    &ignored);
	work->on_disk = is_it ? work->flow.document : has_moved ? NULL : save->document;
}

/* What was changed meanwhile is noted anew, as changes of what was written. */
static void
note_changes(struct work *work, size_t from)
{
	if (!work->journal || work_is_saved(work))
		return;
	for (size_t i = from; i < work->n_edits; i++)
		journal_note(work->journal, &work->flow, work->edits[i].command);
	if (from == work->n_edits)
		journal_note(work->journal, &work->flow, "undo");
}

static void
settle(struct work *work, struct save *save)
{
	work->lock = save->lock;
	if (save->end == SAVE_DONE || save->end == SAVE_SEIZED)
		work->is_locked = false;
	if (save->end != SAVE_DONE)
		return;
	if (save->piped)
		take_table(work, save);
	take_paths(work, save);
	work->path = arena_text(&work->arena, save->path);
	work->stamp = save->stamp;
	work_keep(work, save->journal, &save->flow, true);
	note_changes(work, save->n_edits);
}

static bool
has_ended(const struct save *save, bool may_ask)
{
	if (save->job && !job_is_done(save->job))
		return false;
	return may_ask || save->end == SAVE_DONE || save->end == SAVE_FAILED ||
	       save->end == SAVE_SEIZED;
}

bool
work_save_news(struct work *work, bool may_ask, struct save_report *out)
{
	struct save *save = work->saves;

	if (!save || !has_ended(save, may_ask))
		return false;
	if (save->job)
		job_take(save->job);
	work->saves = save->next;
	settle(work, save);
	*out = (struct save_report){
		.end = save->end,
		.path = arena_text(&work->arena, save->path),
		.is_same = save->is_same,
		.kept = save->piped ? work->kept.to : NULL,
		.holder = save->holder,
		.err = save->err,
	};
	save_free(save);
	go_on(work);
	return true;
}

struct save_report
work_save_wait(struct work *work)
{
	struct save_report report = { .end = SAVE_DONE };

	while (work->saves) {
		if (work->saves->job)
			job_wait(work->saves->job, -1);
		(void)work_save_news(work, true, &report);
	}
	return report;
}

bool
work_save(struct work *work, const char *path, struct error *err)
{
	struct save_report report;

	if (!work_save_begin(work, path, true, err))
		return false;
	report = work_save_wait(work);
	return report.end == SAVE_DONE || fail(err, "%s", report.err.text);
}
