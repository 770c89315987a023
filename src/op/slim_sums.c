/*
 * slim_sums - whole numbers of a few units for each group.
 *
 * A number is cut into a few whole numbers: one of up to TOP bits, but mostly far fewer,
 * and the others of SLIM_STEP bits, so that very many can be added before a carry is due.
 * Units are chosen by the first numbers there are, with some room above, and again if
 * they suit too few of those that follow.
 */
#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "base/sum_parts.h"
#include "op/slim_sum.h"

enum {
	TOP = 50,       /* bits of the first whole number */
	SLIM_STEP = 40, /* bits of the others, and between units */
	STEPS = 2,      /* whole numbers of a group */
	SQUARE_STEPS = 4,
	ROOM = 4,        /* bits above the first numbers, */
	GRAIN = 8,       /* and up to a multiple, so that threads choose alike */
	CARRY = 1 << 21, /* adds before a carry is due: 21 + 40 bits */
	LARGE_BITS = 60, /* bits of a first whole number after a carry */
	TRIAL = 8192,    /* adds before units may be chosen again */
};

/* What may be added to the first whole numbers before a carry is due. */
#define MOST_LOAD (UINT64_C(1) << 61)

static size_t
steps_of(const struct slim_sums *s)
{
	return s->squares ? SQUARE_STEPS : STEPS;
}

static int
unit_of(const struct slim_sums *s, size_t step)
{
	return s->unit - (int)step * SLIM_STEP;
}

static bool
grow(void **at, size_t have, size_t want, struct error *err)
{
	void *more = memory_alloc(want, err);

	if (!more)
		return false;
	if (have)
		memcpy(more, *at, have);
	memory_free(*at, have);
	*at = more;
	return true;
}

bool
slim_sums_room(struct slim_sums *s, size_t groups, struct error *err)
{
	size_t width = steps_of(s) * sizeof(*s->at);
	void *at = s->at;

	if (groups <= s->groups)
		return true;
	if (!grow(&at, s->groups * width, groups * width, err))
		return false;
	s->at = at;
	s->groups = groups;
	return true;
}

static struct slim_sum *
rest_of(struct slim_sums *s, size_t group, struct error *err)
{
	void *rest = s->rest;

	if (group >= s->rests) {
		if (!grow(&rest, s->rests * sizeof(*s->rest),
			  s->groups * sizeof(*s->rest), err))
			return NULL;
		s->rest = rest;
		s->rests = s->groups;
	}
	return &s->rest[group];
}

static bool
stray(struct slim_sums *s, size_t group, double x, struct error *err)
{
	struct slim_sum *rest = rest_of(s, group, err);

	s->strays++;
	return rest && slim_add(rest, x, err);
}

/* whole * 2^unit as two doubles. */
static void
halves(int64_t whole, int unit, double *high, double *low)
{
	*high = ldexp((double)(whole >> 32), unit + 32);
	*low = ldexp((double)(whole & UINT32_MAX), unit);
}

static bool
put_away(struct slim_sums *s, size_t group, size_t step, struct error *err)
{
	int64_t *whole = &s->at[group * steps_of(s) + step];
	struct slim_sum *rest = rest_of(s, group, err);
	double high, low;

	if (!rest)
		return false;
	halves(*whole, unit_of(s, step), &high, &low);
	*whole = 0;
	return slim_add(rest, high, err) && slim_add(rest, low, err);
}

/* What is too large for its unit goes up; from the largest unit it is put away. */
static bool
carry(struct slim_sums *s, struct error *err)
{
	const int64_t large = INT64_C(1) << LARGE_BITS;
	size_t steps = steps_of(s);

	for (size_t g = 0; g < s->groups; g++) {
		int64_t *whole = &s->at[g * steps];

		for (size_t step = steps - 1; step > 0; step--) {
			int64_t up = whole[step] >> SLIM_STEP;

			whole[step] -= up * (INT64_C(1) << SLIM_STEP);
			whole[step - 1] += up;
		}
		if ((whole[0] >= large || whole[0] <= -large) && !put_away(s, g, 0, err))
			return false;
	}
	s->due = CARRY;
	s->load = 0;
	return true;
}

