/*
 * test_chart - charts as they look, letter by letter; and that none of any size and data
 * draws outside of its pane.
 */
#include <math.h>
#include <stdlib.h>

#include "base/random.h"
#include "check.h"
#include "desk/collect.h"
#include "desk/table_text.h"
#include "drawn.h"
#include "widget/chart_file.h"

static struct arena arena;
static struct schema schema;
static uint64_t seed = 11;

static const struct chart_style titled = { .title = true };

static double
some(void)
{
	return (double)(random_next(&seed) % 1000000) / 1000000;
}

static const char *
draw(const struct chart_data *data, const struct chart_style *style, int rows,
     int columns)
{
	struct surface surface = { 0 };
	const char *text;

	surface_resize(&surface, rows, columns);
	chart_draw(surface_pane(&surface), data, style);
	text = drawn_text(&surface, &arena);
	surface_release(&surface);
	return text;
}

static void
collect(const struct chart_spec *spec, const struct batch *batch, struct chart_data *out)
{
	struct collect *collect;
	struct error err = { 0 };

	*out = (struct chart_data){ 0 };
	if (!collect_new(spec, &schema, &collect, &err) ||
	    !collect_add(collect, batch, &err)) {
		CHECK_TEXT(err.text, "");
		return;
	}
	collect_settle(collect, out);
	out->is_whole = true;
	collect_free(collect);
}

/* Eighty rows: x from 0 to 39, twice; one in ten is missing. kind: 0, 1. */
static struct batch *
small_rows(void)
{
	struct error err;
	struct batch *batch = batch_new(3, 80, &err);
	struct build x, y, kind;

	build_start(&x, TYPE_LONG, 80);
	build_start(&y, TYPE_FLOAT, 80);
	build_start(&kind, TYPE_STRING, 80);
	for (int i = 0; i < 80; i++) {
		const int value = i % 40;

		if (i % 10 == 9)
			build_null(&x);
		else
			build_long(&x, i < 40 ? value : value / 4);
		build_float(&y, i < 40 ? value * 2.5 : 100 - value);
		build_text(&kind, text_of(i < 40 ? "even" : "low"));
	}
	batch->at[0] = build_end(&x, &err);
	batch->at[1] = build_end(&y, &err);
	batch->at[2] = build_end(&kind, &err);
	return batch;
}

