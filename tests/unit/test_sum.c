/* Sums are exact, in whatever order and however they are merged. */
#include <float.h>
#include <math.h>

#include "base/random.h"
#include "base/sum.h"
#include "base/sum_parts.h"
#include "check.h"

/* Wanted values are those of exact fractions, rounded once. */
static const struct {
	size_t n;
	double x[12];
	double sum, mean, variance;
} cases[] = {
	{ 4,
	  { 0x1.0000000000000p+0, 0x1.0000000000000p+1, 0x1.8000000000000p+1,
	    0x1.0000000000000p+2 },
	  0x1.4000000000000p+3,
	  0x1.4000000000000p+1,
	  0x1.aaaaaaaaaaaabp+0 },
	{ 10,
	  { 0x1.999999999999ap-4, 0x1.999999999999ap-4, 0x1.999999999999ap-4,
	    0x1.999999999999ap-4, 0x1.999999999999ap-4, 0x1.999999999999ap-4,
	    0x1.999999999999ap-4, 0x1.999999999999ap-4, 0x1.999999999999ap-4,
	    0x1.999999999999ap-4 },
	  0x1.0000000000000p+0,
	  0x1.999999999999ap-4,
	  0x0.0p+0 },
	{ 3,
	  { 0x1.1c37937e08000p+53, 0x1.0000000000000p+0, -0x1.1c37937e08000p+53 },
	  0x1.0000000000000p+0,
	  0x1.5555555555555p-2,
	  0x1.3b8b5b5056e17p+106 },
	{ 3,
	  { 0x1.1ccf385ebc8a0p+1023, 0x1.1ccf385ebc8a0p+1023, -0x1.1ccf385ebc8a0p+1023 },
	  0x1.1ccf385ebc8a0p+1023,
	  0x1.7bbef5d3a60d5p+1021,
	  INFINITY },
	{ 2,
	  { 0x0.0000000000001p-1022, 0x0.0000000000001p-1022 },
	  0x0.0000000000002p-1022,
	  0x0.0000000000001p-1022,
	  0x0.0p+0 },
	{ 3,
	  { 0x1.dcd6500000000p+29, 0x1.dcd6500800000p+29, 0x1.dcd6501000000p+29 },
	  0x1.65a0bc0600000p+31,
	  0x1.dcd6500800000p+29,
	  0x1.0000000000000p+0 },
	{ 2,
	  { 0x1.4e718d7d7625ap+664, 0x1.4e718d7d7625ap+664 },
	  0x1.4e718d7d7625ap+665,
	  0x1.4e718d7d7625ap+664,
	  0x0.0p+0 },
	{ 3,
	  { 0x1.87e92154ef7acp-665, 0x1.87e92154ef7acp-664, 0x1.87e92154ef7acp-663 },
	  0x1.56ebfd2a518b6p-662,
	  0x1.c93aa6e317649p-664,
	  0x0.0p+0 },
	{ 3,
	  { 0x1.999999999999ap-4, 0x1.999999999999ap-3, 0x1.3333333333333p-2 },
	  0x1.3333333333333p-1,
	  0x1.999999999999ap-3,
	  0x1.47ae147ae147ap-7 },
	{ 1, { 0x1.8000000000000p+0 }, 0x1.8000000000000p+0, 0x1.8000000000000p+0, NAN },
	{ 2, { -0x0.0p+0, 0x0.0p+0 }, 0x0.0p+0, 0x0.0p+0, 0x0.0p+0 },
	{ 2,
	  { 0x1.1ccf385ebc8a0p+1023, -0x1.1ccf385ebc8a0p+1023 },
	  0x0.0p+0,
	  0x0.0p+0,
	  INFINITY },
	{ 3,
	  { 0x1.fffffffffffffp+1023, 0x1.fffffffffffffp+1023, 0x1.fffffffffffffp+1023 },
	  INFINITY,
	  0x1.fffffffffffffp+1023,
	  0x0.0p+0 },
	{ 3,
	  { 0x0.0000000000001p-1022, 0x1.fffffffffffffp+1023, 0x0.0000000000001p-1022 },
	  0x1.fffffffffffffp+1023,
	  0x1.5555555555555p+1022,
	  INFINITY },
	{ 3,
	  { 0x1.8000000000000p+1, 0x1.8000000000000p+1, 0x1.8000000000000p+1 },
	  0x1.2000000000000p+3,
	  0x1.8000000000000p+1,
	  0x0.0p+0 },
	{ 2,
	  { 0x1.0000000000000p-537, -0x1.0000000000000p-538 },
	  0x1.0000000000000p-538,
	  0x1.0000000000000p-539,
	  0x0.0000000000001p-1022 },
	{ 3,
	  { -0x1.dcd65000ccccdp+29, -0x1.dcd64ffe66666p+29, -0x1.dcd6500000000p+29 },
	  -0x1.65a0bbffccccdp+31,
	  -0x1.dcd64fffbbbbcp+29,
	  0x1.7e4b23d70a555p-6 },
	{ 2,
	  { 0x1.400001dae85e6p+3, 0x1.3ffffa8ba77bdp+3 },
	  0x1.3ffffe3347ed2p+4,
	  0x1.3ffffe3347ed2p+3,
	  0x1.ab70ac0137841p-38 },
	{ 2,
	  { 0x1.405e69652cae3p-600, 0x1.0c67fd3611240p-603 },
	  0x1.61eb690beed2bp-600,
	  0x1.61eb690beed2bp-601,
	  0x0.0p+0 },
	{ 2,
	  { 0x1.09941946801c6p-1, 0x1.dfe8e93116240p-2 },
	  0x1.f9888ddf0b2e6p-1,
	  0x1.f9888ddf0b2e6p-2,
	  0x1.4848dbf9f0e0ep-10 },
	{ 2,
	  { 0x1.e8481588959c6p+319, 0x1.e847fe7c922b3p+319 },
	  0x1.e8480a0293e3cp+320,
	  0x1.e8480a0293e3cp+319,
	  0x1.09949754a42c9p+598 },
	{ 7,
	  { 0x1.6a0389e8004b1p-19, 0x1.edfb679487b1cp-18, 0x1.f1d00d4389e46p-22,
	    0x1.43cd81b075159p-18, 0x1.cc2111a603e6dp-19, -0x1.2492d41edd889p-17,
	    0x1.5a973cacc3f88p-18 },
	  0x1.feb4e627a032fp-17,
	  0x1.23d515cd801d2p-19,
	  0x1.e7a2e287baa6bp-36 },
	{ 7,
	  { -0x1.9700fb384ce84p-602, -0x1.e03e7496953dep-601, 0x1.764cc5a27cbcap-601,
	    -0x1.be7a9b3df3f80p-605, 0x1.c026c1eb8f624p-602, 0x1.83e780b19d286p-601,
	    0x1.b68984c9c1804p-602 },
	  0x1.ede5cdc82764cp-601,
	  0x1.1a3a2c725fa75p-603,
	  0x0.0p+0 },
	{ 7,
	  { 0x1.74cced734216dp+300, 0x1.2760b41c74abdp+300, 0x1.ed9db23be0a72p+300,
	    0x1.12bcc4e0fd67cp+298, 0x1.764ac90c79620p+299, 0x1.25fbb88b3b6b0p+296,
	    0x1.fac2b79bc63a6p+299 },
	  0x1.a65840382a922p+302,
	  0x1.e2ae004030a70p+299,
	  0x1.b177452fc8e95p+598 },
	{ 7,
	  { 0x1.bc16d2bda958ep+59, 0x1.bc16ddd421639p+59, 0x1.bc16cadffbaeep+59,
	    0x1.bc16d6e0da4a6p+59, 0x1.bc16cfd032d46p+59, 0x1.bc16cdc751263p+59,
	    0x1.bc16db68a0770p+59 },
	  0x1.8493f96a58a4ep+62,
	  0x1.bc16d3e740bc7p+59,
	  0x1.91101befb9e83p+75 },
	{ 12,
	  { 0x1.9de711ab1b1dap-601, 0x1.74b30cea6d554p-602, 0x1.b73d8403ab248p-601,
	    0x1.6cf44523ccbdap-601, 0x1.f6c5fd4d8b7c0p-601, 0x1.5ec4a9b210930p-602,
	    -0x1.58fc69a693c16p-601, 0x1.714af729c7282p-601, 0x1.dbc8bd4558960p-601,
	    0x1.9e689fc935d74p-601, 0x1.1b107835496c8p-603, 0x1.b5e5b2a7cf94cp-602 },
	  0x1.9ada32ac2b2d3p-598,
	  0x1.11e6cc72c7737p-601,
	  0x0.0p+0 },
	{ 12,
	  { 0x1.40000de89cf02p+3, 0x1.400003158c30fp+3, 0x1.3ffff6faff929p+3,
	    0x1.3fffedb0b1925p+3, 0x1.40000ed86db43p+3, 0x1.4000148b4085ap+3,
	    0x1.3fffeebdbf25ap+3, 0x1.40000c9b9e20ap+3, 0x1.3ffffc3e97585p+3,
	    0x1.3ffff15a1f2bcp+3, 0x1.3ffff75aec92cp+3, 0x1.40000b4621838p+3 },
	  0x1.e0000094154c1p+6,
	  0x1.40000062b8dd6p+3,
	  0x1.86767bde33fe9p-35 },
	{ 12,
	  { 0x1.ae085b3aa4018p-3, 0x1.0be9ec05c09a0p-1, -0x1.f482fc9028920p-3,
	    0x1.61cadaa972d20p-3, 0x1.a09333860c0a0p-4, 0x1.b001ec7d8578ep-1,
	    -0x1.c4751d7e9cc54p-2, -0x1.0e62b70030dbep-1, -0x1.db1f73585cbb6p-1,
	    -0x1.f897fb7625d30p-1, -0x1.91492c333af90p-1, 0x1.2374d420217d0p-4 },
	  -0x1.fd2e7c7a1ab8ep+0,
	  -0x1.537452fc11d09p-3,
	  0x1.5ada585fdc5bep-2 },
	{ 12,
	  { 0x1.876541daa9f34p-18, 0x1.617e58159e4a4p-18, 0x1.cedf3d5f3a6eep-17,
	    0x1.48cb971ee89d6p-16, 0x1.c817240134cdap-18, 0x1.e3729b211f826p-18,
	    0x1.7350efb9ef6eep-19, 0x1.2124194b12e3ep-16, 0x1.f9aabb92237dcp-18,
	    0x1.23e31cd6d1247p-16, 0x1.032b7157aeb32p-17, 0x1.22dc59100dd9ap-16 },
	  0x1.0d74941997a02p-13,
	  0x1.67461accca2adp-17,
	  0x1.3220e382c23b0p-35 },
	{ 12,
	  { 0x1.ec0961f21dc38p-603, 0x1.c33237e7dfa04p-601, 0x1.cc8268ae7ea80p-607,
	    -0x1.19d6e2bb3e4a0p-603, 0x1.c3328bb732f68p-602, -0x1.0ca93f8822de6p-601,
	    -0x1.975fc590038e4p-602, 0x1.e943b3210dc64p-601, 0x1.5a264a6c87aa0p-605,
	    0x1.8cbe0d5b0ab70p-604, -0x1.f4447d1b15d32p-601, -0x1.5b4c66066c2d8p-603 },
	  0x1.db2e8f749a108p-602,
	  0x1.3cc9b4f866b5bp-605,
	  0x0.0p+0 },
	{ 12,
	  { 0x1.488beb031b1c0p-605, 0x1.3b49de25b5811p-600, 0x1.43ad2ac887784p-600,
	    0x1.ec2df688bcd50p-604, 0x1.4132da9546dfep-600, 0x1.dd70c0ad2c58cp-601,
	    0x1.5bcac57ab5acfp-600, 0x1.6909f0cdef40ap-601, 0x1.69f56211d9e5cp-600,
	    0x1.79dfa15f5403dp-600, 0x1.6b7004b70b440p-605, 0x1.f03ec3d1c1d90p-604 },
	  0x1.3ecdb60a0dcb4p-597,
	  0x1.a912480d67b9bp-601,
	  0x0.0p+0 },
	{ 12,
	  { 0x1.012632d0614cap-1, 0x1.d3437ca639b6cp-1, 0x1.2f72b0267e3bbp+0,
	    0x1.47b4bc16b5bb6p-1, 0x1.74b0a497b6246p-1, 0x1.402cbce109a78p-1,
	    0x1.7a037fec02faep-1, 0x1.30f54d50e79fep+0, 0x1.339d1964c64f2p-1,
	    0x1.8236520d6c6fcp-1, 0x1.8b676bb4091f9p+0, 0x1.b913b7c55ffe0p-5 },
	  0x1.2f402c6377a3ap+3,
	  0x1.945590849f84ep-1,
	  0x1.2d89db90c01c2p-3 },
	{ 12,
	  { 0x1.e8480f0d13d11p-581, 0x1.e847f3d750440p-581, 0x1.e847ee3e0f5d4p-581,
	    0x1.e848137195ba2p-581, 0x1.e847ef46c822ap-581, 0x1.e847ebfe44d57p-581,
	    0x1.e847fbdae10d3p-581, 0x1.e8480cad1eb8cp-581, 0x1.e847e6849304dp-581,
	    0x1.e847f49b17379p-581, 0x1.e847f55c38456p-581, 0x1.e8481558b381dp-581 },
	  0x1.6e35fce35abeep-577,
	  0x1.e847fbd9ce53dp-581,
	  0x0.0p+0 },
};

