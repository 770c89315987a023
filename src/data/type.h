/*
 * type.h - the types of columns, as Data Wrangler names them.
 *
 *	long		int64
 *	float		double
 *	bool		bits
 *	string		bytes, UTF-8 by agreement, not by force
 *	date		int32, days since 1970-01-01
 *	datetime	int64, microseconds since 1970-01-01 UTC
 *	object		vectors, arrays, structs (see column.h)
 *
 * Values are bits, so that "accepts" can be a mask.
 */
#ifndef DATA_TYPE_H
#define DATA_TYPE_H

#include <stdbool.h>

enum type {
	TYPE_LONG = 1,
	TYPE_FLOAT = 2,
	TYPE_BOOL = 4,
	TYPE_STRING = 8,
	TYPE_DATE = 16,
	TYPE_DATETIME = 32,
	TYPE_OBJECT = 64,
};

enum {
	TYPE_NUMERIC = TYPE_LONG | TYPE_FLOAT,
	TYPE_TEMPORAL = TYPE_DATE | TYPE_DATETIME,
	TYPE_ANY = 127,
};

/* "long"; one bit only. */
const char *type_name(enum type type);

/* By name, in any case: also int, integer, double, boolean, str, timestamp. */
bool type_find(const char *name, enum type *out);

/* "long or float", for errors; static storage is not used: copy into text. */
void type_mask_print(unsigned mask, char text[80]);

#endif
