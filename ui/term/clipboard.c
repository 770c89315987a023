/*
 * clipboard - base64 (RFC 4648, 4) between the two ends of the sequence.
 */
#include "term/clipboard.h"

#define LEAD  "\033]52;c;"
#define TRAIL "\a"

static void
encode(struct text text, char *out)
{
	static const char digits[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
		"0123456789+/";

	for (size_t i = 0; i < text.size; i += 3, out += 4) {
		const size_t n = text.size - i < 3 ? text.size - i : 3;
		uint32_t bits = 0;

		for (size_t j = 0; j < 3; j++)
			bits = bits << 8 | (j < n ? (unsigned char)text.data[i + j] : 0);
		for (size_t j = 0; j < 4; j++)
			out[j] = j <= n ? digits[bits >> (18 - 6 * j) & 63] : '=';
	}
}

const char *
clipboard_sequence(struct text text, struct arena *arena)
{
	const size_t size = (text.size + 2) / 3 * 4, lead = sizeof LEAD - 1;
	char *out = arena_alloc(arena, lead + size + sizeof TRAIL);

	memcpy(out, LEAD, lead);
	encode(text, out + lead);
	memcpy(out + lead + size, TRAIL, sizeof TRAIL);
	return out;
}