static bool
same(double a, double b)
{
	return isnan(a) ? isnan(b) : a == b;
}

static void
is_exact(size_t i)
{
	struct moments all = { 0 }, back = { 0 }, odd = { 0 }, even = { 0 };
	const size_t n = cases[i].n;

	for (size_t k = 0; k < n; k++) {
		moments_add(&all, cases[i].x[k]);
		moments_add(&back, cases[i].x[n - 1 - k]);
		moments_add(k % 2 ? &odd : &even, cases[i].x[k]);
	}
	moments_merge(&odd, &even);
	CHECK(same(sum_value(&all.x), cases[i].sum));
	CHECK(same(moments_mean(&all), cases[i].mean));
	CHECK(same(moments_variance(&all), cases[i].variance));
	CHECK(same(moments_variance(&back), cases[i].variance));
	CHECK(same(sum_value(&odd.x), cases[i].sum));
	CHECK(same(moments_mean(&odd), cases[i].mean));
	CHECK(same(moments_variance(&odd), cases[i].variance));
}

static double
sum_of(double a, double b, double c)
{
	struct sum sum = { 0 };

	sum_add(&sum, a);
	sum_add(&sum, b);
	sum_add(&sum, c);
	return sum_value(&sum);
}

static void
knows_what_is_not_finite(void)
{
	struct moments none = { 0 }, m = { 0 };
	struct sum sum = { 0 };

	CHECK(sum_value(&sum) == 0);
	CHECK(isnan(moments_mean(&none)) && isnan(moments_variance(&none)));
	CHECK(isnan(sum_of(1, NAN, 2)));
	CHECK(isnan(sum_of(INFINITY, 1, -INFINITY)));
	CHECK(sum_of(INFINITY, 1, INFINITY) == INFINITY);
	CHECK(sum_of(-INFINITY, DBL_MAX, DBL_MAX) == -INFINITY);
	CHECK(sum_of(DBL_MAX, DBL_MAX, -DBL_MAX) == DBL_MAX);
	CHECK(sum_of(DBL_MAX, DBL_MAX, 0) == INFINITY);
	moments_add(&m, 1);
	moments_add(&m, INFINITY);
	CHECK(moments_mean(&m) == INFINITY && isnan(moments_variance(&m)));
	moments_add(&m, NAN);
	CHECK(isnan(moments_mean(&m)));
	sum_add_product(&sum, 0, INFINITY);
	CHECK(isnan(sum_value(&sum)));
}

