/*
 * history.h - lines that were entered, kept for the next time.
 *
 * A file in the folder of the program's state, a line each, for its owner alone. It is
 * read and added to behind the screen's back; what cannot be read or written is no reason
 * to complain.
 */
#ifndef DESK_HISTORY_H
#define DESK_HISTORY_H

#include "base/names.h"
#include "desk/job.h"

struct history;

/* Begin to read; NULL: there is no home, or no thread. */
struct history *history_read(const struct wake *wake);
/* What was read, the last HISTORY_MOST lines; NULL: not yet. */
const struct names *history_lines(struct history *history);
void history_free(struct history *history); /* NULL is fine; does not wait */

enum { HISTORY_MOST = 1000 };

void history_add(const char *line, const struct wake *wake);

#endif
