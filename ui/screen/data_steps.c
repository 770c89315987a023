/*
 * data_steps - keys of the data screen that make steps: each opens the form of a step,
 * filled in from the cell under the cursor or the columns that are marked.
 *
 * A key is a row: the operator's word and what it is told. {column} is the column under
 * the cursor, {columns} those that are marked or else that one, {value} what the cell
 * shows, {type} the type that the column's values look like; a setting with something that
 * is not there is left out.
 */
#include <stdio.h>

#include "desk/step.h"
#include "screen/data.h"
#include "widget/figure.h"
#include "widget/quote.h"

enum { SETTINGS = 4 };

struct verb {
	const char *op;
	const char *settings[SETTINGS];
};

bool
data_step(struct app *app, const char *word, const char *const *settings, size_t n,
	  struct error *err)
{
	const struct op *op = op_find(word);
	void *fields;

	if (!op)
		return fail(err, "no step is called '%s'", word);
	if (!step_fields(op, &fields, &app->arena, err))
		return false;
	for (size_t i = 0; i < n; i++) {
		if (!text_is_utf8(text_of(settings[i])))
			return fail(err, "what is here is no UTF-8, and a flow can hold "
					 "nothing else: no step can be told of it");
		if (!param_set(op->params, fields, settings[i], &app->arena, err))
			return false;
	}
	if (app->is_macro)
		return param_check(op->params, fields, err) &&
		       app_step(app,
				&(struct step_request){
					.op = op, .fields = fields, .place = FLOW_NONE },
				err);
	form_open(app, op, fields, FLOW_NONE);
	return true;
}

static const char *
marked_or_this(const struct focus *focus, struct arena *arena)
{
	const char *const this = focus->column;

	return focus->n_marked ? quote_list(focus->marked, focus->n_marked, arena)
			       : quote_list(&this, 1, arena);
}

/* What the values look like, if the column has another type. */
static const char *
likely_type(struct app *app)
{
	const char *name;
	enum type type;
	const struct summary_result *found = data_found(app, &name, &type);

	return found && found->type != type && found->type != TYPE_OBJECT
		       ? type_name(found->type)
		       : NULL;
}

/* The cell under the cursor, all of it: what the focus has may be its beginning. */
static struct text
whole_value(struct app *app)
{
	struct data *data = data_of(app);
	const struct focus *focus = &app->focus;
	size_t n = 1, at = 0;
	const struct batch *batch =
		focus->place >= 0 && data_look(app, data)
			? data->view.fetch(data->view.source, focus->row, &n, &at)
			: NULL;
	const struct column *c = batch ? batch->at[focus->place] : NULL;
	char out[FIGURE_SIZE];
	struct text text;

	if (!c || at >= c->rows || column_is_null(c, at))
		return text_of("");
	text = figure_cell(c, at, out, data->grid.scratch);
	return (struct text){ arena_text_n(&app->arena, text.data, text.size),
			      text.size };
}

/* What stands for a word in {}; NULL: nothing does. */
static const char *
meaning(struct app *app, struct text word)
{
	const struct focus *focus = &app->focus;

	if (text_is(word, "column"))
		return focus->column;
	if (text_is(word, "columns"))
		return marked_or_this(focus, &app->arena);
	if (text_is(word, "name"))
		return quote_name(focus->column, &app->arena);
	if (text_is(word, "value"))
		return whole_value(app).data;
	if (text_is(word, "type"))
		return likely_type(app);
	return type_name(focus->type);
}

/* A setting with what stands for its words; NULL: something is not there. */
static const char *
filled(struct app *app, const char *pattern)
{
	const char *out = "";

	while (*pattern) {
		const char *begin = strchr(pattern, '{'), *end, *means;

		if (!begin)
			return arena_print(&app->arena, "%s%s", out, pattern);
		end = strchr(begin, '}');
		means = meaning(app,
				(struct text){ begin + 1, (size_t)(end - begin - 1) });
		if (!means)
			return NULL;
		out = arena_print(&app->arena, "%s%.*s%s", out, (int)(begin - pattern),
				  pattern, means);
		pattern = end + 1;
	}
	return out;
}

static bool
run(struct app *app, const struct verb *verb, struct error *err)
{
	const char *settings[SETTINGS];
	size_t n = 0;

	data_focus(app, data_of(app));
	if (app->focus.place < 0)
		return fail(err, "there is no column yet");
	for (size_t i = 0; i < SETTINGS && verb->settings[i]; i++) {
		settings[n] = filled(app, verb->settings[i]);
		n += settings[n] != NULL;
	}
	return data_step(app, verb->op, settings, n, err);
}

/* The cell of a marked column in the row of the cursor, as a condition. */
static const char *
condition(struct app *app, struct data *data, const char *column, const char *before)
{
	const struct focus *focus = &app->focus;
	struct arena *arena = &app->arena;
	size_t n = 1, at = 0;
	const int place = schema_find(data->view.schema, column);
	const struct batch *batch =
		data->view.fetch(data->view.source, focus->row, &n, &at);
	const struct column *c = batch && place >= 0 ? batch->at[place] : NULL;
	const char *name = quote_name(column, arena);
	char room[FIGURE_SIZE];

	if (!c)
		return NULL;
	if (column_is_null(c, at))
		return arena_print(arena, "%s%s is null", before, name);
	return arena_print(arena, "%s%s = %s", before, name,
			   quote_value(c->type,
				       figure_cell(c, at, room, data->grid.scratch),
				       arena));
}

