/*
 * recent.h - what was opened before, newest first.
 */
#ifndef DESK_RECENT_H
#define DESK_RECENT_H

#include <stdint.h>

#include "base/arena.h"
#include "desk/wake.h"

enum { RECENT_MOST = 20 };

struct recent {
	const char *path; /* absolute */
	int64_t time;     /* seconds since 1970 */
	int64_t rows;     /* -1: not known */
};

struct recents {
	size_t n;
	struct recent at[RECENT_MOST];
};

void recent_read(struct recents *out, struct arena *arena);
/* It was opened now; rows: -1: as they were known before. The file is written behind the
 * screen's back; if that fails nobody misses it. */
void recent_note(const char *path, int64_t rows, const struct wake *wake);

/* "just now", "2 h ago", "yesterday", "3 days ago", "2026-03-01". In the arena. */
const char *recent_ago(int64_t time, int64_t now, struct arena *arena);

#endif
