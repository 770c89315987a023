/*
 * diff.h - what changed from one flow to another, step by step.
 *
 * Nodes are the same by id; of those that are left, by operator and parameters, then by
 * operator, in the order in which data passes them. What was learned is one entry, not
 * one for each number.
 */
#ifndef FLOW_DIFF_H
#define FLOW_DIFF_H

#include "flow/flow.h"

enum diff_kind {
	DIFF_ADDED,
	DIFF_REMOVED,
	DIFF_MOVED,   /* reads another node: path "inputs[0]", from and to are titles */
	DIFF_RENAMED, /* from and to are strings */
	DIFF_CHANGED, /* at path, from one value to another */
	DIFF_LEARNED, /* trained_parameters */
	DIFF_HEADER,  /* outside the nodes; no node */
};

struct flow_difference {
	enum diff_kind kind;
	const struct node *old, *new; /* NULL where it is not */
	const char *path;             /* "parameters.columns[2]"; NULL: the whole node */
	const struct json *from, *to; /* NULL: not there */
};

struct flow_diff {
	size_t n;
	struct flow_difference *at; /* nodes in the order of the new flow, then removed */
};

/* Both flows, and arena, must outlive the list. */
void flow_diff(const struct flow *a, const struct flow *b, struct flow_diff *diff,
	       struct arena *arena);

/* "changed", as text and JSON output say it. */
const char *diff_word(enum diff_kind kind);

#endif
