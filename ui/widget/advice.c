/*
 * advice - rules, each a look at the figures; the gravest come first.
 */
#include "widget/advice.h"

#include <math.h>
#include <stdlib.h>

#include "op/op.h"
#include "widget/figure.h"
#include "widget/quote.h"

enum {
	FEW_LABELS = 12,
	ID_ROWS = 50,
	SPREAD = 10,     /* different numbers that have a middle and tails */
	RARE = 10,       /* rows of a rare label, at most */
	MANY_ROWS = 500, /* fewer, and everything is rare */
};

static const double RARE_SHARE = 0.005; /* or this share of the rows, if it is more */
static const double FENCE = 1.5, FAR_FENCE = 3, SKEWED = 0.7, MOSTLY = 0.5;

const char *const severity_names[] = { "note", "LOW", "MED", "HIGH", NULL };

/* Column and advices at hand. */
struct rules {
	const char *name;
	enum type type;
	const struct summary_result *found;
	struct arena *arena;
	struct advice *out;
	size_t n;
};

static struct advice *
add(struct rules *r, enum severity severity, const char *what, const char *cure,
    const char *op)
{
	static struct advice overflow;
	struct advice *a = r->n < ADVICE_MOST ? &r->out[r->n++] : &overflow;

	*a = (struct advice){
		.severity = severity, .what = what, .cure = cure, .op = op
	};
	return a;
}

static void
set(struct rules *r, struct advice *a, const char *param, const char *value)
{
	if (a->n < ADVICE_SETTINGS)
		a->settings[a->n++] = arena_print(r->arena, "%s=%s", param, value);
}

/* A setting that is a list of the column alone. */
static void
set_columns(struct rules *r, struct advice *a, const char *param)
{
	set(r, a, param, quote_list(&r->name, 1, r->arena));
}

static const char *
percent(struct rules *r, uint64_t part)
{
	char text[FIGURE_SIZE];

	figure_percent(part, r->found->rows, text);
	return arena_text(r->arena, text);
}

static void
drop(struct rules *r, enum severity severity, const char *what)
{
	set_columns(r, add(r, severity, what, "drop the column", "drop_column"),
		    "column_to_drop");
}

/* Nothing in it, the same in all rows, or nearly nothing. */
static bool
is_useless(struct rules *r)
{
	const struct summary_result *f = r->found;

	if (!f->count && !f->misfits)
		drop(r, SEVERITY_MEDIUM, "every value is missing");
	else if (figure_is_constant(f))
		drop(r, SEVERITY_LOW, "the same value in every row");
	else
		return false;
	return true;
}

static void
look_missing(struct rules *r)
{
	const struct summary_result *f = r->found;
	struct advice *a;
	const char *what;

	if (!f->missing)
		return;
	what = arena_print(r->arena, "%s missing", percent(r, f->missing));
	if ((double)f->missing > MOSTLY * (double)f->rows) {
		drop(r, SEVERITY_MEDIUM, what);
	} else if (r->type & TYPE_NUMERIC) {
		a = add(r, SEVERITY_LOW, what, "fill in the median", "impute_numeric");
		set_columns(r, a, "input_column");
	} else if (r->type & (TYPE_STRING | TYPE_TEMPORAL)) {
		a = add(r, SEVERITY_LOW, what, "fill in the most frequent value",
			"impute_categorical");
		set_columns(r, a, "input_column");
	} else {
		a = add(r, SEVERITY_LOW, what, "drop those rows", "drop_missing");
		set_columns(r, a, "input_column");
	}
}

/* Words that people write where nothing is known. */
static bool
means_missing(struct text t)
{
	static const char *const words[] = { "null", "na", "n/a", "nan",  "none",
					     "nil",  "?",  "-",   "#n/a", "--",
					     "\\n",  ".",  NULL };

	t = text_trim(t);
	for (size_t i = 0; words[i]; i++)
		if (text_is_nocase(t, words[i]))
			return true;
	return false;
}

static void
look_null_words(struct rules *r)
{
	for (size_t i = 0; r->type == TYPE_STRING && i < r->found->n_top; i++) {
		const struct summary_top *top = &r->found->top[i];
		struct advice *a;

		if (r->found->type != TYPE_STRING || !means_missing(top->value.text))
			continue;
		a = add(r, SEVERITY_MEDIUM,
			arena_print(r->arena, "%s is the text \"%.*s\"",
				    percent(r, top->count), TEXT_ARG(top->value.text)),
			"treat it as missing", "treat_missing");
		set(r, a, "input_column", quote_list(&r->name, 1, r->arena));
		set(r, a, "value",
		    arena_text_n(r->arena, top->value.text.data, top->value.text.size));
	}
}

