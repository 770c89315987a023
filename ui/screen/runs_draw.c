/*
 * runs_draw - a line for each node of the run, how far all of it is, and below that what
 * went wrong, what was written, or the runs before.
 */
#include <math.h>
#include <stdio.h>

#include "base/clock.h"
#include "screen/runs_screen.h"
#include "term/clean.h"
#include "widget/bars.h"
#include "widget/figure.h"
#include "widget/standing.h"
#include "widget/step_text.h"

enum {
	NAME = 25,
	COUNT_WIDTH = 10,
	TIME = 9,
	RATE = 10,
	BAR_MOST = 24,
	TOTAL_BAR_MOST = 50,
	TOTAL = 2,  /* rows of a gap and how far all of it is */
	BELOW = 10, /* rows below the nodes at most, as long as there are more of those */
	ERROR = 5,  /* of those for what went wrong, */
	SPEEDS_ROWS = 4, /* and how fast it went */
	ROOMY = 30
};

/* How a node stands: its sign, its ink, whether it is at work, and its share. */
struct progress {
	uint32_t sign;
	enum ink ink;
	double share;
	const char *word; /* instead of numbers; NULL */
};

static double
pass_share(const struct runs *runs)
{
	const double share = eta_pass(runs->now.eta);

	return isnan(share) ? 0 : share;
}

static struct progress
progress_of(const struct runs *runs, size_t place)
{
	const struct run_meter *meter = &runs->now.meters[place];
	const struct check *check = runs->now.check;
	const enum verdict verdict = check ? check->nodes[place].verdict : VERDICT_FINE;
	const int state = atomic_load(&meter->state);

	if (!runs_is_busy(runs) && (state == RUN_LEARNING || state == RUN_WORKING))
		return (struct progress){ 0xb7, INK_DIM, 0, NULL }; /* so far it came */
	switch (state) {
	case RUN_DONE:
		return (struct progress){ 0x2713, INK_OK, 1, NULL };
	case RUN_FAILED:
		return (struct progress){ 0x2717, INK_ERR, 0, "failed" };
	case RUN_LEARNING:
		return (struct progress){ 0x25d0, INK_INFO, pass_share(runs) / 2, NULL };
	case RUN_WORKING:
		return (struct progress){ 0x25d0, INK_INFO, pass_share(runs), NULL };
	default:
		break;
	}
	if (verdict == VERDICT_BLOCKED)
		return (struct progress){ 0x2298, INK_WARN, 0, "blocked" };
	if (verdict == VERDICT_WRONG || verdict == VERDICT_UNKNOWN)
		return (struct progress){ 0x2717, INK_ERR, 0, verdict_name(verdict) };
	if (!runs_is_busy(runs))
		return (struct progress){ 0xb7, INK_DIM, 0, "not run" };
	return (struct progress){ 0x2026, INK_DIM, 0, NULL };
}

static void
print_seconds(double seconds, char out[FIGURE_SIZE])
{
	snprintf(out, FIGURE_SIZE, "%d:%05.2f", (int)(seconds / 60), fmod(seconds, 60));
}

/* In all passes, as the time is: bytes that a source reads, rows that others meet. */
static void
draw_rate(struct pane pane, int row, int end, const struct run_meter *meter,
	  double seconds)
{
	const uint64_t bytes = atomic_load(&meter->bytes);
	const uint64_t rows = atomic_load(&meter->rows_met);
	char text[FIGURE_SIZE];

	if (seconds < 0.001)
		return;
	if (bytes)
		figure_bytes((uint64_t)((double)bytes / seconds), text);
	else
		figure_short((double)rows / seconds, text);
	pane_print_right(pane, row, end, PAINT(INK_DIM), bytes ? "%s/s" : "%s r/s", text);
}

