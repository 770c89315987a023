/*
 * quantile - a table of value and count, sorted when it is asked. Small whole numbers,
 * which are most of what is counted, have an array of their own.
 */
#include "data/quantile.h"

#include <math.h>
#include <stdlib.h>

#include "base/memory.h"

struct entry {
	double value;
	uint64_t count; /* 0: free */
};

struct quantiles {
	struct buffer *table; /* open addressing, a power of 2 */
	size_t room, used;
	uint64_t *small; /* counts of 0, 1, ...; NULL: none yet */
	uint64_t n;
};

enum { FIRST_ROOM = 64, SMALL = 2048 };

struct quantiles *
quantiles_new(struct error *err)
{
	struct quantiles *q = calloc(1, sizeof(*q));

	if (!q) {
		fail(err, "out of memory: the system refused a table of numbers");
		return NULL;
	}
	q->room = FIRST_ROOM;
	q->table = buffer_new(FIRST_ROOM * sizeof(struct entry), err);
	if (q->table)
		return q;
	free(q);
	return NULL;
}

void
quantiles_free(void *quantiles)
{
	struct quantiles *q = quantiles;

	if (!q)
		return;
	buffer_drop(q->table);
	memory_free(q->small, SMALL * sizeof(*q->small));
	free(q);
}

static struct entry *
table_of(const struct quantiles *q)
{
	return (struct entry *)(void *)q->table->data;
}

static struct entry *
place_of(struct entry *table, size_t room, double x)
{
	uint64_t bits;
	size_t i;

	memcpy(&bits, &x, sizeof(bits));
	bits *= UINT64_C(0x9e3779b97f4a7c15);
	i = (bits ^ bits >> 32) & (room - 1);
	while (table[i].count && table[i].value != x)
		i = (i + 1) & (room - 1);
	return &table[i];
}

static bool
grow(struct quantiles *q, struct error *err)
{
	struct buffer *wider = buffer_new(2 * q->room * sizeof(struct entry), err);
	struct entry *table = table_of(q);

	if (!wider)
		return false;
	for (size_t i = 0; i < q->room; i++)
		if (table[i].count)
			*place_of((struct entry *)(void *)wider->data, 2 * q->room,
				  table[i].value) = table[i];
	buffer_drop(q->table);
	q->table = wider;
	q->room *= 2;
	return true;
}

static bool
add(struct quantiles *q, double x, uint64_t count, struct error *err)
{
	struct entry *entry;

	x = x == 0 ? 0 : x; /* -0.0 is 0.0 */
	entry = place_of(table_of(q), q->room, x);
	q->n += count;
	entry->value = x;
	entry->count += count;
	if (entry->count > count)
		return true;
	q->used++;
	return q->used * 2 < q->room || grow(q, err);
}

bool
quantiles_add(struct quantiles *q, double x, struct error *err)
{
	return add(q, x, 1, err);
}

static bool
need_small(struct quantiles *q, struct error *err)
{
	return q->small || (q->small = memory_alloc(SMALL * sizeof(*q->small), err));
}

bool
quantiles_add_many(struct quantiles *q, const double *x, size_t n, struct error *err)
{
	if (!need_small(q, err))
		return false;
	for (size_t i = 0; i < n; i++) {
		bool fits = x[i] >= 0 && x[i] < SMALL;
		int32_t whole = fits ? (int32_t)x[i] : 0;

		if (!fits || (double)whole != x[i]) {
			if (!add(q, x[i], 1, err))
				return false;
			continue;
		}
		q->small[whole]++;
		q->n++;
	}
	return true;
}

bool
quantiles_merge(struct quantiles *into, const struct quantiles *from, struct error *err)
{
	const struct entry *table = table_of(from);

	/* Numbers come in the order of their places, which would crowd a smaller table.
	 */
	while (into->room < from->room)
		if (!grow(into, err))
			return false;
	for (size_t i = 0; i < from->room; i++)
		if (table[i].count && !add(into, table[i].value, table[i].count, err))
			return false;
	if (from->small && !need_small(into, err))
		return false;
	for (size_t i = 0; from->small && i < SMALL; i++) {
		into->small[i] += from->small[i];
		into->n += from->small[i];
	}
	return true;
}

uint64_t
quantiles_count(const struct quantiles *q)
{
	return q->n;
}

static int
by_value(const void *a, const void *b)
{
	double x = ((const struct entry *)a)->value, y = ((const struct entry *)b)->value;

	return (x > y) - (x < y);
}

/* Spark takes the ends for what is within its relative error of them. */
static double
rank_of(double quantile, uint64_t n)
{
	const double error = 0.001;

	if (quantile <= error)
		return 1;
	return quantile >= 1 - error ? (double)n : ceil(quantile * (double)n);
}

/* Small numbers in the table may be in the array as well. */
static size_t
list(const struct quantiles *q, struct entry *out)
{
	const struct entry *table = table_of(q);
	size_t n = 0;

	for (size_t i = 0; i < q->room; i++)
		if (table[i].count)
			out[n++] = table[i];
	for (size_t i = 0; q->small && i < SMALL; i++)
		if (q->small[i])
			out[n++] = (struct entry){ (double)i, q->small[i] };
	return n;
}

bool
quantiles_at(struct quantiles *q, double quantile, double *out, struct error *err)
{
	size_t size = (q->used + SMALL) * sizeof(struct entry), n;
	struct entry *sorted = memory_alloc(size, err);
	double rank = rank_of(quantile, q->n);
	uint64_t before = 0;

	if (!sorted)
		return false;
	n = list(q, sorted);
	qsort(sorted, n, sizeof(*sorted), by_value);
	*out = sorted[n - 1].value;
	for (size_t i = 0; i < n; i++) {
		before += sorted[i].count;
		if ((double)before >= rank) {
			*out = sorted[i].value;
			break;
		}
	}
	memory_free(sorted, size);
	return true;
}

/* So many times the same number, exactly. */
static void
add_times(struct moments *m, double x, uint64_t times)
{
	double square = x * x, n = (double)times;

	if (fabs(x) > 0x1p470 || (x != 0 && fabs(x) < 0x1p-470) || times > 1ull << 53) {
		for (uint64_t i = 0; i < times; i++)
			moments_add(m, x);
		return;
	}
	m->n += times;
	sum_add_product(&m->x, x, n);
	sum_add_product(&m->xx, square, n);
	sum_add_product(&m->xx, fma(x, x, -square), n);
}

void
quantiles_moments(const struct quantiles *q, double low, double high, struct moments *out)
{
	const struct entry *table = table_of(q);

	*out = (struct moments){ 0 };
	for (size_t i = 0; i < q->room; i++)
		if (table[i].count && table[i].value >= low && table[i].value <= high)
			add_times(out, table[i].value, table[i].count);
	for (size_t i = 0; q->small && i < SMALL; i++)
		if (q->small[i] && (double)i >= low && (double)i <= high)
			add_times(out, (double)i, q->small[i]);
}
