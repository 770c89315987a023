/*
 * profile - what the columns of a table hold, from all rows.
 *
 * Texts are printed so that no terminal obeys them. What is an estimate is said to be:
 * a tilde in the table, a member of its own in JSON.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/date.h"
#include "base/number.h"
#include "cli/bar.h"
#include "cli/cli.h"
#include "cli/grid.h"
#include "cli/out.h"
#include "cli/run_options.h"
#include "run/profile.h"

enum { ALL, ROWS, INFER, ONLY_COUNT };
enum { TOP = 5 }; /* values that are printed */

static const char *const parts[] = { "all", "rows", "infer", "count", NULL };

struct profile_command {
	int only;
	size_t threads, memory;
	bool json;
};

static const struct option options[] = {
	OPTION_CHOICE(struct profile_command, only, 'o', "PART",
		      "rows: their number; infer: the types; count: also what is there",
		      parts),
	OPTION_COUNT(struct profile_command, threads, 't', "N",
		     "threads; one a processor if not given"),
	OPTION_SIZE(struct profile_command, memory, 0,
		    "bytes of data held at once; 70 % of what is free if not given"),
	OPTION_FLAG(struct profile_command, json, 'j', "print one JSON document"),
	{ 0 },
};

static const struct command_example examples[] = {
	{ "profile bookings.csv", "a line a column, as many figures as fit" },
	{ "profile bookings.csv.gz --json", "all of them, for programs" },
	{ "profile bookings.csv --only rows", "how many rows it has" },
	{ 0 },
};

/* Whole numbers, dates and texts as they are; other numbers to six digits in the table,
 * to all in JSON. */
_Static_assert((int)DATE_SIZE >= (int)NUMBER_SIZE, "a number fits where a date does");

static const char *
print_value(enum type type, const struct summary_value *value, struct arena *arena)
{
	char text[DATE_SIZE]; /* numbers are shorter */

	switch (type) {
	case TYPE_LONG:
		number_print_long(value->whole, text);
		break;
	case TYPE_FLOAT:
		return arena_print(arena, "%.6g", value->number);
	case TYPE_BOOL:
		return value->whole ? "true" : "false";
	case TYPE_DATE:
		date_print((int32_t)value->whole, text);
		break;
	case TYPE_DATETIME:
		datetime_print_sql(value->whole, text);
		break;
	default:
		return arena_text_n(arena, value->text.data, value->text.size);
	}
	return arena_text(arena, text);
}

static const struct json *
number_json(double x, struct arena *arena)
{
	if (isnan(x))
		return json_new_null();
	if (isinf(x))
		return json_new_string(x > 0 ? "Infinity" : "-Infinity", arena);
	return json_new_double(x, arena);
}

static const struct json *
value_json(enum type type, const struct summary_value *value, struct arena *arena)
{
	switch (type) {
	case TYPE_LONG:
		return json_new_long(value->whole, arena);
	case TYPE_FLOAT:
		return number_json(value->number, arena);
	case TYPE_BOOL:
		return json_new_bool(value->whole);
	case TYPE_STRING:
		return json_new_text(value->text, arena);
	default:
		return json_new_string(print_value(type, value, arena), arena);
	}
}

static const struct json *
with_count(const struct json *o, const char *key, uint64_t n, struct arena *arena)
{
	return json_with(o, key, json_new_long((int64_t)n, arena), arena);
}

/* The evidence for the type. */
static const struct json *
infer_json(const struct infer *infer, struct arena *arena)
{
	const struct json *o = json_new_object();

	o = with_count(o, "nulls", infer->nulls, arena);
	o = with_count(o, "numeric", infer->numeric, arena);
	o = with_count(o, "integer", infer->integer, arena);
	o = with_count(o, "huge", infer->huge, arena);
	o = with_count(o, "bool", infer->boolean, arena);
	o = with_count(o, "date", infer->date, arena);
	return with_count(o, "datetime", infer->datetime, arena);
}

static const struct json *
odd_json(const struct summary_result *r, struct arena *arena)
{
	const struct json *list[SUMMARY_ODD];

	for (size_t i = 0; i < r->n_odd; i++)
		list[i] = json_new_text(r->odd[i], arena);
	return json_new_list(list, r->n_odd, arena);
}

static const struct json *
top_json(const struct summary_result *r, struct arena *arena)
{
	const struct json *list[TOP];
	const size_t n = r->n_top < TOP ? r->n_top : TOP;

	for (size_t i = 0; i < n; i++) {
		const struct json *o = json_new_object();

		o = json_with(o, "value", value_json(r->type, &r->top[i].value, arena),
			      arena);
		list[i] = with_count(o, "count", r->top[i].count, arena);
	}
	return json_new_list(list, n, arena);
}

