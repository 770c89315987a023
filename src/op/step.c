/*
 * step - operators with their settings: from JSON, over schemas, over batches.
 *
 * This file knows what a step is; step_learn.c knows what steps learn and store.
 */
#include "op/step.h"

#include "expr/expr.h"
#include "op/step_learn.h"

struct names *
op_columns(const struct op *op, void *fields)
{
	for (const struct param *p = op->params; p && p->name; p++)
		if (op->each_column && strcmp(p->name, op->each_column) == 0)
			return (struct names *)(void *)((char *)fields + p->offset);
	return NULL;
}

static const char **
name_field(const struct op *op, void *fields)
{
	for (const struct param *p = op->params; p && p->name; p++)
		if (op->each_name && strcmp(p->name, op->each_name) == 0)
			return (const char **)(void *)((char *)fields + p->offset);
	return NULL;
}

/* One step's fields: a copy with the one column, and the output named after it. */
static void
narrow(const struct op *op, const void *fields, const struct names *columns, size_t i,
       struct step *step, struct arena *arena)
{
	const char **output;

	step->op = op;
	step->fields = arena_alloc(arena, op->params_size ? op->params_size : 1);
	step->learned = arena_alloc(arena, op->learned_size ? op->learned_size : 1);
	if (op->params_size)
		memcpy(step->fields, fields, op->params_size);
	if (!columns)
		return;
	step->column = columns->at[i];
	*op_columns(op, step->fields) = (struct names){ 1, &columns->at[i] };
	output = name_field(op, step->fields);
	if (output && columns->n > 1 && (*output)[0])
		*output = arena_print(arena, "%s_%s", *output,
				      step_clean_name(columns->at[i], arena));
}

/* The chain of steps that the filled fields mean. */
static bool
expand(const struct op *op, void *fields, struct steps *out, struct arena *arena,
       struct error *err)
{
	const struct names *columns = op_columns(op, fields);

	if (columns && columns->n == 0)
		return fail(err, "%s: no column is chosen", op->each_column);
	out->n = columns ? columns->n : 1;
	out->at = ARENA_ARRAY(arena, out->n, struct step);
	for (size_t i = 0; i < out->n; i++) {
		narrow(op, fields, columns, i, &out->at[i], arena);
		if (op->check && !op->check(out->at[i].fields, err))
			return false;
		out->at[i].is_learned = !step_learns(&out->at[i]) && !op->index;
		if (op->streams)
			out->at[i].stream = op->streams(out->at[i].fields);
	}
	return true;
}

bool
steps_from_json(const struct op *op, const struct json *parameters,
		const struct json *trained, bool refit, struct steps *out,
		struct arena *arena, struct error *err)
{
	void *fields = arena_alloc(arena, op->params_size ? op->params_size : 1);

	if (!param_preset(op->params, fields, arena, err) ||
	    !param_read_json(op->params, op->block, parameters, fields, arena, err) ||
	    !param_check(op->params, fields, err))
		return false;
	return expand(op, fields, out, arena, err) &&
	       steps_recall(out, parameters, trained, refit, arena, err);
}

bool
steps_from_settings(const struct op *op, const char *const *settings, struct steps *out,
		    struct arena *arena, struct error *err)
{
	void *fields = arena_alloc(arena, op->params_size ? op->params_size : 1);
	const struct json *parameters = json_new_object();

	if (!param_preset(op->params, fields, arena, err))
		return false;
	for (; *settings; settings++)
		if (!param_set(op->params, fields, *settings, arena, err))
			return false;
	if (!param_check(op->params, fields, err))
		return false;
	parameters = param_write_json(op->params, op->block, parameters, fields, arena);
	return expand(op, fields, out, arena, err) &&
	       steps_recall(out, parameters, NULL, false, arena, err);
}

bool
step_learns(const struct step *step)
{
	if (step->op->learns)
		return step->op->learns(step->fields);
	return step->op->start != NULL;
}

