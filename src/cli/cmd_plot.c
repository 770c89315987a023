/*
 * plot - a chart of a table or of a flow's node, as text, or as a file.
 *
 * What is drawn is what the workbench draws; here it goes to standard output, as wide as
 * the terminal, or 80 columns where there is none; into a file as its ending says.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "cli/out.h"
#include "cli/run_options.h"
#include "desk/gather.h"
#include "flow/quick.h"
#include "io/sniff.h"
#include "widget/chart_file.h"
#include "widget/picture.h"

enum { COLUMNS = 80, ROWS = 20, SIZE_MOST = 1000 };

struct plot {
	RUN_FIELDS;
	const char *node, *output, *x, *y, *colour, *facet;
	int mark, agg, scale, dots;
	size_t bins, width, height;
	bool share, sample, table, ascii;
};

static const struct option options[] = {
	OPTION_CHOICE(struct plot, mark, 'k', "MARK",
		      "what is drawn; auto: by the types of x and y", chart_marks),
	OPTION_TEXT(struct plot, x, 'x', "COLUMN", "column along the chart"),
	OPTION_TEXT(struct plot, y, 'y', "COLUMN", "column up the chart"),
	OPTION_TEXT(struct plot, colour, 'c', "COLUMN",
		    "column whose values are told apart"),
	OPTION_TEXT(struct plot, facet, 'f', "COLUMN", "a small chart for each value"),
	OPTION_CHOICE(struct plot, agg, 0, "HOW", "what is made of y", chart_aggs),
	OPTION_CHOICE(struct plot, scale, 0, "SCALE", "axes in powers of ten",
		      chart_scales),
	OPTION_COUNT(struct plot, bins, 0, "N", "at most so many"),
	OPTION_CHOICE(struct plot, dots, 0, "HOW", "dots, or how many there are",
		      chart_dots),
	OPTION_FLAG(struct plot, share, 0, "bars are parts of 100 %"),
	OPTION_FLAG(struct plot, sample, 0, "of the first rows alone"),
	OPTION_FLAG(struct plot, table, 0, "the numbers behind the chart"),
	OPTION_FLAG(struct plot, ascii, 0, "no character beyond ASCII"),
	OPTION_COUNT(struct plot, width, 'w', "N", "characters across"),
	OPTION_COUNT(struct plot, height, 0, "N", "lines"),
	OPTION_TEXT(struct plot, output, 'o', "FILE",
		    "a file: .svg, .txt, .ans; .csv: the numbers"),
	OPTION_TEXT(struct plot, node, 'n', "NODE", "of a flow (ID or name)"),
	RUN_OPTIONS(struct plot),
	{ 0 },
};

static const struct command_example examples[] = {
	{ "plot bookings.csv -x lead_time -y adr", "where rows are" },
	{ "plot bookings.csv -x hotel -o hotels.svg", "bars, in a picture" },
	{ 0 },
};

static struct chart_spec
spec_of(const struct plot *plot)
{
	return (struct chart_spec){
		.mark = plot->mark,
		.x = plot->x,
		.y = plot->y,
		.colour = plot->colour,
		.facet = plot->facet,
		.agg = plot->agg,
		.scale = plot->scale,
		.dots = plot->dots,
		.bins = plot->bins ? (int64_t)plot->bins : PARAM_NO_INTEGER,
		.share = plot->share,
		.sample = plot->sample,
	};
}

static bool
is_flow(const char *path)
{
	const char *dot = strrchr(path, '.');

	return dot && strcmp(dot, ".flow") == 0;
}

/* The flow, or one over the file; *node: what is plotted. */
static bool
open_flow(const char *path, const struct plot *plot, struct flow *flow, const char **node,
	  struct error *err)
{
	struct quick quick = { .path = path, .format = "csv" };
	size_t place = FLOW_NONE;

	if (!is_flow(path)) {
		if (!sniff_file(path, &quick.dialect, err) ||
		    !flow_quick(flow, &quick, &place, err))
			return false;
	} else {
		if (!flow_read(path, flow, err))
			return false;
		place = flow_find(flow, plot->node, err);
	}
	if (place == FLOW_NONE) {
		flow_release(flow);
		return false;
	}
	*node = flow->nodes[place].id;
	return true;
}

