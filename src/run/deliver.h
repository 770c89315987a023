/*
 * deliver.h - a destination being written: bytes are formatted by many threads, get their
 * place in order, and are written there by those that have them; into pipes in order,
 * by one at a time. The file appears whole or not at all.
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
/* Any thread: a chunk's bytes are all there; they are packed if the file is. */
CHECKED bool deliver_pack(const struct deliver *deliver, struct buffer **bytes,
			  struct error *err);

struct deliver_place {
	bool open; /* the bytes are still to be filled in */
	uint64_t at;
};

/* In order: what the threads formatted (rows of it), or a batch for a sink. *place is
 * where the bytes go, unless they have been written now. *enough is set when nobody
 * wants more. */
CHECKED bool deliver_write(struct deliver *deliver, const struct buffer *bytes,
			   uint64_t rows, struct deliver_place *place, bool *enough,
			   struct error *err);
CHECKED bool deliver_take(struct deliver *deliver, const struct batch *batch,
			  bool *enough, struct error *err);
/* Any thread: the bytes of an open place, before the commit. */
CHECKED bool deliver_fill(const struct deliver *deliver, const struct buffer *bytes,
			  const struct deliver_place *place, struct error *err);
bool deliver_is_sink(const struct deliver *deliver);
uint64_t deliver_rows(const struct deliver *deliver);

/* All files of a run are written; now they appear. What is odd about what they hold is
 * told in warnings. */
CHECKED bool deliver_commit(struct deliver *deliver, struct run_delivery *report,
			    struct names *warnings, struct arena *arena,
			    struct error *err);
void deliver_close(struct deliver *deliver); /* removes what was not committed */

#endif
