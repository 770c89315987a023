/* Help with a formula: which word was begun, how it may end, and where it is wrong. */
#include "widget/formula.h"

#include "check.h"
#include "op/op.h"

static struct arena arena;

static struct field columns[] = {
	{ .name = "adr", .type = TYPE_FLOAT },
	{ .name = "adults", .type = TYPE_LONG },
	{ .name = "a b`c", .type = TYPE_STRING },
	{ .name = "floor", .type = TYPE_LONG }, /* as a function */
};
static const struct schema schema = { COUNT(columns), columns };

/* The bytes before the end that begin a name. */
static const struct {
	const char *text;
	size_t begun;
} begins[] = {
	{ "", 0 },   { "ad", 2 },   { "1 + ad", 2 }, { "ad ", 0 },     { "floor(", 0 },
	{ "12", 0 }, { "12ab", 2 }, { "a1", 2 },     { "x > Grö", 4 }, { "lead_t", 6 },
};

/* What a word may end as, as it is typed. */
static const struct {
	const char *begun, *ends;
} ends[] = {
	{ "adu", "adults " },
	{ "AD", "adr adults " },
	{ "adr", "" }, /* it is one already */
	{ "a b", "`a b``c` " },
	{ "floo", "floor " }, /* the column hides the function */
	{ "greates", "greatest( " },
	{ "zz", "" },
};

static const char *
ends_of(const char *begun)
{
	const char *out = "";
	size_t n;
	struct pick *picks = formula_ends(text_of(begun), &schema, &n, &arena);

	for (size_t i = 0; i < n; i++)
		out = arena_print(&arena, "%s%s ", out, formula_word(&picks[i], &arena));
	return out;
}

/* A letter a byte: ! wrong, else whether it has the ink of its neighbour before. */
static const char *
wrong_bytes(const char *formula, const char *problem)
{
	const struct text text = text_of(formula);
	const struct paint *paints = formula_paints(text, &schema, problem, &arena);
	char *out = arena_alloc(&arena, text.size + 1);

	for (size_t i = 0; i < text.size; i++)
		out[i] = paints[i].style & STYLE_UNDERLINE ? '!' : '.';
	return out;
}

static void
test_paints(void)
{
	const struct paint *paints =
		formula_paints(text_of("adr 'x' 1"), &schema, NULL, &arena);

	CHECK(paints[0].ink == paints[2].ink);
	CHECK(paints[0].ink != paints[4].ink && paints[4].ink != paints[8].ink);
	CHECK_TEXT(wrong_bytes("adr > nope", NULL), "..........");
	CHECK_TEXT(wrong_bytes("adr > nope", "position 7: no column 'nope'"),
		   "......!!!!");
	CHECK_TEXT(wrong_bytes("adr > $", "position 7: '$' is no part of a formula"),
		   "......!");
	CHECK_TEXT(wrong_bytes("adr", "position 99: far away"), "...");
}

int
main(void)
{
	for (size_t i = 0; i < COUNT(begins); i++)
		CHECK(formula_begun(text_of(begins[i].text), strlen(begins[i].text)) ==
		      begins[i].begun);
	for (size_t i = 0; i < COUNT(ends); i++)
		CHECK_TEXT(ends_of(ends[i].begun), ends[i].ends);
	test_paints();
	arena_release(&arena);
	return 0;
}
