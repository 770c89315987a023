/*
 * chain.h - a flow of a table and a chain of steps behind it, s0 to sN, and what runs of it
 * give: for tests of kept rows.
 */
#ifndef CHAIN_H
#define CHAIN_H

#include "check.h"
#include "flow/flow.h"
#include "run/head.h"

/* Operator and parameters: finds types; scales x, which it has to learn; drops rows. */
static const char chain_types[] =
	"\"operator\":\"sagemaker.spark.infer_and_cast_type_0.1\",\"parameters\":{}";
static const char chain_scale[] =
	"\"operator\":\"sagemaker.spark.process_numeric_0.1\",\"parameters\":"
	"{\"operator\":\"Scale values\",\"scale_values_parameters\":{"
	"\"scaler\":\"Min-max scaler\",\"min_max_scaler_parameters\":{"
	"\"input_column\":[\"x\"],\"min\":0,\"max\":1,\"output_column\":\"scaled\"}}}";
static const char chain_filter[] =
	"\"operator\":\"lariat.filter_formula_0.1\",\"parameters\":{"
	"\"formula\":\"n % 3 != 1\"}";

/* The column "cSTEP" by a formula. */
static inline const char *
chain_formula(const char *formula, size_t step, struct arena *arena)
{
	return arena_print(arena,
			   "\"operator\":\"sagemaker.spark.custom_formula_0.1\","
			   "\"parameters\":{\"formula\":\"%s\",\"output_column\":"
			   "\"c%zu\"}",
			   formula, step);
}

/* The source is called "in"; parameters: of each step, own: handed on to that. */
static inline void
chain_open(struct flow *flow, size_t steps, const char *own,
	   const char *(*parameters)(size_t step, const char *own, struct arena *arena))
{
	struct arena mem = { 0 };
	struct error err = { 0 };
	const char *text =
		"{\"metadata\":{\"version\":1},\"nodes\":[{\"node_id\":\"s0\",\"type\":"
		"\"SOURCE\",\"operator\":\"sagemaker.s3_source_0.1\",\"parameters\":{"
		"\"dataset_definition\":{\"datasetSourceType\":\"S3\",\"name\":\"in\","
		"\"s3ExecutionContext\":{\"s3Uri\":\"\",\"s3ContentType\":\"csv\","
		"\"s3HasHeader\":true,\"s3FieldDelimiter\":\",\"}}},\"inputs\":[],"
		"\"outputs\":[{\"name\":\"default\"}]}";

	for (size_t i = 1; i <= steps; i++)
		text = arena_print(
			&mem,
			"%s,{\"node_id\":\"s%zu\",\"type\":\"TRANSFORM\",%s,\"inputs\":[{"
			"\"name\":\"df\",\"node_id\":\"s%zu\",\"output_name\":"
			"\"default\"}],\"outputs\":[{\"name\":\"default\"}]}",
			text, i, parameters(i, own, &mem), i - 1);
	text = arena_print(&mem, "%s]}", text);
	CHECK(flow_parse(text_of(text), flow, &err));
	arena_release(&mem);
}

static inline bool
head_is_same(const struct head *a, const struct head *b)
{
	if (!schema_equal(&a->schema, &b->schema) || a->rows->rows != b->rows->rows)
		return false;
	for (size_t i = 0; i < a->rows->n; i++)
		if (!column_equal(a->rows->at[i], b->rows->at[i]))
			return false;
	return true;
}

#endif
