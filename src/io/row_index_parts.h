/*
 * row_index_parts.h - what the parts of a row index share: its insides.
 *
 *	row_index.c		chunks are joined in their order, by any number of threads
 *	row_index_lines.c	one chunk is counted by its newlines
 *	row_index_read.c	rows are read by their numbers
 */
#ifndef IO_ROW_INDEX_PARTS_H
#define IO_ROW_INDEX_PARTS_H

#include <pthread.h>

#include "io/csv_lines.h"
#include "io/csv_read.h"
#include "io/row_index.h"

struct chunk {
	uint64_t first; /* the first row that starts in it, if joined */
	uint64_t line;  /* newlines of the file before it, if joined */
	uint64_t newlines;
	uint64_t rows[LINES_BOTH];
	bool known;
	bool by_reader; /* rows[LINES_OUTSIDE] is what a reader found */
	bool odd[LINES_BOTH], flips, quotes;
	bool ends_in_quote;
	bool inside; /* it begins within quotes, if joined */
};

struct part { /* a plain file */
	struct csv_file *file;
	size_t first, n;  /* of the chunks */
	size_t read_from; /* chunks from here on are for a reader */
};

struct row_index {
	struct source *source;
	bool direct; /* all files are plain: chunks are theirs, one after the other */
	size_t n_parts;
	struct part *parts;
	struct pass *pass; /* without columns: for readers */

	pthread_mutex_t lock; /* of all below */
	struct buffer *chunks;
	size_t n_chunks; /* of direct: all; else: met so far */
	size_t next;     /* of direct: where to look for one to count */
	size_t joined;
	uint64_t rows;
	size_t at_work; /* threads */
	bool end_met;   /* of a stream; some may be at work yet */
	bool ended, failed;
	struct error err;
};

static inline struct chunk *
index_chunk(const struct row_index *index, size_t i)
{
	return (struct chunk *)(void *)index->chunks->data + i;
}

/* The file that a chunk is of; direct indexes only. */
struct part *index_part(const struct row_index *index, size_t chunk);

/* Tell the file of a part what the index knows of the states that its chunks begin in, up
 * to the chunk of that number in it. Takes both locks. */
void index_seed(struct row_index *index, struct part *part, size_t upto);

/* Count a chunk of a file that is in use, for both states that it may begin in. raw: room
 * that the thread keeps. */
CHECKED bool chunk_count(struct csv_file *file, size_t number, struct buffer *raw,
			 struct chunk *out, struct error *err);

#endif
