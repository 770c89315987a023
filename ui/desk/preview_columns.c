/* preview_columns - which column after is which column before. */
#include <string.h>

#include "desk/preview_diff.h"

struct pairing {
	const struct schema *before, *after;
	int *to;    /* by column after: its column before, or -1 */
	bool *used; /* by column before */
};

static void
pair(struct pairing *p, size_t after, int before)
{
	p->to[after] = before;
	p->used[before] = true;
}

/* Columns that the step passes on: under their names first, since a copy has another. */
static void
pair_passed(struct pairing *p, const int *from, bool same_name)
{
	for (size_t j = 0; j < p->after->n; j++) {
		int i = from[j];

		if (i < 0 || p->to[j] >= 0 || p->used[i])
			continue;
		if (!same_name || !strcmp(p->before->at[i].name, p->after->at[j].name))
			pair(p, j, i);
	}
}

/* One that is made anew under the name of one that was there takes its place. */
static void
pair_names(struct pairing *p, struct arena *arena)
{
	const struct schema_index index = schema_index(p->before, arena);

	for (size_t j = 0; j < p->after->n; j++) {
		int i = p->to[j] < 0 ? schema_index_find(&index, p->after->at[j].name)
				     : SCHEMA_NONE;

		if (i != SCHEMA_NONE && !p->used[i])
			pair(p, j, i);
	}
}

/* The longest run of columns that keep their order stays; the others were moved. */
static void
find_moved(const struct pairing *p, bool *moved, struct arena *arena)
{
	const size_t n = p->after->n;
	size_t *last = ARENA_ARRAY(arena, n + 1, size_t), length = 0, at;
	size_t *above = ARENA_ARRAY(arena, n + 1, size_t);

	for (size_t j = 0; j < n; j++) {
		size_t low = 0, high = length;

		if (p->to[j] < 0)
			continue;
		moved[j] = true;
		while (low < high) {
			size_t mid = (low + high) / 2;

			if (p->to[last[mid]] < p->to[j])
				low = mid + 1;
			else
				high = mid;
		}
		above[j] = low ? last[low - 1] : FLOW_NONE;
		last[low] = j;
		length = low == length ? length + 1 : length;
	}
	for (at = length ? last[length - 1] : FLOW_NONE; at != FLOW_NONE; at = above[at])
		moved[at] = false;
}

static void
put_removed(struct preview *preview, const struct pairing *p, int from)
{
	for (size_t i = (size_t)(from + 1); i < p->before->n && !p->used[i]; i++) {
		const struct field *field = &p->before->at[i];

		preview->columns[preview->n_columns++] = (struct preview_column){
			.name = field->name,
			.type = field->type,
			.change = CHANGE_REMOVED,
			.before = (int)i,
			.after = -1,
			.of = -1,
		};
		preview->removed_columns++;
	}
}

static void
put_column(struct preview *preview, const struct pairing *p, size_t j, bool is_moved,
	   int of)
{
	const struct field *now = &p->after->at[j];
	struct preview_column *c = &preview->columns[preview->n_columns++];

	*c = (struct preview_column){
		.name = now->name,
		.type = now->type,
		.before = p->to[j],
		.after = (int)j,
		.of = of,
		.is_moved = is_moved,
	};
	if (c->before < 0) {
		c->change = CHANGE_ADDED;
		preview->added_columns++;
		return;
	}
	if (strcmp(p->before->at[c->before].name, c->name) != 0)
		c->was = p->before->at[c->before].name;
	if (c->was || p->before->at[c->before].type != c->type)
		c->change = CHANGE_CHANGED;
}

/* Cells of one name and type may be the same; all before must be there, or the rows would
 * be told by a part of them. */
static void
same_by_name(const struct pairing *p, int *same)
{
	size_t found = 0;

	for (size_t j = 0; j < p->after->n; j++) {
		bool fits = p->to[j] >= 0 &&
			    p->before->at[p->to[j]].type == p->after->at[j].type;

		same[j] = fits ? p->to[j] : -1;
		found += fits;
	}
	for (size_t j = 0; found < p->before->n && j < p->after->n; j++)
		same[j] = -1;
}

static bool
passes_any(const struct pairing *p, const struct diff_hints *hints)
{
	for (size_t j = 0; hints->from && j < p->after->n; j++)
		if (hints->from[j] >= 0)
			return true;
	return false;
}

void
diff_columns(struct preview *preview, const struct diff_hints *hints, int *same)
{
	struct arena *arena = &preview->arena;
	struct pairing p = { &preview->before_schema, &preview->after_schema, NULL,
			     NULL };
	bool *moved = ARENA_ARRAY(arena, p.after->n + 1, bool);
	const bool passes = passes_any(&p, hints);

	p.to = ARENA_ARRAY(arena, p.after->n + 1, int);
	p.used = ARENA_ARRAY(arena, p.before->n + 1, bool);
	for (size_t j = 0; j < p.after->n; j++)
		p.to[j] = -1;
	if (passes) {
		pair_passed(&p, hints->from, true);
		pair_passed(&p, hints->from, false);
		memcpy(same, hints->from, p.after->n * sizeof(*same));
	}
	pair_names(&p, arena);
	if (!passes)
		same_by_name(&p, same);
	find_moved(&p, moved, arena);
	preview->n_columns = preview->added_columns = preview->removed_columns = 0;
	preview->columns =
		ARENA_ARRAY(arena, p.after->n + p.before->n + 1, struct preview_column);
	put_removed(preview, &p, -1);
	for (size_t j = 0; j < p.after->n; j++) {
		put_column(preview, &p, j, moved[j],
			   passes && hints->of ? hints->of[j] : -1);
		if (p.to[j] >= 0)
			put_removed(preview, &p, p.to[j]);
	}
}
