/*
 * Formulas: values, types, names, errors with positions; every function's example; logic
 * with three values; nothing that is hostile takes long or breaks.
 */
#include <stdio.h>
#include <stdlib.h>

#include "check.h"
#include "data/cast.h"
#include "expr/expr.h"
#include "expr/func.h"

/* Two rows of each type, of which the second is null; names in several cases. */
static const struct field fields[] = {
	{ "x", TYPE_LONG },         { "y", TYPE_FLOAT },   { "s", TYPE_STRING },
	{ "t", TYPE_BOOL },         { "d", TYPE_DATE },    { "at", TYPE_DATETIME },
	{ "two words", TYPE_LONG }, { "Case", TYPE_LONG }, { "case", TYPE_FLOAT },
	{ "a.b`c", TYPE_LONG },     { "adr", TYPE_FLOAT },
};

static struct batch *
batch_of_fields(void)
{
	struct error err = { 0 };
	struct batch *batch = batch_new(COUNT(fields), 2, &err);

	for (size_t i = 0; batch && i < COUNT(fields); i++) {
		struct build b;

		build_start(&b, fields[i].type, 2);
		switch (fields[i].type) {
		case TYPE_LONG:
			build_long(&b, 7);
			break;
		case TYPE_FLOAT:
			build_float(&b, 2.5);
			break;
		case TYPE_BOOL:
			build_bool(&b, true);
			break;
		case TYPE_DATE:
			build_date(&b, 16617);
			break;
		case TYPE_DATETIME:
			build_long(&b, INT64_C(1435744800000001));
			break;
		default:
			build_text(&b, text_of("Abc"));
		}
		build_null(&b);
		batch_take(batch, i, build_end(&b, &err));
	}
	if (!batch)
		abort();
	return batch;
}

/* The value in the first row as text, "null", or the error. */
static const char *
value_of(const char *formula, const struct schema *schema, const struct batch *batch,
	 size_t row, enum type *type, struct arena *arena)
{
	struct error err = { 0 };
	struct expr *expr = expr_read(text_of(formula), arena, &err);
	struct column *column = NULL;
	struct buffer *out = buffer_new(0, &err);
	const char *text = NULL;

	if (expr && expr_bind(expr, schema, arena, &err))
		column = expr_run(expr, batch, &err);
	if (column && out && cell_print(column, row, out, &err)) {
		CHECK(column->rows == batch->rows);
		CHECK(column->type == expr_type(expr));
		if (type)
			*type = column->type;
		text = column_is_null(column, row)
			       ? "null"
			       : arena_text_n(arena, out->data, out->size);
	}
	column_drop(column);
	buffer_drop(out);
	return text ? text : arena_text(arena, err.text);
}

static void
examples(void)
{
	const struct schema none = { 0 };

	for (size_t t = 0; func_tables[t]; t++)
		for (const struct func *f = func_tables[t]; f->name; f++) {
			struct error err = { 0 };
			struct batch *batch = batch_new(0, 1, &err);
			struct arena mem = { 0 };

			CHECK(f->example && f->value && (!f->run != !f->text));
			CHECK_TEXT(value_of(f->example, &none, batch, 0, NULL, &mem),
				   f->value);
			batch_free(batch);
			arena_release(&mem);
		}
}

