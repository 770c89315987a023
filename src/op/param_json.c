/*
 * param_json - fields from and to the parameters of a node.
 *
 * Reading takes what flow files really hold; writing touches only what says something
 * else than the field, and keeps the manner of what stands there.
 */
#include <math.h>
#include <string.h>

#include "op/param.h"
#include "op/param_kind.h"

/* Reading. */

static bool
ill_typed(const struct param *p, const struct json *json, struct error *err)
{
	static const char *const found[] = { "null",   "false",  "true",     "a number",
					     "a text", "a list", "an object" };

	return fail(err, "%s: must be %s, but is %s", p->name, kind_of(p)->what,
		    found[json->kind]);
}

/* The text that a string, number or flag holds; NULL if it holds a NUL. */
static const char *
scalar_text(const struct param *p, const struct json *json, struct arena *arena)
{
	bool is_text = p->kind == KIND_TEXT;

	switch (json->kind) {
	case JSON_FALSE:
		return is_text ? "False" : "false"; /* as Python's str() has it */
	case JSON_TRUE:
		return is_text ? "True" : "true";
	case JSON_NUMBER:
		return arena_text_n(arena, json->text.data, json->text.size);
	default:
		return json_text(json, arena);
	}
}

bool
read_scalar(const struct param *p, void *field, const struct json *json,
	    struct arena *arena, struct error *err)
{
	const char *text;

	if (!(kind_of(p)->takes & TAKES(json->kind)))
		return ill_typed(p, json, err);
	text = scalar_text(p, json, arena);
	if (!text)
		return fail(err, "%s: the text holds a NUL byte", p->name);
	return param_parse(p, field, text, arena, err);
}

/* One name, also as a list of one. */
bool
read_column(const struct param *p, void *field, const struct json *json,
	    struct arena *arena, struct error *err)
{
	if (json->kind != JSON_ARRAY)
		return read_scalar(p, field, json, arena, err);
	if (json->n > 1)
		return fail(err, "%s: must be one column, but %zu are given", p->name,
			    json->n);
	if (json->n == 1)
		return read_scalar(p, field, json->at[0].value, arena, err);
	kind_of(p)->clear(field);
	return true;
}

static bool
add_column(const struct param *p, struct names *names, const struct json *json,
	   struct arena *arena, struct error *err)
{
	const char *name;

	if (json->kind != JSON_STRING)
		return ill_typed(p, json, err);
	name = json_text(json, arena);
	if (!name)
		return fail(err, "%s: the name of a column holds a NUL byte", p->name);
	names_add(names, name, arena);
	return true;
}

bool
read_columns(const struct param *p, void *field, const struct json *json,
	     struct arena *arena, struct error *err)
{
	struct names names = { 0 };

	if (json->kind == JSON_ARRAY) {
		for (size_t i = 0; i < json->n; i++)
			if (!add_column(p, &names, json->at[i].value, arena, err))
				return fail_in(err, "entry %zu of ", i + 1);
	} else if (json->kind != JSON_STRING || json->text.size > 0) {
		if (!add_column(p, &names, json, arena, err))
			return false;
	}
	*(struct names *)field = names;
	return true;
}

static bool
read_row(const struct param *rows, void *row, const struct json *json,
	 struct arena *arena, struct error *err)
{
	return param_preset(rows, row, arena, err) &&
	       param_read_json(rows, NULL, json, row, arena, err);
}

/* A list of objects; one alone may stand without its list. */
bool
read_list(const struct param *p, void *field, const struct json *json,
	  struct arena *arena, struct error *err)
{
	struct list list = { json->kind == JSON_ARRAY ? json->n : 1, NULL };

