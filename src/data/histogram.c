/* histogram - the width first, then edges until all values are within. */
#include "data/histogram.h"

#include <math.h>

#include "base/date.h"

/* 1, 2, 2.5 or 5 times a power of ten: the least that is no less than x. */
static double
nice_step(double x, bool whole)
{
	static const double steps[] = { 1, 2, 2.5, 5, 10 };
	const double power = pow(10, floor(log10(x)));

	if (whole && x <= 1)
		return 1;
	for (size_t i = 0; i < COUNT(steps); i++) {
		const double step = steps[i] * power;

		if (step >= x * (1 - 1e-9) && (!whole || step == trunc(step)))
			return step;
	}
	return 10 * power;
}

/* The next smaller one. */
static double
finer_step(double step, bool whole)
{
	const double finer = nice_step(step / 2.1, whole);

	return finer < step ? finer : nice_step(step / 4, whole);
}

/* How many steps from the edge below low until high is within. */
static double
steps_needed(const struct histogram_of *of, double step, bool whole)
{
	const double first = floor(of->low / step);
	const double last = of->high / step;
	const double n = whole ? floor(last) - first + 1 : ceil(last) - first;

	return n < 1 ? 1 : n;
}

static double
choose_step(const struct histogram_of *of, bool whole)
{
	const double range = of->high - of->low;
	const double n = cbrt((double)of->n);
	/* most values may be one: then the spread says nothing */
	const double fit = of->spread > 0 ? 2 * of->spread / n : range / (2 * n);
	const double most = range / HISTOGRAM_MOST;
	double step = nice_step(fit > most && isfinite(fit) ? fit : most, whole);

	while (steps_needed(of, step, whole) < HISTOGRAM_LEAST && !(whole && step == 1) &&
	       steps_needed(of, finer_step(step, whole), whole) <= HISTOGRAM_MOST)
		step = finer_step(step, whole);
	while (steps_needed(of, step, whole) > HISTOGRAM_MOST)
		step = nice_step(step * 1.5, whole);
	return step;
}

/* Are edges such a step apart different numbers? */
static bool
can_step(const struct histogram_of *of, double range)
{
	const double far = fmax(fabs(of->low), fabs(of->high));

	return range / HISTOGRAM_MOST > far * 0x1p-50 && range > 0x1p-1000;
}

static void
make_of_numbers(struct histogram *h, const struct histogram_of *of)
{
	const double range = of->high - of->low;
	const bool whole = of->type == TYPE_LONG;
	double step, first;

	if (!isfinite(range))
		return;
	if (!can_step(of, range) && !(whole && fabs(of->low) < 0x1p50)) {
		h->edge[0] = of->low;
		h->edge[1] = of->high;
		h->n = 1;
		return;
	}
	step = choose_step(of, whole);
	first = floor(of->low / step);
	h->n = (size_t)steps_needed(of, step, whole);
	for (size_t i = 0; i <= h->n; i++)
		h->edge[i] = (first + (double)i) * step;
}

/* Steps of moments: so many microseconds or, if none, months. */
struct stride {
	int64_t micros;
	int months;
};

#define SECOND INT64_C(1000000)
#define MINUTE (60 * SECOND)
#define HOUR   (60 * MINUTE)

static const struct stride strides[] = {
	{ 1, 0 },
	{ 10, 0 },
	{ 100, 0 },
	{ 1000, 0 },
	{ 10000, 0 },
	{ 100000, 0 },
	{ SECOND, 0 },
	{ 2 * SECOND, 0 },
	{ 5 * SECOND, 0 },
	{ 10 * SECOND, 0 },
	{ 15 * SECOND, 0 },
	{ 30 * SECOND, 0 },
	{ MINUTE, 0 },
	{ 2 * MINUTE, 0 },
	{ 5 * MINUTE, 0 },
	{ 10 * MINUTE, 0 },
	{ 15 * MINUTE, 0 },
	{ 30 * MINUTE, 0 },
	{ HOUR, 0 },
	{ 2 * HOUR, 0 },
	{ 3 * HOUR, 0 },
	{ 6 * HOUR, 0 },
	{ 12 * HOUR, 0 },
	{ DAY_MICROS, 0 },
	{ 2 * DAY_MICROS, 0 },
	{ 7 * DAY_MICROS, 0 },
	{ 14 * DAY_MICROS, 0 },
	{ 0, 1 },
	{ 0, 3 },
	{ 0, 6 },
	{ 0, 12 },
	{ 0, 2 * 12 },
	{ 0, 5 * 12 },
	{ 0, 10 * 12 },
	{ 0, 20 * 12 },
	{ 0, 25 * 12 },
	{ 0, 50 * 12 },
	{ 0, 100 * 12 },
	{ 0, 250 * 12 },
	{ 0, 500 * 12 },
	{ 0, 1000 * 12 },
	{ 0, 2500 * 12 },
	{ 0, 10000 * 12 },
};

