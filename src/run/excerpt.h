/*
 * excerpt.h - any rows of a file at once, typed as the first ones are.
 *
 * An excerpt is made once a file: it finds the types and holds the file open; its index
 * grows while others work on it (row_index_work()), and rows that the index knows are
 * read by going to them.
 */
#ifndef RUN_EXCERPT_H
#define RUN_EXCERPT_H

#include "io/row_index.h"
#include "run/run.h"

struct excerpt {
	struct arena arena;
	struct schema schema; /* as a flow would type the columns */
	struct source *source;
	struct row_index *index;
	enum type *types;                /* that readers cast to */
	struct schema read;              /* the same with names */
	struct datetime_format *formats; /* of the columns that they cannot cast */
	bool needs_formats;              /* some are not known yet */
};

CHECKED bool excerpt_open(const char *path, const struct run_options *options,
			  struct excerpt *excerpt, struct error *err);
void excerpt_close(struct excerpt *excerpt); /* {0} is fine */

/* Rows [first, first + n), as far as the index knows them. */
CHECKED bool excerpt_rows(struct excerpt *excerpt, uint64_t first, size_t n,
			  struct batch **out, struct error *err);

#endif