	if (json->kind != JSON_ARRAY && json->kind != JSON_OBJECT)
		return ill_typed(p, json, err);
	list.at = arena_array(arena, list.n, p->rows_size);
	for (size_t i = 0; i < list.n; i++) {
		const struct json *at =
			json->kind == JSON_ARRAY ? json->at[i].value : json;

		if (at->kind != JSON_OBJECT)
			return ill_typed(p, at, err) ||
			       fail_in(err, "entry %zu of ", i + 1);
		if (!read_row(p->rows, list_row(p, &list, i), at, arena, err))
			return fail_in(err, "%s[%zu].", p->name, i);
	}
	*(struct list *)field = list;
	return true;
}

static const char *
path_of(const struct param *p, const char *block, struct arena *arena)
{
	if (p->path)
		return p->path;
	return block ? arena_print(arena, "%s.%s", block, p->name) : p->name;
}

/* What stands, and where: at the row's own place, or else at its older one. */
static const struct json *
standing(const struct param *p, const char *block, const struct json *parameters,
	 const char **path, struct arena *arena)
{
	const struct json *value;

	*path = path_of(p, block, arena);
	value = json_at(parameters, *path);
	if (json_is_absent(value) && p->was) {
		value = json_at(parameters, p->was);
		if (!json_is_absent(value))
			*path = p->was;
	}
	return json_is_absent(value) ? NULL : value;
}

static bool
read_one(const struct param *p, const char *block, const struct json *parameters,
	 void *fields, struct arena *arena, struct error *err)
{
	void *field = param_field(p, fields);
	const char *path;
	const struct json *value = standing(p, block, parameters, &path, arena);

	if (!value)
		return param_preset_one(p, field, arena, err);
	return kind_of(p)->read(p, field, value, arena, err);
}

/* What is no object has no keys, and is not what the product writes. */
static bool
is_object(const char *name, const struct json *json, struct error *err)
{
	return json_is_absent(json) || json->kind == JSON_OBJECT ||
	       fail(err, "%s: must be an object", name);
}

/* The parameters, and each object on the way to the block. */
static bool
check_block(const char *block, const struct json *parameters, struct arena *arena,
	    struct error *err)
{
	size_t n = 0;

	if (!is_object("parameters", parameters, err))
		return false;
	while (block && block[n]) {
		const char *path;

		n += strcspn(block + n + 1, ".") + 1;
		path = arena_text_n(arena, block, n);
		if (!is_object(path, json_at(parameters, path), err))
			return false;
	}
	return true;
}

/* A row that is not in force may hold anything: stale values stay in files. Which rows
 * are is known when all are read, so what failed is looked at again. */
bool
param_read_json(const struct param *params, const char *block,
		const struct json *parameters, void *fields, struct arena *arena,
		struct error *err)
{
	struct error stale = { 0 };
	bool fine = true;

	if (!check_block(block, parameters, arena, err))
		return false;
	for (const struct param *p = params; p && p->name; p++)
		if (!read_one(p, block, parameters, fields, arena, &stale)) {
			fine = false;
			if (!param_preset_one(p, param_field(p, fields), arena, err))
				return false;
		}
	for (const struct param *p = params; !fine && p->name; p++)
		if (param_is_used(params, p, fields) &&
		    !read_one(p, block, parameters, fields, arena, err))
			return false;
	return true;
}

/* Writing. */

/* The pair of words that a flag is told with in this place. */
const struct json *
write_flag(const struct param *p, const void *field, const struct json *stands,
	   struct arena *arena)
{
	static const char *const words[][2] = {
		{ "false", "true" }, { "no", "yes" }, { "False", "True" },
		{ "No", "Yes" },     { "0", "1" },
	};
	bool value = *(const bool *)field;

	(void)p;
	for (size_t i = 0; stands && i < COUNT(words); i++)
		if (json_is_string(stands, words[i][!value]))
			return json_new_string(words[i][value], arena);
	return json_new_bool(value);
}

