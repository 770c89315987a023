/* Case by Unicode's full mappings, and as Python has titles. */
#include "base/casing.h"
#include "check.h"

enum { LOWER, UPPER, TITLE, CAPITALIZE, SWAP, KINDS };

static bool (*const maps[KINDS])(struct text, struct buffer *, struct error *) = {
	casing_lower, casing_upper, casing_title, casing_capitalize, casing_swap,
};

static const struct {
	const char *in, *out[KINDS];
} cases[] = {
	{ "", { "", "", "", "", "" } },
	{ "aB1c", { "ab1c", "AB1C", "Ab1C", "Ab1c", "Ab1C" } },
	{ "don't", { "don't", "DON'T", "Don'T", "Don't", "DON'T" } },
	{ "straße", { "straße", "STRASSE", "Straße", "Straße", "STRASSE" } },
	{ "ß", { "ß", "SS", "Ss", "Ss", "SS" } },
	{ "ǆ", { "ǆ", "Ǆ", "ǅ", "ǅ", "Ǆ" } },
	{ "ΟΔΟΣ", { "οδος", "ΟΔΟΣ", "Οδος", "Οδος", "οδος" } },
	{ "ΑΣ'Α", { "ασ'α", "ΑΣ'Α", "Ασ'Α", "Ασ'α", "ασ'α" } },
	{ "Σ", { "σ", "Σ", "Σ", "Σ", "σ" } },
	{ "İ", { "i̇", "İ", "İ", "İ", "i̇" } },
	{ "日本 ü", { "日本 ü", "日本 Ü", "日本 Ü", "日本 ü", "日本 Ü" } },
	/* bytes that are not UTF-8 stay */
	{ "a\xff"
	  "B\xc3",
	  { "a\xff"
	    "b\xc3",
	    "A\xff"
	    "B\xc3",
	    "A\xff"
	    "B\xc3",
	    "A\xff"
	    "b\xc3",
	    "A\xff"
	    "b\xc3" } },
	{ "é\xe9É", { "é\xe9é", "É\xe9É", "É\xe9É", "É\xe9é", "É\xe9é" } },
};

static void
check_case(size_t i, int kind)
{
	struct error err = { 0 };
	struct buffer *out = buffer_new(0, &err);

	CHECK(out && buffer_append(out, "<", 1, &err));
	CHECK(maps[kind](text_of(cases[i].in), out, &err));
	CHECK(buffer_append(out, "", 1, &err));
	CHECK_TEXT(out->data + 1, cases[i].out[kind]);
	buffer_drop(out);
}

/* What does not fit on the stack, and a sigma far from its neighbours. */
static void
check_long(void)
{
	struct error err = { 0 };
	struct buffer *in = buffer_new(0, &err), *out = buffer_new(0, &err);

	for (int i = 0; i < 1000; i++)
		CHECK(buffer_append(in, "É", 2, &err));
	CHECK(casing_lower((struct text){ in->data, in->size }, out, &err));
	CHECK(out->size == 2000 && memcmp(out->data + 1998, "é", 2) == 0);
	in->size = out->size = 0;
	CHECK(buffer_append(in, "aΣ", 3, &err));
	for (int i = 0; i < 100000; i++)
		CHECK(buffer_append(in, "'", 1, &err));
	CHECK(buffer_append(in, "b", 1, &err));
	CHECK(casing_swap((struct text){ in->data, in->size }, out, &err));
	CHECK(memcmp(out->data, "Aσ'", 4) == 0);
	buffer_drop(in);
	buffer_drop(out);
}

int
main(void)
{
	for (size_t i = 0; i < COUNT(cases); i++)
		for (int kind = 0; kind < KINDS; kind++)
			check_case(i, kind);
	check_long();
	return check_report();
}
