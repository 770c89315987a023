/* title - a name between two ends. */
#include "term/title.h"

#include "term/clean.h"

enum { COLUMNS = 120 };

const char *
title_sequence(const char *begin, const char *end, enum tier tier, struct text title,
	       struct arena *arena)
{
	const struct text shown = { title.data, clean_fit(title, COLUMNS) };
	char *name = arena_alloc(arena, shown.size * 3 + 1);
	struct seen seen;
	size_t at = 0, n = 0;

	/* Marks are left out: a title bar is no place to tell names apart by them. */
	while (clean_next(shown, &at, &seen))
		n += text_put(glyph_for(tier, seen.code[0]), name + n);
	name[n] = '\0';
	return arena_print(arena, "%s%s%s", begin, name, end);
}