static const struct json *
figures_json(const struct json *o, const struct summary_result *r, struct arena *arena)
{
	const struct json *none = json_new_null();

	o = json_with(o, "misfit_examples", odd_json(r, arena), arena);
	o = with_count(o, "distinct", r->distinct, arena);
	o = json_with(o, "distinct_exact", json_new_bool(r->distinct_is_exact), arena);
	o = json_with(o, "min", r->count ? value_json(r->type, &r->min, arena) : none,
		      arena);
	o = json_with(o, "max", r->count ? value_json(r->type, &r->max, arena) : none,
		      arena);
	if ((r->type & TYPE_NUMERIC) && r->count) {
		o = json_with(o, "mean", number_json(r->mean, arena), arena);
		o = json_with(o, "sd", number_json(r->sd, arena), arena);
		o = json_with(o, "q25", number_json(r->q25, arena), arena);
		o = json_with(o, "median", number_json(r->median, arena), arena);
		o = json_with(o, "q75", number_json(r->q75, arena), arena);
		o = json_with(o, "quantiles_exact", json_new_bool(r->quantiles_are_exact),
			      arena);
	}
	return json_with(o, "top", r->distinct_is_exact ? top_json(r, arena) : none,
			 arena);
}

static const struct json *
column_json(const struct profile_column *column, int only, struct arena *arena)
{
	const struct summary_result *r = &column->found;
	const struct json *o = json_new_object();

	o = json_with(o, "name", json_new_string(column->name, arena), arena);
	o = json_with(o, "type", json_new_string(type_name(r->type), arena), arena);
	if (only == INFER)
		return json_with(o, "looks", infer_json(&r->infer, arena), arena);
	o = with_count(o, "count", r->count, arena);
	o = with_count(o, "missing", r->missing, arena);
	o = with_count(o, "misfits", r->misfits, arena);
	return only == ALL ? figures_json(o, r, arena) : o;
}

static bool
print_json(const struct profile *profile, int only, struct arena *arena,
	   struct error *err)
{
	const struct json **columns =
		ARENA_ARRAY(arena, profile->n + 1, const struct json *);
	const struct json *o =
		with_count(json_new_object(), "rows", profile->rows, arena);

	for (size_t i = 0; i < profile->n; i++)
		columns[i] = column_json(&profile->columns[i], only, arena);
	return out_json(
		json_with(o, "columns", json_new_list(columns, profile->n, arena), arena),
		err);
}

/* The table's columns, the more important ones first. */
static const struct figure {
	const char *name;
	bool is_number; /* stands to the right */
	bool few;       /* also if only what is there is counted */
} figures[] = {
	{ "column", false, true }, { "type", false, true },
	{ "count", true, true },   { "missing", true, true },
	{ "misfits", true, true }, { "distinct", true, false },
	{ "min", true, false },    { "median", true, false },
	{ "max", true, false },    { "mean", true, false },
	{ "sd", true, false },     { "q25", true, false },
	{ "q75", true, false },    { "most frequent", false, false },
};

static const char *
print_count(uint64_t n, struct arena *arena)
{
	return arena_print(arena, "%llu", (unsigned long long)n);
}

static const char *
print_number(double x, bool exact, struct arena *arena)
{
	return isnan(x) ? NULL : arena_print(arena, "%s%.6g", exact ? "" : "~", x);
}

static const char *
print_top(const struct summary_result *r, struct arena *arena)
{
	if (r->n_top == 0)
		return NULL;
	return arena_print(arena, "%s (%llu)",
			   print_value(r->type, &r->top[0].value, arena),
			   (unsigned long long)r->top[0].count);
}

/* NULL: there is none. */
static const char *
print_figure(const struct profile_column *column, size_t figure, struct arena *arena)
{
	const struct summary_result *r = &column->found;
	const bool number = (r->type & TYPE_NUMERIC) && r->count;
	const bool near = !r->quantiles_are_exact;

	switch (figure) {
	case 0:
		return column->name;
	case 1:
		return type_name(r->type);
	case 2:
		return print_count(r->count, arena);
	case 3:
		return print_count(r->missing, arena);
	case 4:
		return print_count(r->misfits, arena);
	case 5:
		return arena_print(arena, "%s%llu", r->distinct_is_exact ? "" : "~",
				   (unsigned long long)r->distinct);
	case 6:
		return r->count ? print_value(r->type, &r->min, arena) : NULL;
	case 7:
		return number ? print_number(r->median, !near, arena) : NULL;
	case 8:
		return r->count ? print_value(r->type, &r->max, arena) : NULL;
	case 9:
		return number ? print_number(r->mean, true, arena) : NULL;
	case 10:
		return number ? print_number(r->sd, true, arena) : NULL;
	case 11:
		return number ? print_number(r->q25, !near, arena) : NULL;
	case 12:
		return number ? print_number(r->q75, !near, arena) : NULL;
	default:
		return print_top(r, arena);
	}
}

static struct column *
make_column(const struct profile *profile, size_t figure, struct arena *arena,
	    struct error *err)
{
	struct build b;

	build_start(&b, TYPE_STRING, profile->n);
	for (size_t i = 0; i < profile->n; i++) {
		const char *text = print_figure(&profile->columns[i], figure, arena);

		if (text)
			build_text(&b, text_of(text));
		else
			build_null(&b);
	}
	return build_end(&b, err);
}

