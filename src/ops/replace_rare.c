/*
 * replace_rare - rare values become one text.
 *
 * A value is common if it occurs more often than max(fraction_threshold * rows,
 * absolute_threshold). Of those at most max_common_categories count, the most frequent
 * first (0: all); null takes a place among them, if it is so frequent. Everything else,
 * nulls too, becomes the replacement, and the column becomes text.
 */
#include <stdlib.h>

#include "data/cast.h"
#include "op/labels.h"

struct rare {
	struct names input_column;
	const char *output_column;
	const char *replacement_string;
	double fraction_threshold;
	int64_t absolute_threshold, max_common_categories;
};

static const struct param params[] = {
	PARAM_COLUMNS(struct rare, input_column, "Columns", "columns to look at",
		      .accepts = TYPE_ANY & ~TYPE_OBJECT),
	PARAM_TEXT(struct rare, replacement_string, "Replacement",
		   "what a rare value becomes", .preset = ""),
	PARAM_INTEGER(struct rare, absolute_threshold, "Absolute threshold",
		      "a common value occurs more often", .preset = "10", MIN(0)),
	PARAM_NUMBER(struct rare, fraction_threshold, "Fraction threshold",
		     "a common value has a larger share of the rows", .preset = "0.005",
		     MIN(0), MAX(1)),
	PARAM_INTEGER(struct rare, max_common_categories, "Most common values",
		      "how many values stay at most; 0: all", .preset = "0", MIN(0),
		      MAX(100)),
	PARAM_NAME(struct rare, output_column, "Output",
		   "new column; empty: the column itself", .preset = ""),
	{ 0 },
};

static const struct op_choice choices[] = {
	{ "operator", "Replace rare values" },
	{ 0 },
};

static const struct op_example examples[] = {
	{ "input_column=c replacement_string=other absolute_threshold=1",
	  "c\na\nb\na\nc\n\n", "c\na\nother\na\nother\nother\n" },
	{ 0 },
};

struct state {
	struct frequency *values;
	uint64_t rows;
};

static bool
shape(const void *fields, const void *learned, const struct schema *in, struct shape *out,
      struct error *err)
{
	const struct rare *f = fields;

	(void)learned;
	return shape_replace(out, in, f->input_column.at[0], f->output_column,
			     TYPE_STRING, err);
}

static void
discard(void *memory)
{
	struct state *state = memory;

	frequency_free(state->values);
	free(state);
}

static void *
start(const struct call *call, struct error *err)
{
	struct state *state = calloc(1, sizeof(*state));

	(void)call;
	if (!state) {
		fail(err, "out of memory");
		return NULL;
	}
	if ((state->values = frequency_new(err)))
		return state;
	free(state);
	return NULL;
}

static bool
observe(const struct call *call, void *memory, const struct batch *batch,
	struct error *err)
{
	const struct rare *f = call->fields;
	struct state *state = memory;
	struct column *text;
	bool ok;

	if (!cast_column(batch->at[schema_find(call->in, f->input_column.at[0])],
			 TYPE_STRING, &text, err))
		return false;
	ok = frequency_add_column(state->values, text, err);
	state->rows += batch->rows;
	column_drop(text);
	return ok;
}

static bool
merge(const struct call *call, void *into, void *from, struct error *err)
{
	struct state *a = into, *b = from;

	(void)call;
	a->rows += b->rows;
	return frequency_merge(a->values, b->values, err);
}

static uint64_t
count_nulls(const struct state *state, const struct frequency_entry *values, size_t n)
{
	uint64_t nulls = state->rows;

	for (size_t i = 0; i < n; i++)
		nulls -= values[i].count;
	return nulls;
}

static bool
settle(const struct call *call, void *memory, void *learned, struct arena *arena,
       struct error *err)
{
	const struct rare *f = call->fields;
	const struct state *state = memory;
	double threshold = f->fraction_threshold * (double)state->rows;
	struct frequency_entry *sorted;
	struct text *common;
	size_t n, most = (size_t)f->max_common_categories, kept = 0;
	uint64_t nulls;

	if (!frequency_sorted(state->values, &sorted, &n, arena, err))
		return false;
	if ((double)f->absolute_threshold > threshold)
		threshold = (double)f->absolute_threshold;
	common = ARENA_ARRAY(arena, n + 1, struct text);
	nulls = count_nulls(state, sorted, n);
	for (size_t i = 0; i < n; i++) {
		bool behind = nulls > sorted[i].count && (double)nulls > threshold;

		if ((double)sorted[i].count <= threshold || (most && i + behind >= most))
			break;
		common[kept++] = sorted[i].text;
	}
	labels_index(learned, &(struct texts){ kept, common }, arena);
	return true;
}

static bool
recall(const void *fields, const struct json *trained, void *learned, bool *usable,
       struct arena *arena, struct error *err)
{
	const struct json *stored = json_find(trained, "common_categories");
	struct text *common;
	size_t n = 0;

	(void)fields;
	(void)err;
	*usable = stored && stored->kind == JSON_ARRAY;
	if (!*usable)
		return true;
	common = ARENA_ARRAY(arena, stored->n + 1, struct text);
	for (size_t i = 0; i < stored->n; i++)
		if (stored->at[i].value->text.size ||
		    stored->at[i].value->kind == JSON_STRING) /* null is never common */
			common[n++] = stored->at[i].value->text;
	labels_index(learned, &(struct texts){ n, common }, arena);
	return true;
}

static const struct json *
record(const void *fields, const void *learned, const struct json *object,
       struct arena *arena)
{
	const struct labels *labels = learned;
	const struct json *list = json_new_array();

	(void)fields;
	for (size_t i = 0; i < labels->list.n; i++)
		list = json_insert(list, i, json_new_text(labels->list.at[i], arena),
				   arena);
	return json_with(object, "common_categories", list, arena);
}

static bool
replace(const struct call *call, const struct column *text, struct column **out,
	struct error *err)
{
	const struct rare *f = call->fields;
	struct text replacement = text_of(f->replacement_string);
	struct build b;

	build_start(&b, TYPE_STRING, text->rows);
	for (size_t i = 0; i < text->rows; i++)
		if (column_is_null(text, i) ||
		    labels_find(call->learned, column_text(text, i)) == LABEL_NONE)
			build_text(&b, replacement);
		else
			build_from(&b, text, i);
	*out = build_end(&b, err);
	return *out != NULL;
}

static bool
each(const struct call *call, const struct column *in, struct column **out,
     struct error *err)
{
	struct column *text;
	bool ok;

	if (!cast_column(in, TYPE_STRING, &text, err))
		return false;
	ok = replace(call, text, out, err);
	column_drop(text);
	return ok;
}

const struct op op_replace_rare = {
	.name = "replace_rare",
	.title = "Replace rare values",
	.group = "Outliers",
	.help = "Put one text in the place of all values that are rare.",
	.id = "sagemaker.spark.handle_outliers_0.1",
	.choices = choices,
	.block = "replace_rare_values_parameters",
	.params = params,
	.params_size = sizeof(struct rare),
	.each_column = "input_column",
	.each_name = "output_column",
	.learned_size = sizeof(struct labels),
	.hashed = "replacement_string +absolute_threshold +fraction_threshold "
		  "+max_common_categories",
	.examples = examples,
	.shape = shape,
	.start = start,
	.observe = observe,
	.merge = merge,
	.settle = settle,
	.discard = discard,
	.recall = recall,
	.record = record,
	.tells = labels_tell,
	.each = each,
};
