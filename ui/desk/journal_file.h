/*
 * journal_file.h - the lines of a journal and how they reach the disk; private to the
 * journal and those who read one.
 */
#ifndef DESK_JOURNAL_FILE_H
#define DESK_JOURNAL_FILE_H

#include "base/memory.h"
#include "desk/journal.h"

enum { JOURNAL_VERSION = 1 };

struct journal_file {
	struct arena arena;
	const char *path, *flow, *table; /* flow, table: NULL: none */
	const char *at; /* where relative paths of the document begin, as a file there */
	bool replaces;
	int fd;               /* -1: not made yet */
	uint64_t size;        /* bytes that are safe */
	struct buffer *base;  /* the document of the first line */
	struct buffer *tip;   /* that which the lines lead to */
	struct buffer *lines; /* that wait to be written */
	struct buffer *did;   /* commands of the next line */
	size_t n;             /* commands in all */
};

void journal_file_init(struct journal_file *file, const struct journal_spec *spec,
		       const char *at);
/* Takes the buffer. */
void journal_file_base(struct journal_file *file, struct buffer *base);
CHECKED bool journal_file_command(struct journal_file *file, const char *command,
				  struct error *err);
/* The commands so far led from the tip to this document, which becomes the tip. */
CHECKED bool journal_file_line(struct journal_file *file, struct buffer *now,
			       struct error *err);
/* All lines are on the disk, or the file is as it was and they wait. */
CHECKED bool journal_file_sync(struct journal_file *file, struct error *err);
void journal_file_close(struct journal_file *file, bool keep);

#endif
