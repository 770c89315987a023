/* random_table.h - tables with everything that trips operators, for tests. */
#ifndef RANDOM_TABLE_H
#define RANDOM_TABLE_H

#include "sheet.h"

/* The seed decides all: columns, types, rows (also none), nulls, NaN, empty texts. */
CHECKED bool random_table(uint64_t *seed, struct sheet *out, struct arena *arena,
			  struct error *err);

#endif
