/*
 * one_hot_encode - a text column as one column, or one vector entry, a label.
 *
 *	Columns	a float column OUTPUT_LABEL for each label, 1.0 or 0.0, at the end; the
 *		input goes unless the output has another name
 *	Vector	one vector column, in place or as a new one
 *
 * Labels are numbered as in labels.h; an empty text is null when they are learned. Null
 * and what was not seen then:
 *
 *	Keep	all zeroes (a vector has an entry more for them)
 *	Skip	the row goes
 *	Error	ends the run
 *
 * drop_last leaves the last vector entry away. As in the product, with Columns and
 * without Keep, the last label then still has its column, all null.
 *
 * A column that is ordinal already holds the numbers of labels 0, 1 and so on up to the
 * largest. There Skip does as Keep, and a null gives nulls.
 */
#include <stdlib.h>

#include "data/cast.h"
#include "data/vector.h"
#include "op/labels.h"

enum { STYLE_VECTOR, STYLE_COLUMNS };
static const char *const styles[] = { "Vector", "Columns", NULL };

enum { INVALID_ERROR, INVALID_SKIP, INVALID_KEEP };
static const char *const invalids[] = { "Error", "Skip", "Keep", NULL };

enum {
	CODE_NULL = LABEL_NONE - 1, /* an ordinal column's null; others' is no label */
	MOST_ORDINALS = 1 << 20,
};

struct one_hot {
	struct names input_column;
	const char *output_column;
	int invalid_handling_strategy, output_style;
	bool drop_last, input_already_ordinal_encoded;
};

static const struct param params[] = {
	PARAM_COLUMNS(struct one_hot, input_column, "Columns", "columns to encode",
		      .accepts = TYPE_ANY & ~TYPE_OBJECT),
	PARAM_CHOICE(struct one_hot, invalid_handling_strategy, "Unknown labels",
		     "what is done with null and labels not learned", .choices = invalids,
		     .preset = "Error"),
	PARAM_FLAG(struct one_hot, drop_last, "Drop last", "leave the last entry away",
		   .preset = "yes"),
	PARAM_CHOICE(struct one_hot, output_style, "Output style",
		     "one vector, or a column a label", .choices = styles,
		     .preset = "Vector"),
	PARAM_FLAG(struct one_hot, input_already_ordinal_encoded, "Already ordinal",
		   "the column holds 0, 1, 2 and so on", .preset = "no"),
	PARAM_NAME(struct one_hot, output_column, "Output",
		   "new column, or how its columns begin; empty: its own name",
		   .preset = ""),
	{ 0 },
};

static const struct op_choice choices[] = {
	{ "operator", "One-hot encode" },
	{ 0 },
};

static const struct op_example examples[] = {
	{ "input_column=c drop_last=no output_style=Columns", "c,n\nb,1\na,2\nb,3\n",
	  "n,c_b,c_a\n1,1.0,0.0\n2,0.0,1.0\n3,1.0,0.0\n" },
	{ "input_column=c drop_last=no", "c\nb\na\nb\n",
	  "c\n\"(2,[0],[1.0])\"\n\"(2,[1],[1.0])\"\n\"(2,[0],[1.0])\"\n" },
	{ 0 },
};

/* Is there a vector entry for what is no label? */
static bool
has_unknown(const struct one_hot *f)
{
	return f->invalid_handling_strategy == INVALID_KEEP ||
	       (f->input_already_ordinal_encoded &&
		f->invalid_handling_strategy == INVALID_SKIP);
}

static size_t
vector_size(const struct one_hot *f, const struct labels *labels)
{
	size_t n = labels->list.n + has_unknown(f);

	return n - (f->drop_last && n > 0);
}

static bool
replaces_input(const struct one_hot *f)
{
	return !f->output_column[0] ||
	       strcmp(f->output_column, f->input_column.at[0]) == 0;
}

static const char *
output_name(const struct one_hot *f)
{
	return f->output_column[0] ? f->output_column : f->input_column.at[0];
}

/* An input that stays loses its empty texts where labels are learned, not where they
 * are stored. */
static bool
edits_input(const struct one_hot *f, const struct labels *labels, enum type type)
{
	return !replaces_input(f) && type == TYPE_STRING &&
	       !f->input_already_ordinal_encoded && !(labels && labels->stored);
}

