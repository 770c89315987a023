/*
 * custom_formula - a column by a formula of Spark SQL.
 *
 * It comes last, next to all columns there are: where its name is taken, two columns
 * have it.
 */
#include "expr/expr.h"
#include "op/op.h"

struct custom_formula {
	const char *formula;
	const char *output_column;
};

static const struct param params[] = {
	PARAM_EXPRESSION(struct custom_formula, formula, "Formula",
			 "what to compute, in Spark SQL"),
	PARAM_NAME(struct custom_formula, output_column, "Output column",
		   "column to make; empty: named by the formula", .preset = ""),
	{ 0 },
};

static const struct op_example examples[] = {
	{ "\"formula=0.5 * a + b\" output_column=c", "a,b\n1,2\n3,\n",
	  "a,b,c\n1,2,2.5\n3,,\n" },
	{ "formula=floor(a)", "a\n1.5\n-1.5\n", "a,FLOOR(a)\n1.5,1\n-1.5,-2\n" },
	{ 0 },
};

static struct expr *
read(const struct custom_formula *f, struct arena *arena, struct error *err)
{
	struct expr *expr = expr_read(text_of(f->formula), arena, err);

	if (!expr)
		fail_in(err, "formula: ");
	return expr;
}

static bool
check(const void *fields, struct error *err)
{
	struct arena mem = { 0 };
	const bool ok = read(fields, &mem, err) != NULL;

	arena_release(&mem);
	return ok;
}

static bool
shape(const void *fields, const void *learned, const struct schema *in, struct shape *out,
      struct error *err)
{
	const struct custom_formula *f = fields;
	struct expr *expr = read(f, out->arena, err);

	(void)learned;
	if (!expr)
		return false;
	if (!expr_bind(expr, in, out->arena, err))
		return fail_in(err, "formula: ");
	shape_keep_all(out, in);
	shape_add(out,
		  f->output_column[0] ? f->output_column : expr_name(expr, out->arena),
		  expr_type(expr));
	out->ready = expr;
	return true;
}

static bool
apply(const struct call *call, const struct batch *in, struct batch *out,
      struct error *err)
{
	const size_t to = call->out->n - 1;
	struct column *made;

	if (call->wanted && !call->wanted[to])
		return true;
	if (!(made = expr_run(call->ready, in, err)))
		return false;
	batch_take(out, to, made);
	return true;
}

const struct op op_custom_formula = {
	.name = "custom_formula",
	.title = "Custom formula",
	.group = "Custom",
	.help = "Make a column by a formula of Spark SQL.",
	.id = "sagemaker.spark.custom_formula_0.1",
	.params = params,
	.params_size = sizeof(struct custom_formula),
	.examples = examples,
	.check = check,
	.shape = shape,
	.apply = apply,
};
