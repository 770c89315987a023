/*
 * grid_look - what a user made of the look of a table, noted and brought back.
 */
#include "widget/grid_look.h"

#include "widget/grid_parts.h"

static bool
is_own(const struct grid_column *column)
{
	return column->fixed || column->is_hidden;
}

struct grid_look
grid_look(const struct grid *grid, struct arena *arena)
{
	struct grid_look look = { .bars = grid->bars, .is_bare = grid->is_bare };
	struct grid_own *own;
	size_t n = 0;

	for (size_t i = 0; i < grid->n; i++)
		n += is_own(&grid->columns[i]);
	own = ARENA_ARRAY(arena, n + 1, struct grid_own);
	for (size_t i = 0; i < grid->n; i++) {
		const struct grid_column *c = &grid->columns[i];

		if (is_own(c))
			own[look.n++] = (struct grid_own){ arena_text(arena, c->name),
							   c->fixed, c->is_hidden };
	}
	look.columns = own;
	if (grid->frozen)
		look.frozen = arena_text(arena, grid->columns[grid->frozen - 1].name);
	return look;
}

bool
grid_look_is(const struct grid_look *a, const struct grid_look *b)
{
	if (a->n != b->n || a->bars != b->bars || a->is_bare != b->is_bare ||
	    !a->frozen != !b->frozen || (a->frozen && strcmp(a->frozen, b->frozen) != 0))
		return false;
	for (size_t i = 0; i < a->n; i++)
		if (a->columns[i].fixed != b->columns[i].fixed ||
		    a->columns[i].is_hidden != b->columns[i].is_hidden ||
		    strcmp(a->columns[i].name, b->columns[i].name) != 0)
			return false;
	return true;
}

/* Those of the look stand in the order of the columns, or what is left of it. */
void
grid_look_at(struct grid *grid, const struct grid_look *look)
{
	size_t next = 0;

	grid->bars = look->bars;
	grid->is_bare = look->is_bare;
	grid->frozen = grid->n_hidden = 0;
	for (size_t i = 0; i < grid->n; i++) {
		struct grid_column *c = &grid->columns[i];
		size_t at = next;

		while (at < look->n && strcmp(look->columns[at].name, c->name) != 0)
			at++;
		c->fixed = at < look->n ? look->columns[at].fixed : 0;
		c->is_hidden = at < look->n && look->columns[at].is_hidden;
		grid->n_hidden += c->is_hidden;
		if (at < look->n)
			next = at + 1;
		if (look->frozen && !strcmp(look->frozen, c->name))
			grid->frozen = i + 1;
	}
	if (grid->n_hidden == grid->n)
		grid_show_all(grid);
	grid_leave_hidden(grid);
}
