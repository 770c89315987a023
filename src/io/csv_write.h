/*
 * csv_write.h - rows as CSV text, as Data Wrangler's Spark writes it.
 *
 * Appends to a buffer; knows no files. Safe from several threads, each with a buffer of
 * its own; the order of the pieces is the caller's.
 */
#ifndef IO_CSV_WRITE_H
#define IO_CSV_WRITE_H

#include "data/batch.h"
#include "data/dialect.h"

struct csv_style {
	char delimiter[8]; /* one or more bytes, terminated */
	char quote;        /* 0: none, nothing is quoted */
	bool trim; /* values lose blanks at both ends, as Spark does: see csv_write.c */
};

/* clang-format off */
#define CSV_STYLE_PRESET { ",", '"', true }
/* clang-format on */

/* The line of names. */
CHECKED bool csv_write_header(const struct csv_style *style, const struct schema *schema,
			      struct buffer *out, struct error *err);

/* The rows of a batch, a line each; every slot must be filled. */
CHECKED bool csv_write_batch(const struct csv_style *style, const struct batch *batch,
			     struct buffer *out, struct error *err);

/* One cell's text without quoting, as CSV, JSON members and messages show it: for
 * objects "[1.0,2.0]", "(6,[2],[1.0])", {"a":1}. null: nothing is appended. */
CHECKED bool csv_write_cell(const struct column *column, size_t row, struct buffer *out,
			    struct error *err);

#endif