/* Over the first row, or (row 1) that of nulls. */
static const struct {
	const char *formula, *value;
	enum type type;
	size_t row;
} values[] = {
	/* literals */
	{ "1", "1", TYPE_LONG, 0 },
	{ "-9223372036854775808", "-9223372036854775808", TYPE_LONG, 0 },
	{ "9223372036854775808", "9.223372036854776E18", TYPE_FLOAT, 0 },
	{ "1.5", "1.5", TYPE_FLOAT, 0 },
	{ ".5", "0.5", TYPE_FLOAT, 0 },
	{ "5.", "5.0", TYPE_FLOAT, 0 },
	{ "1e2", "100.0", TYPE_FLOAT, 0 },
	{ "1E-2D", "0.01", TYPE_FLOAT, 0 },
	{ "3L + 1", "4", TYPE_LONG, 0 },
	{ "2BD", "2.0", TYPE_FLOAT, 0 },
	{ "'it''s'", "its", TYPE_STRING, 0 },
	{ "'it\\'s'", "it's", TYPE_STRING, 0 },
	{ "\"a\" 'b'\t\"c\"", "abc", TYPE_STRING, 0 },
	{ "'\\n\\t\\\\\\u00e9\\101\\%\\q'", "\n\t\\éA\\%q", TYPE_STRING, 0 },
	{ "null", "null", TYPE_STRING, 0 },
	{ "TRUE", "true", TYPE_BOOL, 0 },
	{ "date '2015-07-01'", "2015-07-01", TYPE_DATE, 0 },
	{ "TIMESTAMP\"2015-07-01 10:00:00\"", "2015-07-01 10:00:00", TYPE_DATETIME, 0 },
	/* columns */
	{ "x", "7", TYPE_LONG, 0 },
	{ "X", "7", TYPE_LONG, 0 },
	{ "`two words` + 1", "8", TYPE_LONG, 0 },
	{ "`case`", "2.5", TYPE_FLOAT, 0 },
	{ "`Case`", "7", TYPE_LONG, 0 },
	{ "`CASE`", "7", TYPE_LONG, 0 },
	{ "`a.b``c`", "7", TYPE_LONG, 0 },
	/* arithmetic */
	{ "1 + 2 * 3 - 4", "3", TYPE_LONG, 0 },
	{ "(1 + 2) * 3", "9", TYPE_LONG, 0 },
	{ "2 - 3 - 4", "-5", TYPE_LONG, 0 },
	{ "8 / 2 / 2", "2.0", TYPE_FLOAT, 0 },
	{ "x / 2", "3.5", TYPE_FLOAT, 0 },
	{ "x / 0", "null", TYPE_FLOAT, 0 },
	{ "x % 0", "null", TYPE_LONG, 0 },
	{ "y % 0.0", "null", TYPE_FLOAT, 0 },
	{ "-x % 4", "-3", TYPE_LONG, 0 },
	{ "y % -2", "0.5", TYPE_FLOAT, 0 },
	{ "- -x", "7", TYPE_LONG, 0 },
	{ "--5", "5", TYPE_LONG, 0 },
	{ "+-+x", "-7", TYPE_LONG, 0 },
	{ "x -1", "6", TYPE_LONG, 0 },
	{ "x-1", "6", TYPE_LONG, 0 },
	{ "x + y", "9.5", TYPE_FLOAT, 0 },
	{ "x + '1'", "8.0", TYPE_FLOAT, 0 },
	{ "x + 'one'", "null", TYPE_FLOAT, 0 },
	{ "x + null", "null", TYPE_LONG, 0 },
	{ "null + null", "null", TYPE_FLOAT, 0 },
	{ "9223372036854775807 * 2", "-2", TYPE_LONG, 0 },
	{ "-9223372036854775808 % -1", "0", TYPE_LONG, 0 },
	{ "-9223372036854775808 div -1", "-9223372036854775808", TYPE_LONG, 0 },
	{ "-(-9223372036854775808)", "-9223372036854775808", TYPE_LONG, 0 },
	{ "7 DIV 0", "null", TYPE_LONG, 0 },
	{ "x + 1", "null", TYPE_LONG, 1 },
	/* comparison */
	{ "x = 7.0", "true", TYPE_BOOL, 0 },
	{ "x == '7'", "true", TYPE_BOOL, 0 },
	{ "x <> 7", "false", TYPE_BOOL, 0 },
	{ "x = null", "null", TYPE_BOOL, 0 },
	{ "x <=> null", "false", TYPE_BOOL, 0 },
	{ "x <=> null", "true", TYPE_BOOL, 1 },
	{ "s < 'abc'", "true", TYPE_BOOL, 0 },
	{ "'a' < 'aa'", "true", TYPE_BOOL, 0 },
	{ "0.0 = -0.0", "true", TYPE_BOOL, 0 },
	{ "cast('nan' as double) < cast('inf' as double)", "false", TYPE_BOOL, 0 },
	{ "d > '2015-06-30'", "true", TYPE_BOOL, 0 },
	{ "d < at", "true", TYPE_BOOL, 0 },
	{ "t = 1", "true", TYPE_BOOL, 0 },
	{ "t = 'yes'", "true", TYPE_BOOL, 0 },
	{ "1 < 2 = true", "true", TYPE_BOOL, 0 },
	/* logic */
	{ "not x = 7 or t", "true", TYPE_BOOL, 0 },
	{ "!t", "false", TYPE_BOOL, 0 },
	{ "not not t", "true", TYPE_BOOL, 0 },
	{ "true or false and false", "true", TYPE_BOOL, 0 },
	{ "x is null", "false", TYPE_BOOL, 0 },
	{ "x IS NULL", "true", TYPE_BOOL, 1 },
	{ "x is not null and t", "true", TYPE_BOOL, 0 },
	{ "x = 7 is null", "false", TYPE_BOOL, 0 },
	{ "x between 7 and 8 and t", "true", TYPE_BOOL, 0 },
	{ "x not between 8 and 9", "true", TYPE_BOOL, 0 },
	{ "5 between 6 and null", "false", TYPE_BOOL, 0 },
	{ "5 between 4 and null", "null", TYPE_BOOL, 0 },
	{ "x between 1 and 9", "null", TYPE_BOOL, 1 },
	{ "x in (1, 7)", "true", TYPE_BOOL, 0 },
	{ "x in (1, null, 7)", "true", TYPE_BOOL, 0 },
	{ "x in (1, null)", "null", TYPE_BOOL, 0 },
	{ "x not in (1, 2)", "true", TYPE_BOOL, 0 },
	{ "x in (7)", "null", TYPE_BOOL, 1 },
	{ "s in ('Abc', 'd')", "true", TYPE_BOOL, 0 },
	{ "x in ('7')", "true", TYPE_BOOL, 0 },
	/* like */
	{ "s like 'A%'", "true", TYPE_BOOL, 0 },
	{ "s like '_b_'", "true", TYPE_BOOL, 0 },
	{ "s like 'a%'", "false", TYPE_BOOL, 0 },
	{ "s not like '%c%'", "false", TYPE_BOOL, 0 },
	{ "'' like '%'", "true", TYPE_BOOL, 0 },
	{ "'' like ''", "true", TYPE_BOOL, 0 },
	{ "'' like '_'", "false", TYPE_BOOL, 0 },
	{ "'éa' like '_a'", "true", TYPE_BOOL, 0 },
	{ "'a\nb' like 'a%b'", "true", TYPE_BOOL, 0 },
	{ "'aXbXc' like '%X%c'", "true", TYPE_BOOL, 0 },
	{ "'aXbXd' like '%X%c'", "false", TYPE_BOOL, 0 },
	{ "'5%' like '5\\%'", "true", TYPE_BOOL, 0 },
	{ "'5x' like '5\\%'", "false", TYPE_BOOL, 0 },
	{ "'a_' like 'a\\_'", "true", TYPE_BOOL, 0 },
	{ "s like null", "null", TYPE_BOOL, 0 },
	{ "123 like '1%'", "true", TYPE_BOOL, 0 },
	/* casts and choices */
	{ "cast(y as int)", "2", TYPE_LONG, 0 },
	{ "cast(s as double)", "null", TYPE_FLOAT, 0 },
	{ "cast(1 as decimal(10, 2))", "1.0", TYPE_FLOAT, 0 },
	{ "cast(at as date)", "2015-07-01", TYPE_DATE, 0 },
	{ "cast(null as boolean)", "null", TYPE_BOOL, 0 },
	{ "cast(y as string) || s", "2.5Abc", TYPE_STRING, 0 },
	{ "x || d", "72015-07-01", TYPE_STRING, 0 },
	{ "case when x > 9 then 'big' when x > 5 then 'mid' else 'small' end", "mid",
	  TYPE_STRING, 0 },
	{ "case when x > 5 then 1 end", "null", TYPE_LONG, 1 },
	{ "case x when 7 then 1 else 2.5 end", "1.0", TYPE_FLOAT, 0 },
	{ "case s when null then 1 else 2 end", "2", TYPE_LONG, 1 },
	{ "case when t then d else at end", "2015-07-01 00:00:00", TYPE_DATETIME, 0 },
	{ "if(x > 5, x, s)", "7", TYPE_STRING, 0 },
	{ "coalesce(x, y, 0)", "0.0", TYPE_FLOAT, 1 },
	{ "greatest(x, y)", "7.0", TYPE_FLOAT, 0 },
	{ "greatest(x, null)", "null", TYPE_LONG, 1 },
	{ "greatest(1.0, cast('nan' as double))", "NaN", TYPE_FLOAT, 0 },
	{ "least(d, date '2015-01-01')", "2015-01-01", TYPE_DATE, 0 },
	{ "nullif(x, 8)", "7", TYPE_LONG, 0 },
	/* numbers */
	{ "floor(y)", "2", TYPE_LONG, 0 },
	{ "floor(x)", "7", TYPE_LONG, 0 },
	{ "ceil(1e300)", "9223372036854775807", TYPE_LONG, 0 },
	{ "floor(cast('nan' as double))", "0", TYPE_LONG, 0 },
	{ "abs(-9223372036854775808)", "-9223372036854775808", TYPE_LONG, 0 },
	{ "round(2.5)", "3.0", TYPE_FLOAT, 0 },
	{ "round(-2.345, 2)", "-2.35", TYPE_FLOAT, 0 },
	{ "round(9.995, 2)", "10.0", TYPE_FLOAT, 0 },
	{ "round(999.5)", "1000.0", TYPE_FLOAT, 0 },
	{ "round(0.4)", "0.0", TYPE_FLOAT, 0 },
	{ "round(1234.5, -2)", "1200.0", TYPE_FLOAT, 0 },
	{ "round(0.05, -1)", "0.0", TYPE_FLOAT, 0 },
	{ "round(50.0, -2)", "100.0", TYPE_FLOAT, 0 },
	{ "round(5.0, -3)", "0.0", TYPE_FLOAT, 0 },
	{ "round(1.25e-5, 6)", "1.3E-5", TYPE_FLOAT, 0 },
	{ "round(1.5e300, -300)", "2.0E300", TYPE_FLOAT, 0 },
	{ "round(y, 1000000)", "2.5", TYPE_FLOAT, 0 },
	{ "round(cast('nan' as double), 2)", "NaN", TYPE_FLOAT, 0 },
	{ "round(1250, -2)", "1300", TYPE_LONG, 0 },
	{ "round(-1249, -2)", "-1200", TYPE_LONG, 0 },
	{ "round(9223372036854775807, -19)", "-8446744073709551616", TYPE_LONG, 0 },
	{ "round(5, -30)", "0", TYPE_LONG, 0 },
	{ "round(y, null)", "null", TYPE_FLOAT, 0 },
	{ "sqrt(-1)", "NaN", TYPE_FLOAT, 0 },
	{ "ln(-1)", "null", TYPE_FLOAT, 0 },
	{ "log(0, 3)", "null", TYPE_FLOAT, 0 },
	{ "pow(2, 0.5) = sqrt(2)", "true", TYPE_BOOL, 0 },
	{ "isnan(y)", "false", TYPE_BOOL, 1 },
	/* texts */
	{ "length(s)", "3", TYPE_LONG, 0 },
	{ "length('')", "0", TYPE_LONG, 0 },
	{ "upper(s)", "ABC", TYPE_STRING, 0 },
	{ "upper(s)", "null", TYPE_STRING, 1 },
	{ "trim('\t a \t')", "\t a \t", TYPE_STRING, 0 },
	{ "substring('abc', 0, 2)", "ab", TYPE_STRING, 0 },
	{ "substring('abc', 2)", "bc", TYPE_STRING, 0 },
	{ "substring('abc', -2, 1)", "b", TYPE_STRING, 0 },
	{ "substring('abc', 9)", "", TYPE_STRING, 0 },
	{ "substring('abc', 1, -1)", "", TYPE_STRING, 0 },
	{ "substring('abc', -9223372036854775808)", "abc", TYPE_STRING, 0 },
	{ "substring('abc', -9223372036854775808, 5)", "", TYPE_STRING, 0 },
	{ "substring('abc', 9223372036854775807, 9223372036854775807)", "", TYPE_STRING,
	  0 },
	{ "substring('äöü', 2, 1)", "ö", TYPE_STRING, 0 },
	{ "concat()", "", TYPE_STRING, 0 },
	{ "concat(s, null)", "null", TYPE_STRING, 0 },
	{ "concat_ws(',')", "", TYPE_STRING, 0 },
	{ "concat_ws(',', null, s, x)", "Abc,7", TYPE_STRING, 0 },
	{ "concat_ws(null, s, x)", "null", TYPE_STRING, 0 },
	{ "concat_ws(',', s, 1)", "1", TYPE_STRING, 1 },
	{ "replace('abc', '', 'x')", "abc", TYPE_STRING, 0 },
	{ "replace('', 'a', 'x')", "", TYPE_STRING, 0 },
	/* dates */
	{ "year(at)", "2015", TYPE_LONG, 0 },
	{ "month(s)", "null", TYPE_LONG, 0 },
	{ "hour(d)", "0", TYPE_LONG, 0 },
	{ "hour(at)", "10", TYPE_LONG, 0 },
	{ "second(timestamp '1969-12-31 23:59:59.5')", "59", TYPE_LONG, 0 },
	{ "dayofweek('1969-12-28')", "1", TYPE_LONG, 0 },
	{ "dayofweek('1970-01-03')", "7", TYPE_LONG, 0 },
	{ "to_date(d, 'nonsense')", "2015-07-01", TYPE_DATE, 0 },
	{ "to_date('2015-07-01', '%Y-%m-%d')", "null", TYPE_DATE, 0 },
	{ "concat(to_date('2015-07-01', '%Y-%m-%d'), \"T00:00:00Z\")", "null",
	  TYPE_STRING, 0 },
	{ "to_date('2015-07-01', null)", "null", TYPE_DATE, 0 },
	{ "to_date(null, 'yyyy')", "null", TYPE_DATE, 0 },
	{ "datediff(at, '2015-06-30')", "1", TYPE_LONG, 0 },
	{ "date_add(d, x)", "2015-07-08", TYPE_DATE, 0 },
	{ "date_sub(d, null)", "null", TYPE_DATE, 0 },
};

