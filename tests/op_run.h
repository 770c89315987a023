/* op_run.h - an operator over sheets, for tests: settings in, text out. */
#ifndef OP_RUN_H
#define OP_RUN_H

#include "op/step.h"
#include "sheet.h"

enum { OP_RUN_SIZES = 4 };
extern const size_t op_run_sizes[OP_RUN_SIZES]; /* of batches: 1, 2, 3, 2048 */

/* "a=1 b="x y"" as words up to NULL. Blanks stand between words, but within double
 * quotes, where a quote is doubled. */
const char *const *words_split(const char *line, struct arena *arena);

/* The parameters of a node with these settings, choices included. */
CHECKED bool words_to_json(const struct op *op, const char *const *words,
			   const struct json **out, struct arena *arena,
			   struct error *err);

/* What the steps make of the sheets, in batches of rows; like: see sheet_print().
 * A source or a destination gives lines of "name=value". */
CHECKED bool op_run(struct steps *steps, struct sheet *in, size_t n_in, size_t rows,
		    struct text like, struct buffer *out, struct arena *arena,
		    struct error *err);

/* JSON in one line, as Python writes it. */
CHECKED bool json_line(const struct json *json, struct buffer *out, struct error *err);

#endif
