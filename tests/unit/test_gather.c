/*
 * test_gather - numbers of charts against those counted one by one.
 */
#include <math.h>
#include <stdlib.h>

#include "base/random.h"
#include "check.h"
#include "desk/classes.h"
#include "desk/collect.h"
#include "desk/gather.h"
#include "desk/intake.h"
#include "desk/pairs.h"

enum { ROWS = 5000 };

static struct arena arena;
static struct schema schema;
static double numbers[ROWS]; /* NaN: null */
static int64_t wholes[ROWS];
static size_t words[ROWS];
static const char *const names[] = { "ash", "birch", "cedar", "dogwood" };

static uint64_t seed = 7;

static double
some(void)
{
	return (double)(random_next(&seed) % 1000000) / 1000000;
}

static void
make_rows(void)
{
	schema_add(&schema, "number", TYPE_FLOAT, &arena);
	schema_add(&schema, "whole", TYPE_LONG, &arena);
	schema_add(&schema, "word", TYPE_STRING, &arena);
	for (size_t i = 0; i < ROWS; i++) {
		numbers[i] = i % 50 == 3 ? NAN : 100 * some() * some();
		wholes[i] = (int64_t)(some() * 200) - 20;
		words[i] = (size_t)(4 * some() * some());
	}
	numbers[17] = 1e300; /* far off */
	numbers[18] = -1e300;
}

static struct batch *
rows_of(size_t first, size_t n)
{
	struct error err;
	struct batch *batch = batch_new(3, n, &err);
	struct build number, whole, word;

	build_start(&number, TYPE_FLOAT, n);
	build_start(&whole, TYPE_LONG, n);
	build_start(&word, TYPE_STRING, n);
	for (size_t i = first; i < first + n; i++) {
		if (isnan(numbers[i]))
			build_null(&number);
		else
			build_float(&number, numbers[i]);
		build_long(&whole, wholes[i]);
		if (words[i] == 3)
			build_null(&word);
		else
			build_text(&word, text_of(names[words[i]]));
	}
	batch->at[0] = build_end(&number, &err);
	batch->at[1] = build_end(&whole, &err);
	batch->at[2] = build_end(&word, &err);
	return batch;
}

/* All rows, so many at a time. */
static void
collect(const struct chart_spec *spec, size_t step, struct chart_data *out)
{
	struct collect *collect = NULL;
	struct error err = { 0 };

	*out = (struct chart_data){ 0 };
	CHECK(collect_new(spec, &schema, &collect, &err));
	for (size_t i = 0; collect && i < ROWS; i += step) {
		struct batch *batch = rows_of(i, ROWS - i < step ? ROWS - i : step);

		CHECK(collect_add(collect, batch, &err));
		batch_free(batch);
	}
	if (collect)
		collect_settle(collect, out);
	collect_free(collect);
}

static void
test_histogram(size_t step)
{
	const struct chart_spec spec = { .mark = MARK_HISTOGRAM,
					 .x = "whole",
					 .colour = "word",
					 .bins = PARAM_NO_INTEGER };
	struct chart_data data;
	uint64_t all = 0;

	collect(&spec, step, &data);
	CHECK(data.rows == ROWS && data.x.low == -20 && data.x.high == 179);
	CHECK(data.colour.n == 4 && data.colour.classes[3].is_missing);
	for (size_t i = 0; i < data.n; i++) {
		const struct chart_cell *cell = &data.cells[i];
		const struct chart_class *class = &data.colour.classes[cell->colour];
		uint64_t rows = 0;

		for (size_t k = 0; k < ROWS; k++) {
			const bool fits =
				class->is_missing
					? words[k] == 3
					: words[k] < 3 &&
						  !strcmp(names[words[k]], class->name);

			rows += fits && chart_step(&data.x, (double)wholes[k]) == cell->x;
		}
		CHECK(rows == cell->rows);
		all += cell->rows;
	}
	CHECK(all == ROWS);
	all = 0;
	for (size_t k = 0; k < ROWS; k++)
		all += wholes[k] >= 10 && wholes[k] < 35;
	CHECK(chart_rows_between(&data, 10, 35) == all);
	chart_data_release(&data);
}