static void
shape_kept_input(const struct one_hot *f, const struct labels *labels,
		 const struct schema *in, struct shape *out)
{
	int at = schema_find(in, f->input_column.at[0]);

	if (edits_input(f, labels, in->at[at].type))
		shape_put(out, f->input_column.at[0], TYPE_STRING);
}

static void
shape_columns(const struct one_hot *f, const struct labels *labels,
	      const struct schema *in, struct shape *out)
{
	size_t at = (size_t)schema_find(in, f->input_column.at[0]);

	for (size_t i = 0; i < in->n; i++)
		if (i != at || !replaces_input(f))
			shape_keep(out, in, i);
	out->schema.open = in->open || !labels || labels->provisional;
	shape_kept_input(f, labels, in, out);
	for (size_t i = 0; labels && i < labels->list.n; i++)
		shape_add(out,
			  arena_print(out->arena, "%s_%.*s", output_name(f),
				      (int)labels->list.at[i].size,
				      labels->list.at[i].data),
			  TYPE_FLOAT);
}

static bool
shape(const void *fields, const void *learned, const struct schema *in, struct shape *out,
      struct error *err)
{
	const struct one_hot *f = fields;

	if (f->output_style == STYLE_COLUMNS) {
		shape_columns(f, learned, in, out);
		return true;
	}
	if (!shape_replace(out, in, f->input_column.at[0], f->output_column, TYPE_OBJECT,
			   err))
		return false;
	shape_kept_input(f, learned, in, out);
	return true;
}

static bool
changes_rows(const void *fields)
{
	const struct one_hot *f = fields;

	return f->invalid_handling_strategy == INVALID_SKIP &&
	       !f->input_already_ordinal_encoded;
}

static const struct column *
input_of(const struct call *call, const struct batch *batch)
{
	const struct one_hot *f = call->fields;

	return batch->at[schema_find(call->in, f->input_column.at[0])];
}

/* The text that labels are made of: whole numbers if already ordinal. */
static bool
as_text(const struct one_hot *f, const struct column *in, struct column **out,
	struct error *err)
{
	struct column *whole;
	bool ok;

	if (!f->input_already_ordinal_encoded)
		return labels_text(in, out, err);
	if (!cast_column(in, TYPE_LONG, &whole, err))
		return false;
	ok = cast_column(whole, TYPE_STRING, out, err);
	column_drop(whole);
	return ok;
}

static void *
start(const struct call *call, struct error *err)
{
	(void)call;
	return frequency_new(err);
}

static bool
observe(const struct call *call, void *state, const struct batch *batch,
	struct error *err)
{
	struct column *text;
	bool ok;

	if (!as_text(call->fields, input_of(call, batch), &text, err))
		return false;
	ok = frequency_add_column(state, text, err);
	column_drop(text);
	return ok;
}

static bool
merge(const struct call *call, void *into, void *from, struct error *err)
{
	(void)call;
	return frequency_merge(into, from, err);
}

/* "0", "1" and so on. */
static void
ordinal_labels(struct labels *labels, size_t n, struct arena *arena)
{
	struct text *at = ARENA_ARRAY(arena, n, struct text);

	for (size_t i = 0; i < n; i++)
		at[i] = text_of(arena_print(arena, "%zu", i));
	labels_index(labels, &(struct texts){ n, at }, arena);
}

/* How many there are for the largest number that was seen, at least one. */
static bool
count_ordinals(const struct one_hot *f, const struct texts *seen, size_t *n,
	       struct error *err)
{
	*n = 1;
	for (size_t i = 0; i < seen->n; i++) {
		long value = strtol(seen->at[i].data, NULL, 10);

		if (value >= MOST_ORDINALS)
			return fail(err,
				    "column '%s' has %ld, but numbers of labels are "
				    "below %d",
				    f->input_column.at[0], value, MOST_ORDINALS);
		if (value >= (long)*n)
			*n = (size_t)value + 1;
	}
	return true;
}

static bool
settle(const struct call *call, void *state, void *learned, struct arena *arena,
       struct error *err)
{
	const struct one_hot *f = call->fields;
	struct labels *labels = learned;
	size_t n;

	if (!labels_settle(labels, state, true, arena, err))
		return false;
	if (f->input_already_ordinal_encoded) {
		if (!count_ordinals(f, &labels->list, &n, err))
			return false;
		ordinal_labels(labels, n, arena);
		return true;
	}
	if (f->drop_last && !has_unknown(f) && labels->list.n < 2)
		return fail(err,
			    "drop_last: column '%s' has %zu label%s; the last can be "
			    "left away only if there are two",
			    f->input_column.at[0], labels->list.n,
			    text_plural(labels->list.n));
	return true;
}

