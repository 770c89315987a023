/* random_csv.h - CSV files with everything that trips readers, for tests. */
#ifndef RANDOM_CSV_H
#define RANDOM_CSV_H

#include "base/memory.h"

struct random_csv {
	struct buffer *text;
	const char *delimiter;
	bool header, multi_line;
};

/* The seed decides all: columns and what is in them, rows (also none), nulls, NaN, empty
 * and quoted fields, line ends, rows too short or too long. */
CHECKED bool random_csv(uint64_t *seed, struct random_csv *out, struct error *err);

#endif
