/*
 * robust_outliers - numbers far from the mean of the middle ones.
 *
 * The middle: numbers from the lower to the upper quantile, both inside. Bounds: their
 * mean -/+ k standard deviations (of the sample: n - 1). Infinity counts for the
 * quantiles, not for the mean.
 */
#include <float.h>
#include <math.h>

#include "data/quantile.h"
#include "op/outlier.h"

static const struct param params[] = {
	OUTLIER_COLUMNS,
	OUTLIER_FIX,
	PARAM_NUMBER(struct outlier, standard_deviations, "Standard deviations",
		     "how far from the mean is still inside", .preset = "4", MIN(0)),
	PARAM_NUMBER(struct outlier, lower_quantile, "Lower quantile",
		     "where the middle begins", .preset = "0.25", MIN(0), MAX(1)),
	PARAM_NUMBER(struct outlier, upper_quantile, "Upper quantile",
		     "where the middle ends", .preset = "0.75", MIN(0), MAX(1)),
	OUTLIER_OUTPUT,
	{ 0 },
};

static const struct op_choice choices[] = {
	{ "operator", "Robust standard deviation numeric outliers" },
	{ 0 },
};

static const struct op_example examples[] = {
	{ "input_column=x standard_deviations=3 fix_method=Remove",
	  "x\n1\n2\n2\n3\n3\n4\n99\n", "x\n1\n2\n2\n3\n3\n4\n" },
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
	struct moments middle;
	double low, high;

	(void)arena;
	*bounds = (struct bounds){ 0, 0 };
	if (quantiles_count(state) == 0)
		return true;
	if (!quantiles_at(state, f->lower_quantile, &low, err) ||
	    !quantiles_at(state, f->upper_quantile, &high, err))
		return false;
	quantiles_moments(state, fmax(low, -DBL_MAX), fmin(high, DBL_MAX), &middle);
	*bounds = outlier_spread(&middle, f->standard_deviations);
	return true;
}

const struct op op_robust_outliers = {
	.name = "robust_outliers",
	.title = "Robust standard deviation outliers",
	.group = "Outliers",
	.help = "Fix numbers that are far from the mean of the middle ones.",
	.id = "sagemaker.spark.handle_outliers_0.1",
	.choices = choices,
	.block = "robust_standard_deviation_numeric_outliers_parameters",
	.params = params,
	.params_size = sizeof(struct outlier),
	.each_column = "input_column",
	.each_name = "output_column",
	.learned = bounds_params,
	.learned_size = sizeof(struct bounds),
	.hashed = "fix_method +lower_quantile +upper_quantile standard_deviations",
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