/* Null is the preset: also for what has none that JSON could hold. */
const struct json *
write_number(const struct param *p, const void *field, const struct json *stands,
	     struct arena *arena)
{
	if (!kind_of(p)->given(field) ||
	    (p->kind == KIND_NUMBER && !isfinite(*(const double *)field)))
		return json_new_null();
	if (stands && stands->kind == JSON_STRING)
		return json_new_string(kind_of(p)->print(p, field, arena), arena);
	if (p->kind == KIND_INTEGER)
		return json_new_long(*(const int64_t *)field, arena);
	return json_new_double(*(const double *)field, arena);
}

const struct json *
write_text(const struct param *p, const void *field, const struct json *stands,
	   struct arena *arena)
{
	(void)stands;
	return json_new_string(kind_of(p)->print(p, field, arena), arena);
}

const struct json *
write_word(const struct param *p, const void *field, const struct json *stands,
	   struct arena *arena)
{
	if (!kind_of(p)->given(field))
		return json_new_null();
	return write_text(p, field, stands, arena);
}

/* The list that stands, or a new one. */
static const struct json *
list_for(const struct json *stands)
{
	return stands && stands->kind == JSON_ARRAY ? stands : json_new_array();
}

/* A name that stands there already keeps how it was written. */
static const struct json *
column_item(const struct json *list, size_t i, const char *name, struct arena *arena)
{
	if (i < list->n && json_is_string(list->at[i].value, name))
		return list->at[i].value;
	return json_new_string(name, arena);
}

/* A file that names one column without a list goes on to do so. */
const struct json *
write_columns(const struct param *p, const void *field, const struct json *stands,
	      struct arena *arena)
{
	const struct names *names = field;
	const struct json **items = ARENA_ARRAY(arena, names->n, const struct json *);
	const struct json *list = list_for(stands);

	(void)p;
	if (names->n == 1 && stands && stands->kind == JSON_STRING)
		return json_new_string(names->at[0], arena);
	for (size_t i = 0; i < names->n; i++)
		items[i] = column_item(list, i, names->at[i], arena);
	return json_with_items(list, items, names->n, arena);
}

/* What row i held besides, as far as it was there. */
static const struct json *
row_for(const struct json *list, const struct json *stands, size_t i)
{
	const struct json *row = i < list->n ? list->at[i].value : i ? NULL : stands;

	return row && row->kind == JSON_OBJECT ? row : NULL;
}

const struct json *
write_list(const struct param *p, const void *field, const struct json *stands,
	   struct arena *arena)
{
	const struct list *rows = field;
	const struct json **items = ARENA_ARRAY(arena, rows->n, const struct json *);
	const struct json *list = list_for(stands);

	for (size_t i = 0; i < rows->n; i++)
		items[i] = param_write_json(p->rows, NULL, row_for(list, stands, i),
					    list_row(p, rows, i), arena);
	return json_with_items(list, items, rows->n, arena);
}

/* What nothing says, or what the file says already, is left alone. */
static bool
says_the_same(const struct param *p, const struct json *stands, const void *fields,
	      struct arena *arena)
{
	void *read = arena_alloc(arena, p->offset + kind_of(p)->size);
	struct error ignored = { 0 };
	bool fine;

	if (stands)
		fine = kind_of(p)->read(p, param_field(p, read), stands, arena, &ignored);
	else
		fine = param_preset_one(p, param_field(p, read), arena, &ignored);
	return fine &&
	       strcmp(param_print(p, read, arena), param_print(p, fields, arena)) == 0;
}

const struct json *
param_write_json(const struct param *params, const char *block,
		 const struct json *parameters, const void *fields, struct arena *arena)
{
	const struct json *out = parameters && parameters->kind == JSON_OBJECT
					 ? parameters
					 : json_new_object();

	for (const struct param *p = params; p && p->name; p++) {
		const char *path;
		const struct json *stands = standing(p, block, out, &path, arena);

		if (!param_is_used(params, p, fields) ||
		    says_the_same(p, stands, fields, arena))
			continue;
		out = json_with_at(
			out, path,
			kind_of(p)->write(p, param_field_of(p, fields), stands, arena),
			arena);
	}
	return out;
}
