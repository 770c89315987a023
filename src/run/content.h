/*
 * content.h - what the rows of a node are made of, as a key: equal keys, equal rows.
 *
 * Into a key go the operators and settings of the node and all above it, what they have
 * learned as far as the flow has it, parameters of the flow, and the identity of each
 * file (path, size, time of the last change, inode). Names and places of nodes do not.
 */
#ifndef RUN_CONTENT_H
#define RUN_CONTENT_H

#include "run/plan.h"

struct contents {
	/* By node of the flow. NULL: not needed, or its rows may be others the next time:
	 * the outcome is random or made by code, or its file cannot be told from another
	 * (a pipe, a folder). */
	const char **keys;
	/* The same also for what is random or made by code: the settings are equal, and so
	 * may be the rows. NULL: not needed, or its file cannot be told from another. */
	const char **recipes;
	const char *files; /* the identities of the files alone */
};

/* Of a plan that is made; no data is read. In the plan's arena. */
CHECKED bool contents_of(struct plan *plan, struct contents *out, struct error *err);

#endif
