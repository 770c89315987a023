/*
 * filter_formula - rows for which a formula is true stay, or go.
 *
 * Null is not true: such a row goes when those that are true are kept, and stays when
 * they are dropped.
 */
#include "expr/expr.h"
#include "op/op.h"

enum { KEEP, DROP };
static const char *const actions[] = { "keep", "drop", NULL };

struct filter_formula {
	const char *formula;
	int action;
};

static const struct param params[] = {
	PARAM_EXPRESSION(struct filter_formula, formula, "Formula",
			 "what is true of a row, in Spark SQL"),
	PARAM_CHOICE(struct filter_formula, action, "Rows for which it is true",
		     "stay or go", .choices = actions, .preset = "keep"),
	{ 0 },
};

static const struct op_example examples[] = {
	{ "\"formula=a > 1 and b is not null\"", "a,b\n1,x\n2,y\n3,\n", "a,b\n2,y\n" },
	{ "\"formula=a > 1\" action=drop", "a\n1\n2\n\n", "a\n1\n\n" },
	{ 0 },
};

static struct expr *
read(const struct filter_formula *f, struct arena *arena, struct error *err)
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
	struct expr *expr = read(fields, out->arena, err);

	(void)learned;
	if (!expr)
		return false;
	if (!expr_bind(expr, in, out->arena, err))
		return fail_in(err, "formula: ");
	if (expr_type(expr) != TYPE_BOOL)
		return fail(
			err,
			"formula: its value is a %s; write what is true or false of a "
			"row, as in a > 1",
			type_name(expr_type(expr)));
	shape_keep_all(out, in);
	out->ready = expr;
	return true;
}

static bool
keep(const struct call *call, const struct batch *batch, uint64_t *kept,
     struct error *err)
{
	const struct filter_formula *f = call->fields;

	return expr_keep(call->ready, batch, f->action == KEEP, kept, err);
}

const struct op op_filter_formula = {
	.name = "filter_formula",
	.alias = "filter",
	.title = "Filter by formula",
	.group = "Manage rows",
	.help = "Keep or drop the rows for which a formula is true.",
	.id = "lariat.filter_formula_0.1",
	.params = params,
	.params_size = sizeof(struct filter_formula),
	.examples = examples,
	.check = check,
	.shape = shape,
	.keep = keep,
};
