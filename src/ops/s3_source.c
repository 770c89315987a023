/*
 * s3_source - files as rows: one file, or all files of a folder as one table.
 *
 * CSV comes without types, every column a string. The keys are those of all versions
 * of Data Wrangler; what an older one does not write has its default.
 */
#include <ctype.h>

#include "op/op.h"

#define CONTEXT "dataset_definition.s3ExecutionContext"

enum { CSV, TSV };
static const char *const contents[] = { "csv",   "tsv", "parquet", "json",
					"jsonl", "orc", "image",   NULL };

struct s3_source {
	const char *name;
	const char *s3Uri;
	int s3ContentType;
	bool s3HasHeader;
	const char *s3FieldDelimiter;
	const char *s3CsvEncodingType;
	int64_t s3SkipLines;
	bool s3MultiLine;
	bool s3DirIncludesNested;
	bool s3AddsFilenameColumn;
};

static const struct param params[] = {
	PARAM_TEXT(struct s3_source, name, "Name", "what the dataset is called",
		   .path = "dataset_definition.name", .preset = ""),
	PARAM_PATH(struct s3_source, s3Uri, "Address", "a file, or a folder of files",
		   .preset = ""),
	PARAM_CHOICE(struct s3_source, s3ContentType, "Format", "what the files hold",
		     .choices = contents, .preset = "csv"),
	PARAM_FLAG(struct s3_source, s3HasHeader, "Header", "the first line holds names",
		   .preset = "true"),
	PARAM_TEXT(struct s3_source, s3FieldDelimiter, "Delimiter",
		   "between fields; empty: a comma", .preset = ""),
	PARAM_TEXT(struct s3_source, s3CsvEncodingType, "Encoding",
		   "of the text: UTF_8, ISO_8859_1", .preset = "utf-8"),
	PARAM_INTEGER(struct s3_source, s3SkipLines, "Skip lines",
		      "lines before the header that are no data", .preset = "0", MIN(0)),
	PARAM_FLAG(struct s3_source, s3MultiLine, "Multiline",
		   "a quoted field may hold line ends", .preset = "false"),
	PARAM_FLAG(struct s3_source, s3DirIncludesNested, "Nested folders",
		   "a folder with the folders below it", .preset = "false"),
	PARAM_FLAG(struct s3_source, s3AddsFilenameColumn, "File name column",
		   "add a column with the address of each row's file", .preset = "false"),
	{ 0 },
};

static bool
check(const void *fields, struct error *err)
{
	const struct s3_source *f = fields;

	if (strlen(f->s3FieldDelimiter) >= sizeof(((struct dialect *)0)->delimiter))
		return fail(err, "s3FieldDelimiter: '%s' is too long; give one character",
			    f->s3FieldDelimiter);
	return true;
}

/* "tab" and "\t" are words for what is hard to type. */
static const char *
delimiter_of(const struct s3_source *f)
{
	const char *given = f->s3FieldDelimiter;

	if (!given[0])
		return f->s3ContentType == TSV ? "\t" : ",";
	if (text_is_nocase(text_of(given), "tab") || strcmp(given, "\\t") == 0)
		return "\t";
	return given;
}

/* UTF_8 is utf-8. */
static const char *
encoding_of(const struct s3_source *f, struct arena *arena)
{
	char *name = arena_text(arena, f->s3CsvEncodingType);

	if (!name[0])
		return "utf-8";
	for (char *p = name; *p; p++)
		*p = (char)(*p == '_' ? '-' : tolower((unsigned char)*p));
	return name;
}

static bool
source(const void *fields, struct dataset *out, struct arena *arena, struct error *err)
{
	const struct s3_source *f = fields;

	(void)err;
	out->name = f->name;
	out->uri = f->s3Uri;
	out->format = f->s3ContentType == TSV ? "csv" : contents[f->s3ContentType];
	out->nested = f->s3DirIncludesNested;
	out->filename_column = f->s3AddsFilenameColumn;
	strcpy(out->dialect.delimiter, delimiter_of(f));
	out->dialect.quote = '"';
	out->dialect.header = f->s3HasHeader;
	out->dialect.skip = f->s3SkipLines;
	out->dialect.multi_line = f->s3MultiLine;
	out->dialect.encoding = encoding_of(f, arena);
	return true;
}

const struct op op_s3_source = {
	.name = "s3_source",
	.title = "File",
	.group = "Sources",
	.help = "Read a file, or all files of a folder.",
	.id = "sagemaker.s3_source_0.1",
	.block = CONTEXT,
	.params = params,
	.params_size = sizeof(struct s3_source),
	.role = ROLE_SOURCE,
	.check = check,
	.source = source,
};
