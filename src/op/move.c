/* move - a shape in another order; no data is touched. */
#include "op/move.h"

static bool
is_moved(const struct schema *in, size_t i, const struct names *moved)
{
	return names_has(moved, in->at[i].name);
}

static void
keep_moved(struct shape *out, const struct schema *in, const struct names *moved)
{
	for (size_t i = 0; i < in->n; i++)
		if (is_moved(in, i, moved))
			shape_keep(out, in, i);
}

void
move_columns(struct shape *out, const struct schema *in, const struct names *moved,
	     size_t index)
{
	size_t others = 0;

	for (size_t i = 0; i < in->n; i++) {
		if (is_moved(in, i, moved))
			continue;
		if (others++ == index)
			keep_moved(out, in, moved);
		shape_keep(out, in, i);
	}
	if (others <= index)
		keep_moved(out, in, moved);
	out->schema.open = in->open;
}

bool
move_target(const struct schema *in, const struct names *moved, const char *target,
	    size_t *index, struct error *err)
{
	size_t at;

	if (!schema_need(in, "target_column", target, 0, &at, err))
		return false;
	if (names_has(moved, target))
		return fail(err,
			    "target_column: '%s' is itself to be moved; choose a column "
			    "that stays",
			    target);
	*index = 0;
	for (size_t i = 0; i < at; i++)
		*index += !is_moved(in, i, moved);
	return true;
}
