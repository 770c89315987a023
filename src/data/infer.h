/*
 * infer.h - the type that a column of text seems to have, as Data Wrangler decides it,
 * but that no digit of a whole number is lost.
 *
 * Values are counted, in any order and in any number of parts; the counts decide. The
 * caller counts the first INFER_ROWS rows of the string columns; columns of another
 * type keep it.
 */
#ifndef DATA_INFER_H
#define DATA_INFER_H

#include "data/column.h"

enum { INFER_ROWS = 5000 };

struct infer {
	uint64_t n;        /* values, nulls as well */
	uint64_t nulls;    /* and blanks, and words that begin as a null does */
	uint64_t numeric;  /* a finite number to Python's float() */
	uint64_t integer;  /* written without a point, and a long holds it */
	uint64_t huge;     /* written so, but beyond a long */
	uint64_t boolean;  /* true or false */
	uint64_t date;     /* YYYY-MM-DD */
	uint64_t datetime; /* any other moment */
};

/* What one value looks like: bits, which depend on nothing but its text. */
enum {
	LOOKS_NULL = 1,
	LOOKS_NUMERIC = 2,
	LOOKS_INTEGER = 4,
	LOOKS_BOOL = 8,
	LOOKS_DATE = 16,
	LOOKS_DATETIME = 32,
	LOOKS_HUGE = 64,
};

/* The rules, one after the other; slow. */
unsigned infer_looks_by_rules(struct text t);
/* The same, fast for plain numbers and words (infer_looks.c). */
unsigned infer_looks(struct text t);

/* n values that look alike. */
void infer_count(struct infer *infer, unsigned looks, uint64_t n);
/* A value, or (NULL) a null. */
void infer_add_text(struct infer *infer, const struct text *t);
/* Rows [first, first + n) of a string column. */
void infer_add(struct infer *infer, const struct column *c, size_t first, size_t n);
void infer_merge(struct infer *into, const struct infer *from);
enum type infer_type(const struct infer *infer);

#endif
