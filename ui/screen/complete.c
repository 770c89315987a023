/* complete - candidates by what is typed, the best first. */
#include <stdlib.h>

#include "desk/paths.h"
#include "desk/step.h"
#include "op/param_text.h"
#include "screen/complete_parts.h"
#include "widget/figure.h"
#include "widget/quote.h"

void
candidate_add(struct maker *maker, struct candidate candidate, const char *item)
{
	struct completion *out = maker->out;
	const struct text fragment = text_of(maker->fragment);
	const char *text;

	out->of++;
	candidate.begins =
		strncasecmp(candidate.label, maker->fragment, fragment.size) == 0;
	if (!fuzzy_match(fragment, text_of(candidate.label), &candidate.fuzzy))
		return;
	if (out->n == maker->room) {
		const size_t room = maker->room ? 2 * maker->room : 64;

		out->at = arena_grow(maker->arena, out->at, out->n * sizeof *out->at,
				     room * sizeof *out->at);
		maker->room = room;
	}
	text = arena_print(maker->arena, "%s%s", maker->head, item);
	candidate.text = maker->is_raw ? text : step_value(text, maker->arena);
	candidate.kind = candidate.kind ? candidate.kind : "";
	candidate.note = candidate.note ? candidate.note : "";
	candidate.place = out->of;
	out->at[out->n++] = candidate;
}

static int
compare(const void *a, const void *b)
{
	const struct candidate *x = a, *y = b;

	if (x->begins != y->begins)
		return x->begins ? -1 : 1;
	if (x->fuzzy.score != y->fuzzy.score)
		return x->fuzzy.score < y->fuzzy.score ? 1 : -1;
	return x->place < y->place ? -1 : x->place > y->place;
}

/* --- commands and settings --- */

static void
commands(struct maker *maker)
{
	const struct action *action = NULL;
	const unsigned where = app_where(maker->app);

	maker->out->title = "commands";
	maker->is_raw = true;
	while ((action = action_next(action)))
		if (action->where & where)
			candidate_add(maker,
				      (struct candidate){
					      .label = action->name,
					      .kind = arena_text(maker->arena,
								 action_keys(action)),
					      .note = action->title,
					      .ink = INK_ACCENT },
				      action->name);
	for (size_t i = 0; op_table[i] && maker->app->work.is_open; i++)
		candidate_add(maker,
			      (struct candidate){ .label = op_table[i]->name,
						  .kind = "step",
						  .note = op_table[i]->title,
						  .ink = INK_DIM },
			      op_table[i]->name);
}

static void
settings(struct maker *maker, const struct command_place *place)
{
	const struct param *params = place->line.params;

	for (size_t i = 0; params && params[i].name; i++) {
		const char *name = params[i].name;

		if (!place->given[i] &&
		    param_is_used(params, &params[i], place->line.fields))
			candidate_add(
				maker,
				(struct candidate){
					.label = arena_print(maker->arena, "%s=", name),
					.kind = param_kind_name(params[i].kind),
					.note = params[i].help,
					.ink = INK_DIM,
					.goes_on = true },
				arena_print(maker->arena, "%s=", name));
	}
}

/* Settings beside the values that fit, or alone. */
static void
settings_too(struct maker *maker, const struct command_place *place)
{
	struct completion *out = maker->out;
	const bool has_values = out->n > 0;
	const size_t values = out->of = has_values ? out->of : 0;

	maker->is_raw = true;
	settings(maker, place);
	if (!has_values)
		out->title = "settings";
	else if (out->of > values)
		out->title = arena_print(maker->arena, "%s, settings", out->title);
}

/* --- columns and their values --- */

static const struct summary_result *
found_of(struct app *app, size_t place)
{
	const struct profile *profile = app->sheet ? sheet_profile(app->sheet) : NULL;

	return profile && place < profile->n ? &profile->columns[place].found : NULL;
}

static const struct schema *
schema_of(struct app *app)
{
	const struct sheet_state *state = app->sheet ? sheet_state(app->sheet) : NULL;

	return state && state->has_schema ? &state->schema : NULL;
}

const struct summary_result *
complete_found(struct app *app, const char *column)
{
	const struct schema *schema = schema_of(app);
	const int place = schema ? schema_find(schema, column) : SCHEMA_NONE;

	return place == SCHEMA_NONE ? NULL : found_of(app, (size_t)place);
}

