/*
 * work_file.h - what opening and saving share with the changes in between.
 */
#ifndef DESK_WORK_FILE_H
#define DESK_WORK_FILE_H

#include "desk/work.h"

/* Keep the state that the document is in, with what led to it. */
void work_log(struct work *work, const char *command);
/* The current node, if it is there; else what it read; else what the flow comes to. */
void work_stay(struct work *work);

/* Where the journal of what is worked on belongs: beside the flow file of this path, if
 * its folder takes one, else with the program's own things. NULL: nowhere. */
const char *work_journal_of(const char *path, struct arena *arena);
/* The same under a name that no other has, if path is NULL or the file is not ours. */
const char *work_journal(const struct work *work, const char *path, struct arena *arena);
/* A journal of what is to come; saved: the document as it is on the disk. replaces: what
 * stands in an earlier one is in the document. */
void work_keep(struct work *work, const char *journal, const struct flow *saved,
	       bool replaces);
/* Look for a draft of what was opened. */
void work_find_draft(struct work *work);

/* The flow stands at this path from now on: its relative paths are written for there, and
 * what reads a table that was put elsewhere reads it there. */
CHECKED bool work_move(struct flow *flow, const char *path,
		       const struct moved_table *kept, struct error *err);
/* Put a table beside a flow, under a name like the flow's that is free. out->to is in the
 * arena. */
CHECKED bool work_keep_table(const char *table, const char *flow, struct moved_table *out,
			     struct arena *arena, struct error *err);

#endif
