/* op_case.h - the cases of a .test file; the format stands at the top of run_ops.c. */
#ifndef OP_CASE_H
#define OP_CASE_H

#include "base/arena.h"
#include "base/text.h"

struct op_case {
	size_t line;          /* of the operator */
	const char *op;       /* its word */
	const char *settings; /* the rest of that line */
	struct text trained;  /* before; empty: none */
	struct text input[2];
	size_t n_inputs;
	bool any_order;
	const char *wrong; /* the error wanted; NULL: none */
	struct text output;
	struct text learned;  /* after; empty: not looked at */
	const char *expected; /* where what is wanted starts in the file, */
	const char *end;      /* and where it ends */
};

/* The next case from *rest on, which moves behind it, as does *line. False at the end of
 * the file, and, with an error set, where a case is malformed. */
bool case_next(struct text *rest, size_t *line, struct op_case *out, struct arena *arena,
	       struct error *err);

#endif
