/* model_write - the rows and parameters of the models that operators learn. */
#include <math.h>

#include "op/model.h"
#include "op/model_store.h"

static void
release(struct content *c)
{
	for (size_t i = 0; i < c->shape.n_leaves; i++)
		parquet_release(&c->values[i]);
}

/* The tree stands: find its leaves and make room for their values. */
static bool
settle(struct content *c, struct parquet_node *root, struct arena *arena,
       struct error *err)
{
	if (!parquet_settle(root, &c->shape, arena, err))
		return false;
	c->values = ARENA_ARRAY(arena, c->shape.n_leaves + 1, struct parquet_values);
	return true;
}

static struct parquet_node *
add_leaf(struct parquet_node *parent, const char *name,
	 enum parquet_repetition repetition, enum parquet_type type, struct arena *arena)
{
	struct parquet_node *leaf = parquet_add(parent, name, repetition, arena);

	leaf->is_leaf = true;
	leaf->type = type;
	return leaf;
}

/* A list that may be missing; returns the group that is repeated. */
static struct parquet_node *
add_list(struct parquet_node *parent, const char *name, struct arena *arena)
{
	struct parquet_node *list = parquet_add(parent, name, PARQUET_OPTIONAL, arena);

	list->meaning = PARQUET_LIST;
	return parquet_add(list, "list", PARQUET_REPEATED, arena);
}

#define FIELD(name, type) \
	"{\"name\":" name ",\"type\":" type ",\"nullable\":true,\"metadata\":{}}"
#define ARRAY(type, null) \
	"{\"type\":\"array\",\"elementType\":" type ",\"containsNull\":" null "}"
#define ROW "{\"type\":\"struct\",\"fields\":["

static const char labels_fields[] =
	ROW FIELD("\"labelsArray\"", ARRAY(ARRAY("\"string\"", "true"), "true")) "]}";
static const char sizes_fields[] =
	ROW FIELD("\"categorySizes\"", ARRAY("\"integer\"", "false")) "]}";
static const char vector_type[] =
	"{\"type\":\"udt\",\"class\":\"org.apache.spark.ml.linalg.VectorUDT\","
	"\"pyClass\":\"pyspark.ml.linalg.VectorUDT\",\"sqlType\":" ROW
	"{\"name\":\"type\",\"type\":\"byte\",\"nullable\":false,\"metadata\":{}}," FIELD(
		"\"size\"",
		"\"integer\"") "," FIELD("\"indices\"",
					 ARRAY("\"integer\"",
					       "false")) "," FIELD("\"values\"",
								   ARRAY("\"double\"",
									 "false")) "]}}";

static bool
put_labels(struct content *c, const struct texts *labels, struct error *err)
{
	const struct parquet_node *leaf = c->shape.leaves[0];

	if (labels->n == 0) /* one list, and nothing in it */
		return parquet_put_gap(&c->values[0], 0, leaf->definition_level - 2, err);
	for (size_t i = 0; i < labels->n; i++)
		if (!parquet_put_text(&c->values[0], leaf, i ? 2 : 0, labels->at[i], err))
			return false;
	return true;
}

const char *
model_write_string_indexer(const char *input, const char *output, const char *invalid,
			   const struct texts *labels, struct arena *arena,
			   struct error *err)
{
	const struct setting settings[] = { { "inputCol", .word = input },
					    { "outputCol", .word = output },
					    { "handleInvalid", .word = invalid } };
	const struct setting presets[] = { { "handleInvalid", .word = "error" },
					   { "stringOrderType",
					     .word = "frequencyDesc" } };
	struct content c = { "StringIndexer",
			     settings,
			     presets,
			     COUNT(settings),
			     COUNT(presets),
			     .has_output = true,
			     .fields = text_of(labels_fields) };
	struct arena passing = { 0 };
	struct parquet_node *root = parquet_root(&passing);
	struct parquet_node *inner =
		add_list(add_list(root, "labelsArray", &passing), "element", &passing);
	const char *text = NULL;

	add_leaf(inner, "element", PARQUET_OPTIONAL, PARQUET_BYTES, &passing)->meaning =
		PARQUET_UTF8;
	if (settle(&c, root, &passing, err) && put_labels(&c, labels, err))
		text = content_text(&c, arena, err);
	release(&c);
	arena_release(&passing);
	return text;
}

