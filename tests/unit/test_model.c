/*
 * Stored models: those of Spark and of public flows are read, what we write reads back
 * and is the same each time, damaged ones are errors.
 */
#include "op/model.h"

#include <dirent.h>
#include <math.h>
#include <stdlib.h>

#include "base/memory.h"
#include "check.h"
#include "config.h"

static char *
load(const char *path, struct text *out)
{
	FILE *file = fopen(path, "rb");
	long size = 0;
	char *data = NULL;

	if (file && fseek(file, 0, SEEK_END) == 0 && (size = ftell(file)) >= 0) {
		rewind(file);
		data = malloc((size_t)size + 1);
		if (data && fread(data, 1, (size_t)size, file) != (size_t)size)
			size = 0;
	}
	if (file)
		fclose(file);
	*out = (struct text){ data, (size_t)size };
	return data;
}

/* A field as "a|b|" or "1.5|2|"; or the error. */
static const char *
field_text(const struct model *model, const char *field, size_t column, struct arena *mem)
{
	struct error err = { 0 };
	struct texts texts;
	struct numbers numbers;
	const char *out = "";

	if (!strcmp(field, "labels") ? model_labels(model, column, &texts, mem, &err)
				     : model_texts(model, field, &texts, mem, &err)) {
		for (size_t i = 0; i < texts.n; i++)
			out = arena_print(mem, "%s%.*s|", out, TEXT_ARG(texts.at[i]));
		return out;
	}
	if (!strcmp(field, "labels") || strstr(err.text, "built without") ||
	    !model_numbers(model, field, &numbers, mem, &err))
		return arena_text(mem, err.text);
	for (size_t i = 0; i < numbers.n; i++)
		out = arena_print(mem, "%s%.17g|", out, numbers.at[i]);
	return out;
}

/* Made by Spark 3.3.4 and, with "bad" and "sparse" and "labels", by pyarrow. */
static const struct {
	const char *file, *class, *field;
	size_t column;
	const char *value; /* or the error */
} seeds[] = {
	{ "string_indexer", "StringIndexerModel", "labels", 0, "a||b|" },
	{ "string_indexer", "OneHotEncoderModel", "labels", 0,
	  "stored model: it is a 'StringIndexerModel', not a 'OneHotEncoderModel'" },
	{ "string_indexer", NULL, "labels", 1,
	  "stored model: there are 1 lists, number 2 is asked for" },
	{ "string_indexer", NULL, "vocabulary", 0,
	  "stored model: StringIndexerModel has no 'vocabulary'" },
	{ "string_indexer", NULL, "labelsArray", 0, "a||b|" },
	{ "string_indexer_two", NULL, "labels", 0, "a||b|" },
	{ "string_indexer_two", NULL, "labels", 1, "0.0|1.0|2.0|4.5|" },
	{ "string_indexer_two", NULL, "labels", 2,
	  "stored model: there are 2 lists, number 3 is asked for" },
	{ "one_hot", "OneHotEncoderModel", "categorySizes", 0, "3|" },
	{ "one_hot", NULL, "labels", 0,
	  "stored model: OneHotEncoderModel has no 'labelsArray'" },
	{ "robust_scaler", "RobustScalerModel", "range", 0, "2|" },
	{ "robust_scaler", "RobustScalerModel", "median", 0, "1|" },
	{ "max_abs_scaler", "MaxAbsScalerModel", "maxAbs", 0, "4.5|" },
	{ "imputer", "ImputerModel", "x", 0, "1.875|" },
	{ "imputer", "ImputerModel", "y", 0, "stored model: ImputerModel has no 'y'" },
	{ "count_vectorizer", "CountVectorizerModel", "vocabulary", 0, "a|b||" },
	{ "idf", "IDFModel", "idf", 0, "0|0.28768207245178085|0.69314718055994529|" },
	{ "idf", "IDFModel", "docFreq", 0, "3|2|1|" },
	{ "idf", "IDFModel", "numDocs", 0, "3|" },
	{ "minhash", "MinHashLSHModel", "randCoefficients", 0,
	  "1569548986|215764588|880641848|874970313|" },
	{ "labels", "StringIndexerModel", "labels", 0, "x|y|" },
	{ "labels", NULL, "labels", 1,
	  "stored model: there are 1 lists, number 2 is asked for" },
	{ "sparse", "MaxAbsScalerModel", "maxAbs", 0, "0|2.5|0|-1|" },
	{ "bad_sparse", NULL, "maxAbs", 0, "stored model: 'maxAbs' is no vector" },
	{ "bad_sparse_size", NULL, "maxAbs", 0, "stored model: 'maxAbs' is no vector" },
	{ "bad_null", NULL, "labels", 0, "stored model: 'element' holds a null" },
	{ "bad_rows", NULL, "labels", 0,
	  "stored model: data/part-00000-x.parquet: 2 rows instead of one" },
	{ "bad_no_row", NULL, "labels", 0,
	  "stored model: the archive has no row in data/part-*.parquet" },
	{ "bad_json", NULL, "labels", 0,
	  "stored model: metadata/part-00000: line 1, column 10: "
	  "expected a value, but the text ends" },
	{ "bad_class", NULL, "labels", 0,
	  "stored model: metadata/part-00000: no 'class'" },
	{ "bad_type", NULL, "labels", 0, "stored model: 'labels' is no list of texts" },
};

