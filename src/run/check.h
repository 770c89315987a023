/*
 * check.h - what a flow would do, without running it.
 *
 * Every node gets a verdict: its operator is known, its settings are right, the columns
 * it names are there. Columns are known from what the flow stores (the schema below a
 * source) or, with data, from the files; behind a step that learns or runs code they may
 * be open. A node below a bad one is blocked.
 */
#ifndef RUN_CHECK_H
#define RUN_CHECK_H

#include "run/run.h"

enum verdict {
	VERDICT_FINE,
	VERDICT_OFF,     /* switched off */
	VERDICT_CHART,   /* a visualization: kept, not run */
	VERDICT_UNKNOWN, /* its operator is not known here */
	VERDICT_WRONG,   /* problem says why */
	VERDICT_BLOCKED, /* stands below one of those */
	VERDICTS,
};

struct verdict_of {
	enum verdict verdict;
	const char *problem;  /* a sentence, or "" */
	const char *op;       /* our operator, or "" */
	const char *file;     /* of a source, on this machine; NULL: not found out */
	struct schema schema; /* columns out, as far as known */
};

struct check {
	struct arena arena;
	struct verdict_of *nodes; /* as in the flow */
	size_t n_bad;             /* unknown or wrong */
};

/* options: maps, sources and params as for a run; data: open the sources. */
CHECKED bool check_flow(const struct flow *flow, const struct run_options *options,
			bool data, struct check *check, struct error *err);
void check_release(struct check *check);

const char *verdict_name(enum verdict verdict);

#endif
