/* step_learn - recall, settle and record; the hash decides what still fits. */
#include "op/step_learn.h"

#include "base/number.h"
#include "base/sha1.h"

static const struct json *
python_float(double value, struct arena *arena)
{
	struct json *number = ARENA_ARRAY(arena, 1, struct json);
	char text[NUMBER_SIZE];

	number_print_python(value, text);
	*number = (struct json){ .kind = JSON_NUMBER,
				 .text = text_of(arena_print(arena, "%s", text)) };
	return number;
}

/* What the field holds: its preset where the file says nothing, 1.0 for 1. */
static const struct json *
as_parsed(const struct step *step, const char *key, struct arena *arena)
{
	const struct param *p = step->op->params;
	const char *field = step->fields;

	while (strcmp(p->name, key) != 0)
		p++;
	field += p->offset;
	if (p->kind == KIND_FLAG)
		return json_new_bool(*(const bool *)field);
	if (p->kind == KIND_INTEGER)
		return json_new_long(*(const int64_t *)(const void *)field, arena);
	return python_float(*(const double *)(const void *)field, arena);
}

static const struct json *
argument(const struct step *step, const struct json *block, const char *key,
	 struct arena *arena)
{
	const struct json *value = json_find(block, key);

	if (step->column && strcmp(key, step->op->each_column) == 0)
		return json_new_string(step_clean_name(step->column, arena), arena);
	return value ? value : json_new_null();
}

/* {"drop_last": false, "invalid_handling_strategy": "Keep"}; absent is null. */
static const struct json *
hash_arguments(const struct step *step, const struct json *parameters,
	       struct arena *arena)
{
	const struct op *op = step->op;
	const struct json *block =
		op->block ? json_at(parameters, op->block) : parameters;
	const struct json *arguments = json_new_object();
	struct text rest = text_of(op->hashed);

	while (rest.size) {
		struct text word = text_cut(&rest, ' ');
		bool parsed = word.data[0] == '+';
		const char *key =
			arena_text_n(arena, word.data + parsed, word.size - parsed);

		arguments = json_with(arguments, key,
				      parsed ? as_parsed(step, key, arena)
					     : argument(step, block, key, arena),
				      arena);
	}
	return arguments;
}

static bool
set_hash(struct step *step, const struct json *parameters, struct arena *arena,
	 struct error *err)
{
	struct buffer *text;
	char hex[41];
	bool ok;

	if (!step->op->hashed || step->op->flags & OP_OWN_LEARNED)
		return true;
	if (!(text = buffer_new(0, err)))
		return false;
	ok = json_write_python(hash_arguments(step, parameters, arena), text, err);
	if (ok) {
		sha1_hex(text->data, text->size, hex);
		step->hash = arena_text(arena, hex);
	}
	buffer_drop(text);
	return ok;
}

/* The object that holds what this step learned, or NULL. */
static const struct json *
stored(const struct steps *steps, const struct step *step, const struct json *trained,
       struct arena *arena)
{
	const char *clean;
	const struct json *found =
		step->op->block ? json_at(trained, step->op->block) : trained;

	if (!found || found->kind == JSON_NULL)
		return NULL;
	if (found->kind == JSON_OBJECT)
		return steps->n == 1 || (step->op->shared &&
					 json_find(found, step->op->shared))
			       ? found
			       : NULL;
	clean = step->column ? step_clean_name(step->column, arena) : NULL;
	for (size_t i = 0; clean && i < found->n; i++) {
		const struct json *entry = found->at[i].value;

		if (json_is_string(json_find(entry, "input_column"), clean))
			return entry;
	}
	return NULL;
}

static bool
hash_fits(const struct step *step, const struct json *object)
{
	const struct json *hash = json_find(object, "_hash");

	return !step->hash || !hash || hash->kind == JSON_NUMBER ||
	       json_is_string(hash, step->hash);
}

