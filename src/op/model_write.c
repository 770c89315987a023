/*
 * model_write - a Spark model as Spark would save it, put together for a flow.
 *
 * The ids and file names that Spark draws at random are made from the content here,
 * and the time is 0, so that equal models are equal texts. The Parquet file is not
 * packed, since the archive is.
 */
#include "op/model.h"

#include <inttypes.h>
#include <math.h>
#include <zlib.h>

#include "base/base85.h"
#include "base/number.h"
#include "base/zip.h"
#include "data/parquet.h"

enum { CHECKSUM_BYTES = 512 }; /* that one checksum of Hadoop's is for */

static const char version[] = "3.3.1";

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

static void
put(struct line *l, const char *text)
{
	if (!l->failed)
		l->failed = !buffer_append(l->out, text, strlen(text), l->err);
}

static void
put_quoted(struct line *l, const char *text)
{
	if (!l->failed)
		l->failed = !json_write_string(text_of(text), false, l->out, l->err);
}

/* As Java prints it: Spark refuses a number without a point. */
static void
put_number(struct line *l, double value)
{
	char text[NUMBER_SIZE];

	if (isnan(value)) {
		put(l, "\"NaN\"");
	} else if (isinf(value)) {
		put(l, value > 0 ? "\"Inf\"" : "\"-Inf\"");
	} else {
		number_print_float(value, text);
		put(l, text);
	}
}

static void
put_setting(struct line *l, const struct setting *s)
{
	put_quoted(l, s->name);
	put(l, ":");
	if (s->word)
		put_quoted(l, s->word);
	else if (s->number)
		put_number(l, *s->number);
	else if (s->flag)
		put(l, *s->flag ? "true" : "false");
	for (size_t i = 0; i < s->n; i++) {
		put(l, i ? "," : "[");
		put_quoted(l, s->words[i]);
	}
	if (s->n)
		put(l, "]");
}

static void
put_metadata(struct line *l, const struct content *c, const char *uid)
{
	put(l, "{\"class\":\"org.apache.spark.ml.feature.");
	put(l, c->estimator);
	put(l, "Model\",\"timestamp\":0,\"sparkVersion\":\"");
	put(l, version);
	put(l, "\",\"uid\":\"");
	put(l, uid);
	put(l, "\",\"paramMap\":{");
	for (size_t i = 0; i < c->n_settings; i++) {
		put(l, i ? "," : "");
		put_setting(l, &c->settings[i]);
	}
	put(l, "},\"defaultParamMap\":{");
	for (size_t i = 0; i < c->n_presets; i++) {
		put(l, i ? "," : "");
		put_setting(l, &c->presets[i]);
	}
	if (c->has_output) {
		put(l, c->n_presets ? ",\"outputCol\":\"" : "\"outputCol\":\"");
		put(l, uid);
		put(l, "__output\"");
	}
	put(l, "}}\n");
}

/* FNV-1a: enough to tell models apart. */
static uint64_t
hash(uint64_t h, struct text t)
{
	for (size_t i = 0; i < t.size; i++)
		h = (h ^ (unsigned char)t.data[i]) * UINT64_C(0x100000001b3);
	return h;
}

static uint64_t
hash_content(const struct content *c, struct text data)
{
	uint64_t h = hash(UINT64_C(0xcbf29ce484222325), data);

	for (size_t i = 0; i < c->n_settings; i++) {
		const struct setting *s = &c->settings[i];

		h = hash(h, text_of(s->name));
		if (s->word)
			h = hash(h, text_of(s->word));
		if (s->number)
			h = hash(h, (struct text){ (const char *)s->number,
						   sizeof(double) });
		if (s->flag)
			h = hash(h, text_of(*s->flag ? "1" : "0"));
		for (size_t k = 0; k < s->n; k++)
			h = hash(h, text_of(s->words[k]));
	}
	return h;
}

