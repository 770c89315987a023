/*
 * impute_numeric - the mean or the median in the place of missing numbers.
 *
 *	Mean			over the rows in which no column at all is missing, as the
 *				product computes it; over all rows if there is none such
 *	Approximate Median	the lower median of the column: a value that occurs
 *
 * The result is float. A stored imputer_model (as newer versions of the product keep)
 * leaves the column's type; a mean is then cut to a whole number. A stored value of 0
 * does not count, as in the product: it is learned again.
 */
#include <math.h>
#include <stdlib.h>

#include "base/sum.h"
#include "data/cast.h"
#include "data/numbers.h"
#include "data/quantile.h"
#include "op/fill.h"
#include "op/model.h"

enum { STRATEGY_MEDIAN, STRATEGY_MEAN };
static const char *const strategies[] = { "Approximate Median", "Mean", NULL };

struct impute {
	struct names input_column;
	const char *output_column;
	int strategy;
};

struct imputed {
	double impute_value;
	bool keeps_type; /* from an imputer_model */
};

static const struct param params[] = {
	PARAM_COLUMNS(struct impute, input_column, "Columns", "columns to fill",
		      .accepts = TYPE_NUMERIC),
	PARAM_CHOICE(struct impute, strategy, "Strategy", "what a missing number becomes",
		     .choices = strategies, .preset = "Approximate Median"),
	PARAM_NAME(struct impute, output_column, "Output",
		   "new column; empty: the column itself", .preset = ""),
	{ 0 },
};

static const struct param learned_params[] = {
	PARAM_NUMBER(struct imputed, impute_value, "Value",
		     "what a missing number becomes"),
	{ 0 },
};

static const struct op_choice choices[] = {
	{ "operator", "Impute" },
	{ "impute_parameters.column_type", "Numeric" },
	{ 0 },
};

static const struct op_example examples[] = {
	{ "input_column=x", "x\n1\n\n3\n8\n", "x\n1.0\n3.0\n3.0\n8.0\n" },
	{ "input_column=x strategy=Mean", "x\n1\n\n3\n8\n", "x\n1.0\n4.0\n3.0\n8.0\n" },
	{ 0 },
};

struct state {
	struct moments complete, all;
	struct quantiles *values;
};

static bool
shape(const void *fields, const void *learned, const struct schema *in, struct shape *out,
      struct error *err)
{
	const struct impute *f = fields;
	const struct imputed *imputed = learned;
	enum type type = TYPE_FLOAT;

	if (imputed && imputed->keeps_type)
		type = in->at[schema_find(in, f->input_column.at[0])].type;
	return shape_replace(out, in, f->input_column.at[0], f->output_column, type, err);
}

static bool
reads(const void *fields, const struct schema *in, bool *read)
{
	(void)in;
	(void)read;
	return ((const struct impute *)fields)->strategy == STRATEGY_MEAN;
}

static void
discard(void *memory)
{
	struct state *state = memory;

	quantiles_free(state->values);
	free(state);
}

static void *
start(const struct call *call, struct error *err)
{
	struct state *state = calloc(1, sizeof(*state));

	(void)call;
	if (!state) {
		fail(err, "out of memory");
		return NULL;
	}
	if ((state->values = quantiles_new(err)))
		return state;
	free(state);
	return NULL;
}

/* Bits of the rows in which no column is missing. */
static bool
find_complete(const struct batch *batch, uint64_t **out, struct error *err)
{
	size_t words = bit_words(batch->rows);
	uint64_t *bits = memory_alloc(words * sizeof(*bits), err);

	if (!(*out = bits))
		return false;
	memset(bits, 0xff, words * sizeof(*bits));
	for (size_t k = 0; k < batch->n; k++) {
		const struct column *c = batch->at[k];

		for (size_t w = 0; c && c->validity && w < words; w++) {
			uint64_t there;

			memcpy(&there, c->validity->data + w * sizeof(there),
			       sizeof(there));
			bits[w] &= there;
		}
		if (!c || c->type != TYPE_FLOAT)
			continue;
		for (size_t i = 0; i < c->rows; i++)
			if (isnan(column_floats(c)[i]))
				bit_clear(bits, i);
	}
	return true;
}

/* Moments of all numbers, and of those in complete rows. */
static bool
observe_mean(struct state *state, const struct column *column, const struct batch *batch,
	     struct error *err)
{
	double x[NUMBERS_BLOCK];
	uint64_t *complete;