static void
test_far(void)
{
	const struct chart_spec spec = { .mark = MARK_HISTOGRAM,
					 .x = "number",
					 .bins = PARAM_NO_INTEGER };
	struct chart_data data;
	uint64_t all = 0;

	collect(&spec, 300, &data);
	CHECK(data.x.missing == ROWS / 50);
	CHECK(data.x.low == -1e300 && data.x.high == 1e300);
	for (size_t k = 0; k < ROWS; k++)
		all += numbers[k] >= 10 && numbers[k] < 20;
	CHECK(chart_rows_between(&data, 10, 20) == all);
	CHECK(data.x.first == -STEP_FAR && data.x.last == STEP_FAR);
	CHECK(chart_value(&data.x, data.x.q50) < 30);
	chart_data_release(&data);
}

static void
test_bars(void)
{
	const struct chart_spec spec = {
		.mark = MARK_BAR, .x = "word", .y = "whole", .bins = PARAM_NO_INTEGER
	};
	struct chart_data data;

	collect(&spec, 2048, &data);
	CHECK(data.plan.agg == AGG_MEAN && data.x.n == 4 && data.n == 4);
	for (size_t i = 0; i < data.n; i++) {
		const struct chart_cell *cell = &data.cells[i];
		double sum = 0, low = INFINITY, high = -INFINITY;
		uint64_t rows = 0;

		for (size_t k = 0; k < ROWS; k++) {
			if (data.x.classes[cell->x].is_missing
				    ? words[k] != 3
				    : words[k] == 3 ||
					      strcmp(names[words[k]],
						     data.x.classes[cell->x].name) != 0)
				continue;
			rows++;
			sum += (double)wholes[k];
			low = fmin(low, (double)wholes[k]);
			high = fmax(high, (double)wholes[k]);
		}
		CHECK(cell->rows == rows && cell->values == rows && cell->sum == sum);
		CHECK(cell->low == low && cell->high == high);
	}
	chart_data_release(&data);
}

static double
plain_r(void)
{
	double n = 0, x = 0, y = 0, xx = 0, yy = 0, xy = 0;

	for (size_t i = 0; i < ROWS; i++) {
		const double a = (double)wholes[i], b = (double)words[i] + a / 40;

		n++;
		x += a;
		y += b;
		xx += a * a;
		yy += b * b;
		xy += a * b;
	}
	return (n * xy - x * y) / sqrt((n * xx - x * x) * (n * yy - y * y));
}

static void
test_pairs(void)
{
	struct pair_sums sums = { 0 };

	CHECK(isnan(pair_r(&sums)));
	for (size_t i = 0; i < ROWS; i++) {
		const double a = (double)wholes[i];

		/* 10^9 more changes nothing */
		pair_add(&sums, a, (double)words[i] + a / 40);
	}
	CHECK(fabs(pair_r(&sums) - plain_r()) < 1e-12);
}

static void
test_correlation(void)
{
	const struct chart_spec spec = { .mark = MARK_CORRELATION,
					 .bins = PARAM_NO_INTEGER };
	struct chart_data data;

	numbers[17] = numbers[18] = 1;
	collect(&spec, 777, &data);
	CHECK(data.pairs.n == 2);
	CHECK_TEXT(data.pairs.names[1], "whole");
	CHECK(data.pairs.rows[1] == ROWS - ROWS / 50);
	CHECK(fabs(data.pairs.r[1]) < 0.1 && data.pairs.r[1] == data.pairs.r[2]);
	CHECK(data.pairs.r[0] > 0.999999);
	chart_data_release(&data);
}

