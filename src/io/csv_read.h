/*
 * csv_read.h - a reader of CSV: the rows of one chunk, and batches out of them. Private.
 *
 * Rows come from one of two engines, which must agree: csv_chunk.c finds them in a piece
 * of a plain file by csv_scan.c, csv_piece.c has libcsv parse a piece of a stream. Both
 * leave them where values() finds them, and count what is wrong with them.
 */
#ifndef IO_CSV_READ_H
#define IO_CSV_READ_H

#include "io/cells.h"
#include "io/csv_file.h"

struct csv_row {        /* in a plain chunk */
	uint32_t start; /* place of its first byte */
	uint32_t first; /* in index.at: the end of its first field */
	uint32_t fields;
};

struct csv_value { /* in a piece of a stream: place in values; size 0: null */
	size_t at, size;
};

struct csv_reader {
	struct reader base;
	const struct csv_file *file;
	size_t columns;  /* of the source's files, without the filename column */
	size_t n_wanted; /* of them */
	size_t *wanted;
	size_t *place; /* per column: in wanted, or n_wanted */

	bool is_loaded;      /* the chunk at hand is read, or need not be */
	size_t in_file;      /* its number in its file */
	size_t chunk;        /* and in the pass */
	uint64_t line;       /* physical lines before it */
	struct buffer *raw;  /* its bytes */
	size_t before;       /* bytes of raw before the chunk's first */
	size_t n_rows, row;  /* all, and the next to go into a batch */
	struct troubles met; /* in this chunk; a place's line is still a place in raw */
	struct troubles troubles;

	/* A plain chunk. */
	struct buffer *at, *row_ends, *rows;
	struct csv_index index;

	/* A piece. */
	struct buffer *values, *cells; /* bytes, and n_wanted struct csv_value a row */

	bool even; /* every row has a field for each column */

	struct cells *out; /* per wanted column: what the batch in work has */
	size_t *bytes_out; /* and how many bytes of text the last one had */
	struct dictionary *dictionaries;
};

static inline struct text
csv_reader_data(const struct csv_reader *r)
{
	return (struct text){ r->raw->data + r->before, r->raw->size - r->before };
}

CHECKED bool csv_reader_init(struct csv_reader *r, struct pass *pass, size_t columns,
			     struct error *err);
void csv_reader_release(struct csv_reader *r);

/* The next rows of the chunk; *out stays if there are none. */
CHECKED bool csv_reader_batch(struct csv_reader *r, struct batch **out,
			      struct error *err);

/* Forget the chunk that was read: what was met in it is counted. */
void csv_reader_clear(struct csv_reader *r);
void csv_met(struct csv_reader *r, enum trouble kind, size_t place);

/* Go to a chunk of a plain file of the pass's source, out of turn, and to a row of it. */
CHECKED bool csv_reader_go(struct reader *reader, struct csv_file *file, size_t chunk,
			   size_t row, struct error *err);

/* Begin all files of a source; csv_source_file() gives one that has begun. */
CHECKED bool csv_source_begin(struct source *source, size_t *n, struct error *err);
struct csv_file *csv_source_file(struct source *source, size_t i);

/* Find the rows of a chunk of a plain file, which is in use. */
CHECKED bool csv_chunk_load(struct csv_reader *r, struct csv_file *file, size_t chunk,
			    struct error *err);
/* Its values of column, of n rows from row on; size 0: null. */
void csv_chunk_values(struct csv_reader *r, size_t column, size_t row, size_t n,
		      struct text *out);

/* Move the next piece of a stream, at least some bytes if there are, into raw. */
CHECKED bool csv_piece_cut(struct csv_reader *r, const struct csv_file *file,
			   struct window *window, size_t bytes, struct error *err);
/* Find its rows. */
CHECKED bool csv_piece_load(struct csv_reader *r, struct error *err);
void csv_piece_values(struct csv_reader *r, size_t place, size_t row, size_t n,
		      struct text *out);

#endif
