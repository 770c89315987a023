/*
 * JSON as cJSON sees it: random documents, whole and broken, are taken or refused by
 * both, with the same values. Where the two differ, and why, is listed here.
 */
#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/json.h"
#include "base/random.h"
#include "check.h"

static uint64_t seed = 1;

static unsigned
below(size_t n)
{
	return (unsigned)random_below(&seed, n);
}

/* --- making documents --- */

struct maker {
	char text[1 << 16];
	size_t size;
};

static void
add(struct maker *m, const char *s)
{
	size_t n = strlen(s);

	if (m->size + n < sizeof(m->text)) {
		memcpy(m->text + m->size, s, n);
		m->size += n;
	}
}

static void
add_blank(struct maker *m)
{
	static const char *const blanks[] = { "", "", "", " ", "\n", "\t", "\r\n  " };

	add(m, blanks[below(COUNT(blanks))]);
}

static void
add_string(struct maker *m)
{
	static const char *const parts[] = {
		"a",        "node_id",      " ",       "\\n",     "\\\"",
		"\\\\",     "\\/",          "\\u0041", "\\u00e9", "\\ud83d\\ude00",
		"\xc3\xa9", "\xe2\x82\xac", "\\u001f", "{",       "]",
		",",
	};

	add(m, "\"");
	for (unsigned n = below(5); n; n--)
		add(m, parts[below(COUNT(parts))]);
	add(m, "\"");
}

static void
add_value(struct maker *m, int depth)
{
	static const char *const plain[] = {
		"null", "true", "false", "0",     "-0",         "12",
		"-7.5", "1e3",  "1E-2",  "1e400", "0.1",        "2.50",
		"{}",   "[]",   "[ ]",   "{ }",   "1.7976e308", "-1767228197713558300",
	};
	unsigned kind = depth > 6 ? 0 : below(4), n = below(5);

	add_blank(m);
	if (kind == 0) {
		add(m, plain[below(COUNT(plain))]);
	} else if (kind == 1) {
		add_string(m);
	} else {
		add(m, kind == 2 ? "[" : "{");
		for (unsigned i = 0; i <= n; i++) {
			if (i)
				add(m, ",");
			add_blank(m);
			if (kind == 3) {
				add_string(m);
				add_blank(m);
				add(m, ":");
			}
			add_value(m, depth + 1);
		}
		add(m, kind == 2 ? "]" : "}");
	}
	add_blank(m);
}

/* Damage: a byte changed, left out or put in; or the end cut off. */
static void
damage(struct maker *m)
{
	static const char bytes[] = "{}[]\",:\\ue0123456789-+.tfn \n\x01\xff";
	size_t at = below(m->size);
	char byte = bytes[below(sizeof(bytes) - 1)];

	switch (below(4)) {
	case 0:
		m->text[at] = byte;
		break;
	case 1:
		memmove(m->text + at, m->text + at + 1, --m->size - at);
		break;
	case 2:
		if (m->size + 1 >= sizeof(m->text))
			break;
		memmove(m->text + at + 1, m->text + at, m->size++ - at);
		m->text[at] = byte;
		break;
	default:
		m->size = at;
	}
}

/* --- comparing --- */

static bool
same(const struct json *a, const cJSON *b)
{
	double x;
	const cJSON *child = b->child;

	switch (a->kind) {
	case JSON_NULL:
		return cJSON_IsNull(b);
	case JSON_FALSE:
		return cJSON_IsFalse(b);
	case JSON_TRUE:
		return cJSON_IsTrue(b);
	case JSON_NUMBER:
		return cJSON_IsNumber(b) && json_double(a, &x) && x == b->valuedouble;
	case JSON_STRING: /* cJSON keeps broken UTF-8 and stops at NUL */
		return cJSON_IsString(b) && (text_is(a->text, b->valuestring) ||
					     !text_is_utf8(text_of(b->valuestring)) ||
					     strlen(b->valuestring) < a->text.size);
	default:
		break;
	}
	if (a->kind == JSON_ARRAY ? !cJSON_IsArray(b) : !cJSON_IsObject(b))
		return false;
	for (size_t i = 0; i < a->n; i++, child = child->next)
		if (!child || !same(a->at[i].value, child) ||
		    (a->kind == JSON_OBJECT && !text_is(a->at[i].key, child->string) &&
		     text_is_utf8(text_of(child->string)) &&
		     strlen(child->string) == a->at[i].key.size))
			return false;
	return child == NULL;
}

/* What RFC 8259 forbids and cJSON takes. */
static bool
is_known(const char *refusal)
{
	static const char *const known[] = {
		"an escape such as", /* control characters in strings */
		"found byte 0x01",   /* control characters as blanks */
		"found '0'",         /* 01 and 00 */
		"found '1'",
		"found '2'",
		"found '3'",
		"found '4'",
		"found '5'",
		"found '6'",
		"found '7'",
		"found '8'",
		"found '9'",
		"expected a digit",        /* -.5 and 1. */
		"four hexadecimal digits", /* others count as 0000 there */
	};

	for (size_t i = 0; i < COUNT(known); i++)
		if (strstr(refusal, known[i]))
			return true;
	return false;
}

static bool
compare(struct text t)
{
	struct arena arena = { 0 };
	struct error err = { 0 };
	const struct json *ours = json_parse(t, &arena, &err);
	const char *end = NULL;
	cJSON *theirs = cJSON_ParseWithLengthOpts(t.data, t.size, &end, 0);
	bool agree;

	while (theirs && end < t.data + t.size && (unsigned char)*end <= ' ')
		end++;
	if (theirs && end < t.data + t.size) {
		cJSON_Delete(theirs);
		theirs = NULL;
	}
	if (ours && theirs)
		agree = same(ours, theirs);
	else if (ours) /* halves of a pair, and NUL: cJSON refuses them */
		agree = memmem(t.data, t.size, "\\u", 2) != NULL;
	else
		agree = !theirs || is_known(err.text);
	if (!agree)
		printf("%.*s\nours: %s\n", (int)t.size, t.data,
		       ours ? "taken" : err.text);
	cJSON_Delete(theirs);
	arena_release(&arena);
	return agree;
}

/* Written again, and its copy written, a document is the same; as Python or not. */
static bool
comes_back(struct text t)
{
	struct arena arena = { 0 };
	struct error err = { 0 };
	const struct json *json = json_parse(t, &arena, &err), *again;
	struct buffer *out = buffer_new(0, &err);
	bool ok = json && json_write(json, &(struct json_style){ 0 }, out, &err) &&
		  text_equal((struct text){ out->data, out->size }, json->source);

	for (int indent = 0; ok && indent < 3; indent++) {
		struct json_style style = { .indent = indent };

		out->size = 0;
		ok = json_write(json_copy(json, &arena), &style, out, &err);
		again = ok ? json_parse((struct text){ out->data, out->size }, &arena,
					&err)
			   : NULL;
		ok = again && json_equal(json, again);
	}
	buffer_drop(out);
	arena_release(&arena);
	return ok;
}

int
main(void)
{
	static struct maker m;

	for (int i = 0; i < 3000; i++) {
		m.size = 0;
		add_value(&m, 0);
		if (m.size + 16 > sizeof(m.text))
			continue;
		CHECK(compare((struct text){ m.text, m.size }));
		CHECK(comes_back((struct text){ m.text, m.size }));
		for (int j = 0; j < 10 && m.size; j++) {
			damage(&m);
			CHECK(compare((struct text){ m.text, m.size }));
		}
	}
	return check_report();
}
