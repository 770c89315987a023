/* fill - one value for all that is missing. */
#include "op/fill.h"

#include <math.h>

#include "base/number.h"
#include "data/cast.h"

/* The cast would cut "0.5" to 0; what the user writes for a whole number must be one. */
static bool
is_whole(const char *text)
{
	struct text t = text_trim(text_of(text));
	int64_t value;
	double x;

	return number_parse_long(t, &value) ||
	       (number_parse_float(t, &x) && x == floor(x) && fabs(x) < 0x1p63);
}

struct column *
fill_value(const char *param, const char *text, enum type type, struct error *err)
{
	struct column *one, *value;
	struct build b;

	if (!text)
		return column_nulls(type, 1, err);
	if (type == TYPE_LONG && !is_whole(text)) {
		fail(err, "%s: '%s' is no whole number, but the column is long", param,
		     text);
		return NULL;
	}
	build_start(&b, TYPE_STRING, 1);
	build_text(&b, text_of(text));
	one = build_end(&b, err);
	if (!one || type == TYPE_STRING)
		return one;
	if (!cast_column(one, type, &value, err))
		value = NULL;
	column_drop(one);
	if (value && type & TYPE_NUMERIC && column_is_missing(value, 0)) {
		column_drop(value);
		fail(err, "%s: '%s' is no %s", param, text, type_name(type));
		return NULL;
	}
	return value;
}

/* A number column into one of floats. */
static bool
fill_floats(const struct column *in, double value, struct column **out, struct error *err)
{
	const void *there = in->validity && in->nulls ? in->validity->data : NULL;
	double *x;

	if (!(*out = column_new(TYPE_FLOAT, in->rows, err)))
		return false;
	x = column_floats(*out);
	if (in->type == TYPE_LONG)
		for (size_t i = 0; i < in->rows; i++)
			x[i] = (double)column_longs(in)[i];
	else
		for (size_t i = 0; i < in->rows; i++) {
			double y = column_floats(in)[i];

			x[i] = y != y ? value : y;
		}
	for (size_t i = 0; there && i < in->rows; i++)
		x[i] = bit_get(there, i) ? x[i] : value;
	return true;
}

bool
fill_missing(const struct column *in, const struct column *value, struct column **out,
	     struct error *err)
{
	bool widen = in->type == TYPE_LONG && value->type == TYPE_FLOAT;
	struct build b;

	if (in->type & TYPE_NUMERIC && value->type == TYPE_FLOAT &&
	    !column_is_null(value, 0))
		return fill_floats(in, column_floats(value)[0], out, err);
	build_start(&b, value->type, in->rows);
	for (size_t i = 0; i < in->rows; i++)
		if (column_is_missing(in, i))
			build_from(&b, value, 0);
		else if (widen)
			build_float(&b, column_number(in, i));
		else
			build_from(&b, in, i);
	*out = build_end(&b, err);
	return *out != NULL;
}
