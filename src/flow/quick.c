/* quick - a source node as Data Wrangler would write it. */
#include "flow/quick.h"

#include "flow/edit.h"

static const struct json *
with_text(const struct json *object, const char *key, const char *text,
	  struct arena *arena)
{
	return json_with(object, key, json_new_string(text, arena), arena);
}

static const struct json *
source_parameters(const struct quick *quick, struct arena *arena)
{
	const char *slash = strrchr(quick->path, '/');
	const char *file = slash ? slash + 1 : quick->path;
	const struct json *context = json_new_object(), *definition = json_new_object();

	context = with_text(context, "s3Uri", quick->path, arena);
	context = with_text(context, "s3ContentType", quick->format, arena);
	context = json_with(context, "s3HasHeader", json_new_bool(quick->dialect.header),
			    arena);
	context = with_text(context, "s3FieldDelimiter", quick->dialect.delimiter, arena);
	context = with_text(context, "s3CsvEncodingType", quick->dialect.encoding, arena);
	definition = with_text(definition, "datasetSourceType", "S3", arena);
	definition =
		with_text(definition, "name", quick->name ? quick->name : file, arena);
	definition = json_with(definition, "s3ExecutionContext", context, arena);
	return json_with(json_new_object(), "dataset_definition", definition, arena);
}

bool
flow_add_quick(struct flow *flow, const struct quick *quick, size_t *typed,
	       struct error *err)
{
	struct node_spec spec = { .type = "SOURCE",
				  .operator= "sagemaker.s3_source_0.1" };

	spec.parameters = source_parameters(quick, &flow->arena);
	return flow_add_source(flow, &spec, typed, err);
}

bool
flow_quick(struct flow *flow, const struct quick *quick, size_t *typed, struct error *err)
{
	if (!flow_new(flow, err))
		return false;
	if (flow_add_quick(flow, quick, typed, err))
		return true;
	flow_release(flow);
	return false;
}
