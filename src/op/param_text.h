/*
 * param_text.h - lists as text, with a backslash before what would be a separator.
 *
 * "" is no item at all; a lone backslash is one empty item. Private to the params.
 */
#ifndef OP_PARAM_TEXT_H
#define OP_PARAM_TEXT_H

#include "base/arena.h"
#include "base/names.h"

/* Items between separators. raw: they keep their backslashes, for a list within. */
struct names list_split(const char *text, char separator, struct arena *arena);
struct names list_split_raw(const char *text, char separator, struct arena *arena);

/* The inverse: the first of marks stands between items; all of them and backslashes
 * are escaped. raw: items are escaped already. */
const char *list_join(const struct names *items, const char *marks, struct arena *arena);
const char *list_join_raw(const struct names *items, char separator, struct arena *arena);

/* "'a', 'b'" of words up to NULL. */
const char *words_quoted(const char *const *words, struct arena *arena);

#endif