static void
rows_of_values(const struct schema *schema, const struct batch *batch)
{
	for (size_t i = 0; i < COUNT(values); i++) {
		struct arena mem = { 0 };
		enum type type = TYPE_OBJECT;
		const int before = check_failed;

		CHECK_TEXT(value_of(values[i].formula, schema, batch, values[i].row,
				    &type, &mem),
			   values[i].value);
		CHECK(type == values[i].type);
		if (check_failed != before)
			printf("\tof %s\n", values[i].formula);
		arena_release(&mem);
	}
}

/* AND and OR of false, null, true. */
static void
truth(const struct schema *schema, const struct batch *batch)
{
	static const char *const words[] = { "false", "null", "true" };

	for (size_t a = 0; a < 3; a++)
		for (size_t b = 0; b < 3; b++) {
			struct arena mem = { 0 };
			const char *both =
				arena_print(&mem, "%s and %s", words[a], words[b]);
			const char *one =
				arena_print(&mem, "%s or %s", words[a], words[b]);

			CHECK_TEXT(value_of(both, schema, batch, 0, NULL, &mem),
				   words[a < b ? a : b]);
			CHECK_TEXT(value_of(one, schema, batch, 0, NULL, &mem),
				   words[a > b ? a : b]);
			CHECK_TEXT(value_of(arena_print(&mem, "not %s", words[a]), schema,
					    batch, 0, NULL, &mem),
				   words[2 - a]);
			arena_release(&mem);
		}
}