static void
draw_counts(struct pane pane, int row, int column, const struct run_meter *meter,
	    bool is_source)
{
	const uint64_t out = atomic_load(&meter->rows), in = atomic_load(&meter->rows_in);
	const double seconds = (double)atomic_load(&meter->nanoseconds) / 1e9;
	char text[FIGURE_SIZE];

	figure_count(is_source ? out : in, text);
	pane_text_right(pane, row, column, COUNT_WIDTH, PAINT(INK_TEXT), text_of(text));
	figure_count(out, text);
	pane_text_right(pane, row, column + COUNT_WIDTH, COUNT_WIDTH, PAINT(INK_TEXT),
			text_of(text));
	print_seconds(seconds, text);
	pane_text_right(pane, row, column + 2 * COUNT_WIDTH, TIME, PAINT(INK_DIM),
			text_of(text));
	draw_rate(pane, row, column + 2 * COUNT_WIDTH + TIME + RATE, meter, seconds);
}

static void
draw_node(struct app *app, const struct runs *runs, struct pane pane, int row,
	  size_t place, bool is_here)
{
	const struct node *node = &running_flow(runs->running)->nodes[place];
	const struct run_meter *meter = &runs->now.meters[place];
	const struct progress progress = progress_of(runs, place);
	const int column = NAME + 4;
	const int bar = column + 2 * COUNT_WIDTH + TIME + RATE + 1;
	const int width =
		pane.columns - bar - 1 < BAR_MOST ? pane.columns - bar - 1 : BAR_MOST;

	pane_put(pane, row, 1, PAINT(progress.ink, STYLE_BOLD), progress.sign);
	pane_put(pane, row, 3, PAINT(INK_DIM), step_sign(node));
	pane_text(pane, row, 5, NAME - 1, PAINT(INK_TEXT),
		  text_of(step_name(node, &app->arena)));
	if (progress.word)
		pane_text_right(pane, row, column, 2 * COUNT_WIDTH, PAINT(progress.ink),
				text_of(progress.word));
	else if (progress.share > 0 || atomic_load(&meter->rows))
		draw_counts(pane, row, column, meter, node->type == NODE_SOURCE);
	if (progress.share > 0) {
		pane_repeat(pane, row, bar, width, PAINT(INK_DIM), 0x2591);
		bar_draw(pane, row, bar, width, progress.share, PAINT(INK_OK));
	}
	if (is_here)
		pane_style(pane, row, 5, NAME - 1, STYLE_REVERSE);
}

static void
draw_head(struct pane pane)
{
	const int column = NAME + 4;

	pane_print(pane, 0, 3, PAINT(INK_HEADER), "node");
	pane_print_right(pane, 0, column + COUNT_WIDTH, PAINT(INK_HEADER), "rows in");
	pane_print_right(pane, 0, column + 2 * COUNT_WIDTH, PAINT(INK_HEADER),
			 "rows out");
	pane_print_right(pane, 0, column + 2 * COUNT_WIDTH + TIME, PAINT(INK_HEADER),
			 "time");
	pane_print_right(pane, 0, column + 2 * COUNT_WIDTH + TIME + RATE,
			 PAINT(INK_HEADER), "rate");
	pane_print(pane, 0, column + 2 * COUNT_WIDTH + TIME + RATE + 1, PAINT(INK_HEADER),
		   "progress");
	pane_repeat(pane, 1, 0, pane.columns, PAINT(INK_RULE), 0x2500);
}

static void
draw_total(const struct runs *runs, struct pane pane, int row)
{
	const struct eta *eta = runs->now.eta;
	const double share = runs->now.is_well ? 1 : eta_all(eta);
	char title[128], left[ETA_SIZE] = "";
	int n, room;

	if (runs_is_busy(runs))
		eta_print(eta, left);
	n = snprintf(title, sizeof title, "total %d%%%s%s", (int)(share * 100),
		     *left ? "  " : "", left);
	if (runs_is_busy(runs) && eta->at.what)
		snprintf(title + n, sizeof title - (size_t)n, "  %s, pass %zu",
			 eta->at.what, eta->at.pass);
	pane_rule(pane, row, PAINT(INK_RULE), title);
	n = clean_columns(text_of(title), sizeof title) + 5; /* with the rule around it */
	room = pane.columns - n - 2;
	bar_draw(pane, row, n, room < TOTAL_BAR_MOST ? room : TOTAL_BAR_MOST, share,
		 PAINT(INK_OK));
}

