/* random_settings.h - an operator's settings by chance, for tests. */
#ifndef RANDOM_SETTINGS_H
#define RANDOM_SETTINGS_H

#include "op/op.h"

/* Settings by chance, as JSON; fields: of op->params_size. *fine: whether the operator
 * takes them. */
const struct json *random_settings(const struct op *op, void *fields,
				   const struct schema *schema, uint64_t *seed,
				   bool *fine, struct arena *arena);

#endif
