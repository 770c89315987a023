/*
 * param - the table of kinds, and settings as a user types them.
 *
 * What is not given is told apart from every value: NaN for a number,
 * PARAM_NO_INTEGER, choice -1, type 0, an empty text or list. A flag is always given.
 */
#include "op/param.h"

#include <math.h>
#include <string.h>

#include "base/number.h"
#include "op/param_kind.h"
#include "op/param_text.h"

/* Flags. */

static void
flag_clear(void *field)
{
	*(bool *)field = false;
}

static bool
flag_given(const void *field)
{
	(void)field;
	return true;
}

static bool
flag_parse(const struct param *p, void *field, const char *value, struct arena *arena,
	   struct error *err)
{
	static const char *const words[] = { "false", "true", "no", "yes", "0", "1" };
	struct text t = text_trim(text_of(value));

	(void)arena;
	for (size_t i = 0; i < COUNT(words); i++)
		if (text_is_nocase(t, words[i])) {
			*(bool *)field = i % 2;
			return true;
		}
	return fail(err, "%s: '%s' is not true or false", p->name, value);
}

static const char *
flag_print(const struct param *p, const void *field, struct arena *arena)
{
	(void)p, (void)arena;
	return *(const bool *)field ? "true" : "false";
}

/* Numbers. */

static void
integer_clear(void *field)
{
	*(int64_t *)field = PARAM_NO_INTEGER;
}

static bool
integer_given(const void *field)
{
	return *(const int64_t *)field != PARAM_NO_INTEGER;
}

/* "4.0" is whole as well: flow files are written by JavaScript and Python alike. */
static bool
integer_parse(const struct param *p, void *field, const char *value, struct arena *arena,
	      struct error *err)
{
	const double bound = 9223372036854775808.0;
	struct text t = text_trim(text_of(value));
	int64_t *out = field;
	double x;

	(void)arena;
	if (number_parse_long(t, out) && *out != PARAM_NO_INTEGER)
		return true;
	if (!number_parse_float(t, &x) || isnan(x) || (isfinite(x) && x != trunc(x)))
		return fail(err, "%s: '%s' is not a whole number", p->name, value);
	if (x >= bound || x <= -bound)
		return fail(err, "%s: '%s' is beyond whole numbers of 64 bits", p->name,
			    value);
	*out = (int64_t)x;
	return true;
}

static const char *
integer_print(const struct param *p, const void *field, struct arena *arena)
{
	char text[NUMBER_SIZE];

	(void)p;
	if (!integer_given(field))
		return "";
	number_print_long(*(const int64_t *)field, text);
	return arena_text(arena, text);
}

static void
number_clear(void *field)
{
	*(double *)field = NAN;
}

static bool
number_given(const void *field)
{
	return !isnan(*(const double *)field);
}

/* An infinite preset means "no bound"; nobody else may say so. */
static bool
number_parse(const struct param *p, void *field, const char *value, struct arena *arena,
	     struct error *err)
{
	bool is_preset = p->preset && strcmp(value, p->preset) == 0;
	double x;

	(void)arena;
	if (!number_parse_float(text_trim(text_of(value)), &x))
		return fail(err, "%s: '%s' is not a number", p->name, value);
	if (!isfinite(x) && !is_preset)
		return fail(err, "%s: '%s' is not a finite number", p->name, value);
	*(double *)field = x;
	return true;
}

static const char *
number_print(const struct param *p, const void *field, struct arena *arena)
{
	double x = *(const double *)field;
	char text[NUMBER_SIZE];

	(void)p;
	if (isnan(x))
		return "";
	if (isinf(x))
		return x > 0 ? "inf" : "-inf";
	number_print_js(x, text);
	return arena_text(arena, text);
}

/* All that is text in C. */

static void
text_clear(void *field)
{
	*(const char **)field = "";
}

static bool
text_given(const void *field)
{
	const char *text = *(const char *const *)field;

	return text && *text;
}

static bool
text_parse(const struct param *p, void *field, const char *value, struct arena *arena,
	   struct error *err)
{
	(void)p, (void)err;
	*(const char **)field = arena_text(arena, value);
	return true;
}

static const char *
text_print(const struct param *p, const void *field, struct arena *arena)
{
	(void)p, (void)arena;
	return text_given(field) ? *(const char *const *)field : "";
}

/* Words. */