static int
draw_pin(struct app *app, const struct runs *runs, struct pane pane, int row,
	 const char *id, const char *rest)
{
	const struct flow *flow = running_flow(runs->running);
	const size_t place = flow_place(flow, id);

	if (place == FLOW_NONE || row >= pane.rows)
		return row;
	pane_text(
		pane, row, 1, pane.columns - 2, PAINT(INK_INFO),
		text_of(arena_print(&app->arena, "◆ pinned rows of '%s' %s",
				    step_name(&flow->nodes[place], &app->arena), rest)));
	return row + 1;
}

/* Which rows were not made anew, and which were though they are kept. */
static int
draw_pins(struct app *app, const struct runs *runs, struct pane pane, int row)
{
	const struct run_report *report = runs->now.report;

	for (size_t i = 0; i < report->pinned.n; i++)
		row = draw_pin(app, runs, pane, row, report->pinned.at[i],
			       "were used: they are what a run would give");
	for (size_t i = 0; i < report->passed_over.n; i++)
		row = draw_pin(app, runs, pane, row, report->passed_over.at[i],
			       "were not used: a run may give or learn others");
	return row;
}

static int
draw_outputs(struct app *app, const struct runs *runs, struct pane pane, int row)
{
	const struct run_report *report = runs->now.report;
	char rows[FIGURE_SIZE], bytes[FIGURE_SIZE];

	if (report->n_deliveries)
		pane_rule(pane, row++, PAINT(INK_RULE), "written");
	for (size_t i = 0; i < report->n_deliveries && row < pane.rows; i++, row++) {
		const struct run_delivery *delivery = &report->deliveries[i];
		int column;

		figure_count(delivery->rows, rows);
		figure_bytes(delivery->bytes, bytes);
		column = pane_print(pane, row, 1, PAINT(INK_DIM), "%12s rows ×%zu  %8s  ",
				    rows, delivery->columns, bytes);
		pane_text(pane, row, column + 1, pane.columns - column - 2,
			  PAINT(INK_TEXT), text_of(delivery->path));
	}
	for (size_t i = 0; i < report->warnings.n && row < pane.rows; i++, row++)
		pane_text(pane, row, 1, pane.columns - 2, PAINT(INK_WARN),
			  text_of(report->warnings.at[i]));
	return draw_pins(app, runs, pane, row);
}

static void
draw_past(struct app *app, const struct runs *runs, struct pane pane, int row)
{
	const struct past_run *past = runs->past;

	if (!past || row + 1 >= pane.rows)
		return;
	pane_rule(pane, row++, PAINT(INK_RULE), "runs");
	for (; past && row < pane.rows; past = past->before, row++) {
		char clock[CLOCK_SIZE];

		clock_local(past->time, "%H:%M:%S", clock);
		pane_put(pane, row, 1, PAINT(past->is_well ? INK_OK : INK_ERR),
			 past->is_well ? 0x2713 : 0x2717);
		pane_text(pane, row, 3, pane.columns - 4, PAINT(INK_DIM),
			  text_of(arena_print(&app->arena, "%u  %s  %.1f s  %s",
					      past->number, clock, past->seconds,
					      past->what)));
	}
}

/* Rows a second while it ran. */
static void
draw_speeds(const struct runs *runs, struct pane pane, int row)
{
	struct bars bars = { .n = (int)runs->n_speeds };
	char speed[FIGURE_SIZE];

	memcpy(bars.at, runs->speeds, sizeof runs->speeds);
	pane_rule(pane, row, PAINT(INK_RULE), "rows a second");
	bars_draw(pane_part(pane, row + 1, 1, 1, pane.columns - 12), &bars, 1, 0,
		  PAINT(INK_BAR));
	figure_short(runs->speeds[runs->n_speeds - 1], speed);
	pane_print(pane, row + 1, bars.n + 3, PAINT(INK_DIM), "%s/s", speed);
}

static void
draw_nodes(struct app *app, struct runs *runs, struct pane pane)
{
	const size_t rows = pane.rows > 0 ? (size_t)pane.rows : 0;

	runs->pane = pane;
	if (runs->at < runs->top)
		runs->top = runs->at;
	if (rows && runs->at >= runs->top + rows)
		runs->top = runs->at - rows + 1;
	for (size_t i = runs->top; i < runs->n && i < runs->top + rows; i++)
		draw_node(app, runs, pane, (int)(i - runs->top), runs->shown[i],
			  i == runs->at);
	pane_cursor(pane, (int)(runs->at - runs->top), 5);
}

