/*
 * pack.h - batches as compact runs of bytes, and rows of them back.
 *
 * A page holds the rows of one batch, row behind row, in records of one width: whole
 * numbers and floats that are short decimals as offsets from a base in 0, 1, 2, 4 or 8
 * bytes, codes of dictionaries in 1, 2 or 4, bools and nulls as bits, short texts in
 * their place, long ones and objects in a tail behind the records. So any row can be
 * taken out of any page at the cost of about one cache line.
 *
 * What pages of one table have in common stands in a struct packing, beside them:
 * formats of records, which only widen, so that soon all pages have the same one; and
 * for each column one list of the words of all its dictionaries. Every type and layout
 * comes back with the same values and nulls (floats bit by bit), strings as dictionary
 * if all that is asked for came so, else plain.
 *
 * A page is one block of memory without pointers into itself: it may be written, read
 * and copied as bytes, as long as its packing lives. Packing and unpacking are safe
 * from several threads.
 */
#ifndef DATA_PACK_H
#define DATA_PACK_H

#include "data/batch.h"

struct format; /* of a record */
struct packing;

CHECKED struct packing *packing_new(struct error *err);
struct packing *packing_share(struct packing *packing);
void packing_drop(struct packing *packing); /* NULL is fine */

struct packed {
	uint64_t size; /* bytes in all, this head included */
	uint64_t tail; /* where it begins */
	size_t rows;
	const struct format *format; /* belongs to the packing */
};

/* The rows of a batch, which stays the caller's. All batches of one packing have as many
 * columns, of the same types. */
CHECKED struct packed *pack(struct packing *packing, const struct batch *batch,
			    struct error *err);
void packed_free(struct packed *page); /* NULL is fine */

/* The one that it belongs to; not shared by the call. */
struct packing *packed_packing(const struct packed *page);
/* Is a string column there as codes of words? */
bool packed_has_codes(const struct packed *page, size_t column);

/* All words of a column, in the order of their codes, to share. */
CHECKED struct column *packing_words(struct packing *packing, size_t column,
				     struct error *err);
/* Those of another packing's column become words of this one's too, if they may. */
CHECKED bool packing_join(struct packing *packing, struct packing *other, size_t column,
			  struct error *err);

/* wanted: by column; false: it stays NULL. NULL: all of them. */
CHECKED struct batch *unpack(struct packing *packing, const struct packed *page,
			     const bool *wanted, struct error *err);

/* A row of a list of pages. */
struct packed_row {
	uint32_t page, row;
};

/* n rows, at least one, in the order given. Pages may belong to several packings with the
 * same columns: dictionaries come in the words of the one that is named. */
CHECKED struct batch *unpack_rows(struct packing *packing,
				  const struct packed *const *pages,
				  const struct packed_row *rows, size_t n,
				  const bool *wanted, struct error *err);

#endif