/* So that numbers below 2^exponent have room, and each unit is that of a double. */
static void
choose_unit(struct slim_sums *s, int exponent)
{
	int least = SUM_LEAST + (int)(steps_of(s) - 1) * SLIM_STEP;
	int top = (exponent + ROOM - SUM_LEAST + GRAIN - 1) / GRAIN * GRAIN + SUM_LEAST;

	s->unit = top - TOP < least ? least : top - TOP;
	if (s->unit > SUM_HIGHEST - SUM_CUT)
		s->unit = SUM_HIGHEST - SUM_CUT;
	s->has_unit = true;
	s->adds = s->strays = s->load = 0;
	s->due = CARRY;
}

/* Have units that suit, if that can be said and pays: all groups are looked at. */
static bool
settle_unit(struct slim_sums *s, int exponent, struct error *err)
{
	if (s->has_unit && s->strays * 4 > s->adds && s->adds > TRIAL &&
	    s->adds > s->groups) {
		for (size_t g = 0; g < s->groups; g++)
			for (size_t step = 0; step < steps_of(s); step++)
				if (s->at[g * steps_of(s) + step] &&
				    !put_away(s, g, step, err))
					return false;
		s->has_unit = false;
	}
	if (!s->has_unit && exponent > SUM_LEAST && exponent <= SUM_HIGHEST)
		choose_unit(s, exponent);
	return true;
}

/* Take those out that are too large for the units, or not finite. */
static bool
put_large(struct slim_sums *s, double *x, size_t n, const uint32_t *groups,
	  struct error *err)
{
	double large = ldexp(1, s->unit + TOP);

	for (size_t i = 0; i < n; i++) {
		if (fabs(x[i]) < large)
			continue;
		if (!stray(s, groups[i], x[i], err))
			return false;
		x[i] = 0;
	}
	return true;
}

/* Before n numbers are added that are below 2^exponent, also all together. */
static bool
make_room(struct slim_sums *s, size_t n, int exponent, struct error *err)
{
	int bits = exponent - s->unit;
	uint64_t load = n + (bits > 0 ? UINT64_C(1) << bits : 0);

	if ((s->due < n || s->load + load > MOST_LOAD) && !carry(s, err))
		return false;
	s->due -= n;
	s->adds += n;
	s->load += load;
	return true;
}

static bool
add_strays(struct slim_sums *s, const double *x, size_t n, const uint32_t *groups,
	   struct error *err)
{
	for (size_t i = 0; i < n; i++)
		if (x[i] != 0 && !stray(s, groups[i], x[i], err))
			return false;
	return true;
}

/* At most SUM_BLOCK numbers, filled up with zeroes; x is used up. */
static bool
add_block(struct slim_sums *s, double *x, size_t n, const uint32_t *groups,
	  struct error *err)
{
	size_t steps = steps_of(s), lanes = sum_lanes(n);
	int exponent = sum_exponent(x, lanes);
	int64_t parts[SUM_BLOCK];

	if (!settle_unit(s, exponent, err))
		return false;
	if (exponent > SUM_LEAST && !s->has_unit)
		return add_strays(s, x, n, groups, err);
	if (exponent > s->unit + TOP) {
		if (!put_large(s, x, n, groups, err))
			return false;
		exponent = sum_exponent(x, lanes);
	}
	if (!make_room(s, n, exponent, err))
		return false;
	for (size_t step = 0; step < steps && exponent > SUM_LEAST; step++) {
		exponent = sum_cut(x, lanes, unit_of(s, step), parts);
		for (size_t i = 0; i < n; i++)
			s->at[groups[i] * steps + step] += parts[i];
	}
	return exponent == SUM_LEAST || add_strays(s, x, n, groups, err);
}

/* Squares that have no exact double, and what is not finite, go alone. */
static bool
add_squares(struct slim_sums *s, double *x, size_t n, const uint32_t *groups,
	    struct error *err)
{
	double square[SUM_BLOCK], lost[SUM_BLOCK];