void
candidate_columns(struct maker *maker, unsigned accepts,
		  const char *(*spell)(const char *name, struct arena *arena))
{
	const struct schema *schema = schema_of(maker->app);

	maker->out->title = "columns";
	for (size_t i = 0; schema && i < schema->n; i++) {
		const struct field *field = &schema->at[i];
		const struct summary_result *found = found_of(maker->app, i);
		const char *name = arena_text(maker->arena, field->name);

		if (!accepts || (accepts & field->type))
			candidate_add(
				maker,
				(struct candidate){
					.label = name,
					.kind = figure_type(field->type, found),
					.ink = (uint8_t)figure_ink(field->type, found),
					.is_column = found != NULL },
				spell(name, maker->arena));
	}
}

static const char *
as_it_is(const char *name, struct arena *arena)
{
	(void)arena;
	return name;
}

void
candidate_values(struct maker *maker, const char *column,
		 const char *(*spell)(const char *name, struct arena *arena))
{
	const struct summary_result *found = complete_found(maker->app, column);

	maker->out->title = arena_print(maker->arena, "values of %s", column);
	for (size_t i = 0; found && i < found->n_top; i++) {
		char value[FIGURE_SIZE], count[FIGURE_SIZE], share[FIGURE_SIZE];
		const char *label;

		figure_value(found->type, &found->top[i].value, value);
		figure_count(found->top[i].count, count);
		figure_percent(found->top[i].count, found->rows, share);
		label = arena_text(maker->arena, value);
		candidate_add(
			maker,
			(struct candidate){ .label = label,
					    .note = arena_print(maker->arena, "%s · %s",
								count, share) },
			spell(label, maker->arena));
	}
}

/* The column that the same command names, if this text is a value of it. */
static const char *
column_beside(const struct command_place *place)
{
	const struct param *params = place->line.params;

	for (const struct param *p = params; p && p->name; p++)
		if (p->kind == KIND_COLUMN)
			return *(
				const char *const *)(const void *)((const char *)place
									   ->line.fields +
								   p->offset);
	return "";
}

/* --- lists --- */

static const char *
list_item(const char *name, struct arena *arena)
{
	return quote_list(&name, 1, arena);
}

/* In a row of a list. */
static const char *
row_item(const char *name, struct arena *arena)
{
	return list_join(&(struct names){ 1, &name }, ",:", arena);
}

/* Behind the last of these marks that has no backslash; n: how many of the second mark
 * stand behind the last of the first. */
static const char *
last_item(const char *value, char mark, char inner, size_t *n)
{
	const char *start = value;

	*n = 0;
	for (const char *c = value; *c; c++) {
		if (*c == '\\' && c[1]) {
			c++;
		} else if (*c == mark || (inner && *c == inner)) {
			*n = *c == mark ? 0 : *n + 1;
			start = c + 1;
		}
	}
	return start;
}

static void
split_at(struct maker *maker, const char *value, const char *start)
{
	maker->head = arena_text_n(maker->arena, value, (size_t)(start - value));
	maker->fragment = start;
}

/* --- the others --- */

static void
words(struct maker *maker, const char *const *list, const char *title)
{
	maker->out->title = title;
	for (size_t i = 0; list[i]; i++)
		candidate_add(maker, (struct candidate){ .label = list[i] }, list[i]);
}

static void
types(struct maker *maker, unsigned accepts)
{
	maker->out->title = "types";
	for (unsigned type = 1; type <= TYPE_OBJECT; type <<= 1)
		if (!accepts || (accepts & type)) {
			const char *name = type_name((enum type)type);

			candidate_add(maker, (struct candidate){ .label = name }, name);
		}
}

/* What a file without a name yet may be called: as what is open. */
static const char *
stem_of(struct maker *maker)
{
	const struct work *work = &maker->app->work;
	const char *path = work->path ? work->path : work->table;
	const char *name = path ? paths_name(path) : "untitled";

	if (*maker->fragment)
		name = maker->fragment;
	return arena_text_n(maker->arena, name, (size_t)(ending_in(name) - name));
}

/* The name so far with each ending that the action knows; not what was opened, which
 * nobody wants to be written over. */
static void
endings(struct maker *maker, const struct action *action)
{
	const char *opened = maker->app->work.table;
	const struct ending *list = action && action->endings
					    ? action->endings(maker->app, maker->arena)
					    : NULL;

	for (; list && list->text; list++) {
		const char *name =
			arena_print(maker->arena, "%s%s", stem_of(maker), list->text);

		if (!opened || strcmp(name, paths_name(opened)) != 0)
			candidate_add(
				maker,
				(struct candidate){ .label = name, .note = list->what },
				name);
	}
}