static void
multiplies_exactly(void)
{
	struct sum sum = { 0 };

	sum_add_product(&sum, 0.1, 3);
	sum_add(&sum, -(0.1 * 3));
	CHECK(sum_value(&sum) == fma(0.1, 3, -(0.1 * 3)));
	sum = (struct sum){ 0 };
	sum_add_product(&sum, DBL_MAX, DBL_MAX);
	sum_add_product(&sum, 0x1p-1074, 0x1p-1074);
	CHECK(sum_value(&sum) == INFINITY);
	sum_add_product(&sum, -DBL_MAX, DBL_MAX);
	CHECK(sum_value(&sum) == 0);
	sum_add(&sum, 1);
	CHECK(sum_value(&sum) == 1);
}

/* Carries that wait: as if many adds had come before. */
static void
carries(void)
{
	struct sum sum = { 0 }, half = { 0 };

	for (int i = 0; i < 1000; i++) {
		sum_add(&sum, i % 2 ? 0x1.fffffffffffffp+40 : -0x1.fffffffffffffp+40);
		sum.adds += 1 << 29;
	}
	CHECK(sum_value(&sum) == 0);
	sum_add(&half, 0.5);
	half.adds = (1 << 29) - 1;
	for (int i = 0; i < 1000; i++)
		sum_merge(&sum, &half);
	CHECK(sum_value(&sum) == 500);
}

