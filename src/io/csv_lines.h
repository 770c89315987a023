/*
 * csv_lines.h - how many rows start in a block of a plain file, without finding fields.
 *
 * Nothing is known of what is before the block, so rows are counted for both: that it
 * begins outside of a quoted field, and within one. Only plain quotes are understood:
 * those that open stand at the start of a field or behind another quote; where one does
 * not, or a quote never closes, the counts are void and csv_chunk.c must say.
 */
#ifndef IO_CSV_LINES_H
#define IO_CSV_LINES_H

#include "io/csv.h"

enum { LINES_OUTSIDE, LINES_INSIDE, LINES_BOTH };

struct csv_lines {
	uint64_t newlines;         /* within quotes as well */
	uint64_t rows[LINES_BOTH]; /* that start in the block, blank lines left out */
	bool odd[LINES_BOTH];      /* a quote that is not plain */
	bool flips;                /* it ends in the other state than it began in */
	bool quotes;               /* there are any */
	/* The last line that starts here is blank as far as it is seen, and counted as a
	 * row; its place, or none. */
	bool unsure[LINES_BOTH];
	size_t unsure_at[LINES_BOTH];
};

/* Can these rules be counted by? */
bool csv_lines_can(const struct csv_rules *rules);

/* data[-1] is the byte before the block; first: there is none, a row starts here. 64
 * bytes behind size must be readable. */
void csv_count_rows(const struct csv_rules *rules, const char *data, size_t size,
		    bool first, struct csv_lines *out);

/* Is what t begins with a blank line? *whole: that can be told, because its end or a byte
 * that is no blank is there. */
bool csv_is_blank_line(const struct csv_rules *rules, struct text t, bool *whole);

/* Use the vector code that this machine has (the preset), or less. For tests. */
void csv_lines_use(enum csv_vector most);

#endif
