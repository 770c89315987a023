/* summary_settle - a narrow summary is done: texts become values of the type. */
#include <stdlib.h>

#include "base/date.h"
#include "data/histogram.h"
#include "data/summary_parts.h"

/* A whole number that a long holds and the text says exactly. */
static bool
parse_whole(struct text t, struct summary_value *out)
{
	return cast_text_to_float(t, &out->number) && cast_text_to_long(t, &out->whole) &&
	       (double)out->whole == out->number;
}

static bool
parse_date(struct text t, unsigned looks, struct summary_value *out)
{
	int32_t days;

	if ((looks & LOOKS_NUMERIC) || !cast_text_to_date(t, &days))
		return false;
	out->whole = days;
	return true;
}

static bool
parse_moment(struct text t, unsigned looks, const struct datetime_format *format,
	     struct summary_value *out)
{
	if (format->kind == FORMAT_ANY && !(looks & (LOOKS_DATE | LOOKS_DATETIME)))
		return false;
	return datetime_format_parse(format, t, &out->whole);
}

static bool
parse_bool(struct text t, struct summary_value *out)
{
	bool value;

	if (!cast_text_to_bool(t, &value))
		return false;
	out->whole = value;
	return true;
}

enum summary_fit
summary_fit(struct text t, unsigned looks, enum type type,
	    const struct datetime_format *format, struct summary_value *out)
{
	bool fits = true;

	out->text = t;
	if (text_is_blank(t) || ((looks & LOOKS_NULL) && type != TYPE_STRING))
		return FIT_MISSING;
	if (type & TYPE_NUMERIC) {
		fits = cast_text_to_float(t, &out->number);
		if (fits && isnan(out->number))
			return FIT_MISSING;
		fits = type == TYPE_LONG ? parse_whole(t, out) : fits;
		if (fits && out->number == 0)
			out->number = 0; /* no -0.0 */
	} else if (type == TYPE_BOOL) {
		fits = parse_bool(t, out);
	} else if (type == TYPE_DATE) {
		fits = parse_date(t, looks, out);
	} else if (type == TYPE_DATETIME) {
		fits = parse_moment(t, looks, format, out);
	}
	return fits ? FIT_VALUE : FIT_ODD;
}

void
summary_add_moments(struct moments *m, double x, uint64_t n)
{
	const double square = x * x, times = (double)n;
	const bool exact = square < 0x1p1000 && (x == 0 || fabs(x) > 0x1p-480);

	if (n == 1 || n > UINT64_C(1) << 53 || !exact) {
		for (uint64_t i = 0; i < n; i++)
			moments_add(m, x);
		return;
	}
	m->n += n;
	sum_add_product(&m->x, x, times);
	sum_add_product(&m->xx, square, times);
	sum_add_product(&m->xx, fma(x, x, -square), times);
}

/* Values of the type and how often each occurs. */
struct values {
	enum type type;
	struct summary_top *at;
	size_t n;
};

static int
by_long(const void *a, const void *b)
{
	const int64_t x = ((const struct summary_top *)a)->value.whole;
	const int64_t y = ((const struct summary_top *)b)->value.whole;

	return (x > y) - (x < y);
}

static int
by_float(const void *a, const void *b)
{
	const double x = ((const struct summary_top *)a)->value.number;
	const double y = ((const struct summary_top *)b)->value.number;

	return (x > y) - (x < y);
}

static int
by_text(const void *a, const void *b)
{
	return text_compare(((const struct summary_top *)a)->value.text,
			    ((const struct summary_top *)b)->value.text);
}

static int (*order_of(enum type type))(const void *, const void *)
{
	return type == TYPE_STRING ? by_text : type == TYPE_FLOAT ? by_float : by_long;
}

/* Sorted, each value once: "1.0" and "1" are one number. */
static void
sort(struct values *values)
{
	int (*order)(const void *, const void *) = order_of(values->type);
	size_t n = 0;

	qsort(values->at, values->n, sizeof(*values->at), order);
	for (size_t i = 0; i < values->n; i++) {
		if (n && order(&values->at[n - 1], &values->at[i]) == 0)
			values->at[n - 1].count += values->at[i].count;
		else
			values->at[n++] = values->at[i];
	}
	values->n = n;
}

static void
add_odd(struct summary_result *out, struct text t)
{
	size_t i = out->n_odd;

	if (i == SUMMARY_ODD && text_compare(t, out->odd[i - 1]) >= 0)
		return;
	out->n_odd += i < SUMMARY_ODD;
	i = out->n_odd - 1;
	for (; i && text_compare(t, out->odd[i - 1]) < 0; i--)
		out->odd[i] = out->odd[i - 1];
	out->odd[i] = t;
}

static enum summary_fit
fit_entry(const struct summary *s, struct text t, enum type type,
	  struct summary_value *out)
{
	if (!summary_is_binary(s))
		return summary_fit(t, s->typed ? 0 : infer_looks(t), type, &s->format,
				   out);
	*out = summary_value_of(t, type);
	return FIT_VALUE;
}

