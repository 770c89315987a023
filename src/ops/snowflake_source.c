/*
 * snowflake_source - the result of a query to Snowflake, given as a file.
 */
#include "op/op.h"
#include "op/query.h"

struct snowflake_source {
	const char *name;
	const char *database;
	const char *queryString;
};

static const struct param params[] = {
	PARAM_TEXT(struct snowflake_source, name, "Name", "what the dataset is called",
		   .preset = ""),
	PARAM_TEXT(struct snowflake_source, database, "Database", "where the tables are",
		   .preset = ""),
	PARAM_CODE(struct snowflake_source, queryString, "Query",
		   "SQL that the database ran", .preset = ""),
	{ 0 },
};

static bool
source(const void *fields, struct dataset *out, struct arena *arena, struct error *err)
{
	const struct snowflake_source *f = fields;

	(void)err;
	query_dataset("snowflake", f->database, f->name, out, arena);
	return true;
}

const struct op op_snowflake_source = {
	.name = "snowflake_source",
	.title = "Snowflake",
	.group = "Sources",
	.help = "Read the result of a query to Snowflake, from a file that holds it.",
	.id = "sagemaker.snowflake_source_0.1",
	.block = "dataset_definition",
	.params = params,
	.params_size = sizeof(struct snowflake_source),
	.role = ROLE_SOURCE,
	.source = source,
};
