/* Types are inferred from shares of values that look alike. */
#include "base/random.h"
#include "check.h"
#include "data/infer.h"

enum looks {
	NULLS = 1,
	NUMERIC = 2,
	INTEGER = 4,
	BOOLEAN = 8,
	DATE = 16,
	DATETIME = 32,
	HUGE_WHOLE = 64
};

static const struct {
	const char *text;
	unsigned looks;
} values[] = {
	{ "", NULLS },
	{ "  ", NULLS },
	{ "\xc2\xa0\t", NULLS },
	{ "NULL", NULLS },
	{ "nancy", NULLS },
	{ "National", NULLS },
	{ "none of it", NULLS },
	{ "NIL", NULLS },
	{ "nan", NULLS },
	{ " nan", 0 },
	{ "no", 0 },
	{ "x", 0 },
	{ "5", NUMERIC | INTEGER },
	{ "+5", NUMERIC | INTEGER },
	{ "-007 ", NUMERIC | INTEGER },
	{ "\xc2\xa0"
	  "5\xe3\x80\x80",
	  NUMERIC | INTEGER },
	{ "9007199254740993", NUMERIC | INTEGER },
	{ "-0009007199254740993", NUMERIC | INTEGER },
	{ "999999999999999999", NUMERIC | INTEGER },
	{ "9223372036854775807", NUMERIC | INTEGER },
	{ "+9223372036854775808", NUMERIC | HUGE_WHOLE },
	{ "-9223372036854775808", NUMERIC | INTEGER },
	{ "-9223372036854775809 ", NUMERIC | HUGE_WHOLE },
	{ "123456789012345678901234567890", NUMERIC | HUGE_WHOLE },
	{ "10000000000000000000000", NUMERIC | HUGE_WHOLE },
	{ "10000000000000000000000.", NUMERIC },
	{ "10000000000000000000000.0", NUMERIC },
	{ "0", NUMERIC | INTEGER },
	{ "-000", NUMERIC | INTEGER },
	{ "5.0", NUMERIC },
	{ "5.", NUMERIC },
	{ ".5", NUMERIC },
	{ "1e3", NUMERIC },
	{ "1E+3", NUMERIC },
	{ "1_000", 0 },
	{ "1,000", 0 },
	{ "0x10", 0 },
	{ "1e999", 0 },
	{ "inf", 0 },
	{ "-Infinity", 0 },
	{ "1d", 0 },
	{ "- 5", 0 },
	{ "True", BOOLEAN },
	{ "FALSE", BOOLEAN },
	{ " true", 0 },
	{ "yes", 0 },
	{ "2015-07-01", DATE },
	{ "2015-07-01 ", DATETIME },
	{ "2015-7-1", DATETIME },
	{ "7/1/2015", DATETIME },
	{ "2015-07-01 10:11:12", DATETIME },
	{ "20150701", NUMERIC | INTEGER | DATETIME },
	{ "2015", NUMERIC | INTEGER },
	{ "2015-02-30", 0 },
};

static void
looks_at_values(void)
{
	for (size_t i = 0; i < COUNT(values); i++) {
		struct infer infer = { 0 };
		struct text t = text_of(values[i].text);
		unsigned looks;

		infer_add_text(&infer, &t);
		looks = (infer.nulls ? NULLS : 0) | (infer.numeric ? NUMERIC : 0) |
			(infer.integer ? INTEGER : 0) | (infer.boolean ? BOOLEAN : 0) |
			(infer.date ? DATE : 0) | (infer.datetime ? DATETIME : 0) |
			(infer.huge ? HUGE_WHOLE : 0);
		CHECK(infer.n == 1 && looks == values[i].looks);
		if (looks != values[i].looks)
			printf("'%s' looks like %#x\n", values[i].text, looks);
	}
}

static void
agree(struct text t)
{
	const unsigned fast = infer_looks(t), slow = infer_looks_by_rules(t);

	CHECK(fast == slow);
	if (fast != slow)
		printf("'%.*s' looks like %#x, but is %#x\n", TEXT_ARG(t), fast, slow);
}