static const struct {
	const char *formula, *error;
} errors[] = {
	{ "", "position 1: the formula ends where a value should be" },
	{ "  ", "position 3: the formula ends where a value should be" },
	{ "floor(adrr)", "position 7: no column 'adrr'; did you mean 'adr'?" },
	{ "é + 1", "position 1: no column 'é'" },
	{ "'é' || qqqqq", "position 8: no column 'qqqqq'" },
	{ "flor(x)", "position 1: no function 'flor'; did you mean 'floor'?" },
	{ "FLOOT(x)", "position 1: no function 'FLOOT'; did you mean 'floor'?" },
	{ "nothing_like_it(x)", "position 1: no function 'nothing_like_it'" },
	{ "floor(x, 2)", "position 1: 'floor' takes 1 arguments, not 2" },
	{ "round()", "position 1: 'round' takes 1 or 2 arguments, not 0" },
	{ "greatest(1)", "position 1: 'greatest' takes 2 or more arguments, not 1" },
	{ "1 +", "position 4: the formula ends where a value should be" },
	{ "(1", "position 3: the formula ends where ')' should be" },
	{ "1)", "position 2: ')' stands where the end of the formula or an operator "
		"should be" },
	{ "1 2", "position 3: '2' stands where the end of the formula or an operator "
		 "should be" },
	{ "x in ()", "position 7: ')' stands where a value should be" },
	{ "x is 5", "position 6: '5' stands where 'null' should be" },
	{ "x not 5", "position 7: '5' stands where IN, BETWEEN or LIKE should be" },
	{ "case x end", "position 8: 'end' stands where 'when' should be" },
	{ "end", "position 1: 'end' stands where a value (a column of this name needs "
		 "backticks) should be" },
	{ "cast(x as thing)", "position 11: 'thing' stands where a type (string, bigint, "
			      "double, boolean, date, timestamp) should be" },
	{ "cast(x as date)", "position 6: long cannot be cast to date" },
	{ "'abc", "position 1: the text that starts here has no end; close it with '" },
	{ "1 + `ab",
	  "position 5: the name that starts here has no end; close it with `" },
	{ "x ; y", "position 3: ';' means nothing here" },
	{ "a.b", "position 2: a name that holds a point needs backticks" },
	{ "t + 1", "position 1: '+' needs long, float or string here, not bool" },
	{ "1 and t", "position 1: 'and' needs bool here, not long" },
	{ "year(x)", "position 6: 'year' needs string, date or datetime here, not long" },
	{ "if(t, 1, d)",
	  "position 10: 'if' cannot mix long with date; cast one of them" },
	{ "x = d", "position 5: '=' cannot mix long with date; cast one of them" },
	{ "date 'never'", "position 6: 'never' is no date" },
};

