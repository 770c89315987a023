/* names - a list that doubles its room in the arena. */
#include "base/names.h"

#include <string.h>

#include "base/arena.h"

void
names_add(struct names *names, const char *name, struct arena *arena)
{
	size_t n = names->n;

	if ((n & (n - 1)) == 0)
		names->at = arena_grow(arena, names->at, n * sizeof(*names->at),
				       (n ? 2 * n : 1) * sizeof(*names->at));
	names->at[names->n++] = arena_text(arena, name);
}

size_t
names_find(const struct names *names, const char *name)
{
	size_t i = 0;

	while (i < names->n && strcmp(names->at[i], name) != 0)
		i++;
	return i;
}

bool
names_has(const struct names *names, const char *name)
{
	return names_find(names, name) < names->n;
}