static bool
is_shown(size_t figure, int only)
{
	return only == ALL || (only == INFER ? figure < 2 : figures[figure].few);
}

static bool
print_table(const struct profile *profile, int only, struct arena *arena,
	    struct error *err)
{
	struct schema schema = { 0 };
	struct batch *batch = batch_new(COUNT(figures), profile->n, err);
	bool ok = batch != NULL;

	for (size_t f = 0; ok && f < COUNT(figures); f++) {
		struct column *column;

		if (!is_shown(f, only))
			continue;
		column = make_column(profile, f, arena, err);
		ok = column != NULL;
		if (ok)
			batch_take(batch, schema.n, column);
		schema_add(&schema, figures[f].name,
			   figures[f].is_number ? TYPE_LONG : TYPE_STRING, arena);
	}
	ok = ok && grid_print_texts(stdout, &schema, batch, out_width(), err);
	if (ok)
		printf("%llu row%s\n", (unsigned long long)profile->rows,
		       text_plural(profile->rows));
	batch_free(batch);
	return ok;
}

static void
warn_misfits(const struct profile *profile, int only, struct arena *arena)
{
	for (size_t i = 0; i < profile->n; i++) {
		const struct summary_result *r = &profile->columns[i].found;
		const char *shown = "";

		if (only != ALL || r->misfits == 0)
			continue;
		for (size_t k = 0; k < r->n_odd; k++)
			shown = arena_print(arena, "%s%s'%.*s'", shown, k ? ", " : "",
					    TEXT_ARG(r->odd[k]));
		fprintf(stderr, "note: ");
		out_text(stderr, text_of(profile->columns[i].name));
		fprintf(stderr,
			": %llu value%s not fit %s: ", (unsigned long long)r->misfits,
			r->misfits == 1 ? " does" : "s do", type_name(r->type));
		out_text(stderr, text_of(shown));
		fputs(r->misfits > r->n_odd ? ", ...\n" : "\n", stderr);
	}
}

static bool
profile_columns(const char *path, const struct invocation *in, struct error *err)
{
	static const enum summary_level levels[] = { SUMMARY_ALL, SUMMARY_ALL,
						     SUMMARY_TYPE, SUMMARY_COUNT };
	const struct profile_command *command = in->options;
	struct profile_options settings = { .level = levels[command->only],
					    .threads = command->threads,
					    .cancel = in->cancel };
	struct run_options told = { 0 };
	struct profile profile;
	struct bar bar;
	bool ok;

	bar_start(&bar, BAR_AUTO, &told);
	settings.progress = told.progress;
	settings.progress_context = told.progress_context;
	ok = profile_file(path, &settings, &profile, err);
	bar_end(&bar);
	if (!ok)
		return false;
	ok = command->json ? print_json(&profile, command->only, in->arena, err)
			   : print_table(&profile, command->only, in->arena, err);
	if (ok && !command->json)
		warn_misfits(&profile, command->only, in->arena);
	out_warnings(&profile.warnings);
	profile_release(&profile);
	return ok;
}

static bool
count_rows(const char *path, const struct invocation *in, struct error *err)
{
	const struct profile_command *command = in->options;
	const struct profile_options settings = { .threads = command->threads,
						  .cancel = in->cancel };
	uint64_t rows;

	if (!profile_rows(path, &settings, &rows, err))
		return false;
	if (command->json)
		return out_json(with_count(json_new_object(), "rows", rows, in->arena),
				err);
	printf("%llu\n", (unsigned long long)rows);
	return true;
}

static int
run(const struct invocation *in, struct error *err)
{
	const struct profile_command *command = in->options;
	const char *path = in->args->at[0];

	run_options_memory(command->memory);
	if (!(command->only == ROWS ? count_rows(path, in, err)
				    : profile_columns(path, in, err)))
		return STATUS_FAILED;
	return STATUS_DONE;
}

const struct command cmd_profile = {
	.name = "profile",
	.args = "FILE",
	.least = 1,
	.most = 1,
	.help = "types and figures of a table's columns, from all rows",
	.about =
		"A column's type is what most of its values are, as a flow finds it, but "
		"from all rows. count: values of that type; missing: null, blank, NaN, "
		"and what begins as NULL does in columns that are no strings; misfits: "
		"texts that are no value of the type. distinct: different values, an "
		"estimate (~, in JSON distinct_exact is false) where there are too many "
		"to hold: HyperLogLog, a standard error of 0.8 %; then quantiles are "
		"within 0.05 % of the value (quantiles_exact), and top, the most "
		"frequent "
		"values, is null. q25, median, q75: the value at rank q * count. sd: of "
		"the sample. JSON has rows and columns, a list of objects with these "
		"names; "
		"with infer: looks, how many values look like what.",
	.options = options,
	.options_size = sizeof(struct profile_command),
	.examples = examples,
	.run = run,
};
