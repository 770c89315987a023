/* query - an address for what only a database has. */
#include "op/query.h"

/* Names may come in SQL's double quotes, and hold what a path must not. */
static const char *
clean(const char *name, struct arena *arena)
{
	char *copy = arena_text(arena, name), *to = copy;

	for (const char *p = name; *p; p++)
		if (*p != '"')
			*to++ = (char)(*p == '/' ? '_' : *p);
	*to = 0;
	return copy;
}

void
query_dataset(const char *scheme, const char *database, const char *name,
	      struct dataset *out, struct arena *arena)
{
	out->name = name;
	out->format = "parquet";
	out->uri = arena_print(arena, "%s://%s/%s", scheme, clean(database, arena),
			       clean(name, arena));
}
