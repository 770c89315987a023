/*
 * func.h - the functions and operators of formulas: rows of tables, one table a family.
 *
 * args has a letter an argument, result one for what comes out:
 *
 *	b bool	l long	f float	s string	d date	t datetime
 *	n	number: all n are long, or float if one is float or text
 *	u	all of one type: the one that Spark's CASE would choose
 *	c	all of one type: the one that Spark's = would choose
 *	m	date, datetime or text, as it is
 *	a	anything, as it is
 *
 * Letters in brackets come any number of times: "s[s]". Rows of one name differ in the
 * number of arguments. Anything but a bool becomes a text, a text becomes a number or
 * moment, where that is asked for; a null fits everywhere.
 *
 * A row works by .run (columns in, column out) or .text (one row, appended to out; null
 * where an argument is null). What it does to the slots of nulls does not matter, as long
 * as nothing breaks.
 */
#ifndef EXPR_FUNC_H
#define EXPR_FUNC_H

#include "data/batch.h"

struct func;

struct args {
	const struct func *func;
	enum type type; /* of the result */
	size_t rows, n;
	struct column *const *at;
};

struct func {
	const char *name; /* lower case */
	const char *args, *result;
	bool (*run)(const struct args *args, struct column **out, struct error *err);
	bool (*text)(const struct args *args, size_t row, struct buffer *out,
		     struct error *err);
	int how;                    /* what .run makes of it */
	double (*number)(double x); /* the same */
	/* What Spark calls the result, where that is not "name($*)": $1, $2: arguments,
	 * $*: all that are left. */
	const char *spark;
	const char *example, *value; /* a formula without columns, and its text */
};

/* The row for so many arguments; an error lists what there is. */
CHECKED const struct func *func_find(struct text name, size_t n, struct error *err);
/* The letter of an argument, of n. */
char func_letter(const struct func *func, size_t n, size_t i);

/* Each family's rows, up to one without a name (funcs.am). */
extern const struct func *const func_tables[];

/* A column of the result's type, null where an argument is null; the rest is zero. */
CHECKED struct column *args_strict(const struct args *args, struct error *err);
bool args_null(const struct args *args, size_t row);

/* The result of a row with .text. */
CHECKED bool args_text(const struct args *args, struct column **out, struct error *err);

/* For each row the argument that pick says; args->n: null. */
CHECKED bool args_pick(const struct args *args, const uint32_t *pick, struct column **out,
		       struct error *err);

#endif
