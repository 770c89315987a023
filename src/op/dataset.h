/*
 * dataset.h - where a source's rows are, and where a destination's rows go, in the
 * terms of the flow file. run/ opens them through io/.
 */
#ifndef OP_DATASET_H
#define OP_DATASET_H

#include "base/names.h"
#include "base/text.h"
#include "data/dialect.h"

struct dataset {
	const char *name;   /* as the flow shows it */
	const char *uri;    /* s3://bucket/key, file://..., a path, or a folder of one */
	const char *format; /* "csv", "parquet", ...; lower case */
	struct dialect dialect;
	bool nested;          /* folder: with the folders below */
	bool filename_column; /* add _data_source_filename */
};

struct delivery {
	const char *uri;
	const char *format; /* "csv", "parquet" */
	const char *delimiter;
	const char *compression; /* "none", "gzip" */
	bool header;
	int64_t partitions;        /* 0: one file */
	struct names partition_by; /* columns */
	const char *file_name;     /* "" if not given */
};

#endif
