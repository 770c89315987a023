/*
 * thrift.h - Thrift's compact protocol, as far as Parquet uses it.
 *
 * A reader never goes past its end, and its first failure sticks: reads after it give
 * zeroes and loops over fields end, so a caller asks once, at the end, with is_bad.
 * A struct is read as
 *
 *	for (struct thrift_field f = { 0 }; thrift_next(t, &f);)
 *		switch (f.id) {
 *		case 1: rows = thrift_int(t, &f); break;
 *		default: thrift_skip(t, &f);
 *		}
 */
#ifndef DATA_THRIFT_H
#define DATA_THRIFT_H

#include "base/memory.h"
#include "base/text.h"

enum thrift_type {
	THRIFT_TRUE = 1,
	THRIFT_FALSE = 2,
	THRIFT_BYTE = 3,
	THRIFT_I16 = 4,
	THRIFT_I32 = 5,
	THRIFT_I64 = 6,
	THRIFT_DOUBLE = 7,
	THRIFT_BINARY = 8,
	THRIFT_LIST = 9,
	THRIFT_SET = 10,
	THRIFT_MAP = 11,
	THRIFT_STRUCT = 12,
};

struct thrift {
	const char *at, *end;
	unsigned depth; /* of structs */
	bool is_bad;
};

struct thrift_field {
	int id;
	enum thrift_type type;
};

/* The next field of the struct that one is in; false at its end. */
bool thrift_next(struct thrift *t, struct thrift_field *field);
void thrift_skip(struct thrift *t, const struct thrift_field *field);

/* The field's value. Another type than the one asked for is bad. */
int64_t thrift_int(struct thrift *t, const struct thrift_field *field); /* of any width */
bool thrift_bool(struct thrift *t, const struct thrift_field *field);
struct text thrift_text(struct thrift *t, const struct thrift_field *field);
bool thrift_struct(struct thrift *t,
		   const struct thrift_field *field); /* steps into it */
/* Entries of a list of that type; each takes a byte at least, so there are not more
 * than bytes left. Entries are read with a field { 0, type }. */
size_t thrift_list(struct thrift *t, const struct thrift_field *field,
		   enum thrift_type type);

/* Writing. The first failure sticks too. */
struct thrift_out {
	struct buffer *out;
	int last[16]; /* field ids by depth */
	unsigned depth;
	bool failed;
	struct error *err;
};

void thrift_put_int(struct thrift_out *t, int id, enum thrift_type type, int64_t value);
void thrift_put_text(struct thrift_out *t, int id, struct text value);
/* id 0: an entry of a list, which has no header of its own. */
void thrift_put_struct(struct thrift_out *t, int id);
void thrift_put_end(struct thrift_out *t);
void thrift_put_list(struct thrift_out *t, int id, enum thrift_type type, size_t n);

#endif
