/*
 * clean - decode once, replace what could act, count what is seen.
 */
#include "term/clean.h"

#include "term/width.h"

enum {
	REPLACED = 0xfffd,
	PICTURES = 0x2400,
	PICTURE_DEL = 0x2421,
	MARKS = 2,
	UNSEEN =
		256, /* so many in a row are one U+FFFD: megabytes of them cost nothing */
};

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

/* Halves of UTF-16, and what is beyond Unicode. */
static bool
is_none(uint32_t code)
{
	return (code >= 0xd800 && code < 0xe000) || code > 0x10ffff;
}

/* A character of a column or two; 0: one that is not seen. */
static uint32_t
harmless(uint32_t code)
{
	if (code < ' ')
		return PICTURES + code;
	if (code == 0x7f)
		return PICTURE_DEL;
	if (is_c1(code) || turns(code) || code == 0x2028 || code == 0x2029 ||
	    is_none(code))
		return REPLACED;
	/* Joiners, tags and choices of pictures, also those to come. */
	if ((code >= 0xe0000 && code <= 0xe0fff) || (code >= 0x2060 && code <= 0x206f))
		return 0;
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

/* Marks that stand on it; others, and those that are too many, are left out. */
static void
take_marks(struct text text, size_t *at, struct seen *out)
{
	int marks = 0;

	for (int i = 0; i < UNSEEN && *at < text.size; i++) {
		size_t next = *at;
		const uint32_t code = text_next(text, &next);

		if (code < 0x300 || harmless(code))
			break;
		if (is_mark(code) && marks < MARKS)
			out->code[1 + marks++] = code;
		*at = next;
	}
}

bool
clean_next(struct text text, size_t *at, struct seen *out)
{
	*out = (struct seen){ 0 };
	for (int i = 0; *at < text.size && !out->code[0]; i++) {
		const uint32_t code = harmless(text_next(text, at));

		out->code[0] = i < UNSEEN ? code : REPLACED;
	}
	if (!out->code[0])
		return false;
	out->width = width_of(out->code[0]);
	take_marks(text, at, out);
	return true;
}

uint32_t
clean_code(uint32_t code)
{
	if (code >= ' ' && code < 0x7f)
		return code;
	code = harmless(code);
	return code && width_of(code) == 1 ? code : REPLACED;
}

struct text
clean_text(struct text text, struct arena *arena)
{
	/* A character of one byte may become one of three; marks stay as long as they are. */
	char *out = arena_alloc(arena, text.size * 3 + 4);
	struct seen seen;
	size_t at = 0, n = 0;

	while (clean_next(text, &at, &seen))
		for (size_t i = 0; i < COUNT(seen.code) && seen.code[i]; i++)
			n += text_put(seen.code[i], out + n);
	return (struct text){ out, n };
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