static void
choice_clear(void *field)
{
	*(int *)field = -1;
}

static bool
choice_given(const void *field)
{
	return *(const int *)field >= 0;
}

static bool
choice_parse(const struct param *p, void *field, const char *value, struct arena *arena,
	     struct error *err)
{
	for (int i = 0; p->choices[i]; i++)
		if (strcmp(p->choices[i], value) == 0) {
			*(int *)field = i;
			return true;
		}
	for (int i = 0; p->choices[i]; i++)
		if (text_is_nocase(text_of(value), p->choices[i])) {
			*(int *)field = i;
			return true;
		}
	return fail(err, "%s: '%s' is not one of %s", p->name, value,
		    words_quoted(p->choices, arena));
}

static const char *
choice_print(const struct param *p, const void *field, struct arena *arena)
{
	(void)arena;
	return choice_given(field) ? p->choices[*(const int *)field] : "";
}

static void
type_clear(void *field)
{
	*(enum type *)field = 0;
}

static bool
type_given(const void *field)
{
	return *(const enum type *)field != 0;
}

static bool
type_parse(const struct param *p, void *field, const char *value, struct arena *arena,
	   struct error *err)
{
	unsigned accepts = p->accepts ? p->accepts : TYPE_ANY;
	enum type type;
	char known[80];

	(void)arena;
	if (type_find(value, &type) && (type & accepts)) {
		*(enum type *)field = type;
		return true;
	}
	type_mask_print(accepts, known);
	return fail(err, "%s: '%s' is not a type; it may be %s", p->name, value, known);
}

static const char *
type_print(const struct param *p, const void *field, struct arena *arena)
{
	(void)p, (void)arena;
	return type_given(field) ? type_name(*(const enum type *)field) : "";
}

/* Lists. */

static void
columns_clear(void *field)
{
	*(struct names *)field = (struct names){ 0 };
}

static bool
columns_given(const void *field)
{
	return ((const struct names *)field)->n > 0;
}

static bool
columns_parse(const struct param *p, void *field, const char *value, struct arena *arena,
	      struct error *err)
{
	(void)p, (void)err;
	*(struct names *)field = list_split(value, ',', arena);
	return true;
}

static const char *
columns_print(const struct param *p, const void *field, struct arena *arena)
{
	(void)p;
	return list_join(field, ",", arena);
}

static void
list_clear(void *field)
{
	*(struct list *)field = (struct list){ 0 };
}

static bool
list_given(const void *field)
{
	return ((const struct list *)field)->n > 0;
}

/* "a:Ascending" into a row: values in the order of the row's table. */
static bool
row_parse(const struct param *rows, void *row, const char *value, struct arena *arena,
	  struct error *err)
{
	struct names values = list_split(value, ':', arena);
	size_t i = 0;

	if (!param_preset(rows, row, arena, err))
		return false;
	for (; rows[i].name && i < values.n; i++)
		if (!param_parse(&rows[i], param_field(&rows[i], row), values.at[i],
				 arena, err))
			return false;
	if (i < values.n)
		return fail(err, "'%s' has %zu values, but a row has %zu", value,
			    values.n, i);
	return true;
}

static bool
list_parse(const struct param *p, void *field, const char *value, struct arena *arena,
	   struct error *err)
{
	struct names rows = list_split_raw(value, ',', arena);
	struct list list = { rows.n, arena_array(arena, rows.n, p->rows_size) };

	for (size_t i = 0; i < rows.n; i++)
		if (!row_parse(p->rows, list_row(p, &list, i), rows.at[i], arena, err))
			return fail_in(err, "%s[%zu].", p->name, i);
	*(struct list *)field = list;
	return true;
}

static const char *
list_print(const struct param *p, const void *field, struct arena *arena)
{
	const struct list *list = field;
	struct names rows = { 0 };

	for (size_t i = 0; i < list->n; i++) {
		struct names values = { 0 };

		for (const struct param *r = p->rows; r->name; r++)
			names_add(&values, param_print(r, list_row(p, list, i), arena),
				  arena);
		names_add(&rows, list_join(&values, ":,", arena), arena);
	}
	return list_join_raw(&rows, ',', arena);
}

/* The table. */

#define TEXTS       TAKES(JSON_STRING)
#define NUMBERS     (TAKES(JSON_STRING) | TAKES(JSON_NUMBER))
#define ALL_SCALARS (NUMBERS | TAKES(JSON_FALSE) | TAKES(JSON_TRUE))

