/*
 * clip.h - a step on its way from one flow to another: the clipboard of all lariats.
 *
 * What is copied is a flow of its own: the node, and a node in the place of each that it
 * reads. It is put into a file of the user's, where any lariat of theirs finds it. The file is
 * written and read behind the screen's back.
 */
#ifndef DESK_CLIP_H
#define DESK_CLIP_H

#include "desk/job.h"
#include "flow/flow.h"

/* The node at a place as such a flow; it is the last node of it. */
CHECKED bool clip_copy(const struct flow *flow, size_t place, struct flow *out,
		       struct error *err);

/* Write it for others; nobody waits. */
CHECKED bool clip_put(const struct flow *clip, const struct wake *wake,
		      struct error *err);

/* Begin to read what is there; when the job is done, clip_take() it. */
CHECKED bool clip_get(const struct wake *wake, struct job **job, struct error *err);
CHECKED bool clip_take(struct job *job, struct flow *clip, struct error *err);

#endif
