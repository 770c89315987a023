/*
 * opening.h - a flow, a table or a draft, opened behind the screen's back.
 *
 * All that may wait for a disk is done by a job: what is there is read and looked at, the
 * lock taken, a draft looked for. What comes of it is a work like any other, which its
 * owner takes, or drops.
 */
#ifndef DESK_OPENING_H
#define DESK_OPENING_H

#include "desk/work.h"

struct opening;

struct opening_spec {
	struct work work;                /* as work_open() wants it */
	const char *path;                /* NULL: a draft */
	const char *draft;               /* its journal; NULL: none */
	const struct work_stamp *unless; /* the file is like this: nothing is opened then;
					  * NULL: whatever it is like */
};

enum opening_end { OPENING_DONE, OPENING_FAILED, OPENING_NEEDLESS };

CHECKED bool opening_begin(const struct opening_spec *spec, struct opening **out,
			   struct error *err);
/* So many milliseconds at most: 0 only looks, -1 is as long as it takes. True: it has
 * ended. */
bool opening_wait(struct opening *opening, int milliseconds);
/* Of one that has ended, which is gone then: the work, if it is done. */
enum opening_end opening_take(struct opening *opening, struct work *work,
			      struct error *err);
/* It is not wanted. NULL is fine. */
void opening_drop(struct opening *opening);

#endif
