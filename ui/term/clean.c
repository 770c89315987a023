/*
 * clean - decode once, replace what could act, count what is seen.
 */
#include "term/clean.h"

#include "term/width.h"

enum { REPLACED = 0xfffd, PICTURES = 0x2400, PICTURE_DEL = 0x2421, MARKS = 2 };

/* What turns the direction of writing: seen, so that nobody is fooled. */
static bool
turns(uint32_t code)
{
	return code == 0x61c || code == 0x200e || code == 0x200f ||
	       (code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069);
}

static bool
is_c1(uint32_t code)
{
	return code >= 0x80 && code < 0xa0;
}

/* A character of a column or two; 0: one that is not seen. */
static uint32_t
harmless(uint32_t code)
{
	if (code < ' ')
		return PICTURES + code;
	if (code == 0x7f)
		return PICTURE_DEL;
	if (is_c1(code) || turns(code) || code == 0x2028 || code == 0x2029)
		return REPLACED;
	return width_of(code) == 0 ? 0 : code;
}

/* Those that join or choose a picture make terminals disagree; they are left out. */
static bool
is_mark(uint32_t code)
{
	return width_of(code) == 0 && harmless(code) == 0 && code > 0x2ff &&
	       !(code >= 0x200b && code <= 0x200d) &&
	       !(code >= 0xfe00 && code <= 0xfe0f) &&
	       !(code >= 0xe0000 && code <= 0xe0fff) && code != 0xfeff &&
	       !(code >= 0x2060 && code <= 0x206f) &&
	       !(code >= 0xfff9 && code <= 0xfffb) && code != 0xad;
}

bool
clean_next(struct text text, size_t *at, struct seen *out)
{
	int marks = 0;

	*out = (struct seen){ 0 };
	while (*at < text.size && !out->code[0]) {
		out->code[0] = harmless(text_next(text, at));
		out->width = out->code[0] ? width_of(out->code[0]) : 0;
	}
	while (*at < text.size) {
		size_t next = *at;
		const uint32_t code = text_next(text, &next);

		if (code < 0x300 || harmless(code))
			break;
		if (is_mark(code) && marks < MARKS && out->code[0])
			out->code[1 + marks++] = code;
		*at = next;
	}
	return out->code[0] != 0;
}

int
clean_columns(struct text text, int most)
{
	struct seen seen;
	size_t at = 0;
	int columns = 0;

	while (columns <= most && clean_next(text, &at, &seen))
		columns += seen.width;
	return columns;
}

size_t
clean_fit(struct text text, int columns)
{
	struct seen seen;
	size_t at = 0, fit = 0;

	while (clean_next(text, &at, &seen) && (columns -= seen.width) >= 0)
		fit = at;
	return fit;
}
