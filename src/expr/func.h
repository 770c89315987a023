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

/* A column of one row stands for that value in all rows, if .ones is set; other
 * functions get it as often as there are rows. */
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
	bool ones;                  /* .run takes columns of one row as they are */
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

static inline bool
args_is_one(const struct args *args, size_t i)
{
	return args->at[i]->rows == 1 && args->rows != 1;
}

/* Where the value for a row stands. */
static inline size_t
args_place(const struct column *column, size_t row)
{
	return column->rows == 1 ? 0 : row;
}

/* Eight bytes that are 0 or 1 as bits, the first one lowest. */
static inline uint64_t
bits_of_bytes(const unsigned char *met)
{
	uint64_t bytes;

	memcpy(&bytes, met, sizeof(bytes));
	return bytes * UINT64_C(0x0102040810204080) >> 56;
}

/* Words of bits: bit i is the condition of row i. The last word's rest is 0. First a byte
 * a row, which is what compilers make fast loops of. */
#define BITS_OF(rows, words, i, condition)                       \
	for (size_t w_ = 0; w_ < bit_words(rows); w_++) {        \
		const size_t left_ = (rows)-64 * w_;             \
		unsigned char met_[64] = { 0 };                  \
		uint64_t word_ = 0;                              \
                                                                 \
		if (left_ >= 64)                                 \
			for (size_t j_ = 0; j_ < 64; j_++) {     \
				const size_t i = 64 * w_ + j_;   \
                                                                 \
				met_[j_] = (condition);          \
			}                                        \
		else                                             \
			for (size_t j_ = 0; j_ < left_; j_++) {  \
				const size_t i = 64 * w_ + j_;   \
                                                                 \
				met_[j_] = (condition);          \
			}                                        \
		for (size_t j_ = 0; j_ < 64; j_ += 8)            \
			word_ |= bits_of_bytes(met_ + j_) << j_; \
		(words)[w_] = word_;                             \
	}

static inline uint64_t *
bits_words(const struct buffer *bits)
{
	return (uint64_t *)(void *)bits->data;
}

/* What was made by whole words: the bits behind the last row become 0. */
void args_trim(struct column *bools);

/* Set the number of nulls from the bits; without one the bits go. */
void args_count_nulls(struct column *column);

/* x AND y of two bools. */
CHECKED bool args_and(struct column *x, struct column *y, size_t rows,
		      struct column **out, struct error *err);

/* A column of one row as often as there are rows. */
CHECKED struct column *args_repeat(const struct column *one, size_t rows,
				   struct error *err);

/* A string column by codes into entries; both are taken (also where it fails). */
CHECKED struct column *args_coded(struct column *entries, struct buffer *codes,
				  size_t rows, struct error *err);

/* A column of the result's type, null where an argument is null; the rest is zero. */
CHECKED struct column *args_strict(const struct args *args, struct error *err);
bool args_null(const struct args *args, size_t row);

/* The result of a row with .text. */
CHECKED bool args_text(const struct args *args, struct column **out, struct error *err);

/* For each row the argument that pick says; args->n: null. */
CHECKED bool args_pick(const struct args *args, const uint32_t *pick, struct column **out,
		       struct error *err);

#endif
