/*
 * dictionary.h - texts that repeat, each stored once, while that pays.
 *
 * A dictionary belongs to one column of one reader and lives as long: batch after batch,
 * texts become codes (0, 1, ... in the order they were first met). It is given up for
 * good when texts turn out not to repeat, or to be long; the reader then stores them one
 * behind the other. What a batch holds is a column of the texts met so far, which never
 * changes; batches between which nothing new was met share it, so that what others make
 * of its entries can be kept with it (column_memo()).
 */
#ifndef IO_DICTIONARY_H
#define IO_DICTIONARY_H

#include "data/column.h"

enum {
	DICTIONARY_MOST = 4096, /* entries */
	DICTIONARY_TEXT = 64,   /* bytes of an entry */
};

struct dictionary_place; /* of the hash table */

struct dictionary {
	bool off;      /* given up */
	uint64_t rows; /* texts looked up so far */
	size_t n, mask;
	struct dictionary_place *places;
	struct buffer *bytes, *ends; /* of the entries; ends: int64 each, from a 0 on */
	struct column *column;       /* the last one made; NULL: none, or it lacks some */
};

void dictionary_release(struct dictionary *d);

/* Codes of n texts (size 0: null, coded 0); 16 bytes behind each must be readable.
 * Returns how many were coded: fewer than n, if it is given up there. A dictionary of
 * zeroes is empty. */
CHECKED bool dictionary_code(struct dictionary *d, const struct text *texts, size_t n,
			     int32_t *codes, size_t *done, struct error *err);

/* The entries met so far, shared with the caller. */
CHECKED struct column *dictionary_column(struct dictionary *d, struct error *err);

/* At the end of a batch: give up, if it has too many entries for so few rows. */
void dictionary_judge(struct dictionary *d);

#endif
