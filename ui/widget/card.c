/*
 * card - a column's figures from top to bottom, as far as the room goes.
 */
#include "widget/card.h"

#include <stdarg.h>
#include <stdio.h>

#include "term/clean.h"
#include "widget/figure.h"
#include "widget/wrap.h"

enum {
	AXIS = 7,
	BARS_TALL = 12,
	TICKS = 4,
	TICK_GAP = 2,
	NARROW = 45,
	TOP_FEW = 3,
	TOP_MANY = 10,
	TOP_WIDTH = 18, /* of a value */
	SELECTED = 0x258c
};

/* Draws from `row` on, and moves it. */
struct sheet_of {
	struct pane pane;
	const struct card *card;
	int row;
};

static struct paint
bar_paint(const struct card *card)
{
	return PAINT(card->is_nearly ? INK_DIM : INK_BAR);
}

/* Counts at the left of every fourth row, a line under the bars. */
static void
draw_axis(struct pane pane, double most, int tall)
{
	for (int row = 0; row < tall; row++) {
		pane_put(pane, row, AXIS - 1, PAINT(INK_RULE), 0x2502);
		if (row % TICKS == 0) {
			char text[FIGURE_SIZE];

			figure_short(most * (tall - row) / tall, text);
			pane_text_right(pane, row, 0, AXIS - 1, PAINT(INK_DIM),
					text_of(text));
			pane_put(pane, row, AXIS - 1, PAINT(INK_RULE), 0x2524);
		}
	}
	pane_put(pane, tall, AXIS - 1, PAINT(INK_RULE), 0x2514);
	pane_repeat(pane, tall, AXIS, pane.columns - AXIS - 1, PAINT(INK_RULE), 0x2500);
}

/* Where bars begin, as far as the numbers leave room between them. */
static void
draw_ticks(struct pane pane, int row, const struct summary_result *found,
	   const struct bars *bars, int each)
{
	int free = 0;

	for (int i = 0; i <= bars->n - bars->is_single && bars->has_edges; i++) {
		const int x = AXIS + i * each;
		char text[FIGURE_SIZE];
		int n;

		figure_place(found->type, bars->edge[i], text);
		n = (int)strlen(text);
		if (x < free || x + n > pane.columns)
			continue;
		pane_text(pane, row, x, n, PAINT(INK_DIM), text_of(text));
		free = x + n + TICK_GAP;
	}
}

/* What is brushed, and how many rows that are. */
static void
draw_brush(struct sheet_of *s, struct pane bars, int each)
{
	const struct card *card = s->card;
	char range[BRUSH_RANGE], rows[FIGURE_SIZE];
	const int first = brush_draw(bars, card->brush, card->shown, each);

	brush_print(card->brush, card->found->type, range);
	figure_count(brush_rows(card->brush), rows);
	pane_print(s->pane, s->row, 1, PAINT(INK_ACCENT), "brush %s: %s rows", range,
		   rows);
	if (card->is_used && first >= 0)
		pane_cursor(bars, bars.rows - 1, first * each);
}

static void
draw_bars(struct sheet_of *s, int tall)
{
	const struct card *card = s->card;
	const int room = s->pane.columns - AXIS - 1;
	const struct pane chart =
		pane_part(s->pane, s->row, 0, tall + 2, s->pane.columns);
	const struct pane inside = pane_part(chart, 0, AXIS, tall, room);
	struct bars *bars = card->shown;
	double most = 0;
	int wide, gap;

	bars_of(card->found, room / 2, bars);
	if (!bars->n || tall < 1)
		return;
	for (int i = 0; i < bars->n; i++)
		most = bars->at[i] > most ? bars->at[i] : most;
	wide = room / bars->n;
	gap = wide >= 4 ? 1 : 0;
	wide = wide - gap > 4 ? 4 : wide - gap;
	draw_axis(chart, most, tall);
	bars_draw(inside, bars, wide, gap, bar_paint(card));
	draw_ticks(chart, tall + 1, card->found, bars, wide + gap);
	s->row += tall + 2;
	if (card->brush)
		draw_brush(s, inside, wide + gap);
}

static int PRINTF_LIKE(2, 3) line(struct sheet_of *s, const char *format, ...);

