/* opening - a job that opens a work. */
#include "desk/opening.h"

#include <stdlib.h>

#include "desk/job.h"

struct opening {
	struct job *job;
	struct arena arena;
	struct work work;
	const char *path, *draft;
	const struct work_stamp *unless;
	enum opening_end end;
	struct error err;
};

static bool
is_needless(const struct opening *opening)
{
	struct work_stamp now;

	if (!opening->unless)
		return false;
	now = work_stamp_of(opening->path);
	return work_stamp_is(&now, opening->unless);
}

static bool
open_any(struct opening *opening, struct error *err)
{
	struct work *work = &opening->work;

	if (opening->draft)
		return work_open_draft(work, opening->draft, err);
	return opening->path ? work_open(work, opening->path, err) : work_new(work, err);
}

static void
work_at(void *context, const atomic_bool *cancel)
{
	struct opening *opening = context;

	(void)cancel;
	if (is_needless(opening))
		opening->end = OPENING_NEEDLESS;
	else
		opening->end =
			open_any(opening, &opening->err) ? OPENING_DONE : OPENING_FAILED;
}

static void
release(struct opening *opening)
{
	arena_release(&opening->arena);
	free(opening);
}

static void
discard(void *context)
{
	struct opening *opening = context;

	if (opening->work.is_open)
		work_close(&opening->work);
	release(opening);
}

bool
opening_begin(const struct opening_spec *spec, struct opening **out, struct error *err)
{
	struct opening *opening = calloc(1, sizeof *opening);
	const struct job_spec job = { .work = work_at,
				      .release = discard,
				      .context = opening,
				      .wake = spec->work.wake,
				      .is_idle = true };

	*out = NULL;
	if (!opening)
		return fail(err, "no memory to open '%s'", spec->path);
	opening->work = spec->work;
	if (spec->path)
		opening->path = arena_text(&opening->arena, spec->path);
	if (spec->draft)
		opening->draft = arena_text(&opening->arena, spec->draft);
	if (spec->unless) {
		struct work_stamp *unless = ARENA_NEW(&opening->arena, struct work_stamp);

		*unless = *spec->unless;
		opening->unless = unless;
	}
	if (!job_start(&job, &opening->job, err)) {
		release(opening);
		return false;
	}
	*out = opening;
	return true;
}

bool
opening_wait(struct opening *opening, int milliseconds)
{
	return job_wait(opening->job, milliseconds);
}

enum opening_end
opening_take(struct opening *opening, struct work *work, struct error *err)
{
	const enum opening_end end = opening->end;

	job_take(opening->job);
	*work = opening->work;
	*err = opening->err;
	release(opening);
	return end;
}

void
opening_drop(struct opening *opening)
{
	if (opening)
		job_drop(opening->job);
}
