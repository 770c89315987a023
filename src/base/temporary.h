/*
 * temporary.h - files that are not whole yet, so that a hurried end can remove them.
 *
 * Whoever writes under a temporary name adds it before the file is made and removes it
 * after the rename (or the unlink). Safe across threads; temporary_unlink_all() may be
 * called from a signal handler. Beyond TEMPORARY_MOST files at once, or with a longer
 * path than TEMPORARY_PATH, a file is simply not remembered.
 */
#ifndef BASE_TEMPORARY_H
#define BASE_TEMPORARY_H

enum { TEMPORARY_MOST = 256, TEMPORARY_PATH = 1024 };

void temporary_add(const char *path);
void temporary_remove(const char *path);
void temporary_unlink_all(void);

#endif
