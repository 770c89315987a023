/*
 * row_index.h - where the rows of a source stand: their number, and any of them at once.
 *
 * The index knows how many rows begin in each chunk of about a megabyte, so it stays
 * small (some 40 bytes a chunk) and a row is found by reading its chunk. It is built by
 * any number of threads and can be used for what is known while it grows. In plain files
 * rows are counted at the speed of memory where the quotes are plain, else as readers
 * read them, and always to the same number; streams (a pipe, compressed, another
 * encoding) are read, and read again from their start to get at a row.
 */
#ifndef IO_ROW_INDEX_H
#define IO_ROW_INDEX_H

#include <stdatomic.h>

#include "data/table.h"
#include "io/io.h"

struct row_index;

/* The source must outlive it. */
CHECKED bool row_index_new(struct source *source, struct row_index **out,
			   struct error *err);
void row_index_free(struct row_index *index); /* NULL is fine; after all its threads */

/* Is a row got at without reading those before it? */
bool row_index_is_direct(const struct row_index *index);

/* Work until all is known, cancel is set (that is no error) or something fails. For
 * several threads at once, in the background perhaps. */
CHECKED bool row_index_work(struct row_index *index, const atomic_bool *cancel,
			    struct error *err);
/* The same by so many threads, this one among them. */
CHECKED bool row_index_build(struct row_index *index, size_t threads,
			     const atomic_bool *cancel, struct error *err);

/* Rows known from the first one on; *whole: there are no more. */
uint64_t row_index_rows(struct row_index *index, bool *whole);

/* The share of the source that they stand in, 0 to 1; 0 if that cannot be told. */
double row_index_share(struct row_index *index);

/* Add rows [first, first + n), as far as they are known, to the table. types: as struct
 * want has them. */
CHECKED bool row_index_read(struct row_index *index, uint64_t first, size_t n,
			    const enum type *types, struct table *out, struct error *err);

#endif
