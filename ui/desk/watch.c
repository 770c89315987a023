/* watch - stamps of files, compared with those of two seconds ago. */
#include "desk/watch.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "desk/job.h"
#include "desk/step.h"
#include "run/place.h"

struct stamp {
	const char *path;
	struct work_stamp at;
};

/* What one look has seen. */
struct look {
	struct arena arena;
	struct flow flow;
	struct names maps;
	size_t n;
	struct stamp *stamps;
};

struct watch {
	const struct wake *wake;
	struct job *job;
	struct look *last; /* NULL: none yet */
	int64_t since;
	char found[512];
};

/* --- the job --- */

static void
look_free(void *context)
{
	struct look *look = context;

	if (!look)
		return;
	flow_release(&look->flow);
	arena_release(&look->arena);
	free(look);
}

static void
add(struct look *look, const char *path)
{
	const struct stamp stamp = { path, work_stamp_of(path) };

	if (stamp.at.file)
		look->stamps[look->n++] = stamp;
}

/* The file that a source reads; NULL: it is not known. */
static const char *
path_of(const struct flow *flow, const struct node *node, const struct names *maps,
	struct arena *arena)
{
	struct dataset dataset = { 0 };
	struct error err;
	const struct op *op;
	const char *path;
	void *fields;

	if (node->type == NODE_SOURCE && step_read(node, &op, &fields, arena, &err) &&
	    op->source && op->source(fields, &dataset, arena, &err) &&
	    place_local(dataset.uri, maps, flow->path, &path, arena, &err))
		return path;
	return NULL;
}

static void
work_at(void *context, const atomic_bool *cancel)
{
	struct look *look = context;

	look->stamps = ARENA_ARRAY(&look->arena, look->flow.n + 1, struct stamp);
	if (look->flow.path)
		add(look, look->flow.path);
	for (size_t i = 0; i < look->flow.n && !atomic_load(cancel); i++) {
		const char *path = path_of(&look->flow, &look->flow.nodes[i], &look->maps,
					   &look->arena);

		if (path)
			add(look, path);
	}
}

/* --- what others call --- */

struct watch *
watch_new(const struct wake *wake)
{
	struct watch *watch = calloc(1, sizeof *watch);

	if (watch)
		watch->wake = wake;
	return watch;
}

void
watch_free(struct watch *watch)
{
	if (!watch)
		return;
	job_drop(watch->job);
	look_free(watch->last);
	free(watch);
}

static struct look *
look_new(const struct work *work)
{
	struct look *look = calloc(1, sizeof *look);
	struct error err;

	if (!look || !flow_share(&work->flow, &look->flow, &err)) {
		free(look);
		return NULL;
	}
	for (size_t i = 0; i < work->options.maps.n; i++)
		names_add(&look->maps, arena_text(&look->arena, work->options.maps.at[i]),
			  &look->arena);
	return look;
}

void
watch_look(struct watch *watch, const struct work *work, int64_t now)
{
	struct job_spec spec = { .work = work_at,
				 .release = look_free,
				 .wake = watch->wake,
				 .is_idle = true };
	struct error err;

	if (watch->job || now - watch->since < WATCH_EVERY)
		return;
	watch->since = now;
	spec.context = look_new(work);
	if (spec.context && !job_start(&spec, &watch->job, &err))
		look_free(spec.context);
}

/* The same file, but not as it was. */
static bool
differs(const struct stamp *a, const struct stamp *b)
{
	return !strcmp(a->path, b->path) && !work_stamp_is(&a->at, &b->at);
}

static const struct stamp *
changed(const struct look *old, const struct look *new)
{
	for (size_t i = 0; i < new->n; i++)
		for (size_t j = 0; old && j < old->n; j++)
			if (differs(&old->stamps[j], &new->stamps[i]))
				return &new->stamps[i];
	return NULL;
}

const char *
watch_found(struct watch *watch, struct work_stamp *now)
{
	const struct stamp *stamp;
	struct look *look;

	if (!watch->job || !job_is_done(watch->job))
		return NULL;
	look = job_take(watch->job);
	watch->job = NULL;
	stamp = changed(watch->last, look);
	if (stamp) {
		const size_t n = strnlen(stamp->path, sizeof watch->found - 1);

		memcpy(watch->found, stamp->path, n);
		watch->found[n] = '\0';
		*now = stamp->at;
	}
	look_free(watch->last);
	watch->last = look;
	return stamp ? watch->found : NULL;
}

bool
watch_reads(const struct work *work, const char *path)
{
	struct arena arena = { 0 };
	struct stat at, other;
	bool found = false;

	for (size_t i = 0; !stat(path, &at) && i < work->flow.n && !found; i++) {
		const char *read = path_of(&work->flow, &work->flow.nodes[i],
					   &work->options.maps, &arena);

		found = read && !stat(read, &other) && at.st_dev == other.st_dev &&
			at.st_ino == other.st_ino;
	}
	arena_release(&arena);
	return found;
}
