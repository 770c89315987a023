/*
 * form_table - the other table of a step of two inputs: one of the flow, or a file,
 * which becomes a source of the flow when the form is done.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "desk/paths.h"
#include "screen/form_view.h"
#include "widget/step_ref.h"
#include "widget/step_text.h"

/* Nodes that read this one, or one that does. */
static bool *
mark_below(const struct flow *flow, size_t place, struct arena *arena)
{
	bool *below = ARENA_ARRAY(arena, flow->n + 1, bool);

	for (size_t k = 0; place != FLOW_NONE && k < flow->n; k++) {
		const size_t at = flow->order[k];

		below[at] = at == place;
		for (size_t i = 0; i < flow->nodes[at].n_inputs; i++)
			below[at] = below[at] || below[flow->nodes[at].inputs[i].from];
	}
	return below;
}

/* A source is read by the step that finds its types, which stands for it. */
static bool
is_typed_below(const struct flow *flow, size_t place)
{
	for (size_t i = 0; i < flow->n; i++)
		if (flow->nodes[i].type == NODE_TRANSFORM &&
		    flow->nodes[i].n_inputs == 1 &&
		    flow->nodes[i].inputs[0].from == place)
			return true;
	return false;
}

static bool
gives_rows(const struct flow *flow, size_t place)
{
	switch (flow->nodes[place].type) {
	case NODE_SOURCE:
		return !is_typed_below(flow, place);
	case NODE_TRANSFORM:
	case NODE_DATASET:
		return true;
	default:
		return false;
	}
}

/* The first step behind a source is called after its file. */
static const char *
table_name(const struct flow *flow, size_t place, struct arena *arena)
{
	const struct node *node = &flow->nodes[place];

	if (node->n_inputs == 1 && flow->nodes[node->inputs[0].from].type == NODE_SOURCE)
		node = &flow->nodes[node->inputs[0].from];
	return arena_text(arena, step_name(node, arena));
}

static const char *
unique(const struct other *other, size_t n, const char *word, struct arena *arena)
{
	const char *out = word;

	for (size_t i = 0, k = 2; i < n; i++)
		if (!strcmp(other->words[i], out)) {
			out = arena_print(arena, "%s (%zu)", word, k++);
			i = (size_t)-1;
		}
	return out;
}

static const char a_file[] = "a file…";

/* The second input of a step that is there; FLOW_NONE: of a new one. */
static size_t
second_of(const struct flow *flow, size_t place)
{
	const bool has = place != FLOW_NONE && flow->nodes[place].n_inputs == 2;

	return has ? flow->nodes[place].inputs[1].from : FLOW_NONE;
}

static void
name_tables(struct other *other, const struct flow *flow, const bool *below,
	    struct arena *arena)
{
	size_t n = 0;

	other->words = ARENA_ARRAY(arena, flow->n + 2, const char *);
	other->places = ARENA_ARRAY(arena, flow->n + 2, size_t);
	for (size_t k = 0; k < flow->n; k++) {
		const size_t at = flow->order[k];

		if (below[at] || !gives_rows(flow, at))
			continue;
		other->places[n] = at;
		other->words[n] = unique(other, n, table_name(flow, at, arena), arena);
		n++;
	}
	other->places[n] = FLOW_NONE;
	other->words[n] = unique(other, n, a_file, arena);
	other->table = n == 0 ? 0 : -1;
}

/* What it reads already is chosen. */
static void
choose_second(struct other *other, size_t second)
{
	other->was = -1;
	for (int i = 0; second != FLOW_NONE && other->places[i] != FLOW_NONE; i++)
		if (other->places[i] == second)
			other->was = i;
	if (second != FLOW_NONE)
		other->table = other->was;
}

void
draft_tables(struct form_view *view, const struct flow *flow)
{
	struct other *other = &view->other;
	struct arena *arena = &view->arena, mem = { 0 };
	const size_t here =
		view->place != FLOW_NONE ? view->place : flow_place(flow, view->behind);
	const bool *below = mark_below(flow, here, &mem);

	name_tables(other, flow, below, arena);
	choose_second(other, second_of(flow, view->place));
	other->file = "";
	other->params[0] = (struct param){
		.name = "other",
		.label = "Other table",
		.help = "what it is put together with",
		.kind = KIND_CHOICE,
		.offset = offsetof(struct other, table),
		.choices = other->words,
	};
	other->params[1] = (struct param){
		.name = "file",
		.label = "File",
		.help = "a table on this machine",
		.kind = KIND_PATH,
		.offset = offsetof(struct other, file),
		.when = arena_print(arena, "other=%s", a_file),
	};
	arena_release(&mem);
}

/* --- a file --- */

/* What a job finds out about it. */
struct found_file {
	struct arena arena;
	const char *typed; /* as the user has it */
	struct quick quick;
	bool is_there;
	struct error err;
};

static void
look(void *context, const atomic_bool *cancel)
{
	struct found_file *file = context;
	const char *path = paths_absolute(file->typed, &file->arena);

	(void)cancel;
	file->is_there = table_file_look(path, &file->quick, &file->err);
}

static void
found_free(void *context)
{
	struct found_file *file = context;

	if (!file)
		return;
	arena_release(&file->arena);
	free(file);
}

static bool
is_file(const struct other *other)
{
	return other->words && other->table >= 0 &&
	       other->places[other->table] == FLOW_NONE;
}

