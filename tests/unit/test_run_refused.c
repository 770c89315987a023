/*
 * Whole runs whose n-th request for memory is refused, until there are no more (or MOST),
 * by one thread and by three: the same file, or a sentence and no file; and all memory is
 * given back. The same with what can be spilled spilled.
 */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "base/memory.h"
#include "check.h"
#include "run/run.h"

enum { ROWS = 200, MOST = 4000, FILE_MOST = 1 << 20, CHUNK = 2000 };

static char folder[] = "/tmp/test_refused_XXXXXX", in[64], out[64];

/* Numbers with gaps, texts that repeat or need quotes, dates; some rows come twice. */
static void
write_table(void)
{
	static const char *const words[] = { "oak", "\"an elm, old\"", "", "fir" };
	FILE *file = fopen(in, "w");

	if (!file)
		abort();
	fputs("n,word,x,day,note\n", file);
	for (int i = 0; i < ROWS; i++) {
		int k = i % 150;

		fprintf(file, "%d,%s,%d.25,2015-07-%02d,text %d of its own\n", k,
			words[k * k % 7 % 4], k % 9, 1 + k % 28, k);
	}
	fclose(file);
}

#define SOURCE(id)                                                                   \
	"{\"metadata\":{\"version\":1},\"nodes\":[{\"node_id\":\"" id                \
	"\",\"type\":\"SOURCE\",\"operator\":\"sagemaker.s3_source_0.1\","           \
	"\"parameters\":{\"dataset_definition\":{\"datasetSourceType\":\"S3\","      \
	"\"name\":\"" id "\",\"s3ExecutionContext\":{\"s3Uri\":\"\","                \
	"\"s3ContentType\":\"csv\",\"s3HasHeader\":true,\"s3FieldDelimiter\":\",\"}" \
	"}},\"inputs\":[],\"outputs\":[{\"name\":\"default\"}]}"
#define INPUT(name, before) \
	"{\"name\":\"" name "\",\"node_id\":\"" before "\",\"output_name\":\"default\"}"
#define NODE(id, inputs, operator, parameters)                            \
	",{\"node_id\":\"" id "\",\"type\":\"TRANSFORM\",\"operator\":\"" \
	operator"\",\"parameters\":" parameters ",\"inputs\":[" inputs    \
		"],\"outputs\":[{\"name\":\"default\"}]}"
#define TYPED        \
	SOURCE("in") \
	NODE("typed", INPUT("df", "in"), "sagemaker.spark.infer_and_cast_type_0.1", "{}")
#define END "]}"

static const char *const flows[] = {
	/* learns in one pass, writes in another */
	TYPED NODE("once", INPUT("df", "typed"), "sagemaker.spark.manage_rows_0.1",
		   "{\"operator\":\"Drop duplicates\",\"drop_duplicates_parameters\":{}}")
		NODE("coded", INPUT("df", "once"),
		     "sagemaker.spark.encode_categorical_0.1",
		     "{\"operator\":\"One-hot encode\",\"one_hot_encode_parameters\":{"
		     "\"input_column\":[\"word\"],\"invalid_handling_strategy\":\"Keep\","
		     "\"drop_last\":false,\"output_style\":\"Columns\"}}")
			NODE("out", INPUT("df", "coded"),
			     "sagemaker.spark.handle_outliers_0.1",
			     "{\"operator\":\"Standard deviation numeric outliers\","
			     "\"standard_deviation_numeric_outliers_parameters\":{"
			     "\"input_column\":[\"x\"],\"standard_deviations\":1,"
			     "\"fix_method\":\"Remove\"}}") END,
	/* all rows at once */
	TYPED NODE("out", INPUT("df", "typed"), "sagemaker.spark.manage_rows_0.1",
		   "{\"operator\":\"Sort\",\"sort_parameters\":{\"conditions\":["
		   "{\"sort_by\":\"x\",\"order\":\"Descending\"},"
		   "{\"sort_by\":\"note\",\"order\":\"Ascending\"}]}}") END,
	/* a table joined with what was grouped of it */
	TYPED NODE("sums", INPUT("df", "typed"), "lariat.group_by_0.1",
		   "{\"keys\":[\"word\",\"day\"],\"aggregates\":["
		   "{\"column\":\"x\",\"function\":\"mean\",\"name\":\"mean\"},"
		   "{\"column\":\"note\",\"function\":\"min\",\"name\":\"least\"}]}")
		NODE("out", INPUT("df", "typed") "," INPUT("df", "sums"),
		     "sagemaker.spark.join_tables_0.1",
		     "{\"left_column\":\"day\",\"right_column\":\"day\","
		     "\"join_type\":\"outer\"}") END,
};

static bool
run(const char *text, const struct run_options *options, size_t refused,
    struct error *err)
{
	struct run_report report = { 0 };
	struct flow flow;
	bool ok;

	*err = (struct error){ 0 };
	if (!flow_parse(text_of(text), &flow, err))
		abort();
	memory_refuse(refused);
	ok = run_flow(&flow, options, &report, err);
	memory_refuse(0);
	run_report_release(&report);
	flow_release(&flow);
	return ok;
}

/* Is the file there, with these bytes? It is removed. */
static bool
is_written(const struct buffer *wanted)
{
	struct error err = { 0 };
	struct buffer *found = file_read(out, FILE_MOST, &err);
	bool same = found && wanted && found->size == wanted->size &&
		    !memcmp(found->data, wanted->data, wanted->size);

	buffer_drop(found);
	unlink(out);
	return same;
}

static void
refuse_each(const char *text, struct run_options options, bool pinched)
{
	struct error err;
	struct buffer *wanted;
	size_t n = 1, held;
	bool ok = run(text, &options, 0, &err);

	CHECK_TEXT(err.text, "");
	if (!(wanted = file_read(out, FILE_MOST, &err)))
		abort();
	held = memory_used();
	CHECK(ok && is_written(wanted));
	memory_pinch(pinched);
	/* by threads, how many requests there are is not the same each time */
	for (size_t well = 0; n < MOST && well < 10; n += 1 + n / 100) {
		ok = run(text, &options, n, &err);
		well = ok ? well + 1 : 0;
		CHECK(memory_used() == held);
		if (ok)
			CHECK(is_written(wanted));
		else
			CHECK(strstr(err.text, "memory") && access(out, F_OK) != 0);
	}
	memory_pinch(false);
	CHECK(n > 200);
	buffer_drop(wanted);
}

int
main(void)
{
	char source[80];
	const char *sources[] = { source };
	struct run_options options = { .node = "out",
				       .output = out,
				       .sources = { 1, sources },
				       .chunk_bytes = CHUNK,
				       .batch_rows = 32 };

	if (!mkdtemp(folder))
		abort();
	snprintf(in, sizeof(in), "%s/in.csv", folder);
	snprintf(out, sizeof(out), "%s/out.csv", folder);
	snprintf(source, sizeof(source), "in=%s", in);
	write_table();
	for (size_t i = 0; i < COUNT(flows); i++)
		for (size_t threads = 1; threads <= 3; threads += 2) {
			options.threads = threads;
			refuse_each(flows[i], options, false);
			refuse_each(flows[i], options, true);
		}
	unlink(in);
	CHECK(rmdir(folder) == 0); /* nothing else is left there */
	CHECK(memory_used() == 0);
	return check_report();
}
