/* What is found odd in a column, and that the step it names takes what it is told. */
#include <stdio.h>
#include <stdlib.h>

#include "check.h"
#include "op/op.h"
#include "widget/advice.h"
#include "widget/quote.h"

static struct error err;

struct case_ {
	const char *values; /* separated by commas; repeated n times */
	int times;
	enum type type;
	const char *op, *setting; /* of the first advice; NULL: there is none */
	const char *second;       /* op of the second one; NULL: does not matter */
};

static const struct case_ cases[] = {
	{ "a", 9, TYPE_STRING, "drop_column", "column_to_drop=x\\,y", NULL },
	{ ",,", 9, TYPE_STRING, "drop_column", "column_to_drop=x\\,y", NULL },
	{ "1,,,2", 5, TYPE_LONG, "impute_numeric", "input_column=x\\,y", NULL },
	{ "1,,,", 5, TYPE_LONG, "drop_column", "column_to_drop=x\\,y", NULL },
	{ "a,,b", 5, TYPE_STRING, "impute_categorical", "input_column=x\\,y",
	  "one_hot_encode" },
	{ "true,,false", 5, TYPE_BOOL, "drop_missing", "input_column=x\\,y", NULL },
	{ "red,NULL,green", 5, TYPE_STRING, "treat_missing", "input_column=x\\,y",
	  "one_hot_encode" },
	{ "1,2,3", 5, TYPE_STRING, "cast_single_data_type", "column=x,y", NULL },
	{ "2015-07-01,2015-07-02", 5, TYPE_STRING, "cast_single_data_type", "column=x,y",
	  NULL },
	{ "Ulm,ulm,Bonn", 5, TYPE_STRING, "lower_case", "input_column=x\\,y", NULL },
	{ "Ulm, Ulm,Bonn", 5, TYPE_STRING, "strip_left_right", "input_column=x\\,y",
	  NULL },
	{ "red,green", 5, TYPE_STRING, "one_hot_encode", "input_column=x\\,y", NULL },
	{ "1,2,3,4,5,6,7,8,9,10,900", 5, TYPE_LONG, "custom_formula",
	  "formula=ln(1 + `x,y`)", "min_max_outliers" },
	{ "-900,1,2,3,4,5,6,7,8,9,10", 5, TYPE_LONG, "min_max_outliers",
	  "input_column=x\\,y", NULL },
	{ "1,2,3", 5, TYPE_LONG, NULL, NULL, NULL },
	{ "1,1,1,2", 5, TYPE_FLOAT, NULL, NULL, NULL },
	{ "true,false", 5, TYPE_BOOL, NULL, NULL, NULL },
};

static void
summarize(const struct case_ *c, struct summary_result *out, struct arena *arena)
{
	struct summary *summary = summary_new(SUMMARY_ALL, 0, &err);
	struct text texts[64], rest = text_of(arena_print(arena, "%s%8s", c->values, ""));
	size_t n = 0;

	rest.size -= 8; /* that must be readable behind a text */
	for (bool more = true; more;) {
		more = memchr(rest.data, ',', rest.size) != NULL;
		texts[n++] = text_cut(&rest, ',');
	}
	for (int i = 0; i < c->times; i++)
		CHECK(summary_add_texts(summary, texts, n, &err));
	CHECK(summary_settle(summary, c->type, out, arena, &err));
	summary_free(summary);
}

/* The operator is there, and takes all of it. */
static void
can_be_done(const struct advice *advice, struct arena *arena)
{
	const struct op *op = op_find(advice->op);
	void *fields;

	CHECK(op != NULL);
	if (!op)
		return;
	fields = arena_alloc(arena, op->params_size + 1);
	CHECK(param_preset(op->params, fields, arena, &err));
	for (size_t i = 0; i < advice->n; i++)
		CHECK(param_set(op->params, fields, advice->settings[i], arena, &err));
	CHECK(param_check(op->params, fields, &err));
	CHECK(!op->check || op->check(fields, &err));
}

