/* Quantiles are values that were seen, whatever the order and the parts. */
#include <math.h>
#include <stdlib.h>

#include "base/memory.h"
#include "check.h"
#include "data/quantile.h"

static struct quantiles *
empty(void)
{
	struct error err = { 0 };
	struct quantiles *q = quantiles_new(&err);

	CHECK(q);
	return q;
}

static double
one(struct quantiles *q, double at)
{
	struct error err = { 0 };
	double value = -1;

	CHECK(quantiles_at(q, at, &value, &err));
	return value;
}

static void
is_exact(void)
{
	static const double values[] = { 3, 1, 2, 2, 10, -5 }; /* -5 1 2 2 3 10 */
	static const struct {
		double at, value;
	} cases[] = {
		{ 0, -5 },   { 0.1, -5 },  { 1.0 / 6, -5 }, { 0.17, 1 },
		{ 0.25, 1 }, { 0.5, 2 },   { 0.51, 2 },     { 0.67, 3 },
		{ 0.75, 3 }, { 0.84, 10 }, { 1, 10 },
	};
	struct quantiles *q = empty();
	struct moments m;
	struct error err = { 0 };

	for (size_t i = 0; i < COUNT(values); i++)
		CHECK(quantiles_add(q, values[i], &err));
	CHECK(quantiles_count(q) == 6);
	for (size_t i = 0; i < COUNT(cases); i++)
		CHECK(one(q, cases[i].at) == cases[i].value);
	quantiles_moments(q, 1, 3, &m);
	CHECK(m.n == 4 && moments_mean(&m) == 2);
	quantiles_free(q);
	q = empty();
	CHECK(quantiles_add(q, -0.0, &err) && quantiles_add(q, 0.0, &err));
	CHECK(quantiles_count(q) == 2 && !signbit(one(q, 0)));
	CHECK(quantiles_add(q, -INFINITY, &err) && quantiles_add(q, INFINITY, &err));
	CHECK(one(q, 0) == -INFINITY && one(q, 1) == INFINITY && one(q, 0.5) == 0);
	quantiles_free(q);
	CHECK(memory_used() == 0);
}

static int
by_value(const void *a, const void *b)
{
	const double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/* Against sorting, in three parts that are merged. */
static void
merges(void)
{
	enum { N = 20000 };
	static double x[N];
	struct quantiles *part[3] = { empty(), empty(), empty() }, *all = empty();
	struct error err = { 0 };
	uint64_t seed = 1;

	for (int i = 0; i < N; i++) {
		seed = seed * 6364136223846793005u + 1442695040888963407u;
		x[i] = (double)(seed >> 40) / (i % 2 ? 7 : 65536);
		CHECK(quantiles_add(part[i % 3], x[i], &err));
	}
	for (int i = 2; i >= 0; i--) {
		CHECK(quantiles_merge(all, part[i], &err));
		quantiles_free(part[i]);
	}
	qsort(x, N, sizeof(x[0]), by_value);
	for (int i = 0; i < 100; i++)
		CHECK(one(all, i / 100.0) == x[i ? (int)ceil(i / 100.0 * N) - 1 : 0]);
	quantiles_free(all);
	CHECK(memory_used() == 0);
}

/* Refused at every request in turn: an error, and nothing leaks. */
static void
survives_refusals(void)
{
	for (size_t k = 1; k < 8; k++) {
		struct error err = { 0 };
		struct quantiles *q;
		double value;
		bool ok;

		memory_refuse(k);
		q = quantiles_new(&err);
		ok = q != NULL;
		for (int i = 0; ok && i < 200; i++)
			ok = quantiles_add(q, i, &err);
		ok = ok && quantiles_at(q, 0.5, &value, &err);
		CHECK(ok || *err.text);
		memory_refuse(0);
		quantiles_free(q);
	}
	CHECK(memory_used() == 0);
}

int
main(void)
{
	is_exact();
	merges();
	survives_refusals();
	return check_report();
}
