/*
 * robust_scaler - numbers less their median, over the distance of two quantiles.
 *
 * As in the product, the median is taken off only when asked for. A distance of 0 makes
 * every number 0.
 */
#include "data/quantile.h"
#include "op/scale.h"

static const struct param params[] = {
	SCALER_COLUMNS,
	PARAM_NUMBER(struct scaler, lower_quantile, "Lower quantile",
		     "where the distance begins", .preset = "0.25", MIN(0), MAX(1)),
	PARAM_NUMBER(struct scaler, upper_quantile, "Upper quantile",
		     "where the distance ends", .preset = "0.75", MIN(0), MAX(1)),
	PARAM_FLAG(struct scaler, center, "Center", "take the median off",
		   .preset = "no"),
	PARAM_FLAG(struct scaler, scale, "Scale", "divide by the distance",
		   .preset = "yes"),
	SCALER_OUTPUT,
	{ 0 },
};

static const struct op_choice choices[] = {
	{ "operator", "Scale values" },
	{ "scale_values_parameters.scaler", "Robust scaler" },
	{ 0 },
};

static const struct op_example examples[] = {
	{ "input_column=x center=yes", "x\n0\n1\n2\n3\n4\n",
	  "x\n-1.0\n-0.5\n0.0\n0.5\n1.0\n" },
	{ 0 },
};

static bool
check(const void *fields, struct error *err)
{
	const struct scaler *f = fields;

	if (f->lower_quantile >= f->upper_quantile)
		return fail(err, "lower_quantile: %g is not below upper_quantile, %g",
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
	return scale_observe(call, batch, add, state, err);
}

static bool
merge(const struct call *call, void *into, void *from, struct error *err)
{
	(void)call;
	return quantiles_merge(into, from, err);
}

/* a: median, b: distance of the quantiles. */
static bool
settle(const struct call *call, void *state, void *learned, struct arena *arena,
       struct error *err)
{
	const struct scaler *f = call->fields;
	struct scaled *scaled = learned;
	double low, high;

	(void)arena;
	if (quantiles_count(state) == 0)
		return true;
	if (!quantiles_at(state, f->lower_quantile, &low, err) ||
	    !quantiles_at(state, f->upper_quantile, &high, err) ||
	    !quantiles_at(state, 0.5, &scaled->a, err))
		return false;
	scaled->b = high - low;
	return true;
}

static bool
recall(const void *fields, const struct json *trained, void *learned, bool *usable,
       struct arena *arena, struct error *err)
{
	(void)fields;
	return scale_recall(trained, "RobustScalerModel", "median", "range", learned,
			    usable, arena, err);
}

static const struct json *
record(const void *fields, const void *learned, const struct json *object,
       struct arena *arena)
{
	const struct scaler *f = fields;
	const struct scaled *scaled = learned;
	struct robust_scaler found = { f->center,         f->scale,  f->lower_quantile,
				       f->upper_quantile, scaled->a, scaled->b };
	struct error ignored = { 0 };

	return scale_record(object,
			    model_write_robust_scaler(SCALE_INPUT, SCALE_OUTPUT, &found,
						      arena, &ignored),
			    arena);
}

static bool
each(const struct call *call, const struct column *in, struct column **out,
     struct error *err)
{
	const struct scaler *f = call->fields;
	const struct scaled *scaled = call->learned;
	struct affine affine = {
		.shifts = f->center,
		.shift = scaled->a,
		.scales = f->scale,
		.factor = scaled->b == 0 ? 0 : 1 / scaled->b,
	};

	return scale_apply(&affine, in, out, err);
}

static const char *
tells(const void *learned, struct arena *arena)
{
	return scale_tell(learned, "median", "range", arena);
}

const struct op op_robust_scaler = {
	.name = "robust_scaler",
	.title = "Robust scaler",
	.group = "Numbers",
	.help = "Scale numbers by the distance of two quantiles.",
	.id = "sagemaker.spark.process_numeric_0.1",
	.choices = choices,
	.block = "scale_values_parameters.robust_scaler_parameters",
	.params = params,
	.params_size = sizeof(struct scaler),
	.each_column = "input_column",
	.each_name = "output_column",
	.learned_size = sizeof(struct scaled),
	.hashed = "input_column center scale lower_quantile upper_quantile",
	.examples = examples,
	.check = check,
	.shape = scale_shape,
	.start = start,
	.observe = observe,
	.merge = merge,
	.settle = settle,
	.discard = quantiles_free,
	.recall = recall,
	.record = record,
	.tells = tells,
	.each = each,
};