/* A text column whose values look like something else. */
static void
look_type(struct rules *r)
{
	const enum type likely = infer_type(&r->found->infer);
	const char *what;
	struct advice *a;

	if (r->type != TYPE_STRING || likely == TYPE_STRING || !r->found->infer.n)
		return;
	what = likely & TYPE_NUMERIC    ? "numbers as text"
	       : likely & TYPE_TEMPORAL ? "dates as text"
					: "true and false as text";
	a = add(r, SEVERITY_MEDIUM, what,
		arena_print(r->arena, "make it %s", type_name(likely)),
		"cast_single_data_type");
	set(r, a, "column", r->name);
	set(r, a, "original_data_type", type_name(r->type));
	set(r, a, "data_type", type_name(likely));
}

static double
number_of(const struct summary_result *f, const struct summary_value *value)
{
	return f->type == TYPE_LONG ? (double)value->whole : value->number;
}

static const char *
short_number(struct rules *r, double x)
{
	char text[FIGURE_SIZE];

	figure_number(x, text);
	return arena_text(r->arena, text);
}

static void
look_outliers(struct rules *r)
{
	const struct summary_result *f = r->found;
	const double low = number_of(f, &f->min), high = number_of(f, &f->max);
	const double spread = f->q75 - f->q25;
	const bool over = high > f->q75 + FAR_FENCE * spread;
	const bool under = low < f->q25 - FAR_FENCE * spread;
	const double least = under ? f->q25 - FENCE * spread : low;
	const double most = over ? f->q75 + FENCE * spread : high;
	struct advice *a;

	if (!(spread > 0) || !(over || under) || !isfinite(low) || !isfinite(high))
		return;
	a = add(r, SEVERITY_NOTE,
		arena_print(r->arena, "far from the middle: %s",
			    short_number(r, over ? high : low)),
		over && under ? arena_print(r->arena, "clip to %s … %s",
					    short_number(r, least), short_number(r, most))
		: over        ? arena_print(r->arena, "clip > %s", short_number(r, most))
		       : arena_print(r->arena, "clip < %s", short_number(r, least)),
		"min_max_outliers");
	set_columns(r, a, "input_column");
	set(r, a, "lower_threshold", arena_print(r->arena, "%.15g", least));
	set(r, a, "upper_threshold", arena_print(r->arena, "%.15g", most));
}

/* Pearson's second measure: how far the mean is from the median, in thirds of sd. */
static void
look_skew(struct rules *r)
{
	const struct summary_result *f = r->found;
	const double skew = 3 * (f->mean - f->median) / f->sd;
	struct advice *a;

	if (!(f->sd > 0) || !(skew > SKEWED) || number_of(f, &f->min) < 0)
		return;
	a = add(r, SEVERITY_NOTE, "a long tail to the right", "take the logarithm",
		"custom_formula");
	set(r, a, "formula",
	    arena_print(r->arena, "ln(1 + %s)", quote_name(r->name, r->arena)));
	set(r, a, "output_column", arena_print(r->arena, "%s_log", r->name));
}

static char
lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool
is_same_nocase(struct text a, struct text b)
{
	if (a.size != b.size)
		return false;
	for (size_t i = 0; i < a.size; i++)
		if (lower(a.data[i]) != lower(b.data[i]))
			return false;
	return true;
}

/* Two of the frequent values that only case or blanks tell apart. */
static void
look_near(struct rules *r)
{
	const struct summary_result *f = r->found;
	struct advice *a;

	for (size_t i = 0; i < f->n_top; i++)
		for (size_t k = i + 1; k < f->n_top; k++) {
			const struct text x = f->top[i].value.text;
			const struct text y = f->top[k].value.text;
			const bool by_case = is_same_nocase(x, y);

			if (!by_case && !is_same_nocase(text_trim(x), text_trim(y)))
				continue;
			a = add(r, SEVERITY_MEDIUM,
				arena_print(r->arena, "\"%.*s\" and \"%.*s\"",
					    TEXT_ARG(x), TEXT_ARG(y)),
				by_case ? "write all in lower case" : "strip the blanks",
				by_case ? "lower_case" : "strip_left_right");
			set_columns(r, a, "input_column");
			return;
		}
}