static int64_t
floor_to(int64_t x, int64_t step)
{
	const int64_t rest = x % step;

	return x - (rest < 0 ? rest + step : rest);
}

/* 1970 began on a Thursday; weeks begin on a Monday. */
static int64_t
first_edge(int64_t low, const struct stride *stride)
{
	const int64_t week = stride->micros % (7 * DAY_MICROS) ? 0 : 3 * DAY_MICROS;
	struct civil civil;
	int64_t months;

	if (stride->micros)
		return floor_to(low + week, stride->micros) - week;
	datetime_civil(low, &civil);
	months = floor_to((int64_t)civil.year * 12 + civil.month - 1, stride->months);
	return date_days((int)floor_to(months, 12) / 12,
			 (int)(months - floor_to(months, 12)) + 1, 1) *
	       DAY_MICROS;
}

static int64_t
next_edge(int64_t edge, const struct stride *stride)
{
	struct civil civil;
	int64_t months;

	if (stride->micros)
		return edge + stride->micros;
	datetime_civil(edge, &civil);
	months = (int64_t)civil.year * 12 + civil.month - 1 + stride->months;
	return date_days((int)floor_to(months, 12) / 12,
			 (int)(months - floor_to(months, 12)) + 1, 1) *
	       DAY_MICROS;
}

/* Edges by this stride, if there are few enough. */
static bool
try_stride(struct histogram *h, const struct stride *stride, int64_t low, int64_t high,
	   double unit, size_t most)
{
	int64_t edge = first_edge(low, stride);

	h->edge[0] = (double)edge / unit;
	for (h->n = 0; edge <= high; h->n++) {
		if (h->n == most) {
			h->n = 0;
			return false;
		}
		edge = next_edge(edge, stride);
		h->edge[h->n + 1] = (double)edge / unit;
	}
	return true;
}

/* Of few values few bins: three times the cube root of their number. */
static void
make_of_moments(struct histogram *h, const struct histogram_of *of)
{
	const double unit = of->type == TYPE_DATE ? (double)DAY_MICROS : 1;
	const double fit = ceil(3 * cbrt((double)of->n));
	const size_t most = fit < HISTOGRAM_LEAST  ? HISTOGRAM_LEAST
			    : fit > HISTOGRAM_MOST ? HISTOGRAM_MOST
						   : (size_t)fit;
	const double bound = 0x1p62;

	if (of->low * unit < -bound || of->high * unit > bound)
		return;
	for (size_t i = 0; i < COUNT(strides); i++) {
		const struct stride *stride = &strides[i];

		if (of->type == TYPE_DATE && stride->micros &&
		    stride->micros < DAY_MICROS)
			continue;
		if (try_stride(h, stride, (int64_t)(of->low * unit),
			       (int64_t)(of->high * unit), unit, most))
			return;
	}
}

void
histogram_make(struct histogram *h, const struct histogram_of *of)
{
	*h = (struct histogram){ 0 };
	if (of->n == 0 || !isfinite(of->low) || !isfinite(of->high))
		return;
	if (of->type & TYPE_TEMPORAL)
		make_of_moments(h, of);
	else
		make_of_numbers(h, of);
}

void
histogram_add(struct histogram *h, double x, uint64_t n)
{
	if (h->n == 0 || !isfinite(x))
		return;
	while (h->at + 1 < h->n && x >= h->edge[h->at + 1])
		h->at++;
	h->count[h->at] += n;
}
