/*
 * deliver.h - a destination being written: bytes are formatted by many threads and
 * written by one at a time, in order. The file appears whole or not at all.
 */
#ifndef RUN_DELIVER_H
#define RUN_DELIVER_H

#include "run/plan.h"

struct deliver;

/* Where each destination's file goes: known before anything runs, so that names do not
 * depend on the order in which files are written. No two share a file. */
CHECKED bool deliver_places(struct plan *plan, struct error *err);

/* For the destination knot, whose input has this schema. Creates folders as needed. */
CHECKED struct deliver *deliver_open(struct plan *plan, struct knot *knot,
				     const struct schema *schema, struct error *err);

/* Any thread: a batch as bytes of the file. */
CHECKED bool deliver_format(struct deliver *deliver, const struct batch *batch,
			    struct buffer *out, struct error *err);

/* In order: what the threads formatted (rows of it), or a batch for a sink. *enough is
 * set when nobody wants more. */
CHECKED bool deliver_write(struct deliver *deliver, const struct buffer *bytes,
			   uint64_t rows, bool *enough, struct error *err);
CHECKED bool deliver_take(struct deliver *deliver, const struct batch *batch,
			  bool *enough, struct error *err);
bool deliver_is_sink(const struct deliver *deliver);
uint64_t deliver_rows(const struct deliver *deliver);

/* All files of a run are written; now they appear. */
CHECKED bool deliver_commit(struct deliver *deliver, struct run_delivery *report,
			    struct arena *arena, struct error *err);
void deliver_close(struct deliver *deliver); /* removes what was not committed */

#endif
