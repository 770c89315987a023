/*
 * standard_deviation_outliers - numbers far from the mean.
 *
 * Bounds: mean -/+ k standard deviations (of the sample: n - 1) of the numbers that are
 * not null, NaN or infinite. With fewer than two, both are 0.
 */
#include <float.h>
#include <math.h>
#include <stdlib.h>

#include "data/numbers.h"
#include "op/outlier.h"

static const struct param params[] = {
	OUTLIER_COLUMNS,
	OUTLIER_FIX,
	PARAM_NUMBER(struct outlier, standard_deviations, "Standard deviations",
		     "how far from the mean is still inside", .preset = "4", MIN(0)),
	OUTLIER_OUTPUT,
	{ 0 },
};

static const struct op_choice choices[] = {
	{ "operator", "Standard deviation numeric outliers" },
	{ 0 },
};

static const struct op_example examples[] = {
	{ "input_column=x standard_deviations=1", "x\n1\n2\n2\n2\n8\n",
	  "x\n1.0\n2.0\n2.0\n2.0\n5.82842712474619\n" },
	{ 0 },
};

static void *
start(const struct call *call, struct error *err)
{
	struct moments *moments = calloc(1, sizeof(*moments));

	(void)call;
	if (!moments)
		fail(err, "out of memory");
	return moments;
}

static bool
add(void *state, const double *x, size_t n, struct error *err)
{
	double finite[NUMBERS_BLOCK];
	size_t kept = 0;

	(void)err;
	for (size_t i = 0; i < n; i++) {
		finite[kept] = x[i];
		kept += fabs(x[i]) <= DBL_MAX;
	}
	moments_add_many(state, finite, kept);
	return true;
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
	(void)err;
	moments_merge(into, from);
	return true;
}

static bool
settle(const struct call *call, void *state, void *learned, struct arena *arena,
       struct error *err)
{
	const struct outlier *f = call->fields;

	(void)arena;
	(void)err;
	*(struct bounds *)learned = outlier_spread(state, f->standard_deviations);
	return true;
}

const struct op op_standard_deviation_outliers = {
	.name = "standard_deviation_outliers",
	.title = "Standard deviation outliers",
	.group = "Outliers",
	.help = "Fix numbers that are many standard deviations from the mean.",
	.id = "sagemaker.spark.handle_outliers_0.1",
	.choices = choices,
	.block = "standard_deviation_numeric_outliers_parameters",
	.params = params,
	.params_size = sizeof(struct outlier),
	.each_column = "input_column",
	.each_name = "output_column",
	.learned = bounds_params,
	.learned_size = sizeof(struct bounds),
	.hashed = "standard_deviations fix_method",
	.examples = examples,
	.shape = outlier_shape,
	.changes_rows = outlier_changes_rows,
	.start = start,
	.observe = observe,
	.merge = merge,
	.settle = settle,
	.discard = free,
	.keep = outlier_keep,
	.each = outlier_each,
};
