/* schema - lookups with errors that help. */
#include "data/schema.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/json.h"
#include "base/text.h"

int
schema_find(const struct schema *schema, const char *name)
{
	for (size_t i = 0; i < schema->n; i++)
		if (strcmp(schema->at[i].name, name) == 0)
			return (int)i;
	return SCHEMA_NONE;
}

static int
by_name(const void *a, const void *b, void *fields)
{
	const size_t x = *(const size_t *)a, y = *(const size_t *)b;
	const struct field *at = fields;
	int order = strcmp(at[x].name, at[y].name);

	return order ? order : (x > y) - (x < y);
}

/* Sorted, not hashed: no names make it slow. */
struct schema_index
schema_index(const struct schema *schema, struct arena *arena)
{
	struct schema_index index = { schema, ARENA_ARRAY(arena, schema->n, size_t) };

	for (size_t i = 0; i < schema->n; i++)
		index.sorted[i] = i;
	if (schema->n > 1)
		qsort_r(index.sorted, schema->n, sizeof(*index.sorted), by_name,
			schema->at);
	return index;
}

int
schema_index_find(const struct schema_index *index, const char *name)
{
	const struct schema *schema = index->schema;
	size_t low = 0, high = schema->n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (strcmp(schema->at[index->sorted[middle]].name, name) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	if (low == schema->n || strcmp(schema->at[index->sorted[low]].name, name) != 0)
		return SCHEMA_NONE;
	return (int)index->sorted[low];
}

static bool
missing(const struct schema *schema, const char *param, const char *name,
	struct error *err)
{
	struct arena mem = { 0 };
	const char **known = ARENA_ARRAY(&mem, schema->n + 1, const char *);
	const char *nearest;

	for (size_t i = 0; i < schema->n; i++)
		known[i] = schema->at[i].name;
	nearest = text_nearest(name, known);
	if (nearest)
		fail(err, "%s: no column '%s'; did you mean '%s'?", param, name, nearest);
	else
		fail(err, "%s: no column '%s'", param, name);
	arena_release(&mem);
	return false;
}

bool
schema_need(const struct schema *schema, const char *param, const char *name,
	    unsigned accepts, size_t *at, struct error *err)
{
	return schema_need_at(schema, schema_find(schema, name), param, name, accepts, at,
			      err);
}

bool
schema_need_at(const struct schema *schema, int found, const char *param,
	       const char *name, unsigned accepts, size_t *at, struct error *err)
{
	char wanted[80];

	if (found == SCHEMA_NONE)
		return missing(schema, param, name, err);
	*at = (size_t)found;
	if (!accepts || (accepts & schema->at[found].type))
		return true;
	type_mask_print(accepts, wanted);
	return fail(err,
		    "%s: column '%s' is %s, but must be %s; change its type first "
		    "(cast_single_data_type)",
		    param, name, type_name(schema->at[found].type), wanted);
}

void
schema_add(struct schema *schema, const char *name, enum type type, struct arena *arena)
{
	size_t n = schema->n;

	if ((n & (n - 1)) == 0)
		schema->at = arena_grow(arena, schema->at, n * sizeof(*schema->at),
					(n ? 2 * n : 1) * sizeof(*schema->at));
	schema->at[schema->n++] = (struct field){ arena_text(arena, name), type };
}

bool
schema_equal(const struct schema *a, const struct schema *b)
{
	if (a->n != b->n)
		return false;
	for (size_t i = 0; i < a->n; i++)
		if (a->at[i].type != b->at[i].type ||
		    strcmp(a->at[i].name, b->at[i].name))
			return false;
	return true;
}

const struct json *
schema_json(const struct schema *schema, struct arena *arena)
{
	const struct json **list = ARENA_ARRAY(arena, schema->n + 1, const struct json *);

	for (size_t i = 0; i < schema->n; i++) {
		const struct json *field = json_new_object();

		field = json_with(field, "name",
				  json_new_string(schema->at[i].name, arena), arena);
		list[i] = json_with(field, "type",
				    json_new_string(type_name(schema->at[i].type), arena),
				    arena);
	}
	return json_new_list(list, schema->n, arena);
}
