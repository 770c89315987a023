/* quantile - a table of value and count, sorted when it is asked. */
#include "data/quantile.h"

#include <math.h>
#include <stdlib.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "base/memory.h"

struct entry {
	double value;
	uint64_t count; /* 0: free */
};

struct quantiles {
	struct buffer *table; /* open addressing, a power of 2 */
	size_t room, used;
	uint64_t n;
};

enum { FIRST_ROOM = 64 };

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
	size_t i = XXH3_64bits(&x, sizeof(x)) & (room - 1);

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

bool
quantiles_at(struct quantiles *q, double quantile, double *out, struct error *err)
{
	size_t size = q->used * sizeof(struct entry), n = 0;
	struct entry *sorted = memory_alloc(size, err), *table = table_of(q);
	double rank = rank_of(quantile, q->n);
	uint64_t before = 0;

	if (!sorted)
		return false;
	for (size_t i = 0; i < q->room; i++)
		if (table[i].count)
			sorted[n++] = table[i];
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

void
quantiles_moments(const struct quantiles *q, double low, double high, struct moments *out)
{
	const struct entry *table = table_of(q);

	*out = (struct moments){ 0 };
	for (size_t i = 0; i < q->room; i++)
		if (table[i].count && table[i].value >= low && table[i].value <= high)
			for (uint64_t c = 0; c < table[i].count; c++)
				moments_add(out, table[i].value);
}