/* How many there are, as the stored encoder has it. */
static bool
recall_ordinals(const struct json *trained, struct labels *labels, struct arena *arena)
{
	const struct json *stored = json_find(trained, "one_hot_encoder_model");
	struct error ignored = { 0 };
	struct numbers sizes;
	struct model model;

	if (!stored || stored->kind != JSON_STRING ||
	    !model_read(stored->text, "OneHotEncoderModel", &model, arena, &ignored) ||
	    !model_numbers(&model, "categorySizes", &sizes, arena, &ignored) ||
	    sizes.n != 1 || !(sizes.at[0] >= 1 && sizes.at[0] <= MOST_ORDINALS))
		return false;
	ordinal_labels(labels, (size_t)sizes.at[0], arena);
	return true;
}

static bool
recall(const void *fields, const struct json *trained, void *learned, bool *usable,
       struct arena *arena, struct error *err)
{
	(void)err;
	if (!((const struct one_hot *)fields)->input_already_ordinal_encoded)
		return labels_recall(trained, learned, usable, arena);
	*usable = recall_ordinals(trained, learned, arena);
	return true;
}

static const struct json *
record(const void *fields, const void *learned, const struct json *object,
       struct arena *arena)
{
	static const char *const spark[] = { "error", "skip", "keep" };
	const struct one_hot *f = fields;
	const struct labels *labels = learned;
	bool ordinal = f->input_already_ordinal_encoded;
	struct indexed as = { f->input_column.at[0], "temp_col",
			      spark[f->invalid_handling_strategy] };
	struct error ignored = { 0 };
	const char *model = model_write_one_hot(
		"temp_col", "_temp_col_0", ordinal && has_unknown(f) ? "keep" : "error",
		f->drop_last, (int32_t)(labels->list.n + (!ordinal && has_unknown(f))),
		arena, &ignored);

	if (!ordinal)
		object = labels_record(object, labels, &as, arena);
	if (!model)
		return object;
	return json_with(object, "one_hot_encoder_model", json_new_string(model, arena),
			 arena);
}

static bool
is_ordinal(const struct call *call)
{
	return ((const struct one_hot *)call->fields)->input_already_ordinal_encoded;
}

static bool
codes_of(const struct call *call, const struct column *in, int32_t *codes,
	 struct error *err)
{
	struct column *text;
	bool ok;

	if (!as_text(call->fields, in, &text, err))
		return false;
	ok = labels_codes(call->learned, text, codes, err);
	for (size_t i = 0; ok && is_ordinal(call) && i < in->rows; i++)
		if (column_is_null(text, i))
			codes[i] = CODE_NULL;
	column_drop(text);
	return ok;
}

static bool
keep(const struct call *call, const struct batch *batch, uint64_t *kept,
     struct error *err)
{
	size_t size = batch->rows * sizeof(int32_t);
	int32_t *codes = memory_alloc(size, err);
	bool ok = codes && codes_of(call, input_of(call, batch), codes, err);

	for (size_t i = 0; ok && i < batch->rows; i++)
		if (codes[i] != LABEL_NONE)
			bit_set(kept, i);
	memory_free(codes, size);
	return ok;
}

static bool
no_unknown(const struct call *call, const struct column *in, const int32_t *codes,
	   struct error *err)
{
	const struct one_hot *f = call->fields;

	for (size_t i = 0; f->invalid_handling_strategy == INVALID_ERROR && i < in->rows;
	     i++)
		if (codes[i] < 0)
			return labels_refuse(f->input_column.at[0], in, i, err);
	return true;
}

static bool
null_rows(const int32_t *codes, struct column *column, struct error *err)
{
	for (size_t i = 0; i < column->rows; i++)
		if (codes[i] == CODE_NULL && !column_set_null(column, i, err))
			return false;
	return true;
}

/* The columns of all labels are there and zero, so each row needs one store: where its
 * label's numbers are. What nobody reads is not there. */
static void
set_flags(const int32_t *codes, size_t rows, double *const *numbers, size_t n)
{
	for (size_t i = 0; i < rows; i++) {
		uint32_t code = (uint32_t)codes[i];

		if (code < n && numbers[code])
			numbers[code][i] = 1;
	}
}

static bool
any_null(const int32_t *codes, size_t rows)
{
	bool any = false;

	for (size_t i = 0; i < rows; i++)
		any |= codes[i] == CODE_NULL;
	return any;
}

