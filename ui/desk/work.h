/*
 * work.h - what a user works on: a flow, where in it they are, and what is not saved yet.
 *
 * Every change goes through this: it is made in the flow's document (flow/edit.h, which
 * keeps what to undo), noted in the journal (journal.h), and counted in `version`, by
 * which those who show the flow see that it is another one. No screen in here.
 */
#ifndef DESK_WORK_H
#define DESK_WORK_H

#include "desk/lock.h"
#include "desk/step.h"
#include "desk/wake.h"
#include "flow/edit.h"
#include "flow/quick.h"
#include "op/op.h"
#include "run/run.h"

struct journal; /* journal.h */
struct save;    /* work_save.c */

/* A state that the document was in. */
struct work_edit {
	const struct json *document;
	const char *command; /* what led to it */
	const char *node;    /* current then */
	int64_t time;        /* seconds since 1970 */
};

/* A file as it was when it was read or written; all 0: there was none. */
struct work_stamp {
	int64_t seconds, nanoseconds;
	uint64_t size, file;
};

struct work_stamp work_stamp_of(const char *path);
bool work_stamp_is(const struct work_stamp *a, const struct work_stamp *b);

/* A table that went from one file into another. */
struct moved_table {
	const char *from, *to;
};

struct work {
	struct arena arena;
	bool is_open;
	struct flow flow;
	char *path;  /* of the flow file; NULL: it has none yet */
	char *table; /* the table that it was begun with; NULL: opened as a flow */
	/* The table is a temporary file, of what came by a pipe, and goes when the program
	 * ends. The first save puts it beside the flow. */
	bool is_piped;
	struct moved_table kept; /* where it was put; its texts are NULL: nowhere */
	char node[80];           /* id of the current node; "" if there is none */
	char above[80]; /* of the one that it reads: goes on from there if it goes */
	const struct json *seen;    /* the document as it was last counted */
	unsigned version;           /* of the document: another one with every change */
	const struct json *on_disk; /* the document there; NULL: none that we have */
	struct save *saves;         /* on their way there, in order; NULL: none */
	bool trusts_all;            /* the command line said so: of all flows */
	bool is_trusted;            /* code in it may run; set by work_trust() alone */
	bool is_locked; /* somebody else has it open: nothing is saved there */
	struct holder locked_by;
	struct lock lock;
	struct work_stamp stamp;    /* of the flow file */
	struct run_options options; /* maps, params, memory and so on, for all runs */
	struct journal *journal;    /* NULL: none is kept */
	char *draft; /* journal of changes that were not saved before; NULL: none */
	size_t draft_edits;
	int64_t draft_time; /* of the last of them; seconds since 1970 */
	struct wake *wake;
	struct work_edit *edits; /* in the order in which they came */
	size_t n_edits, room_edits;
};

/* A flow file, or a table, which becomes the source of a new flow. trusts_all, options
 * and wake are there already, and is_piped, all else is nought; on an error nothing is open. */
CHECKED bool work_open(struct work *work, const char *path, struct error *err);
CHECKED bool work_new(struct work *work, struct error *err);
/* Waits for what is being saved. What is not saved then stays as a draft in the journal.
 * Options stay. */
void work_close(struct work *work);

/* Place of the current node, or FLOW_NONE. */
size_t work_place(const struct work *work);
/* Make the node at this place the current one; that is no change. */
void work_go(struct work *work, size_t place);

/* Something in the flow was changed: count, note it in the journal. command: what the
 * user could have typed. Whoever calls flow_*() calls this. */
CHECKED bool work_changed(struct work *work, const char *command, struct error *err);

/* A step, and what it reads beside the node that it stands behind. */
struct work_step {
	const struct op *op;
	const void *fields;
	size_t second; /* the second of two inputs; FLOW_NONE: none, or as it was */
	const struct quick *file; /* that, as a source that is not there yet; NULL: no */
	bool branches;            /* what reads the node does not read the step */
	const char *command;      /* what the user could have typed */
};

/* A step behind the current node; it becomes the current one. With its source one change,
 * and none at all on an error. */
CHECKED bool work_add_step(struct work *work, const struct work_step *step,
			   struct error *err);
