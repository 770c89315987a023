/*
 * json_parse - RFC 8259 to values that remember their bytes; linear in the text.
 *
 * Strings without escapes and broken bytes are slices of the text. Members of open
 * containers wait on one stack, so that each container is copied once, at its size.
 */
#include "base/json.h"

struct parser {
	struct text text;
	size_t at;
	unsigned depth;
	size_t values;
	struct arena *arena;
	struct arena scratch; /* holds the stack */
	struct json_member *stack;
	size_t used, room;
	struct error *err;
};

static bool value(struct parser *p, const struct json **out);

static int
next(const struct parser *p)
{
	return p->at < p->text.size ? (unsigned char)p->text.data[p->at] : -1;
}

static void
skip_blank(struct parser *p)
{
	int c;

	while ((c = next(p)) == ' ' || c == '\n' || c == '\r' || c == '\t')
		p->at++;
}

/* Put line and column (in characters, from 1) in front of the sentence. */
static bool
at_place(struct parser *p)
{
	size_t line = 1, start = 0, column = 1;

	for (size_t i = 0; i < p->at; i++)
		if (p->text.data[i] == '\n')
			line++, start = i + 1;
	while (start < p->at) {
		text_next((struct text){ p->text.data, p->at }, &start);
		column++;
	}
	return fail_in(p->err, "line %zu, column %zu: ", line, column);
}

static bool
expected(struct parser *p, const char *what)
{
	int c = next(p);

	if (c < 0)
		fail(p->err, "expected %s, but the text ends", what);
	else if (c > ' ' && c < 0x7f)
		fail(p->err, "expected %s, found '%c'", what, c);
	else
		fail(p->err, "expected %s, found byte 0x%02x", what, (unsigned)c);
	return at_place(p);
}

/* --- strings --- */

static int
hex(int c)
{
	return c >= '0' && c <= '9'   ? c - '0'
	       : c >= 'a' && c <= 'f' ? c - 'a' + 10
	       : c >= 'A' && c <= 'F' ? c - 'A' + 10
				      : -1;
}

/* The four digits of \uXXXX from data[at] on; -1 if they are none. */
static int
unit(struct text t, size_t at)
{
	int code = 0;

	if (t.size < 4 || at > t.size - 4)
		return -1;
	for (size_t i = 0; i < 4; i++) {
		int digit = hex(t.data[at + i]);

		if (digit < 0)
			return -1;
		code = code << 4 | digit;
	}
	return code;
}

/* Checked already: at stands behind the backslash. Halves of a pair that stand alone
 * become U+FFFD. */
static uint32_t
escape(struct text t, size_t *at)
{
	static const char from[] = "bfnrt", to[] = "\b\f\n\r\t";
	const char c = t.data[(*at)++];
	const char *known = strchr(from, c);
	int code, low;

	if (c != 'u')
		return known ? (unsigned char)to[known - from] : (unsigned char)c;
	code = unit(t, *at);
	*at += 4;
	if (code < 0xd800 || code >= 0xe000)
		return (uint32_t)code;
	if (code >= 0xdc00 || t.size - *at < 6 || t.data[*at] != '\\' ||
	    t.data[*at + 1] != 'u')
		return 0xfffd;
	low = unit(t, *at + 2);
	if (low < 0xdc00 || low >= 0xe000)
		return 0xfffd;
	*at += 6;
	return 0x10000 + (((uint32_t)code & 0x3ff) << 10 | ((uint32_t)low & 0x3ff));
}

/* room: enough for raw with each broken byte as U+FFFD. */
static struct text
decode(struct text raw, size_t room, struct arena *arena)
{
	char *out = arena_alloc(arena, room + 1);
	size_t at = 0, size = 0;

	while (at < raw.size) {
		if (raw.data[at] == '\\') {
			at++;
			size += text_put(escape(raw, &at), out + size);
		} else {
			size += text_put(text_next(raw, &at), out + size);
		}
	}
	return (struct text){ out, size };
}

/* One escape from the backslash on. */
static bool
skip_escape(struct parser *p)
{
	int c;

	p->at++;
	c = next(p);
	if (c == 'u') {
		if (unit(p->text, p->at + 1) < 0) {
			do
				p->at++;
			while (hex(next(p)) >= 0);
			return expected(p, "four hexadecimal digits after '\\u'");
		}
		p->at += 5;
		return true;
	}
	if (c <= 0 || !strchr("\"\\/bfnrt", c))
		return expected(p, "one of \" \\ / b f n r t u after '\\'");
	p->at++;
	return true;
}

static bool
string(struct parser *p, struct text *text, struct text *source)
{
	const size_t start = p->at++;
	size_t broken = 0;
	bool plain = true;
	int c;

	while ((c = next(p)) != '"') {
		if (c < 0x20)
			return expected(p, c < 0 ? "'\"' at the end of a string"
						 : "an escape such as '\\n' in a string");
		if (c == '\\') {
			plain = false;
			if (!skip_escape(p))
				return false;
		} else if (c < 0x80) {
			p->at++;
		} else {
			size_t before = p->at;

			text_next(p->text, &p->at);
			broken += p->at == before + 1;
		}
	}
	p->at++;
	*source = (struct text){ p->text.data + start, p->at - start };
	*text = (struct text){ source->data + 1, source->size - 2 };
	if (!plain || broken)
		*text = decode(*text, text->size + 2 * broken, p->arena);
	return true;
}

/* --- values --- */