/* "Lower -3.2, Upper 17"; one value by itself. */
static const char *
tell_table(const struct param *params, const void *learned, struct arena *arena)
{
	const char *told = "";

	for (const struct param *p = params; p->name; p++) {
		const char *field = (const char *)learned + p->offset;
		const char *value =
			p->kind == KIND_NUMBER
				? arena_print(arena, "%.6g",
					      *(const double *)(const void *)field)
				: param_print(p, learned, arena);

		if (!params[1].name)
			return value;
		told = arena_print(arena, "%s%s%s %s", told, *told ? ", " : "", p->label,
				   value);
	}
	return told;
}

const char *
step_tell(const struct step *step, struct arena *arena)
{
	const struct op *op = step->op;

	if (!step->is_learned || !step_learns(step))
		return "";
	if (op->tells)
		return op->tells(step->learned, arena);
	return op->learned ? tell_table(op->learned, step->learned, arena) : "";
}

bool
step_changes_rows(const struct step *step)
{
	const struct op *op = step->op;

	if (op->changes_rows)
		return op->changes_rows(step->fields);
	return op->keep || op->whole || op->pour;
}

const char *
step_clean_name(const char *name, struct arena *arena)
{
	char *clean = arena_alloc(arena, strlen(name) + 1), *to = clean;

	for (const char *p = name; *p; p++)
		if (*p != '.' && *p != '`')
			*to++ = *p;
		else if (p == name || (p[-1] != '.' && p[-1] != '`'))
			*to++ = '_';
	return clean;
}

/* The same, but unlike every name that is there. */
static const char *
unique_name(const struct schema *in, const char *name, struct arena *arena)
{
	const char *unique = step_clean_name(name, arena);

	for (int i = 0; schema_find(in, unique) != SCHEMA_NONE; i++)
		unique = arena_print(arena, "%s_%d", unique, i);
	return unique;
}

/* Let the step see its dirty input column under a clean name. */
static const char *
clean_input(struct step *step, struct arena *arena)
{
	struct names *columns = op_columns(step->op, step->fields);
	const char *clean;
	int at;

	if (!columns || !strpbrk(step->column, ".`"))
		return NULL;
	at = schema_find(&step->in[0], step->column);
	if (at == SCHEMA_NONE)
		return NULL;
	clean = unique_name(&step->in[0], step->column, arena);
	step->in[0].at[at].name = clean;
	*columns = (struct names){ 0 };
	names_add(columns, clean, arena);
	return clean;
}

static struct schema *
schemas_copy(const struct schema *in, size_t n, struct arena *arena)
{
	struct schema *copy = ARENA_ARRAY(arena, n ? n : 1, struct schema);

	for (size_t i = 0; i < n; i++) {
		copy[i] = in[i];
		copy[i].at = ARENA_ARRAY(arena, in[i].n, struct field);
		if (in[i].n)
			memcpy(copy[i].at, in[i].at, in[i].n * sizeof(*in[i].at));
	}
	return copy;
}

/* Calls back for every column name that a param (or a list's row) holds. */
struct named {
	struct step *step;
	struct error *err;
	bool failed;
};

static void
note_column(struct named *named, const struct param *param, const char *name, int at)
{
	struct step *step = named->step;
	size_t found;

	if (at == SCHEMA_NONE && step->in[0].open) {
		step->blind = true;
	} else if (!schema_need_at(&step->in[0], at, param->name, name, param->accepts,
				   &found, named->err)) {
		named->failed = true;
	} else {
		step->read[found] = true;
	}
}

/* The columns of a formula; what is wrong with it is for shape to tell. */
static void
note_formula(struct named *named, const char *formula)
{
	const struct schema *in = &named->step->in[0];
	struct arena mem = { 0 };
	struct error err;
	const struct expr *expr = expr_read(text_of(formula), &mem, &err);

	if (expr && !expr_reads(expr, in, named->step->read) && in->open)
		named->step->blind = true;
	arena_release(&mem);
}

static void
note_one(struct named *named, const struct param *param, const char *name)
{
	note_column(named, param, name, schema_find(&named->step->in[0], name));
}

static void
note_many(struct named *named, const struct param *param, const struct names *names)
{
	struct arena arena = { 0 };
	struct schema_index index = schema_index(&named->step->in[0], &arena);

	for (size_t i = 0; i < names->n && !named->failed; i++)
		note_column(named, param, names->at[i],
			    schema_index_find(&index, names->at[i]));
	arena_release(&arena);
}

