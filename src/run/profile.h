/*
 * profile.h - every column of a file in numbers, from all of its rows.
 *
 * One pass by all threads, each with summaries of its own (data/summary.h) that are put
 * together at the end. On the way there are snapshots: the first after the first batches
 * (a tenth of a second at most), then each time twice as many rows are done. A snapshot
 * is a profile of the rows so far; the last one is that of all.
 */
#ifndef RUN_PROFILE_H
#define RUN_PROFILE_H

#include <stdatomic.h>

#include "base/names.h"
#include "data/schema.h"
#include "data/summary.h"
#include "run/run.h"

struct source;

struct profile_column {
	const char *name;
	struct summary_result found;
};

/* Nothing in it changes any more. */
struct profile {
	struct arena arena;
	unsigned generation; /* from 1; larger: of more rows */
	bool is_whole;       /* of all rows */
	uint64_t rows;
	size_t n;
	struct profile_column *columns;
	struct names warnings; /* what was odd in the data; if it is whole */
};

struct profile_options {
	enum summary_level level;
	size_t threads;     /* 0: one a processor */
	size_t chunk_bytes; /* of a file opened here; 0: as io.h has it */
	bool stream;        /* the same: read it as if it came through a pipe */
	/* By column: what it is to be read as, whatever its values look like; NULL, or
	 * 0 for a column: as they do. */
	const enum type *types;
	/* By column: how its texts become moments; NULL: as pandas takes them. */
	const struct datetime_format *formats;
	const atomic_bool *cancel; /* obeyed within a batch; NULL: none */
	/* After each chunk, from any of the threads, one at a time; done and total are
	 * bytes. NULL: not told. */
	void (*progress)(void *context, const struct run_progress *progress);
	void *progress_context;
	/* Gets snapshots, from any of the threads but one at a time, and releases them.
	 * NULL: none are made. */
	void (*show)(void *context, struct profile *snapshot);
	void *context;
};

CHECKED bool profile_source(struct source *source, const struct profile_options *options,
			    struct profile *out, struct error *err);
/* A file that no flow describes. */
CHECKED bool profile_file(const char *path, const struct profile_options *options,
			  struct profile *out, struct error *err);
void profile_release(struct profile *profile);

/* The number of rows alone. */
CHECKED bool profile_rows(const char *path, const struct profile_options *options,
			  uint64_t *rows, struct error *err);

#endif
