/* json - reading values: members, numbers, comparison, and how a text is laid out. */
#include "base/json.h"

#include <stdlib.h>

#include "base/number.h"

const struct json *
json_find_text(const struct json *object, struct text key)
{
	if (!object || object->kind != JSON_OBJECT)
		return NULL;
	for (size_t i = object->n; i-- > 0;)
		if (text_equal(object->at[i].key, key))
			return object->at[i].value;
	return NULL;
}

const struct json *
json_find(const struct json *object, const char *key)
{
	return json_find_text(object, text_of(key));
}

const struct json *
json_at(const struct json *value, const char *path)
{
	struct text rest = text_of(path);

	while (value && rest.size)
		value = json_find_text(value, text_cut(&rest, '.'));
	return value;
}

bool
json_is_string(const struct json *value, const char *text)
{
	return value && value->kind == JSON_STRING && text_is(value->text, text);
}

bool
json_is_absent(const struct json *value)
{
	return !value || value->kind == JSON_NULL;
}

const char *
json_text(const struct json *value, struct arena *arena)
{
	if (!value || value->kind != JSON_STRING ||
	    (value->text.size && memchr(value->text.data, '\0', value->text.size)))
		return NULL;
	return arena_text_n(arena, value->text.data, value->text.size);
}

bool
json_double(const struct json *value, double *out)
{
	return value && value->kind == JSON_NUMBER &&
	       number_parse_float(value->text, out);
}

bool
json_long(const struct json *value, int64_t *out)
{
	double x;

	if (!value || value->kind != JSON_NUMBER)
		return false;
	if (number_parse_long(value->text, out))
		return true;
	/* 1e3 and 2.0 are whole as well; text of digits alone was out of range. */
	if (!memchr(value->text.data, '.', value->text.size) &&
	    !memchr(value->text.data, 'e', value->text.size) &&
	    !memchr(value->text.data, 'E', value->text.size))
		return false;
	if (!number_parse_float(value->text, &x) || !(x >= -0x1p63 && x < 0x1p63) ||
	    (double)(int64_t)x != x)
		return false;
	*out = (int64_t)x;
	return true;
}

/* --- equality --- */

/* By key, the later of equal keys first: that one counts. */
static int
by_key(const void *a, const void *b)
{
	const struct json_member *const *x = a, *const *y = b;
	int order = text_compare((*x)->key, (*y)->key);

	return order ? order : (*x < *y) - (*x > *y);
}

const struct json_member **
json_sorted(const struct json *object, size_t *n, struct arena *arena)
{
	const struct json_member **list =
		ARENA_ARRAY(arena, object->n + 1, const struct json_member *);
	size_t kept = 0;

	for (size_t i = 0; i < object->n; i++)
		list[i] = &object->at[i];
	qsort(list, object->n, sizeof(*list), by_key);
	for (size_t i = 0; i < object->n; i++)
		if (!kept || !text_equal(list[kept - 1]->key, list[i]->key))
			list[kept++] = list[i];
	*n = kept;
	return list;
}

static bool
objects_equal(const struct json *a, const struct json *b)
{
	struct arena scratch = { 0 };
	const struct json_member **left, **right;
	size_t n, m;
	bool same;

	left = json_sorted(a, &n, &scratch);
	right = json_sorted(b, &m, &scratch);
	same = n == m;
	for (size_t i = 0; same && i < n; i++)
		same = text_equal(left[i]->key, right[i]->key) &&
		       json_equal(left[i]->value, right[i]->value);
	arena_release(&scratch);
	return same;
}

static bool
numbers_equal(const struct json *a, const struct json *b)
{
	int64_t i, j;
	double x, y;

	if (text_equal(a->text, b->text))
		return true;
	if (json_long(a, &i) && json_long(b, &j))
		return i == j;
	return json_double(a, &x) && json_double(b, &y) && x == y;
}

bool
json_equal(const struct json *a, const struct json *b)
{
	if (a == b)
		return true;
	if (!a || !b || a->kind != b->kind)
		return false;
	switch (a->kind) {
	case JSON_NUMBER:
		return numbers_equal(a, b);
	case JSON_STRING:
		return text_equal(a->text, b->text);
	case JSON_ARRAY:
		if (a->n != b->n)
			return false;
		for (size_t i = 0; i < a->n; i++)
			if (!json_equal(a->at[i].value, b->at[i].value))
				return false;
		return true;
	case JSON_OBJECT:
		return objects_equal(a, b);
	default:
		return true;
	}
}

/* --- layout --- */

/* The blanks between the first bracket and what it holds say how it is laid out. */
static void
find_indent(struct text source, struct json_style *style)
{
	size_t at = 1;

	for (; at < source.size && (unsigned char)source.data[at] <= ' '; at++) {
		if (source.data[at] == '\n') {
			style->crlf = at > 1 && source.data[at - 1] == '\r';
			style->indent = 0;
		} else if (source.data[at] != '\r') {
			style->indent++;
			style->tabs = source.data[at] == '\t';
		}
	}
	if (!memchr(source.data, '\n', at))
		style->indent = 0;
}

/* The byte behind the first ',' or ':' of the document tells Python from JavaScript. */
static bool
is_spaced(const struct json *document)
{
	const struct json_member *first = document->at;
	const char *end = document->source.data + document->source.size;
	const char *p;

	if (document->kind == JSON_OBJECT)
		p = first->key_source.data + first->key_source.size;
	else if (document->n > 1 && first->value->source.size)
		p = memchr(document->source.data, ',', document->source.size);
	else
		return false;
	while (p && p < end && *p != ':' && *p != ',')
		p++;
	return p && p + 1 < end && p[1] == ' ';
}

static bool
is_ascii(struct text text, bool otherwise)
{
	size_t at = 0;
	bool escapes = false;

	for (; at < text.size; at++) {
		if ((unsigned char)text.data[at] >= 0x80)
			return false;
		if (text.data[at] == '\\' && at + 5 < text.size &&
		    text.data[at + 1] == 'u' && memcmp(text.data + at + 2, "007f", 4) > 0)
			escapes = true;
		at += text.data[at] == '\\';
	}
	return escapes || otherwise;
}

bool
json_is_inline(const struct json *container)
{
	struct json_style style = { 0 };

	find_indent(container->source, &style);
	return style.indent == 0;
}

struct json_style
json_style(const struct json *document, struct text text)
{
	struct json_style style = { 0 };

	if ((document->kind == JSON_OBJECT || document->kind == JSON_ARRAY) &&
	    document->n && document->source.size) {
		find_indent(document->source, &style);
		style.spaced = is_spaced(document);
	}
	style.newline = text.size && text.data[text.size - 1] == '\n';
	/* A text that does not say: Python escapes, JavaScript does not. */
	style.ascii = is_ascii(text, style.spaced && !style.indent);
	return style;
}