/* Parts that numbers, moments and nulls are made of, in any order. */
static const char *const pieces[] = {
	"1",    "12",  "2015", "07",   "31",       "20150701", "123456789012345",
	"0",    "-",   "+",    ".",    "e",        "E",        "/",
	":",    " ",   ",",    "T",    "Z",        "Jan",      "july",
	"Mon",  "th",  "of",   "at",   "am",       "PM",       "a",
	"na",   "nil", "Null", "no",   "true",     "FALSE",    "nan",
	"inf",  "x",   "m",    "\t",   "\xc3\xa9", "\xc2\xa0", "\xe3\x80\x80",
	"\xff", "(",   "99",   "\xd0", "1e308",    "e400",     "\x1c",
};

static void
agrees_with_rules(void)
{
	uint64_t seed = 7;
	char text[256];

	for (size_t i = 0; i < COUNT(values); i++)
		agree(text_of(values[i].text));
	for (int round = 0; round < 200000; round++) {
		const uint64_t n = 1 + random_below(&seed, 6);

		*text = '\0';
		for (uint64_t k = 0; k < n; k++)
			strcat(text, pieces[random_below(&seed, COUNT(pieces))]);
		agree(text_of(text));
	}
}

static const struct {
	struct infer counts;
	enum type type;
} decisions[] = {
	{ { 0 }, TYPE_STRING },
	{ { .n = 10, .nulls = 10 }, TYPE_STRING },
	{ { .n = 10, .numeric = 10, .integer = 10 }, TYPE_LONG },
	{ { .n = 10, .numeric = 8, .integer = 8 }, TYPE_STRING }, /* not above 0.8 */
	{ { .n = 100, .numeric = 81, .integer = 81 }, TYPE_LONG },
	{ { .n = 10, .numeric = 10, .integer = 8 }, TYPE_FLOAT },
	{ { .n = 10, .numeric = 10, .integer = 9 }, TYPE_LONG },
	{ { .n = 10, .nulls = 7, .numeric = 3, .integer = 3 }, TYPE_LONG },
	{ { .n = 100, .nulls = 71, .numeric = 29, .integer = 29 }, TYPE_STRING },
	{ { .n = 5000, .nulls = 3500, .numeric = 1500, .integer = 1500 }, TYPE_LONG },
	{ { .n = 5000, .nulls = 3501, .numeric = 1499, .integer = 1499 }, TYPE_STRING },
	{ { .n = 100, .numeric = 100, .integer = 99, .huge = 1 }, TYPE_STRING },
	{ { .n = 10, .numeric = 10, .huge = 9 }, TYPE_STRING },
	{ { .n = 10, .numeric = 10, .integer = 2, .huge = 6 }, TYPE_FLOAT },
	{ { .n = 10, .boolean = 9 }, TYPE_BOOL },
	{ { .n = 10, .date = 10 }, TYPE_DATE },
	{ { .n = 10, .date = 9 }, TYPE_DATE },
	{ { .n = 10, .date = 9, .datetime = 1 }, TYPE_DATETIME },
	{ { .n = 10, .date = 5, .datetime = 5 }, TYPE_DATETIME },
	{ { .n = 10, .date = 4, .datetime = 4 }, TYPE_STRING },
	{ { .n = 10, .datetime = 9 }, TYPE_DATETIME },
	{ { .n = 10, .numeric = 10, .integer = 10, .datetime = 10 }, TYPE_LONG },
};

static void
decides(void)
{
	for (size_t i = 0; i < COUNT(decisions); i++)
		CHECK(infer_type(&decisions[i].counts) == decisions[i].type);
}

static void
merges(void)
{
	static const char *const words[] = { "1",    "2.5",        "",        "x",
					     "true", "2015-07-01", "7/1/2015" };
	struct infer all = { 0 }, parts = { 0 }, part;
	struct error err = { 0 };
	struct column *c;
	struct build b;

	build_start(&b, TYPE_STRING, 0);
	for (size_t i = 0; i < COUNT(words); i++)
		build_text(&b, text_of(words[i]));
	build_null(&b);
	c = build_end(&b, &err);
	infer_add(&all, c, 0, c->rows);
	for (size_t i = 0; i < c->rows; i++) {
		part = (struct infer){ 0 };
		infer_add(&part, c, c->rows - 1 - i, 1);
		infer_merge(&parts, &part);
	}
	CHECK(memcmp(&all, &parts, sizeof(all)) == 0);
	CHECK(all.n == 8 && all.nulls == 2 && all.numeric == 2 && all.integer == 1 &&
	      all.boolean == 1 && all.date == 1 && all.datetime == 1);
	column_drop(c);
}

int
main(void)
{
	looks_at_values();
	agrees_with_rules();
	decides();
	merges();
	return check_report();
}
