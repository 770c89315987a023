/* work_paths - what a flow reads is found from where the flow stands. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "desk/paths.h"
#include "desk/work_file.h"

enum { CHUNK = 1 << 16, NAMES = 1000 };

/* --- paths of steps --- */

/* A path of a step that is read from the folder of the flow. */
static bool
is_relative(const char *path)
{
	return path[0] && path[0] != '/' && !strstr(path, "://") && !strstr(path, "{{");
}

/* As it is written in a flow of the folder `to`; NULL: as it was. */
static const char *
moved(const char *path, const char *from, const char *to, const struct moved_table *kept,
      struct arena *arena)
{
	const bool was_relative = is_relative(path);

	if (was_relative)
		path = paths_join(from, path, arena);
	if (kept->from && !strcmp(path, kept->from))
		return paths_from(kept->to, to, arena);
	return was_relative && strcmp(from, to) != 0 ? paths_from(path, to, arena) : NULL;
}

static bool
move_paths(struct flow *flow, size_t place, const char *to,
	   const struct moved_table *kept, struct error *err)
{
	struct arena *arena = &flow->arena;
	const char *from = paths_folder(flow->path, arena);
	const struct op *op;
	void *fields;
	bool has_moved = false;

	if (!step_read(&flow->nodes[place], &op, &fields, arena, err))
		return true; /* what nobody understands stays as it is */
	for (const struct param *p = op->params; p && p->name; p++) {
		const char **path = (void *)((char *)fields + p->offset), *other;

		if (p->kind != KIND_PATH || !*path)
			continue;
		other = moved(*path, from, to, kept, arena);
		has_moved |= other != NULL;
		*path = other ? other : *path;
	}
	return !has_moved || step_set(flow, place, op, fields, err);
}

bool
work_move(struct flow *flow, const char *path, const struct moved_table *kept,
	  struct error *err)
{
	const char *to = paths_folder(path, &flow->arena);

	for (size_t i = 0; i < flow->n; i++)
		if (!move_paths(flow, i, to, kept, err))
			return false;
	flow->path = arena_text(&flow->arena, path);
	return true;
}

/* --- a table --- */

static bool
copy_bytes(int fd, const char *from, struct file_out *out, struct error *err)
{
	char bytes[CHUNK];
	ssize_t n;

	while ((n = read(fd, bytes, sizeof bytes)) != 0)
		if (n < 0 && errno != EINTR)
			return fail_errno(err, "cannot read '%s'", from);
		else if (n > 0 && !file_out_write(out, bytes, (size_t)n, err))
			return false;
	return true;
}

static bool
copy(const char *from, const char *to, struct error *err)
{
	const int fd = open(from, O_RDONLY | O_CLOEXEC);
	struct file_out out;
	bool ok;

	if (fd < 0)
		return fail_errno(err, "cannot open '%s'", from);
	ok = file_out_open(&out, to, err);
	if (ok && copy_bytes(fd, from, &out, err))
		ok = file_out_commit(&out, err);
	else if (ok) {
		file_out_abort(&out);
		ok = false;
	}
	close(fd);
	return ok;
}

/* "t.csv", "t-2.csv": the first one that nothing has. */
static const char *
free_name(const char *flow, struct arena *arena)
{
	const char *path = paths_with_ending(flow, ".csv", arena);

	for (int i = 2; i < NAMES && paths_exists(path); i++)
		path = paths_with_ending(flow, arena_print(arena, "-%d.csv", i), arena);
	return path;
}

bool
work_keep_table(const char *table, const char *flow, struct moved_table *out,
		struct arena *arena, struct error *err)
{
	*out = (struct moved_table){ table, free_name(flow, arena) };
	return copy(table, out->to, err);
}