static void
check_seeds(const char *top)
{
	for (size_t i = 0; i < COUNT(seeds); i++) {
		struct arena mem = { 0 };
		struct error err = { 0 };
		struct text text;
		struct model model;
		char *data = load(
			arena_print(&mem, "%s/tests/models/%s.b85", top, seeds[i].file),
			&text);
		const char *found;

		if (model_read(text, seeds[i].class, &model, &mem, &err))
			found = field_text(&model, seeds[i].field, seeds[i].column, &mem);
		else
			found = err.text;
		if (strstr(found, "built without"))
			printf("%s: skipped: %s\n", seeds[i].file, found);
		else
			CHECK_TEXT(found, seeds[i].value);
		free(data);
		arena_release(&mem);
	}
}

static void
check_params(const char *top)
{
	struct arena mem = { 0 };
	struct error err = { 0 };
	struct model model;
	struct text text;
	char *data = load(arena_print(&mem, "%s/tests/models/one_hot.b85", top), &text);

	CHECK(model_read(text, NULL, &model, &mem, &err));
	CHECK(json_is_string(model_param(&model, "handleInvalid"), "error"));
	CHECK(json_is_string(model_param(&model, "outputCol"), "o"));
	CHECK(!model_param(&model, "missing"));
	free(data);
	arena_release(&mem);
}

/* What each writer makes, its class, and fields that read back. */
struct written {
	const char *text, *again, *class;
	const char *fields[3], *values[3];
};

static struct written
write_one(size_t which, struct arena *mem, struct error *err)
{
	static const struct text at[] = {
		{ "b", 1 }, { "", 0 }, { "a\0x", 3 }, { "\xff|\"\n", 4 }
	};
	static const struct texts labels = { COUNT(at), at }, none = { 0, at };
	static const struct robust_scaler robust = { true, false, 0.1, 1, 3.5, -0.25 };
	static const struct min_max_scaler min_max = { -1, 1, 0, 1e300 };
	static const char *const in[] = { "a.b", "c \"\\\n" }, *const out[] = { "x",
										"y" };
	static const double values[] = { 1.5, INFINITY };
	struct written w = { 0 };

	for (int i = 0; i < 2; i++) {
		const char *text = NULL;

		switch (which) {
		case 0:
			text = model_write_string_indexer("i", "o", "keep", &labels, mem,
							  err);
			w = (struct written){ w.text, NULL, "StringIndexerModel" };
			break;
		case 1:
			text = model_write_string_indexer("i", "o", "keep", &none, mem,
							  err);
			w = (struct written){
				w.text, NULL, "StringIndexerModel", { "labels" }, { "" }
			};
			break;
		case 2:
			text = model_write_one_hot("i", "o", "error", true, 7, mem, err);
			w = (struct written){ w.text,
					      NULL,
					      "OneHotEncoderModel",
					      { "categorySizes" },
					      { "7|" } };
			break;
		case 3:
			text = model_write_standard_scaler("i", "o", true, false, 0.1,
							   1e-300, mem, err);
			w = (struct written){ w.text,
					      NULL,
					      "StandardScalerModel",
					      { "mean", "std" },
					      { "0.10000000000000001|", "1e-300|" } };
			break;
		case 4:
			text = model_write_robust_scaler("i", "o", &robust, mem, err);
			w = (struct written){ w.text,
					      NULL,
					      "RobustScalerModel",
					      { "median", "range" },
					      { "3.5|", "-0.25|" } };
			break;
		case 5:
			text = model_write_min_max_scaler("i", "o", &min_max, mem, err);
			w = (struct written){ w.text,
					      NULL,
					      "MinMaxScalerModel",
					      { "originalMin", "originalMax" },
					      { "0|", "1.0000000000000001e+300|" } };
			break;
		case 6:
			text = model_write_max_abs_scaler("i", "o", 5, mem, err);
			w = (struct written){
				w.text, NULL, "MaxAbsScalerModel", { "maxAbs" }, { "5|" }
			};
			break;
		default:
			text = model_write_imputer(in, out, values, 2, "median", mem,
						   err);
			w = (struct written){ w.text,
					      NULL,
					      "ImputerModel",
					      { "a.b", in[1] },
					      { "1.5|", "inf|" } };
		}
		*(i ? &w.again : &w.text) = text;
	}
	return w;
}

