/* param_text - splitting and joining, each in one pass. */
#include "op/param_text.h"

#include <string.h>

/* A backslash is special only before these, so that others may stand for themselves. */
static bool
is_escape(const char *at)
{
	return at[0] == '\\' && at[1] && strchr("\\,:", at[1]);
}

static size_t
item_length(const char *at, char separator)
{
	size_t n = 0;

	while (at[n] && at[n] != separator)
		n += is_escape(at + n) ? 2 : 1;
	return n;
}

static void
unescape(char *item)
{
	char *out = item;

	if (strcmp(item, "\\") == 0)
		item++;
	for (; *item; item++) {
		if (is_escape(item))
			item++;
		*out++ = *item;
	}
	*out = '\0';
}

static struct names
split(const char *text, char separator, bool raw, struct arena *arena)
{
	struct names items = { 0 };

	if (!*text)
		return items;
	for (;; text++) {
		size_t n = item_length(text, separator);
		char *item = arena_text_n(arena, text, n);

		if (!raw)
			unescape(item);
		names_add(&items, item, arena);
		text += n;
		if (!*text)
			return items;
	}
}

struct names
list_split(const char *text, char separator, struct arena *arena)
{
	return split(text, separator, false, arena);
}

struct names
list_split_raw(const char *text, char separator, struct arena *arena)
{
	return split(text, separator, true, arena);
}

static char *
put_escaped(char *out, const char *item, const char *marks)
{
	for (; *item; item++) {
		if (*item == '\\' || strchr(marks, *item))
			*out++ = '\\';
		*out++ = *item;
	}
	return out;
}

const char *
list_join(const struct names *items, const char *marks, struct arena *arena)
{
	size_t size = 2;
	char *text, *out;

	if (items->n == 1 && !*items->at[0])
		return "\\";
	for (size_t i = 0; i < items->n; i++)
		size += 2 * strlen(items->at[i]) + 1;
	text = out = arena_alloc(arena, size);
	for (size_t i = 0; i < items->n; i++) {
		if (i)
			*out++ = marks[0];
		out = put_escaped(out, items->at[i], marks);
	}
	return text;
}

const char *
list_join_raw(const struct names *items, char separator, struct arena *arena)
{
	size_t size = 1;
	char *text, *out;

	for (size_t i = 0; i < items->n; i++)
		size += strlen(items->at[i]) + 1;
	text = out = arena_alloc(arena, size);
	for (size_t i = 0; i < items->n; i++) {
		if (i)
			*out++ = separator;
		out = stpcpy(out, items->at[i]);
	}
	return text;
}

const char *
words_quoted(const char *const *words, struct arena *arena)
{
	struct names quoted = { 0 };

	for (size_t i = 0; words[i]; i++)
		names_add(&quoted, arena_print(arena, i ? " '%s'" : "'%s'", words[i]),
			  arena);
	return list_join_raw(&quoted, ',', arena);
}
