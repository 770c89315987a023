/*
 * origin.h - a source of the flow, opened: where its files are, and its columns.
 */
#ifndef RUN_ORIGIN_H
#define RUN_ORIGIN_H

#include "io/io.h"
#include "run/plan.h"

/* What the source knot names, and its file on this machine; nothing is opened. */
CHECKED bool origin_find(struct plan *plan, const struct knot *knot,
			 struct dataset *dataset, const char **path, struct error *err);

/* The same in terms of io; nothing is kept of the file for later passes. */
CHECKED bool origin_options(struct plan *plan, const struct knot *knot,
			    struct source_options *options, struct error *err);

/* Open what the source knot names (--source, --map and parameters applied) and set its
 * schema. */
CHECKED bool origin_open(struct plan *plan, struct knot *knot, struct error *err);

/* What was odd in its data, as sentences. */
void origin_warn(const struct knot *knot, struct names *warnings, struct arena *arena);

#endif
