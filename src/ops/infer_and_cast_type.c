/*
 * infer_and_cast_type - columns as the types that their values show.
 *
 * The types stand in the flow (trained_parameters.schema), or are found in the first
 * 5000 rows of string columns; columns that have a type already keep it. The columns
 * come out in the order of the schema's keys. What cannot be cast is null.
 *
 * How the moments of a column are written is not stored: every run looks at the first
 * value among the first 5000 rows and takes its format for the whole column.
 */
#include <stdlib.h>

#include "data/cast.h"
#include "data/infer.h"
#include "op/op.h"

struct typing {
	struct schema schema;            /* columns out; an object passes as it is */
	struct datetime_format *formats; /* of moments, by column */
};

/* What the sample says of a string column. */
struct seen {
	bool is_text;
	struct infer counts;
	struct buffer *first; /* the first value that is no null */
	struct place place;   /* where it stands */
};

struct state {
	size_t n;
	struct seen *columns;
	struct arena arena;
};

static const struct op_example examples[] = {
	{ "", "a:string,b:string\n1,x\n2,y\n", "a:long,b:string\n1,x\n2,y\n" },
	{ 0 },
};

/* Most often a column stands where it is expected. */
static int
find(const struct schema *schema, const char *name, size_t expected)
{
	if (expected < schema->n && strcmp(schema->at[expected].name, name) == 0)
		return (int)expected;
	return schema_find(schema, name);
}

/* Data Wrangler's words for what lariat holds as objects. */
static bool
type_of_word(const char *word, enum type *type)
{
	static const char *const objects[] = { "array", "struct", "image" };

	for (size_t i = 0; i < COUNT(objects); i++)
		if (word && strcmp(word, objects[i]) == 0) {
			*type = TYPE_OBJECT;
			return true;
		}
	return word && type_find(word, type);
}

static bool
recall(const void *fields, const struct json *trained, void *learned, bool *usable,
       struct arena *arena, struct error *err)
{
	const struct json *schema = json_find(trained, "schema");
	struct typing *typing = learned;

	(void)fields;
	*usable = schema && schema->kind == JSON_OBJECT && schema->n > 0;
	for (size_t i = 0; *usable && i < schema->n; i++) {
		struct text key = schema->at[i].key;
		const char *name = arena_text_n(arena, key.data, key.size);
		const char *word = json_text(schema->at[i].value, arena);
		enum type type;

		if (!type_of_word(word, &type))
			return fail(err, "schema: '%s' of column '%s' is not a type",
				    word ? word : "null", name);
		schema_add(&typing->schema, name, type, arena);
	}
	return true;
}

static bool
lacks(const void *fields, const void *learned)
{
	const struct typing *typing = learned;

	(void)fields;
	for (size_t i = 0; i < typing->schema.n; i++)
		if (typing->schema.at[i].type == TYPE_DATETIME)
			return true;
	return false;
}

static const struct json *
record(const void *fields, const void *learned, const struct json *object,
       struct arena *arena)
{
	const struct schema *schema = &((const struct typing *)learned)->schema;
	struct json_member *members = ARENA_ARRAY(arena, schema->n, struct json_member);
	struct json *json = ARENA_NEW(arena, struct json);

	(void)fields;
	for (size_t i = 0; i < schema->n; i++) {
		members[i].key = text_of(arena_text(arena, schema->at[i].name));
		members[i].value = json_new_string(type_name(schema->at[i].type), arena);
	}
	*json = (struct json){ .kind = JSON_OBJECT, .n = schema->n, .at = members };
	return json_with(object, "schema", json, arena);
}

