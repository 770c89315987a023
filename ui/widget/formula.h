/*
 * formula.h - help with a formula while it is typed: how its words look, and how a word
 * that was begun may end.
 */
#ifndef WIDGET_FORMULA_H
#define WIDGET_FORMULA_H

#include "base/arena.h"
#include "data/schema.h"
#include "term/surface.h"
#include "widget/picker.h"

/* A paint for each byte. schema may be NULL. problem: a sentence that may say where it is
 * wrong ("position 5: ..."); NULL: none. */
struct paint *formula_paints(struct text formula, const struct schema *schema,
			     const char *problem, struct arena *arena);

/* Bytes before `at` that begin a name; 0: none. */
size_t formula_begun(struct text formula, size_t at);

/* Names that begin so: columns, then functions. *n 0: there are none, or it is one of
 * them already. */
struct pick *formula_ends(struct text begun, const struct schema *schema, size_t *n,
			  struct arena *arena);

/* What is typed for such a name: columns in backticks where need be. */
const char *formula_word(const struct pick *pick, struct arena *arena);

#endif
