/*
 * figure - values, counts and ranges as text.
 */
#include "widget/figure.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>

#include "base/date.h"
#include "base/number.h"
#include "data/cast.h"
#include "term/clean.h"

#define ELLIPSIS "\xe2\x80\xa6"

enum {
	MOST_CATEGORIES = 1000,
	TOP_WIDTH = 12,
	WORD_CUT = 5,
	SHORT_DIGITS = 3,
	LEAST_ROUNDED = 10000, /* of whole numbers */
};

_Static_assert((int)FIGURE_SIZE >= (int)DATE_SIZE, "a date fits");
_Static_assert((int)FIGURE_SIZE >= (int)NUMBER_SIZE, "a number fits");

static struct text
object_text(const struct column *c, size_t row, struct buffer *scratch)
{
	struct error err;

	scratch->size = 0;
	if (!cell_print(c, row, scratch, &err))
		return text_of("?");
	return (struct text){ scratch->data, scratch->size };
}

struct text
figure_cell(const struct column *c, size_t row, char out[FIGURE_SIZE],
	    struct buffer *scratch)
{
	switch (c->type) {
	case TYPE_LONG:
		return (struct text){ out, number_print_long(column_longs(c)[row], out) };
	case TYPE_FLOAT:
		return (struct text){ out,
				      number_print_float(column_floats(c)[row], out) };
	case TYPE_BOOL:
		return text_of(column_bool(c, row) ? "true" : "false");
	case TYPE_DATE:
		return (struct text){ out, date_print(column_ints(c)[row], out) };
	case TYPE_DATETIME:
		return (struct text){ out,
				      datetime_print_sql(column_longs(c)[row], out) };
	case TYPE_STRING:
		return column_text(c, row);
	default:
		return object_text(c, row, scratch);
	}
}

void
figure_value(enum type type, const struct summary_value *value, char out[FIGURE_SIZE])
{
	switch (type) {
	case TYPE_LONG:
		number_print_long(value->whole, out);
		return;
	case TYPE_FLOAT:
		snprintf(out, FIGURE_SIZE, "%.6g", value->number);
		return;
	case TYPE_BOOL:
		snprintf(out, FIGURE_SIZE, "%s", value->whole ? "true" : "false");
		return;
	case TYPE_DATE:
		date_print((int32_t)value->whole, out);
		return;
	case TYPE_DATETIME:
		datetime_print_sql(value->whole, out);
		return;
	default:
		snprintf(out, FIGURE_SIZE, "%.*s",
			 (int)clean_fit(value->text, FIGURE_SIZE / 4),
			 value->text.data ? value->text.data : "");
	}
}

void
figure_exact(enum type type, const struct summary_value *value, char out[FIGURE_SIZE])
{
	if (type == TYPE_FLOAT)
		number_print_python(value->number, out);
	else
		figure_value(type, value, out);
}

void
figure_number(double x, char out[FIGURE_SIZE])
{
	if (isnan(x))
		snprintf(out, FIGURE_SIZE, "NaN");
	else if (fabs(x) < 1e7 && fabs(x) >= 1000)
		snprintf(out, FIGURE_SIZE, "%.10g", round(x * 10) / 10);
	else
		snprintf(out, FIGURE_SIZE, "%.4g", x);
}

void
figure_place(enum type type, double x, char out[FIGURE_SIZE])
{
	if (type == TYPE_DATE)
		date_print((int32_t)x, out);
	else if (type == TYPE_DATETIME && fmod(x, (double)DAY_MICROS) == 0)
		date_print((int32_t)(x / (double)DAY_MICROS), out);
	else if (type == TYPE_DATETIME)
		datetime_print_sql((int64_t)x, out);
	else
		snprintf(out, FIGURE_SIZE, "%.15g", x);
}

void
figure_count(uint64_t n, char out[FIGURE_SIZE])
{
	char digits[FIGURE_SIZE];
	const size_t size = (size_t)snprintf(digits, sizeof digits, "%" PRIu64, n);
	size_t k = 0;

	for (size_t i = 0; i < size; i++) {
		if (i && (size - i) % 3 == 0)
			out[k++] = ',';
		out[k++] = digits[i];
	}
	out[k] = '\0';
}

