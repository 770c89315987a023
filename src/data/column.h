/*
 * column.h - the values of one column for some rows, in the Arrow memory layout.
 *
 *	long, datetime	values: int64[rows]
 *	float		values: double[rows]
 *	date		values: int32[rows]
 *	bool		values: bits, least significant first
 *	string		values: int64[rows + 1] offsets into bytes (LargeUtf8), or
 *			values: int32[rows] codes into dictionary (a string column)
 *	object		list: values: int64[rows + 1] offsets into child 0;
 *			struct: one child a member, with names. A Spark ML vector is a
 *			struct with is_vector (size long, indices list of long or null if
 *			dense, values list of float).
 *
 * validity: one bit a row, set = there; NULL = no null. What a null's slot holds is
 * never read (offsets are still in order). NaN is a value, not a null.
 *
 * Ownership: columns and their buffers are counted. Whoever makes or shares one drops
 * it. A shared column is read-only: column_edit() gives a private copy if needed.
 */
#ifndef DATA_COLUMN_H
#define DATA_COLUMN_H

#include <stdatomic.h>

#include "base/memory.h"
#include "data/type.h"

enum layout { LAYOUT_PLAIN, LAYOUT_DICTIONARY, LAYOUT_LIST, LAYOUT_STRUCT };

struct column_memo; /* see column_memo() */

struct column {
	enum type type;
	enum layout layout;
	bool is_vector;
	size_t rows, nulls;
	struct buffer *validity, *values, *bytes;
	struct column *dictionary;
	size_t n_children;
	struct column **children;
	const char **names; /* struct: of the children; static or owned by names_owner */
	struct buffer *names_owner;
	_Atomic(struct column_memo *) memos;
	atomic_int refs;
};

/* Zeroed plain values (strings: all empty, no bytes yet), no nulls. */
CHECKED struct column *column_new(enum type type, size_t rows, struct error *err);
/* The same of fixed width (no string, no object), but what stands in its values is not
 * defined: the caller fills every row. */
CHECKED struct column *column_unset(enum type type, size_t rows, struct error *err);
struct column *column_share(struct column *column);
void column_drop(struct column *column); /* NULL is fine */

/* Make *slot a column that only the caller holds, copying what is shared. */
CHECKED bool column_edit(struct column **slot, struct error *err);

/*
 * What somebody made of a column's values, kept with it: the dictionary that many batches
 * share is cast, hashed or spelt once. maker: whose it is (the address of something
 * static), key: what it depends on besides. Any thread; forgotten with the column, and
 * when it is edited. The value is the column's; NULL: nothing is known. Two threads may
 * make the same at once: make it again, take it, and go on with what column_memo() says.
 */
void *column_memo(const struct column *c, const void *maker, uint64_t key);
CHECKED bool column_memo_take(struct column *c, const void *maker, uint64_t key,
			      void *value, void (*drop)(void *value), struct error *err);
void column_memo_forget(struct column *c);

/* Reading. The type must fit. */
static inline bool
bit_get(const void *bits, size_t i)
{
	return ((const unsigned char *)bits)[i >> 3] >> (i & 7) & 1;
}

static inline void
bit_set(void *bits, size_t i)
{
	((unsigned char *)bits)[i >> 3] |= (unsigned char)(1u << (i & 7));
}

static inline void
bit_clear(void *bits, size_t i)
{
	((unsigned char *)bits)[i >> 3] &= (unsigned char)~(1u << (i & 7));
}

static inline bool
column_is_null(const struct column *c, size_t row)
{
	return c->validity && !bit_get(c->validity->data, row);
}

static inline int64_t *
column_longs(
	const struct column *c) /* long, datetime; offsets of plain strings and lists */
{
	return (int64_t *)(void *)c->values->data;
}

static inline double *
column_floats(const struct column *c)
{
	return (double *)(void *)c->values->data;
}

static inline int32_t *
column_ints(const struct column *c) /* date; codes of a dictionary string */
{
	return (int32_t *)(void *)c->values->data;
}

static inline bool
column_bool(const struct column *c, size_t row)
{
	return bit_get(c->values->data, row);
}

static inline struct text
column_text(const struct column *c, size_t row) /* string, either layout; not null */
{
	const int64_t *offset;

	if (c->layout == LAYOUT_DICTIONARY) {
		row = (size_t)column_ints(c)[row];
		c = c->dictionary;
	}
	offset = column_longs(c) + row;
	return (struct text){ c->bytes->data + offset[0],
			      (size_t)(offset[1] - offset[0]) };
}

/* A number of either numeric type as double; not null. */
static inline double
column_number(const struct column *c, size_t row)
{
	return c->type == TYPE_LONG ? (double)column_longs(c)[row]
				    : column_floats(c)[row];
}

/* Data Wrangler's missing: null; NaN for floats; blank for strings. */
bool column_is_missing(const struct column *c, size_t row);

/* Writing: the caller holds the only reference. */
CHECKED bool column_set_null(struct column *c, size_t row, struct error *err);

/* Rows by place, in that order. */
CHECKED struct column *column_gather(const struct column *c, const uint32_t *rows,
				     size_t n, struct error *err);
/* The same; a place may be GATHER_NONE, which gives a null. */
#define GATHER_NONE UINT32_MAX
CHECKED struct column *column_gather_some(const struct column *c, const uint32_t *rows,
					  size_t n, struct error *err);
/* Rows [first, first + n). */
CHECKED struct column *column_slice(const struct column *c, size_t first, size_t n,
				    struct error *err);
/* One behind the other, all of one type; n >= 1. */
CHECKED struct column *column_concat(struct column *const *columns, size_t n,
				     struct error *err);
/* rows times one value (text: for strings), or all null if value is NULL. */
CHECKED struct column *column_nulls(enum type type, size_t rows, struct error *err);

/* Memory that it takes, with what it may share with others. */
size_t column_bytes(const struct column *c);

/* Same type, nulls and values (NaN equals NaN), whatever the layout. */
bool column_equal(const struct column *a, const struct column *b);

/*
 * A column that grows row by row. The first failure sticks: appends after it do
 * nothing, and build_end() returns NULL with the error.
 */
struct build {
	struct column *column;
	size_t capacity; /* rows with room */
	bool failed;
	struct error err;
};

void build_start(struct build *b, enum type type, size_t expected_rows);
void build_null(struct build *b);
void build_long(struct build *b, int64_t value); /* long, datetime */
void build_float(struct build *b, double value);
void build_bool(struct build *b, bool value);
void build_date(struct build *b, int32_t days);
void build_text(struct build *b, struct text text);
void build_from(struct build *b, const struct column *c,
		size_t row); /* a copy of a cell */
CHECKED struct column *build_end(struct build *b, struct error *err);
void build_discard(struct build *b);

#endif
