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

/* A journal of what is to come; the document is as it is on the disk. replaces: what
 * stands in an earlier one is in the document. */
void work_keep(struct work *work, bool replaces);
/* Look for a draft of what was opened. */
void work_find_draft(struct work *work);

#endif
