/* slim_sum - Shewchuk's expansions: doubles that do not overlap, the largest last. */
#include "op/slim_sum.h"

#include <math.h>

#include "base/memory.h"

/* Below LARGE nothing overflows before the next look at it; below SMALL the error of a
 * square may have no double. */
#define LARGE 0x1p1000
#define SMALL 0x1p-480

bool
slim_widen(struct slim_sum *sum, struct error *err)
{
	if (sum->wide)
		return true;
	if (!(sum->wide = memory_alloc(sizeof(*sum->wide), err)))
		return false;
	for (size_t i = 0; i < sum->n; i++)
		sum_add(sum->wide, sum->part[i]);
	sum->n = 0;
	return true;
}

/* Parts that hold few bits each put together; returns how many are left. First from the
 * largest down, then up again, so that each is as large as it can be. */
static size_t
compress(double *parts, size_t n)
{
	size_t bottom = n - 1, top = 0;
	double carried = parts[n - 1];

	for (size_t i = n - 1; i-- > 0;) {
		double both = carried + parts[i], lost = parts[i] - (both - carried);

		if (lost != 0)
			parts[bottom--] = both;
		carried = lost != 0 ? lost : both;
	}
	for (size_t i = bottom + 1; i < n; i++) {
		double both = parts[i] + carried, lost = carried - (both - parts[i]);

		if (lost != 0)
			parts[top++] = lost;
		carried = both;
	}
	parts[top++] = carried;
	return top;
}

bool
slim_add(struct slim_sum *sum, double x, struct error *err)
{
	double parts[SLIM_PARTS + 1], rest = x;
	size_t n = 0;

	for (size_t i = 0; i < sum->n; i++) {
		double part = sum->part[i], both = rest + part, from_part = both - rest;
		double lost = (rest - (both - from_part)) + (part - from_part);

		if (lost != 0)
			parts[n++] = lost;
		rest = both;
	}
	parts[n++] = rest;
	if (n > SLIM_PARTS)
		n = compress(parts, n);
	/* not below LARGE is NaN, too */
	if (sum->wide || n > SLIM_PARTS || !(fabs(rest) < LARGE)) {
		if (!slim_widen(sum, err))
			return false;
		sum_add(sum->wide, x);
		return true;
	}
	memcpy(sum->part, parts, n * sizeof(*parts));
	sum->n = n;
	return true;
}

bool
slim_add_square(struct slim_sum *sum, double x, struct error *err)
{
	double square = x * x;

	if (!(square < LARGE) || (x != 0 && fabs(x) < SMALL)) {
		if (!slim_widen(sum, err))
			return false;
		sum_add_product(sum->wide, x, x);
		return true;
	}
	return slim_add(sum, square, err) && slim_add(sum, fma(x, x, -square), err);
}

bool
slim_merge(struct slim_sum *into, const struct slim_sum *from, struct error *err)
{
	if (from->wide) {
		if (!slim_widen(into, err))
			return false;
		sum_merge(into->wide, from->wide);
	}
	for (size_t i = 0; i < from->n; i++)
		if (!slim_add(into, from->part[i], err))
			return false;
	return true;
}

void
slim_value(const struct slim_sum *sum, struct sum *out)
{
	if (sum->wide)
		sum_merge(out, sum->wide);
	for (size_t i = 0; i < sum->n; i++)
		sum_add(out, sum->part[i]);
}

void
slim_release(struct slim_sum *sum)
{
	memory_free(sum->wide, sizeof(*sum->wide));
	sum->wide = NULL;
}