	if (!find_complete(batch, &complete, err))
		return false;
	for (size_t at = 0; at < batch->rows; at += NUMBERS_BLOCK) {
		size_t n = batch->rows - at < NUMBERS_BLOCK ? batch->rows - at
							    : NUMBERS_BLOCK;

		moments_add_many(&state->all, x, numbers_take(column, at, n, x));
		moments_add_many(&state->complete, x,
				 numbers_take_kept(column, complete, at, n, x));
	}
	memory_free(complete, bit_words(batch->rows) * sizeof(*complete));
	return true;
}

static bool
add(void *values, const double *x, size_t n, struct error *err)
{
	return quantiles_add_many(values, x, n, err);
}

static bool
observe(const struct call *call, void *memory, const struct batch *batch,
	struct error *err)
{
	const struct impute *f = call->fields;
	const struct column *column =
		batch->at[schema_find(call->in, f->input_column.at[0])];
	struct state *state = memory;

	if (f->strategy == STRATEGY_MEAN)
		return observe_mean(state, column, batch, err);
	return numbers_each(column, add, state->values, err);
}

static bool
merge(const struct call *call, void *into, void *from, struct error *err)
{
	struct state *a = into, *b = from;

	(void)call;
	moments_merge(&a->all, &b->all);
	moments_merge(&a->complete, &b->complete);
	return quantiles_merge(a->values, b->values, err);
}

static bool
settle(const struct call *call, void *memory, void *learned, struct arena *arena,
       struct error *err)
{
	const struct impute *f = call->fields;
	struct state *state = memory;
	struct imputed *imputed = learned;
	const struct moments *moments =
		state->complete.n ? &state->complete : &state->all;

	(void)arena;
	if (f->strategy == STRATEGY_MEDIAN ? quantiles_count(state->values) == 0
					   : moments->n == 0)
		return fail(err, "input_column: column '%s' has no number to learn from",
			    f->input_column.at[0]);
	if (f->strategy == STRATEGY_MEAN)
		imputed->impute_value = moments_mean(moments);
	else if (!quantiles_at(state->values, 0.5, &imputed->impute_value, err))
		return false;
	imputed->keeps_type = false;
	return true;
}

static bool
recall(const void *fields, const struct json *trained, void *learned, bool *usable,
       struct arena *arena, struct error *err)
{
	const struct impute *f = fields;
	const struct json *stored = json_find(trained, "imputer_model");
	struct imputed *imputed = learned;
	struct numbers numbers;
	struct model model;

	(void)err;
	if (*usable && isfinite(imputed->impute_value) && imputed->impute_value != 0)
		return true;
	*usable = false;
	if (stored && stored->kind == JSON_STRING) {
		struct error ignored = { 0 };

		*usable = model_read(stored->text, "ImputerModel", &model, arena,
				     &ignored) &&
			  model_numbers(&model, f->input_column.at[0], &numbers, arena,
					&ignored) &&
			  numbers.n == 1;
	}
	if (*usable)
		*imputed = (struct imputed){ numbers.at[0], true };
	return true;
}

static bool
each(const struct call *call, const struct column *in, struct column **out,
     struct error *err)
{
	const struct imputed *imputed = call->learned;
	struct column *value, *filled = NULL;
	struct build b;
	bool ok;

	build_start(&b, TYPE_FLOAT, 1);
	build_float(&b, imputed->impute_value);
	value = build_end(&b, err);
	ok = value && fill_missing(in, value, &filled, err);
	column_drop(value);
	if (!ok || !imputed->keeps_type) {
		*out = filled;
		return ok;
	}
	ok = cast_column(filled, in->type, out, err); /* Spark's Imputer: through float */
	column_drop(filled);
	return ok;
}

const struct op op_impute_numeric = {
	.name = "impute_numeric",
	.title = "Impute numbers",
	.group = "Missing values",
	.help = "Put the mean or the median in the place of missing numbers.",
	.id = "sagemaker.spark.handle_missing_0.1",
	.choices = choices,
	.block = "impute_parameters.numeric_parameters",
	.params = params,
	.params_size = sizeof(struct impute),
	.each_column = "input_column",
	.each_name = "output_column",
	.learned = learned_params,
	.learned_size = sizeof(struct imputed),
	.hashed = "strategy",
	.shared = "imputer_model",
	.examples = examples,
	.shape = shape,
	.reads = reads,
	.start = start,
	.observe = observe,
	.merge = merge,
	.settle = settle,
	.discard = discard,
	.recall = recall,
	.each = each,
};