/* Rows that are like this one in all marked columns. */
static bool
like_marked(struct app *app, const char *action, struct error *err)
{
	struct data *data = data_of(app);
	const char *formula = "formula=", *next;
	const char *settings[2];

	if (!data_look(app, data))
		return fail(err, "there is no table yet");
	for (size_t i = 0; i < app->focus.n_marked; i++) {
		next = condition(app, data, app->focus.marked[i], i ? " and " : "");
		if (!next)
			return fail(err, "the row is not there yet");
		formula = arena_print(&app->arena, "%s%s", formula, next);
	}
	settings[0] = formula;
	settings[1] = action;
	return data_step(app, "filter_formula", settings, COUNT(settings), err);
}

/* A setting ends at a zero byte: what is behind one in the cell would not count. */
static bool
can_be_told(struct app *app, struct error *err)
{
	const struct text value = whole_value(app);

	if (memchr(value.data, 0, value.size))
		return fail(err, "there is a zero byte in this cell: no step can be told "
				 "of it");
	return text_is_utf8(value) ||
	       fail(err, "this cell is no UTF-8, and a flow can hold nothing else: no "
			 "step can be told of it");
}

static bool
like(struct app *app, const char *action, struct error *err)
{
	const struct verb missing = {
		"filter_rows", { "column={column}", "condition=is missing", action }
	};
	const struct verb equal = { "filter_rows",
				    { "column={column}", "condition=is equal to",
				      "value={value}", action } };
	const struct brush *brush;

	data_focus(app, data_of(app));
	brush = data_of(app)->view.brush;
	if (app->focus.place >= 0 && brush)
		return data_brush_step(app, brush, action, err);
	if (!app->focus.has_value)
		return fail(err, "the row is not there yet");
	if (!can_be_told(app, err))
		return false;
	if (app->focus.n_marked > 1)
		return like_marked(app, action, err);
	return run(app, app->focus.is_missing ? &missing : &equal, err);
}

static bool
keep_like(struct app *app, const void *fields, struct error *err)
{
	(void)fields;
	return like(app, "action=keep", err);
}

static bool
drop_like(struct app *app, const void *fields, struct error *err)
{
	(void)fields;
	return like(app, "action=drop", err);
}

static bool
treat_missing(struct app *app, const void *fields, struct error *err)
{
	static const struct verb verb = { "treat_missing",
					  { "input_column={columns}", "value={value}" } };

	(void)fields;
	data_focus(app, data_of(app));
	if (!app->focus.has_value || app->focus.is_missing)
		return fail(err, "this cell is missing already: go to one whose value "
				 "stands for a missing one");
	return can_be_told(app, err) && run(app, &verb, err);
}

#define VERB(word, ...)                                                          \
	static bool word(struct app *app, const void *fields, struct error *err) \
	{                                                                        \
		static const struct verb verb = __VA_ARGS__;                     \
                                                                                 \
		(void)fields;                                                    \
		return run(app, &verb, err);                                     \
	}

VERB(retype, { "cast_single_data_type",
	       { "column={column}", "original_data_type={was}", "data_type={type}" } })
VERB(rename_it, { "rename_column", { "input_column={column}" } })
VERB(drop, { "drop_column", { "column_to_drop={columns}" } })
VERB(formula, { "custom_formula", { "formula={name}" } })
VERB(join, { "join_tables", { "left_column={column}" } })

static bool
has_column(struct app *app)
{
	return app->focus.place >= 0;
}

#define STEP(word, ttl, mn, ks, hnt, hlp, fl, fn)                                     \
	{                                                                             \
		.name = word, .title = ttl, .menu = mn, .keys = ks, .where = IN_DATA, \
		.hint = hnt, .help = hlp, .flags = ACTION_MOVE | (fl),                \
		.fits = has_column, .run = fn                                         \
	}

/* Moves as they are: it is the step that is echoed. */
const struct action data_step_actions[] = {
	STEP("keep-like", "Keep rows like this", "Rows", "=", "keep",
	     "Keep the rows with the same cell here, or what is brushed.", ACTION_CELL,
	     keep_like),
	STEP("drop-like", "Drop rows like this", "Rows", "!", "drop",
	     "Drop the rows with the same cell here, or what is brushed.", ACTION_CELL,
	     drop_like),
	STEP("as-missing", "Treat as missing", "Column", "m", NULL,
	     "Cells with this value become missing ones.", ACTION_CELL, treat_missing),
	STEP("type", "Change the type", "Column", "T", NULL,
	     "The values of the column as another type.", ACTION_COLUMN, retype),
	STEP("rename", "Rename", "Column", "r", NULL, "Another name for the column.",
	     ACTION_COLUMN, rename_it),
	STEP("drop", "Drop columns", "Column", "d", NULL,
	     "The columns that are marked, or this one, go.", ACTION_COLUMN, drop),
	STEP("formula", "Formula", "Column", "e", NULL, "A new column by a formula.",
	     ACTION_COLUMN, formula),
	STEP("join", "Join a table", "Rows", "J", NULL,
	     "Columns of another table, by keys that are equal.", ACTION_COLUMN, join),
	{ 0 },
};
