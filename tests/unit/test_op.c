/* The table of operators: each is found by its word and by what flow files say. */
#include "check.h"
#include "op/op.h"
#include "op/param_docs.h"

static const struct json *
choices_json(const struct op *op, bool lower, struct arena *mem)
{
	const struct json *json = json_new_object();

	for (const struct op_choice *c = op->choices; c && c->path; c++) {
		char *value = arena_text(mem, c->value);

		for (char *p = value; lower && *p; p++)
			if (*p >= 'A' && *p <= 'Z')
				*p = (char)(*p + 32);
		json = json_with_at(json, c->path, json_new_string(value, mem), mem);
	}
	return json;
}

static void
check_found(const struct op *op)
{
	struct arena mem = { 0 };
	struct error err = { 0 };
	bool known;

	CHECK(op_find(op->name) == op);
	CHECK(!op->alias || op_find(op->alias) == op);
	if (op->id) {
		CHECK(op_match(op->id, choices_json(op, false, &mem), &known, &err) ==
		      op);
		CHECK(known);
		CHECK(op_match(op->id, choices_json(op, true, &mem), &known, &err) == op);
	}
	arena_release(&mem);
}

/* Text for people keeps to a terminal's width; roff lines never start by chance. */
static void
check_docs(const struct op *op)
{
	struct arena mem = { 0 };
	struct error err = { 0 };
	struct buffer *help = buffer_new(0, &err), *manual = buffer_new(0, &err);
	const struct json *json = op_describe(op, &mem), *schema;
	struct text rest;
	size_t n = 0;

	CHECK(op_help(op, help, &err));
	for (rest = (struct text){ help->data, help->size }; rest.size;) {
		struct text line = text_cut(&rest, '\n');
		size_t columns = 0;

		for (size_t at = 0; at < line.size; columns++)
			text_next(line, &at);
		if (columns > 80)
			printf("%s: help: %.*s\n", op->name, TEXT_ARG(line));
		CHECK(columns <= 80);
	}
	CHECK(op_manual(op, manual, &err));
	CHECK(manual->size > 4 && memcmp(manual->data, ".SS ", 4) == 0);
	schema = json_at(json, "parameters.properties");
	for (const struct param *p = op->params; p && p->name; p++, n++) {
		CHECK(json_is_string(json_at(json_find(schema, p->name), "x-kind"),
				     param_kind_name(p->kind)));
	}
	CHECK(json_is_string(json_find(json, "name"), op->name));
	CHECK(schema && schema->n == n);
	buffer_drop(help);
	buffer_drop(manual);
	arena_release(&mem);
}

/* How words read: a caption is "Columns", a help "columns to clip". */
static bool
is_sentence(const char *text)
{
	size_t n = strlen(text);
	const char *inner = strchr(text, '.');

	return n > 2 && *text >= 'A' && *text <= 'Z' && text[n - 1] == '.' &&
	       (inner == text + n - 1 || !strstr(text, ". "));
}

static bool
is_phrase(const char *text)
{
	size_t n = strlen(text);

	return n > 1 && n <= 60 && text[n - 1] != '.' &&
	       !(text[0] >= 'A' && text[0] <= 'Z' && text[1] >= 'a' && text[1] <= 'z');
}

static void
complain(bool holds, const struct op *op, const char *where, const char *text)
{
	if (!holds)
		printf("%s: %s: '%s'\n", op->name, where, text);
	CHECK(holds);
}

static const struct param *
row_named(const struct param *params, const char *name, size_t n)
{
	for (const struct param *p = params; p && p->name; p++)
		if (strlen(p->name) == n && strncmp(p->name, name, n) == 0)
			return p;
	return NULL;
}

/* A condition names another row and, if that is a choice, words it has. */
static bool
is_condition(const struct param *params, const struct param *p)
{
	size_t n = strcspn(p->when, "=");
	const struct param *other = row_named(params, p->when, n);
	struct text rest = { p->when + n + 1, strlen(p->when) - n - 1 };

	if (!other || other == p || !rest.size)
		return false;
	while (rest.size && other->kind == KIND_CHOICE) {
		struct text word = text_cut(&rest, '|');
		size_t i = 0;

		while (other->choices[i] && !text_is(word, other->choices[i]))
			i++;
		if (!other->choices[i])
			return false;
	}
	return true;
}

