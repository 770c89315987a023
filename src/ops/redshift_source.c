/*
 * redshift_source - the result of a query to Redshift, given as a file.
 */
#include "op/op.h"
#include "op/query.h"

struct redshift_source {
	const char *name;
	const char *database;
	const char *queryString;
};

static const struct param params[] = {
	PARAM_TEXT(struct redshift_source, name, "Name", "what the dataset is called",
		   .preset = ""),
	PARAM_TEXT(struct redshift_source, database, "Database", "where the tables are",
		   .preset = ""),
	PARAM_CODE(struct redshift_source, queryString, "Query",
		   "SQL that the database ran", .preset = ""),
	{ 0 },
};

static bool
source(const void *fields, struct dataset *out, struct arena *arena, struct error *err)
{
	const struct redshift_source *f = fields;

	(void)err;
	query_dataset("redshift", f->database, f->name, out, arena);
	return true;
}

const struct op op_redshift_source = {
	.name = "redshift_source",
	.title = "Redshift",
	.group = "Sources",
	.help = "Read the result of a query to Redshift, from a file that holds it.",
	.id = "sagemaker.redshift_source_0.1",
	.block = "dataset_definition",
	.params = params,
	.params_size = sizeof(struct redshift_source),
	.role = ROLE_SOURCE,
	.source = source,
};
