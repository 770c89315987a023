/* text - small verbs on slices of bytes. */
#include "base/text.h"

#include <stdlib.h>

int
text_compare(struct text a, struct text b)
{
	size_t n = a.size < b.size ? a.size : b.size;
	int order = n ? memcmp(a.data, b.data, n) : 0;

	if (order)
		return order;
	return (a.size > b.size) - (a.size < b.size);
}

struct text
text_trim(struct text t)
{
	while (t.size && (unsigned char)t.data[0] <= ' ')
		t.data++, t.size--;
	while (t.size && (unsigned char)t.data[t.size - 1] <= ' ')
		t.size--;
	return t;
}

bool
text_is_blank(struct text t)
{
	return text_trim(t).size == 0;
}

static int
lower(int c)
{
	return c >= 'A' && c <= 'Z' ? c + 32 : c;
}

bool
text_is_nocase(struct text a, const char *s)
{
	size_t i;

	for (i = 0; i < a.size && s[i]; i++)
		if (lower((unsigned char)a.data[i]) != lower((unsigned char)s[i]))
			return false;
	return i == a.size && !s[i];
}

uint32_t
text_next(struct text t, size_t *at)
{
	static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	const unsigned char *p = (const unsigned char *)t.data + *at;
	size_t n = p[0] < 0x80   ? 1
		   : p[0] < 0xc2 ? 0
		   : p[0] < 0xe0 ? 2
		   : p[0] < 0xf0 ? 3
		   : p[0] < 0xf5 ? 4
				 : 0;
	uint32_t code = n == 1 ? p[0] : p[0] & (0x7fu >> n);

	for (size_t i = 1; i < n; i++) {
		if (*at + i >= t.size || (p[i] & 0xc0) != 0x80) {
			n = 0;
			break;
		}
		code = code << 6 | (p[i] & 0x3f);
	}
	if (n == 0 || (n > 1 && code < least[n]) || code > 0x10ffff ||
	    (code >= 0xd800 && code < 0xe000)) {
		++*at;
		return 0xfffd;
	}
	*at += n;
	return code;
}

size_t
text_put(uint32_t code, char *out)
{
	if (code < 0x80) {
		out[0] = (char)code;
		return 1;
	}
	if (code < 0x800) {
		out[0] = (char)(0xc0 | code >> 6);
		out[1] = (char)(0x80 | (code & 0x3f));
		return 2;
	}
	if (code < 0x10000) {
		out[0] = (char)(0xe0 | code >> 12);
		out[1] = (char)(0x80 | (code >> 6 & 0x3f));
		out[2] = (char)(0x80 | (code & 0x3f));
		return 3;
	}
	out[0] = (char)(0xf0 | code >> 18);
	out[1] = (char)(0x80 | (code >> 12 & 0x3f));
	out[2] = (char)(0x80 | (code >> 6 & 0x3f));
	out[3] = (char)(0x80 | (code & 0x3f));
	return 4;
}

bool
text_is_utf8(struct text t)
{
	size_t at = 0;

	while (at < t.size) {
		size_t before = at;

		if (text_next(t, &at) == 0xfffd &&
		    !(at - before == 3 &&
		      memcmp(t.data + before, "\xef\xbf\xbd", 3) == 0))
			return false;
	}
	return true;
}

struct text
text_cut(struct text *rest, char separator)
{
	const char *found = rest->size ? memchr(rest->data, separator, rest->size) : NULL;
	struct text head = *rest;

	if (!found) {
		if (rest->size) /* NULL + 0 is undefined */
			*rest = (struct text){ rest->data + rest->size, 0 };
		return head;
	}
	head.size = (size_t)(found - rest->data);
	rest->data = found + 1;
	rest->size -= head.size + 1;
	return head;
}

/* Levenshtein, two rows; words longer than 63 bytes are never near. */
static size_t
distance(const char *a, const char *b)
{
	size_t before[64], now[64], n = strlen(b);

	if (n > 63 || strlen(a) > 63)
		return 64;
	for (size_t j = 0; j <= n; j++)
		before[j] = j;
	for (size_t i = 1; a[i - 1]; i++) {
		now[0] = i;
		for (size_t j = 1; j <= n; j++) {
			size_t best =
				before[j - 1] + (lower(a[i - 1]) != lower(b[j - 1]));

			if (before[j] + 1 < best)
				best = before[j] + 1;
			if (now[j - 1] + 1 < best)
				best = now[j - 1] + 1;
			now[j] = best;
		}
		memcpy(before, now, (n + 1) * sizeof(now[0]));
	}
	return before[n];
}

const char *
text_nearest(const char *wrong, const char *const *words)
{
	const char *nearest = NULL;
	size_t best = 3;

	for (; *words; words++) {
		size_t d = distance(wrong, *words);

		if (d < best && d < strlen(*words))
			nearest = *words, best = d;
	}
	return nearest;
}