/* Colours that standard output takes: none if it is no terminal, or NO_COLOR is set
 * (no-color.org). */
static int
colours_here(void)
{
	const char *no = getenv("NO_COLOR"), *term = getenv("TERM");

	if ((no && *no) || !term || strcmp(term, "dumb") == 0 || !isatty(STDOUT_FILENO))
		return 0;
	return strstr(term, "256color") ? 256 : 16;
}

static int
rows_of(const struct plot *plot)
{
	return plot->height ? (int)plot->height : ROWS;
}

static int
columns_of(const struct plot *plot)
{
	const size_t wide = plot->width ? plot->width : plot->output ? 0 : out_width();

	return wide ? (int)wide : COLUMNS;
}

static bool
print_chart(const struct plot *plot, const struct chart_data *data, struct buffer *out,
	    struct error *err)
{
	static const struct chart_style style = { .title = true };
	struct surface surface = { 0 };
	bool ok;

	surface_resize(&surface, rows_of(plot), columns_of(plot));
	chart_draw(surface_pane(&surface), data, &style);
	ok = picture_text(&surface, plot->ascii ? TIER_ASCII : TIER_UNICODE,
			  colours_here(), out, err);
	surface_release(&surface);
	return ok;
}

static bool
write_chart(const struct plot *plot, const struct chart_data *data, struct buffer *out,
	    struct error *err)
{
	return chart_print_file(data, plot->output, rows_of(plot), columns_of(plot), out,
				err) &&
	       file_write(plot->output, (struct text){ out->data, out->size }, err);
}

static bool
print_data(const struct plot *plot, const struct chart_data *data, struct error *err)
{
	struct buffer *out = buffer_new(0, err);
	bool ok = out && (plot->output  ? write_chart(plot, data, out, err)
			  : plot->table ? chart_table(data, out, err)
					: print_chart(plot, data, out, err));

	if (ok && !plot->output)
		fwrite(out->data, 1, out->size, stdout);
	buffer_drop(out);
	return ok;
}

static bool
output_fits(const struct plot *plot, struct error *err)
{
	struct arena arena = { 0 };
	const bool ok = !plot->output ||
			ending_need(chart_endings(&arena), plot->output, "a chart", err);

	arena_release(&arena);
	if (ok && plot->output && (plot->table || plot->ascii))
		return fail(err, "--table and --ascii are for standard output; in a file "
				 "the ending says what it holds");
	return ok;
}

static bool
usage_fits(const struct plot *plot, const char *path, const struct run_options *settings,
	   struct error *err)
{
	if (is_flow(path) && !plot->node)
		return fail(err, "which node of the flow? --node NODE says it");
	if (!is_flow(path) && plot->node)
		return fail(err, "--node is of a flow, and '%s' is none", path);
	if (plot->width > SIZE_MOST || plot->height > SIZE_MOST)
		return fail(err, "a chart has at most %d characters and lines",
			    SIZE_MOST);
	return output_fits(plot, err) && run_options_check(settings, err);
}

static int
run(const struct invocation *in, struct error *err)
{
	const struct plot *plot = in->options;
	const struct chart_spec spec = spec_of(plot);
	const char *path = in->args->at[0], *node;
	struct run_options settings = { .cancel = in->cancel };
	struct chart_data data = { 0 };
	struct flow flow;
	bool ok;

	RUN_OPTIONS_APPLY(plot, &settings);
	if (!usage_fits(plot, path, &settings, err))
		return STATUS_USAGE;
	if (!open_flow(path, plot, &flow, &node, err))
		return STATUS_FAILED;
	ok = gather_now(&flow, node, &settings, &spec, &data, err) &&
	     print_data(plot, &data, err);
	chart_data_release(&data);
	flow_release(&flow);
	return ok ? STATUS_DONE : STATUS_FAILED;
}

const struct command cmd_plot = {
	.name = "plot",
	.args = "FILE|FLOW",
	.least = 1,
	.most = 1,
	.help = "a chart of a table, or of a node of a flow, as text",
	.options = options,
	.options_size = sizeof(struct plot),
	.examples = examples,
	.run = run,
};