/* The columns of the first n labels. numbers: room for so many, NULL. */
static bool
make_flags(const struct call *call, const int32_t *codes, struct batch *out,
	   double **numbers, size_t n, struct error *err)
{
	const struct labels *labels = call->learned;
	size_t first = out->n - labels->list.n;
	bool nulls = any_null(codes, out->rows);

	for (size_t i = 0; i < n; i++) {
		struct column **slot = &out->at[first + i];

		if (call->wanted && !call->wanted[first + i])
			continue;
		if (!(*slot = column_new(TYPE_FLOAT, out->rows, err)) ||
		    (nulls && !null_rows(codes, *slot, err)))
			return false;
		numbers[i] = column_floats(*slot);
	}
	set_flags(codes, out->rows, numbers, n);
	return true;
}

static bool
make_columns(const struct call *call, const int32_t *codes, struct batch *out,
	     struct error *err)
{
	const struct labels *labels = call->learned;
	size_t first = out->n - labels->list.n, n = vector_size(call->fields, labels);
	size_t flags = n < labels->list.n ? n : labels->list.n;
	size_t size = flags * sizeof(double *);
	double **numbers = memory_alloc(size, err);
	bool ok = numbers && make_flags(call, codes, out, numbers, flags, err);

	memory_free(numbers, size);
	for (size_t i = n; ok && i < labels->list.n; i++)
		if (!call->wanted || call->wanted[first + i])
			ok = (out->at[first + i] =
				      column_nulls(TYPE_FLOAT, out->rows, err)) != NULL;
	return ok;
}

/* Codes beyond the size are the entry that was left away. */
static bool
make_vectors(const struct call *call, const int32_t *codes, struct batch *out,
	     struct error *err)
{
	const struct one_hot *f = call->fields;
	const struct labels *labels = call->learned;
	int at = schema_find(call->out, output_name(f));

	out->at[at] = vector_one_hot(codes, out->rows, labels->list.n,
				     vector_size(f, labels), err);
	return out->at[at] && null_rows(codes, out->at[at], err);
}

static bool
blank_to_null(const struct column *in, struct column **out, struct error *err)
{
	struct build b;

	build_start(&b, TYPE_STRING, in->rows);
	for (size_t i = 0; i < in->rows; i++)
		if (column_is_null(in, i) || column_text(in, i).size == 0)
			build_null(&b);
		else
			build_from(&b, in, i);
	*out = build_end(&b, err);
	return *out != NULL;
}

static bool
make(const struct call *call, const struct column *in, const int32_t *codes,
     struct batch *out, struct error *err)
{
	const struct one_hot *f = call->fields;
	int kept = schema_find(call->out, f->input_column.at[0]);

	if (!no_unknown(call, in, codes, err))
		return false;
	if (edits_input(f, call->learned, in->type) &&
	    !blank_to_null(in, &out->at[kept], err))
		return false;
	if (f->output_style == STYLE_COLUMNS)
		return make_columns(call, codes, out, err);
	return make_vectors(call, codes, out, err);
}

static bool
apply(const struct call *call, const struct batch *in, struct batch *out,
      struct error *err)
{
	const struct column *column = input_of(call, in);
	size_t size = in->rows * sizeof(int32_t);
	int32_t *codes = memory_alloc(size, err);
	bool ok = codes && codes_of(call, column, codes, err) &&
		  make(call, column, codes, out, err);

	memory_free(codes, size);
	return ok;
}

const struct op op_one_hot_encode = {
	.name = "one_hot_encode",
	.title = "One-hot encode",
	.group = "Categories",
	.help = "Turn each label of a column into a column, or a vector entry, of its "
		"own.",
	.id = "sagemaker.spark.encode_categorical_0.1",
	.choices = choices,
	.block = "one_hot_encode_parameters",
	.params = params,
	.params_size = sizeof(struct one_hot),
	.each_column = "input_column",
	.each_name = "output_column",
	.learned_size = sizeof(struct labels),
	.hashed = "invalid_handling_strategy +drop_last",
	.examples = examples,
	.flags = OP_LABELS,
	.shape = shape,
	.changes_rows = changes_rows,
	.start = start,
	.observe = observe,
	.merge = merge,
	.settle = settle,
	.discard = frequency_free,
	.lacks = labels_lack,
	.recall = recall,
	.record = record,
	.tells = labels_tell,
	.keep = keep,
	.apply = apply,
};
