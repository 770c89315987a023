/*
 * work_step.h - a step behind the current one, as the user would say it.
 */
#ifndef WORK_STEP_H
#define WORK_STEP_H

#include "check.h"
#include "desk/step.h"
#include "desk/work.h"

/* settings: up to NULL, in the arena with all else. It is the current one then, and the
 * version another; its place. */
static inline size_t
work_step(struct work *work, const char *word, const char *const *settings,
	  struct arena *arena)
{
	const struct op *op = op_find(word);
	size_t place = work_place(work);
	struct error err = { 0 };
	void *fields;

	CHECK(op && step_fields(op, &fields, arena, &err));
	for (; *settings; settings++)
		CHECK(param_set(op->params, fields, *settings, arena, &err));
	CHECK(step_add(&work->flow, op, fields, place, FLOW_NONE, &place, &err));
	work_go(work, place);
	work->version++;
	return place;
}

#endif
