/*
 * node.h - the tree of a formula. Only for expr/.
 */
#ifndef EXPR_NODE_H
#define EXPR_NODE_H

#include "expr/expr.h"
#include "expr/func.h"
#include "expr/token.h"

/* fail() with the position in front. */
bool fail_at(struct error *err, struct text formula, size_t at, const char *format, ...)
	PRINTF_LIKE(4, 5);

enum node_kind {
	NODE_VALUE,
	NODE_COLUMN,
	NODE_CALL,
	NODE_CAST,
	NODE_IN, /* the first argument among the others */
};

/* of a bare null, until something around it says more */
#define TYPE_UNKNOWN ((enum type)0)

/* Of which columns a value is made: of none, of this one alone, of several. */
enum { COLUMNS_NONE = -1, COLUMNS_MANY = -2 };

struct node {
	enum node_kind kind;
	enum type type;
	size_t at; /* in the formula */
	unsigned height;
	bool implied;     /* nobody wrote it */
	struct text text; /* value: text, or as written; column: name; call: the function
			     as written, none if it is written as a sign */
	bool is_null;     /* value */
	int64_t whole;    /* value: long, bool, date, datetime */
	double number;    /* value: float */
	size_t column;    /* place in the schema */
	int of;           /* COLUMNS_NONE, _MANY, or the only column, by its place */
	/* What is known when the tree is bound: a value node for what is made of no
	 * column (NULL: not worked out), and the entries of IN, if all are known. */
	const struct node *known;
	const struct set *set;
	uint64_t id; /* like no other node's, of any tree */
	const struct func *func;
	size_t n;
	struct node **args;
	const char *word; /* cast: the type's name in Spark */
};

/* The value over one row, for a node that is made of no column. */
CHECKED struct column *node_run(const struct node *node, struct error *err);

/* A value node as a column of one row. */
CHECKED struct column *node_value(const struct node *node, struct error *err);

/* The entries of an IN, as values; entries: nodes of one type, values or known. */
const struct set *set_new(struct node *const *entries, size_t n, struct arena *arena);
/* Which rows of x are among them: null where x is, and where none fits but one is null.
 */
CHECKED struct column *set_find(const struct set *set, const struct column *x,
				struct error *err);

struct expr {
	struct text formula;
	struct node *root;
	size_t n_columns; /* nodes that are columns */
	struct node **columns;
};

#endif