static void
note_params(struct named *named, const struct param *params, const char *fields)
{
	for (const struct param *p = params; p && p->name && !named->failed; p++) {
		const void *field = fields + p->offset;

		if (p->later || !param_is_used(params, p, fields))
			continue;
		if (p->kind == KIND_COLUMN && (*(const char *const *)field)[0]) {
			note_one(named, p, *(const char *const *)field);
		} else if (p->kind == KIND_COLUMNS) {
			const struct names *names = field;

			if (names->n == 1)
				note_one(named, p, names->at[0]);
			else
				note_many(named, p, names);
		} else if (p->kind == KIND_EXPRESSION) {
			note_formula(named, *(const char *const *)field);
		} else if (p->kind == KIND_LIST) {
			const struct list *list = field;

			for (size_t i = 0; i < list->n; i++)
				note_params(named, p->rows,
					    (const char *)list->at + i * p->rows_size);
		}
	}
}

/* What the step reads; false if a column it names is not there or of a wrong type. */
static bool
note_reads(struct step *step, struct arena *arena, struct error *err)
{
	struct named named = { step, err, false };
	const struct schema *in = &step->in[step->stream];

	step->blind = false;
	step->read = ARENA_ARRAY(arena, in->n, bool);
	if (step->n_in == 1)
		note_params(&named, step->op->params, step->fields);
	step->reads_all = step->op->flags & OP_READS_ALL;
	if (step->op->reads && step->op->reads(step->fields, step->in, step->read))
		step->reads_all = true;
	for (size_t i = 0; step->reads_all && i < in->n; i++)
		step->read[i] = true;
	return !named.failed;
}

/* A step that names a column still unknown: the rest passes, but what it may make. */
static void
shape_blind(struct step *step)
{
	struct shape *out = &step->out;

	shape_keep_all(out, &step->in[0]);
	for (const struct param *p = step->op->params; p->name; p++) {
		const char *name;
		int at;

		if (p->kind != KIND_NAME)
			continue;
		name = *(const char *const *)(const void *)((const char *)step->fields +
							    p->offset);
		at = schema_find(&out->schema, name);
		if (at != SCHEMA_NONE)
			out->from[at] = SHAPE_MADE;
	}
}

bool
step_shape(struct step *step, const struct schema *in, size_t n_in, struct arena *arena,
	   struct error *err)
{
	const struct op *op = step->op;
	const char *clean;
	size_t wanted = op->role == ROLE_SOURCE ? 0 : op->flags & OP_TWO_INPUTS ? 2 : 1;

	if (n_in != wanted)
		return fail(err, "%s takes %zu input%s, but has %zu", op->name, wanted,
			    text_plural(wanted), n_in);
	step->in = schemas_copy(in, n_in, arena);
	step->n_in = n_in;
	step->out = (struct shape){ .arena = arena };
	if (step->column) /* undo an earlier cleaning */
		*op_columns(op, step->fields) = (struct names){ 1, &step->column };
	clean = n_in ? clean_input(step, arena) : NULL;
	if (n_in && !note_reads(step, arena, err))
		return false;
	if (step->blind)
		shape_blind(step);
	else if (!op->shape)
		shape_keep_all(&step->out, &step->in[0]);
	else if (!op->shape(step->fields,
			    step->is_learned || step->is_stored ? step->learned : NULL,
			    step->in, &step->out, err))
		return false;
	step->made = *schemas_copy(&step->out.schema, 1, arena);
	for (size_t i = 0; clean && i < step->out.schema.n; i++)
		if (strcmp(step->out.schema.at[i].name, clean) == 0)
			step->out.schema.at[i].name = step->column;
	return true;
}

/* Let go of what neither the step nor anybody behind it reads. */
static bool
drop_unread(const struct step *step, const struct call *call, struct batch *batch,
	    struct error *err)
{
	bool *needed = memory_alloc(batch->n, err);

