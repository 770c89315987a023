/* json_edit - new values, and changed ones that share what did not change. */
#include "base/json.h"
#include "base/number.h"

#define WORD(k, s)                                           \
	{                                                    \
		.kind = (k), .source = {(s), sizeof(s) - 1 } \
	}

const struct json *
json_new_null(void)
{
	static const struct json null = WORD(JSON_NULL, "null");

	return &null;
}

const struct json *
json_new_bool(bool value)
{
	static const struct json no = WORD(JSON_FALSE, "false");
	static const struct json yes = WORD(JSON_TRUE, "true");

	return value ? &yes : &no;
}

static struct json *
made(enum json_kind kind, struct arena *arena)
{
	struct json *json = ARENA_NEW(arena, struct json);

	json->kind = kind;
	return json;
}

const struct json *
json_new_long(int64_t value, struct arena *arena)
{
	struct json *json = made(JSON_NUMBER, arena);

	json->text = text_of(arena_print(arena, "%lld", (long long)value));
	return json;
}

const struct json *
json_new_double(double value, struct arena *arena)
{
	char text[NUMBER_SIZE];
	struct json *json;

	if (value - value != 0)
		return json_new_null();
	json = made(JSON_NUMBER, arena);
	number_print_js(value, text);
	json->text = text_of(arena_text(arena, text));
	return json;
}

const struct json *
json_new_text(struct text text, struct arena *arena)
{
	struct json *json = made(JSON_STRING, arena);

	json->text =
		(struct text){ arena_text_n(arena, text.data, text.size), text.size };
	return json;
}

const struct json *
json_new_string(const char *text, struct arena *arena)
{
	return json_new_text(text_of(text), arena);
}

const struct json *
json_new_object(void)
{
	static const struct json empty = WORD(JSON_OBJECT, "{}");

	return &empty;
}

const struct json *
json_new_array(void)
{
	static const struct json empty = WORD(JSON_ARRAY, "[]");

	return &empty;
}

const struct json *
json_new_list(const struct json *const *values, size_t n, struct arena *arena)
{
	struct json_member *members = ARENA_ARRAY(arena, n + 1, struct json_member);
	struct json *list = made(JSON_ARRAY, arena);

	for (size_t i = 0; i < n; i++)
		members[i].value = values[i];
	list->n = n;
	list->at = members;
	return list;
}

static struct text
copied(struct text t, struct arena *arena)
{
	return t.size ? (struct text){ arena_text_n(arena, t.data, t.size), t.size } : t;
}

const struct json *
json_copy(const struct json *value, struct arena *arena)
{
	struct json *copy;
	struct json_member *members;

	if (value->kind <= JSON_TRUE)
		return value;
	copy = made(value->kind, arena);
	copy->text = copied(value->text, arena);
	if (value->kind == JSON_NUMBER || value->kind == JSON_STRING) {
		copy->source = copied(value->source, arena);
		return copy;
	}
	copy->n = value->n;
	members = ARENA_ARRAY(arena, value->n, struct json_member);
	for (size_t i = 0; i < value->n; i++) {
		members[i].key = copied(value->at[i].key, arena);
		members[i].key_source = copied(value->at[i].key_source, arena);
		members[i].value = json_copy(value->at[i].value, arena);
	}
	copy->at = members;
	return copy;
}

/* A container like old with room for n members, of which the first `head` and, from
 * `tail` of old on, the last ones are those of old. */
static struct json_member *
reshaped(const struct json *old, size_t head, size_t tail, size_t n, struct json **out,
	 struct arena *arena)
{
	struct json_member *members = ARENA_ARRAY(arena, n, struct json_member);
	const size_t behind = old->n - tail;

	if (head)
		memcpy(members, old->at, head * sizeof(*members));
	if (behind)
		memcpy(members + n - behind, old->at + tail, behind * sizeof(*members));
	*out = made(old->kind, arena);
	(*out)->n = n;
	(*out)->at = members;
	(*out)->origin = old->source.size && old->n ? old : old->origin;
	return members;
}

/* The same value, or a number or text that says the same. */
static bool
is_same(const struct json *a, const struct json *b)
{
	return a == b || (a->kind == b->kind && text_equal(a->text, b->text) &&
			  (a->kind == JSON_NUMBER || a->kind == JSON_STRING));
}

