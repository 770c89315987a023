/*
 * caption.h - the name of a column as it stands over a narrow column.
 *
 * Widths follow the data, so names give way: a name that does not fit into a line is cut
 * into its words ("arrival_date", "ArrivalDate") and wrapped; a word that is too long
 * loses vowels from its end on, but the first letter ("distribtn"); what still does not
 * fit ends with an ellipsis. What neighbours have in common ("stays_in_") can stand once
 * above them. The same name in the same room always gives the same lines.
 */
#ifndef WIDGET_CAPTION_H
#define WIDGET_CAPTION_H

#include "base/text.h"

enum {
	CAPTION_LINES = 3,
	CAPTION_SIZE = 256, /* bytes of a line */
	CAPTION_WORD = 8,   /* columns that a word may ask for */
};

struct caption {
	int n; /* lines */
	char lines[CAPTION_LINES][CAPTION_SIZE];
};

/* The lines of a name in so many columns and at most so many lines. */
void caption_wrap(struct text name, int width, int lines, struct caption *out);

/* Columns that the name asks for if it may have so many lines: those of its longest
 * word, as far as words may ask. */
int caption_width(struct text name, int lines);

/* Words that the name has. */
int caption_words(struct text name);

/* Bytes that two names begin with and that end behind a '_' or '.'; something is left of
 * both. 0: none. */
size_t caption_common(struct text a, struct text b);

#endif
