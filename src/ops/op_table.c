/* op_table - the list of ops.am as a table; never edited. */
#include "op/op.h"

#define OP(name) extern const struct op op_##name;
#include "ops/table.inc"
#undef OP

const struct op *const op_table[] = {
#define OP(name) &op_##name,
#include "ops/table.inc"
#undef OP
	NULL,
};
