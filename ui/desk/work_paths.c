/* work_paths - what a flow reads is found from where the flow stands. */
#include <string.h>

#include "desk/paths.h"
#include "desk/work_file.h"

/* A path of a step that is read from the folder of the flow. */
static bool
is_relative(const char *path)
{
	return path[0] && path[0] != '/' && !strstr(path, "://") && !strstr(path, "{{");
}

static bool
move_paths(struct flow *flow, size_t place, const char *from, const char *to,
	   struct error *err)
{
	struct arena *arena = &flow->arena;
	const struct op *op;
	void *fields;
	bool moved = false;

	if (!step_read(&flow->nodes[place], &op, &fields, arena, err))
		return true; /* what nobody understands stays as it is */
	for (const struct param *p = op->params; p && p->name; p++) {
		const char **path = (void *)((char *)fields + p->offset);

		if (p->kind != KIND_PATH || !*path || !is_relative(*path))
			continue;
		*path = paths_from(paths_join(from, *path, arena), to, arena);
		moved = true;
	}
	return !moved || step_set(flow, place, op, fields, err);
}

bool
work_move(struct flow *flow, const char *path, struct error *err)
{
	const char *from = paths_folder(flow->path, &flow->arena);
	const char *to = paths_folder(path, &flow->arena);

	for (size_t i = 0; strcmp(from, to) != 0 && i < flow->n; i++)
		if (!move_paths(flow, i, from, to, err))
			return false;
	flow->path = arena_text(&flow->arena, path);
	return true;
}
