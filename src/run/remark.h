/*
 * remark.h - texts that a file cannot hold as they are, or that who reads it may take for
 * something else.
 *
 * Counted while rows are written, by any thread; told once, at the end, the same whatever
 * the threads were.
 */
#ifndef RUN_REMARK_H
#define RUN_REMARK_H

#include <stdatomic.h>

#include "base/names.h"
#include "data/batch.h"

enum remark {
	REMARK_BROKEN,  /* bytes that are not UTF-8: U+FFFD stands for them */
	REMARK_FORMULA, /* begins as a formula of a spreadsheet does, and is no number */
	REMARKS,
};

struct remarks {
	unsigned asked; /* 1 << enum remark */
	struct {
		atomic_uint_least64_t texts;
		atomic_size_t column; /* the first one that has some, from 1; 0: none */
	} of[REMARKS];
};

/* Look at the rows, for what is asked. */
void remarks_count(struct remarks *remarks, const struct batch *batch);

/* As sentences, with the first column that has some: "name: 3 texts ...". */
void remarks_tell(const struct remarks *remarks, const struct schema *schema,
		  struct names *out, struct arena *arena);

#endif
