/* form_value - what is typed, as a value or as what is none yet. */
#include <stdio.h>
#include <string.h>

#include "widget/form_kind.h"

const struct form_raw *
form_raw_of(const struct form *form, const struct form_item *item)
{
	const void *field = form_field(item);

	for (size_t i = 0; i < form->n_raws; i++)
		if (form->raws[i].field == field)
			return &form->raws[i];
	return NULL;
}

static void
forget_raw(struct form *form, const void *field)
{
	size_t n = 0;

	for (size_t i = 0; i < form->n_raws; i++)
		if (form->raws[i].field != field)
			form->raws[n++] = form->raws[i];
	form->n_raws = n;
}

static void
keep_raw(struct form *form, struct form_raw raw)
{
	struct form_raw *raws =
		ARENA_ARRAY(form->arena, form->n_raws + 1, struct form_raw);

	if (form->n_raws)
		memcpy(raws, form->raws, form->n_raws * sizeof(*raws));
	raws[form->n_raws++] = raw;
	form->raws = raws;
}

const char *
form_typed(const struct form *form, const struct form_item *item)
{
	const struct form_raw *raw = form_raw_of(form, item);

	return raw ? raw->text : param_print(item->param, item->fields, form->arena);
}

void
form_type(struct form *form, const struct form_item *item, const char *text)
{
	const char *setting = arena_print(form->arena, "%s=%s", item->param->name, text);
	struct error err = { 0 };

	forget_raw(form, form_field(item));
	form->is_touched = true;
	if (!param_set(item->params, item->fields, setting, form->arena, &err))
		keep_raw(form, (struct form_raw){
				       form_field(item),
				       arena_text(form->arena, text),
				       arena_text(form->arena, err.text),
			       });
}

/* --- kinds --- */

static const struct form_kind *const kinds[] = {
	[KIND_FLAG] = &form_flag,      [KIND_INTEGER] = &form_line,
	[KIND_NUMBER] = &form_line,    [KIND_TEXT] = &form_line,
	[KIND_CODE] = &form_code,      [KIND_CHOICE] = &form_choice,
	[KIND_COLUMN] = &form_column,  [KIND_COLUMNS] = &form_columns_kind,
	[KIND_NAME] = &form_line,      [KIND_TYPE] = &form_type_kind,
	[KIND_PATTERN] = &form_line,   [KIND_EXPRESSION] = &form_formula,
	[KIND_FORMAT] = &form_line,    [KIND_PATH] = &form_path,
	[KIND_LIST] = &form_list_head,
};

const struct form_kind *
form_kind_of(const struct form_item *item)
{
	return item->kind == FORM_ADD ? &form_list_add : kinds[item->param->kind];
}
