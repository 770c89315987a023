/* work_file - a document from a file. */
#include "desk/work_file.h"

#include <string.h>
#include <sys/stat.h>

#include "desk/journal.h"
#include "desk/paths.h"
#include "desk/table_file.h"

/* --- open --- */

struct work_stamp
work_stamp_of(const char *path)
{
	struct stat found;

	if (stat(path, &found) != 0)
		return (struct work_stamp){ 0 };
	return (struct work_stamp){ found.st_mtim.tv_sec, found.st_mtim.tv_nsec,
				    (uint64_t)found.st_size, found.st_ino };
}

bool
work_stamp_is(const struct work_stamp *a, const struct work_stamp *b)
{
	return a->seconds == b->seconds && a->nanoseconds == b->nanoseconds &&
	       a->size == b->size && a->file == b->file;
}

static bool
open_flow(struct work *work, const char *path, struct error *err)
{
	if (!flow_read(path, &work->flow, err))
		return false;
	work->path = arena_text(&work->arena, path);
	work->flow.path = work->path;
	work->on_disk = work->flow.document;
	work->stamp = work_stamp_of(path);
	work->is_locked = !lock_take(&work->lock, path, &work->locked_by);
	return true;
}

/* The flow will stand beside its table, which it names from there; what came by a pipe is
 * beside nothing. */
static bool
open_table(struct work *work, const char *path, struct error *err)
{
	struct quick quick;
	size_t typed;

	if (!table_file_look(path, &quick, err))
		return false;
	quick.path = work->is_piped ? path : paths_name(path);
	quick.name = work->is_piped ? "stdin" : NULL;
	if (!flow_quick(&work->flow, &quick, &typed, err))
		return false;
	work->flow.undo = NULL; /* it begins so */
	work->table = arena_text(&work->arena, path);
	work->flow.path = work->is_piped
				  ? paths_absolute("stdin.flow", &work->flow.arena)
				  : paths_with_ending(path, ".flow", &work->flow.arena);
	work_go(work, typed);
	return true;
}

static void
begin(struct work *work, const char *command)
{
	work->is_open = true;
	work->seen = work->flow.document;
	work_stay(work);
	work_log(work, command);
	work->is_trusted = true;
	work_suspect(work);
	work_keep(work, work_journal(work, work->path, &work->arena), &work->flow, false);
}

bool
work_open(struct work *work, const char *path, struct error *err)
{
	const char *absolute;
	bool ok;

	if (!strcmp(path, "-"))
		return fail(err, "'-': a workbench needs a file that it can read again");
	absolute = paths_absolute(path, &work->arena);
	ok = paths_is_file(absolute, err) &&
	     (paths_is_flow(path) ? open_flow(work, absolute, err)
				  : open_table(work, absolute, err));
	if (!ok) {
		arena_release(&work->arena);
		return false;
	}
	begin(work, arena_print(&work->arena, "open %s", path));
	work_find_draft(work);
	return true;
}

bool
work_new(struct work *work, struct error *err)
{
	if (!flow_new(&work->flow, err))
		return false;
	work->flow.path = paths_absolute("untitled.flow", &work->flow.arena);
	begin(work, "new");
	return true;
}

void
work_close(struct work *work)
{
	const struct work rest = { .trusts_all = work->trusts_all,
				   .options = work->options,
				   .wake = work->wake };

	(void)work_save_wait(work);
	journal_close(work->journal, !work_is_saved(work) && !work->is_piped);
	lock_drop_later(&work->lock);
	flow_release(&work->flow);
	arena_release(&work->arena);
	*work = rest;
}