static int
compare_names(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* A schema has one type a name. */
static bool
names_differ(const struct schema *in, struct arena *arena, struct error *err)
{
	const char **names = ARENA_ARRAY(arena, in->n, const char *);

	for (size_t i = 0; i < in->n; i++)
		names[i] = in->at[i].name;
	qsort(names, in->n, sizeof(*names), compare_names);
	for (size_t i = 1; i < in->n; i++)
		if (strcmp(names[i - 1], names[i]) == 0)
			return fail(err, "column '%s' is there twice; rename one first",
				    names[i]);
	return true;
}

static bool
shape_known(const struct schema *schema, const struct schema *in, struct shape *out,
	    struct error *err)
{
	if (!in->open && in->n != schema->n)
		return fail(err,
			    "invalid schema column size: the flow stores %zu columns, "
			    "but the data has %zu",
			    schema->n, in->n);
	for (size_t i = 0; i < schema->n; i++) {
		const struct field *field = &schema->at[i];
		int at = find(in, field->name, i);

		if (at == SCHEMA_NONE && !in->open)
			return fail(
				err,
				"invalid column name in schema: '%s' is stored in the "
				"flow, but not in the data",
				field->name);
		if (at == SCHEMA_NONE)
			shape_add(out, field->name, field->type);
		else if (field->type == TYPE_OBJECT || field->type == in->at[at].type)
			shape_keep(out, in, (size_t)at);
		else
			shape_add_of(out, field->name, field->type, (size_t)at);
	}
	return true;
}

static bool
shape(const void *fields, const void *learned, const struct schema *in, struct shape *out,
      struct error *err)
{
	const struct typing *typing = learned;

	(void)fields;
	if (!names_differ(in, out->arena, err))
		return false;
	if (typing)
		return shape_known(&typing->schema, in, out, err);
	for (size_t i = 0; i < in->n; i++)
		if (in->at[i].type != TYPE_STRING)
			shape_keep(out, in, i);
	out->schema.open = true;
	return true;
}

static void
discard(void *value)
{
	struct state *state = value;

	for (size_t i = 0; i < state->n; i++)
		buffer_drop(state->columns[i].first);
	arena_release(&state->arena);
	memory_free(state, sizeof(*state));
}

static void *
start(const struct call *call, struct error *err)
{
	struct state *state = memory_alloc(sizeof(*state), err);

	if (!state)
		return NULL;
	state->n = call->in->n;
	state->columns = ARENA_ARRAY(&state->arena, state->n, struct seen);
	for (size_t i = 0; i < state->n; i++)
		state->columns[i].is_text = call->in->at[i].type == TYPE_STRING;
	return state;
}

static bool
is_before(struct place a, struct place b)
{
	return a.chunk != b.chunk ? a.chunk < b.chunk : a.row < b.row;
}

/* Remember the first value of a batch, if none before it is known. */
static bool
note_first(struct seen *seen, const struct column *c, struct place place,
	   struct error *err)
{
	size_t row = 0;
	struct text t;

	while (row < c->rows && column_is_null(c, row))
		row++;
	place.row += row;
	if (row == c->rows || (seen->first && is_before(seen->place, place)))
		return true;
	buffer_drop(seen->first);
	t = column_text(c, row);
	seen->place = place;
	seen->first = buffer_new(0, err);
	return seen->first && buffer_append(seen->first, t.data, t.size, err);
}

static bool
observe(const struct call *call, void *value, const struct batch *batch,
	struct error *err)
{
	struct state *state = value;

	for (size_t i = 0; i < state->n; i++) {
		struct seen *seen = &state->columns[i];

		if (!seen->is_text)
			continue;
		infer_add(&seen->counts, batch->at[i], 0, batch->rows);
		if (!note_first(seen, batch->at[i], call->place, err))
			return false;
	}
	return true;
}

static bool
merge(const struct call *call, void *into, void *from, struct error *err)
{
	struct state *to = into, *other = from;

	(void)call;
	(void)err;
	for (size_t i = 0; i < to->n; i++) {
		struct seen *a = &to->columns[i], *b = &other->columns[i], swap;

		if (!a->is_text)
			continue;
		infer_merge(&a->counts, &b->counts);
		if (!b->first || (a->first && is_before(a->place, b->place)))
			continue;
		swap = *a;
		a->first = b->first;
		a->place = b->place;
		b->first = swap.first;
	}
	return true;
}

/* The types of columns that have one: dates are nothing that Data Wrangler knows. */
static enum type
type_known(enum type type)
{
	return type == TYPE_DATE ? TYPE_OBJECT : type;
}

static bool
settle(const struct call *call, void *value, void *learned, struct arena *arena,
       struct error *err)
{
	const struct state *state = value;
	struct typing *typing = learned;

	(void)err;
	for (size_t i = 0; typing->schema.n < state->n && i < state->n; i++) {
		const struct seen *seen = &state->columns[i];
		const struct field *field = &call->in->at[i];

		schema_add(&typing->schema, field->name,
			   seen->is_text ? infer_type(&seen->counts)
					 : type_known(field->type),
			   arena);
	}
	typing->formats = ARENA_ARRAY(arena, typing->schema.n, struct datetime_format);
	for (size_t i = 0; i < typing->schema.n; i++) {
		int at = find(call->in, typing->schema.at[i].name, i);
		const struct buffer *first =
			at == SCHEMA_NONE ? NULL : state->columns[at].first;

		if (first && typing->schema.at[i].type == TYPE_DATETIME)
			typing->formats[i] = datetime_format_of(
				(struct text){ first->data, first->size });
	}
	return true;
}

static bool
apply(const struct call *call, const struct batch *in, struct batch *out,
      struct error *err)
{
	const struct typing *typing = call->learned;

	for (size_t i = 0; i < out->n; i++) {
		enum type type = typing->schema.at[i].type;
		const struct column *column;
		bool ok;

		if (call->out->at[i].type == TYPE_OBJECT || out->at[i] ||
		    (call->wanted && !call->wanted[i]))
			continue;
		column = in->at[find(call->in, call->out->at[i].name, i)];
		if (column->type == TYPE_STRING && type == TYPE_DATETIME)
			ok = cast_by_format(column, type, &typing->formats[i],
					    &out->at[i], err);
		else
			ok = cast_column(column, type, &out->at[i], err);
		if (!ok)
			return false;
	}
	return true;
}

/* Moments are read by a format that readers do not know. */
static void
casts(const void *fields, const void *learned, const struct schema *in, enum type *types)
{
	const struct typing *typing = learned;

	(void)fields;
	for (size_t i = 0; i < typing->schema.n; i++) {
		const struct field *field = &typing->schema.at[i];
		int at = find(in, field->name, i);

		if (at != SCHEMA_NONE && in->at[at].type == TYPE_STRING &&
		    (field->type & (TYPE_NUMERIC | TYPE_BOOL | TYPE_DATE)))
			types[at] = field->type;
	}
}

const struct op op_infer_and_cast_type = {
	.name = "infer_and_cast_type",
	.title = "Data types",
	.group = "Data types",
	.help = "Find the types of columns in their values, and cast.",
	.id = "sagemaker.spark.infer_and_cast_type_0.1",
	.learned_size = sizeof(struct typing),
	.examples = examples,
	.flags = OP_READS_ALL | OP_HEAD_ONLY | OP_NO_REFIT | OP_TYPES,
	.head = INFER_ROWS,
	.shape = shape,
	.casts = casts,
	.start = start,
	.observe = observe,
	.merge = merge,
	.settle = settle,
	.discard = discard,
	.recall = recall,
	.lacks = lacks,
	.record = record,
	.apply = apply,
};