	for (size_t i = 0; i < n; i++) {
		struct slim_sum *rest;

		if ((fabs(x[i]) < 0x1p470 && fabs(x[i]) > 0x1p-470) || x[i] == 0)
			continue;
		if (!(rest = rest_of(s, groups[i], err)) ||
		    !slim_add_square(rest, x[i], err))
			return false;
		x[i] = 0;
	}
	sum_squares(x, sum_lanes(n), square, lost);
	return add_block(s, square, n, groups, err) && add_block(s, lost, n, groups, err);
}

/* All numbers are of the first group. */
static bool
add_to_one(struct slim_sums *s, const double *x, size_t n, struct error *err)
{
	struct slim_sum *rest = rest_of(s, 0, err);

	if (!rest || !slim_widen(rest, err))
		return false;
	if (s->squares)
		sum_add_squares(rest->wide, x, n);
	else
		sum_add_many(rest->wide, x, n);
	return true;
}

bool
slim_sums_add(struct slim_sums *s, const double *x, size_t n, const uint32_t *groups,
	      struct error *err)
{
	if (!groups)
		return add_to_one(s, x, n, err);
	for (size_t at = 0; at < n; at += SUM_BLOCK) {
		size_t some = n - at < SUM_BLOCK ? n - at : SUM_BLOCK;
		double block[SUM_BLOCK];

		memcpy(block, x + at, some * sizeof(*x));
		memset(block + some, 0, (sum_lanes(some) - some) * sizeof(*x));
		if (!(s->squares ? add_squares : add_block)(s, block, some, groups + at,
							    err))
			return false;
	}
	return true;
}

/* Whole numbers of the same units. */
static bool
merge_wholes(struct slim_sums *into, struct slim_sums *from, const uint32_t *map,
	     size_t n, struct error *err)
{
	size_t steps = steps_of(into);

	if (!carry(into, err) || !carry(from, err))
		return false;
	for (size_t g = 0; g < n; g++)
		for (size_t step = 0; step < steps; step++)
			into->at[map[g] * steps + step] += from->at[g * steps + step];
	return carry(into, err);
}

bool
slim_sums_merge(struct slim_sums *into, struct slim_sums *from, const uint32_t *map,
		size_t n, struct error *err)
{
	struct slim_sum *rest;

	if (!into->has_unit) {
		into->has_unit = from->has_unit;
		into->unit = from->unit;
		into->due = 0;
	}
	for (size_t g = 0; from->has_unit && from->unit != into->unit && g < n; g++)
		for (size_t step = 0; step < steps_of(from); step++)
			if (!put_away(from, g, step, err))
				return false;
	if (from->has_unit && from->unit == into->unit &&
	    !merge_wholes(into, from, map, n, err))
		return false;
	for (size_t g = 0; g < n && g < from->rests; g++) {
		if (!from->rest[g].n && !from->rest[g].wide)
			continue;
		if (!(rest = rest_of(into, map[g], err)) ||
		    !slim_merge(rest, &from->rest[g], err))
			return false;
	}
	return true;
}

void
slim_sums_value(const struct slim_sums *s, size_t group, struct sum *out)
{
	size_t steps = steps_of(s);

	*out = (struct sum){ 0 };
	for (size_t step = 0; s->has_unit && step < steps; step++)
		if (s->at[group * steps + step])
			sum_add_whole(out, s->at[group * steps + step], unit_of(s, step));
	if (group < s->rests)
		slim_value(&s->rest[group], out);
}

size_t
slim_sums_bytes(const struct slim_sums *s)
{
	return s->groups * steps_of(s) * sizeof(*s->at) + s->rests * sizeof(*s->rest);
}

void
slim_sums_release(struct slim_sums *s)
{
	for (size_t g = 0; g < s->rests; g++)
		slim_release(&s->rest[g]);
	memory_free(s->rest, s->rests * sizeof(*s->rest));
	memory_free(s->at, s->groups * steps_of(s) * sizeof(*s->at));
	*s = (struct slim_sums){ .squares = s->squares };
}