static bool
recall(struct step *step, const struct json *object, struct arena *arena,
       struct error *err)
{
	const struct op *op = step->op;
	struct error ignored = { 0 };
	bool usable = true;

	if (op->learned && (!param_preset(op->learned, step->learned, arena, &ignored) ||
			    !param_read_json(op->learned, NULL, object, step->learned,
					     arena, &ignored) ||
			    !param_check(op->learned, step->learned, &ignored)))
		usable = op->recall != NULL;
	if (op->recall &&
	    !op->recall(step->fields, object, step->learned, &usable, arena, err))
		return false;
	step->is_stored = usable;
	step->is_learned =
		usable && !(op->lacks && op->lacks(step->fields, step->learned));
	return true;
}

bool
steps_recall(struct steps *steps, const struct json *parameters,
	     const struct json *trained, bool refit, struct arena *arena,
	     struct error *err)
{
	for (size_t i = 0; i < steps->n; i++) {
		struct step *step = &steps->at[i];
		const struct json *object;

		if (!set_hash(step, parameters, arena, err))
			return false;
		if (step->is_learned || step->op->flags & OP_OWN_LEARNED ||
		    (refit && !(step->op->flags & OP_NO_REFIT)))
			continue;
		object = stored(steps, step, trained, arena);
		if (object && hash_fits(step, object) &&
		    !recall(step, object, arena, err))
			return false;
	}
	return true;
}

bool
step_settle(struct step *step, const struct call *call, void *state, struct arena *arena,
	    struct error *err)
{
	if (!step->op->settle(call, state, step->learned, arena, err))
		return false;
	step->is_learned = true;
	if (!(step->op->flags & OP_NO_REFIT))
		step->is_stored = false;
	return true;
}

static const struct json *
record(const struct step *step, struct arena *arena)
{
	const struct op *op = step->op;
	const struct json *object = json_new_object();

	if (step->hash)
		object = json_with(object, "_hash", json_new_string(step->hash, arena),
				   arena);
	if (op->learned)
		object =
			param_write_json(op->learned, NULL, object, step->learned, arena);
	if (op->record)
		object = op->record(step->fields, step->learned, object, arena);
	return object;
}

/* Did this run learn anything that the flow file should keep? */
static bool
anything_new(const struct steps *steps)
{
	for (size_t i = 0; i < steps->n; i++)
		if (step_learns(&steps->at[i]) && steps->at[i].is_learned &&
		    !steps->at[i].is_stored && !(steps->at[i].op->flags & OP_OWN_LEARNED))
			return true;
	return false;
}

/* Bytes that are no UTF-8 do not survive in JSON. */
static bool
can_be_stored(const struct json *value)
{
	if (value->kind == JSON_STRING && !text_is_utf8(value->text))
		return false;
	for (size_t i = 0; i < value->n; i++)
		if (!can_be_stored(value->at[i].value))
			return false;
	return true;
}

const struct json *
steps_record(const struct steps *steps, const struct json *trained, struct arena *arena)
{
	const struct op *op = steps->at[0].op;
	const struct json *all = json_new_array(), *one;

	if (!anything_new(steps))
		return trained;
	for (size_t i = 0; i < steps->n; i++) {
		one = record(&steps->at[i], arena);
		if (steps->n > 1)
			one = json_with(
				one, "input_column",
				json_new_string(
					step_clean_name(steps->at[i].column, arena),
					arena),
				arena);
		all = json_insert(all, i, one, arena);
	}
	if (!can_be_stored(all))
		return trained; /* it will be learned again */
	if (steps->n == 1)
		all = all->at[0].value;
	if (!trained || trained->kind != JSON_OBJECT)
		trained = json_new_object();
	return op->block ? json_with_at(trained, op->block, all, arena) : all;
}

void
steps_release(struct steps *steps)
{
	for (size_t i = 0; i < steps->n; i++)
		if (steps->at[i].is_learned && steps->at[i].op->forget)
			steps->at[i].op->forget(steps->at[i].learned);
}