static int
line(struct sheet_of *s, const char *format, ...)
{
	char text[256];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof text, format, args);
	va_end(args);
	return pane_text(s->pane, s->row++, 1, s->pane.columns - 2, PAINT(INK_TEXT),
			 text_of(text));
}

static void
draw_numbers(struct sheet_of *s)
{
	const struct summary_result *f = s->card->found;
	const char *nearly = f->quantiles_are_exact ? "" : "≈";
	char min[FIGURE_SIZE], q25[FIGURE_SIZE], median[FIGURE_SIZE], q75[FIGURE_SIZE];
	char max[FIGURE_SIZE], mean[FIGURE_SIZE], sd[FIGURE_SIZE];

	figure_value(f->type, &f->min, min);
	figure_value(f->type, &f->max, max);
	figure_number(f->q25, q25);
	figure_number(f->median, median);
	figure_number(f->q75, q75);
	figure_number(f->mean, mean);
	figure_number(f->sd, sd);
	if (s->pane.columns < NARROW) {
		line(s, "min %-8s max %s", min, max);
		line(s, "p25 %s%s  median %s%s  p75 %s%s", nearly, q25, nearly, median,
		     nearly, q75);
		line(s, "mean %-7s sd %s", mean, sd);
		return;
	}
	line(s, "min %-7s p25 %s%-6s median %s%-5s p75 %s%s", min, nearly, q25, nearly,
	     median, nearly, q75);
	line(s, "max %-7s mean %-6s sd %s", max, mean, sd);
}

static void
draw_counts(struct sheet_of *s)
{
	const struct summary_result *f = s->card->found;
	char missing[FIGURE_SIZE], share[FIGURE_SIZE], rows[FIGURE_SIZE],
		misfits[FIGURE_SIZE], off[FIGURE_SIZE];

	figure_count(f->missing, missing);
	figure_percent(f->missing, f->rows, share);
	figure_count(f->rows, rows);
	if (f->missing)
		line(s, "missing %s (%s)   rows %s", missing, share, rows);
	else
		line(s, "missing 0   rows %s", rows);
	if (s->card->shown->off) {
		figure_count(s->card->shown->off, off);
		line(s, "%s beyond the bars", off);
	}
	if (f->misfits) {
		const struct text odd = f->n_odd ? f->odd[0] : text_of("");

		figure_count(f->misfits, misfits);
		line(s, "%s %s not fit the type: \"%.*s\"", misfits,
		     f->misfits == 1 ? "does" : "do", TEXT_ARG(odd));
	}
}

static void
draw_extremes(struct sheet_of *s)
{
	const struct summary_result *f = s->card->found;
	char min[FIGURE_SIZE], max[FIGURE_SIZE];

	figure_value(f->type, &f->min, min);
	figure_value(f->type, &f->max, max);
	line(s, "%s %s", f->type == TYPE_STRING ? "first" : "from ", min);
	line(s, "%s %s", f->type == TYPE_STRING ? "last " : "to   ", max);
}

/* Values that are listed: few where bars say how they are spread, none if each is there
 * once. */
static size_t
top_shown(const struct summary_result *found)
{
	const size_t most =
		found->type & (TYPE_NUMERIC | TYPE_TEMPORAL) ? TOP_FEW : TOP_MANY;

	if (!found->n_top || found->top[0].count < 2)
		return 0;
	return found->n_top < most ? found->n_top : most;
}

static void
draw_top(struct sheet_of *s)
{
	const struct summary_result *f = s->card->found;
	const size_t shown = top_shown(f);
	int width = 1, at;

	for (size_t i = 0; i < shown; i++) {
		char text[FIGURE_SIZE];
		int one;

		figure_value(f->type, &f->top[i].value, text);
		one = clean_columns(text_of(text), TOP_WIDTH);
		width = one > width ? one : width;
	}
	width = width < TOP_WIDTH ? width : TOP_WIDTH;
	for (size_t i = 0; i < shown && s->row < s->pane.rows; i++, s->row++) {
		char text[FIGURE_SIZE], count[FIGURE_SIZE];

		figure_value(f->type, &f->top[i].value, text);
		figure_count(f->top[i].count, count);
		if (i == 0)
			pane_text(s->pane, s->row, 1, 5, PAINT(INK_DIM), text_of("top"));
		pane_text_right(s->pane, s->row, 7, width, PAINT(INK_TEXT),
				text_of(text));
		at = 7 + width + 1;
		pane_text_right(s->pane, s->row, at, 9, PAINT(INK_DIM), text_of(count));
		at += 10;
		bar_draw(s->pane, s->row, at, s->pane.columns - at - 1,
			 (double)f->top[i].count / (double)f->top[0].count,
			 bar_paint(s->card));
	}
}

