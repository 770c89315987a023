/* outlier - clip, remove, invalidate. */
#include "op/outlier.h"

#include <math.h>

#include "data/numbers.h"

const char *const fix_methods[] = { "Clip", "Remove", "Invalidate", NULL };

const struct param bounds_params[] = {
	PARAM_NUMBER(struct bounds, lower_threshold, "Lower",
		     "least number that is inside"),
	PARAM_NUMBER(struct bounds, upper_threshold, "Upper",
		     "largest number that is inside"),
	{ 0 },
};

bool
outlier_shape(const void *fields, const void *learned, const struct schema *in,
	      struct shape *out, struct error *err)
{
	const struct outlier *f = fields;
	const char *input = f->input_column.at[0];
	enum type type;
	size_t at;

	(void)learned;
	if (!schema_need(in, "input_column", input, TYPE_NUMERIC, &at, err))
		return false;
	type = f->fix_method == FIX_CLIP ? TYPE_FLOAT : in->at[at].type;
	if (f->fix_method != FIX_REMOVE ||
	    (f->output_column[0] && strcmp(f->output_column, input) != 0))
		return shape_replace(out, in, input, f->output_column, type, err);
	shape_keep_all(out, in);
	return true;
}

bool
outlier_changes_rows(const void *fields)
{
	return ((const struct outlier *)fields)->fix_method == FIX_REMOVE;
}

static const struct column *
column_of(const struct call *call, const struct batch *batch)
{
	const struct outlier *f = call->fields;

	return batch->at[schema_find(call->in, f->input_column.at[0])];
}

/* Bits of the rows first to first + n, at most 64, whose numbers are within. */
static uint64_t
within(const struct bounds *bounds, const struct column *c, size_t first, size_t n)
{
	const double low = bounds->lower_threshold, high = bounds->upper_threshold;
	uint64_t bits = 0;

	if (c->type == TYPE_LONG)
		for (size_t i = 0; i < n; i++) {
			double x = (double)column_longs(c)[first + i];

			bits |= (uint64_t)((x >= low) & (x <= high)) << i;
		}
	else
		for (size_t i = 0; i < n; i++) {
			double x = column_floats(c)[first + i];

			bits |= (uint64_t)((x >= low) & (x <= high)) << i;
		}
	return bits;
}

void
outlier_keep_within(const struct call *call, const struct bounds *bounds,
		    const struct batch *batch, uint64_t *kept)
{
	const struct column *c = column_of(call, batch);
	uint64_t there = UINT64_MAX;

	for (size_t first = 0; first < c->rows; first += 64) {
		size_t n = c->rows - first < 64 ? c->rows - first : 64;

		if (c->validity)
			memcpy(&there, c->validity->data + first / 8, sizeof(there));
		kept[first / 64] = within(bounds, c, first, n) & there;
	}
}

bool
outlier_keep(const struct call *call, const struct batch *batch, uint64_t *kept,
	     struct error *err)
{
	(void)err;
	outlier_keep_within(call, call->learned, batch, kept);
	return true;
}

static bool
clip(const struct bounds *bounds, const struct column *in, struct column **out,
     struct error *err)
{
	double low = bounds->lower_threshold, high = bounds->upper_threshold, *x;

	*out = column_new(TYPE_FLOAT, in->rows, err);
	if (!*out)
		return false;
	(*out)->validity = buffer_share(in->validity);
	(*out)->nulls = in->nulls;
	x = column_floats(*out);
	for (size_t i = 0; i < in->rows; i++) {
		double value = column_number(in, i);

		x[i] = value < low ? low : value > high ? high : value;
	}
	return true;
}

static bool
invalidate(const struct bounds *bounds, struct column **column, struct error *err)
{
	if (!column_edit(column, err))
		return false;
	for (size_t i = 0; i < (*column)->rows; i++) {
		double x;

		if (column_is_null(*column, i))
			continue;
		x = column_number(*column, i);
		if (!(x >= bounds->lower_threshold && x <= bounds->upper_threshold) &&
		    !column_set_null(*column, i, err))
			return false;
	}
	return true;
}

bool
outlier_fix(int method, const struct bounds *bounds, const struct column *in,
	    struct column **out, struct error *err)
{
	if (method == FIX_CLIP)
		return clip(bounds, in, out, err);
	*out = column_share((struct column *)in);
	return method == FIX_REMOVE || invalidate(bounds, out, err);
}

bool
outlier_each(const struct call *call, const struct column *in, struct column **out,
	     struct error *err)
{
	const struct outlier *f = call->fields;

	return outlier_fix(f->fix_method, call->learned, in, out, err);
}

struct bounds
outlier_spread(const struct moments *moments, double deviations)
{
	double mean, spread;

	if (moments->n < 2)
		return (struct bounds){ 0, 0 };
	mean = moments_mean(moments);
	spread = deviations * sqrt(moments_variance(moments));
	return (struct bounds){ mean - spread, mean + spread };
}

bool
outlier_observe(const struct call *call, const struct batch *batch,
		bool (*add)(void *state, const double *x, size_t n, struct error *err),
		void *state, struct error *err)
{
	return numbers_each(column_of(call, batch), add, state, err);
}