static void
check_case(const struct case_ *c)
{
	struct arena arena = { 0 };
	struct summary_result found;
	struct advice advice[ADVICE_MOST];
	size_t n;

	summarize(c, &found, &arena);
	n = advice_of("x,y", c->type, &found, advice, &arena);
	if ((n > 0) != (c->op != NULL))
		printf("%s: %zu, first '%s'\n", c->values, n, n ? advice[0].what : "");
	CHECK((n > 0) == (c->op != NULL));
	for (size_t i = 0; i < n; i++) {
		can_be_done(&advice[i], &arena);
		CHECK(i == 0 || advice[i].severity <= advice[i - 1].severity);
	}
	if (n && c->op) {
		CHECK_TEXT(advice[0].op, c->op);
		CHECK_TEXT(advice[0].settings[0], c->setting);
	}
	if (c->second) {
		CHECK(n > 1);
		CHECK_TEXT(n > 1 ? advice[1].op : NULL, c->second);
	}
	arena_release(&arena);
}

/* Rows of each label; those that are left over are missing. */
static void
check_rare(const char *op_name, uint64_t a, uint64_t b, uint64_t c, uint64_t rows,
	   const char *last, const char *what)
{
	struct summary_result found = {
		.type = TYPE_STRING,
		.rows = rows,
		.count = a + b + c,
		.missing = rows - a - b - c,
		.distinct = c ? 3 : 2,
		.n_top = c ? 3 : 2,
		.top = { { .value.text = text_of("a"), .count = a },
			 { .value.text = text_of("b"), .count = b },
			 { .value.text = text_of(last), .count = c } }
	};
	struct advice advice[ADVICE_MOST];
	struct arena arena = { 0 };
	const size_t n =
		advice_before(op_find(op_name), "x", TYPE_STRING, &found, advice, &arena);

	CHECK(n == (what != NULL));
	if (n && what) {
		CHECK_TEXT(advice[0].what, what);
		CHECK_TEXT(advice[0].op, "replace_rare");
		can_be_done(&advice[0], &arena);
	}
	arena_release(&arena);
}

/* Labels of few rows, before each becomes a column. */
static void
rare(void)
{
	check_rare("one_hot_encode", 9000, 951, 49, 10000, "c", "\"c\" 49 rows");
	check_rare("one_hot_encode", 9000, 949, 51, 10000, "c", NULL);
	check_rare("one_hot_encode", 9960, 39, 1, 10000, "c",
		   "2 rare labels in x, 40 rows");
	check_rare("one_hot_encode", 599, 1, 0, 600, "c", "\"b\" 1 row");
	check_rare("one_hot_encode", 400, 5, 0, 405, "c", NULL);
	check_rare("one_hot_encode", 9000, 951, 9, 10000, "c", NULL); /* 40 are missing */
	check_rare("one_hot_encode", 9000, 951, 49, 10000, "Other", NULL);
	check_rare("ordinal_encode", 9000, 951, 49, 10000, "c", NULL);
	check_rare("drop_column", 9000, 951, 49, 10000, "c", NULL);
}

static void
quotes(void)
{
	struct arena arena = { 0 };
	const char *const names[] = { "a", "b,c", "d\\" };

	CHECK_TEXT(quote_name("a `b", &arena), "`a ``b`");
	CHECK_TEXT(quote_value(TYPE_STRING, text_of("it's \\"), &arena), "'it\\'s \\\\'");
	CHECK_TEXT(quote_value(TYPE_LONG, text_of("12"), &arena), "12");
	CHECK_TEXT(quote_list(names, 3, &arena), "a,b\\,c,d\\\\");
	arena_release(&arena);
}

int
main(void)
{
	for (size_t i = 0; i < COUNT(cases); i++)
		check_case(&cases[i]);
	rare();
	quotes();
	return check_report();
}
