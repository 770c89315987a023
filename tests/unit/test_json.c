/* JSON is read strictly, keeps every byte, and changes only where it is changed. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/json.h"
#include "base/sha1.h"
#include "check.h"

static const struct json *
parsed(const char *text, struct arena *arena)
{
	struct error err = { 0 };
	const struct json *json = json_parse(text_of(text), arena, &err);

	if (!json)
		printf("%s: %s\n", text, err.text);
	return json;
}

/* As text in the arena, in the style of like (NULL: as Python). */
static const char *
written(const struct json *value, const char *like, struct arena *arena)
{
	struct error err = { 0 };
	struct buffer *out = buffer_new(0, &err);
	struct json_style style = { 0 };
	const char *text;

	if (like)
		style = json_style(parsed(like, arena), text_of(like));
	CHECK(json_write(value, like ? &style : NULL, out, &err));
	text = arena_text_n(arena, out->data, out->size);
	buffer_drop(out);
	return text;
}

static const struct {
	const char *text, *wrong;
} refusals[] = {
	{ "", "line 1, column 1: expected a value, but the text ends" },
	{ " \n ", "line 2, column 2: expected a value, but the text ends" },
	{ "[1,]", "line 1, column 4: expected a value, found ']'" },
	{ "[1 2]", "line 1, column 4: expected ',' or ']', found '2'" },
	{ "[1", "line 1, column 3: expected ',' or ']', but the text ends" },
	{ "{\"a\":1,}", "line 1, column 8: expected a key in double quotes, found '}'" },
	{ "{a:1}", "line 1, column 2: expected a key in double quotes, found 'a'" },
	{ "{'a':1}", "line 1, column 2: expected a key in double quotes, found '''" },
	{ "{\"a\" 1}", "line 1, column 6: expected ':' after a key, found '1'" },
	{ "{\"a\":}", "line 1, column 6: expected a value, found '}'" },
	{ "{\"a\":1 \"b\":2}", "line 1, column 8: expected ',' or '}', found '\"'" },
	{ "{\n  \"\xc3\xa9\xc3\xa9\" 1}",
	  "line 2, column 8: expected ':' after a key, found '1'" },
	{ "[NaN]", "line 1, column 2: expected a value, found 'N'" },
	{ "nul", "line 1, column 1: expected a value, found 'n'" },
	{ "truee", "line 1, column 5: expected nothing after the document, found 'e'" },
	{ "01", "line 1, column 2: expected nothing after the document, found '1'" },
	{ "-", "line 1, column 2: expected a digit, but the text ends" },
	{ "+1", "line 1, column 1: expected a value, found '+'" },
	{ ".5", "line 1, column 1: expected a value, found '.'" },
	{ "1.", "line 1, column 3: expected a digit after '.', but the text ends" },
	{ "1e", "line 1, column 3: expected a digit in the exponent, but the text ends" },
	{ "1e+x", "line 1, column 4: expected a digit in the exponent, found 'x'" },
	{ "0x10", "line 1, column 2: expected nothing after the document, found 'x'" },
	{ "\"a",
	  "line 1, column 3: expected '\"' at the end of a string, but the text ends" },
	{ "\"a\nb\"", "line 1, column 3: expected an escape such as '\\n' in a string, "
		      "found byte 0x0a" },
	{ "\"\\x\"", "line 1, column 3: expected one of \" \\ / b f n r t u after '\\', "
		     "found 'x'" },
	{ "\"\\u12g4\"", "line 1, column 6: expected four hexadecimal digits after "
			 "'\\u', found 'g'" },
	{ "\"\\u12", "line 1, column 6: expected four hexadecimal digits after '\\u', "
		     "but the text ends" },
	{ "\"\\", "line 1, column 3: expected one of \" \\ / b f n r t u after '\\', "
		  "but the text ends" },
	{ "[1]]", "line 1, column 4: expected nothing after the document, found ']'" },
	{ "// no", "line 1, column 1: expected a value, found '/'" },
	{ "\xff", "line 1, column 1: expected a value, found byte 0xff" },
	{ "\v1", "line 1, column 1: expected a value, found byte 0x0b" },
};

static void
refuses(void)
{
	for (size_t i = 0; i < COUNT(refusals); i++) {
		struct arena arena = { 0 };
		struct error err = { 0 };

		CHECK(!json_parse(text_of(refusals[i].text), &arena, &err));
		CHECK_TEXT(err.text, refusals[i].wrong);
		arena_release(&arena);
	}
}