static void
check_params(const struct op *op, const struct param *params)
{
	for (const struct param *p = params; p && p->name; p++) {
		complain(row_named(params, p->name, strlen(p->name)) == p, op,
			 "a second param of the name", p->name);
		complain(p->label[0] && p->label[strlen(p->label) - 1] != '.', op,
			 "label", p->label);
		complain(is_phrase(p->help), op, "help of a param", p->help);
		complain(!p->when || is_condition(params, p), op, "when", p->name);
		complain(p->kind != KIND_CHOICE || p->choices, op, "choices", p->name);
		complain(p->kind != KIND_FLAG || p->preset, op, "preset of a flag",
			 p->name);
		complain((p->kind == KIND_LIST) == (p->rows && p->rows_size), op, "rows",
			 p->name);
		check_params(op, p->rows);
	}
}

/* What an entry says of itself is well said, and true. */
static void
check_entry(const struct op *op)
{
	const struct param *each =
		op->each_column
			? row_named(op->params, op->each_column, strlen(op->each_column))
			: NULL;
	const struct param *name = op->each_name ? row_named(op->params, op->each_name,
							     strlen(op->each_name))
						 : NULL;
	bool is_end = op->role != ROLE_TRANSFORM;

	complain(is_sentence(op->help), op, "help", op->help);
	complain(op->title[0] >= 'A' && op->title[0] <= 'Z', op, "title", op->title);
	complain(op->group && *op->group, op, "group", "");
	complain(op->examples || is_end || (op->flags & OP_CODE), op, "examples", "none");
	complain(!op->each_column || (each && each->kind == KIND_COLUMNS), op,
		 "each_column", op->each_column);
	complain(!op->each_name || (name && name->kind == KIND_NAME), op, "each_name",
		 op->each_name);
	complain(!op->params == !op->params_size, op, "params_size", "");
	complain(!op->start || (op->observe && op->merge && op->settle && op->discard),
		 op, "learning hooks", "");
	complain(!op->pour || (op->streams && op->index && op->open && op->close &&
			       op->forget),
		 op, "pouring hooks", "");
	complain(!op->pool == !op->drain && (!op->sift || op->sifted), op,
		 "sifting hooks", "");
	complain(!(op->each && op->apply), op, "each and apply", "");
	complain((op->role == ROLE_SOURCE) == (op->source != NULL), op, "source", "");
	complain((op->role == ROLE_DESTINATION) == (op->destination != NULL), op,
		 "destination", "");
	check_params(op, op->params);
}

/* What is wrong with an operator that is not known. */
static const struct {
	const char *id, *parameters;
	bool known;
	const char *wrong;
} cases[] = {
	{ "sagemaker.spark.telepathy_0.1", "{}", false,
	  "unknown operator 'sagemaker.spark.telepathy_0.1': this version does not have "
	  "it" },
	{ "sagemaker.dataset.identity_0.2", "{}", false,
	  "unknown operator 'sagemaker.dataset.identity_0.2'; did you mean "
	  "'sagemaker.dataset.identity_0.1'?" },
	{ "", "null", false, "unknown operator '': this version does not have it" },
	{ "sagemaker.spark.manage_columns_0.1", "{\"operator\": \"Rename\"}", true,
	  "operator: 'Rename' is not one of 'Rename column'" },
	{ "sagemaker.spark.manage_columns_0.1", "{}", true,
	  "operator: must be given, as one of 'Rename column'" },
	{ "sagemaker.spark.manage_columns_0.1", "{\"operator\": null}", true,
	  "operator: must be given, as one of 'Rename column'" },
	{ "sagemaker.spark.manage_columns_0.1", "{\"operator\": [1]}", true,
	  "operator: must be one of 'Rename column'" },
	{ "sagemaker.spark.manage_columns_0.1", "null", true,
	  "operator: must be given, as one of 'Rename column'" },
};

/* Operators come and go: the list of known words is looked at by its first. */
static void
check_wrong(size_t i)
{
	struct arena mem = { 0 };
	struct error err = { 0 };
	const struct json *json = json_parse(text_of(cases[i].parameters), &mem, &err);
	const char *list = strstr(cases[i].wrong, "'Rename column'");
	size_t head = list ? (size_t)(list - cases[i].wrong) : strlen(cases[i].wrong) + 1;
	bool known = !cases[i].known;

	CHECK(!op_match(cases[i].id, json, &known, &err));
	CHECK(known == cases[i].known);
	CHECK_TEXT(arena_text_n(&mem, err.text, strnlen(err.text, head)),
		   arena_text_n(&mem, cases[i].wrong, strnlen(cases[i].wrong, head)));
	CHECK(!list || strstr(err.text, list));
	arena_release(&mem);
}

int
main(void)
{
	for (const struct op *const *op = op_table; *op; op++) {
		check_found(*op);
		check_docs(*op);
		check_entry(*op);
	}
	for (size_t i = 0; i < COUNT(cases); i++)
		check_wrong(i);
	CHECK(!op_find("telepathy"));
	CHECK(op_table[0] != NULL);
	return check_report();
}
