/*
 * work_file.h - what opening and saving share with the changes in between.
 */
#ifndef WORK_WORK_FILE_H
#define WORK_WORK_FILE_H

#include "work/work.h"

/* Keep the state that the document is in, with what led to it. */
void work_log(struct work *work, const char *command);
/* The current node, if it is there; else what it read; else what the flow comes to. */
void work_stay(struct work *work);

#endif
