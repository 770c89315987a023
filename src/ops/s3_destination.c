/*
 * s3_destination - rows into files.
 *
 * The keys are those of Data Wrangler and of Canvas, which adds the file's name and how
 * rows are shared out among files.
 */
#include <ctype.h>

#include "op/op.h"

enum { CSV, PARQUET };
static const char *const contents[] = { "CSV", "PARQUET", NULL };

enum { PARTITIONS_MAX = 9999 };

struct s3_destination {
	const char *output_path;
	int output_content_type;
	const char *delimiter;
	const char *compression;
	const char *file_name;
	bool has_headers;
	int64_t num_partitions;
	struct names partition_by;
};

static const struct param params[] = {
	PARAM_PATH(struct s3_destination, output_path, "Folder", "where the files go",
		   .preset = ""),
	PARAM_CHOICE(struct s3_destination, output_content_type, "Format",
		     "what the files hold", .choices = contents, .preset = "CSV"),
	PARAM_TEXT(struct s3_destination, delimiter, "Delimiter",
		   "between fields; empty: a comma", .preset = ",",
		   .when = "output_content_type=CSV"),
	PARAM_TEXT(struct s3_destination, compression, "Compression", "none or gzip",
		   .preset = "none"),
	PARAM_TEXT(struct s3_destination, file_name, "File name",
		   "of the file; empty: the destination's name", .preset = ""),
	PARAM_FLAG(struct s3_destination, has_headers, "Header",
		   "the first line holds names",
		   .path = "output_config.partition_config.has_headers",
		   .was = "partition_config.has_headers", .preset = "true"),
	PARAM_INTEGER(struct s3_destination, num_partitions, "Files",
		      "how many to share the rows out to, up to 9999",
		      .path = "output_config.partition_config.num_partitions",
		      .was = "partition_config.num_partitions", .preset = ""),
	PARAM_COLUMNS(struct s3_destination, partition_by, "Folders by",
		      "columns whose values name folders",
		      .path = "output_config.partition_config.partition_by",
		      .was = "partition_config.partition_by", .preset = ""),
	{ 0 },
};

static bool
check(const void *fields, struct error *err)
{
	const struct s3_destination *f = fields;

	if (f->output_content_type == CSV && strlen(f->delimiter) > 1)
		return fail(err, "delimiter: '%s' is more than one byte; give one",
			    f->delimiter);
	return true;
}

static const char *
lower(const char *word, struct arena *arena)
{
	char *copy = arena_text(arena, word);

	for (char *p = copy; *p; p++)
		*p = (char)tolower((unsigned char)*p);
	return copy;
}

static int64_t
partitions_of(const struct s3_destination *f)
{
	if (f->num_partitions == PARAM_NO_INTEGER)
		return 0;
	if (f->num_partitions < 1)
		return 1;
	return f->num_partitions > PARTITIONS_MAX ? PARTITIONS_MAX : f->num_partitions;
}

static bool
destination(const void *fields, struct delivery *out, struct arena *arena,
	    struct error *err)
{
	const struct s3_destination *f = fields;

	(void)err;
	out->uri = f->output_path;
	out->format = lower(contents[f->output_content_type], arena);
	out->delimiter = f->delimiter[0] ? f->delimiter : ",";
	out->compression = f->compression[0] ? lower(f->compression, arena) : "none";
	out->header = f->has_headers;
	out->partitions = partitions_of(f);
	out->partition_by = f->partition_by;
	out->file_name = f->file_name;
	return true;
}

const struct op op_s3_destination = {
	.name = "s3_destination",
	.title = "File",
	.group = "Destinations",
	.help = "Write the rows to CSV or Parquet files: save or export a table.",
	.id = "sagemaker.spark.s3_destination_0.1",
	.block = "output_config",
	.params = params,
	.params_size = sizeof(struct s3_destination),
	.role = ROLE_DESTINATION,
	.flags = OP_READS_ALL,
	.check = check,
	.destination = destination,
};
