/*
 * event - keys as words, and words as keys; one table names them.
 */
#include "term/event.h"

#include <stdio.h>
#include <stdlib.h>
#include <strings.h>

#include "term/clean.h"

/* The first name of a key is printed, all are read. */
static const struct {
	uint32_t key;
	const char *name;
} names[] = {
	{ ' ', "Space" },
	{ K_ESCAPE, "Escape" },
	{ K_ESCAPE, "Esc" },
	{ K_ENTER, "Enter" },
	{ K_ENTER, "Return" },
	{ K_TAB, "Tab" },
	{ K_UP, "Up" },
	{ K_DOWN, "Down" },
	{ K_LEFT, "Left" },
	{ K_RIGHT, "Right" },
	{ K_HOME, "Home" },
	{ K_END, "End" },
	{ K_PAGE_UP, "PgUp" },
	{ K_PAGE_UP, "PageUp" },
	{ K_PAGE_DOWN, "PgDn" },
	{ K_PAGE_DOWN, "PgDown" },
	{ K_PAGE_DOWN, "PageDown" },
	{ K_INSERT, "Insert" },
	{ K_INSERT, "Ins" },
	{ K_DELETE, "Delete" },
	{ K_DELETE, "Del" },
	{ K_BACKSPACE, "Backspace" },
};

static const struct {
	unsigned mod;
	const char *name;
} mods[] = {
	{ MOD_CTRL, "Ctrl-" },
	{ MOD_ALT, "Alt-" },
	{ MOD_SHIFT, "Shift-" },
};

enum { FUNCTION_KEYS = K_LAST - K_F1 + 1 };

static uint32_t
capital(uint32_t code)
{
	return code >= 'a' && code <= 'z' ? code - 'a' + 'A' : code;
}

static uint32_t
small(uint32_t code)
{
	return code >= 'A' && code <= 'Z' ? code - 'A' + 'a' : code;
}

struct press
press_of(uint32_t key, unsigned with)
{
	struct press press = { key, with };

	if (key >= K_FIRST)
		return press;
	press.mods &= ~(unsigned)MOD_SHIFT;
	if (with & MOD_CTRL)
		press.key = small(key);
	else if (with & MOD_SHIFT)
		press.key = capital(key);
	return press;
}

/* A character that can be seen stands for itself; another one is written as its number.
 */
static void
print_code(uint32_t code, char *out, size_t size)
{
	char bytes[4];
	const size_t n = text_put(code, bytes);
	struct seen seen;
	size_t at = 0;

	if (clean_next((struct text){ bytes, n }, &at, &seen) && seen.code[0] == code)
		snprintf(out, size, "%.*s", (int)n, bytes);
	else
		snprintf(out, size, "U+%04X", (unsigned)code);
}

void
press_print(struct press press, char out[PRESS_SIZE])
{
	size_t n = 0;

	for (size_t i = 0; i < COUNT(mods); i++)
		if (press.mods & mods[i].mod)
			n += (size_t)snprintf(out + n, PRESS_SIZE - n, "%s",
					      mods[i].name);
	for (size_t i = 0; i < COUNT(names); i++)
		if (names[i].key == press.key) {
			snprintf(out + n, PRESS_SIZE - n, "%s", names[i].name);
			return;
		}
	if (press.key >= K_F1)
		snprintf(out + n, PRESS_SIZE - n, "F%u",
			 (unsigned)(press.key - K_F1 + 1));
	else
		print_code(press.mods & MOD_CTRL ? capital(press.key) : press.key,
			   out + n, PRESS_SIZE - n);
}

/* Digits behind a letter or two ("F12", "U+00A0"); -1: it is no such thing. */
static long
number_behind(struct text text, const char *lead, int base)
{
	const size_t n = strlen(lead);
	char digits[8] = { 0 }, *end;
	long number;

	if (text.size <= n || text.size - n >= sizeof digits ||
	    strncasecmp(text.data, lead, n) != 0)
		return -1;
	memcpy(digits, text.data + n, text.size - n);
	number = strtol(digits, &end, base);
	return *end || digits[0] == '+' || digits[0] == '-' || digits[0] == ' ' ? -1
										: number;
}

static bool
parse_key(struct text text, uint32_t *out)
{
	const long f = number_behind(text, "F", 10), code = number_behind(text, "U+", 16);
	size_t at = 0;

	for (size_t i = 0; i < COUNT(names); i++)
		if (text_is_nocase(text, names[i].name)) {
			*out = names[i].key;
			return true;
		}
	if (f > 0 && f <= FUNCTION_KEYS) {
		*out = K_F1 + (uint32_t)f - 1;
		return true;
	}
	if (code > 0 && code < K_FIRST) {
		*out = (uint32_t)code;
		return true;
	}
	if (!text.size)
		return false;
	*out = text_next(text, &at);
	return at == text.size;
}

bool
press_parse(struct text text, struct press *out)
{
	unsigned with = 0;
	uint32_t key;

	for (size_t i = 0; i < COUNT(mods); i++) {
		const size_t n = strlen(mods[i].name);

		if (text.size <= n || strncasecmp(text.data, mods[i].name, n) != 0)
			continue;
		with |= mods[i].mod;
		text = (struct text){ text.data + n, text.size - n };
		i = (size_t)-1; /* in any order */
	}
	if (!parse_key(text, &key))
		return false;
	*out = press_of(key, with);
	return true;
}
