/* base85 - groups of five digits, the most significant first. */
#include "base/base85.h"

static const char alphabet[] =
	"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
	"!#$%&()*+-;<=>?@^_`{|}~";

enum { DIGITS = 5, BYTES = 4, FOREIGN = 255 };

static void
digits(unsigned char value[256])
{
	memset(value, FOREIGN, 256);
	for (size_t i = 0; alphabet[i]; i++)
		value[(unsigned char)alphabet[i]] = (unsigned char)i;
}

/* A last group of 2..4 characters stands for one byte less; as in Python the rest is
 * taken as the highest digit, so that cutting off gives back the bytes. */
static bool
group(const char *in, size_t n, const unsigned char value[256], uint64_t *out)
{
	*out = 0;
	for (size_t i = 0; i < DIGITS; i++) {
		unsigned digit = i < n ? value[(unsigned char)in[i]] : 84;

		if (digit == FOREIGN)
			return false;
		*out = *out * 85 + digit;
	}
	return *out <= UINT32_MAX;
}

bool
base85_decode(struct text text, struct text *out, struct arena *arena, struct error *err)
{
	unsigned char value[256];
	size_t size = text.size / DIGITS * BYTES;
	char *data;

	if (text.size % DIGITS == 1)
		return fail(err, "base85 text of %zu characters is cut off", text.size);
	if (text.size % DIGITS)
		size += text.size % DIGITS - 1;
	data = arena_alloc(arena, size + 1);
	digits(value);
	*out = (struct text){ data, size };
	for (size_t at = 0; at < text.size; at += DIGITS) {
		size_t n = text.size - at < DIGITS ? text.size - at : DIGITS;
		uint64_t bits;

		if (!group(text.data + at, n, value, &bits))
			return fail(err, "characters %zu to %zu are no base85", at + 1,
				    at + n);
		for (size_t i = 0; i + 1 < n; i++)
			*data++ = (char)(bits >> (24 - 8 * i));
	}
	return true;
}

char *
base85_encode(struct text bytes, struct arena *arena)
{
	char *out = arena_alloc(arena, bytes.size / BYTES * DIGITS + DIGITS + 1),
	     *at = out;

	for (size_t i = 0; i < bytes.size; i += BYTES) {
		size_t n = bytes.size - i < BYTES ? bytes.size - i : BYTES;
		uint32_t bits = 0;

		for (size_t j = 0; j < BYTES; j++)
			bits = bits << 8 | (j < n ? (unsigned char)bytes.data[i + j] : 0);
		for (size_t j = DIGITS; j-- > 0; bits /= 85)
			at[j] = alphabet[bits % 85];
		at += n + 1;
		*at = '\0';
	}
	return out;
}
