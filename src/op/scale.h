/*
 * scale.h - what numeric scalers share: null and NaN are left out when learning and
 * come out as NaN; the result is float; what is learned is a stored Spark model.
 */
#ifndef OP_SCALE_H
#define OP_SCALE_H

#include "op/model.h"
#include "op/op.h"

/* One struct of fields for all scalers, each using its own. */
struct scaler {
	struct names input_column;
	const char *output_column;
	bool center, scale;
	double lower_quantile, upper_quantile;
	double min, max;
};

#define SCALER_COLUMNS                                                            \
	PARAM_COLUMNS(struct scaler, input_column, "Columns", "numbers to scale", \
		      .accepts = TYPE_NUMERIC)
#define SCALER_OUTPUT                                      \
	PARAM_NAME(struct scaler, output_column, "Output", \
		   "new column; empty: the column itself", .preset = "")

/* What is learned: two numbers, by scaler (mean and deviation, least and largest, ...).
 */
struct scaled {
	double a, b;
};

CHECKED bool scale_shape(const void *fields, const void *learned, const struct schema *in,
			 struct shape *out, struct error *err);

/* Call add for the numbers that are neither null nor NaN, some at a time. */
CHECKED bool scale_observe(const struct call *call, const struct batch *batch,
			   bool (*add)(void *state, const double *x, size_t n,
				       struct error *err),
			   void *state, struct error *err);

/* (x - shift) * factor + base, each where asked for, as Spark ML computes it: by the
 * reciprocal, so that the last digit is the same. */
struct affine {
	bool shifts, scales, adds;
	double shift, factor, base;
	bool constant; /* every number becomes base */
};

CHECKED bool scale_apply(const struct affine *affine, const struct column *in,
			 struct column **out, struct error *err);

/* Read "scaler_model" of this class: the first entries of one or two fields. */
CHECKED bool scale_recall(const struct json *trained, const char *class,
			  const char *field_a, const char *field_b, struct scaled *scaled,
			  bool *usable, struct arena *arena, struct error *err);

/* "mean 81.5, deviation 12"; b NULL: only the first of them. */
const char *scale_tell(const struct scaled *scaled, const char *a, const char *b,
		       struct arena *arena);

/* The object with "scaler_model" set; text NULL: left as it is. */
const struct json *scale_record(const struct json *object, const char *model,
				struct arena *arena);

/* Names that Data Wrangler gives the columns while it scales. */
#define SCALE_INPUT  "temp_col"
#define SCALE_OUTPUT "_temp_col_0"

#endif
