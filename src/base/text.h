/*
 * text.h - bytes with a length: a cell, a name, a slice of a file.
 *
 * Not terminated, may hold NUL and broken UTF-8; borrowed, never owned.
 */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

struct text {
	const char *data;
	size_t size;
};

/* For printf: "%.*s", TEXT_ARG(text). */
#define TEXT_ARG(t) (int)((t).size > 512 ? 512 : (t).size), (t).data

static inline struct text
text_of(const char *s)
{
	return (struct text){ s, strlen(s) };
}

static inline bool
text_equal(struct text a, struct text b)
{
	return a.size == b.size && (a.size == 0 || memcmp(a.data, b.data, a.size) == 0);
}

static inline bool
text_is(struct text a, const char *s)
{
	return text_equal(a, text_of(s));
}

/* Behind a noun that is counted: "" for one, else "s". */
static inline const char *
text_plural(size_t n)
{
	return n == 1 ? "" : "s";
}

/* As unsigned bytes, the shorter first: the order of UTF-8 code points. */
int text_compare(struct text a, struct text b);

/* Without blanks at both ends: Java's trim(), every byte <= ' '. */
struct text text_trim(struct text t);

/* Nothing but blanks, or nothing at all. */
bool text_is_blank(struct text t);

/* ASCII letters equal in either case. */
bool text_is_nocase(struct text a, const char *s);

/* The next code point from *at on, which is moved behind it; U+FFFD and one byte
 * for what is not UTF-8. *at < t.size is required. */
uint32_t text_next(struct text t, size_t *at);

/* How many text_next() would give. */
size_t text_count(struct text t);

/* Append a code point as UTF-8 to out (room for 4); returns the bytes written. */
size_t text_put(uint32_t code, char *out);

bool text_is_utf8(struct text t);

/* Places of "a,b": cut at the first separator; the rest moves to *rest. */
struct text text_cut(struct text *rest, char separator);

/* The known word nearest to a wrong one (edit distance <= 2), or NULL: for
 * "did you mean". words ends with NULL. */
const char *text_nearest(const char *wrong, const char *const *words);

#endif