enum { WRITERS = 8 };

static void
check_written(void)
{
	for (size_t which = 0; which < WRITERS; which++) {
		struct arena mem = { 0 };
		struct error err = { 0 };
		struct written w = write_one(which, &mem, &err);
		struct model model;

		CHECK(w.text && w.again && !strcmp(w.text, w.again));
		CHECK(w.text && model_read(text_of(w.text), w.class, &model, &mem, &err));
		for (size_t i = 0; i < COUNT(w.fields) && w.fields[i]; i++)
			CHECK_TEXT(field_text(&model, w.fields[i], 0, &mem), w.values[i]);
		CHECK(json_is_string(json_find(model.metadata, "sparkVersion"), "3.3.1"));
		arena_release(&mem);
	}
}

/* Labels keep every byte. */
static void
check_labels(void)
{
	struct arena mem = { 0 };
	struct error err = { 0 };
	struct written w = write_one(0, &mem, &err);
	struct model model;
	struct texts labels = { 0 };

	CHECK(model_read(text_of(w.text), NULL, &model, &mem, &err) &&
	      model_labels(&model, 0, &labels, &mem, &err));
	CHECK(labels.n == 4 && labels.at[1].size == 0);
	CHECK(labels.n == 4 && text_equal(labels.at[2], (struct text){ "a\0x", 3 }));
	CHECK(labels.n == 4 && text_equal(labels.at[3], (struct text){ "\xff|\"\n", 4 }));
	CHECK(json_is_string(model_param(&model, "handleInvalid"), "keep"));
	arena_release(&mem);
}

/* Numbers of parameters have a point, or Spark would not read them. */
static void
check_numbers(void)
{
	static const struct {
		double to_max;
		const char *text;
	} cases[] = { { 1, "1.0" }, { 0.5, "0.5" }, { 1e21, "1.0E21" }, { -3, "-3.0" } };

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct arena mem = { 0 };
		struct error err = { 0 };
		struct min_max_scaler found = { -9, cases[i].to_max, 0, 1 };
		const char *text =
			model_write_min_max_scaler("i", "o", &found, &mem, &err);
		struct model model;
		const struct json *max;

		CHECK(text && model_read(text_of(text), NULL, &model, &mem, &err));
		max = model_param(&model, "max");
		CHECK(max && max->kind == JSON_NUMBER &&
		      text_is(max->text, cases[i].text));
		arena_release(&mem);
	}
}

/* Cut off or changed at any place: an error or a model, never a crash. */
static void
check_damaged(void)
{
	struct arena keep = { 0 };
	struct error err = { 0 };
	struct written w = write_one(0, &keep, &err);
	size_t size = strlen(w.text), read = 0;

	for (size_t i = 0; i < size; i++) {
		struct arena mem = { 0 };
		char *copy = arena_text_n(&mem, w.text, size);
		struct model model;
		struct texts labels;

		CHECK(!model_read((struct text){ w.text, i }, NULL, &model, &mem, &err));
		copy[i] = copy[i] == '0' ? '1' : '0';
		if (model_read((struct text){ copy, size }, NULL, &model, &mem, &err) &&
		    model_labels(&model, 0, &labels, &mem, &err))
			read++;
		arena_release(&mem);
	}
	CHECK(read < size / 2); /* checksums see most of it */
	arena_release(&keep);
}

