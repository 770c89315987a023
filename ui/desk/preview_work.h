/*
 * preview_work.h - what a job of a previewer does; private to previews.
 */
#ifndef DESK_PREVIEW_WORK_H
#define DESK_PREVIEW_WORK_H

#include "desk/preview.h"
#include "run/cache.h"

/* Tables that were read; goes with the last who uses it. */
struct shelf {
	struct cache *cache;
	atomic_int refs;
};

/* What a job works on, and what it makes: one of the two. */
struct ask {
	struct arena arena;
	struct flow flow;
	const char *node;
	struct run_options options;
	struct shelf *shelf;
	struct preview *preview;
	struct preview_count *count;
};

void preview_work(void *context, const atomic_bool *cancel);
void preview_work_count(void *context, const atomic_bool *cancel);

#endif