static struct json *
made(struct parser *p, enum json_kind kind, size_t start)
{
	struct json *json = ARENA_NEW(p->arena, struct json);

	json->kind = kind;
	json->depth = p->depth;
	json->source = (struct text){ p->text.data + start, p->at - start };
	return json;
}

static bool
digits(struct parser *p, const char *what)
{
	int c = next(p);

	if (c < '0' || c > '9')
		return expected(p, what);
	while ((c = next(p)) >= '0' && c <= '9')
		p->at++;
	return true;
}

static bool
number(struct parser *p, const struct json **out)
{
	const size_t start = p->at;
	struct json *json;

	if (next(p) == '-')
		p->at++;
	if (next(p) == '0')
		p->at++;
	else if (!digits(p, "a digit"))
		return false;
	if (next(p) == '.') {
		p->at++;
		if (!digits(p, "a digit after '.'"))
			return false;
	}
	if (next(p) == 'e' || next(p) == 'E') {
		p->at++;
		if (next(p) == '+' || next(p) == '-')
			p->at++;
		if (!digits(p, "a digit in the exponent"))
			return false;
	}
	json = made(p, JSON_NUMBER, start);
	json->text = json->source;
	*out = json;
	return true;
}

static bool
word(struct parser *p, const char *name, const struct json *json, const struct json **out)
{
	const size_t size = strlen(name);

	if (p->text.size - p->at < size || memcmp(p->text.data + p->at, name, size) != 0)
		return expected(p, "a value");
	p->at += size;
	*out = json;
	return true;
}

static void
push(struct parser *p, struct json_member member)
{
	if (p->used == p->room) {
		size_t room = p->room ? 2 * p->room : 64;

		p->stack = arena_grow(&p->scratch, p->stack, p->room * sizeof(*p->stack),
				      room * sizeof(*p->stack));
		p->room = room;
	}
	p->stack[p->used++] = member;
}

static bool
member(struct parser *p, bool keyed)
{
	struct json_member member = { 0 };

	if (keyed) {
		if (next(p) != '"')
			return expected(p, "a key in double quotes");
		if (!string(p, &member.key, &member.key_source))
			return false;
		skip_blank(p);
		if (next(p) != ':')
			return expected(p, "':' after a key");
		p->at++;
		skip_blank(p);
	}
	if (!value(p, &member.value))
		return false;
	push(p, member);
	skip_blank(p);
	return true;
}

static bool
members(struct parser *p, bool keyed)
{
	const int close = keyed ? '}' : ']';

	skip_blank(p);
	if (next(p) == close)
		return true;
	for (;;) {
		if (!member(p, keyed))
			return false;
		if (next(p) == close)
			return true;
		if (next(p) != ',')
			return expected(p, keyed ? "',' or '}'" : "',' or ']'");
		p->at++;
		skip_blank(p);
	}
}

static bool
container(struct parser *p, enum json_kind kind, const struct json **out)
{
	const size_t start = p->at, base = p->used;
	struct json_member *copy;
	struct json *json;

	if (p->depth == JSON_DEPTH) {
		fail(p->err, "nested deeper than %d levels", JSON_DEPTH);
		return at_place(p);
	}
	p->at++;
	p->depth++;
	if (!members(p, kind == JSON_OBJECT))
		return false;
	p->at++;
	p->depth--;
	json = made(p, kind, start);
	json->n = p->used - base;
	if (json->n) {
		copy = ARENA_ARRAY(p->arena, json->n, struct json_member);
		memcpy(copy, p->stack + base, json->n * sizeof(*copy));
		json->at = copy;
	}
	p->used = base;
	*out = json;
	return true;
}

static bool
value(struct parser *p, const struct json **out)
{
	const size_t start = p->at;
	struct text text, source;
	struct json *json;

	if (p->values++ == JSON_VALUES) {
		fail(p->err, "more than %d values in one document", JSON_VALUES);
		return at_place(p);
	}
	switch (next(p)) {
	case '{':
		return container(p, JSON_OBJECT, out);
	case '[':
		return container(p, JSON_ARRAY, out);
	case '"':
		if (!string(p, &text, &source))
			return false;
		json = made(p, JSON_STRING, start);
		json->text = text;
		*out = json;
		return true;
	case 'n':
		return word(p, "null", json_new_null(), out);
	case 't':
		return word(p, "true", json_new_bool(true), out);
	case 'f':
		return word(p, "false", json_new_bool(false), out);
	default:
		if (next(p) == '-' || (next(p) >= '0' && next(p) <= '9'))
			return number(p, out);
		return expected(p, "a value");
	}
}

const struct json *
json_parse_next(struct text text, size_t *at, struct arena *arena, struct error *err)
{
	struct parser p = { .text = text, .at = *at, .arena = arena, .err = err };
	const struct json *json = NULL;
	bool ok;

	skip_blank(&p);
	ok = value(&p, &json);
	*at = p.at;
	arena_release(&p.scratch);
	return ok ? json : NULL;
}

const struct json *
json_parse(struct text text, struct arena *arena, struct error *err)
{
	struct parser p = { .text = text, .err = err };
	const bool marked = text.size >= 3 && !memcmp(text.data, "\xef\xbb\xbf", 3);
	const struct json *json;

	p.at = marked ? 3 : 0;
	json = json_parse_next(text, &p.at, arena, err);
	if (!json)
		return NULL;
	skip_blank(&p);
	if (next(&p) < 0)
		return json;
	expected(&p, "nothing after the document");
	return NULL;
}
