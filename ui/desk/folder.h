/*
 * folder.h - what is in a folder, read behind the screen's back.
 *
 * Folders may be large or far away; one is read by a job, and a newer question takes the
 * place of an older one. Entries come in the order of a file browser: folders first, then
 * tables and flows, then what else there is; each by name.
 */
#ifndef DESK_FOLDER_H
#define DESK_FOLDER_H

#include <stdint.h>

#include "desk/job.h"

enum folder_kind { FOLDER_FOLDER, FOLDER_TABLE, FOLDER_FLOW, FOLDER_OTHER };

enum { FOLDER_MOST = 20000 };

struct folder_entry {
	const char *name;
	enum folder_kind kind;
	uint64_t size; /* of a file */
};

/* What was read; nothing in it changes any more. */
struct folder_list {
	const char *path; /* absolute */
	size_t n;
	struct folder_entry *entries;
	bool is_cut; /* there are more than FOLDER_MOST */
	bool has_failed;
	struct error err;
};

struct folder;

struct folder *folder_new(const struct wake *wake);
void folder_free(struct folder *folder); /* NULL is fine; does not wait */

/* path as paths.h reads it; hidden: also names that begin with a dot. */
CHECKED bool folder_read(struct folder *folder, const char *path, bool hidden,
			 struct error *err);
/* The newest that is there; NULL: none yet. Until the next call of folder_list(). */
const struct folder_list *folder_list(struct folder *folder);
bool folder_is_busy(struct folder *folder);

#endif