static void
look_labels(struct rules *r)
{
	const struct summary_result *f = r->found;
	char labels[FIGURE_SIZE];
	struct advice *a;

	figure_count(f->distinct, labels);
	if (f->distinct >= f->count - f->count / 50 && f->count >= ID_ROWS) {
		drop(r, SEVERITY_NOTE,
		     "nearly every value is another: an id, or free text");
	} else if (f->distinct > 1 && f->distinct <= FEW_LABELS) {
		a = add(r, SEVERITY_NOTE, arena_print(r->arena, "%s labels", labels),
			"a column for each label", "one_hot_encode");
		set_columns(r, a, "input_column");
		set(r, a, "output_style", "Columns");
	} else if (figure_is_category(f)) {
		a = add(r, SEVERITY_NOTE, arena_print(r->arena, "%s labels", labels),
			"a number for each label", "ordinal_encode");
		set_columns(r, a, "input_column");
		set(r, a, "invalid_handling_strategy", "Keep");
	}
}

static const char merged[] = "other";

/* It is what was merged before. */
static bool
is_merged(const struct summary_result *f, size_t n_common)
{
	return f->distinct == n_common + 1 &&
	       text_is_nocase(f->top[n_common].value.text, merged);
}

/* "Complementary" 78 rows; several: how many, where, and their rows together. */
static const char *
rare_text(struct rules *r, size_t n_common, uint64_t rows)
{
	const struct summary_result *f = r->found;
	char labels[FIGURE_SIZE], count[FIGURE_SIZE];

	figure_count(rows, count);
	if (f->distinct == n_common + 1)
		return arena_print(r->arena, "\"%.*s\" %s row%s",
				   TEXT_ARG(f->top[n_common].value.text), count,
				   text_plural(rows));
	figure_count(f->distinct - n_common, labels);
	return arena_print(r->arena, "%s rare labels in %s, %s rows", labels, r->name,
			   count);
}

/* Labels that make a column of next to nothing. Nulls that are as rare would become a
 * text with them: then nothing is said. */
static void
look_rare(struct rules *r)
{
	const struct summary_result *f = r->found;
	const double share = RARE_SHARE * (double)f->rows;
	const uint64_t most = share > RARE ? (uint64_t)share : RARE;
	uint64_t rows = f->count;
	struct advice *a;
	size_t n = 0;

	while (n < f->n_top && f->top[n].count > most)
		rows -= f->top[n++].count;
	if (r->type != TYPE_STRING || f->type != TYPE_STRING || f->rows < MANY_ROWS ||
	    !n || n == f->n_top || (f->missing && f->missing <= most) || is_merged(f, n))
		return;
	a = add(r, SEVERITY_LOW, rare_text(r, n, rows),
		arena_print(r->arena, "merge into \"%s\"", merged), "replace_rare");
	set_columns(r, a, "input_column");
	set(r, a, "replacement_string", merged);
	set(r, a, "absolute_threshold", arena_print(r->arena, "%d", RARE));
	set(r, a, "fraction_threshold", arena_print(r->arena, "%g", RARE_SHARE));
}

size_t
advice_before(const struct op *op, const char *name, enum type type,
	      const struct summary_result *found, struct advice out[ADVICE_MOST],
	      struct arena *arena)
{
	struct rules r = { name, type, found, arena, out, 0 };

	if (op->flags & OP_LABELS)
		look_rare(&r);
	return r.n;
}

static int
by_severity(const void *a, const void *b)
{
	const struct advice *x = a, *y = b;

	return (int)y->severity - (int)x->severity;
}

size_t
advice_of(const char *name, enum type type, const struct summary_result *found,
	  struct advice out[ADVICE_MOST], struct arena *arena)
{
	struct rules r = { name, type, found, arena, out, 0 };

	if (!found->rows || is_useless(&r))
		return r.n;
	look_null_words(&r);
	look_type(&r);
	look_missing(&r);
	if (type == TYPE_STRING && found->type == TYPE_STRING) {
		look_near(&r);
		look_labels(&r);
	}
	if ((found->type & TYPE_NUMERIC) && found->distinct >= SPREAD) {
		look_skew(&r);
		look_outliers(&r);
	}
	/* They are few: a sort that keeps the order of equals. */
	for (size_t i = 1; i < r.n; i++)
		for (size_t k = i; k > 0 && by_severity(out + k - 1, out + k) > 0; k--) {
			const struct advice other = out[k];

			out[k] = out[k - 1];
			out[k - 1] = other;
		}
	return r.n;
}
