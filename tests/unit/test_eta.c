/*
 * test_eta - nothing is said before it is known, nothing jumps, and a share never goes
 * back.
 */
#include <math.h>

#include "check.h"
#include "run/eta.h"

enum { MB = 1000000 };

static struct run_progress
pass(const char *what, size_t number, size_t done, uint64_t past, uint64_t ahead)
{
	return (struct run_progress){ .what = what,
				      .pass = number,
				      .done = done * MB,
				      .total = 100 * MB,
				      .in_bytes = true,
				      .rows = 10 * done,
				      .weight = 100 * MB,
				      .past = past * MB,
				      .ahead = ahead * MB,
				      .is_even = true };
}

static bool
is_near(double a, double b)
{
	return fabs(a - b) < 1e-9;
}

/* One pass at an even pace: 10 seconds. */
static void
test_even(void)
{
	struct run_progress at;
	struct eta eta;
	char text[ETA_SIZE];

	eta_init(&eta);
	CHECK(isnan(eta_left(&eta)) && eta_all(&eta) == 0 && isnan(eta_pass(&eta)));
	for (size_t i = 0; i <= 100; i++) {
		at = pass("writing", 1, i, 0, 0);
		eta_note(&eta, &at, (double)i / 10);
		CHECK(is_near(eta_all(&eta), (double)i / 100));
		if (i < 5)
			CHECK(isnan(eta_left(&eta)));
		else
			CHECK(is_near(eta_left(&eta), 10 - (double)i / 10));
	}
	CHECK(is_near(eta_bytes_rate(&eta), 10e6) && is_near(eta_rows_rate(&eta), 100));
	eta_print(&eta, text);
	CHECK_TEXT(text, "ETA 0.0 s");
}

/* Two passes, the second of which goes twice as fast: what is told comes down step by
 * step, and it is said how far it can be relied on. */
static void
test_passes(void)
{
	struct run_progress at;
	struct eta eta;
	double before = 0, left;
	char text[ETA_SIZE];

	eta_init(&eta);
	for (size_t i = 0; i <= 100; i++) {
		at = pass("learning", 1, i, 0, 100);
		eta_note(&eta, &at, (double)i);
	}
	CHECK(is_near(eta_all(&eta), 0.5) && is_near(eta_left(&eta), 100));
	CHECK(eta_is_rough(&eta));
	eta_print(&eta, text);
	CHECK_TEXT(text, "ETA ~1:40 min");
	before = eta_left(&eta);
	for (size_t i = 0; i <= 100; i++) {
		at = pass("writing", 2, i, 100, 0);
		eta_note(&eta, &at, 100 + (double)i / 2);
		left = eta_left(&eta);
		CHECK(left <= before && before - left < 15);
		CHECK(is_near(eta_all(&eta), 0.5 + (double)i / 200));
		before = left;
	}
	CHECK(left < 0.1 && !eta_is_rough(&eta));
}

static void
test_unknown(void)
{
	struct run_progress at = pass("learning", 1, 50, 0, 200);
	struct eta eta;
	char text[ETA_SIZE];
	double share;

	/* a step that needs all rows is to come */
	eta_init(&eta);
	at.is_even = false;
	eta_note(&eta, &at, 0);
	eta_note(&eta, &at, 20);
	CHECK(isnan(eta_left(&eta)) && eta_all(&eta) > 0.1);
	eta_print(&eta, text);
	CHECK_TEXT(text, "");
	/* more turns out to be ahead than was thought: it does not go back */
	share = eta_all(&eta);
	at.ahead *= 10;
	eta_note(&eta, &at, 21);
	CHECK(is_near(eta_all(&eta), share));
	/* a pipe */
	eta_init(&eta);
	at = (struct run_progress){ .what = "writing", .pass = 1, .is_even = true };
	eta_note(&eta, &at, 0);
	eta_note(&eta, &at, 9);
	CHECK(isnan(eta_left(&eta)) && isnan(eta_pass(&eta)) && eta_all(&eta) == 0);
	CHECK(isnan(eta_bytes_rate(&eta)) && isnan(eta_rows_rate(&eta)));
}

int
main(void)
{
	test_even();
	test_passes();
	test_unknown();
	return check_report();
}
