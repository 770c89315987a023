/* spread - as many bins as fit between the extremes; two become one when they do not. */
#include "data/spread.h"

/* Is it too wide for bins of this width? */
static bool
is_wide(int64_t min, int64_t max, int shift)
{
	return (uint64_t)(max >> shift) - (uint64_t)(min >> shift) >= SPREAD_BINS;
}

static uint64_t *
bin_at(const struct spread *s, int64_t bin)
{
	return &s->bins[(uint64_t)bin % SPREAD_BINS];
}

/* Bins twice as wide. */
static bool
coarsen(struct spread *s, struct error *err)
{
	struct spread wider = *s;

	wider.bins = memory_alloc(SPREAD_BINS * sizeof(*wider.bins), err);
	if (!wider.bins)
		return false;
	for (int64_t bin = spread_first(s); bin <= spread_last(s); bin++)
		*bin_at(&wider, bin >> 1) += *bin_at(s, bin);
	memory_free(s->bins, SPREAD_BINS * sizeof(*s->bins));
	s->bins = wider.bins;
	s->shift++;
	return true;
}

/* Values from low to high have room. */
static bool
reach(struct spread *s, int64_t low, int64_t high, bool counts, struct error *err)
{
	const int64_t min = s->n && s->min < low ? s->min : low;
	const int64_t max = s->n && s->max > high ? s->max : high;

	if (s->n == 0)
		s->min = s->max = low;
	if (counts && !s->bins &&
	    !(s->bins = memory_alloc(SPREAD_BINS * sizeof(*s->bins), err)))
		return false;
	while (counts && is_wide(min, max, s->shift))
		if (!coarsen(s, err))
			return false;
	s->min = min;
	s->max = max;
	return true;
}

bool
spread_add(struct spread *s, int64_t x, uint64_t n, bool counts, struct error *err)
{
	if (!reach(s, x, x, counts, err))
		return false;
	s->n += n;
	if (counts)
		*bin_at(s, x >> s->shift) += n;
	return true;
}

bool
spread_merge(struct spread *into, const struct spread *from, struct error *err)
{
	const bool counts = from->bins != NULL;

	if (from->n == 0)
		return true;
	if (!reach(into, from->min, from->max, counts, err))
		return false;
	into->n += from->n;
	for (int64_t bin = spread_first(from); counts && bin <= spread_last(from);
	     bin++) {
		/* finer bins than those of what is merged there cannot be */
		*bin_at(into, bin >> (into->shift - from->shift)) +=
			spread_count(from, bin);
	}
	return true;
}

void
spread_release(struct spread *s)
{
	memory_free(s->bins, SPREAD_BINS * sizeof(*s->bins));
	*s = (struct spread){ 0 };
}

double
spread_value(const struct spread *s, int64_t bin)
{
	const double width = (double)(UINT64_C(1) << s->shift);
	const double x = (double)bin * width + (width - 1) / 2;

	return x < (double)s->min   ? (double)s->min
	       : x > (double)s->max ? (double)s->max
				    : x;
}