static void
rows_of_errors(const struct schema *schema, const struct batch *batch)
{
	for (size_t i = 0; i < COUNT(errors); i++) {
		struct arena mem = { 0 };

		CHECK_TEXT(value_of(errors[i].formula, schema, batch, 0, NULL, &mem),
			   errors[i].error);
		arena_release(&mem);
	}
}

/* What Spark calls the column. */
static const struct {
	const char *formula, *name;
} names[] = {
	{ "x", "x" },
	{ "a+b", "(a + b)" },
	{ "0.3*valence + 0.1*liveness", "((0.3 * valence) + (0.1 * liveness))" },
	{ "floor( a )", "FLOOR(a)" },
	{ "Floor(a) + 1", "(Floor(a) + 1)" },
	{ "LENGTH(a)", "length(a)" },
	{ "-a", "(- a)" },
	{ "-1", "-1" },
	{ "a != 'b'", "(NOT (a = b))" },
	{ "a is not null and not b", "((a IS NOT NULL) AND (NOT b))" },
	{ "a in (1, 'x', null)", "(a IN (1, x, NULL))" },
	{ "a between 1 and 2", "((a >= 1) AND (a <= 2))" },
	{ "a like 'b%'", "a LIKE b%" },
	{ "a || 'b'", "concat(a, b)" },
	{ "case when a = 1 then true else 1e3 end",
	  "CASE WHEN (a = 1) THEN true ELSE 1000.0 END" },
	{ "case a when 1 then 2 end", "CASE WHEN (a = 1) THEN 2 END" },
	{ "cast(a as int)", "a" },
	{ "cast(a as int) + 1", "(CAST(a AS INT) + 1)" },
	{ "cast('10' as bigint)", "CAST(10 AS BIGINT)" },
	{ "round(a)", "round(a, 0)" },
	{ "`two words` % 2", "(two words % 2)" },
	{ "date '2015-07-01'", "DATE '2015-07-01'" },
};