const char *
model_write_one_hot(const char *input, const char *output, const char *invalid,
		    bool drop_last, int32_t size, struct arena *arena, struct error *err)
{
	const bool preset = true;
	const struct setting settings[] = { { "inputCol", .word = input },
					    { "outputCol", .word = output },
					    { "handleInvalid", .word = invalid },
					    { "dropLast", .flag = &drop_last } };
	const struct setting presets[] = { { "handleInvalid", .word = "error" },
					   { "dropLast", .flag = &preset } };
	struct content c = { "OneHotEncoder",
			     settings,
			     presets,
			     COUNT(settings),
			     COUNT(presets),
			     .has_output = true,
			     .fields = text_of(sizes_fields) };
	struct arena passing = { 0 };
	struct parquet_node *root = parquet_root(&passing);
	const char *text = NULL;

	add_leaf(add_list(root, "categorySizes", &passing), "element", PARQUET_REQUIRED,
		 PARQUET_INT32, &passing);
	if (settle(&c, root, &passing, err) &&
	    parquet_put(&c.values[0], c.shape.leaves[0], 0, &size, err))
		text = content_text(&c, arena, err);
	release(&c);
	arena_release(&passing);
	return text;
}

struct vector { /* dense, of one entry */
	const char *name;
	double value;
};

static void
add_vector(struct parquet_node *root, const char *name, struct arena *arena)
{
	struct parquet_node *vector = parquet_add(root, name, PARQUET_OPTIONAL, arena);

	add_leaf(vector, "type", PARQUET_REQUIRED, PARQUET_INT32, arena)->meaning =
		PARQUET_INT8;
	add_leaf(vector, "size", PARQUET_OPTIONAL, PARQUET_INT32, arena);
	add_leaf(add_list(vector, "indices", arena), "element", PARQUET_REQUIRED,
		 PARQUET_INT32, arena);
	add_leaf(add_list(vector, "values", arena), "element", PARQUET_REQUIRED,
		 PARQUET_DOUBLE, arena);
}

static bool
put_vector(struct parquet_values *v, struct parquet_node *const *leaves, double value,
	   struct error *err)
{
	const int32_t dense = 1;

	return parquet_put(&v[0], leaves[0], 0, &dense, err) &&
	       parquet_put_gap(&v[1], 0, 1, err) && parquet_put_gap(&v[2], 0, 1, err) &&
	       parquet_put(&v[3], leaves[3], 0, &value, err);
}

static struct text
vector_fields(const struct vector *vectors, size_t n, struct arena *arena)
{
	const char *fields = ROW;

	for (size_t i = 0; i < n; i++)
		fields = arena_print(arena, "%s%s" FIELD("\"%s\"", "%s"), fields,
				     i ? "," : "", vectors[i].name, vector_type);
	return text_of(arena_print(arena, "%s]}", fields));
}

static const char *
write_vectors(struct content *c, const struct vector *vectors, size_t n,
	      struct arena *arena, struct error *err)
{
	struct arena passing = { 0 };
	struct parquet_node *root = parquet_root(&passing);
	const char *text = NULL;
	bool done;

	for (size_t i = 0; i < n; i++)
		add_vector(root, vectors[i].name, &passing);
	c->fields = vector_fields(vectors, n, &passing);
	done = settle(c, root, &passing, err);
	for (size_t i = 0; i < n && done; i++)
		done = put_vector(&c->values[4 * i], &c->shape.leaves[4 * i],
				  vectors[i].value, err);
	if (done)
		text = content_text(c, arena, err);
	release(c);
	arena_release(&passing);
	return text;
}

const char *
model_write_standard_scaler(const char *input, const char *output, bool center,
			    bool scale, double mean, double std, struct arena *arena,
			    struct error *err)
{
	const bool yes = true, no = false;
	const struct setting settings[] = { { "inputCol", .word = input },
					    { "outputCol", .word = output },
					    { "withMean", .flag = &center },
					    { "withStd", .flag = &scale } };
	const struct setting presets[] = { { "withMean", .flag = &no },
					   { "withStd", .flag = &yes } };
	const struct vector vectors[] = { { "std", std }, { "mean", mean } };
	struct content c = { "StandardScaler", settings,       presets,
			     COUNT(settings),  COUNT(presets), .has_output = true };

	return write_vectors(&c, vectors, COUNT(vectors), arena, err);
}

