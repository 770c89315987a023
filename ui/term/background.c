/*
 * background - "rgb:ffff/ffff/ffff" and its lightness.
 */
#include "term/background.h"

#include <stdint.h>
#include <stdlib.h>

const char background_question[] = "\033]11;?\033\\\033[c";

bool
background_of_variable(const char *value, bool *is_light)
{
	const char *last = value ? strrchr(value, ';') : NULL;
	char *end;
	const long colour = last ? strtol(last + 1, &end, 10) : -1;

	if (colour < 0 || end == last + 1 || *end || colour > 15)
		return false;
	*is_light = colour == 7 || colour > 8;
	return true;
}

/* Up to four hexadecimal digits as a part of the largest such number; -1: none. */
static double
part(struct text *rest)
{
	double value = 0, most = 1;
	size_t n = 0;

	while (n < rest->size && n < 4) {
		const char c = rest->data[n];
		const int digit = c >= '0' && c <= '9'   ? c - '0'
				  : c >= 'a' && c <= 'f' ? c - 'a' + 10
				  : c >= 'A' && c <= 'F' ? c - 'A' + 10
							 : -1;

		if (digit < 0)
			break;
		value = value * 16 + digit;
		most *= 16;
		n++;
	}
	*rest = (struct text){ rest->data + n, rest->size - n };
	if (rest->size && rest->data[0] == '/')
		*rest = (struct text){ rest->data + 1, rest->size - 1 };
	return n ? value / (most - 1) : -1;
}

bool
background_of_answer(struct text bytes, bool *is_light)
{
	static const char lead[] = "\033]11;rgb:";
	const size_t n = sizeof lead - 1;
	const char *at = bytes.size ? memmem(bytes.data, bytes.size, lead, n) : NULL;
	struct text rest;
	double red, green, blue;

	if (!at)
		return false;
	rest = (struct text){ at + n, bytes.size - (size_t)(at + n - bytes.data) };
	red = part(&rest), green = part(&rest), blue = part(&rest);
	if (red < 0 || green < 0 || blue < 0)
		return false;
	/* Luma of ITU-R BT.709. */
	*is_light = 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.5;
	return true;
}

bool
background_is_answered(struct text bytes)
{
	static const char lead[] = "\033[?";
	const size_t n = sizeof lead - 1;
	const char *end = bytes.data + bytes.size;
	const char *at = bytes.size ? memmem(bytes.data, bytes.size, lead, n) : NULL;

	return at && memchr(at, 'c', (size_t)(end - at));
}
