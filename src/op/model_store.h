/*
 * model_store.h - a model before it is text, for model_write.c only.
 */
#ifndef OP_MODEL_STORE_H
#define OP_MODEL_STORE_H

#include "base/arena.h"
#include "base/memory.h"
#include "data/parquet.h"

struct setting { /* one of these */
	const char *name;
	const char *word;
	const double *number;
	const bool *flag;
	const char *const *words;
	size_t n;
};

/* What a model is, before it is text. */
struct content {
	const char *estimator; /* "StringIndexer" */
	const struct setting *settings, *presets;
	size_t n_settings, n_presets;
	bool has_output; /* an outputCol, which has a preset */
	struct parquet shape;
	struct parquet_values *values; /* one a leaf */
	struct text fields;            /* the row's type, as Spark's JSON */
};

/* Text that grows; the first failure sticks. */
struct line {
	struct buffer *out;
	struct error *err;
	bool failed;
};

void line_put(struct line *line, const char *text);
void line_put_quoted(struct line *line, const char *text); /* as JSON */

/* The model as stored text, in the arena; NULL if memory is refused. */
CHECKED const char *content_text(const struct content *content, struct arena *arena,
				 struct error *err);

#endif