static const struct {
	const char *text, *decoded;
	size_t size;
} strings[] = {
	{ "\"\"", "", 0 },
	{ "\"a\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "a\"\\/\b\f\n\r\t", 9 },
	{ "\"\\u0041\\u00e9\\u20AC\"", "A\xc3\xa9\xe2\x82\xac", 6 },
	{ "\"\\ud83d\\ude00\"", "\xf0\x9f\x98\x80", 4 },
	{ "\"\\ud83d\"", "\xef\xbf\xbd", 3 },
	{ "\"\\ude00\\ud83d\"", "\xef\xbf\xbd\xef\xbf\xbd", 6 },
	{ "\"\\ud83d\\u0041\"",
	  "\xef\xbf\xbd"
	  "A",
	  4 },
	{ "\"\\ud83d\\n\"", "\xef\xbf\xbd\n", 4 },
	{ "\"\\ud83d\\ud83d\\ude00\"", "\xef\xbf\xbd\xf0\x9f\x98\x80", 7 },
	{ "\"a\\u0000b\"", "a\0b", 3 },
	{ "\"\xc3\xa9\x7f\"", "\xc3\xa9\x7f", 3 },
	{ "\"\xff\xc3\"", "\xef\xbf\xbd\xef\xbf\xbd", 6 },
	{ "\"\xed\xa0\x80\"", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd", 9 },
	{ "\"\xc3\\n\"", "\xef\xbf\xbd\n", 4 },
};

static void
decodes(void)
{
	for (size_t i = 0; i < COUNT(strings); i++) {
		struct arena arena = { 0 };
		const struct json *json = parsed(strings[i].text, &arena);

		CHECK(json && json->kind == JSON_STRING);
		CHECK(json && text_equal(json->text, (struct text){ strings[i].decoded,
								    strings[i].size }));
		CHECK_TEXT(written(json, NULL, &arena), strings[i].text);
		arena_release(&arena);
	}
}

static const struct {
	const char *text;
	bool is_long;
	int64_t whole;
	double value;
} numbers[] = {
	{ "0", true, 0, 0 },
	{ "-0", true, 0, -0.0 },
	{ "12", true, 12, 12 },
	{ "1e3", true, 1000, 1000 },
	{ "2.0", true, 2, 2 },
	{ "2.5", false, 0, 2.5 },
	{ "-1767228197713558300", true, -1767228197713558300, -1767228197713558300.0 },
	{ "9223372036854775807", true, INT64_MAX, 0x1p63 },
	{ "-9223372036854775808", true, INT64_MIN, -0x1p63 },
	{ "9223372036854775808", false, 0, 0x1p63 },
	{ "0.000015969891733333336", false, 0, 0.000015969891733333336 },
	{ "1e400", false, 0, HUGE_VAL },
	{ "1E-2", false, 0, 0.01 },
};

static void
counts(void)
{
	for (size_t i = 0; i < COUNT(numbers); i++) {
		struct arena arena = { 0 };
		const struct json *json = parsed(numbers[i].text, &arena);
		int64_t whole = 0;
		double value;

		CHECK(json_long(json, &whole) == numbers[i].is_long);
		CHECK(whole == numbers[i].whole);
		CHECK(json_double(json, &value) && value == numbers[i].value);
		CHECK_TEXT(written(json, NULL, &arena), numbers[i].text);
		arena_release(&arena);
	}
}

static const struct {
	double value;
	const char *js, *python;
} printed[] = {
	{ 240, "240", "240.0" },
	{ -0.0, "0", "-0.0" },
	{ 0.1, "0.1", "0.1" },
	{ 1e-7, "1e-7", "1e-07" },
	{ 0.000015969891733333336, "0.000015969891733333336", "1.5969891733333336e-05" },
	{ 1e16, "10000000000000000", "1e+16" },
	{ 123456789012345680, "123456789012345680", "1.2345678901234568e+17" },
	{ 1e21, "1e+21", "1e+21" },
	{ 1.5e300, "1.5e+300", "1.5e+300" },
	{ 5e-324, "5e-324", "5e-324" },
	{ -1.7976931348623157e308, "-1.7976931348623157e+308",
	  "-1.7976931348623157e+308" },
	{ 29.622191011235955, "29.622191011235955", "29.622191011235955" },
	{ 0.0001, "0.0001", "0.0001" },
	{ 123456.75, "123456.75", "123456.75" },
};

static const char *
python(const struct json *json, struct arena *arena)
{
	struct error err = { 0 };
	struct buffer *out = buffer_new(0, &err);
	const char *text;

	CHECK(json_write_python(json, out, &err));
	text = arena_text_n(arena, out->data, out->size);
	buffer_drop(out);
	return text;
}

static void
prints_numbers(void)
{
	struct arena arena = { 0 };

	for (size_t i = 0; i < COUNT(printed); i++) {
		const struct json *json = json_new_double(printed[i].value, &arena);
		char text[64];

		CHECK_TEXT(written(json, NULL, &arena), printed[i].js);
		snprintf(text, sizeof(text), "%.17e", printed[i].value);
		CHECK_TEXT(python(parsed(text, &arena), &arena), printed[i].python);
	}
	CHECK_TEXT(written(json_new_double(HUGE_VAL, &arena), NULL, &arena), "null");
	CHECK_TEXT(written(json_new_long(INT64_MIN, &arena), NULL, &arena),
		   "-9223372036854775808");
	arena_release(&arena);
}

/* What Python 3.11 printed; the hashes are those that public flows store. */
static const struct {
	const char *text, *python, *sha1;
} hashed[] = {
	{ "{}", "{}", "bf21a9e8fbc5a3846fb05b4fa0859e0917b2202f" },
	{ "{\"strategy\":\"Mean\"}", "{\"strategy\": \"Mean\"}", NULL },
	{ "{\"b\":[1,2.50,1e2],\"a\":{\"z\":null,\"\\u00e9\":true}}",
	  "{\"a\": {\"z\": null, \"\\u00e9\": true}, \"b\": [1, 2.5, 100.0]}", NULL },
	{ "{\"a\":1,\"b\":2,\"a\":3}", "{\"a\": 3, \"b\": 2}", NULL },
	{ "[-0,-0.0,123456789012345678901234567890,[],\"\\u007f/\\ud83d\\ude00\"]",
	  "[0, -0.0, 123456789012345678901234567890, [], \"\x7f/\\ud83d\\ude00\"]",
	  NULL },
	{ "[1e999,-1e999]", "[Infinity, -Infinity]", NULL },
	{ "\"\\b\\f\\n\\r\\t\\u0001\\\"\"", "\"\\b\\f\\n\\r\\t\\u0001\\\"\"", NULL },
};

static void
hashes(void)
{
	struct arena arena = { 0 };
	char hex[41], *many;

	for (size_t i = 0; i < COUNT(hashed); i++) {
		const char *text = python(parsed(hashed[i].text, &arena), &arena);

		CHECK_TEXT(text, hashed[i].python);
		sha1_hex(text, strlen(text), hex);
		CHECK(!hashed[i].sha1 || !strcmp(hex, hashed[i].sha1));
	}
	sha1_hex("", 0, hex);
	CHECK_TEXT(hex, "da39a3ee5e6b4b0d3255bfef95601890afd80709");
	sha1_hex("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 56, hex);
	CHECK_TEXT(hex, "84983e441c3bd26ebaae4aa1f95129e5e54670f1");
	many = malloc(1000000);
	memset(many, 'a', 1000000);
	sha1_hex(many, 1000000, hex);
	CHECK_TEXT(hex, "34aa973cd4c4daa4f61eeb2bdbad27316534016f");
	free(many);
	arena_release(&arena);
}

static const struct {
	const char *text;
	struct json_style style;
} styles[] = {
	{ "{\n  \"a\": 1\n}", { .indent = 2, .spaced = true } },
	{ "{\n  \"a\": 1\n}\n", { .indent = 2, .spaced = true, .newline = true } },
	{ "{\n    \"a\": \"\\u00e9\"\n}",
	  { .indent = 4, .spaced = true, .ascii = true } },
	{ "{\n\t\"a\": 1\n}", { .indent = 1, .tabs = true, .spaced = true } },
	{ "{\r\n  \"a\": 1\r\n}\r\n",
	  { .indent = 2, .crlf = true, .spaced = true, .newline = true } },
	{ "{\"a\": 1, \"b\": []}", { .spaced = true, .ascii = true } },
	{ "{\"a\": \"\xc3\xa9\"}", { .spaced = true } },
	{ "{\"a\":1,\"b\":[]}", { 0 } },
	{ "{ \"a\": 1}", { .spaced = true, .ascii = true } },
	{ "[1,2]", { 0 } },
	{ "[1, 2]", { .spaced = true, .ascii = true } },
	{ "{\"a\":\"\\u0001\"}", { 0 } },
	{ "{\"a\":\"\\\\u00e9\"}", { 0 } },
	{ "{}", { 0 } },
	{ "7\n", { .newline = true } },
};

static void
sees_style(void)
{
	for (size_t i = 0; i < COUNT(styles); i++) {
		struct arena arena = { 0 };
		struct json_style style = json_style(parsed(styles[i].text, &arena),
						     text_of(styles[i].text));
		const struct json_style *want = &styles[i].style;
		bool same = style.indent == want->indent && style.tabs == want->tabs &&
			    style.crlf == want->crlf && style.spaced == want->spaced &&
			    style.newline == want->newline && style.ascii == want->ascii;

		if (!same)
			printf("style %zu: indent %d tabs %d crlf %d spaced %d newline "
			       "%d "
			       "ascii %d\n",
			       i, style.indent, style.tabs, style.crlf, style.spaced,
			       style.newline, style.ascii);
		CHECK(same);
		arena_release(&arena);
	}
}

/* path = value ("" removes), and what comes of it. */
static const struct {
	const char *text, *path, *value, *after;
} edits[] = {
	{ "{\n  \"a\": 1e2,\n  \"b\": [1,2,  3]\n}", "a", "2",
	  "{\n  \"a\": 2,\n  \"b\": [1,2,  3]\n}" },
	{ "{\n  \"a\": {\n    \"x\": 1.0\n  },\n  \"b\": {\n    \"y\" : [ ]\n  }\n}",
	  "a.z", "\"\\u00e9\"",
	  "{\n  \"a\": {\n    \"x\": 1.0,\n    \"z\": \"\\u00e9\"\n  },\n"
	  "  \"b\": {\n    \"y\" : [ ]\n  }\n}" },
	{ "{\"a\": 1, \"b\": {\"c\":   2}}", "d.e.f", "[]",
	  "{\"a\": 1, \"b\": {\"c\":   2}, \"d\": {\"e\": {\"f\": []}}}" },
	{ "{\"a\":1,\"b\":2}", "a", "", "{\"b\":2}" },
	{ "{\"a\":1,\"b\":2,\"a\":3}", "a", "", "{\"b\":2}" },
	{ "{\"a\":1,\"b\":2,\"a\":3}", "a", "4", "{\"a\":1,\"b\":2,\"a\":4}" },
	{ "{\"a\":  1}", "x.y", "", "{\"a\":  1}" },
	{ "{\"a\":  1}", "a.y", "", "{\"a\":  1}" },
	{ "{\"\\u0061\":1}", "a", "2", "{\"\\u0061\":2}" },
	{ "{\n  \"a\": 1\n}", "a", "", "{}" },
	{ "{\n\t\"a\": 1\n}\n", "b.c", "1",
	  "{\n\t\"a\": 1,\n\t\"b\": {\n\t\t\"c\": 1\n\t}\n}\n" },
	{ "{\r\n  \"a\": 1\r\n}", "b", "true", "{\r\n  \"a\": 1,\r\n  \"b\": true\r\n}" },
	{ "{\n  \"a\": { \"b\": 1 },\n  \"c\": [{}]\n}", "a.x", "2",
	  "{\n  \"a\": {\"b\": 1, \"x\": 2},\n  \"c\": [{}]\n}" },
	{ "{\"a\":1}", "a", "{\"b\":{\n  \"c\": 1.0\n}}",
	  "{\"a\":{\"b\":{\n  \"c\": 1.0\n}}}" },
};

static void
edits_in_place(void)
{
	for (size_t i = 0; i < COUNT(edits); i++) {
		struct arena arena = { 0 };
		const struct json *was = parsed(edits[i].text, &arena), *now;
		const struct json *value = NULL;

		if (edits[i].value[0])
			value = parsed(edits[i].value, &arena);
		now = json_with_at(was, edits[i].path, value, &arena);
		if (i + 1 < COUNT(edits))
			CHECK_TEXT(written(now, edits[i].text, &arena), edits[i].after);
		else /* two levels lower than it was read: laid out anew */
			CHECK_TEXT(written(now, edits[i].text, &arena),
				   "{\"a\":{\"b\":{\"c\":1.0}}}");
		CHECK(strstr(written(was, NULL, &arena), "\"") != NULL);
		arena_release(&arena);
	}
}

/* One value after another, and the place where it goes wrong. */
static void
parses_in_turn(void)
{
	struct text t = text_of(" {\"a\":1}\n[2] 3 x");
	struct arena arena = { 0 };
	struct error err = { 0 };
	size_t at = 0;

	CHECK(json_find(json_parse_next(t, &at, &arena, &err), "a") && at == 8);
	CHECK(json_parse_next(t, &at, &arena, &err)->n == 1 && at == 12);
	CHECK(json_parse_next(t, &at, &arena, &err)->kind == JSON_NUMBER && at == 14);
	CHECK(!json_parse_next(t, &at, &arena, &err) && at == 15);
	CHECK_TEXT(err.text, "line 2, column 7: expected a value, found 'x'");
	arena_release(&arena);
}

/* There and back again is the same value; so is setting what is there. */
static void
changes_back(void)
{
	struct arena arena = { 0 };
	const struct json *json = parsed("{ \"a\":[1,2] ,\"b\":{\"c\":0}}", &arena);
	const struct json *now = json, *a = json_find(json, "a");

	now = json_with_at(now, "b.d.e", json_new_array(), &arena);
	now = json_with(now, "a", json_insert(a, 0, a, &arena), &arena);
	now = json_with_at(now, "b.d", NULL, &arena);
	CHECK(now != json);
	now = json_with(now, "a", json_find(json, "a"), &arena);
	CHECK(now == json);
	CHECK(json_with(json, "a", a, &arena) == json);
	CHECK(json_without(json, "x", &arena) == json);
	now = json_with_after(json, "a", "x", a, &arena);
	CHECK_TEXT(written(now, "[1]", &arena),
		   "{\"a\":[1,2],\"x\":[1,2],\"b\":{\"c\":0}}");
	CHECK(json_without(now, "x", &arena) == json);
	now = json_with_after(json, "nowhere", "x", json_new_null(), &arena);
	CHECK_TEXT(written(now, "[1]", &arena),
		   "{\"a\":[1,2],\"b\":{\"c\":0},\"x\":null}");
	arena_release(&arena);
}

static void
edits_arrays(void)
{
	struct arena arena = { 0 };
	const char *text = "[\n  1,\n  {\n    \"a\": 2.00\n  }\n]";
	const struct json *json = parsed(text, &arena), *now;

	now = json_insert(json, 1, json_new_string("x\n", &arena), &arena);
	CHECK_TEXT(written(now, text, &arena),
		   "[\n  1,\n  \"x\\n\",\n  {\n    \"a\": 2.00\n  }\n]");
	now = json_replace(now, 0, json_new_bool(true), &arena);
	now = json_insert(now, 99, json_new_array(), &arena);
	CHECK_TEXT(written(now, text, &arena),
		   "[\n  true,\n  \"x\\n\",\n  {\n    \"a\": 2.00\n  },\n  []\n]");
	CHECK(json_replace(now, 0, json_new_bool(true), &arena) == now);
	/* deeper than it stood, and as a copy for another document */
	now = json_insert(json_new_array(), 0, json, &arena);
	CHECK_TEXT(written(now, text, &arena),
		   "[\n  [\n    1,\n    {\n      \"a\": 2.00\n"
		   "    }\n  ]\n]");
	CHECK_TEXT(written(json_copy(json, &arena), "[1,2]", &arena), "[1,{\"a\":2.00}]");
	CHECK_TEXT(written(json, "[1,2]", &arena), text);
	now = json_new_list((const struct json *const[]){ json_new_bool(false), json }, 2,
			    &arena);
	CHECK_TEXT(written(json_copy(now, &arena), "[1,2]", &arena),
		   "[false,[1,{\"a\":2.00}]]");
	now = json_new_list(NULL, 0, &arena);
	CHECK_TEXT(written(now, "[1,2]", &arena), "[]");
	CHECK(json_insert(now, 0, json_new_null(), &arena)->n == 1);
	arena_release(&arena);
}

static void
finds(void)
{
	struct arena arena = { 0 };
	const struct json *json = parsed(
		"{\"a\":{\"b\":[null,\"x\"]},\"n\":null,\"k\":1,\"k\":2,\"\":3}", &arena);
	int64_t k;

	CHECK(json_long(json_find(json, "k"), &k) && k == 2);
	CHECK(json_at(json, "a.b")->n == 2);
	CHECK(!json_at(json, "a.b.c") && !json_at(json, "x.y") && !json_find(NULL, "a"));
	CHECK(json_is_absent(json_find(json, "n")) && json_is_absent(NULL));
	CHECK(json_is_string(json_at(json, "a.b")->at[1].value, "x"));
	CHECK(!json_is_string(json_at(json, "a.b")->at[0].value, "x"));
	CHECK(!json_text(parsed("\"a\\u0000\"", &arena), &arena));
	CHECK_TEXT(json_text(parsed("\"a\"", &arena), &arena), "a");
	CHECK(json_at(json, "") == json);
	arena_release(&arena);
}

static const struct {
	const char *a, *b;
	bool equal;
} pairs[] = {
	{ "1", "1.0", true },
	{ "1e2", "100", true },
	{ "9007199254740993", "9007199254740992", false },
	{ "\"\\u0061\"", "\"a\"", true },
	{ "{\"a\":1,\"b\":2}", "{\"b\":2, \"a\":1}", true },
	{ "{\"a\":1,\"a\":2}", "{\"a\":2}", true },
	{ "{\"a\":1}", "{\"a\":1,\"b\":null}", false },
	{ "[1,2]", "[2,1]", false },
	{ "[1,[2]]", "[1,[2]]", true },
	{ "null", "false", false },
	{ "[]", "{}", false },
	{ "null", "null", true },
};

static void
compares(void)
{
	for (size_t i = 0; i < COUNT(pairs); i++) {
		struct arena arena = { 0 };
		const struct json *a = parsed(pairs[i].a, &arena);
		const struct json *b = parsed(pairs[i].b, &arena);

		CHECK(json_equal(a, b) == pairs[i].equal);
		CHECK(json_equal(b, a) == pairs[i].equal);
		arena_release(&arena);
	}
}

static struct text
many(size_t n, const char *before, const char *each, const char *after)
{
	size_t size = n * strlen(each) + strlen(before) + strlen(after) + 1;
	char *text = malloc(size), *p = text;

	p = stpcpy(p, before);
	for (size_t i = 0; i < n; i++)
		p = stpcpy(p, each);
	return (struct text){ text, (size_t)(stpcpy(p, after) - text) };
}

/* Depth has a limit, and width costs no more than its bytes. */
static void
withstands(void)
{
	struct arena arena = { 0 };
	struct error err = { 0 };
	struct text t = many(100 << 20, "", "[", "");
	char *keys, *p;

	CHECK(!json_parse(t, &arena, &err));
	CHECK_TEXT(err.text, "line 1, column 513: nested deeper than 512 levels");
	free((char *)t.data);
	t = many(512, "", "[", "");
	CHECK(!json_parse(t, &arena, &err));
	CHECK_TEXT(err.text, "line 1, column 513: expected a value, but the text ends");
	free((char *)t.data);
	t = many(JSON_VALUES, "[", "0,", "0]");
	CHECK(!json_parse(t, &arena, &err));
	CHECK(strstr(err.text, "more than 4194304 values in one document"));
	free((char *)t.data);
	arena_release(&arena);

	p = keys = malloc(16 << 20);
	*p++ = '{';
	for (int i = 0; i < 1000000; i++)
		p += sprintf(p, "\"%d\":0,", i);
	p[-1] = '}';
	t = (struct text){ keys, (size_t)(p - keys) };
	CHECK(json_parse(t, &arena, &err));
	CHECK(json_equal(json_parse(t, &arena, &err), json_parse(t, &arena, &err)));
	free(keys);
	arena_release(&arena);
}

int
main(void)
{
	refuses();
	decodes();
	counts();
	prints_numbers();
	hashes();
	sees_style();
	edits_in_place();
	changes_back();
	parses_in_turn();
	edits_arrays();
	finds();
	compares();
	withstands();
	return check_report();
}
