/*
 * min_max_outliers - numbers outside two bounds that the user gives.
 */
#include "op/outlier.h"

static const struct param params[] = {
	OUTLIER_COLUMNS,
	OUTLIER_FIX,
	PARAM_NUMBER(struct outlier, lower_threshold, "Lower",
		     "least number that is inside"),
	PARAM_NUMBER(struct outlier, upper_threshold, "Upper",
		     "largest number that is inside"),
	OUTLIER_OUTPUT,
	{ 0 },
};

static const struct op_choice choices[] = {
	{ "operator", "Min-max numeric outliers" },
	{ 0 },
};

static const struct op_example examples[] = {
	{ "input_column=x lower_threshold=0 upper_threshold=9", "x\n-1\n5\n12\n",
	  "x\n0.0\n5.0\n9.0\n" },
	{ 0 },
};

static bool
check(const void *fields, struct error *err)
{
	const struct outlier *f = fields;

	if (f->lower_threshold > f->upper_threshold)
		return fail(err, "lower_threshold: %g is above upper_threshold, %g",
			    f->lower_threshold, f->upper_threshold);
	return true;
}

static struct bounds
bounds_of(const struct call *call)
{
	const struct outlier *f = call->fields;

	return (struct bounds){ f->lower_threshold, f->upper_threshold };
}

static bool
keep(const struct call *call, const struct batch *batch, uint64_t *kept,
     struct error *err)
{
	struct bounds bounds = bounds_of(call);

	(void)err;
	outlier_keep_within(call, &bounds, batch, kept);
	return true;
}

static bool
each(const struct call *call, const struct column *in, struct column **out,
     struct error *err)
{
	const struct outlier *f = call->fields;
	struct bounds bounds = bounds_of(call);

	return outlier_fix(f->fix_method, &bounds, in, out, err);
}

const struct op op_min_max_outliers = {
	.name = "min_max_outliers",
	.title = "Min-max outliers",
	.group = "Outliers",
	.help = "Fix numbers outside two given bounds.",
	.id = "sagemaker.spark.handle_outliers_0.1",
	.choices = choices,
	.block = "min_max_numeric_outliers_parameters",
	.params = params,
	.params_size = sizeof(struct outlier),
	.each_column = "input_column",
	.each_name = "output_column",
	.examples = examples,
	.check = check,
	.shape = outlier_shape,
	.changes_rows = outlier_changes_rows,
	.keep = keep,
	.each = each,
};
