/* random_settings - by the operator's own table. */
#include "random_settings.h"

const struct json *
random_settings(const struct op *op, void *fields, const struct schema *schema,
		uint64_t *seed, bool *fine, struct arena *arena)
{
	const struct json *json = json_new_object();
	struct error err = { 0 };

	for (const struct op_choice *c = op->choices; c && c->path; c++)
		json = json_with_at(json, c->path, json_new_string(c->value, arena),
				    arena);
	*fine = param_random(op->params, fields, schema, seed, arena, &err);
	return param_write_json(op->params, op->block, json, fields, arena);
}
