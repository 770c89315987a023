/*
 * param_docs.h - what an operator's tables say, for people and for programs.
 *
 * Manual, help, JSON and completion all come from the op entry and its params; nobody
 * writes them a second time. Text is appended to out.
 */
#ifndef OP_PARAM_DOCS_H
#define OP_PARAM_DOCS_H

#include "op/op.h"

/* A subsection of a manual page, in man(7) roff. */
CHECKED bool op_manual(const struct op *op, struct buffer *out, struct error *err);

/* What it does, parameters, examples: lines of at most 80 columns. */
CHECKED bool op_help(const struct op *op, struct buffer *out, struct error *err);

/* An object: name, title, group, help, id, choices, block, inputs, learns, examples,
 * and parameters, which is a JSON Schema. */
const struct json *op_describe(const struct op *op, struct arena *arena);

#endif