const char *
model_write_robust_scaler(const char *input, const char *output,
			  const struct robust_scaler *found, struct arena *arena,
			  struct error *err)
{
	const bool yes = true, no = false;
	const double quarter = 0.25, three = 0.75, exactness = 0.001;
	const struct setting settings[] = { { "inputCol", .word = input },
					    { "outputCol", .word = output },
					    { "lower", .number = &found->lower },
					    { "upper", .number = &found->upper },
					    { "withCentering", .flag = &found->center },
					    { "withScaling", .flag = &found->scale } };
	const struct setting presets[] = { { "lower", .number = &quarter },
					   { "upper", .number = &three },
					   { "withCentering", .flag = &no },
					   { "withScaling", .flag = &yes },
					   { "relativeError", .number = &exactness } };
	const struct vector vectors[] = { { "range", found->range },
					  { "median", found->median } };
	struct content c = { "RobustScaler",  settings,       presets,
			     COUNT(settings), COUNT(presets), .has_output = true };

	return write_vectors(&c, vectors, COUNT(vectors), arena, err);
}

const char *
model_write_min_max_scaler(const char *input, const char *output,
			   const struct min_max_scaler *found, struct arena *arena,
			   struct error *err)
{
	const double zero = 0, one = 1;
	const struct setting settings[] = { { "inputCol", .word = input },
					    { "outputCol", .word = output },
					    { "min", .number = &found->to_min },
					    { "max", .number = &found->to_max } };
	const struct setting presets[] = { { "min", .number = &zero },
					   { "max", .number = &one } };
	const struct vector vectors[] = { { "originalMin", found->min },
					  { "originalMax", found->max } };
	struct content c = { "MinMaxScaler",  settings,       presets,
			     COUNT(settings), COUNT(presets), .has_output = true };

	return write_vectors(&c, vectors, COUNT(vectors), arena, err);
}

const char *
model_write_max_abs_scaler(const char *input, const char *output, double max_abs,
			   struct arena *arena, struct error *err)
{
	const struct setting settings[] = { { "inputCol", .word = input },
					    { "outputCol", .word = output } };
	const struct vector vectors[] = { { "maxAbs", max_abs } };
	struct content c = { "MaxAbsScaler",  settings, NULL,
			     COUNT(settings), 0,        .has_output = true };

	return write_vectors(&c, vectors, COUNT(vectors), arena, err);
}

/* A float for each column, as Spark's JSON; names may hold anything. */
static bool
imputer_fields(const char *const *inputs, size_t n, struct line *l)
{
	line_put(l, ROW);
	for (size_t i = 0; i < n; i++) {
		line_put(l, i ? ",{\"name\":" : "{\"name\":");
		line_put_quoted(l, inputs[i]);
		line_put(l, ",\"type\":\"double\",\"nullable\":false,\"metadata\":{}}");
	}
	line_put(l, "]}");
	return !l->failed;
}

static bool
put_imputer(struct content *c, const char *const *inputs, const double *values, size_t n,
	    struct buffer *fields, struct arena *passing, struct error *err)
{
	struct parquet_node *root = parquet_root(passing);
	struct line line = { .out = fields, .err = err };

	for (size_t i = 0; i < n; i++)
		add_leaf(root, inputs[i], PARQUET_REQUIRED, PARQUET_DOUBLE, passing);
	if (!imputer_fields(inputs, n, &line) || !settle(c, root, passing, err))
		return false;
	c->fields = (struct text){ fields->data, fields->size };
	for (size_t i = 0; i < n; i++)
		if (!parquet_put(&c->values[i], c->shape.leaves[i], 0, &values[i], err))
			return false;
	return true;
}

const char *
model_write_imputer(const char *const *inputs, const char *const *outputs,
		    const double *values, size_t n, const char *strategy,
		    struct arena *arena, struct error *err)
{
	const double missing = NAN, exactness = 0.001;
	const struct setting settings[] = { { "inputCols", .words = inputs, .n = n },
					    { "outputCols", .words = outputs, .n = n },
					    { "strategy", .word = strategy } };
	const struct setting presets[] = { { "missingValue", .number = &missing },
					   { "strategy", .word = "mean" },
					   { "relativeError", .number = &exactness } };
	struct content c = { "Imputer", settings, presets, COUNT(settings),
			     COUNT(presets) };
	struct buffer *fields = buffer_new(0, err);
	struct arena passing = { 0 };
	const char *text = NULL;

	if (fields && put_imputer(&c, inputs, values, n, fields, &passing, err))
		text = content_text(&c, arena, err);
	release(&c);
	arena_release(&passing);
	buffer_drop(fields);
	return text;
}