/* Other settings for the step at a place, in the same way. */
CHECKED bool work_set_step(struct work *work, size_t place, const struct work_step *step,
			   struct error *err);
CHECKED bool work_undo(struct work *work, struct error *err);
CHECKED bool work_redo(struct work *work, struct error *err);
/* The state that the document is in, or was in: its entry; NULL: not known. */
const struct work_edit *work_edit_of(const struct work *work,
				     const struct json *document);

/*
 * To save takes as long as a disk takes, so it is begun, and ends some time later. What is
 * written is the document as it was when that was asked for; what is changed meanwhile is
 * not saved. Several saves are done in their order. path NULL: where it came from; ".flow"
 * is added where it is missing. In another folder, relative paths of the flow are written
 * for that one. The file is there whole or not at all.
 */
enum save_end {
	SAVE_DONE,
	SAVE_FAILED,      /* see err */
	SAVE_IS_THERE,    /* another file has that name */
	SAVE_HAS_CHANGED, /* somebody else wrote the flow file */
	SAVE_IS_TAKEN,    /* and has seized its lock: see holder */
	SAVE_SEIZED,      /* nothing was to be written: work_seize_begin() */
};

struct save_report {
	enum save_end end;
	const char *path; /* absolute; as long as the work */
	bool is_same;     /* where it came from */
	const char
		*kept; /* the table came by a pipe, and is here now; NULL: it did not */
	struct holder holder;
	struct error err;
};

/* over: whatever is there; else the last three ends are possible, and nothing is
 * written. */
CHECKED bool work_save_begin(struct work *work, const char *path, bool over,
			     struct error *err);
/* The lock of the flow file, from whoever has it, among the saves: it can be saved then. */
CHECKED bool work_seize_begin(struct work *work, struct error *err);
/* The next one that has ended; its wake was told. False: none, or, unless it may ask, one
 * that ends in a question. */
bool work_save_news(struct work *work, bool may_ask, struct save_report *out);
/* Wait for all of them: how the last one ended. */
struct save_report work_save_wait(struct work *work);
/* The path of the one that is under way; NULL: none is. */
const char *work_saving(const struct work *work);
/* The same at once, over whatever is there, behind those that were begun. */
CHECKED bool work_save(struct work *work, const char *path, struct error *err);
bool work_is_saved(const struct work *work);
/* Its name, or one that would do, beside the table. In the arena. */
const char *work_suggest(const struct work *work, struct arena *arena);

/* What was not saved when the program ended, as one change that can be taken back. */
CHECKED bool work_restore(struct work *work, struct error *err);
/* A draft by its journal, with the flow or the table that it is of: as work_open(), then
 * work_restore(). */
CHECKED bool work_open_draft(struct work *work, const char *journal, struct error *err);
/* The draft is of no use: it is put aside, "~" behind its name. */
void work_drop_draft(struct work *work);
/* What is not saved is not wanted: before work_close(). */
void work_discard(struct work *work);
/* Why changes do not reach the journal; empty: they do. */
void work_trouble(const struct work *work, struct error *out);

/* Addresses that begin with prefix are in this folder from now on, until the end. What
 * it keeps is in the arena that is passed, which outlives the work. */
void work_map(struct work *work, const char *prefix, const char *folder,
	      struct arena *lasting);
/* The folder of an address that a source reads, the current one if it is one; "": all
 * sources are on this machine. In the arena. */
const char *work_elsewhere(const struct work *work, struct arena *arena);
/* What the flow comes to may be another thing now, though nothing in it was changed. */
void work_look_again(struct work *work);

/* Code in the flow may run from now on. What stood in a file when it was opened was
 * written by anybody: it waits for this. */
void work_trust(struct work *work);
/* Something came in from elsewhere (a paste, a draft): if the flow has code now, it waits
 * again. */
void work_suspect(struct work *work);
/* Is it a step with code? */
bool work_runs_code(const struct node *node);
/* A flow of its own with the same document, for a thread that works while the user goes
 * on: takes no longer than to look at the nodes (flow_share()). */
CHECKED bool work_snapshot(const struct flow *flow, struct flow *out, struct error *err);

#endif