#define TEXT_KIND(n, w, takes, read, guess)                                          \
	{                                                                            \
		n, w, "string", takes, sizeof(const char *), text_clear, text_given, \
			text_parse, text_print, read, write_text, code_text, guess   \
	}

static const struct kind kinds[] = {
	[KIND_NONE] = { .name = "none" },
	[KIND_FLAG] = { "flag", "true or false", "boolean", ALL_SCALARS, sizeof(bool),
			flag_clear, flag_given, flag_parse, flag_print, read_scalar,
			write_flag, code_flag, guess_flag },
	[KIND_INTEGER] = { "integer", "a whole number", "integer", NUMBERS,
			   sizeof(int64_t), integer_clear, integer_given, integer_parse,
			   integer_print, read_scalar, write_number, code_number,
			   guess_integer },
	[KIND_NUMBER] = { "number", "a number", "number", NUMBERS, sizeof(double),
			  number_clear, number_given, number_parse, number_print,
			  read_scalar, write_number, code_number, guess_number },
	[KIND_TEXT] = TEXT_KIND("text", "a text", ALL_SCALARS, read_scalar, guess_text),
	[KIND_CODE] = TEXT_KIND("code", "a text", TEXTS, read_scalar, guess_text),
	[KIND_CHOICE] = { "choice", "a word", "string", ALL_SCALARS, sizeof(int),
			  choice_clear, choice_given, choice_parse, choice_print,
			  read_scalar, write_word, code_text, guess_choice },
	[KIND_COLUMN] = TEXT_KIND("column", "the name of a column", TEXTS, read_column,
				  guess_column),
	[KIND_COLUMNS] = { "columns", "the name of a column or a list of them", "array",
			   TEXTS, sizeof(struct names), columns_clear, columns_given,
			   columns_parse, columns_print, read_columns, write_columns,
			   code_columns, guess_columns },
	[KIND_NAME] =
		TEXT_KIND("name", "a name for a column", TEXTS, read_column, guess_name),
	[KIND_TYPE] = { "type", "a type", "string", TEXTS, sizeof(enum type), type_clear,
			type_given, type_parse, type_print, read_scalar, write_word,
			code_text, guess_type },
	[KIND_PATTERN] = TEXT_KIND("pattern", "a regular expression", NUMBERS,
				   read_scalar, guess_text),
	[KIND_EXPRESSION] =
		TEXT_KIND("expression", "a formula", NUMBERS, read_scalar, guess_formula),
	[KIND_FORMAT] =
		TEXT_KIND("format", "a date format", TEXTS, read_scalar, guess_text),
	[KIND_PATH] = TEXT_KIND("path", "a path", TEXTS, read_scalar, guess_text),
	[KIND_LIST] = { "list", "a list of objects", "array", 0, sizeof(struct list),
			list_clear, list_given, list_parse, list_print, read_list,
			write_list, code_list, guess_list },
};

const struct kind *
kind_of(const struct param *p)
{
	return &kinds[p->kind];
}

const char *
param_kind_name(enum param_kind kind)
{
	return kinds[kind].name;
}

bool
param_parse(const struct param *p, void *field, const char *value, struct arena *arena,
	    struct error *err)
{
	if (!*value && p->preset && !*p->preset) {
		kind_of(p)->clear(field);
		return true;
	}
	return kind_of(p)->parse(p, field, value, arena, err);
}

bool
param_preset_one(const struct param *p, void *field, struct arena *arena,
		 struct error *err)
{
	kind_of(p)->clear(field);
	return !p->preset || param_parse(p, field, p->preset, arena, err);
}

bool
param_preset(const struct param *params, void *fields, struct arena *arena,
	     struct error *err)
{
	for (const struct param *p = params; p && p->name; p++)
		if (!param_preset_one(p, param_field(p, fields), arena, err))
			return false;
	return true;
}

static const struct param *
row_named(const struct param *params, struct text name)
{
	for (const struct param *p = params; p && p->name; p++)
		if (text_is(name, p->name))
			return p;
	return NULL;
}

static bool
unknown(const struct param *params, const char *name, struct arena *arena,
	struct error *err)
{
	struct names known = { 0 };
	const char *nearest;

