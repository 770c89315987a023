/*
 * quantile_outliers - the least and the largest share of the numbers.
 *
 * Bounds: the lower and the upper quantile of all numbers, infinity too (quantile.h).
 */
#include "data/quantile.h"
#include "op/outlier.h"

static const struct param params[] = {
	OUTLIER_COLUMNS,
	OUTLIER_FIX,
	PARAM_NUMBER(struct outlier, lower_quantile, "Lower quantile",
		     "share of numbers that are too small", .preset = "0.01", MIN(0),
		     MAX(1)),
	PARAM_NUMBER(struct outlier, upper_quantile, "Upper quantile",
		     "share of numbers that are not too large", .preset = "0.99", MIN(0),
		     MAX(1)),
	OUTLIER_OUTPUT,
	{ 0 },
};

static const struct op_choice choices[] = {
	{ "operator", "Quantile numeric outliers" },
	{ 0 },
};

static const struct op_example examples[] = {
	{ "input_column=x lower_quantile=0.25 upper_quantile=0.75", "x\n1\n2\n3\n9\n",
	  "x\n1.0\n2.0\n3.0\n3.0\n" },
	{ 0 },
};

static bool
check(const void *fields, struct error *err)
{
	const struct outlier *f = fields;

	if (f->lower_quantile > f->upper_quantile)
		return fail(err, "lower_quantile: %g is above upper_quantile, %g",
			    f->lower_quantile, f->upper_quantile);
	return true;
}

static void *
start(const struct call *call, struct error *err)
{
	(void)call;
	return quantiles_new(err);
}

static bool
add(void *state, const double *x, size_t n, struct error *err)
{
	return quantiles_add_many(state, x, n, err);
}

static bool
observe(const struct call *call, void *state, const struct batch *batch,
	struct error *err)
{
	return outlier_observe(call, batch, add, state, err);
}

static bool
merge(const struct call *call, void *into, void *from, struct error *err)
{
	(void)call;
	return quantiles_merge(into, from, err);
}

static bool
settle(const struct call *call, void *state, void *learned, struct arena *arena,
       struct error *err)
{
	const struct outlier *f = call->fields;
	struct bounds *bounds = learned;

	(void)arena;
	return quantiles_count(state) == 0 ||
	       (quantiles_at(state, f->lower_quantile, &bounds->lower_threshold, err) &&
		quantiles_at(state, f->upper_quantile, &bounds->upper_threshold, err));
}

const struct op op_quantile_outliers = {
	.name = "quantile_outliers",
	.title = "Quantile outliers",
	.group = "Outliers",
	.help = "Fix the least and the largest numbers by their share.",
	.id = "sagemaker.spark.handle_outliers_0.1",
	.choices = choices,
	.block = "quantile_numeric_outliers_parameters",
	.params = params,
	.params_size = sizeof(struct outlier),
	.each_column = "input_column",
	.each_name = "output_column",
	.learned = bounds_params,
	.learned_size = sizeof(struct bounds),
	.hashed = "fix_method +lower_quantile +upper_quantile",
	.examples = examples,
	.check = check,
	.shape = outlier_shape,
	.changes_rows = outlier_changes_rows,
	.start = start,
	.observe = observe,
	.merge = merge,
	.settle = settle,
	.discard = quantiles_free,
	.keep = outlier_keep,
	.each = outlier_each,
};
