/*
 * standard_scaler - numbers less their mean, over their standard deviation.
 *
 * Deviation of the sample (n - 1). As in the product, the mean is taken off only when
 * asked for. A column whose deviation is 0 becomes 0.
 */
#include <math.h>
#include <stdlib.h>

#include "base/sum.h"
#include "op/scale.h"

static const struct param params[] = {
	SCALER_COLUMNS,
	PARAM_FLAG(struct scaler, center, "Center", "take the mean off", .preset = "no"),
	PARAM_FLAG(struct scaler, scale, "Scale", "divide by the standard deviation",
		   .preset = "yes"),
	SCALER_OUTPUT,
	{ 0 },
};

static const struct op_choice choices[] = {
	{ "operator", "Scale values" },
	{ "scale_values_parameters.scaler", "Standard scaler" },
	{ 0 },
};

static const struct op_example examples[] = {
	{ "input_column=x center=yes", "x\n1\n2\n3\n", "x\n-1.0\n0.0\n1.0\n" },
	{ "input_column=x", "x\n1\n2\n3\n", "x\n1.0\n2.0\n3.0\n" },
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
	(void)err;
	moments_add_many(state, x, n);
	return true;
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
	(void)err;
	moments_merge(into, from);
	return true;
}

/* a: mean, b: deviation. */
static bool
settle(const struct call *call, void *state, void *learned, struct arena *arena,
       struct error *err)
{
	const struct moments *moments = state;
	struct scaled *scaled = learned;

	(void)call;
	(void)arena;
	(void)err;
	scaled->a = moments->n ? moments_mean(moments) : 0;
	scaled->b = moments->n > 1 ? sqrt(moments_variance(moments)) : 0;
	return true;
}

static bool
recall(const void *fields, const struct json *trained, void *learned, bool *usable,
       struct arena *arena, struct error *err)
{
	(void)fields;
	return scale_recall(trained, "StandardScalerModel", "mean", "std", learned,
			    usable, arena, err);
}

static const struct json *
record(const void *fields, const void *learned, const struct json *object,
       struct arena *arena)
{
	const struct scaler *f = fields;
	const struct scaled *scaled = learned;
	struct error ignored = { 0 };

	return scale_record(object,
			    model_write_standard_scaler(SCALE_INPUT, SCALE_OUTPUT,
							f->center, f->scale, scaled->a,
							scaled->b, arena, &ignored),
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
	return scale_tell(learned, "mean", "deviation", arena);
}

const struct op op_standard_scaler = {
	.name = "standard_scaler",
	.title = "Standard scaler",
	.group = "Numbers",
	.help = "Scale numbers to a standard deviation of 1, and a mean of 0 if asked.",
	.id = "sagemaker.spark.process_numeric_0.1",
	.choices = choices,
	.block = "scale_values_parameters.standard_scaler_parameters",
	.params = params,
	.params_size = sizeof(struct scaler),
	.each_column = "input_column",
	.each_name = "output_column",
	.learned_size = sizeof(struct scaled),
	.hashed = "input_column center scale",
	.examples = examples,
	.shape = scale_shape,
	.start = start,
	.observe = observe,
	.merge = merge,
	.settle = settle,
	.discard = free,
	.recall = recall,
	.record = record,
	.tells = tells,
	.each = each,
};
