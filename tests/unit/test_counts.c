/* Counts and quantiles do not depend on how rows are shared out. */
#include <math.h>

#include "check.h"
#include "data/frequency.h"
#include "data/quantile.h"

static struct error err;

static void
test_frequency(void)
{
	static const char *const words[] = {
		"b", "a", "b", "", "c", "a", "b", "\xc3\xb6"
	};
	static const char *const order[] = { "b", "a", "", "c", "\xc3\xb6" };
	struct frequency *one = frequency_new(&err), *two = frequency_new(&err);
	struct frequency_entry *sorted;
	struct arena mem = { 0 };
	size_t n;

	for (size_t i = 0; i < COUNT(words); i++)
		CHECK(frequency_add(i & 1 ? one : two, text_of(words[i]), 1, &err));
	CHECK(frequency_merge(one, two, &err));
	CHECK(frequency_sorted(one, &sorted, &n, &mem, &err) && n == COUNT(order));
	for (size_t i = 0; i < n; i++)
		CHECK_TEXT(sorted[i].text.data, order[i]);
	CHECK(sorted[0].count == 3 && sorted[1].count == 2);
	frequency_free(one);
	frequency_free(two);
	arena_release(&mem);
}

/* Many texts: the table grows and still finds each. */
static void
test_many(void)
{
	struct frequency *f = frequency_new(&err);
	char word[16];

	for (int round = 0; round < 2; round++)
		for (int i = 0; i < 5000; i++) {
			snprintf(word, sizeof(word), "w%d", i);
			CHECK(frequency_add(f, text_of(word), 1, &err));
		}
	CHECK(frequency_distinct(f) == 5000);
	frequency_free(f);
	CHECK(memory_used() == 0);
}

static const struct {
	double q, value;
} ranks[] = { { 0, -5 },  { 0.1, -5 }, { 0.2, -5 },        { 0.21, 0 },    { 0.5, 2 },
	      { 0.6, 2 }, { 0.61, 2 }, { 0.81, INFINITY }, { 1, INFINITY } };

static void
test_quantiles(void)
{
	static const double values[] = { 2, 2, -5, INFINITY, -0.0 };
	struct quantiles *one = quantiles_new(&err), *two = quantiles_new(&err);
	struct moments middle;
	double x;

	for (size_t i = 0; i < COUNT(values); i++)
		CHECK(quantiles_add(i < 2 ? one : two, values[i], &err));
	CHECK(quantiles_merge(one, two, &err) && quantiles_count(one) == 5);
	for (size_t i = 0; i < COUNT(ranks); i++)
		CHECK(quantiles_at(one, ranks[i].q, &x, &err) && x == ranks[i].value);
	quantiles_moments(one, 0, 2, &middle);
	CHECK(middle.n == 3 && moments_mean(&middle) == 4.0 / 3);
	quantiles_free(one);
	quantiles_free(two);
}

int
main(void)
{
	test_frequency();
	test_many();
	test_quantiles();
	return check_report();
}
