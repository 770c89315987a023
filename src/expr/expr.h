/*
 * expr.h - formulas: the core of Spark SQL's expressions, over the columns of a batch.
 *
 *	read	text to tree, no columns known yet; a wrong formula is an error with its
 *		position (in characters, from 1)
 *	bind	names become columns, every node gets its type, casts that Spark makes
 *		without being asked (ANSI mode off) are put in
 *	run	a column out of a batch's columns: node by node, each over all rows
 *
 * What is made of no column is worked out when it is bound, and stays one value. What is
 * made of one column of texts with a dictionary is worked out for its entries, then
 * for the rows by their codes.
 *
 * A tree that is bound is read-only: several threads may run it at once. Time and memory
 * are linear in the length of the formula, which is limited, as is its depth.
 */
#ifndef EXPR_EXPR_H
#define EXPR_EXPR_H

#include "base/arena.h"
#include "data/batch.h"

enum {
	EXPR_SIZE = 1 << 16, /* bytes of a formula */
	EXPR_DEPTH = 1000,   /* of its tree */
	EXPR_ARGS = 1000,    /* of one function */
};

struct expr;

/* The tree lives in the arena, its texts in the formula. */
CHECKED struct expr *expr_read(struct text formula, struct arena *arena,
			       struct error *err);

/* Mark the columns that the formula names; false: one of them is not in the schema. */
bool expr_reads(const struct expr *expr, const struct schema *schema, bool *read);

/* The tree is then as long-lived as the arena, and needs the schema no more. */
CHECKED bool expr_bind(struct expr *expr, const struct schema *schema,
		       struct arena *arena, struct error *err);
enum type expr_type(const struct expr *expr);

/* A new reference. The batch has the schema's columns; those that the formula does not
 * name may be NULL. */
CHECKED struct column *expr_run(const struct expr *expr, const struct batch *batch,
				struct error *err);

/* The rows for which it is true (a bool), or with met false: all others, nulls among
 * them. A bit a row, in bit_words(batch->rows) words. */
CHECKED bool expr_keep(const struct expr *expr, const struct batch *batch, bool met,
		       uint64_t *kept, struct error *err);

/* What Spark calls the column: "(a + 1)". */
const char *expr_name(const struct expr *expr, struct arena *arena);

#endif
