/*
 * draft.h - what a journal gives back: a document that nobody saved.
 */
#ifndef DESK_DRAFT_H
#define DESK_DRAFT_H

#include "base/arena.h"
#include "base/memory.h"
#include "base/names.h"
#include "desk/owner.h"

struct draft {
	struct arena arena;
	const char *path;  /* of the journal */
	const char *flow;  /* the flow file; NULL: it had none yet */
	const char *table; /* that it was begun with; NULL: none */
	const char *at;    /* a file in the folder of relative paths; NULL: not known */
	struct owner owner;
	int64_t time;          /* of the last change; seconds since 1970 */
	struct names commands; /* one after the other */
	struct buffer *base, *text;
};

/* Up to the first line that is not whole, or does not fit. */
CHECKED bool draft_read(const char *path, struct draft *draft, struct error *err);
void draft_release(struct draft *draft);

/* Of a flow file, or a table that a flow was begun with: the newest that says something
 * else than the flow file does, and that nobody writes. False: there is none. What says
 * nothing new is removed. */
bool draft_find(const char *flow, const char *table, struct draft *out);

/* Somebody still writes it. */
bool draft_is_live(const struct draft *draft);
/* Does it say what the flow file, or, without one, its base does not? */
bool draft_says_more(const struct draft *draft);

/* Files of drafts: that of a flow, beside it or with the program's own things; and all of
 * flows that have no file, or no place for one beside it. */
const char *draft_beside(const char *flow, struct arena *arena);
const char *draft_apart(const char *key, struct arena *arena);
void draft_list(struct names *paths, struct arena *arena);

#endif