/* What is done, and why: behind it, or in lines of its own as far as there are some to
 * spare. */
static void
draw_one(struct sheet_of *s, const struct advice *a, int *spare)
{
	const struct paint paint =
		PAINT(a->severity >= SEVERITY_MEDIUM ? INK_WARN : INK_DIM);
	char why[128];
	const int at =
		3 + pane_print(s->pane, s->row, 3, PAINT(INK_TEXT), "⏎ %s", a->cure) + 2;
	const int room = s->pane.columns - 1 - at;
	int behind;

	snprintf(why, sizeof why, "(%s)", a->what);
	if (clean_columns(text_of(why), sizeof why) <= room || *spare < 1) {
		pane_text(s->pane, s->row++, at, room, paint, text_of(why));
		return;
	}
	behind = wrap_draw(s->pane, s->row + 1, 5, s->pane.columns - 6, *spare, paint,
			   text_of(why));
	*spare -= behind - s->row - 1;
	s->row = behind;
}

static void
draw_advice(struct sheet_of *s)
{
	const struct card *card = s->card;
	int spare = s->pane.rows - s->row - 1 - (int)card->n_advice;

	if (!card->n_advice || s->row + 1 >= s->pane.rows)
		return;
	pane_text(s->pane, s->row++, 1, s->pane.columns - 2, PAINT(INK_DIM),
		  text_of(card->is_used ? "suggested · j/k choose" : "suggested"));
	for (size_t i = 0; i < card->n_advice && s->row < s->pane.rows; i++) {
		const int row = s->row;

		draw_one(s, card->advice + i, &spare);
		if (card->is_used && i == card->chosen) {
			pane_put(s->pane, row, 1, PAINT(INK_ACCENT), SELECTED);
			pane_style(s->pane, row, 2, s->pane.columns - 3, STYLE_REVERSE);
			pane_cursor(s->pane, row, 3);
		}
	}
}

/* Rows that bars may take: what the rest leaves. */
static int
bar_rows(const struct sheet_of *s)
{
	const struct card *card = s->card;
	const int rest = 6 + (int)top_shown(card->found) +
			 (card->n_advice ? 2 + (int)card->n_advice : 0);
	const int left = s->pane.rows - rest - 3;

	return left > BARS_TALL ? BARS_TALL : left < 3 ? 0 : left;
}

static void
draw_found(struct sheet_of *s)
{
	const struct summary_result *f = s->card->found;

	if (f->count && (f->type & (TYPE_NUMERIC | TYPE_TEMPORAL)))
		draw_bars(s, bar_rows(s));
	if (s->row)
		s->row++;
	if (f->count && (f->type & TYPE_NUMERIC))
		draw_numbers(s);
	else if (f->count && !(f->type & (TYPE_BOOL | TYPE_OBJECT)))
		draw_extremes(s);
	draw_counts(s);
	s->row++;
	draw_top(s);
	if (top_shown(f))
		s->row++;
	draw_advice(s);
}

void
card_draw(struct pane pane, const struct card *card)
{
	char right[FIGURE_SIZE * 2] = "", distinct[FIGURE_SIZE];
	struct sheet_of s = { pane, card, 0 };

	*card->shown = (struct bars){ 0 };
	if (card->found) {
		figure_count(card->found->distinct, distinct);
		snprintf(right, sizeof right, "%s · %s%s distinct",
			 figure_type(card->type, card->found),
			 card->found->distinct_is_exact ? "" : "≈", distinct);
	}
	s.pane = pane_box(pane, PAINT(card->is_used ? INK_ACCENT : INK_RULE), card->name,
			  right);
	if (card->found)
		draw_found(&s);
	else
		pane_print(s.pane, 1, 1, PAINT(INK_DIM), "reading ...");
}
