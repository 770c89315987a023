/* scale - the loop of all scalers, and their stored models. */
#include "op/scale.h"

#include <math.h>

#include "data/numbers.h"

bool
scale_shape(const void *fields, const void *learned, const struct schema *in,
	    struct shape *out, struct error *err)
{
	const struct scaler *f = fields;

	(void)learned;
	return shape_replace(out, in, f->input_column.at[0], f->output_column, TYPE_FLOAT,
			     err);
}

bool
scale_observe(const struct call *call, const struct batch *batch,
	      bool (*add)(void *state, const double *x, size_t n, struct error *err),
	      void *state, struct error *err)
{
	const struct scaler *f = call->fields;

	return numbers_each(batch->at[schema_find(call->in, f->input_column.at[0])], add,
			    state, err);
}

bool
scale_apply(const struct affine *affine, const struct column *in, struct column **out,
	    struct error *err)
{
	double *y;

	*out = column_new(TYPE_FLOAT, in->rows, err);
	if (!*out)
		return false;
	y = column_floats(*out);
	for (size_t i = 0; i < in->rows; i++) {
		double x = column_is_null(in, i) ? NAN : column_number(in, i);

		if (affine->constant && !isnan(x)) {
			y[i] = affine->base;
			continue;
		}
		if (affine->shifts)
			x -= affine->shift;
		if (affine->scales)
			x *= affine->factor;
		y[i] = affine->adds ? x + affine->base : x;
	}
	return true;
}

static bool
first_number(const struct model *model, const char *field, double *out,
	     struct arena *arena)
{
	struct error ignored = { 0 };
	struct numbers numbers;

	if (!field)
		return true;
	if (!model_numbers(model, field, &numbers, arena, &ignored) || numbers.n == 0)
		return false;
	*out = numbers.at[0];
	return true;
}

bool
scale_recall(const struct json *trained, const char *class, const char *field_a,
	     const char *field_b, struct scaled *scaled, bool *usable,
	     struct arena *arena, struct error *err)
{
	const struct json *stored = json_find(trained, "scaler_model");
	struct model model;

	(void)err;
	*usable = false;
	if (stored && stored->kind == JSON_STRING) {
		struct error ignored = { 0 };

		*usable = model_read(stored->text, class, &model, arena, &ignored) &&
			  first_number(&model, field_a, &scaled->a, arena) &&
			  first_number(&model, field_b, &scaled->b, arena);
	}
	return true;
}

const struct json *
scale_record(const struct json *object, const char *model, struct arena *arena)
{
	if (!model)
		return object;
	return json_with(object, "scaler_model", json_new_string(model, arena), arena);
}

const char *
scale_tell(const struct scaled *scaled, const char *a, const char *b, struct arena *arena)
{
	return b ? arena_print(arena, "%s %.6g, %s %.6g", a, scaled->a, b, scaled->b)
		 : arena_print(arena, "%s %.6g", a, scaled->a);
}
