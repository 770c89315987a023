/* param_schema - an operator as JSON, its params as a JSON Schema (draft 2020-12). */
#include "op/param_docs.h"
#include "op/param_kind.h"

/* An object that grows at its end. */
static void
set(const struct json **object, const char *key, const struct json *value,
    struct arena *arena)
{
	*object = json_with(*object, key, value, arena);
}

static void
set_text(const struct json **object, const char *key, const char *text,
	 struct arena *arena)
{
	if (text)
		set(object, key, json_new_string(text, arena), arena);
}

static const struct json *
append(const struct json *array, const char *text, struct arena *arena)
{
	return json_insert(array, array->n, json_new_string(text, arena), arena);
}

static const struct json *schema_of(const struct param *params, struct arena *arena);

/* "" is a fine value for what may stay empty; a word must be one of its list. */
static const struct json *
words_of(const struct param *p, struct arena *arena)
{
	const struct json *words = json_new_array();

	for (size_t i = 0; p->kind == KIND_CHOICE && p->choices[i]; i++)
		words = append(words, p->choices[i], arena);
	for (unsigned bit = 1; p->kind == KIND_TYPE && bit <= TYPE_OBJECT; bit <<= 1)
		if (!p->accepts || (p->accepts & bit))
			words = append(words, type_name((enum type)bit), arena);
	return words;
}

static const struct json *
types_of(unsigned accepts, struct arena *arena)
{
	const struct json *types = json_new_array();

	for (unsigned bit = 1; bit <= TYPE_OBJECT; bit <<= 1)
		if (accepts & bit)
			types = append(types, type_name((enum type)bit), arena);
	return types;
}

static const struct json *
preset_of(const struct param *p, struct arena *arena)
{
	void *field = arena_alloc(arena, kind_of(p)->size);
	struct error ignored = { 0 };

	if (!param_preset_one(p, field, arena, &ignored))
		return json_new_null();
	return kind_of(p)->write(p, field, NULL, arena);
}

static const struct json *
property(const struct param *p, struct arena *arena)
{
	const struct json *out = json_new_object(), *words = words_of(p, arena), *items;

	set_text(&out, "type", kind_of(p)->schema, arena);
	set_text(&out, "title", p->label, arena);
	set_text(&out, "description", p->help, arena);
	if (words->n)
		set(&out, "enum", words, arena);
	if (p->kind == KIND_COLUMNS) {
		items = json_new_object();
		set_text(&items, "type", "string", arena);
		set(&out, "items", items, arena);
	} else if (p->kind == KIND_LIST) {
		set(&out, "items", schema_of(p->rows, arena), arena);
	}
	if (p->has_min)
		set(&out, "minimum", json_new_double(p->min, arena), arena);
	if (p->has_max)
		set(&out, "maximum", json_new_double(p->max, arena), arena);
	if (p->preset)
		set(&out, "default", preset_of(p, arena), arena);
	set_text(&out, "x-kind", kind_of(p)->name, arena);
	if (p->accepts && p->kind != KIND_TYPE)
		set(&out, "x-accepts", types_of(p->accepts, arena), arena);
	set_text(&out, "x-when", p->when, arena);
	set_text(&out, "x-path", p->path, arena);
	return out;
}

static const struct json *
schema_of(const struct param *params, struct arena *arena)
{
	const struct json *out = json_new_object(), *properties = json_new_object();
	const struct json *required = json_new_array();

	for (const struct param *p = params; p && p->name; p++) {
		set(&properties, p->name, property(p, arena), arena);
		if (!p->preset && !p->when)
			required = append(required, p->name, arena);
	}
	set_text(&out, "type", "object", arena);
	set(&out, "properties", properties, arena);
	if (required->n)
		set(&out, "required", required, arena);
	return out;
}

static const struct json *
examples_of(const struct op *op, struct arena *arena)
{
	const struct json *out = json_new_array();

	for (const struct op_example *e = op->examples; e && e->input; e++) {
		const struct json *one = json_new_object();

		set_text(&one, "settings", e->settings, arena);
		set_text(&one, "input", e->input, arena);
		set_text(&one, "output", e->output, arena);
		out = json_insert(out, out->n, one, arena);
	}
	return out;
}

static const struct json *
choices_of(const struct op *op, struct arena *arena)
{
	const struct json *out = json_new_object();

	for (const struct op_choice *c = op->choices; c && c->path; c++)
		set_text(&out, c->path, c->value, arena);
	return out;
}

const struct json *
op_describe(const struct op *op, struct arena *arena)
{
	int64_t inputs = op->role == ROLE_SOURCE ? 0 : op->flags & OP_TWO_INPUTS ? 2 : 1;
	const struct json *out = json_new_object();

	set_text(&out, "name", op->name, arena);
	set_text(&out, "title", op->title, arena);
	set_text(&out, "group", op->group, arena);
	set_text(&out, "help", op->help, arena);
	set_text(&out, "id", op->id, arena);
	set(&out, "choices", choices_of(op, arena), arena);
	set_text(&out, "block", op->block, arena);
	set(&out, "inputs", json_new_long(inputs, arena), arena);
	set(&out, "learns", json_new_bool(op->start || op->learns), arena);
	set(&out, "parameters", schema_of(op->params, arena), arena);
	set(&out, "examples", examples_of(op, arena), arena);
	return out;
}
