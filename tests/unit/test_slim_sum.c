/* Slim sums are those of the wide ones, in any order and however they are merged. */
#include "base/memory.h"
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
	out = (struct sum){ 0 };
	slim_value(&slim[0], &out);
	CHECK(same(sum_value(&out), sum_value(&wide)));
	out = (struct sum){ 0 };
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
	struct sum out = { 0 };

	for (int i = 0; i < 1000; i++)
		CHECK(slim_add(&sum, 0.1 * i, &err));
	CHECK(!sum.wide);
	slim_value(&sum, &out);
	CHECK(fabs(sum_value(&out) - 49950) < 1e-9);
	slim_release(&sum);
}

/* Many groups against wide sums, whatever the units that suit their numbers. */
enum { GROUPS = 37, SIDES = 3, BATCHES = 12, MOST_ROWS = 1500 };

static double
some_number(uint64_t *seed, int kind, size_t batch)
{
	double x = (double)random_below(seed, 1 << 30) - (1 << 29);

	switch (kind) {
	case 0:
		return x;
	case 1:
		return x / 3e6;
	case 2: /* units that suited do so no longer */
		return ldexp(x / 3, (int)(batch * 97 % 300) - 150);
	case 3:
		return ldexp(x / 3, (int)random_below(seed, 200) - 100);
	case 4: /* as large as the units allow, all of one sign */
		return 0x1p40 - 1 + x * 0x1p-40;
	case 5:
		return ldexp(x, -1074);
	case 6:
		return ldexp(x / 3, 930);
	default:
		return some(seed, kind == 8);
	}
}

static void
play_groups(uint64_t *seed, int kind)
{
	static double x[MOST_ROWS];
	static uint32_t groups[MOST_ROWS], map[GROUPS];
	static struct sum wide[2][GROUPS];
	struct slim_sums sums[SIDES][2] = { { { 0 } } };
	struct error err = { 0 };
	struct sum out;

	memset(wide, 0, sizeof(wide));
	for (uint32_t g = 0; g < GROUPS; g++)
		map[g] = g;
	for (size_t batch = 0; batch < BATCHES; batch++) {
		struct slim_sums *side = sums[random_below(seed, SIDES)];
		size_t n = random_below(seed, MOST_ROWS), some_groups = 1 + batch * 3;

		for (size_t i = 0; i < n; i++) {
			groups[i] = (uint32_t)random_below(seed, some_groups);
			x[i] = random_below(seed, 9) ? some_number(seed, kind, batch) : 0;
			sum_add(&wide[0][groups[i]], x[i]);
			sum_add_product(&wide[1][groups[i]], x[i], x[i]);
		}
		for (size_t k = 0; k < 2; k++) {
			side[k].squares = k == 1;
			CHECK(slim_sums_room(&side[k], some_groups, &err));
			CHECK(slim_sums_add(&side[k], x, n, groups, &err));
		}
	}
	for (size_t k = 0; k < 2; k++) {
		for (size_t s = 0; s < SIDES; s++) {
			sums[s][k].squares = k == 1;
			CHECK(slim_sums_room(&sums[s][k], GROUPS, &err));
		}
		for (size_t s = 1; s < SIDES; s++)
			CHECK(slim_sums_merge(&sums[0][k], &sums[s][k], map, GROUPS,
					      &err));
		for (size_t g = 0; g < GROUPS; g++) {
			slim_sums_value(&sums[0][k], g, &out);
			CHECK(same(sum_value(&out), sum_value(&wide[k][g])));
		}
		for (size_t s = 0; s < SIDES; s++)
			slim_sums_release(&sums[s][k]);
	}
}

/* What is usual needs nothing beside the whole numbers, and no carry is lost. */
static void
stays_whole(void)
{
	enum { ROUNDS_OF_ALL = 5000 };
	static double x[1024];
	static uint32_t groups[1024];
	struct slim_sums sums = { 0 };
	struct error err = { 0 };
	struct sum out, wide = { 0 };

	for (size_t i = 0; i < COUNT(x); i++)
		x[i] = 1023.75 + (double)(i % 7) * 0.1;
	CHECK(slim_sums_room(&sums, 1, &err));
	for (int i = 0; i < ROUNDS_OF_ALL; i++) {
		CHECK(slim_sums_add(&sums, x, COUNT(x), groups, &err));
		sum_add_many(&wide, x, COUNT(x));
	}
	CHECK(!sums.rest);
	slim_sums_value(&sums, 0, &out);
	CHECK(sum_value(&out) == sum_value(&wide));
	slim_sums_release(&sums);
}

int
main(void)
{
	uint64_t seed = 1;

	for (int i = 0; i < ROUNDS; i++)
		play(&seed, i % 3 == 0);
	stays_slim();
	for (int i = 0; i < 270; i++)
		play_groups(&seed, i % 9);
	stays_whole();
	CHECK(memory_used() == 0);
	return check_report();
}
