/*
 * min_max_scaler - numbers stretched to an interval.
 *
 * The least becomes min, the largest max. A column of one value becomes the middle.
 */
#include <math.h>
#include <stdlib.h>

#include "op/scale.h"

static const struct param params[] = {
	SCALER_COLUMNS,
	PARAM_NUMBER(struct scaler, min, "Minimum", "what the least number becomes",
		     .preset = "0"),
	PARAM_NUMBER(struct scaler, max, "Maximum", "what the largest number becomes",
		     .preset = "1"),
	SCALER_OUTPUT,
	{ 0 },
};

static const struct op_choice choices[] = {
	{ "operator", "Scale values" },
	{ "scale_values_parameters.scaler", "Min-max scaler" },
	{ 0 },
};

static const struct op_example examples[] = {
	{ "input_column=x", "x\n0\n5\n10\n", "x\n0.0\n0.5\n1.0\n" },
	{ "input_column=x min=-1", "x\n0\n5\n10\n", "x\n-1.0\n0.0\n1.0\n" },
	{ "input_column=x", "x\n7\n7\n", "x\n0.5\n0.5\n" },
	{ 0 },
};

static bool
check(const void *fields, struct error *err)
{
	const struct scaler *f = fields;

	if (f->min >= f->max)
		return fail(err, "min: %g is not below max, %g", f->min, f->max);
	return true;
}

static void *
start(const struct call *call, struct error *err)
{
	struct scaled *range = calloc(1, sizeof(*range));

	(void)call;
	if (!range)
		fail(err, "out of memory");
	else
		*range = (struct scaled){ INFINITY, -INFINITY };
	return range;
}

/* Zero has no sign here, so that the order of zeroes does not matter. */
static bool
add(void *state, const double *x, size_t n, struct error *err)
{
	struct scaled *range = state;
	double low = range->a, high = range->b;

	(void)err;
	for (size_t i = 0; i < n; i++) {
		low = x[i] < low ? x[i] : low;
		high = x[i] > high ? x[i] : high;
	}
	*range = (struct scaled){ low + 0.0, high + 0.0 };
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
	const struct scaled *other = from;
	struct scaled *range = into;

	(void)call;
	(void)err;
	range->a = fmin(range->a, other->a);
	range->b = fmax(range->b, other->b);
	return true;
}

/* a: least, b: largest; 0 and 0 if there was no number. */
static bool
settle(const struct call *call, void *state, void *learned, struct arena *arena,
       struct error *err)
{
	const struct scaled *range = state;
	struct scaled *scaled = learned;

	(void)call;
	(void)arena;
	(void)err;
	*scaled = range->a <= range->b ? *range : (struct scaled){ 0, 0 };
	return true;
}

static bool
recall(const void *fields, const struct json *trained, void *learned, bool *usable,
       struct arena *arena, struct error *err)
{
	(void)fields;
	return scale_recall(trained, "MinMaxScalerModel", "originalMin", "originalMax",
			    learned, usable, arena, err);
}

static const struct json *
record(const void *fields, const void *learned, const struct json *object,
       struct arena *arena)
{
	const struct scaler *f = fields;
	const struct scaled *scaled = learned;
	struct min_max_scaler found = { f->min, f->max, scaled->a, scaled->b };
	struct error ignored = { 0 };

	return scale_record(object,
			    model_write_min_max_scaler(SCALE_INPUT, SCALE_OUTPUT, &found,
						       arena, &ignored),
			    arena);
}

static bool
each(const struct call *call, const struct column *in, struct column **out,
     struct error *err)
{
	const struct scaler *f = call->fields;
	const struct scaled *scaled = call->learned;
	double range = scaled->b - scaled->a;
	double factor = range == 0 ? 0 : (f->max - f->min) / range;
	struct affine affine = {
		.constant = factor == 0,
		.shifts = true,
		.shift = scaled->a,
		.scales = true,
		.factor = factor,
		.adds = true,
		.base = factor == 0 ? (f->min + f->max) / 2 : f->min,
	};

	return scale_apply(&affine, in, out, err);
}

static const char *
tells(const void *learned, struct arena *arena)
{
	return scale_tell(learned, "least", "greatest", arena);
}

const struct op op_min_max_scaler = {
	.name = "min_max_scaler",
	.title = "Min-max scaler",
	.group = "Numbers",
	.help = "Scale numbers to an interval.",
	.id = "sagemaker.spark.process_numeric_0.1",
	.choices = choices,
	.block = "scale_values_parameters.min_max_scaler_parameters",
	.params = params,
	.params_size = sizeof(struct scaler),
	.each_column = "input_column",
	.each_name = "output_column",
	.learned_size = sizeof(struct scaled),
	.hashed = "input_column min max",
	.examples = examples,
	.check = check,
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