static const struct frame {
	struct chart_spec spec;
	int rows, columns;
	const char *wanted;
} frames[] = {
	{ { .mark = MARK_HISTOGRAM, .x = "x", .bins = PARAM_NO_INTEGER },
	  10,
	  50,
	  "x   n=80  missing=8  bin=5\n"
	  "    23┤███ ▆▆▆\n"
	  "      │███ ███\n"
	  "      │███ ███\n"
	  "      │███ ███\n"
	  "  9.86┤███ ███                          ▃▃▃\n"
	  "      │███ ███ ▄▄▄ ▂▂▂ ▄▄▄ ▂▂▂ ▄▄▄ ▂▂▂  ███\n"
	  "      │███ ███ ███ ███ ███ ███ ███ ███  ███\n"
	  "     0└───────────────────────────────────────────\n"
	  "       0           15                40  ∅\n" },
	{ { .mark = MARK_HISTOGRAM, .x = "x", .colour = "kind", .bins = 8 },
	  10,
	  64,
	  "x   n=80  missing=8  bin=10   █ even  ░ low\n"
	  "    45┤░░░░░░░░░░░░\n"
	  "      │░░░░░░░░░░░░\n"
	  "      │░░░░░░░░░░░░\n"
	  "      │░░░░░░░░░░░░\n"
	  "  19.3┤░░░░░░░░░░░░\n"
	  "      │░░░░░░░░░░░░ ▃▃▃▃▃▃▃▃▃▃▃▃ ▃▃▃▃▃▃▃▃▃▃▃▃ ▃▃▃▃▃▃▃▃▃▃▃▃  ▂▂▂\n"
	  "      │████████████ ████████████ ████████████ ████████████  ███\n"
	  "     0└─────────────────────────────────────────────────────────\n"
	  "       0            10           20           30         40  ∅\n" },
	{ { .mark = MARK_BAR, .x = "kind", .y = "y", .bins = PARAM_NO_INTEGER },
	  4,
	  50,
	  "mean of y by kind   n=80  missing=0\n"
	  "even      48.8 │█████████████████\n"
	  "low       80.5 │████████████████████████████\n"
	  "\n" },
	{ { .mark = MARK_BAR,
	    .x = "kind",
	    .colour = "x",
	    .share = true,
	    .bins = PARAM_NO_INTEGER },
	  4,
	  60,
	  "rows by kind   n=80  missing=0   █ 0  ░ 1  ▓ 2  ▒ 3  █ 4\n"
	  "even        40 │█░▓▒█░▓▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒   50%\n"
	  "low         40 │████░░░░▓▓▒▒▒▒███░░░░▓▓▓▓▒▒▒▒▒▒▒▒▒▒▒▒▒   50%\n"
	  "\n" },
	{ { .mark = MARK_SCATTER, .x = "x", .y = "y", .bins = PARAM_NO_INTEGER },
	  10,
	  50,
	  "y × x   n=80  missing=8\n"
	  "   100┤⠈⠐⢠⢀                                   ⡀⠄⠄⠂\n"
	  "      │   ⠈⠘ ⠆⡄⡀                        ⢀⠠⠐⠈ ⠁\n"
	  "      │        ⠁⠃⠄              ⢀ ⡀⠄⠂⠂⠁\n"
	  "      │                    ⡀ ⠐⠐⠈\n"
	  "  33.3┤             ⢀⠠⠠ ⠂⠁⠁\n"
	  "      │       ⡀⡀⠄ ⠈⠈\n"
	  "     0┤⢀⢀⠠⠐⠐ ⠁\n"
	  "      └───────────────────────────────────────────\n"
	  "       0                     20                 39\n" },
	{ { .mark = MARK_SCATTER,
	    .x = "x",
	    .y = "y",
	    .dots = DOTS_DENSITY,
	    .bins = PARAM_NO_INTEGER },
	  10,
	  50,
	  "y × x   n=80  missing=8\n"
	  "   100┤██▓▓                                   ····\n"
	  "      │   ·▓ ██·                        ···· ·\n"
	  "      │        ▒█▓              · ·····\n"
	  "      │                    · ···\n"
	  "  33.3┤             ··· ···\n"
	  "      │       ··· ··\n"
	  "     0┤····· ·\n"
	  "      └───────────────────────────────────────────\n"
	  "       0                     20                 39\n" },
	{ { .mark = MARK_LINE,
	    .x = "x",
	    .y = "y",
	    .canvas = CANVAS_QUADRANT,
	    .bins = PARAM_NO_INTEGER },
	  10,
	  50,
	  "mean of y along x   n=80  missing=8\n"
	  "    95┤                                      ▗▄▞▀▘\n"
	  "      │▗                                 ▄▄▀▀▘\n"
	  "      │ ▀▄▄                         ▗▄▄▞▀\n"
	  "      │    ▀▀▀▚▄▞▌             ▄▄▄▞▀▘\n"
	  "  48.3┤          ▐        ▗▄▞▀▀\n"
	  "      │           ▌   ▄▄▞▀▘\n"
	  "    25┤           ▐▄▀▀\n"
	  "      └───────────────────────────────────────────\n"
	  "       0                     20                 39\n" },
	{ { .mark = MARK_BOX, .x = "kind", .y = "y", .bins = PARAM_NO_INTEGER },
	  4,
	  60,
	  "y by kind   n=80  missing=0\n"
	  "even    40  ├────────▒▒▒▒▒▒▒▒▒▒┃▒▒▒▒▒▒▒▒▒▒─────────┤\n"
	  "low     40                          ├───▒▒▒▒┃▒▒▒▒───┤\n"
	  "            0         25        50        75        100\n" },
	{ { .mark = MARK_HEAT, .x = "kind", .y = "x", .bins = PARAM_NO_INTEGER },
	  5,
	  50,
	  "x × kind   n=80  missing=8\n"
	  "            even      low\n"
	  "0       ▒      1 █      4\n"
	  "1       ▒      1 █      4\n"
	  "2       ▒      1 █      3\n" },
	{ { .mark = MARK_CORRELATION, .bins = PARAM_NO_INTEGER },
	  4,
	  50,
	  "Pearson r   n=80   ▓ |r|≥.5  ▒ ≥.3  ░ ≥.1\n"
	  "         1     2\n"
	  " 1 x    ▓ 1\n"
	  " 2 y     +.08 ▓ 1\n" },
	{ { .mark = MARK_HISTOGRAM, .x = "x", .facet = "kind", .bins = PARAM_NO_INTEGER },
	  10,
	  70,
	  "x   n=80  missing=8\n"
	  "even  n=40                         low  n=40\n"
	  "    36┤                                36┤████\n"
	  "      │                                  │████\n"
	  "      │                                  │████\n"
	  "      │                                  │████\n"
	  "    12┤▄▄▄▄ ▄▄▄▄ ▄▄▄▄ ▄▄▄▄             12┤████\n"
	  "      │████ ████ ████ ████  ▅▅▅          │████                 ▅▅▅\n"
	  "     0└───────────────────────────      0└───────────────────────────\n"
	  "       0                 40  ∅            0                 40  ∅\n" },
};