	for (const struct param *p = params; p && p->name; p++)
		names_add(&known, p->name, arena);
	if (known.n == 0)
		return fail(err, "no parameter '%s': there is nothing to set", name);
	names_add(&known, "", arena);
	known.at[known.n - 1] = NULL;
	nearest = text_nearest(name, known.at);
	if (nearest)
		return fail(err, "no parameter '%s'; did you mean '%s'?", name, nearest);
	return fail(err, "no parameter '%s'", name);
}

/* A preset may lie outside: it then means that there is no such bound. */
static bool
within(const struct param *p, const void *field, struct arena *arena, struct error *err)
{
	const char *text = param_print(p, (const char *)field - p->offset, arena);
	char bound[NUMBER_SIZE];
	double x;

	if (!kind_of(p)->given(field) || (p->preset && strcmp(text, p->preset) == 0))
		return true;
	x = p->kind == KIND_INTEGER ? (double)*(const int64_t *)field
				    : *(const double *)field;
	if (p->has_min && x < p->min) {
		number_print_js(p->min, bound);
		return fail(err, "%s: %s is below %s, the smallest allowed", p->name,
			    text, bound);
	}
	if (p->has_max && x > p->max) {
		number_print_js(p->max, bound);
		return fail(err, "%s: %s is above %s, the largest allowed", p->name, text,
			    bound);
	}
	return true;
}

static bool
in_bounds(const struct param *p, const void *fields, struct arena *arena,
	  struct error *err)
{
	return (p->kind != KIND_INTEGER && p->kind != KIND_NUMBER) ||
	       within(p, param_field_of(p, fields), arena, err);
}

bool
param_set(const struct param *params, void *fields, const char *setting,
	  struct arena *arena, struct error *err)
{
	size_t n = strcspn(setting, "=");
	const struct param *p = row_named(params, (struct text){ setting, n });

	if (!p)
		return unknown(params, arena_text_n(arena, setting, n), arena, err);
	if (!setting[n])
		return fail(err, "'%s' has no value; write %s=VALUE", setting, setting);
	return param_parse(p, param_field(p, fields), setting + n + 1, arena, err) &&
	       in_bounds(p, fields, arena, err);
}

const char *
param_print(const struct param *param, const void *fields, struct arena *arena)
{
	return kind_of(param)->print(param, param_field_of(param, fields), arena);
}

/* word is one of "a|b|c". */
static bool
is_among(const char *word, const char *list)
{
	struct text rest = text_of(list);

	while (rest.size)
		if (text_is(text_cut(&rest, '|'), word))
			return true;
	return false;
}

size_t
param_count(const struct param *params)
{
	size_t n = 0;

	while (params && params[n].name)
		n++;
	return n;
}

bool
param_is_used(const struct param *params, const struct param *param, const void *fields)
{
	struct arena mem = { 0 };
	const struct param *other;
	struct text name;
	size_t n;
	bool used;

	if (!param->when)
		return true;
	n = strcspn(param->when, "=");
	name = (struct text){ param->when, n };
	other = row_named(params, name);
	used = other && is_among(param_print(other, fields, &mem), param->when + n + 1) &&
	       param_is_used(params, other, fields);
	arena_release(&mem);
	return used;
}

static bool
check_rows(const struct param *p, const struct list *list, struct error *err)
{
	for (size_t i = 0; i < list->n; i++)
		if (!param_check(p->rows, list_row(p, list, i), err))
			return fail_in(err, "%s[%zu].", p->name, i);
	return true;
}

static bool
check_one(const struct param *p, const void *fields, struct arena *arena,
	  struct error *err)
{
	const void *field = param_field_of(p, fields);
	bool given = kind_of(p)->given(field);

	if (!given && !p->preset)
		return fail(err, "%s: must be given (%s)", p->name, p->help);
	if (given && p->kind == KIND_NAME &&
	    text_is_blank(text_of(*(const char *const *)field)))
		return fail(err, "%s: '%s' is blank; a column needs a name", p->name,
			    *(const char *const *)field);
	if (p->kind == KIND_LIST)
		return check_rows(p, field, err);
	return in_bounds(p, fields, arena, err);
}

bool
param_check(const struct param *params, const void *fields, struct error *err)
{
	struct arena mem = { 0 };
	bool fine = true;

	for (const struct param *p = params; fine && p && p->name; p++)
		fine = !param_is_used(params, p, fields) ||
		       check_one(p, fields, &mem, err);
	arena_release(&mem);
	return fine;
}