static struct text
bytes(const struct buffer *buffer)
{
	return (struct text){ buffer->data, buffer->size };
}

/* What Hadoop keeps beside a file: its checksums. */
static struct text
checksums(struct text file, struct arena *arena)
{
	size_t n = (file.size + CHECKSUM_BYTES - 1) / CHECKSUM_BYTES;
	char *out = arena_alloc(arena, 8 + 4 * n), *at = out + 8;

	memcpy(out, "crc\0\0\0\2\0", 8); /* the last four: 512 */
	for (size_t from = 0; from < file.size; from += CHECKSUM_BYTES) {
		size_t size = file.size - from < CHECKSUM_BYTES ? file.size - from
								: CHECKSUM_BYTES;
		uLong crc = crc32(0, (const Bytef *)file.data + from, (uInt)size);

		for (int shift = 24; shift >= 0; shift -= 8)
			*at++ = (char)(crc >> shift & 0xff);
	}
	return (struct text){ out, 8 + 4 * n };
}

static const char *
archive(const struct content *c, struct buffer *metadata, const struct buffer *data,
	struct buffer *zip, struct arena *arena, struct error *err)
{
	struct arena passing = { 0 };
	uint64_t h = hash_content(c, bytes(data));
	uint64_t k = hash(h, text_of(c->estimator));
	const char *uid = arena_print(&passing, "%s_%012" PRIx64, c->estimator, h >> 16);
	const char *part = arena_print(
		&passing, "part-00000-%08x-%04x-4%03x-8%03x-%012" PRIx64 "-c000.parquet",
		(unsigned)(h >> 32), (unsigned)(h >> 16 & 0xffff), (unsigned)(h & 0xfff),
		(unsigned)(k & 0xfff), k >> 16);
	struct line line = { .out = metadata, .err = err };
	const char *text = NULL;

	put_metadata(&line, c, uid);
	const struct zip_file files[] = {
		{ "metadata/part-00000", bytes(metadata) },
		{ "metadata/.part-00000.crc", checksums(bytes(metadata), &passing) },
		{ arena_print(&passing, "data/%s", part), bytes(data) },
		{ arena_print(&passing, "data/.%s.crc", part),
		  checksums(bytes(data), &passing) },
	};
	if (!line.failed && zip_write(files, COUNT(files), zip, err))
		text = base85_encode(bytes(zip), arena);
	arena_release(&passing);
	return text;
}

static bool
write_data(const struct content *c, struct buffer *out, struct error *err)
{
	const struct parquet_note notes[] = {
		{ "org.apache.spark.version", text_of(version) },
		{ "org.apache.spark.sql.parquet.row.metadata", c->fields },
	};

	return parquet_write(&c->shape, c->values, notes, COUNT(notes),
			     PARQUET_UNCOMPRESSED, out, err);
}

static const char *
write_content(const struct content *c, struct arena *arena, struct error *err)
{
	struct buffer *metadata = buffer_new(0, err);
	struct buffer *data = metadata ? buffer_new(0, err) : NULL;
	struct buffer *zip = data ? buffer_new(0, err) : NULL;
	const char *text = NULL;

	if (zip && write_data(c, data, err))
		text = archive(c, metadata, data, zip, arena, err);
	buffer_drop(metadata);
	buffer_drop(data);
	buffer_drop(zip);
	return text;
}

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
		text = write_content(&c, arena, err);
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
		text = write_content(&c, arena, err);
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
		text = write_content(c, arena, err);
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
	put(l, ROW);
	for (size_t i = 0; i < n; i++) {
		put(l, i ? ",{\"name\":" : "{\"name\":");
		put_quoted(l, inputs[i]);
		put(l, ",\"type\":\"double\",\"nullable\":false,\"metadata\":{}}");
	}
	put(l, "]}");
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
	c->fields = bytes(fields);
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
		text = write_content(&c, arena, err);
	release(&c);
	arena_release(&passing);
	buffer_drop(fields);
	return text;
}
