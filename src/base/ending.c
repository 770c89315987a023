/* ending - the last bytes of a path, against a list. */
#include "base/ending.h"

#include <strings.h>

bool
ending_fits(const char *path, const char *text)
{
	const size_t n = strlen(path), m = strlen(text);

	return n > m && path[n - m - 1] != '/' && !strcasecmp(path + n - m, text);
}

const struct ending *
ending_of(const struct ending *list, const char *path)
{
	for (; list && list->text; list++)
		if (ending_fits(path, list->text))
			return list;
	return NULL;
}

const char *
ending_in(const char *path)
{
	const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
	const char *dot = strrchr(name, '.');

	return dot && dot > name ? dot : path + strlen(path);
}

const char *
ending_print(const struct ending *list, struct arena *arena)
{
	const char *out = "";

	for (; list && list->text; list++)
		out = arena_print(arena, "%s%s%s", out,
				  !*out          ? ""
				  : list[1].text ? ", "
						 : " or ",
				  list->text);
	return out;
}

static size_t
count(const struct ending *list)
{
	size_t n = 0;

	while (list && list[n].text)
		n++;
	return n;
}

static bool
has(const struct ending *list, size_t n, const char *text)
{
	while (n--)
		if (!strcasecmp(list[n].text, text))
			return true;
	return false;
}

const struct ending *
ending_join(const struct ending *first, const struct ending *second, struct arena *arena)
{
	const size_t mine = count(first), others = count(second);
	struct ending *out = ARENA_ARRAY(arena, mine + others + 1, struct ending);
	size_t n = 0;

	for (; n < mine; n++)
		out[n] = first[n];
	for (size_t i = 0; i < others; i++)
		if (!has(out, n, second[i].text))
			out[n++] = second[i];
	return out;
}

const struct ending *
ending_need(const struct ending *list, const char *path, const char *what,
	    struct error *err)
{
	const struct ending *found = ending_of(list, path);
	const char *given = ending_in(path);
	struct arena arena = { 0 };

	if (found)
		return found;
	if (*given)
		fail(err, "'%s': %s is not written as %s, but as %s", path, what, given,
		     ending_print(list, &arena));
	else
		fail(err, "'%s': how %s is written is said by the ending: %s", path, what,
		     ending_print(list, &arena));
	arena_release(&arena);
	return NULL;
}
