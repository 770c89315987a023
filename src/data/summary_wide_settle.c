/* summary_wide_settle - figures out of counts and sketches. */
#include "data/histogram.h"
#include "data/summary_parts.h"

/* As in the paper; few values are counted by the registers still empty. */
static double
estimate_different(const struct summary_wide *w)
{
	const double m = REGISTERS, alpha = 0.7213 / (1 + 1.079 / m);
	double sum = 0, raw;
	size_t empty = 0;

	for (size_t i = 0; i < REGISTERS; i++) {
		sum += ldexp(1, -w->reg[i]);
		empty += w->reg[i] == 0;
	}
	raw = alpha * m * m / sum;
	return raw <= 2.5 * m && empty ? m * log(m / (double)empty) : raw;
}

/* The middle of a bin. */
static double
bin_value(uint32_t bin)
{
	uint64_t bits = ((uint64_t)bin << 1 | 1) << (51 - WIDE_BITS);
	double x;

	bits = bits >> 63 ? bits & ~(UINT64_C(1) << 63) : ~bits;
	memcpy(&x, &bits, sizeof(x));
	return x;
}

/* A bin's middle may be beyond what is there. */
static double
within(const struct summary_result *out, double x)
{
	x = x < out->min.number ? out->min.number : x;
	return x > out->max.number ? out->max.number : x;
}

static void
find_quantiles(const struct wide_numbers *numbers, struct summary_result *out)
{
	static const double at[] = { 0.25, 0.5, 0.75 };
	double *to[] = { &out->q25, &out->median, &out->q75 };
	uint64_t upto = 0;
	size_t q = 0;

	for (uint32_t i = 0; q < COUNT(at) && i < WIDE_OCTAVES * WIDE_BINS; i++) {
		const uint64_t *octave = numbers->octave[i / WIDE_BINS];

		if (!octave) {
			i += WIDE_BINS - 1;
			continue;
		}
		upto += octave[i % WIDE_BINS];
		while (q < COUNT(at) && (double)upto >= ceil(at[q] * (double)numbers->n))
			*to[q++] = within(out, bin_value(i));
	}
}

/* The bins of finite numbers, in ascending order. */
static uint32_t
next_finite(const struct wide_numbers *numbers, uint32_t i)
{
	for (; i < WIDE_OCTAVES * WIDE_BINS; i++) {
		const uint64_t *octave = numbers->octave[i / WIDE_BINS];

		if (!octave)
			i |= WIDE_BINS - 1;
		else if (octave[i % WIDE_BINS] && isfinite(bin_value(i)))
			break;
	}
	return i;
}

static struct histogram_of
bounds_of(const struct wide_numbers *numbers, const struct summary_result *out)
{
	struct histogram_of of = { .type = out->type,
				   .low = INFINITY,
				   .high = -INFINITY,
				   .spread = out->q75 - out->q25,
				   .n = numbers->n };

	for (uint32_t i = next_finite(numbers, 0); i < WIDE_OCTAVES * WIDE_BINS;
	     i = next_finite(numbers, i + 1)) {
		const double x = within(out, bin_value(i));

		of.low = x < of.low ? x : of.low;
		of.high = x > of.high ? x : of.high;
	}
	if (isfinite(out->min.number))
		of.low = out->min.number;
	if (isfinite(out->max.number))
		of.high = out->max.number;
	return of;
}

static void
put_number_bins(const struct wide_numbers *numbers, struct summary_result *out,
		struct arena *arena)
{
	const struct histogram_of of = bounds_of(numbers, out);
	struct histogram bins;

	histogram_make(&bins, &of);
	for (uint32_t i = next_finite(numbers, 0); i < WIDE_OCTAVES * WIDE_BINS;
	     i = next_finite(numbers, i + 1))
		histogram_add(&bins, within(out, bin_value(i)),
			      numbers->octave[i / WIDE_BINS][i % WIDE_BINS]);
	summary_put_histogram(out, &bins, arena);
}

