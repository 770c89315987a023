/*
 * work.h - what a user works on: a flow, where in it they are, and what is not saved yet.
 *
 * Every change goes through this: it is made in the flow's document (flow/edit.h, which
 * keeps what to undo), noted in the journal (journal.h), and counted in `version`, by
 * which those who show the flow see that it is another one. No screen in here.
 */
#ifndef WORK_WORK_H
#define WORK_WORK_H

#include "flow/edit.h"
#include "op/op.h"
#include "run/run.h"
#include "work/step.h"
#include "work/wake.h"

struct journal; /* journal.h */

struct work {
	struct arena arena;
	bool is_open;
	struct flow flow;
	char *path;       /* of the flow file; NULL: it has none yet */
	char *table;      /* the table that it was begun with; NULL: opened as a flow */
	char node[80];    /* id of the current node; "" if there is none */
	unsigned version; /* of the document: another one with every change */
	unsigned saved;   /* the version that is on the disk */
	bool is_trusted;  /* code in it may run */
	bool is_locked;   /* somebody else has it open: nothing is saved */
	struct run_options options; /* maps, params, memory and so on, for all runs */
	struct journal *journal;    /* NULL: none is kept */
	struct wake *wake;
};

/* A flow file, or a table, which becomes the source of a new flow. */
CHECKED bool work_open(struct work *work, const char *path, struct error *err);
CHECKED bool work_new(struct work *work, struct error *err);
void work_close(struct work *work); /* the journal stays if something is not saved */

/* Place of the current node, or FLOW_NONE. */
size_t work_place(const struct work *work);
/* Make the node at this place the current one; that is no change. */
void work_go(struct work *work, size_t place);

/* Something in the flow was changed: count, note it in the journal. command: what the
 * user could have typed. Whoever calls flow_*() calls this. */
CHECKED bool work_changed(struct work *work, const char *command, struct error *err);

/* A step behind the current node, which it becomes the current one; a node of two inputs
 * reads `second` as well (FLOW_NONE: none). */
CHECKED bool work_add_step(struct work *work, const struct op *op, const void *fields,
			   size_t second, struct error *err);
/* Other settings for the step at a place. */
CHECKED bool work_set_step(struct work *work, size_t place, const struct op *op,
			   const void *fields, struct error *err);
CHECKED bool work_undo(struct work *work, struct error *err);
CHECKED bool work_redo(struct work *work, struct error *err);

/* Whole or not at all; NULL: where it came from. */
CHECKED bool work_save(struct work *work, const char *path, struct error *err);
bool work_is_saved(const struct work *work);

/* A flow of its own with the same document, for a thread that works while the user goes
 * on; nothing is shared. */
CHECKED bool work_snapshot(const struct flow *flow, struct flow *out, struct error *err);

#endif