/* How many nodes are out of view. */
static void
draw_rest(const struct runs *runs, struct pane pane, int row, size_t rows)
{
	const size_t above = runs->top, below = runs->n - runs->top - rows;
	int column = 5;

	if (above)
		column += pane_print(pane, row, column, PAINT(INK_DIM), "↑ %zu more  ",
				     above);
	if (below)
		pane_print(pane, row, column, PAINT(INK_DIM), "↓ %zu more", below);
}

static bool
has_failed(const struct runs *runs)
{
	return runs->now.err && !runs->now.was_cancelled;
}

static bool
has_speeds(const struct runs *runs, struct pane pane)
{
	return pane.rows >= ROOMY && runs->n_speeds > 1;
}

/* Rows below the nodes that something stands in: a gap, the total, and what follows. */
static int
rows_below(struct app *app, const struct runs *runs, struct pane pane)
{
	const struct run_report *report = runs->now.report;
	size_t rows = TOTAL;

	if (has_failed(runs))
		rows += ERROR + runs_code_rows(app, runs);
	else if (report)
		rows += report->n_deliveries + (report->n_deliveries > 0) +
			report->warnings.n + report->pinned.n + report->passed_over.n;
	if (has_speeds(runs, pane))
		rows += SPEEDS_ROWS;
	return rows < BELOW ? (int)rows : BELOW;
}

static void
draw_nothing(struct pane pane)
{
	const int row = pane.rows / 2 - 1;

	pane_print(pane, row, 4, PAINT(INK_HEADER), "Nothing has run yet.");
	pane_print(pane, row + 2, 4, PAINT(INK_DIM),
		   "F5 runs the flow up to all its destinations; R up to the current "
		   "step.");
	pane_cursor(pane, row, 4);
}

void
runs_draw(struct app *app, struct runs *runs, struct pane pane)
{
	const bool is_alone = app_is_zoomed(app);
	int nodes = pane.rows - 2 - (is_alone ? TOTAL : rows_below(app, runs, pane)), row;

	if (!runs->running) {
		draw_nothing(pane);
		return;
	}
	nodes = nodes < (int)runs->n ? nodes : (int)runs->n;
	draw_head(pane);
	draw_nodes(app, runs, pane_part(pane, 2, 0, nodes, pane.columns));
	draw_rest(runs, pane, nodes + 2, nodes > 0 ? (size_t)nodes : 0);
	row = nodes + 3;
	draw_total(runs, pane, row++);
	if (is_alone)
		return;
	if (has_failed(runs))
		row = runs_draw_error(app, runs, pane, row);
	else if (runs->now.report)
		row = draw_outputs(app, runs, pane, row);
	if (has_speeds(runs, pane)) {
		draw_speeds(runs, pane, row + 1);
		row += SPEEDS_ROWS;
	}
	draw_past(app, runs, pane, row);
}

const char *
runs_sentence(void *self, struct app *app)
{
	const struct runs *runs = self;
	const size_t place = runs_place(runs);
	const struct run_meter *meter;
	struct progress progress;
	char in[FIGURE_SIZE], out[FIGURE_SIZE];
	const char *name;

	if (runs_is_busy(runs))
		return "running";
	if (place == FLOW_NONE)
		return "nothing has run yet";
	meter = &runs->now.meters[place];
	progress = progress_of(runs, place);
	name = step_name(&running_flow(runs->running)->nodes[place], &app->arena);
	figure_count(atomic_load(&meter->rows_in), in);
	figure_count(atomic_load(&meter->rows), out);
	if (progress.word)
		return arena_print(&app->arena, "%zu of %zu, %s, %s", runs->at + 1,
				   runs->n, name, progress.word);
	if (!atomic_load(&meter->rows_in))
		return arena_print(&app->arena, "%zu of %zu, %s, done, %s rows",
				   runs->at + 1, runs->n, name, out);
	return arena_print(&app->arena, "%zu of %zu, %s, done, %s rows in, %s out",
			   runs->at + 1, runs->n, name, in, out);
}