static void
rows_of_names(void)
{
	for (size_t i = 0; i < COUNT(names); i++) {
		struct arena mem = { 0 };
		struct error err = { 0 };
		struct expr *expr = expr_read(text_of(names[i].formula), &mem, &err);

		CHECK(expr);
		if (expr)
			CHECK_TEXT(expr_name(expr, &mem), names[i].name);
		arena_release(&mem);
	}
}

/* n times a text before, and n times another behind. */
static const char *
repeated(const char *before, const char *middle, const char *behind, size_t n,
	 struct arena *arena)
{
	const size_t b = strlen(before), m = strlen(middle), e = strlen(behind);
	char *out = arena_alloc(arena, n * (b + e) + m + 1);

	for (size_t i = 0; i < n; i++) {
		memcpy(out + i * b, before, b);
		memcpy(out + n * b + m + i * e, behind, e);
	}
	memcpy(out + n * b, middle, m);
	return out;
}

static void
hostile(const struct schema *schema, const struct batch *batch)
{
	static const struct {
		const char *before, *middle, *behind;
		size_t n;
		const char *starts; /* the value or error */
	} cases[] = {
		{ "(", "1", ")", 900, "1" },
		{ "(", "1", ")", 30000, "position 1001: the formula is nested deeper" },
		{ "(", "", "", 60000, "position 1001: the formula is nested deeper" },
		{ "not ", "t", "", 10000, "position" },
		{ "-", "x", "", 900, "7" },
		{ "-", "x", "", 60000, "position 1: the formula is nested deeper" },
		{ "1+", "1", "", 900, "901" },
		{ "1+", "1", "", 30000, "position" },
		{ "", "x", " is null", 5000, "position" },
		{ "case when t then ", "1", " end", 2000, "position" },
		{ "case ", "1", " when 1 then 1 end", 900, "1" },
		{ "", "x", " between 1 and 2", 3000, "position" },
		{ "abs(", "1", ")", 900, "1" },
		{ "abs(", "1", ")", 12000, "position" },
		{ "", "x in (0", ",1", 30000, "position 8: the text" },
		{ "'a' ", "'b'", "", 15000, "aaaaaaaaaa" },
		{ " ", "1", "", 65000, "1" },
		{ " ", "1", "", 70000, "the formula has 70001 bytes, more than 65536" },
		{ "concat(", "s", ",'a')", 700, "Abcaaaaaaa" },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct arena mem = { 0 };
		const char *formula = repeated(cases[i].before, cases[i].middle,
					       cases[i].behind, cases[i].n, &mem);
		const char *found = value_of(formula, schema, batch, 0, NULL, &mem);
		const size_t size = strlen(cases[i].starts);

		if (i == 14) { /* a long list is fine, once it is closed */
			formula = arena_print(&mem, "%s)", formula);
			CHECK_TEXT(value_of(formula, schema, batch, 0, NULL, &mem),
				   "false");
		} else {
			CHECK_TEXT(
				arena_text_n(&mem, found,
					     strlen(found) < size ? strlen(found) : size),
				cases[i].starts);
		}
		arena_release(&mem);
	}
}

int
main(void)
{
	const struct schema schema = { COUNT(fields), (struct field *)fields, false };
	struct batch *batch = batch_of_fields();

	examples();
	rows_of_values(&schema, batch);
	truth(&schema, batch);
	rows_of_errors(&schema, batch);
	rows_of_names();
	hostile(&schema, batch);
	batch_free(batch);
	return check_report();
}
