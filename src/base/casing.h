/*
 * casing.h - letters in another case, by Unicode's full mappings, in no language.
 *
 * Each appends what becomes of t to out. Lengths may change (a sharp s has two capital
 * letters); a capital sigma that ends a word becomes a final one. Bytes that are not
 * UTF-8 stay as they are.
 */
#ifndef BASE_CASING_H
#define BASE_CASING_H

#include "base/memory.h"

struct arena;

CHECKED bool casing_lower(struct text t, struct buffer *out, struct error *err);
CHECKED bool casing_upper(struct text t, struct buffer *out, struct error *err);

/* A name in lower case, as Spark compares names; NULL: no memory. */
CHECKED const char *casing_lower_name(const char *name, struct arena *arena,
				      struct error *err);

/* As Python's str methods: a letter that follows no letter becomes a title letter, all
 * others lower ("don't" is "Don'T"). */
CHECKED bool casing_title(struct text t, struct buffer *out, struct error *err);
/* The first character as in a title, the rest lower. */
CHECKED bool casing_capitalize(struct text t, struct buffer *out, struct error *err);
/* Upper becomes lower, lower becomes upper. */
CHECKED bool casing_swap(struct text t, struct buffer *out, struct error *err);

#endif