static void
settle_numbers(const struct wide_numbers *numbers, struct summary_result *out,
	       struct arena *arena)
{
	if (numbers->n == 0)
		return;
	out->min.number = numbers->min;
	out->max.number = numbers->max;
	out->min.whole = numbers->least;
	out->max.whole = numbers->most;
	out->mean = moments_mean(&numbers->moments);
	out->sd = sqrt(moments_variance(&numbers->moments));
	find_quantiles(numbers, out);
	put_number_bins(numbers, out, arena);
}

static bool
settle_floats(const struct summary_wide *w, struct summary_result *out,
	      struct arena *arena, struct error *err)
{
	struct wide_numbers *all = memory_alloc(sizeof(*all), err);
	bool ok = all && wide_numbers_merge(all, &w->whole, err) &&
		  wide_numbers_merge(all, &w->other, err);

	if (ok)
		settle_numbers(all, out, arena);
	if (all)
		wide_numbers_release(all);
	memory_free(all, sizeof(*all));
	return ok;
}

static void
settle_moments(const struct spread *moments, struct summary_result *out,
	       struct arena *arena)
{
	const struct histogram_of of = { .type = out->type,
					 .low = (double)moments->min,
					 .high = (double)moments->max,
					 .n = moments->n };
	struct histogram bins;

	out->min.whole = moments->min;
	out->max.whole = moments->max;
	histogram_make(&bins, &of);
	for (int64_t i = spread_first(moments); i <= spread_last(moments); i++)
		histogram_add(&bins, spread_value(moments, i), spread_count(moments, i));
	summary_put_histogram(out, &bins, arena);
}

static struct text
copy(const struct buffer *text, struct arena *arena)
{
	return (struct text){ arena_text_n(arena, text->data, text->size), text->size };
}

static bool
settle_values(const struct summary_wide *w, struct summary_result *out,
	      struct arena *arena, struct error *err)
{
	switch (out->type) {
	case TYPE_LONG:
		settle_numbers(&w->whole, out, arena);
		break;
	case TYPE_FLOAT:
		return settle_floats(w, out, arena, err);
	case TYPE_BOOL:
		out->min.whole = w->bools[0] == 0;
		out->max.whole = w->bools[1] != 0;
		break;
	case TYPE_DATE:
		settle_moments(&w->date, out, arena);
		break;
	case TYPE_DATETIME:
		settle_moments(&w->datetime, out, arena);
		break;
	default:
		if (w->min)
			out->min.text = copy(w->min, arena);
		if (w->max)
			out->max.text = copy(w->max, arena);
	}
	return true;
}

static uint64_t
count_of(const struct summary_wide *w, enum type type)
{
	switch (type) {
	case TYPE_LONG:
		return w->whole.n;
	case TYPE_FLOAT:
		return w->whole.n + w->other.n;
	case TYPE_BOOL:
		return w->bools[0] + w->bools[1];
	case TYPE_DATE:
		return w->date.n;
	case TYPE_DATETIME:
		return w->datetime.n;
	default:
		return w->rows - w->blank;
	}
}

static void
show_odd(const struct summary_wide *w, struct summary_result *out, struct arena *arena)
{
	const struct wide_odd *odd = out->type == TYPE_LONG    ? &w->odd[ODD_WHOLE]
				     : out->type == TYPE_FLOAT ? &w->odd[ODD_NUMBER]
				     : out->type == TYPE_DATE  ? &w->odd[ODD_DATE]
							       : &w->odd[ODD_MOMENT];

	if (out->type & (TYPE_STRING | TYPE_BOOL))
		return;
	for (size_t i = 0; i < odd->n; i++)
		out->odd[out->n_odd++] = copy(odd->text[i], arena);
}

bool
summary_wide_settle(const struct summary_wide *w, uint64_t nulls,
		    struct summary_result *out, struct arena *arena, struct error *err)
{
	out->count = count_of(w, out->type);
	out->missing = nulls + w->blank;
	if (out->type != TYPE_STRING)
		out->missing += w->null_like;
	if (out->type & TYPE_NUMERIC)
		out->missing += w->nan;
	out->misfits = out->rows - out->count - out->missing;
	if (w->level < SUMMARY_ALL)
		return true;
	out->distinct = (uint64_t)(estimate_different(w) + 0.5);
	show_odd(w, out, arena);
	return out->count == 0 || settle_values(w, out, arena, err);
}