/* What is held is bounded; what was there is still counted. */
static void
test_mesh(void)
{
	struct mesh mesh = { .x = { LADDER_TWO, 0 },
			     .y = { LADDER_TWO, 0 },
			     .most = 999 };
	struct error err = { 0 };
	uint64_t all = 0;
	double sum = 0;

	for (int i = 0; i < 100000; i++) {
		const double x = some() * 1e6, y = some() * 10;
		const struct spot spot = { 0, steps_find(&mesh.x, x),
					   steps_find(&mesh.y, y) };

		if (!mesh_add(&mesh, &spot, i, &err))
			CHECK(false);
	}
	CHECK(mesh.n <= 1000 && mesh.n > 100);
	CHECK(mesh.x.level > mesh.y.level);
	for (size_t i = 0; i < mesh.room; i++) {
		all += mesh.slots[i].rows;
		sum += mesh.slots[i].sum;
	}
	CHECK(all == 100000 && sum == 99999.0 * 50000);
	mesh_release(&mesh);
}

/* A step is what a decimal says. */
static void
test_steps(void)
{
	const struct steps_of cents = { LADDER_TEN, -2 };

	CHECK(steps_find(&cents, 0.29) == 29 && steps_find(&cents, 0.2899) == 28);
	CHECK(steps_find(&cents, -0.01) == -1 && steps_find(&cents, -0.011) == -2);
	CHECK(steps_value(&cents, 29) == 0.29);
	CHECK(steps_find(&cents, INFINITY) == STEP_FAR);
	CHECK(steps_find(&cents, -1e300) == -STEP_FAR);
}

static void
test_many_classes(void)
{
	struct classes classes;
	struct error err = { 0 };
	struct build b;
	struct column *column;
	uint32_t found[100], *places;
	struct chart_class *sorted;

	CHECK(classes_init(&classes, 10, &err));
	build_start(&b, TYPE_LONG, 100);
	for (int i = 0; i < 100; i++)
		build_long(&b, i < 50 ? 3 : i);
	column = build_end(&b, &err);
	CHECK(column && classes_find(&classes, column, found, &err));
	column_drop(column);
	CHECK(classes.n == 11);
	sorted = classes_sorted(&classes, false, &places, &arena);
	CHECK_TEXT(sorted[0].name, "3");
	CHECK(sorted[0].rows == 50 && sorted[10].is_rest && sorted[10].rows == 41);
	sorted = classes_sorted(&classes, true, &places, &arena);
	CHECK_TEXT(sorted[1].name, "50");
	classes_release(&classes);
}

static void
test_refusals(void)
{
	struct chart_spec spec = { .mark = MARK_HISTOGRAM,
				   .x = "word",
				   .bins = PARAM_NO_INTEGER };
	struct chart_plan plan;
	struct error err = { 0 };

	CHECK(!chart_resolve(&spec, &schema, &plan, &err));
	spec.mark = MARK_SCATTER;
	spec.x = "whole";
	CHECK(!chart_resolve(&spec, &schema, &plan, &err));
	CHECK_TEXT(err.text, "scatter: which column is y?");
	spec.mark = MARK_AUTO;
	CHECK(chart_resolve(&spec, &schema, &plan, &err) && plan.mark == MARK_HISTOGRAM);
	spec.y = "number";
	CHECK(chart_resolve(&spec, &schema, &plan, &err) && plan.mark == MARK_SCATTER);
	spec.x = "word";
	CHECK(chart_resolve(&spec, &schema, &plan, &err) && plan.mark == MARK_BOX);
	spec.y = "word";
	CHECK(chart_resolve(&spec, &schema, &plan, &err) && plan.mark == MARK_HEAT);
}

int
main(void)
{
	make_rows();
	test_histogram(1);
	test_histogram(2048);
	test_far();
	test_bars();
	test_pairs();
	test_correlation();
	test_mesh();
	test_steps();
	test_many_classes();
	test_refusals();
	arena_release(&arena);
	return check_report();
}
