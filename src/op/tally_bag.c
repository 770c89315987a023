/*
 * tally_bag - every value, for a median.
 *
 * Values lie in the order in which they came, each with its group, as whole numbers of
 * the same order; when a median is asked for they are sorted into their groups first.
 */
#include "op/tally_parts.h"

struct bag_tally {
	struct tally tally;
	struct buffer *values; /* int64 */
	struct buffer *owners; /* uint32: group of each; empty: all are of group 0 */
	size_t *ends;          /* by group, when prepared: where its values end */
	bool sorted;
};

static size_t
count_of(const struct bag_tally *t)
{
	return t->values->size / sizeof(int64_t);
}

static int64_t *
values_of(const struct bag_tally *t)
{
	return (int64_t *)(void *)t->values->data;
}

static uint32_t *
owners_of(const struct bag_tally *t)
{
	return (uint32_t *)(void *)t->owners->data;
}

static bool
room(struct tally *tally, size_t groups, struct error *err)
{
	struct bag_tally *t = (struct bag_tally *)tally;
	void *ends = t->ends;
	bool ok = (t->values || (t->values = buffer_new(0, err))) &&
		  (t->owners || (t->owners = buffer_new(0, err))) &&
		  tally_grow(&ends, tally->groups, groups, sizeof(*t->ends), err);

	t->ends = ends;
	return ok;
}

static bool
make_room(struct bag_tally *t, size_t n, bool owned, struct error *err)
{
	return buffer_reserve(t->values, n * sizeof(int64_t), err) &&
	       (!owned || buffer_reserve(t->owners, n * sizeof(uint32_t), err));
}

static bool
add(struct tally *tally, const struct present *p, struct error *err)
{
	struct bag_tally *t = (struct bag_tally *)tally;
	const struct column *c = p->column;
	size_t at = count_of(t);
	int64_t *values;

	if (!make_room(t, p->n, p->groups, err))
		return false;
	values = values_of(t) + at;
	for (size_t i = 0; i < p->n; i++)
		values[i] = tally_order(column_number(c, present_row(p, i)));
	t->values->size += p->n * sizeof(int64_t);
	if (p->groups) {
		memcpy(owners_of(t) + at, p->groups, p->n * sizeof(uint32_t));
		t->owners->size += p->n * sizeof(uint32_t);
	}
	return true;
}

static bool
merge(struct tally *into, struct tally *from, const uint32_t *map, size_t groups,
      struct error *err)
{
	struct bag_tally *to = (struct bag_tally *)into, *t = (struct bag_tally *)from;
	size_t at = count_of(to), n = count_of(t);
	bool owned = t->owners->size > 0;

	(void)groups;
	if (!make_room(to, n, owned, err))
		return false;
	memcpy(values_of(to) + at, values_of(t), n * sizeof(int64_t));
	to->values->size += n * sizeof(int64_t);
	for (size_t i = 0; owned && i < n; i++)
		owners_of(to)[at + i] = map[owners_of(t)[i]];
	to->owners->size += owned ? n * sizeof(uint32_t) : 0;
	return true;
}

/* Values into their groups. */
static bool
prepare(struct tally *tally, struct error *err)
{
	struct bag_tally *t = (struct bag_tally *)tally;
	size_t n = count_of(t), before = 0;
	const uint32_t *owners = owners_of(t);
	struct buffer *sorted;

	if (t->sorted)
		return true;
	t->sorted = true;
	if (!t->owners->size) {
		if (tally->groups)
			t->ends[0] = n;
		return true;
	}
	if (!(sorted = buffer_new(n * sizeof(int64_t), err)))
		return false;
	for (size_t i = 0; i < n; i++)
		t->ends[owners[i]]++;
	for (size_t g = 0; g < tally->groups; g++) {
		size_t count = t->ends[g];

		t->ends[g] = before;
		before += count;
	}
	for (size_t i = 0; i < n; i++)
		((int64_t *)(void *)sorted->data)[t->ends[owners[i]]++] = values_of(t)[i];
	buffer_drop(t->values);
	t->values = sorted;
	return true;
}

static void
swap(int64_t *a, int64_t *b)
{
	int64_t c = *a;

	*a = *b;
	*b = c;
}

static int64_t
middle_of(int64_t a, int64_t b, int64_t c)
{
	int64_t low = a < b ? a : b, high = a < b ? b : a;

	return c < low ? low : c > high ? high : c;
}

/* The k-th of them, which is put there, and none that is larger before it (C. A. R.
 * Hoare, "Algorithm 65: find", Communications of the ACM 4, 1961). */
static int64_t
select_value(int64_t *x, size_t n, size_t place)
{
	ptrdiff_t low = 0, high = (ptrdiff_t)n - 1, k = (ptrdiff_t)place;

	while (low < high) {
		int64_t pivot = middle_of(x[low], x[low + (high - low) / 2], x[high]);
		ptrdiff_t i = low, j = high;

		while (i <= j) {
			while (x[i] < pivot)
				i++;
			while (x[j] > pivot)
				j--;
			if (i <= j)
				swap(&x[i++], &x[j--]);
		}
		if (k > j && k < i)
			break;
		if (k <= j)
			high = j;
		else
			low = i;
	}
	return x[k];
}

/* As Spark's percentile: between the two in the middle. */
static void
put(struct tally *tally, enum tally_function function, size_t group, struct build *out)
{
	struct bag_tally *t = (struct bag_tally *)tally;
	size_t first = group ? t->ends[group - 1] : 0, n = t->ends[group] - first;
	int64_t *x = values_of(t) + first;
	double low, high;

	(void)function;
	if (n == 0) {
		build_null(out);
		return;
	}
	high = tally_number(select_value(x, n, n / 2));
	low = n % 2 ? high : tally_number(select_value(x, n / 2, n / 2 - 1));
	build_float(out, low == high ? low : 0.5 * low + 0.5 * high);
}

static size_t
bytes(const struct tally *tally)
{
	const struct bag_tally *t = (const struct bag_tally *)tally;

	return t->values ? t->values->capacity + t->owners->capacity : 0;
}

static void
release(struct tally *tally)
{
	struct bag_tally *t = (struct bag_tally *)tally;

	buffer_drop(t->values);
	buffer_drop(t->owners);
	memory_free(t->ends, tally->groups * sizeof(*t->ends));
}

const struct tally_kind tally_bag = {
	.size = sizeof(struct bag_tally),
	.width = sizeof(size_t),
	.bytes = bytes,
	.room = room,
	.add = add,
	.merge = merge,
	.prepare = prepare,
	.put = put,
	.release = release,
};