static void
test_frames(void)
{
	struct batch *batch = small_rows();

	for (size_t i = 0; i < COUNT(frames); i++) {
		struct chart_data data;

		collect(&frames[i].spec, batch, &data);
		CHECK_TEXT(draw(&data, &titled, frames[i].rows, frames[i].columns),
			   frames[i].wanted);
		chart_data_release(&data);
	}
	batch_free(batch);
}

/* Values that hurt. */
static double
odd_number(void)
{
	static const double odd[] = { 0,     -0.0,   NAN,    INFINITY, -INFINITY,
				      1e300, -1e300, 5e-324, 1e-9,     9007199254740993.0,
				      0.1,   1e15,   -1,     1,        123456789 };

	return random_next(&seed) % 3 ? odd[random_next(&seed) % COUNT(odd)]
				      : (some() - 0.5) * pow(10, some() * 20 - 8);
}

static void
fill_odd(struct build *b, enum type type, size_t rows)
{
	static const char *const texts[] = {
		"",     "a", "\033[31mred", "\xff\xfe",
		"日本", " ", "a\nb",        "\xe2\x80\xae rtl"
	};
	const bool one = random_next(&seed) % 4 == 0;

	for (size_t i = 0; i < rows; i++) {
		const uint64_t n = random_next(&seed);

		if (n % 7 == 0)
			build_null(b);
		else if (type == TYPE_FLOAT)
			build_float(b, one ? 3 : odd_number());
		else if (type == TYPE_LONG)
			build_long(b, one ? INT64_MAX : (int64_t)(n << (n % 60)));
		else if (type == TYPE_DATETIME)
			build_long(b, (int64_t)(n >> (n % 60)) - (int64_t)(n % 9999));
		else if (type == TYPE_DATE)
			build_date(b, (int32_t)(n >> (n % 32 + 32)) - 30000);
		else
			build_text(b, text_of(texts[n / 8 % COUNT(texts)]));
	}
}

static const enum type types[] = { TYPE_FLOAT, TYPE_LONG,     TYPE_STRING,
				   TYPE_DATE,  TYPE_DATETIME, TYPE_STRING };
static const char *const odd_names[] = { "f", "l", "s", "d", "t", "s2" };

static struct batch *
odd_rows(size_t rows)
{
	struct error err;
	struct batch *batch = batch_new(COUNT(types), rows, &err);

	for (size_t i = 0; i < COUNT(types); i++) {
		struct build b;

		build_start(&b, types[i], rows);
		fill_odd(&b, types[i], rows);
		batch->at[i] = build_end(&b, &err);
	}
	return batch;
}

static const char *
any_column(void)
{
	return random_next(&seed) % 3 ? odd_names[random_next(&seed) % COUNT(odd_names)]
				      : "";
}

static struct chart_spec
any_spec(void)
{
	return (struct chart_spec){
		.mark = (int)(random_next(&seed) % MARKS),
		.x = any_column(),
		.y = any_column(),
		.colour = any_column(),
		.facet = any_column(),
		.agg = (int)(random_next(&seed) % 6),
		.scale = (int)(random_next(&seed) % 4),
		.dots = (int)(random_next(&seed) % 3),
		.canvas = (int)(random_next(&seed) % 3),
		.share = random_next(&seed) % 2,
		.bins = random_next(&seed) % 4 ? PARAM_NO_INTEGER
					       : (int64_t)(random_next(&seed) % 300 + 1),
	};
}

/* In the middle of a larger surface, of which nothing else may change. */
static void
draw_inside(const struct chart_data *data)
{
	const int rows = (int)(random_next(&seed) % 40);
	const int columns = (int)(random_next(&seed) % 130);
	struct chart_style style = { .title = random_next(&seed) % 2,
				     .has_brush = random_next(&seed) % 2 };
	struct surface surface = { 0 };
	double low = 0, high = 0, step = 0;
	bool clean = true;

	if (chart_range(data, &low, &high, &step)) {
		style.brush_low = low;
		style.brush_high = low + 3 * step;
	}
	surface_resize(&surface, rows + 4, columns + 4);
	chart_draw(pane_part(surface_pane(&surface), 2, 2, rows, columns), data, &style);
	for (int row = 0; row < surface.rows; row++)
		for (int column = 0; column < surface.columns; column++)
			if (row < 2 || column < 2 || row >= rows + 2 ||
			    column >= columns + 2)
				clean = clean &&
					surface_cell(&surface, row, column)->code[0] ==
						' ';
	CHECK(clean);
	surface_release(&surface);
}

static const char *
file_text(const struct chart_data *data, const char *path)
{
	struct error err;
	struct buffer *out = buffer_new(0, &err);
	const char *text = "";

	if (chart_print_file(data, path, 6, 40, out, &err))
		text = arena_text_n(&arena, out->data, out->size);
	else
		text = arena_text(&arena, err.text);
	buffer_drop(out);
	return text;
}

