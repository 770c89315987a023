/*
 * max_abs_scaler - numbers over the largest absolute value; all zeroes stay.
 */
#include <math.h>
#include <stdlib.h>

#include "op/scale.h"

static const struct param params[] = {
	SCALER_COLUMNS,
	SCALER_OUTPUT,
	{ 0 },
};

static const struct op_choice choices[] = {
	{ "operator", "Scale values" },
	{ "scale_values_parameters.scaler", "Max absolute scaler" },
	{ 0 },
};

static const struct op_example examples[] = {
	{ "input_column=x", "x\n-4\n1\n2\n", "x\n-1.0\n0.25\n0.5\n" },
	{ 0 },
};

static void *
start(const struct call *call, struct error *err)
{
	double *largest = calloc(1, sizeof(*largest));

	(void)call;
	if (!largest)
		fail(err, "out of memory");
	return largest;
}

static bool
add(void *state, const double *x, size_t n, struct error *err)
{
	double *largest = state;

	(void)err;
	for (size_t i = 0; i < n; i++)
		if (fabs(x[i]) > *largest)
			*largest = fabs(x[i]);
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
	return add(into, from, 1, err);
}

static bool
settle(const struct call *call, void *state, void *learned, struct arena *arena,
       struct error *err)
{
	(void)call;
	(void)arena;
	(void)err;
	((struct scaled *)learned)->a = *(const double *)state;
	return true;
}

static bool
recall(const void *fields, const struct json *trained, void *learned, bool *usable,
       struct arena *arena, struct error *err)
{
	(void)fields;
	return scale_recall(trained, "MaxAbsScalerModel", "maxAbs", NULL, learned, usable,
			    arena, err);
}

static const struct json *
record(const void *fields, const void *learned, const struct json *object,
       struct arena *arena)
{
	struct error ignored = { 0 };

	(void)fields;
	return scale_record(object,
			    model_write_max_abs_scaler(
				    SCALE_INPUT, SCALE_OUTPUT,
				    ((const struct scaled *)learned)->a, arena, &ignored),
			    arena);
}

static bool
each(const struct call *call, const struct column *in, struct column **out,
     struct error *err)
{
	double largest = ((const struct scaled *)call->learned)->a;
	struct affine affine = { .scales = true,
				 .factor = largest == 0 ? 1 : 1 / largest };

	return scale_apply(&affine, in, out, err);
}

static const char *
tells(const void *learned, struct arena *arena)
{
	return scale_tell(learned, "greatest", NULL, arena);
}

const struct op op_max_abs_scaler = {
	.name = "max_abs_scaler",
	.title = "Max absolute scaler",
	.group = "Numbers",
	.help = "Divide numbers by the largest absolute value.",
	.id = "sagemaker.spark.process_numeric_0.1",
	.choices = choices,
	.block = "scale_values_parameters.max_absolute_scaler_parameters",
	.params = params,
	.params_size = sizeof(struct scaler),
	.each_column = "input_column",
	.each_name = "output_column",
	.learned_size = sizeof(struct scaled),
	.hashed = "input_column",
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
