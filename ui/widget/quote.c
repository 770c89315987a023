/*
 * quote - what would end a name or a text early gets a sign before it.
 */
#include "widget/quote.h"

#include "op/param_text.h"

/* Behind what is at out: the text, with `sign` before any of `marks`. */
static char *
put(char *out, struct text text, const char *marks, char sign)
{
	for (size_t i = 0; i < text.size; i++) {
		if (text.data[i] && strchr(marks, text.data[i]))
			*out++ = sign;
		*out++ = text.data[i];
	}
	return out;
}

const char *
quote_name(const char *name, struct arena *arena)
{
	char *out = arena_alloc(arena, 2 * strlen(name) + 3), *end = out;

	*end++ = '`';
	end = put(end, text_of(name), "`", '`');
	*end = '`';
	return out;
}

const char *
quote_value(enum type type, struct text value, struct arena *arena)
{
	char *out, *end;

	if (type & (TYPE_NUMERIC | TYPE_BOOL))
		return arena_text_n(arena, value.data, value.size);
	out = end = arena_alloc(arena, 2 * value.size + 3);
	*end++ = '\'';
	end = put(end, value, "'\\", '\\');
	*end = '\'';
	return out;
}

const char *
quote_list(const char *const *names, size_t n, struct arena *arena)
{
	struct names all = { 0 };

	for (size_t i = 0; i < n; i++)
		names_add(&all, names[i], arena);
	return list_join(&all, ",", arena);
}
