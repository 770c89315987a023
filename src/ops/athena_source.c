/*
 * athena_source - the result of a query to Athena, given as a file.
 */
#include "op/op.h"
#include "op/query.h"

struct athena_source {
	const char *name;
	const char *databaseName;
	const char *queryString;
};

static const struct param params[] = {
	PARAM_TEXT(struct athena_source, name, "Name", "what the dataset is called",
		   .preset = ""),
	PARAM_TEXT(struct athena_source, databaseName, "Database", "where the tables are",
		   .preset = ""),
	PARAM_CODE(struct athena_source, queryString, "Query",
		   "SQL that the database ran", .preset = ""),
	{ 0 },
};

static bool
source(const void *fields, struct dataset *out, struct arena *arena, struct error *err)
{
	const struct athena_source *f = fields;

	(void)err;
	query_dataset("athena", f->databaseName, f->name, out, arena);
	return true;
}

const struct op op_athena_source = {
	.name = "athena_source",
	.title = "Athena",
	.group = "Sources",
	.help = "Read the result of a query to Athena, from a file that holds it.",
	.id = "sagemaker.athena_source_0.1",
	.block = "dataset_definition",
	.params = params,
	.params_size = sizeof(struct athena_source),
	.role = ROLE_SOURCE,
	.source = source,
};
