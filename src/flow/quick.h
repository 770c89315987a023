/*
 * quick.h - a flow over one file, for commands that are given a file and no flow.
 *
 * It is what a user would build: a source and the step that finds its types; and a
 * destination if the rows are to go somewhere.
 */
#ifndef FLOW_QUICK_H
#define FLOW_QUICK_H

#include "data/dialect.h"
#include "flow/flow.h"

struct quick {
	const char *path;
	const char *format; /* "csv" */
	struct dialect dialect;
	const char *name; /* of the source; NULL: that of the file */
};

/* typed: the place of the node that finds the types. */
CHECKED bool flow_add_quick(struct flow *flow, const struct quick *quick, size_t *typed,
			    struct error *err);
/* The same in a flow of its own. */
CHECKED bool flow_quick(struct flow *flow, const struct quick *quick, size_t *typed,
			struct error *err);

#endif
