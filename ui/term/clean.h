/*
 * clean.h - text as a terminal may have it: the one place where bytes become characters.
 *
 * Cells, names, paths, messages of programs: whatever comes from outside is drawn through
 * this. A control byte (C0, C1, DEL) becomes its visible sign (U+2400 and on), what turns
 * the direction of writing or has no width becomes U+FFFD or is left out, what is no
 * UTF-8 becomes U+FFFD, at most two marks stay on a character. Widths come from width.h,
 * a table of our own, since libraries and terminals differ.
 */
#ifndef TERM_CLEAN_H
#define TERM_CLEAN_H

#include "base/arena.h"
#include "base/text.h"

/* What is seen in one place. */
struct seen {
	uint32_t code[3]; /* as struct cell has it */
	int width;        /* 1 or 2 */
};

/* The next one, at *at, which moves behind it; false at the end. */
bool clean_next(struct text text, size_t *at, struct seen *out);

/* A character of ours that takes one column: itself, or U+FFFD if it does not. */
uint32_t clean_code(uint32_t code);

/* All that is seen of it, as UTF-8 in the arena: for a clipboard. */
struct text clean_text(struct text text, struct arena *arena);

/* Columns that the text takes on the screen; counting stops behind `most`. */
int clean_columns(struct text text, int most);

/* Bytes of the text that fit into so many columns. */
size_t clean_fit(struct text text, int columns);

#endif