/* What was read, if the changes led back to it. */
static const struct json *
settled(const struct json *json)
{
	const struct json *was = json->origin;

	if (!was || was->n != json->n)
		return json;
	for (size_t i = 0; i < json->n; i++)
		if (!is_same(was->at[i].value, json->at[i].value) ||
		    was->at[i].key.data != json->at[i].key.data)
			return json;
	return was;
}

static size_t
place(const struct json *object, struct text key)
{
	for (size_t i = object->n; i-- > 0;)
		if (text_equal(object->at[i].key, key))
			return i;
	return object->n;
}

static const struct json *
with(const struct json *object, size_t at, struct text key, const struct json *value,
     struct arena *arena)
{
	struct json_member *members;
	struct json *changed;
	size_t i;

	if (!object || object->kind != JSON_OBJECT)
		object = json_new_object();
	i = place(object, key);
	if (i < object->n) {
		if (is_same(object->at[i].value, value))
			return object;
		members = reshaped(object, object->n, object->n, object->n, &changed,
				   arena);
	} else {
		i = at < object->n ? at : object->n;
		members = reshaped(object, i, i, object->n + 1, &changed, arena);
		members[i].key = copied(key, arena);
	}
	members[i].value = value;
	return settled(changed);
}

const struct json *
json_with(const struct json *object, const char *key, const struct json *value,
	  struct arena *arena)
{
	return with(object, SIZE_MAX, text_of(key), value, arena);
}

const struct json *
json_with_after(const struct json *object, const char *after, const char *key,
		const struct json *value, struct arena *arena)
{
	size_t at = SIZE_MAX;

	if (object && object->kind == JSON_OBJECT)
		at = place(object, text_of(after)) + 1;
	return with(object, at, text_of(key), value, arena);
}

/* Every one of repeated keys goes: else an earlier one would come to count. */
static const struct json *
without(const struct json *object, struct text key, struct arena *arena)
{
	struct json_member *members;
	struct json *changed;
	size_t kept = 0;

	if (!object || object->kind != JSON_OBJECT || place(object, key) == object->n)
		return object;
	members = reshaped(object, 0, object->n, object->n, &changed, arena);
	for (size_t i = 0; i < object->n; i++)
		if (!text_equal(object->at[i].key, key))
			members[kept++] = object->at[i];
	changed->n = kept;
	return settled(changed);
}

const struct json *
json_without(const struct json *object, const char *key, struct arena *arena)
{
	return without(object, text_of(key), arena);
}

static const struct json *
with_at(const struct json *value, struct text path, const struct json *put,
	struct arena *arena)
{
	struct text key = text_cut(&path, '.');
	const struct json *child;

	if (!path.size)
		return put ? with(value, SIZE_MAX, key, put, arena)
			   : without(value, key, arena);
	child = json_find_text(value, key);
	if (!put && (!child || child->kind != JSON_OBJECT))
		return value;
	return with(value, SIZE_MAX, key, with_at(child, path, put, arena), arena);
}

const struct json *
json_with_at(const struct json *value, const char *path, const struct json *put,
	     struct arena *arena)
{
	return with_at(value, text_of(path), put, arena);
}

const struct json *
json_insert(const struct json *array, size_t index, const struct json *value,
	    struct arena *arena)
{
	struct json *changed;
	struct json_member *members;

	if (index > array->n)
		index = array->n;
	members = reshaped(array, index, index, array->n + 1, &changed, arena);
	members[index].value = value;
	return settled(changed);
}

const struct json *
json_replace(const struct json *array, size_t index, const struct json *value,
	     struct arena *arena)
{
	struct json *changed;
	struct json_member *members;

	if (index >= array->n || is_same(array->at[index].value, value))
		return array;
	members = reshaped(array, array->n, array->n, array->n, &changed, arena);
	members[index].value = value;
	return settled(changed);
}

const struct json *
json_with_items(const struct json *array, const struct json *const *items, size_t n,
		struct arena *arena)
{
	struct json *changed;
	struct json_member *members = reshaped(array, 0, array->n, n, &changed, arena);

	for (size_t i = 0; i < n; i++)
		members[i].value = items[i];
	return settled(changed);
}
