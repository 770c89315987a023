/*
 * csv_file.h - one file of a CSV source. Private.
 *
 * A file is begun once: its dialect's details are looked up, lines are skipped, the
 * header is read. A plain file is then read in chunks by place, any of them by any
 * thread; whatever else (a pipe, compressed, another encoding, a delimiter of several
 * bytes) is a stream, read from its start in every pass.
 */
#ifndef IO_CSV_FILE_H
#define IO_CSV_FILE_H

#include <pthread.h>
#include <sys/types.h>
#include <time.h>

#include "io/bytes_window.h"
#include "io/csv.h"

/* A chunk of a plain file, as the chunks behind it need to know it. */
struct csv_mark {
	struct csv_summary summary;
	enum { MARK_NONE, MARK_BUSY, MARK_DONE } known;
	unsigned char start;         /* the state it begins in, if resolved */
	bool will_close[CSV_STATES]; /* what is open in that state closes, here or later
				      */
	uint64_t line;               /* physical lines before it, if resolved */
};

struct csv_file {
	struct origin origin;
	const char *shown; /* in the filename column */
	bool as_stream;    /* asked for */

	bool begun;
	bool plain;
	struct csv_rules rules;
	int64_t skip;
	uint64_t first;      /* place of the first byte behind the header */
	uint64_t first_line; /* physical lines before it */
	bool other_header;   /* its names are not the source's */
	struct names names;  /* as the header has them; without one: a name a field */

	/* Plain files. */
	uint64_t size, chunk_bytes;
	struct timespec changed;
	ino_t inode;
	size_t n_chunks;
	struct csv_mark *marks;
	size_t n_resolved;
	int fd;
	size_t users;
	pthread_mutex_t lock; /* of all below "Plain files" that changes */
	pthread_cond_t told;  /* a mark is done */
};

/* A row as it is in a header: decoded, NULL where it is null. */
struct csv_names {
	size_t n;
	struct text *at; /* in the arena */
};

void csv_file_init(struct csv_file *file);
void csv_file_release(struct csv_file *file);

/* Open a window on the file, behind skipped lines and header (close it even if this
 * fails). The first time, fill in what is to be known; first: the source's first file,
 * whose names count, NULL if this is it. */
CHECKED bool csv_file_begin(struct csv_file *file, const struct dialect *dialect,
			    const struct csv_file *first, struct window *window,
			    struct arena *arena, struct error *err);

/* Hold the file open; a change since it was begun is an error. */
CHECKED bool csv_file_use(struct csv_file *file, struct error *err);
void csv_file_leave(struct csv_file *file);

/* data[0, size) of the file from place on; it must be there. The file is in use. */
CHECKED bool csv_file_read(struct csv_file *file, uint64_t place, char *data, size_t size,
			   struct error *err);

/* The first place of a chunk; n_chunks: the end. */
uint64_t csv_chunk_place(const struct csv_file *file, size_t chunk);

/* The state in which a chunk begins, and the physical lines before it. have: the bytes
 * of this chunk with the byte before it, if at hand. A quote that never closes is
 * not open. */
CHECKED bool csv_file_state(struct csv_file *file, size_t chunk, struct text have,
			    struct csv_state *state, uint64_t *line, struct error *err);

/* A quoted field is open (or just closed, unless doubled) where the chunk begins: does
 * it close there or later? */
CHECKED bool csv_file_closes(struct csv_file *file, size_t chunk,
			     const struct csv_state *state, bool *closes,
			     struct error *err);

/* Names as Spark makes them out of a header (CSVHeaderChecker, makeSafeHeader). */
CHECKED bool csv_safe_names(const struct csv_names *header, struct names *out,
			    struct arena *arena, struct error *err);

#endif