/* Digits: at least those before the point are shown. */
static void
print_short(double x, int digits, char out[FIGURE_SIZE])
{
	static const char units[] = "kMGTP";
	int unit = -1, whole;

	while (fabs(x) >= 999.5 && unit + 1 < (int)sizeof units - 1) {
		x /= 1000;
		unit++;
	}
	whole = fabs(x) >= 99.5 ? 3 : fabs(x) >= 9.5 ? 2 : 1;
	snprintf(out, FIGURE_SIZE, "%.*g%.*s", digits > whole ? digits : whole, x,
		 unit >= 0, unit < 0 ? "" : &units[unit]);
}

void
figure_short(double x, char out[FIGURE_SIZE])
{
	print_short(x, SHORT_DIGITS, out);
}

void
figure_bytes(uint64_t size, char out[FIGURE_SIZE])
{
	static const char *const units[] = { "B", "kB", "MB", "GB", "TB" };
	double x = (double)size;
	size_t unit = 0;

	for (; x >= 1000 && unit + 1 < COUNT(units); unit++)
		x /= 1000;
	snprintf(out, FIGURE_SIZE, x < 10 && unit ? "%.1f %s" : "%.0f %s", x,
		 units[unit]);
}

void
figure_percent(uint64_t part, uint64_t of, char out[FIGURE_SIZE])
{
	const double share = of ? 100.0 * (double)part / (double)of : 0;

	if (part && share < 0.1)
		snprintf(out, FIGURE_SIZE, "<0.1%%");
	else if (part != of && share > 99.9)
		snprintf(out, FIGURE_SIZE, ">99.9%%");
	else if (share > 0 && share < 100 && (share < 9.95 || share > 99))
		snprintf(out, FIGURE_SIZE, "%.1f%%", share);
	else
		snprintf(out, FIGURE_SIZE, "%.0f%%", share);
}

bool
figure_is_category(const struct summary_result *found)
{
	return found->type == TYPE_STRING && found->distinct > 0 &&
	       found->distinct <= MOST_CATEGORIES && found->distinct * 2 <= found->count;
}

const char *
figure_type(enum type type, const struct summary_result *found)
{
	switch (type) {
	case TYPE_LONG:
		return "int";
	case TYPE_FLOAT:
		return "flt";
	case TYPE_BOOL:
		return "bool";
	case TYPE_STRING:
		return found && figure_is_category(found) ? "cat" : "str";
	case TYPE_DATE:
		return "date";
	case TYPE_DATETIME:
		return "time";
	default:
		return "obj";
	}
}

enum ink
figure_ink(enum type type, const struct summary_result *found)
{
	switch (type) {
	case TYPE_LONG:
		return INK_INT;
	case TYPE_FLOAT:
		return INK_FLOAT;
	case TYPE_BOOL:
		return INK_BOOL;
	case TYPE_DATE:
	case TYPE_DATETIME:
		return INK_DATE;
	case TYPE_STRING:
		return found && figure_is_category(found) ? INK_CATEGORY : INK_STRING;
	default:
		return INK_DIM;
	}
}

bool
figure_is_constant(const struct summary_result *found)
{
	return found->count && found->distinct == 1 && !found->missing && !found->misfits;
}

/* "Online TA 45%", if that fits and says something. */
static bool
print_top(const struct summary_result *found, int width, char out[FIGURE_SIZE])
{
	char value[FIGURE_SIZE], share[FIGURE_SIZE];

	if (width < TOP_WIDTH || !found->n_top || found->top[0].count * 4 < found->count)
		return false;
	figure_value(found->type, &found->top[0].value, value);
	figure_percent(found->top[0].count, found->count, share);
	snprintf(out, FIGURE_SIZE, "%.40s %.8s", value, share);
	return clean_columns(text_of(out), width) <= width;
}

