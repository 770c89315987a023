/* Slim sums are those of the wide ones, in any order and however they are merged. */
#include "base/random.h"
#include "check.h"
#include "op/slim_sum.h"

#include <math.h>
#include <string.h>

enum { NUMBERS = 24, ROUNDS = 2000 };

static const double pool[] = {
	0,       -0.0,  1,        -1,     0.1,      1e16,      -1e16,    1e-300,   5e-324,
	-1e-320, 1e100, 1e308,    -1e308, 0x1p1000, -0x1p999,  0x1p-480, 0x1p-481, 3.5,
	1.0 / 3, 1e154, -1.3e154, 1e-200, INFINITY, -INFINITY, NAN,
};

static bool
same(double a, double b)
{
	return (isnan(a) && isnan(b)) || a == b;
}

/* Every third round has numbers that are not finite. */
static double
some(uint64_t *seed, bool special)
{
	return pool[random_below(seed, COUNT(pool) - (special ? 0 : 3))];
}

static void
play(uint64_t *seed, bool special)
{
	struct slim_sum slim[2] = { 0 }, squares[2] = { 0 };
	struct sum wide = { 0 }, wide_squares = { 0 }, out;
	struct error err = { 0 };
	size_t n = 1 + random_below(seed, NUMBERS);

	for (size_t i = 0; i < n; i++) {
		double x = some(seed, special);
		size_t side = random_below(seed, 2);

		sum_add(&wide, x);
		sum_add_product(&wide_squares, x, x);
		CHECK(slim_add(&slim[side], x, &err));
		CHECK(slim_add_square(&squares[side], x, &err));
	}
	CHECK(slim_merge(&slim[0], &slim[1], &err));
	CHECK(slim_merge(&squares[1], &squares[0], &err));
	slim_value(&slim[0], &out);
	CHECK(same(sum_value(&out), sum_value(&wide)));
	slim_value(&squares[1], &out);
	CHECK(same(sum_value(&out), sum_value(&wide_squares)));
	for (size_t i = 0; i < 2; i++) {
		slim_release(&slim[i]);
		slim_release(&squares[i]);
	}
}

/* Few parts are enough for what is usual. */
static void
stays_slim(void)
{
	struct slim_sum sum = { 0 };
	struct error err = { 0 };
	struct sum out;

	for (int i = 0; i < 1000; i++)
		CHECK(slim_add(&sum, 0.1 * i, &err));
	CHECK(!sum.wide);
	slim_value(&sum, &out);
	CHECK(fabs(sum_value(&out) - 49950) < 1e-9);
	slim_release(&sum);
}

int
main(void)
{
	uint64_t seed = 1;

	for (int i = 0; i < ROUNDS; i++)
		play(&seed, i % 3 == 0);
	stays_slim();
	return check_report();
}
