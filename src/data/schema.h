/*
 * schema.h - names and types of a table's columns, in order.
 *
 * Names are as the user has them: any bytes but NUL, also empty, also twice (Spark
 * allows both). A lookup finds the first.
 */
#ifndef DATA_SCHEMA_H
#define DATA_SCHEMA_H

#include <stddef.h>

#include "base/error.h"
#include "data/type.h"

struct arena;
struct json;

struct field {
	const char *name;
	enum type type;
};

struct schema {
	size_t n;
	struct field *at;
	bool open; /* more columns will come that are not known yet */
};

enum { SCHEMA_NONE = -1 };

/* Place of a column, or SCHEMA_NONE. */
int schema_find(const struct schema *schema, const char *name);

/* For many lookups in a schema that stays as it is meanwhile. */
struct schema_index {
	const struct schema *schema;
	size_t *sorted; /* places, by name */
};

struct schema_index schema_index(const struct schema *schema, struct arena *arena);
int schema_index_find(const struct schema_index *index, const char *name);

/* Place of a column that must be there: the error names the parameter, and the
 * nearest name if one is near. accepts: mask of types. */
CHECKED bool schema_need(const struct schema *schema, const char *param, const char *name,
			 unsigned accepts, size_t *at, struct error *err);

/* The same for one that was looked up: found is its place or SCHEMA_NONE. */
CHECKED bool schema_need_at(const struct schema *schema, int found, const char *param,
			    const char *name, unsigned accepts, size_t *at,
			    struct error *err);

void schema_add(struct schema *schema, const char *name, enum type type,
		struct arena *arena);
bool schema_equal(const struct schema *a, const struct schema *b);

/* [{"name": ..., "type": ...}, ...] */
const struct json *schema_json(const struct schema *schema, struct arena *arena);

#endif
