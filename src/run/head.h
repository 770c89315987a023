/*
 * head.h - the first rows of a file, typed as a flow would type them.
 */
#ifndef RUN_HEAD_H
#define RUN_HEAD_H

#include "run/run.h"

struct head {
	struct arena arena;
	struct schema schema;
	struct batch *rows; /* at most as many as asked for */
	struct names warnings;
	size_t n_run; /* nodes that ran for it; the rest was in the cache */
};

/*
 * With options->cache, rows that were made before are found there, and rows of a node
 * whose steps have learned are made of those of the node above: then a step that is
 * edited runs alone. The outcome is the same.
 */

/* node: of the flow; no more of the data is read than these rows (and what has to be
 * learned before them) ask for. */
CHECKED bool head_of_node(struct flow *flow, const char *node,
			  const struct run_options *options, size_t rows,
			  struct head *head, struct error *err);
/* A file that no flow describes. */
CHECKED bool head_of_file(const char *path, const struct run_options *options,
			  size_t rows, struct head *head, struct error *err);
void head_release(struct head *head);

#endif
