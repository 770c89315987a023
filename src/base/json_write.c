/*
 * json_write - values to text.
 *
 * What was read and stands where it stood keeps its bytes; what was made or changed
 * is laid out in the document's style; what moved to another depth and spans lines is
 * laid out anew, its numbers and strings as they were written.
 */
#include "base/json.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/number.h"

struct writer {
	struct json_style style;
	struct buffer *out;
	struct error *err;
};

static bool
put(struct writer *w, const char *text)
{
	return buffer_append(w->out, text, strlen(text), w->err);
}

static bool
put_text(struct writer *w, struct text t)
{
	return buffer_append(w->out, t.data, t.size, w->err);
}

/* Python and JavaScript escape the same, but for what is not ASCII. */
static size_t
put_code(uint32_t code, bool ascii, char out[16])
{
	static const char plain[] = "\b\f\n\r\t\"\\", named[] = "bfnrt\"\\";
	const char *known = code && code < 0x80 ? strchr(plain, (int)code) : NULL;

	if (known) {
		out[0] = '\\';
		out[1] = named[known - plain];
		return 2;
	}
	if (code < 0x20 || (ascii && code >= 0x80 && code < 0x10000))
		return (size_t)snprintf(out, 16, "\\u%04x", (unsigned)code);
	if (ascii && code >= 0x10000)
		return (size_t)snprintf(out, 16, "\\u%04x\\u%04x",
					(unsigned)(0xd800 + ((code - 0x10000) >> 10)),
					(unsigned)(0xdc00 + (code & 0x3ff)));
	return text_put(code, out);
}

/* Bytes from a place on that stand for themselves. */
static size_t
plain_size(struct text s, size_t at)
{
	size_t end = at;

	while (end < s.size && s.data[end] >= ' ' && s.data[end] < 0x7f &&
	       s.data[end] != '"' && s.data[end] != '\\')
		end++;
	return end - at;
}

bool
json_write_string(struct text s, bool ascii, struct buffer *out, struct error *err)
{
	char code[16];
	size_t at = 0;

	if (!buffer_reserve(out, s.size + 2, err) || !buffer_append(out, "\"", 1, err))
		return false;
	while (at < s.size) {
		const size_t plain = plain_size(s, at);
		size_t size;

		if (plain && !buffer_append(out, s.data + at, plain, err))
			return false;
		at += plain;
		if (at == s.size)
			break;
		size = put_code(text_next(s, &at), ascii, code);
		if (!buffer_append(out, code, size, err))
			return false;
	}
	return buffer_append(out, "\"", 1, err);
}

/* --- in the document's style --- */

static bool
put_line(struct writer *w, unsigned depth)
{
	size_t n = (size_t)depth * (size_t)w->style.indent;
	const char *blank = w->style.tabs ? "\t" : " ";

	if (!put(w, w->style.crlf ? "\r\n" : "\n"))
		return false;
	while (n--)
		if (!put(w, blank))
			return false;
	return true;
}

static bool
put_string(struct writer *w, struct text text, struct text source)
{
	if (source.size)
		return put_text(w, source);
	return json_write_string(text, w->style.ascii, w->out, w->err);
}

/* Its bytes can stand at this depth as they are. */
static bool
keeps_bytes(const struct json *value, unsigned depth)
{
	return value->source.size &&
	       (value->depth == depth ||
		!memchr(value->source.data, '\n', value->source.size));
}

static bool put_value(struct writer *w, const struct json *value, unsigned depth,
		      bool lines);

static bool
put_member(struct writer *w, const struct json *value, size_t i, unsigned depth,
	   bool lines)
{
	const struct json_member *m = &value->at[i];

	if (i && !put(w, lines || !w->style.spaced ? "," : ", "))
		return false;
	if (lines && !put_line(w, depth + 1))
		return false;
	if (value->kind == JSON_OBJECT &&
	    (!put_string(w, m->key, m->key_source) ||
	     !put(w, lines || w->style.spaced ? ": " : ":")))
		return false;
	return put_value(w, m->value, depth + 1, lines);
}

/* One that stood on one line among others stays on one, and so does what is in it. */
static bool
put_container(struct writer *w, const struct json *value, unsigned depth, bool lines)
{
	const bool object = value->kind == JSON_OBJECT;

	if (!value->n || (value->origin && json_is_inline(value->origin)))
		lines = false;
	if (!put(w, object ? "{" : "["))
		return false;
	for (size_t i = 0; i < value->n; i++)
		if (!put_member(w, value, i, depth, lines))
			return false;
	if (lines && !put_line(w, depth))
		return false;
	return put(w, object ? "}" : "]");
}

static bool
put_value(struct writer *w, const struct json *value, unsigned depth, bool lines)
{
	if (keeps_bytes(value, depth))
		return put_text(w, value->source);
	if (value->kind == JSON_STRING)
		return put_string(w, value->text, value->source);
	if (value->kind == JSON_NUMBER)
		return put_text(w, value->text);
	return put_container(w, value, depth, lines);
}

bool
json_write(const struct json *value, const struct json_style *style, struct buffer *out,
	   struct error *err)
{
	struct writer w = { .style = { .spaced = true, .ascii = true }, out, err };

	if (style)
		w.style = *style;
	return put_value(&w, value, 0, w.style.indent > 0) &&
	       (!w.style.newline || put(&w, w.style.crlf ? "\r\n" : "\n"));
}

/* --- as Python --- */

static bool python(struct writer *w, const struct json *value);

/* Whole numbers keep their text, for Python's have no bounds; -0 is 0 there. */
static bool
python_number(struct writer *w, const struct json *value)
{
	struct text t = value->text;
	char text[NUMBER_SIZE];
	double x;

	if (text_is(t, "-0"))
		return put(w, "0");
	if (!memchr(t.data, '.', t.size) && !memchr(t.data, 'e', t.size) &&
	    !memchr(t.data, 'E', t.size))
		return put_text(w, t);
	if (!json_double(value, &x))
		return fail(w->err, "'%.*s' is no number", TEXT_ARG(t));
	if (x - x != 0)
		return put(w, x < 0 ? "-Infinity" : "Infinity");
	number_print_python(x, text);
	return put(w, text);
}

static bool
python_object(struct writer *w, const struct json *value)
{
	struct arena scratch = { 0 };
	size_t n;
	const struct json_member **list = json_sorted(value, &n, &scratch);
	bool ok = put(w, "{");

	for (size_t i = 0; ok && i < n; i++)
		ok = (!i || put(w, ", ")) &&
		     json_write_string(list[i]->key, true, w->out, w->err) &&
		     put(w, ": ") && python(w, list[i]->value);
	arena_release(&scratch);
	return ok && put(w, "}");
}

static bool
python(struct writer *w, const struct json *value)
{
	switch (value->kind) {
	case JSON_OBJECT:
		return python_object(w, value);
	case JSON_ARRAY:
		if (!put(w, "["))
			return false;
		for (size_t i = 0; i < value->n; i++)
			if ((i && !put(w, ", ")) || !python(w, value->at[i].value))
				return false;
		return put(w, "]");
	case JSON_NUMBER:
		return python_number(w, value);
	case JSON_STRING:
		return json_write_string(value->text, true, w->out, w->err);
	default:
		return put_text(w, value->source);
	}
}

bool
json_write_python(const struct json *value, struct buffer *out, struct error *err)
{
	struct writer w = { .out = out, .err = err };

	return python(&w, value);
}
