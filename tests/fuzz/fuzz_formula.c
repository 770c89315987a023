/*
 * fuzz_formula - any bytes as a formula: refused with a sentence, or it has a type, a
 * name, and a value in every row.
 */
#include <stdlib.h>

#include "expr/expr.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { ROWS = 3 };

static const struct field fields[] = {
	{ "x", TYPE_LONG },        { "y", TYPE_FLOAT },
	{ "s", TYPE_STRING },      { "t", TYPE_BOOL },
	{ "d", TYPE_DATE },        { "at", TYPE_DATETIME },
	{ "valence", TYPE_FLOAT }, { "a b", TYPE_STRING },
	{ "liveness", TYPE_LONG }, { "review_date", TYPE_STRING },
};

static void
must(bool holds)
{
	if (!holds)
		abort();
}

/* A number, the largest, null. */
static struct column *
column_of(enum type type)
{
	struct error err;
	struct build b;

	build_start(&b, type, ROWS);
	switch (type) {
	case TYPE_FLOAT:
		build_float(&b, -1.5);
		build_float(&b, 1e308);
		break;
	case TYPE_BOOL:
		build_bool(&b, false);
		build_bool(&b, true);
		break;
	case TYPE_DATE:
		build_date(&b, -1);
		build_date(&b, INT32_MAX);
		break;
	case TYPE_STRING:
		build_text(&b, text_of("2015-07-01"));
		build_text(&b, (struct text){ "\xff\0\xc3", 3 });
		break;
	default:
		build_long(&b, -1);
		build_long(&b, INT64_MIN);
	}
	build_null(&b);
	return build_end(&b, &err);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct schema schema = { COUNT(fields), (struct field *)fields, false };
	const struct text formula = { (const char *)data, size };
	struct arena arena = { 0 };
	struct error err = { 0 };
	struct expr *expr = expr_read(formula, &arena, &err);
	struct batch *batch;
	struct column *out;

	if (!expr || !expr_bind(expr, &schema, &arena, &err)) {
		must(*err.text != '\0');
		arena_release(&arena);
		return 0;
	}
	must((batch = batch_new(COUNT(fields), ROWS, &err)) != NULL);
	for (size_t i = 0; i < COUNT(fields); i++)
		batch_take(batch, i, column_of(fields[i].type));
	must((out = expr_run(expr, batch, &err)) != NULL);
	must(out->rows == ROWS && out->type == expr_type(expr));
	must(expr_name(expr, &arena) != NULL);
	column_drop(out);
	batch_free(batch);
	arena_release(&arena);
	return 0;
}
