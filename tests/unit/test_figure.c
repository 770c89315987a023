/* Counts, shares and ranges as a screen has them; bars that never hide what is there. */
#include "base/date.h"
#include "check.h"
#include "widget/bars.h"
#include "widget/figure.h"

static struct error err;

static void
count_is(uint64_t n, const char *wanted)
{
	char text[FIGURE_SIZE];

	figure_count(n, text);
	CHECK_TEXT(text, wanted);
}

static void
short_is(double x, const char *wanted)
{
	char text[FIGURE_SIZE];

	figure_short(x, text);
	CHECK_TEXT(text, wanted);
}

static void
percent_is(uint64_t part, uint64_t of, const char *wanted)
{
	char text[FIGURE_SIZE];

	figure_percent(part, of, text);
	CHECK_TEXT(text, wanted);
}

static void
numbers(void)
{
	count_is(0, "0");
	count_is(999, "999");
	count_is(19998, "19,998");
	count_is(UINT64_MAX, "18,446,744,073,709,551,615");
	short_is(12, "12");
	short_is(999, "999");
	short_is(11082, "11.1k");
	short_is(999900, "1M");
	short_is(41e6, "41M");
	percent_is(0, 10, "0%");
	percent_is(10, 10, "100%");
	percent_is(1, 100000, "<0.1%");
	percent_is(99999, 100000, ">99.9%");
	percent_is(45, 100, "45%");
	percent_is(23, 1000, "2.3%");
	percent_is(0, 0, "0%");
}

static void
moment_range(const char *low, const char *high, int width, const char *wanted)
{
	struct summary_result found = {
		.type = TYPE_DATE, .rows = 9, .count = 9, .distinct = 9
	};
	char text[FIGURE_SIZE];
	int32_t days;

	CHECK(date_parse_iso(text_of(low), &days));
	found.min.whole = days;
	CHECK(date_parse_iso(text_of(high), &days));
	found.max.whole = days;
	figure_range(&found, width, text);
	CHECK_TEXT(text, wanted);
}

static void
range_is(struct summary_result found, int width, const char *wanted)
{
	char text[FIGURE_SIZE];

	figure_range(&found, width, text);
	CHECK_TEXT(text, wanted);
}

static void
number_range(double low, double high, int width, const char *wanted)
{
	struct summary_result found = { .rows = 2,
					.count = 2,
					.distinct = 2,
					.type = TYPE_FLOAT,
					.min.number = low,
					.max.number = high };

	range_is(found, width, wanted);
}

static void
ranges(void)
{
	struct summary_result whole = { .type = TYPE_LONG,
					.rows = 9,
					.count = 9,
					.distinct = 5,
					.min.whole = 2015,
					.max.whole = 2017 };
	struct summary_result text = { .type = TYPE_STRING,
				       .rows = 100,
				       .count = 100,
				       .distinct = 6,
				       .distinct_is_exact = true,
				       .n_top = 1,
				       .top = { { .value.text = { "Online", 6 },
						  .count = 45 } } };

	range_is(whole, 9, "2015…2017");
	range_is(whole, 5, "2015…");
	number_range(-2.4293, 2.6131, 14, "-2.4293…2.6131");
	number_range(-2.4293, 2.6131, 13, "-2.43…2.61");
	number_range(-2.4293, 2.6131, 8, "-2.4…2.6");
	number_range(-2.4293, 2.6131, 7, "-2.43…");
	number_range(-2.4293, -2.4271, 9, "-2.4293…");
	number_range(-6.38, 508, 9, "-6.38…508");
	number_range(-6.38, 508, 5, "-6.4…");
	number_range(0, 41234.5, 8, "0…41.2k");
	number_range(0, 41234.5, 6, "0…41k");
	whole.min.whole = 0;
	whole.max.whole = 41234;
	range_is(whole, 7, "0…41234");
	range_is(whole, 5, "0…41k");
	whole.max.whole = 1234567;
	range_is(whole, 7, "0…1.23M");
	range_is(text, 12, "Online 45%");
	range_is(text, 9, "6 val");
	text.distinct_is_exact = false;
	range_is(text, 9, "≈6 val");
	text.distinct = 1;
	range_is(text, 10, "constant ⚠");
	range_is(text, 9, "constant");
	range_is(text, 5, "const");
	range_is((struct summary_result){ .rows = 3, .missing = 3 }, 7, "empty ⚠");
	range_is((struct summary_result){ 0 }, 7, "");
	moment_range("2015-07-01", "2017-08-31", 21, "2015-07-01…2017-08-31");
	moment_range("2015-07-01", "2017-08-31", 10, "2015…2017");
	moment_range("2015-07-01", "2015-08-31", 10, "2015-07…08");
	moment_range("2015-07-01", "2015-07-31", 14, "2015-07-01…31");
}

static void
bars_are(const struct bars *bars, int rows, int columns, const char *wanted)
{
	struct surface surface = { 0 };
	struct buffer *out = buffer_new(0, &err);

	surface_resize(&surface, rows, columns);
	bars_draw(surface_pane(&surface), bars, 1, 0, PAINT(INK_BAR));
	CHECK(surface_print(&surface, out, &err) && buffer_append(out, "", 1, &err));
	CHECK_TEXT((const char *)out->data, wanted);
	buffer_drop(out);
	surface_release(&surface);
}

static void
heights(void)
{
	const struct bars bars = { .n = 5, .at = { 100, 50, 1, 0, 0.01 } };
	const struct bars none = { .n = 2 };

	bars_are(&bars, 1, 5, "█▄▁ ▁\n");
	bars_are(&bars, 2, 5, "█\n██▁ ▁\n");
	bars_are(&bars, 1, 2, "█▄\n");
	bars_are(&none, 1, 2, "\n");
}

/* Neighbours are put together, a tail that nearly nobody is in is left out. */
static void
bins(void)
{
	struct summary_bin all[20];
	struct summary_result found = {
		.type = TYPE_LONG, .distinct = 500, .n_bins = COUNT(all), .bins = all
	};
	struct bars bars;

	for (size_t i = 0; i < COUNT(all); i++)
		all[i] = (struct summary_bin){ 10.0 * (double)i, 10.0 * (double)i + 10,
					       7 };
	bars_of(&found, 6, &bars);
	CHECK(bars.n == 5 && bars.has_edges && bars.off == 0);
	CHECK(bars.at[0] == 28 && bars.edge[1] == 40 && bars.edge[5] == 200);
	all[0].count = 100000;
	bars_of(&found, 6, &bars);
	CHECK(bars.n == 1 && bars.off == 19 * 7);
	found.n_bins = 0;
	bars_of(&found, 6, &bars);
	CHECK(bars.n == 0);
	bars_of(&found, 0, &bars);
	CHECK(bars.n == 0);
}

int
main(void)
{
	numbers();
	ranges();
	heights();
	bins();
	return check_report();
}
