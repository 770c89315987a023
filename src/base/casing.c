/*
 * casing - case by libunistring, with a short way for ASCII.
 *
 * A single letter is mapped without its neighbours, but for the sigma: it is final if
 * a letter stands before and none behind, whatever marks and quotes lie between.
 */
#include "base/casing.h"

#include "base/arena.h"

#include <stdlib.h>
#include <unicase.h>
#include <unictype.h>
#include <unistr.h>

enum fold { LOWER, UPPER, TITLE };

enum {
	SIGMA = 0x3a3,
	SMALL_SIGMA = 0x3c3,
	FINAL_SIGMA = 0x3c2,
	DOTTED_I = 0x130, /* the only letter with two small ones */
	MAPPED = 64,
};

static bool
is_ascii(struct text t)
{
	for (size_t i = 0; i < t.size; i++)
		if ((unsigned char)t.data[i] >= 0x80)
			return false;
	return true;
}

static char
fold_ascii(char c, enum fold fold)
{
	if (fold == LOWER)
		return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
	return c >= 'a' && c <= 'z' ? (char)(c - 32) : c;
}

/* ASCII in one go. */
static bool
put_ascii(struct text t, enum fold fold, struct buffer *out, struct error *err)
{
	size_t start = out->size;

	if (!buffer_append(out, t.data, t.size, err))
		return false;
	for (size_t i = start; i < out->size; i++)
		out->data[i] = fold_ascii(out->data[i], fold);
	return true;
}

/* Valid UTF-8 through the library; small results stay on the stack. */
static bool
put_valid(struct text t, enum fold fold, struct buffer *out, struct error *err)
{
	uint8_t near[MAPPED], *mapped;
	size_t size = sizeof(near);
	const uint8_t *s = (const uint8_t *)t.data;
	bool ok;

	mapped = fold == UPPER ? u8_toupper(s, t.size, NULL, NULL, near, &size)
			       : u8_totitle(s, t.size, NULL, NULL, near, &size);
	if (!mapped)
		return fail_errno(err, "cannot change the case of %zu bytes", t.size);
	ok = buffer_append(out, mapped, size, err);
	if (mapped != near)
		free(mapped);
	return ok;
}

/* Runs of UTF-8 are mapped, bytes between them kept. */
bool
casing_upper(struct text t, struct buffer *out, struct error *err)
{
	if (is_ascii(t))
		return put_ascii(t, UPPER, out, err);
	while (t.size) {
		const uint8_t *s = (const uint8_t *)t.data;
		const uint8_t *broken = u8_check(s, t.size);
		size_t valid = broken ? (size_t)(broken - s) : t.size;

		if (valid && !put_valid((struct text){ t.data, valid }, UPPER, out, err))
			return false;
		if (broken && !buffer_append(out, broken, 1, err))
			return false;
		valid += broken != NULL;
		t = (struct text){ t.data + valid, t.size - valid };
	}
	return true;
}

/* Is there a letter behind `at`, with nothing but marks between? */
static bool
letter_follows(struct text t, size_t at)
{
	while (at < t.size) {
		uint32_t code = text_next(t, &at);

		if (!uc_is_property_case_ignorable(code))
			return uc_is_property_cased(code);
	}
	return false;
}

static bool
is_continuation(char c)
{
	return ((unsigned char)c & 0xc0) == 0x80;
}

/* And in front of `at`? */
static bool
letter_precedes(struct text t, size_t at)
{
	while (at > 0) {
		size_t start = at - 1, end;
		uint32_t code;

		while (start > 0 && is_continuation(t.data[start]))
			start--;
		end = start;
		code = text_next(t, &end);
		if (!uc_is_property_case_ignorable(code))
			return uc_is_property_cased(code);
		at = start;
	}
	return false;
}

static bool
put_lower(struct text t, size_t start, size_t end, uint32_t code, struct buffer *out,
	  struct error *err)
{
	uint32_t small = uc_tolower(code);
	char bytes[4];

	if (code == SIGMA)
		small = letter_precedes(t, start) && !letter_follows(t, end)
				? FINAL_SIGMA
				: SMALL_SIGMA;
	if (code == DOTTED_I)
		return buffer_append(out, "i\u0307", 3, err);
	if (small == code) /* also bytes that are no UTF-8 */
		return buffer_append(out, t.data + start, end - start, err);
	return buffer_append(out, bytes, text_put(small, bytes), err);
}

/* One character of t, [start, end), which is code. */
static bool
put_one(struct text t, size_t start, size_t end, uint32_t code, enum fold fold,
	struct buffer *out, struct error *err)
{
	struct text one = { t.data + start, end - start };

	if (code < 0x80)
		return put_ascii(one, fold, out, err);
	if (fold == LOWER)
		return put_lower(t, start, end, code, out, err);
	if (u8_check((const uint8_t *)one.data, one.size))
		return buffer_append(out, one.data, one.size, err);
	return put_valid(one, fold, out, err);
}

bool
casing_lower(struct text t, struct buffer *out, struct error *err)
{
	if (is_ascii(t))
		return put_ascii(t, LOWER, out, err);
	for (size_t at = 0; at < t.size;) {
		size_t start = at;
		uint32_t code = text_next(t, &at);

		if (!put_one(t, start, at, code, LOWER, out, err))
			return false;
	}
	return true;
}

bool
casing_title(struct text t, struct buffer *out, struct error *err)
{
	bool after_letter = false;

	for (size_t at = 0; at < t.size;) {
		size_t start = at;
		uint32_t code = text_next(t, &at);

		if (!put_one(t, start, at, code, after_letter ? LOWER : TITLE, out, err))
			return false;
		after_letter = uc_is_property_cased(code);
	}
	return true;
}

bool
casing_capitalize(struct text t, struct buffer *out, struct error *err)
{
	for (size_t at = 0; at < t.size;) {
		size_t start = at;
		uint32_t code = text_next(t, &at);

		if (!put_one(t, start, at, code, start ? LOWER : TITLE, out, err))
			return false;
	}
	return true;
}

bool
casing_swap(struct text t, struct buffer *out, struct error *err)
{
	for (size_t at = 0; at < t.size;) {
		size_t start = at;
		uint32_t code = text_next(t, &at);
		bool up = uc_is_property_lowercase(code);
		bool ok = up || uc_is_property_uppercase(code)
				  ? put_one(t, start, at, code, up ? UPPER : LOWER, out,
					    err)
				  : buffer_append(out, t.data + start, at - start, err);

		if (!ok)
			return false;
	}
	return true;
}

const char *
casing_lower_name(const char *name, struct arena *arena, struct error *err)
{
	struct buffer *lower = buffer_new(0, err);
	const char *out = NULL;

	if (lower && casing_lower(text_of(name), lower, err))
		out = arena_text_n(arena, lower->data, lower->size);
	buffer_drop(lower);
	return out;
}
