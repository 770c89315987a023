/* head_parts.h - what head.c and head_reuse.c share. Private. */
#ifndef RUN_HEAD_PARTS_H
#define RUN_HEAD_PARTS_H

#include "run/head.h"

/* A run up to options->node, of which the first rows are taken. */
CHECKED bool head_run(struct flow *flow, const struct run_options *options, size_t rows,
		      struct head *head, struct error *err);

/* The same with options->cache. */
CHECKED bool head_reuse(struct flow *flow, const struct run_options *options, size_t rows,
			struct head *head, struct error *err);

#endif
