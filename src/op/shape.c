/* shape - columns out of columns in, and where each comes from. */
#include "op/op.h"

#include <string.h>

static void
place_add(struct shape *shape, const char *name, enum type type, int from, int of)
{
	size_t n = shape->schema.n;

	schema_add(&shape->schema, name, type, shape->arena);
	if ((n & (n - 1)) == 0) {
		size_t size = n * sizeof(*shape->from);
		size_t room = (n ? 2 * n : 1) * sizeof(*shape->from);

		shape->from = arena_grow(shape->arena, shape->from, size, room);
		shape->of = arena_grow(shape->arena, shape->of, size, room);
		shape->input = arena_grow(shape->arena, shape->input, size, room);
	}
	shape->from[n] = from;
	shape->of[n] = of;
	shape->input[n] = 0;
}

void
shape_keep_as(struct shape *shape, const struct schema *in, size_t i, const char *name)
{
	place_add(shape, name, in->at[i].type, (int)i, SHAPE_MADE);
}

void
shape_keep_second(struct shape *shape, const struct schema *second, size_t i,
		  const char *name)
{
	shape_keep_as(shape, second, i, name);
	shape->input[shape->schema.n - 1] = 1;
}

void
shape_keep(struct shape *shape, const struct schema *in, size_t i)
{
	shape_keep_as(shape, in, i, in->at[i].name);
}

void
shape_keep_all(struct shape *shape, const struct schema *in)
{
	for (size_t i = 0; i < in->n; i++)
		shape_keep(shape, in, i);
	shape->schema.open = shape->schema.open || in->open;
}

void
shape_add(struct shape *shape, const char *name, enum type type)
{
	place_add(shape, name, type, SHAPE_MADE, SHAPE_MADE);
}

void
shape_add_of(struct shape *shape, const char *name, enum type type, size_t i)
{
	place_add(shape, name, type, SHAPE_MADE, (int)i);
}

void
shape_put(struct shape *shape, const char *name, enum type type)
{
	int at = schema_find(&shape->schema, name);

	if (at == SCHEMA_NONE) {
		shape_add(shape, name, type);
		return;
	}
	shape->schema.at[at].type = type;
	shape->from[at] = shape->of[at] = SHAPE_MADE;
	shape->input[at] = 0;
}

bool
shape_replace(struct shape *shape, const struct schema *in, const char *input,
	      const char *output, enum type type, struct error *err)
{
	if (output[0] && text_is_blank(text_of(output)))
		return fail(err, "output_column: the name is blank; give a column name");
	shape_keep_all(shape, in);
	shape_put(shape, output[0] ? output : input, type);
	return true;
}

bool
reads_nothing(const void *fields, const struct schema *in, bool *read)
{
	(void)fields;
	memset(read, 0, in->n * sizeof(*read));
	return false;
}
