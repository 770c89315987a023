/* sort_key - cells as numbers whose order is theirs. */
#include "op/sort_key.h"

#include <math.h>
#include <stdlib.h>

enum { TEXT_PART = 7 }; /* bytes of a text in one number; the last byte counts them */

static uint64_t
long_start(int64_t x)
{
	return (uint64_t)x ^ UINT64_C(1) << 63;
}

/* The order of doubles as that of unsigned numbers; NaN last, both zeroes equal. */
static uint64_t
float_start(double x)
{
	uint64_t bits;

	if (isnan(x))
		return UINT64_MAX;
	x += 0.0; /* -0.0 becomes 0.0 */
	memcpy(&bits, &x, sizeof(bits));
	return bits >> 63 ? ~bits : bits | UINT64_C(1) << 63;
}

/* Bytes [from, from + n) of a text, the first one on top; zeroes behind its end. */
static uint64_t
text_bytes(struct text t, size_t from, size_t n)
{
	uint64_t start = 0;

	for (size_t i = from; i < from + n; i++)
		start = start << 8 | (i < t.size ? (unsigned char)t.data[i] : 0);
	return start;
}

uint64_t
sort_start(const struct column *c, size_t row)
{
	if (column_is_null(c, row))
		return 0;
	switch (c->type) {
	case TYPE_LONG:
	case TYPE_DATETIME:
		return long_start(column_longs(c)[row]);
	case TYPE_FLOAT:
		return float_start(column_floats(c)[row]);
	case TYPE_DATE:
		return (uint64_t)((int64_t)column_ints(c)[row] - INT32_MIN) + 1;
	case TYPE_BOOL:
		return 1 + (uint64_t)column_bool(c, row);
	case TYPE_STRING:
		return text_bytes(column_text(c, row), 0, 8);
	case TYPE_OBJECT:
		break;
	}
	return 0;
}

/* Null is 0, then come texts by their bytes, those that end sooner first. */
static uint64_t
text_part(struct text t, unsigned part)
{
	size_t from = (size_t)part * TEXT_PART;
	size_t left = t.size > from ? t.size - from : 0;
	uint64_t there = left > TEXT_PART ? TEXT_PART + 1 : left;

	return text_bytes(t, from, TEXT_PART) << 8 | (there + 1);
}

uint64_t
sort_part(const struct column *c, size_t row, bool descending, unsigned part)
{
	uint64_t x;

	if (!column_is_null(c, row) && c->type == TYPE_STRING)
		x = text_part(column_text(c, row), part);
	else if (c->type != TYPE_STRING && part == 0)
		x = !column_is_null(c, row);
	else
		x = sort_start(c, row);
	return descending ? ~x : x;
}

bool
sort_part_ends(enum type type, bool descending, unsigned part, uint64_t number)
{
	if (type != TYPE_STRING)
		return part > 0;
	return ((descending ? ~number : number) & 0xff) <= TEXT_PART + 1;
}

static void
add_float(struct sort_stats *s, double x)
{
	int64_t whole;

	if (isnan(x)) {
		s->raw = true;
		return;
	}
	x += 0.0;
	if (s->least > s->largest)
		s->least = s->largest = x;
	s->least = x < s->least ? x : s->least;
	s->largest = x > s->largest ? x : s->largest;
	while (!s->raw && !scaled_exact(x, scale_power(s->scale), &whole)) {
		if (s->scale == SCALE_MOST)
			s->raw = true;
		else
			s->scale++;
	}
}

void
sort_stats_add(struct sort_stats *s, const struct column *c)
{
	if (!s->any) {
		*s = (struct sort_stats){ .any = true, .low = UINT64_MAX, .least = 1 };
	}
	for (size_t i = 0; i < c->rows; i++) {
		uint64_t start;

		if (column_is_null(c, i)) {
			s->nulls = true;
			continue;
		}
		if (c->type == TYPE_STRING)
			continue;
		start = sort_start(c, i);
		s->low = start < s->low ? start : s->low;
		s->high = start > s->high ? start : s->high;
		if (c->type == TYPE_FLOAT)
			add_float(s, column_floats(c)[i]);
	}
}

void
sort_stats_merge(struct sort_stats *into, const struct sort_stats *from)
{
	if (!from->any)
		return;
	if (!into->any) {
		*into = *from;
		return;
	}
	into->nulls |= from->nulls;
	into->raw |= from->raw;
	into->scale = from->scale > into->scale ? from->scale : into->scale;
	into->low = from->low < into->low ? from->low : into->low;
	into->high = from->high > into->high ? from->high : into->high;
	if (from->least > from->largest)
		return;
	if (into->least > into->largest) {
		into->least = from->least;
		into->largest = from->largest;
	}
	into->least = from->least < into->least ? from->least : into->least;
	into->largest = from->largest > into->largest ? from->largest : into->largest;
}

