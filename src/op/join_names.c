/* join_names - each name once, as Data Wrangler makes them. */
#include <stdlib.h>

#include "base/casing.h"
#include "op/join.h"

/* A name in lower case, how often it is there, and how often it was renamed. */
struct tally {
	const char *name;
	size_t count, renamed;
};

static int
compare(const void *a, const void *b)
{
	return strcmp(((const struct tally *)a)->name, ((const struct tally *)b)->name);
}

/* Sorted, each once. */
static size_t
count(struct tally *tallies, size_t n)
{
	size_t distinct = 0;

	qsort(tallies, n, sizeof(*tallies), compare);
	for (size_t i = 0; i < n; i++)
		if (distinct && compare(&tallies[distinct - 1], &tallies[i]) == 0)
			tallies[distinct - 1].count++;
		else
			tallies[distinct++] = tallies[i];
	return distinct;
}

static struct tally *
find(struct tally *tallies, size_t n, const char *name)
{
	struct tally wanted = { .name = name };

	return bsearch(&wanted, tallies, n, sizeof(*tallies), compare);
}

bool
join_names(const char **names, size_t n, struct arena *arena, struct error *err)
{
	const char **lowered = ARENA_ARRAY(arena, n, const char *);
	struct tally *tallies = ARENA_ARRAY(arena, n, struct tally);
	size_t distinct;

	for (size_t i = 0; i < n; i++) {
		if (!(lowered[i] = casing_lower_name(names[i], arena, err)))
			return false;
		tallies[i] = (struct tally){ lowered[i], 1, 0 };
	}
	distinct = count(tallies, n);
	for (size_t i = 0; i < n; i++) {
		struct tally *tally = find(tallies, distinct, lowered[i]);
		const char *behind;

		if (tally->count == 1)
			continue;
		behind = arena_print(arena, "_%zu", tally->renamed++);
		while (find(tallies, distinct,
			    arena_print(arena, "%s%s", lowered[i], behind)))
			behind = arena_print(arena, "%s_dup", behind);
		names[i] = arena_print(arena, "%s%s", names[i], behind);
	}
	return true;
}
