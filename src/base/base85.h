/*
 * base85.h - bytes as text: four bytes in five characters, as Python's b85encode().
 *
 * The alphabet is that of RFC 1924 (digits, letters, 23 signs), without blanks or
 * line ends.
 */
#ifndef BASE_BASE85_H
#define BASE_BASE85_H

#include "base/arena.h"
#include "base/text.h"

/* Strict: a foreign character, a group above 2^32 - 1 or a lone last character is an
 * error that names its place. */
CHECKED bool base85_decode(struct text text, struct text *out, struct arena *arena,
			   struct error *err);

/* Terminated. */
char *base85_encode(struct text bytes, struct arena *arena);

#endif