/* Of one kind only, so that what is done by blocks is done for most of them. */
static double
some_number(uint64_t *seed, int kind)
{
	double x = (double)random_below(seed, 1 << 30) - (1 << 29);

	switch (kind) {
	case 0:
		return x;
	case 1:
		return x / 3e7;
	case 2:
		return ldexp(x / 3, (int)random_below(seed, 200) - 100);
	case 3:
		return ldexp(x / 3, (int)random_below(seed, 2000) - 1074);
	case 4:
		return ldexp(x, -1074 + (int)random_below(seed, 3));
	case 5:
		return ldexp(x / 3, 900 + (int)random_below(seed, 96));
	default:
		return random_below(seed, 200) ? ldexp(x / 3, 440 + kind)
		       : x > 0                 ? INFINITY
		       : x < -1e8              ? -INFINITY
					       : NAN;
	}
}

static void
check_many(uint64_t *seed, int kind)
{
	static double x[3 * SUM_BLOCK];
	size_t n = random_below(seed, random_below(seed, 2) ? COUNT(x) : 8);
	struct sum one = { 0 }, many = { 0 };
	struct moments a = { 0 }, b = { 0 };

	for (size_t i = 0; i < n; i++) {
		x[i] = random_below(seed, 9) ? some_number(seed, kind) : 0;
		sum_add(&one, x[i]);
		moments_add(&a, x[i]);
	}
	sum_add_many(&many, x, n);
	moments_add_many(&b, x, n);
	CHECK(same(sum_value(&one), sum_value(&many)));
	CHECK(a.n == b.n && same(moments_mean(&a), moments_mean(&b)));
	CHECK(same(moments_variance(&a), moments_variance(&b)));
	CHECK(same(sum_value(&a.xx), sum_value(&b.xx)));
}

static void
check_wholes(void)
{
	struct sum sum = { 0 };

	sum_add_whole(&sum, INT64_MIN, -3);
	sum_add_whole(&sum, 5, 0);
	CHECK(sum_value(&sum) == -0x1p60 + 5);
	sum_add_whole(&sum, 1, 60);
	CHECK(sum_value(&sum) == 5);
}

int
main(void)
{
	uint64_t seed = 1;

	for (size_t i = 0; i < COUNT(cases); i++)
		is_exact(i);
	knows_what_is_not_finite();
	multiplies_exactly();
	carries();
	for (int i = 0; i < 400; i++)
		check_many(&seed, i % 8);
	check_wholes();
	return check_report();
}
