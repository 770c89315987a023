/*
 * outlier.h - what is done with numbers outside two bounds, for all outlier steps.
 *
 *	Clip		moves to the bound; NaN and null stay; the result is float
 *	Remove		the row goes; NaN and null rows too, since they are not inside
 *	Invalidate	becomes null; NaN too; the type stays
 *
 * The bounds are inside. An output column with Remove is a copy of the column.
 *
 * The steps differ in how they find the bounds. They share one struct of fields, each
 * using its own, and the hooks below.
 */
#ifndef OP_OUTLIER_H
#define OP_OUTLIER_H

#include "base/sum.h"
#include "op/op.h"

enum fix_method { FIX_CLIP, FIX_REMOVE, FIX_INVALIDATE };
extern const char *const fix_methods[];

struct outlier {
	struct names input_column;
	const char *output_column;
	int fix_method;
	double standard_deviations;
	double lower_quantile, upper_quantile;
	double lower_threshold, upper_threshold;
};

/* What is learned, as it stands in trained_parameters. */
struct bounds {
	double lower_threshold, upper_threshold;
};
extern const struct param bounds_params[];

/* Rows that every step has: columns, fix, output. */
#define OUTLIER_COLUMNS                                                              \
	PARAM_COLUMNS(struct outlier, input_column, "Columns", "numbers to look at", \
		      .accepts = TYPE_NUMERIC)
#define OUTLIER_FIX                                                                     \
	PARAM_CHOICE(struct outlier, fix_method, "Fix", "what is done with an outlier", \
		     .choices = fix_methods, .preset = "Clip")
#define OUTLIER_OUTPUT                                      \
	PARAM_NAME(struct outlier, output_column, "Output", \
		   "new column; empty: the column itself", .preset = "")

/* Hooks of an operator, for steps that learn struct bounds. */
CHECKED bool outlier_shape(const void *fields, const void *learned,
			   const struct schema *in, struct shape *out, struct error *err);
bool outlier_changes_rows(const void *fields);
CHECKED bool outlier_keep(const struct call *call, const struct batch *batch,
			  uint64_t *kept, struct error *err);
CHECKED bool outlier_each(const struct call *call, const struct column *in,
			  struct column **out, struct error *err);

/* The same with bounds from elsewhere. */
void outlier_keep_within(const struct call *call, const struct bounds *bounds,
			 const struct batch *batch, uint64_t *kept);
CHECKED bool outlier_fix(int method, const struct bounds *bounds, const struct column *in,
			 struct column **out, struct error *err);

/* Mean -/+ so many standard deviations (of the sample: n - 1). Fewer than two numbers
 * have no deviation: both bounds are 0, as in the product. */
struct bounds outlier_spread(const struct moments *moments, double deviations);

/* Call add for the numbers of the column that the call works on, some at a time; NaN is
 * none. */
bool outlier_observe(const struct call *call, const struct batch *batch,
		     bool (*add)(void *state, const double *x, size_t n,
				 struct error *err),
		     void *state, struct error *err);

#endif