static bool
begin_look(struct other *other, const struct wake *wake, struct error *err)
{
	struct found_file *file = calloc(1, sizeof(*file));
	const struct job_spec spec = { look, found_free, file, wake };

	if (!file)
		return fail(err, "file: no memory");
	file->typed = arena_text(&file->arena, other->file);
	if (job_start(&spec, &other->job, err))
		return true;
	found_free(file);
	return false;
}

bool
draft_file_news(struct form_view *view, const struct wake *wake)
{
	struct other *other = &view->other;
	struct error ignored = { 0 };
	bool has_come = other->job && job_is_done(other->job);

	if (has_come) {
		found_free(other->found);
		other->found = job_take(other->job);
		other->job = NULL;
	}
	if (is_file(other) && *other->file && !other->job &&
	    (!other->found || strcmp(other->found->typed, other->file) != 0) &&
	    !begin_look(other, wake, &ignored))
		return false;
	return has_come;
}

void
draft_tables_release(struct form_view *view)
{
	job_drop(view->other.job);
	found_free(view->other.found);
}

/* The file is known, and is the one that is meant. */
static bool
has_file(const struct other *other, struct error *err)
{
	if (!*other->file)
		return fail(err, "file: must be given (a table on this machine)");
	if (!other->found || strcmp(other->found->typed, other->file) != 0)
		return fail(err, "file: not looked at yet");
	if (!other->found->is_there)
		return fail(err, "file: %s", other->found->err.text);
	return true;
}

static bool
is_as_it_was(const struct form_view *view)
{
	const struct other *other = &view->other;

	return !other->words || (view->place != FLOW_NONE && other->table == other->was);
}

bool
draft_links(const struct form_view *view, const struct flow *flow,
	    struct step_links *links, const struct quick **file, struct arena *arena,
	    struct error *err)
{
	const struct other *other = &view->other;

	*links = (struct step_links){ .with = "" };
	*file = NULL;
	if (is_as_it_was(view))
		return true;
	if (other->table < 0)
		return fail(err, "other: must be given (%s)", other->params[0].help);
	if (!is_file(other)) {
		links->with = step_ref(flow, other->places[other->table], arena);
		return true;
	}
	if (!has_file(other, err))
		return false;
	links->with = arena_text(arena, other->file);
	*file = &other->found->quick;
	return true;
}

bool
draft_second(const struct form_view *view, struct flow *flow, size_t *place,
	     struct error *err)
{
	const struct other *other = &view->other;

	*place = FLOW_NONE;
	if (is_as_it_was(view))
		return true;
	if (other->table < 0)
		return fail(err, "other: must be given (%s)", other->params[0].help);
	if (!is_file(other)) {
		*place = other->places[other->table];
		return true;
	}
	return has_file(other, err) &&
	       flow_add_quick(flow, &other->found->quick, place, err);
}

/* --- keys --- */

/* A column that both have, alike in type; one that is called after a key before others.
 */
static const char *
common_column(const struct form_view *view)
{
	const struct schema *left = &view->schemas[0], *right = &view->schemas[1];
	const char *found = NULL;

	for (size_t i = 0; i < left->n; i++) {
		const char *name = left->at[i].name;
		const int at = schema_find(right, name);
		const size_t n = strlen(name);

		if (at == SCHEMA_NONE || right->at[at].type != left->at[i].type)
			continue;
		if (n >= 2 && !strcasecmp(name + n - 2, "id"))
			return name;
		found = found ? found : name;
	}
	return found;
}

static const struct param *
column_param(const struct param *params, bool second)
{
	for (const struct param *p = params; p && p->name; p++)
		if (p->kind == KIND_COLUMN && p->second == second)
			return p;
	return NULL;
}

static const char **
text_field(const struct param *p, void *fields)
{
	return (void *)((char *)fields + p->offset);
}

/* Both keys of a table of params, if it has them and nobody set the second: what stands
 * in the first is where the cursor was. */
static bool
set_keys(const struct form_view *view, const struct param *params, void *fields,
	 struct arena *arena)
{
	const struct param *left = column_param(params, false);
	const struct param *right = column_param(params, true);
	const char *name;

	if (!left || !right || **text_field(right, fields))
		return false;
	name = *text_field(left, fields);
	if (!*name || schema_find(&view->schemas[1], name) == SCHEMA_NONE)
		name = common_column(view);
	if (!name)
		return false;
	*text_field(left, fields) = arena_text(arena, name);
	*text_field(right, fields) = arena_text(arena, name);
	return true;
}

static bool
add_key_row(const struct form_view *view, const struct param *p, void *fields,
	    struct arena *arena)
{
	struct list *list = (void *)((char *)fields + p->offset);
	struct error ignored = { 0 };
	void *row;

	if (p->kind != KIND_LIST || list->n || !column_param(p->rows, true))
		return false;
	row = arena_alloc(arena, p->rows_size);
	if (!param_preset(p->rows, row, arena, &ignored) ||
	    !set_keys(view, p->rows, row, arena))
		return false;
	*list = (struct list){ 1, row };
	return true;
}

bool
draft_guess_keys(struct form_view *view)
{
	struct arena *arena = &view->arena;

	if (view->has_guessed || view->place != FLOW_NONE || !view->schemas[0].n ||
	    !view->schemas[1].n)
		return false;
	view->has_guessed = true;
	if (set_keys(view, view->op->params, view->fields, arena))
		return true;
	for (const struct param *p = view->op->params; p && p->name; p++)
		if (add_key_row(view, p, view->fields, arena))
			return true;
	return false;
}
