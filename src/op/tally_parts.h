/*
 * tally_parts.h - what the kinds of tallies are made of. A kind is a file, tally_X.c.
 */
#ifndef OP_TALLY_PARTS_H
#define OP_TALLY_PARTS_H

#include "op/tally.h"

/* In the order of the words. */
enum tally_function {
	COUNT_ALL,
	COUNT_DISTINCT,
	SUM,
	MEAN,
	MIN_OF,
	MAX_OF,
	FIRST,
	LAST,
	DEVIATION,
	VARIANCE,
	MEDIAN
};

/* The rows that are not null, or all of them. */
struct present {
	const struct column *column;
	struct places places;
	size_t n;               /* rows that are there */
	const uint32_t *rows;   /* which they are; NULL: all */
	const uint32_t *groups; /* of each of the n; NULL: all are of group 0 */
};

static inline size_t
present_row(const struct present *p, size_t i)
{
	return p->rows ? p->rows[i] : i;
}

static inline struct place
present_place(const struct present *p, size_t i)
{
	return place_at(&p->places, present_row(p, i));
}

struct tally_kind {
	size_t size;  /* of the struct, which begins with a struct tally */
	size_t width; /* bytes for each group */
	size_t (*bytes)(const struct tally *tally); /* what it holds besides; or NULL */
	bool (*room)(struct tally *tally, size_t groups, struct error *err);
	bool (*add)(struct tally *tally, const struct present *rows, struct error *err);
	bool (*merge)(struct tally *into, struct tally *from, const uint32_t *map,
		      size_t n, struct error *err);
	bool (*prepare)(struct tally *tally, struct error *err); /* before put; or NULL */
	void (*put)(struct tally *tally, enum tally_function function, size_t group,
		    struct build *out);
	void (*release)(struct tally *tally);
};

struct tally {
	const struct tally_kind *kind;
	enum tally_function function;
	enum type in;
	size_t groups; /* for which there is room */
};

extern const struct tally_kind tally_count, tally_moments, tally_pick, tally_text,
	tally_distinct, tally_bag;

/* An array of zeroes made longer, from have to want entries. */
CHECKED bool tally_grow(void **at, size_t have, size_t want, size_t width,
			struct error *err);

/* The numbers of the rows that are there. */
void tally_numbers(const struct present *rows, double *out);

/* Numbers of every type as whole ones of the same order: NaN is the largest, -0.0 is 0.0.
 * Bools are 0 and 1. */
static inline int64_t
tally_order(double x)
{
	const uint64_t nan = INT64_MAX;
	double plus = x + 0.0;
	uint64_t bits;

	memcpy(&bits, &plus, sizeof(bits));
	bits ^= bits >> 63 ? nan : 0;
	return (int64_t)(x != x ? nan : bits);
}

static inline double
tally_number(int64_t order)
{
	uint64_t bits = (uint64_t)order ^ (order < 0 ? (uint64_t)INT64_MAX : 0);
	double x;

	memcpy(&x, &bits, sizeof(x));
	return x;
}

#endif
