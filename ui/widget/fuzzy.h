/*
 * fuzzy.h - is what was typed in there, letter by letter, and how well?
 *
 * A pattern matches a text that has all its characters in the same order ("stdo" in
 * "Standard deviation outliers"). What begins words or stands together counts more, what
 * is skipped counts against it; the best way to place the letters is found. Case counts
 * only for capitals of the pattern. Blanks cut a pattern into parts, each of which must
 * match anywhere.
 */
#ifndef WIDGET_FUZZY_H
#define WIDGET_FUZZY_H

#include "base/text.h"

enum { FUZZY_TEXT = 128, FUZZY_PATTERN = 32 };

struct fuzzy {
	int score;                      /* more is better; for an empty pattern 0 */
	uint64_t hits[FUZZY_TEXT / 64]; /* by character of the text: it was matched */
};

/* Characters of the text behind FUZZY_TEXT are not looked at, nor are those of the
 * pattern behind FUZZY_PATTERN. */
bool fuzzy_match(struct text pattern, struct text text, struct fuzzy *out);

static inline bool
fuzzy_has(const struct fuzzy *fuzzy, size_t i)
{
	return i < FUZZY_TEXT && fuzzy->hits[i / 64] >> i % 64 & 1;
}

#endif
