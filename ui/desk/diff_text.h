/*
 * diff_text.h - what changed from one flow to another, as lines to read.
 */
#ifndef DESK_DIFF_TEXT_H
#define DESK_DIFF_TEXT_H

#include "flow/diff.h"

/* A line each; "no difference" if there is none. */
CHECKED bool diff_text(const struct flow *old, const struct flow *new, struct buffer *out,
		       struct error *err);

#endif
