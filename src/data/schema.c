/* schema - lookups with errors that help. */
#include "data/schema.h"

#include <string.h>

#include "base/arena.h"
#include "base/text.h"

int
schema_find(const struct schema *schema, const char *name)
{
	for (size_t i = 0; i < schema->n; i++)
		if (strcmp(schema->at[i].name, name) == 0)
			return (int)i;
	return SCHEMA_NONE;
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
	int found = schema_find(schema, name);
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