static void
sort_out(const struct summary *s, struct values *values, struct summary_result *out)
{
	out->missing = s->nulls;
	for (size_t e = summary_used(s, 0); e < s->places; e = summary_used(s, e + 1)) {
		const struct summary_entry *entry = &summary_table(s)[e];
		const struct text t = summary_text(s, entry);
		struct summary_top value = { .count = entry->count };

		switch (fit_entry(s, t, out->type, &value.value)) {
		case FIT_VALUE:
			out->count += entry->count;
			values->at[values->n++] = value;
			break;
		case FIT_MISSING:
			out->missing += entry->count;
			break;
		case FIT_ODD:
			out->misfits += entry->count;
			add_odd(out, t);
			break;
		}
	}
}

static double
number_of(const struct values *values, size_t i)
{
	return values->type == TYPE_LONG ? (double)values->at[i].value.whole
					 : values->at[i].value.number;
}

static void
find_quantiles(const struct values *values, struct summary_result *out)
{
	static const double at[] = { 0.25, 0.5, 0.75 };
	double *to[] = { &out->q25, &out->median, &out->q75 };
	uint64_t before = 0;
	size_t i = 0;

	for (size_t q = 0; q < COUNT(at); q++) {
		const double rank = ceil(at[q] * (double)out->count);

		while (i + 1 < values->n && (double)(before + values->at[i].count) < rank)
			before += values->at[i++].count;
		*to[q] = number_of(values, i);
	}
}

static void
find_moments(const struct values *values, struct summary_result *out)
{
	struct moments moments = { 0 };

	for (size_t i = 0; i < values->n; i++)
		if (isfinite(number_of(values, i)))
			summary_add_moments(&moments, number_of(values, i),
					    values->at[i].count);
	out->mean = moments_mean(&moments);
	out->sd = sqrt(moments_variance(&moments));
}

static void
find_top(const struct values *values, struct summary_result *out)
{
	for (size_t i = 0; i < values->n; i++) {
		const uint64_t count = values->at[i].count;
		size_t k = out->n_top;

		if (k == SUMMARY_TOP && count <= out->top[k - 1].count)
			continue;
		out->n_top += k < SUMMARY_TOP;
		for (k = out->n_top - 1; k && out->top[k - 1].count < count; k--)
			out->top[k] = out->top[k - 1];
		out->top[k] = values->at[i];
	}
}

static void
keep_text(struct text *t, struct arena *arena)
{
	if (t->data)
		t->data = arena_text_n(arena, t->data, t->size);
}

static void
keep_texts(struct summary_result *out, struct arena *arena)
{
	keep_text(&out->min.text, arena);
	keep_text(&out->max.text, arena);
	for (size_t i = 0; i < out->n_top; i++)
		keep_text(&out->top[i].value.text, arena);
	for (size_t i = 0; i < out->n_odd; i++)
		keep_text(&out->odd[i], arena);
}

void
summary_put_histogram(struct summary_result *out, const struct histogram *bins,
		      struct arena *arena)
{
	out->n_bins = bins->n;
	out->bins = ARENA_ARRAY(arena, bins->n + 1, struct summary_bin);
	for (size_t i = 0; i < bins->n; i++)
		out->bins[i] = (struct summary_bin){ bins->edge[i], bins->edge[i + 1],
						     bins->count[i] };
}

/* On the scale of bins. */
static double
place_of(const struct values *values, size_t i)
{
	return values->type == TYPE_FLOAT ? values->at[i].value.number
					  : (double)values->at[i].value.whole;
}

static void
find_bins(const struct values *values, struct summary_result *out, struct arena *arena)
{
	size_t first = 0, end = values->n;
	struct histogram_of of = { .type = out->type,
				   .spread = out->q75 - out->q25,
				   .n = out->count };
	struct histogram bins;

	while (first < end && !isfinite(place_of(values, first)))
		first++;
	while (first < end && !isfinite(place_of(values, end - 1)))
		end--;
	if (first == end)
		return;
	of.low = place_of(values, first);
	of.high = place_of(values, end - 1);
	histogram_make(&bins, &of);
	for (size_t i = first; i < end; i++)
		histogram_add(&bins, place_of(values, i), values->at[i].count);
	summary_put_histogram(out, &bins, arena);
}

static void
describe(struct values *values, struct summary_result *out, struct arena *arena)
{
	sort(values);
	out->distinct = values->n;
	out->distinct_is_exact = out->quantiles_are_exact = true;
	if (values->n == 0)
		return;
	out->min = values->at[0].value;
	out->max = values->at[values->n - 1].value;
	find_top(values, out);
	if (values->type & TYPE_NUMERIC) {
		find_moments(values, out);
		find_quantiles(values, out);
	}
	if (values->type & (TYPE_NUMERIC | TYPE_TEMPORAL))
		find_bins(values, out, arena);
}

bool
summary_narrow_settle(const struct summary *s, struct summary_result *out,
		      struct arena *arena, struct error *err)
{
	const size_t size = s->n * sizeof(struct summary_top) + 1;
	struct values values = { out->type, memory_alloc(size, err), 0 };

	if (!values.at)
		return false;
	sort_out(s, &values, out);
	if (s->level == SUMMARY_ALL)
		describe(&values, out, arena);
	keep_texts(out, arena);
	memory_free(values.at, size);
	return true;
}
