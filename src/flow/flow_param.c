/*
 * flow_param - {{name}} in texts.
 *
 * The document's "parameters" have a name, a type and a preset value, which older and
 * newer files spell differently. Number and String stand for themselves; Pattern and
 * Datetime stand for many files and must be set to a text for a run.
 */
#include <stdio.h>
#include <stdlib.h>

#include "flow/flow.h"

static const struct json *
first_of(const struct json *object, const char *const *keys)
{
	const struct json *value = NULL;

	for (; !value && *keys; keys++)
		value = json_find(object, *keys);
	return json_is_absent(value) ? NULL : value;
}

/* As text; NULL for what has none (an object, a list). */
static const char *
value_text(const struct json *value, struct arena *arena)
{
	if (!value)
		return NULL;
	switch (value->kind) {
	case JSON_STRING:
		return json_text(value, arena);
	case JSON_NUMBER:
		return arena_text_n(arena, value->text.data, value->text.size);
	case JSON_TRUE:
		return "true";
	case JSON_FALSE:
		return "false";
	default:
		return NULL;
	}
}

static bool
read_param(const struct json *json, struct flow_param *param, struct arena *arena,
	   struct error *err)
{
	static const char *const names[] = { "name", "parameter_name", "parameterName",
					     NULL };
	static const char *const types[] = { "type", "parameter_type", "parameterType",
					     NULL };
	static const char *const values[] = { "value", "default", "default_value",
					      "defaultValue", NULL };
	const struct json *name, *value;

	if (json->kind != JSON_OBJECT)
		return fail(err, "must be an object");
	name = first_of(json, names);
	value = first_of(json, values);
	param->name = json_text(name, arena);
	if (!param->name || !*param->name)
		return fail(err, "no 'name'");
	param->type = value_text(first_of(json, types), arena);
	if (!param->type)
		param->type = "String";
	param->value = value_text(value, arena);
	return true;
}

bool
flow_params(const struct flow *flow, struct flow_param **params, size_t *n,
	    struct arena *arena, struct error *err)
{
	const struct json *list = json_find(flow->document, "parameters");

	*n = 0;
	if (json_is_absent(list))
		return true;
	if (list->kind != JSON_ARRAY)
		return fail(err, "'parameters' must be an array");
	*params = ARENA_ARRAY(arena, list->n, struct flow_param);
	for (size_t i = 0; i < list->n; i++)
		if (!read_param(list->at[i].value, &(*params)[i], arena, err))
			return fail_in(err, "parameters[%zu]: ", i);
	*n = list->n;
	return true;
}

/* --- filling --- */

struct fill {
	const struct names *settings;
	struct flow_param *params;
	size_t n;
	struct arena *arena;
	struct error *err;
};

static const struct flow_param *
find_param(const struct fill *fill, struct text name)
{
	for (size_t i = 0; i < fill->n; i++)
		if (text_is(name, fill->params[i].name))
			return &fill->params[i];
	return NULL;
}

/* The last setting counts, as on a command line. */
static const char *
find_setting(const struct fill *fill, struct text name)
{
	for (size_t i = fill->settings ? fill->settings->n : 0; i-- > 0;) {
		const char *setting = fill->settings->at[i];

		if (!strncmp(setting, name.data, name.size) && setting[name.size] == '=')
			return setting + name.size + 1;
	}
	return NULL;
}

static bool
fail_unknown(const struct fill *fill, struct text name)
{
	char known[512] = "";
	size_t used = 0;

	for (size_t i = 0; i < fill->n && used < sizeof(known) - 80; i++)
		used += (size_t)snprintf(known + used, sizeof(known) - used, "%s'%.64s'",
					 i ? ", " : "", fill->params[i].name);
	return fail(fill->err, "no flow parameter '%.*s'; %s%s", TEXT_ARG(name),
		    *known ? "there are " : "the flow has none, set it with --param",
		    known);
}

static bool
is_number(const char *text)
{
	struct arena scratch = { 0 };
	struct error err;
	const struct json *json = json_parse(text_of(text), &scratch, &err);
	bool number = json && json->kind == JSON_NUMBER;

	arena_release(&scratch);
	return number;
}

static const char *
value_of(const struct fill *fill, struct text name)
{
	const struct flow_param *param = find_param(fill, name);
	const char *set = find_setting(fill, name), *value = set;

	if (!set && !param) {
		fail_unknown(fill, name);
		return NULL;
	}
	if (!set)
		value = param->value;
	if (!set && (text_is_nocase(text_of(param->type), "pattern") ||
		     text_is_nocase(text_of(param->type), "datetime"))) {
		fail(fill->err,
		     "flow parameter '%s' is a %s: set it for this run, --param %s=TEXT",
		     param->name, param->type, param->name);
		return NULL;
	}
	if (!value)
		fail(fill->err,
		     "flow parameter '%s' has no value: set it, --param %s=VALUE",
		     param->name, param->name);
	if (value && param && text_is_nocase(text_of(param->type), "number") &&
	    !is_number(value)) {
		fail(fill->err, "flow parameter '%s': '%s' is not a number", param->name,
		     value);
		return NULL;
	}
	return value;
}

bool
flow_fill(const struct flow *flow, const struct names *settings, const char *text,
	  const char **out, struct arena *arena, struct error *err)
{
	struct fill fill = { .settings = settings, .arena = arena, .err = err };
	const char *open, *close;
	char *result;
	size_t size;
	FILE *stream;
	bool ok = true;

	*out = text;
	if (!strstr(text, "{{"))
		return true;
	if (!flow_params(flow, &fill.params, &fill.n, arena, err))
		return false;
	stream = open_memstream(&result, &size);
	if (!stream)
		return fail_errno(err, "cannot fill '%s'", text);
	while (ok && (open = strstr(text, "{{")) && (close = strstr(open, "}}"))) {
		struct text name =
			text_trim((struct text){ open + 2, (size_t)(close - open - 2) });
		const char *value = value_of(&fill, name);

		fwrite(text, 1, (size_t)(open - text), stream);
		ok = value != NULL;
		if (ok)
			fputs(value, stream);
		text = close + 2;
	}
	fputs(text, stream);
	if (fclose(stream) != 0 && ok)
		ok = fail_errno(err, "cannot fill a text");
	if (ok)
		*out = arena_text_n(arena, result, size);
	free(result);
	return ok;
}