static unsigned
bits_of(uint64_t x)
{
	return x ? 64 - (unsigned)__builtin_clzll(x) : 0;
}

/* The floats as whole numbers, if all of them are at the scale that all have. */
static bool
set_scaled(struct lead_key *k, const struct sort_stats *s)
{
	double most = fmax(fabs(s->least), fabs(s->largest)), power;

	power = scale_power(s->scale);
	if (s->raw || s->least > s->largest || most * power >= SCALED_MOST)
		return false;
	k->as = LEAD_SCALED;
	k->power = power;
	k->low = long_start(scaled_near(s->least, power));
	k->range = long_start(scaled_near(s->largest, power)) - k->low;
	return true;
}

/* False: there is no telling its values apart in the bits that are left. */
static bool
set_key(struct lead_key *k, bool descending, enum type type, const struct sort_stats *s,
	struct buffer *ranks, unsigned left)
{
	*k = (struct lead_key){ .descending = descending, .nulls = s->nulls };
	if (type == TYPE_STRING && !ranks)
		return false;
	if (type == TYPE_STRING) {
		k->as = LEAD_RANK;
		k->range = ranks->size / sizeof(uint32_t);
	} else if (s->low <= s->high && (type != TYPE_FLOAT || !set_scaled(k, s))) {
		k->low = s->low;
		k->range = s->high - s->low;
	}
	if (k->nulls && k->range == UINT64_MAX)
		return false;
	k->range += k->nulls;
	k->bits = bits_of(k->range);
	return k->bits <= left;
}

bool
sort_lead_make(struct sort_lead *lead, const struct sort_key *keys, size_t n,
	       const enum type *types, const struct sort_stats *stats,
	       struct buffer **ranks, struct error *err)
{
	*lead = (struct sort_lead){ .at = calloc(n, sizeof(*lead->at)) };
	if (!lead->at)
		return fail(err, "out of memory: the system refused %zu keys", n);
	while (lead->n < n) {
		struct lead_key *k = &lead->at[lead->n];

		if (!set_key(k, keys[lead->n].descending, types[lead->n], &stats[lead->n],
			     ranks[lead->n], 64 - lead->bits))
			break;
		k->ranks = ranks[lead->n];
		ranks[lead->n] = NULL;
		lead->bits += k->bits;
		lead->n++;
	}
	return true;
}

void
sort_lead_release(struct sort_lead *lead)
{
	for (size_t i = 0; i < lead->n; i++)
		buffer_drop(lead->at[i].ranks);
	free(lead->at);
	*lead = (struct sort_lead){ 0 };
}

static inline uint64_t
lead_of(const struct lead_key *k, const struct column *c, size_t row)
{
	uint64_t x;

	if (column_is_null(c, row))
		x = 0;
	else if (k->as == LEAD_SCALED)
		x = long_start(scaled_near(column_floats(c)[row], k->power)) - k->low +
		    k->nulls;
	else if (k->as == LEAD_RANK)
		x = ((const uint32_t *)(const void *)
			     k->ranks->data)[column_ints(c)[row]] +
		    k->nulls;
	else
		x = sort_start(c, row) - k->low + k->nulls;
	return k->descending ? k->range - x : x;
}

void
sort_lead_put(const struct sort_lead *lead, const struct sort_key *keys,
	      const struct batch *batch, void *first, size_t stride)
{
	for (size_t row = 0; !lead->n && row < batch->rows; row++)
		memset((char *)first + row * stride, 0, sizeof(uint64_t));
	for (size_t i = 0; i < lead->n; i++) {
		const struct lead_key *k = &lead->at[i];
		const struct column *c = batch->at[keys[i].column];
		char *p = first;

		for (size_t row = 0; row < batch->rows; row++, p += stride) {
			uint64_t x = lead_of(k, c, row), before = 0;

			if (i > 0)
				memcpy(&before, p, sizeof(before));
			if (k->bits < 64)
				x |= before << k->bits;
			memcpy(p, &x, sizeof(x));
		}
	}
}

struct ranked {
	struct text text;
	uint32_t code;
};

static int
compare(const void *a, const void *b)
{
	return text_compare(((const struct ranked *)a)->text,
			    ((const struct ranked *)b)->text);
}

struct buffer *
sort_ranks(const struct column *words, struct error *err)
{
	size_t size = words->rows * sizeof(struct ranked);
	struct ranked *all = memory_alloc_bare(size, err);
	struct buffer *ranks =
		all ? buffer_new_bare(words->rows * sizeof(uint32_t), err) : NULL;

	if (ranks) {
		for (size_t i = 0; i < words->rows; i++)
			all[i] = (struct ranked){ column_text(words, i), (uint32_t)i };
		qsort(all, words->rows, sizeof(*all), compare);
		for (size_t i = 0; i < words->rows; i++)
			((uint32_t *)(void *)ranks->data)[all[i].code] = (uint32_t)i;
	}
	memory_free(all, size);
	return ranks;
}
