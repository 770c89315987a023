/* work_file - a document from a file, and into one. */
#include "desk/work_file.h"

#include <string.h>
#include <sys/stat.h>

#include "desk/journal.h"
#include "desk/paths.h"
#include "desk/step.h"
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

/* The flow file at this path is the one that is worked on. */
static void
settle_at(struct work *work, const char *path, bool is_saved)
{
	work->path = arena_text(&work->arena, path);
	work->flow.path = work->path;
	work->on_disk = work->flow.document;
	work->saved = work->version;
	work->stamp = work_stamp_of(path);
	work_keep(work, is_saved);
}

static void
take_lock(struct work *work, const char *path)
{
	lock_drop(&work->lock);
	work->is_locked = !lock_take(&work->lock, path, &work->locked_by);
}

static bool
open_flow(struct work *work, const char *path, struct error *err)
{
	if (!flow_read(path, &work->flow, err))
		return false;
	take_lock(work, path);
	settle_at(work, path, false);
	return true;
}

/* The flow will stand beside its table, which it names from there. */
static bool
open_table(struct work *work, const char *path, struct error *err)
{
	struct quick quick;
	size_t typed;

	if (!table_file_look(path, &quick, err))
		return false;
	quick.path = paths_name(path);
	if (!flow_quick(&work->flow, &quick, &typed, err))
		return false;
	work->flow.undo = NULL; /* it begins so */
	work->table = arena_text(&work->arena, path);
	work->flow.path = paths_with_ending(path, ".flow", &work->flow.arena);
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
	if (!work->journal)
		work_keep(work, false);
}

bool
work_open(struct work *work, const char *path, struct error *err)
{
	const char *absolute;
	bool ok;

	if (!strcmp(path, "-"))
		return fail(err, "'-': a workbench needs a file that it can read again");
	absolute = paths_absolute(path, &work->arena);
	ok = paths_is_flow(path) ? open_flow(work, absolute, err)
				 : open_table(work, absolute, err);
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

	journal_close(work->journal, !work_is_saved(work));
	lock_drop(&work->lock);
	flow_release(&work->flow);
	arena_release(&work->arena);
	*work = rest;
}

/* --- save --- */

bool
work_is_saved(const struct work *work)
{
	return work->flow.document == work->on_disk ||
	       (!work->path && work->flow.document == work->edits[0].document);
}

bool
work_has_moved_on(const struct work *work)
{
	struct work_stamp now;

	if (!work->path)
		return false;
	now = work_stamp_of(work->path);
	return !work_stamp_is(&now, &work->stamp);
}

const char *
work_suggest(const struct work *work, struct arena *arena)
{
	return arena_text(arena, work->path ? work->path : work->flow.path);
}

/* A path of a step that is read from the folder of the flow. */
static bool
is_relative(const char *path)
{
	return path[0] && path[0] != '/' && !strstr(path, "://") && !strstr(path, "{{");
}

static bool
move_paths(struct work *work, size_t place, const char *from, const char *to,
	   struct error *err)
{
	struct arena *arena = &work->flow.arena;
	const struct op *op;
	void *fields;
	bool moved = false;

	if (!step_read(&work->flow.nodes[place], &op, &fields, arena, err))
		return true; /* what nobody understands stays as it is */
	for (const struct param *p = op->params; p && p->name; p++) {
		const char **path = (void *)((char *)fields + p->offset);

		if (p->kind != KIND_PATH || !*path || !is_relative(*path))
			continue;
		*path = paths_from(paths_join(from, *path, arena), to, arena);
		moved = true;
	}
	return !moved || step_set(&work->flow, place, op, fields, err);
}

static bool
move_all_paths(struct work *work, const char *path, struct error *err)
{
	const char *from = paths_folder(work->flow.path, &work->arena);
	const char *to = paths_folder(path, &work->arena);

	if (!strcmp(from, to))
		return true;
	for (size_t i = 0; i < work->flow.n; i++)
		if (!move_paths(work, i, from, to, err))
			return false;
	work->flow.path = arena_text(&work->flow.arena, path);
	return work_changed(work, arena_print(&work->arena, "save file=%s", path), err);
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
			    path, work->locked_by.pid, work->locked_by.host);
	return true;
}

bool
work_save(struct work *work, const char *path, struct error *err)
{
	if (!target(work, path, &path, err) || !move_all_paths(work, path, err) ||
	    !flow_write(&work->flow, path, err))
		return false;
	if (!work->path || strcmp(path, work->path) != 0)
		take_lock(work, path);
	settle_at(work, path, true);
	return true;
}
