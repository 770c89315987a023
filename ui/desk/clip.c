/* clip - a small flow, in $XDG_STATE_HOME/lariat/clipboard.flow. */
#include "desk/clip.h"

#include <stdlib.h>
#include <unistd.h>

#include "desk/paths.h"
#include "desk/work.h"

struct clip {
	struct flow flow;
	struct arena arena;
	const char *folder, *path;
	bool is_put, ok;
	struct error err;
};

/* What stands where the node reads: a source that is not pasted. */
static const struct json *
stand_in(const struct edge *edge, struct arena *arena)
{
	const struct json *output = json_with(
		json_new_object(), "name", json_new_string(edge->output, arena), arena);
	const struct json *json = json_new_object();

	json = json_with(json, "node_id", json_new_string(edge->node, arena), arena);
	json = json_with(json, "type", json_new_string("SOURCE", arena), arena);
	json = json_with(json, "operator", json_new_string("none", arena), arena);
	json = json_with(json, "parameters", json_new_object(), arena);
	json = json_with(json, "inputs", json_new_array(), arena);
	return json_with(json, "outputs", json_new_list(&output, 1, arena), arena);
}

/* Has an input before this one the same node? */
static bool
is_repeated(const struct node *node, size_t i)
{
	for (size_t j = 0; j < i; j++)
		if (!strcmp(node->inputs[j].node, node->inputs[i].node))
			return true;
	return false;
}

static const struct json *
document(const struct node *node, struct arena *arena)
{
	const struct json **nodes =
		ARENA_ARRAY(arena, node->n_inputs + 1, const struct json *);
	const struct json *json = json_new_object();
	size_t n = 0;

	for (size_t i = 0; i < node->n_inputs; i++)
		if (!is_repeated(node, i))
			nodes[n++] = stand_in(&node->inputs[i], arena);
	nodes[n++] = json_copy(node->json, arena);
	json = json_with(json, "metadata",
			 json_with(json, "version", json_new_long(1, arena), arena),
			 arena);
	return json_with(json, "nodes", json_new_list(nodes, n, arena), arena);
}

bool
clip_copy(const struct flow *flow, size_t place, struct flow *out, struct error *err)
{
	struct arena arena = { 0 };
	struct buffer *text = buffer_new(0, err);
	const bool ok =
		text &&
		json_write(document(&flow->nodes[place], &arena), NULL, text, err) &&
		flow_parse((struct text){ text->data, text->size }, out, err);

	buffer_drop(text);
	arena_release(&arena);
	return ok;
}

/* --- the file --- */

static void
work_at(void *context, const atomic_bool *cancel)
{
	struct clip *clip = context;

	(void)cancel; /* what was copied is there even if nobody waits */
	if (clip->is_put)
		clip->ok = paths_make(clip->folder, &clip->err) &&
			   flow_write(&clip->flow, clip->path, &clip->err);
	else
		clip->ok = (access(clip->path, F_OK) == 0 ||
			    fail(&clip->err, "no step was copied yet (y copies)")) &&
			   flow_read(clip->path, &clip->flow, &clip->err);
}

static void
discard(void *context)
{
	struct clip *clip = context;

	if (clip->is_put || clip->ok)
		flow_release(&clip->flow);
	arena_release(&clip->arena);
	free(clip);
}

static struct clip *
clip_new(bool is_put, struct error *err)
{
	struct clip *clip = calloc(1, sizeof *clip);

	if (!clip) {
		fail(err, "no memory for the clipboard");
		return NULL;
	}
	clip->is_put = is_put;
	clip->folder = paths_state(&clip->arena);
	if (!clip->folder) {
		fail(err, "there is no home for the clipboard");
		arena_release(&clip->arena);
		free(clip);
		return NULL;
	}
	clip->path = paths_join(clip->folder, "clipboard.flow", &clip->arena);
	return clip;
}

static bool
start(struct clip *clip, const struct wake *wake, struct job **job, struct error *err)
{
	const struct job_spec spec = { work_at, discard, clip, wake };

	if (job_start(&spec, job, err))
		return true;
	discard(clip);
	return false;
}

bool
clip_put(const struct flow *flow, const struct wake *wake, struct error *err)
{
	struct clip *clip = clip_new(true, err);
	struct job *job;

	if (!clip)
		return false;
	if (!work_snapshot(flow, &clip->flow, err)) {
		clip->is_put = false;
		discard(clip);
		return false;
	}
	if (!start(clip, wake, &job, err))
		return false;
	job_drop(job);
	return true;
}

bool
clip_get(const struct wake *wake, struct job **job, struct error *err)
{
	struct clip *clip = clip_new(false, err);

	return clip && start(clip, wake, job, err);
}

bool
clip_take(struct job *job, struct flow *flow, struct error *err)
{
	struct clip *clip = job_take(job);
	const bool ok = clip->ok;

	if (ok)
		*flow = clip->flow;
	else
		*err = clip->err;
	clip->ok = false; /* the flow is the caller's */
	discard(clip);
	return ok;
}