/* Moments, no finer than where they differ: years, months of one year, days of one
 * month. */
static void
print_moments(const char *low, const char *high, char out[FIGURE_SIZE])
{
	if (strncmp(low, high, 4) != 0)
		snprintf(out, FIGURE_SIZE, "%.4s" ELLIPSIS "%.4s", low, high);
	else if (strncmp(low, high, 7) != 0)
		snprintf(out, FIGURE_SIZE, "%.7s" ELLIPSIS "%.2s", low, high + 5);
	else if (strncmp(low, high, 10) != 0)
		snprintf(out, FIGURE_SIZE, "%.10s" ELLIPSIS "%.2s", low, high + 8);
}

/* A number of so many digits, no fewer than stand before its point. Whole ones that may
 * be years have all of theirs. */
static void
print_rounded(enum type type, const struct summary_value *value, int digits,
	      char out[FIGURE_SIZE])
{
	double x = type == TYPE_FLOAT ? value->number : (double)value->whole;

	if (type == TYPE_FLOAT || fabs(x) >= LEAST_ROUNDED)
		print_short(x, digits, out);
	else
		figure_value(type, value, out);
}

/* From the least to the greatest, if that fits; else how it begins. */
static bool
join_span(const char *low, const char *high, int width, char out[FIGURE_SIZE])
{
	snprintf(out, FIGURE_SIZE, "%.28s" ELLIPSIS "%.28s", low, high);
	if (clean_columns(text_of(out), FIGURE_SIZE) <= width)
		return true;
	if ((int)strlen(low) < width)
		snprintf(out, FIGURE_SIZE, "%.40s" ELLIPSIS, low);
	return false;
}

/* With all digits, or as few as tell the ends apart. */
static void
print_span(const struct summary_result *found, int width, char out[FIGURE_SIZE])
{
	char low[FIGURE_SIZE], high[FIGURE_SIZE];
	bool begins;

	figure_value(found->type, &found->min, low);
	figure_value(found->type, &found->max, high);
	if (join_span(low, high, width, out))
		return;
	if (found->type & TYPE_TEMPORAL) {
		print_moments(low, high, out);
		return;
	}
	begins = (int)strlen(low) < width;
	for (int digits = SHORT_DIGITS; digits > 1; digits--) {
		char from[FIGURE_SIZE], to[FIGURE_SIZE], span[FIGURE_SIZE];

		print_rounded(found->type, &found->min, digits, from);
		print_rounded(found->type, &found->max, digits, to);
		if (strcmp(from, to) != 0 && join_span(from, to, width, span)) {
			strcpy(out, span);
			return;
		}
		if (!begins) /* nor does the least one with all its digits */
			strcpy(out, span);
		begins = begins || (int)strlen(from) < width;
	}
}

/* A word that warns, as much of it as fits. */
static void
print_warning(const char *word, int width, char out[FIGURE_SIZE])
{
	const int n = (int)strlen(word);

	if (width >= n + 2)
		snprintf(out, FIGURE_SIZE, "%s \xe2\x9a\xa0", word);
	else
		snprintf(out, FIGURE_SIZE, "%.*s", width >= n ? n : WORD_CUT, word);
}

void
figure_range(const struct summary_result *found, int width, char out[FIGURE_SIZE])
{
	char labels[FIGURE_SIZE];

	*out = '\0';
	if (!found->rows)
		return;
	if (!found->count) {
		print_warning("empty", width, out);
	} else if (figure_is_constant(found)) {
		print_warning("constant", width, out);
	} else if (found->type & (TYPE_STRING | TYPE_BOOL)) {
		if (found->distinct < found->count && print_top(found, width, out))
			return;
		figure_short((double)found->distinct, labels);
		snprintf(out, FIGURE_SIZE, "%s%.20s val",
			 found->distinct_is_exact ? "" : "\xe2\x89\x88", labels);
	} else if (found->type != TYPE_OBJECT) {
		print_span(found, width, out);
	}
}
