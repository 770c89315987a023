/*
 * model.h - what an operator learned, as Spark ML stores it in a flow.
 *
 * Data Wrangler keeps some learned values as text: base85 of a ZIP that holds the
 * folder of a saved Spark model, a line of JSON (class, parameters) and one row in a
 * Parquet file. An operator's recall() reads such a text, its record() writes one:
 *
 *	struct model model;
 *	struct texts labels;
 *
 *	if (!model_read(stored->text, "StringIndexerModel", &model, arena, err) ||
 *	    !model_labels(&model, 0, &labels, arena, err))
 *		*usable = false;
 *
 * A text that cannot be read is no reason to stop: Data Wrangler learns again.
 * What is written is the same bytes for the same content, on every machine.
 *
 *	class (name)		fields of the row
 *	StringIndexerModel	labelsArray: a list of labels for each column (Spark 2:
 *				labels)
 *	OneHotEncoderModel	categorySizes: a count for each column; dropLast,
 *				handleInvalid
 *	StandardScalerModel	std, mean: vectors; withStd, withMean
 *	RobustScalerModel	range, median: vectors; withScaling, withCentering,
 *				lower, upper
 *	MinMaxScalerModel	originalMin, originalMax: vectors; min, max
 *	MaxAbsScalerModel	maxAbs: a vector
 *	ImputerModel		a float for each column, under the column's name; strategy
 *	CountVectorizerModel	vocabulary: a list of words
 *	IDFModel		idf: a vector, docFreq: a list of longs, numDocs: a long
 *	MinHashLSHModel		randCoefficients: a list of ints
 */
#ifndef OP_MODEL_H
#define OP_MODEL_H

#include "base/arena.h"
#include "base/error.h"
#include "base/json.h"
#include "base/text.h"

struct parquet;

/* Labels and words: any bytes. */
struct texts {
	size_t n;
	const struct text *at;
};

struct numbers {
	size_t n;
	const double *at;
};

struct model {
	const char *name; /* class without its package: "StringIndexerModel" */
	const struct json
		*metadata; /* class, timestamp, sparkVersion, uid, paramMap, ... */
	const struct parquet *data;
};

/* Decode a stored model of the class that is named (NULL: any). All of it lives in
 * the arena; base85 is not needed afterwards. */
CHECKED bool model_read(struct text base85, const char *name, struct model *out,
			struct arena *arena, struct error *err);

/* A parameter that was set, or else its preset; NULL if there is none. */
const struct json *model_param(const struct model *model, const char *name);

/* Labels of the column-th column of a string indexer; 0 where there is but one. */
CHECKED bool model_labels(const struct model *model, size_t column, struct texts *out,
			  struct arena *arena, struct error *err);

/* A field that is a list of texts. */
CHECKED bool model_texts(const struct model *model, const char *field, struct texts *out,
			 struct arena *arena, struct error *err);

/* A field that is a number, a list of numbers, or a vector (a sparse one is filled up
 * with zeroes). Longs beyond 2^53 lose their last digits. */
CHECKED bool model_numbers(const struct model *model, const char *field,
			   struct numbers *out, struct arena *arena, struct error *err);

/*
 * Writers: base85, terminated, in the arena. NULL only if memory for data is refused.
 * input, output: names of the columns as Data Wrangler gives them ("temp_col",
 * "_temp_col_0"); invalid: "error", "skip" or "keep".
 */
CHECKED const char *model_write_string_indexer(const char *input, const char *output,
					       const char *invalid,
					       const struct texts *labels,
					       struct arena *arena, struct error *err);

/* size: categories that the encoder saw, with the one for unknown if it is kept. */
CHECKED const char *model_write_one_hot(const char *input, const char *output,
					const char *invalid, bool drop_last, int32_t size,
					struct arena *arena, struct error *err);

/* Scalers of vectors with one entry each. */
CHECKED const char *model_write_standard_scaler(const char *input, const char *output,
						bool center, bool scale, double mean,
						double std, struct arena *arena,
						struct error *err);

struct robust_scaler {
	bool center, scale;
	double lower, upper;  /* quantiles asked for */
	double median, range; /* what was found */
};

CHECKED const char *model_write_robust_scaler(const char *input, const char *output,
					      const struct robust_scaler *found,
					      struct arena *arena, struct error *err);

struct min_max_scaler {
	double to_min, to_max; /* asked for */
	double min, max;       /* what was found */
};

CHECKED const char *model_write_min_max_scaler(const char *input, const char *output,
					       const struct min_max_scaler *found,
					       struct arena *arena, struct error *err);
CHECKED const char *model_write_max_abs_scaler(const char *input, const char *output,
					       double max_abs, struct arena *arena,
					       struct error *err);

/* strategy: "mean", "median" or "mode"; n columns with a value each. */
CHECKED const char *model_write_imputer(const char *const *inputs,
					const char *const *outputs, const double *values,
					size_t n, const char *strategy,
					struct arena *arena, struct error *err);

#endif