/* Pictures are those that are drawn; numbers are of bins, categories or pairs. */
static void
test_files(void)
{
	static const struct {
		struct chart_spec spec;
		const char *wanted;
	} numbers[] = {
		{ { .mark = MARK_HISTOGRAM, .x = "x", .bins = 6 },
		  "x from,x to,rows\n,,8\n0.0,10.0,45\n10.0,20.0,9\n20.0,30.0,9\n"
		  "30.0,40.0,9\n" },
		{ { .mark = MARK_HISTOGRAM, .x = "x", .colour = "kind", .bins = 1 },
		  "kind,x from,x to,rows\neven,,,4\neven,0.0,40.0,36\nlow,,,4\n"
		  "low,0.0,40.0,36\n" },
		{ { .mark = MARK_BAR, .x = "kind", .y = "y", .bins = PARAM_NO_INTEGER },
		  "kind,rows,mean of y\neven,40,48.75\nlow,40,80.5\n" },
		{ { .mark = MARK_CORRELATION, .bins = PARAM_NO_INTEGER },
		  "a,b,r,rows\nx,y,0.08447890808375216,72\n" },
	};
	struct batch *batch = small_rows();
	struct chart_data data;
	const char *text;

	for (size_t i = 0; i < COUNT(numbers); i++) {
		collect(&numbers[i].spec, batch, &data);
		CHECK_TEXT(file_text(&data, "x.csv"), numbers[i].wanted);
		text = file_text(&data, "x.txt");
		CHECK(*text && !strncmp(text, draw(&data, &titled, 6, 40), strlen(text)));
		chart_data_release(&data);
	}
	collect(&numbers[0].spec, batch, &data);
	CHECK(strstr(file_text(&data, "x.jsonl"), "{\"x from\":0.0,\"x to\":10.0,"));
	CHECK(strstr(file_text(&data, "x.svg"), "</svg>"));
	CHECK_TEXT(file_text(&data, "x.png"),
		   "'x.png': a chart is not written as .png, but as .svg, .txt, .ans, "
		   ".csv, .tsv, .jsonl, .ndjson or .md");
	CHECK_TEXT(file_text(&data, "x"),
		   "'x': how a chart is written is said by the ending: .svg, .txt, .ans, "
		   ".csv, .tsv, .jsonl, .ndjson or .md");
	chart_data_release(&data);
	batch_free(batch);
}

/* Rows of the numbers are the rows of the chart. */
static void
check_numbers(const struct chart_data *data)
{
	struct error err = { 0 };
	struct arena mem = { 0 };
	struct schema columns;
	struct batch *table = chart_numbers(data, &columns, &mem, &err);
	struct buffer *out = buffer_new(0, &err);

	CHECK(table && out && table->n == columns.n);
	CHECK(table && table_text(&columns, table, "x.jsonl", out, &err));
	if (table && data->plan.mark != MARK_CORRELATION) {
		const int place = schema_find(&columns, "rows");
		uint64_t in = 0, wanted = 0;

		for (size_t i = 0; i < table->rows; i++)
			in += (uint64_t)column_longs(table->at[place])[i];
		for (size_t i = 0; i < data->n; i++)
			wanted += data->cells[i].rows;
		CHECK(in == wanted);
	}
	buffer_drop(out);
	batch_free(table);
	arena_release(&mem);
}

static void
test_any(size_t rows)
{
	const struct chart_spec spec = any_spec();
	struct batch *batch = odd_rows(rows);
	struct collect *collect;
	struct chart_data data = { 0 };
	struct error err = { 0 };

	if (collect_new(&spec, &schema, &collect, &err)) {
		struct buffer *out = buffer_new(0, &err);

		CHECK(collect_add(collect, batch, &err));
		collect_settle(collect, &data);
		for (int i = 0; i < 4; i++)
			draw_inside(&data);
		CHECK(chart_table(&data, out, &err));
		check_numbers(&data);
		chart_data_release(&data);
		buffer_drop(out);
		collect_free(collect);
	}
	batch_free(batch);
}

int
main(void)
{
	schema_add(&schema, "x", TYPE_LONG, &arena);
	schema_add(&schema, "y", TYPE_FLOAT, &arena);
	schema_add(&schema, "kind", TYPE_STRING, &arena);
	test_frames();
	test_files();
	schema = (struct schema){ 0 };
	for (size_t i = 0; i < COUNT(types); i++)
		schema_add(&schema, odd_names[i], types[i], &arena);
	for (int i = 0; i < 1500; i++)
		test_any(random_next(&seed) % 4 ? random_next(&seed) % 300 : 0);
	arena_release(&arena);
	return check_report();
}