static void
check_refused_memory(void)
{
	bool done = false;

	for (size_t n = 1; !done && n < 200; n++) {
		struct arena mem = { 0 };
		struct error err = { 0 };
		static const struct min_max_scaler found = { 0, 1, 2, 3 };

		memory_refuse(n);
		done = model_write_min_max_scaler("i", "o", &found, &mem, &err) != NULL;
		memory_refuse(0);
		CHECK(done || err.text[0]);
		arena_release(&mem);
	}
	CHECK(done);
}

/* A trained object of a flow: its models fit each other. */
static size_t
check_trained(const struct json *object, struct arena *mem)
{
	const struct json *indexer = json_find(object, "string_indexer_model");
	const struct json *encoder = json_find(object, "one_hot_encoder_model");
	const struct json *scaler = json_find(object, "scaler_model");
	struct error err = { 0 };
	struct model model;
	struct texts labels = { 0 };
	struct numbers sizes = { 0 };
	bool keep;
	size_t n = 0;

	if (indexer && indexer->kind == JSON_STRING && ++n) {
		CHECK(model_read(indexer->text, "StringIndexerModel", &model, mem, &err));
		CHECK(model_labels(&model, 0, &labels, mem, &err) && labels.n > 0);
		keep = json_is_string(model_param(&model, "handleInvalid"), "keep");
		if (encoder && encoder->kind == JSON_STRING && ++n) {
			CHECK(model_read(encoder->text, "OneHotEncoderModel", &model, mem,
					 &err));
			CHECK(model_numbers(&model, "categorySizes", &sizes, mem, &err));
			CHECK(sizes.n == 1 && sizes.at[0] == (double)labels.n + keep);
		}
	}
	if (scaler && scaler->kind == JSON_STRING && ++n) {
		bool is_min_max;

		CHECK(model_read(scaler->text, NULL, &model, mem, &err));
		is_min_max = !strcmp(model.name, "MinMaxScalerModel");
		CHECK(model_numbers(&model, is_min_max ? "originalMax" : "std", &sizes,
				    mem, &err));
		CHECK(sizes.n == 1 && isfinite(sizes.at[0]));
	}
	if (err.text[0])
		printf("%s\n", err.text);
	return n;
}

static size_t
check_below(const struct json *value, struct arena *mem)
{
	size_t n = value->kind == JSON_OBJECT ? check_trained(value, mem) : 0;

	if (value->kind == JSON_OBJECT || value->kind == JSON_ARRAY)
		for (size_t i = 0; i < value->n; i++)
			n += check_below(value->at[i].value, mem);
	return n;
}

static void
check_flows(const char *folder)
{
	DIR *dir = opendir(folder);
	struct dirent *entry;
	size_t n = 0;

	while (dir && (entry = readdir(dir))) {
		struct arena mem = { 0 };
		struct error err = { 0 };
		struct text text;
		const struct json *flow = NULL;
		char *data = NULL;

		if (entry->d_name[0] != '.') {
			data = load(arena_print(&mem, "%s/%s", folder, entry->d_name),
				    &text);
			flow = json_parse(text, &mem, &err);
		}
		n += flow ? check_below(flow, &mem) : 0;
		free(data);
		arena_release(&mem);
	}
	if (dir)
		closedir(dir);
	if (n)
		printf("%zu models of public flows\n", n);
	else
		printf("models of public flows: skipped, no %s\n", folder);
}

int
main(void)
{
	const char *top = getenv("srcdir") ? getenv("srcdir") : ".";
	const char *shared = getenv("LARIAT_SHARED");
	struct arena mem = { 0 };

	check_seeds(top);
	check_params(top);
	check_written();
	check_labels();
	check_numbers();
	check_damaged();
	check_refused_memory();
#ifdef HAVE_SNAPPY
	check_flows(shared ? arena_print(&mem, "%s/flows/flow", shared)
			   : arena_print(&mem, "%s/../shared/flows/flow", top));
#else
	(void)check_flows, (void)shared;
	printf("models of public flows: skipped, built without snappy\n");
#endif
	arena_release(&mem);
	CHECK(memory_used() == 0);
	return check_report();
}
