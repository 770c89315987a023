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

/* Many at once are as one by one, small whole numbers and others. */
static void
adds_many(void)
{
	enum { N = 4000 };
	static double x[N];
	struct quantiles *ones = empty(), *many = empty(), *merged = empty();
	struct moments a, b;
	struct error err = { 0 };

	for (int i = 0; i < N; i++) {
		x[i] = i % 3 ? i * 37 % 2600 - 200 : (i % 300 - 150) / 4.0;
		CHECK(quantiles_add(ones, x[i], &err));
	}
	CHECK(quantiles_add_many(many, x, N / 2, &err));
	CHECK(quantiles_add_many(many, x + N / 2, N / 2 - 50, &err));
	for (int i = N - 50; i < N; i++)
		CHECK(quantiles_add(merged, x[i], &err));
	CHECK(quantiles_merge(merged, many, &err));
	CHECK(quantiles_count(merged) == N);
	for (int i = 0; i <= 100; i++)
		CHECK(one(merged, i / 100.0) == one(ones, i / 100.0));
	quantiles_moments(ones, -20, 1000.5, &a);
	quantiles_moments(merged, -20, 1000.5, &b);
	CHECK(a.n == b.n && moments_mean(&a) == moments_mean(&b));
	CHECK(moments_variance(&a) == moments_variance(&b));
	b = (struct moments){ 0 };
	for (int i = 0; i < N; i++)
		if (x[i] >= -20 && x[i] <= 1000.5)
			moments_add(&b, x[i]);
	CHECK(a.n == b.n && moments_variance(&a) == moments_variance(&b));
	quantiles_free(ones);
	quantiles_free(many);
	quantiles_free(merged);
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
	adds_many();
	survives_refusals();
	return check_report();
}
