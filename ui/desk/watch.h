/*
 * watch.h - whether files of the flow have changed on the disk.
 *
 * Every two seconds a job looks at the flow file and the tables that the flow reads:
 * time, size, number. Looking (instead of being told) works on every file system.
 */
#ifndef DESK_WATCH_H
#define DESK_WATCH_H

#include "desk/work.h"

enum { WATCH_EVERY = 2000 }; /* milliseconds */

struct watch;

struct watch *watch_new(const struct wake *wake);
void watch_free(struct watch *watch);

/* Look at the files of the work, if it is time to; now: milliseconds. */
void watch_look(struct watch *watch, const struct work *work, int64_t now);
/* A file that has changed since it was first seen, each change once, and what it is now;
 * NULL: none. Until the next call. */
const char *watch_found(struct watch *watch, struct work_stamp *now);

/* Is the file one of those that the flow reads, under whatever name? */
bool watch_reads(const struct work *work, const char *path);

#endif
