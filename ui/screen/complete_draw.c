/*
 * complete_draw - what could be typed, in a box above the command line.
 */
#include "screen/complete.h"
#include "widget/bars.h"
#include "widget/figure.h"

enum {
	BOX = 67, /* columns */
	BOX_COLUMN = 9,
	BOX_ROWS = 8,
	NAME = 28, /* columns of a candidate's name */
	KIND = 6,
	BARS = 14,
};

/* A column: its type, how its values are spread, what they span. */
static void
draw_figures(struct pane pane, int row, int column, const struct candidate *candidate,
	     const struct summary_result *found)
{
	char range[FIGURE_SIZE];
	struct bars bars;

	pane_text(pane, row, column, KIND - 1, PAINT(candidate->ink),
		  text_of(candidate->kind));
	bars_of(found, BARS - 2, &bars);
	bars_draw(pane_part(pane, row, column + KIND, 1, BARS - 2), &bars, 1, 0,
		  PAINT(INK_BAR));
	column += KIND + BARS;
	figure_range(found, pane.columns - column - 1, range);
	pane_print(pane, row, column, PAINT(INK_DIM), "%s", range);
}

/* Figures are those of the moment: the sheet may be another one than when the candidates
 * were found. */
static void
draw_candidate(struct app *app, struct pane pane, int row,
	       const struct candidate *candidate)
{
	const struct summary_result *found =
		candidate->is_column ? complete_found(app, candidate->label) : NULL;
	int column = 2 + NAME;

	pane_text(pane, row, 2, NAME - 1, PAINT(INK_TEXT), text_of(candidate->label));
	if (found) {
		draw_figures(pane, row, column, candidate, found);
		return;
	}
	if (*candidate->kind) {
		pane_text(pane, row, column, 2 * KIND, PAINT(candidate->ink),
			  text_of(candidate->kind));
		column += 2 * KIND + 1;
	}
	pane_text(pane, row, column, pane.columns - column - 1, PAINT(INK_DIM),
		  text_of(candidate->note));
}

void
completion_draw(struct pane pane, struct app *app, const struct completion *c,
		const size_t *turn)
{
	const size_t most = c->n < BOX_ROWS ? c->n : BOX_ROWS;
	const size_t chosen = turn ? *turn : 0;
	const size_t first = chosen >= most ? chosen + 1 - most : 0;
	struct pane box = pane_part(
		pane, pane.rows - 4 - (int)most, BOX_COLUMN, (int)most + 2,
		pane.columns - BOX_COLUMN < BOX ? pane.columns - BOX_COLUMN : BOX);

	box = pane_box(box, PAINT(INK_ACCENT), c->title,
		       arena_print(&app->arena, "%zu of %zu", c->n, c->of));
	for (size_t i = 0; i < most; i++) {
		draw_candidate(app, box, (int)i, &c->at[first + i]);
		if (first + i != chosen)
			continue;
		pane_put(box, (int)i, 1, PAINT(INK_ACCENT), 0x258c);
		if (turn)
			pane_style(box, (int)i, 2, box.columns - 3, STYLE_REVERSE);
	}
}