	if (!needed)
		return false;
	for (size_t i = 0; i < batch->n; i++)
		needed[i] = step->read[i] && (step->op->each || step->op->apply);
	for (size_t o = 0; o < step->out.schema.n; o++)
		if (step->out.from[o] != SHAPE_MADE && (!call->wanted || call->wanted[o]))
			needed[step->out.from[o]] = true;
	for (size_t i = 0; i < batch->n; i++)
		if (!needed[i])
			batch_take(batch, i, NULL);
	memory_free(needed, batch->n);
	return true;
}

static bool
filter(const struct step *step, const struct call *call, struct batch *batch,
       struct error *err)
{
	size_t size = bit_words(batch->rows) * sizeof(uint64_t);
	uint64_t *kept = memory_alloc(size, err);
	bool ok;

	if (!kept)
		return false;
	ok = step->op->keep(call, batch, kept, err) &&
	     drop_unread(step, call, batch, err) && batch_filter(batch, kept, err);
	memory_free(kept, size);
	return ok;
}

/* The columns that pass, in their new places. */
static struct batch *
pass_through(const struct step *step, const struct batch *in, struct error *err)
{
	struct batch *out = batch_new(step->out.schema.n, in->rows, err);

	for (size_t i = 0; out && i < out->n; i++)
		if (step->out.from[i] != SHAPE_MADE)
			out->at[i] = column_share(in->at[step->out.from[i]]);
	return out;
}

static bool
make_each(const struct step *step, const struct call *call, const struct batch *in,
	  struct batch *out, struct error *err)
{
	int from = schema_find(&step->in[0], op_columns(step->op, step->fields)->at[0]);

	for (size_t i = 0; i < out->n; i++) {
		if (step->out.from[i] != SHAPE_MADE || (call->wanted && !call->wanted[i]))
			continue;
		return step->op->each(call, in->at[from], &out->at[i], err);
	}
	return true;
}

/* If nobody reads what it makes, what it is made of may be missing. */
static bool
makes_wanted(const struct step *step, const struct call *call)
{
	for (size_t i = 0; i < step->out.schema.n; i++)
		if (step->out.from[i] == SHAPE_MADE && (!call->wanted || call->wanted[i]))
			return true;
	return false;
}

/* How hooks are called that work on rows. */
static struct call
work_call(const struct step *step, const struct call *base)
{
	struct call call = *base;

	call.fields = step->fields;
	call.learned = step->learned;
	call.ready = step->out.ready;
	call.in = step->in;
	call.out = &step->made;
	return call;
}

bool
step_pour(const struct step *step, const struct call *base, void *state,
	  struct batch *batch, struct outlet *outlet, struct error *err)
{
	struct call call = work_call(step, base);

	return step->op->pour(&call, state, batch, outlet, err);
}

bool
step_rest(const struct step *step, const struct call *base, void *state,
	  struct outlet *outlet, struct error *err)
{
	struct call call = work_call(step, base);

	return !step->op->rest || step->op->rest(&call, state, outlet, err);
}

bool
step_apply(const struct step *step, const struct call *base, struct batch *batch,
	   struct batch **out, struct error *err)
{
	const struct op *op = step->op;
	struct call call = work_call(step, base);
	bool ok;

	*out = NULL;
	if (op->keep && step_changes_rows(step) && !filter(step, &call, batch, err)) {
		batch_free(batch);
		return false;
	}
	*out = pass_through(step, batch, err);
	ok = *out != NULL;
	if (ok && op->each)
		ok = make_each(step, &call, batch, *out, err);
	else if (ok && op->apply && makes_wanted(step, &call))
		ok = op->apply(&call, batch, *out, err);
	batch_free(batch);
	if (!ok) {
		batch_free(*out);
		*out = NULL;
	}
	return ok;
}

bool
step_pick(const struct step *step, const struct call *base, struct batch *batch,
	  const uint64_t *kept, struct batch **out, struct error *err)
{
	*out = NULL;
	if (drop_unread(step, base, batch, err) && batch_filter(batch, kept, err))
		return step_pass(step, batch, out, err);
	batch_free(batch);
	return false;
}

bool
step_pass(const struct step *step, struct batch *batch, struct batch **out,
	  struct error *err)
{
	*out = pass_through(step, batch, err);
	batch_free(batch);
	return *out != NULL;
}