/* Those of the folder that the path so far names, once they are known. */
static void
files(struct maker *maker, const char *value, const struct action *action)
{
	const char *slash = strrchr(value, '/');
	const struct folder_list *list = maker->files;

	maker->out->title = "files";
	split_at(maker, value, slash ? slash + 1 : value);
	maker->out->folder =
		paths_absolute(*maker->head ? maker->head : ".", maker->arena);
	endings(maker, action);
	if (!list || strcmp(list->path, maker->out->folder) != 0)
		return;
	for (size_t i = 0; i < list->n; i++) {
		const struct folder_entry *entry = &list->entries[i];
		const bool is_folder = entry->kind == FOLDER_FOLDER;
		const char *name = arena_print(maker->arena, "%s%s", entry->name,
					       is_folder ? "/" : "");

		candidate_add(maker,
			      (struct candidate){ .label = name, .goes_on = is_folder },
			      name);
	}
}

/* A value in a row of a list: "a:Ascending,b". */
static void
row_value(struct maker *maker, const struct param *p, const char *value)
{
	size_t n;
	const char *start = last_item(value, ',', ':', &n);
	const struct param *row = p->rows;

	while (n-- && row[1].name)
		row++;
	split_at(maker, value, start);
	if (row->kind == KIND_COLUMN)
		candidate_columns(maker, row->accepts, row_item);
	else if (row->kind == KIND_CHOICE)
		words(maker, row->choices, row->label);
}

static void
value_of(struct maker *maker, const struct param *p, const char *value,
	 const struct command_place *place)
{
	static const char *const flags[] = { "true", "false", NULL };
	size_t n;

	switch (p->kind) {
	case KIND_COLUMN:
		candidate_columns(maker, p->accepts, as_it_is);
		break;
	case KIND_COLUMNS:
		split_at(maker, value, last_item(value, ',', '\0', &n));
		candidate_columns(maker, p->accepts, list_item);
		break;
	case KIND_LIST:
		row_value(maker, p, value);
		break;
	case KIND_CHOICE:
		words(maker, p->choices, p->label);
		break;
	case KIND_FLAG:
		words(maker, flags, p->label);
		break;
	case KIND_TYPE:
		types(maker, p->accepts);
		break;
	case KIND_PATH:
		files(maker, value, place->line.action);
		break;
	case KIND_EXPRESSION:
		complete_formula(maker, value);
		break;
	case KIND_TEXT:
		candidate_values(maker, column_beside(place), as_it_is);
		break;
	default:
		break;
	}
}

/* Does the value stand right behind "name="? Then no other name may come here. */
static bool
has_name(struct text line, const struct command_place *place)
{
	return place->from > 0 && place->from <= line.size &&
	       line.data[place->from - 1] == '=';
}

static void
sort(struct completion *out, bool has_fragment)
{
	if (out->n && has_fragment)
		qsort(out->at, out->n, sizeof *out->at, compare);
}

void
complete(struct app *app, struct text line, const struct folder_list *files,
	 struct completion *out, struct arena *arena)
{
	struct maker maker = { app, arena, out, files, "", "", false, 0 };
	struct command_place place;

	*out = (struct completion){ .title = "", .to = line.size };
	if (!command_place(line, &place, arena))
		return;
	out->from = place.from;
	out->param = place.param;
	maker.fragment = place.value;
	if (place.is_head) {
		commands(&maker);
	} else if (place.param) {
		maker.is_raw = place.param->kind == KIND_EXPRESSION &&
			       (place.from == line.size || line.data[place.from] != '"');
		value_of(&maker, place.param, place.value, &place);
	}
	if (!place.is_head && !has_name(line, &place) && !*maker.head) {
		settings_too(&maker, &place);
	}
	sort(out, *maker.fragment != '\0');
}

struct text
completion_common(const struct completion *completion)
{
	struct text common = { "", 0 };

	for (size_t i = 0; i < completion->n; i++) {
		const char *text = completion->at[i].text;
		size_t n = 0;

		if (completion->at[0].begins && !completion->at[i].begins)
			break;
		if (i == 0)
			common = text_of(text);
		while (n < common.size && text[n] == common.data[n])
			n++;
		common.size = n;
	}
	while (common.size && ((unsigned char)common.data[common.size] & 0xc0) == 0x80)
		common.size--; /* not within a character */
	return common;
}
