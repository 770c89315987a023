/*
 * quote.h - names and values as formulas and settings have them.
 *
 * All in the arena.
 */
#ifndef WIDGET_QUOTE_H
#define WIDGET_QUOTE_H

#include "base/arena.h"
#include "base/text.h"
#include "data/type.h"

/* A column in a formula: `a name`. */
const char *quote_name(const char *name, struct arena *arena);
/* A value in a formula: 'a text', or a number as it is. */
const char *quote_value(enum type type, struct text value, struct arena *arena);
/* Names as param_set() takes a list: with commas between, a backslash before those within
 * a name. */
const char *quote_list(const char *const *names, size_t n, struct arena *arena);

#endif
