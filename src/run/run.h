/*
 * run.h - one execution of a flow: from its sources to its destinations.
 *
 * What is needed is found backwards from the destinations (or one node); nodes run in
 * the order of their edges, branches once. Data streams in batches through chains of
 * steps; what must be learned first is learned in passes over the data that are shared
 * where possible. The outcome does not depend on threads, batch size or memory.
 */
#ifndef RUN_RUN_H
#define RUN_RUN_H

#include <stdatomic.h>

#include "base/names.h"
#include "base/pause.h"
#include "data/table.h"
#include "flow/flow.h"

enum { RUN_BATCH_ROWS = 2048 };

struct run_progress {
	const char
		*what; /* "learning", "writing", or the step that has all rows; static */
	size_t pass;   /* from 1 */
	size_t done, total; /* of this pass; total 0: not known */
	bool in_bytes;      /* they are bytes of a source; else parts of a table */
	uint64_t rows;      /* read so far in this pass */
	/* Bytes of the sources whose rows this pass reads, those before it did, and those
	 * to come will. 0: not known. */
	uint64_t weight, past, ahead;
	bool is_even; /* what is to come can be told from the pace of this pass */
};

/* Receives the table of a node, batch by batch in order. Returns false with an error to
 * stop; sets *enough to stop without one. */
struct run_sink {
	bool (*take)(void *context, const struct schema *schema,
		     const struct batch *batch, bool *enough, struct error *err);
	void *context;
	const struct names *columns; /* that it reads; NULL: all. Others may be missing
				      * (NULL) from its batches */
};

struct run_report;

/* Rows of a node that are at hand: nothing above it is needed, and it does not run. */
struct run_given {
	const char *node; /* its id */
	const struct schema *schema;
	const struct batch *rows;
	/* Of rows that were kept (pins.h), or NULL: they stand in a table, which stays until
	 * the run has ended; what they are made of (content.h); how they were made. */
	const struct table *table;
	const char *key;
	const struct run_report *made;
};

/* How far a node is, for who looks on from another thread: any field may be read at any
 * time; they are not all of one moment. A node that is read in several passes counts its
 * rows anew in each. */
enum run_state {
	RUN_WAITING,  /* not begun, or for another pass */
	RUN_LEARNING, /* from rows that come by */
	RUN_WORKING,
	RUN_DONE,
	RUN_FAILED,
};

struct run_meter {
	atomic_int state;                  /* enum run_state */
	atomic_uint_least64_t rows_in;     /* a join: of one table after the other */
	atomic_uint_least64_t rows;        /* that left it */
	atomic_uint_least64_t nanoseconds; /* of all threads, in its steps */
	/* in all passes, to be compared with that: */
	atomic_uint_least64_t rows_met; /* that came, or that a source gave */
	atomic_uint_least64_t bytes;    /* that a source has read */
};

struct cache; /* run/cache.h */
struct pins;  /* run/pins.h */

struct run_options {
	struct names maps;     /* "PREFIX=PATH": stored addresses that are elsewhere */
	struct names sources;  /* "NODE=PATH": other files for sources */
	struct names params;   /* "NAME=VALUE": parameters of the flow */
	const char *node;      /* run up to this node only; NULL: all destinations */
	const char *from;      /* only destinations that stand on this node; NULL: all */
	const char *output;    /* with node: file for its table; "-": standard output */
	bool keep_blanks;      /* of that file: texts keep blanks at their ends */
	bool tells_formulas;   /* of files: texts that a spreadsheet takes for formulas */
	struct run_sink *sink; /* with node: instead of output */
	const char *output_dir; /* every destination writes here instead */
	bool sync;              /* files of tables are on the disk when the run ends */
	bool refit, trust;
	size_t threads;      /* 0: one a processor */
	size_t batch_rows;   /* 0: RUN_BATCH_ROWS */
	size_t chunk_bytes;  /* of a file, read by one thread; 0: as io.h has it */
	double code_seconds; /* time limit of a code step; 0: none */
	const char
		*temp_dir; /* for what memory has no room for; NULL: as spill.h has it */
	const struct run_given *given;
	size_t n_given;
	struct cache *cache; /* of head.h: rows that were made before; NULL: none */
	struct pins *pins;   /* rows that were kept to be used; NULL: none */
	bool pins_same;      /* of those, what a run would give and learn again just so */
	const atomic_bool *cancel;
	struct pause *pause; /* looked at for each batch; NULL: it is never held */
	void (*progress)(void *context, const struct run_progress *progress);
	void *progress_context;
	struct run_meter *meters; /* one for each node of the flow, by place, of zeroes;
				   * NULL: nobody looks on */
};

struct run_node {
	const char *id, *operator, * title;
	uint64_t rows;
	struct schema schema; /* columns out */
	double seconds;       /* of all threads, in this node's steps */
	bool ran;             /* else it did when the rows were made that this run had */
};

struct run_delivery {
	const char *id, *path;
	uint64_t rows, bytes;
	size_t columns;
};

struct run_report {
	struct arena arena;
	double seconds;
	size_t peak_bytes;      /* of data, as counted */
	size_t resident_bytes;  /* most that the process had in memory, program and all */
	uint64_t spilled_bytes; /* put into a temporary file */
	size_t n_nodes;
	struct run_node *nodes;
	size_t n_deliveries;
	struct run_delivery *deliveries;
	struct names warnings;
	struct names notes; /* what code printed */
	/* Ids of nodes whose rows had been kept: those that were used, and those that were
	 * not, since a run might give others. */
	struct names pinned, passed_over;
};

/* Run; what was learned is set in the flow's document (and counts as an edit there). */
CHECKED bool run_flow(struct flow *flow, const struct run_options *options,
		      struct run_report *report, struct error *err);
void run_report_release(struct run_report *report);

/* By node: the run is for its rows. */
CHECKED bool run_ends(const struct flow *flow, const struct run_options *options,
		      bool **out, struct arena *arena, struct error *err);

/* Threads that a run works with at most. */
size_t run_options_threads(const struct run_options *options);

/* The files that a run would write: id and path of each, in the arena. */
CHECKED bool run_paths(const struct flow *flow, const struct run_options *options,
		       struct run_delivery **out, size_t *n, struct arena *arena,
		       struct error *err);

/* Options whose names and texts live in the arena, for a run on a thread of its own.
 * Sink, given rows, cache and calls are the caller's to set. */
struct run_options run_options_copy(const struct run_options *options,
				    struct arena *arena);

#endif
