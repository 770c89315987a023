/*
 * chart.h - the numbers of a chart as a picture of characters.
 *
 * Any numbers in any size of pane: bins, labels and small multiples are chosen to fit it.
 * Bars end in eighths of a character, and what is there but too little for one is still
 * seen as a sliver. An axis that a few values far away would squash ends before them, and
 * says how many are off it. What is missing has a bar of its own.
 */
#ifndef WIDGET_CHART_H
#define WIDGET_CHART_H

#include "data/batch.h"
#include "desk/chart_data.h"
#include "term/surface.h"

struct chart_style {
	bool title; /* a line with what it is, how many rows, the legend */
	bool has_brush;
	double brush_low, brush_high; /* values of x */
};

void chart_draw(struct pane pane, const struct chart_data *data,
		const struct chart_style *style);

/* "adr × lead_time", "rows by hotel". In the arena. */
const char *chart_title(const struct chart_data *data, struct arena *arena);

/* What signs and colours mean, one below the other; rows that it took. */
int chart_legend(struct pane pane, const struct chart_data *data);

/* The numbers behind the picture, as lines of text: of bins, categories, or pairs. */
CHECKED bool chart_table(const struct chart_data *data, struct buffer *out,
			 struct error *err);

/* The same as a table, whose rows are groups of rows. The names live in the arena. */
CHECKED struct batch *chart_numbers(const struct chart_data *data, struct schema *schema,
				    struct arena *arena, struct error *err);

/* The part of x that is on view, and by how much a brush moves; false: x has no places.
 */
bool chart_range(const struct chart_data *data, double *low, double *high, double *step);

/* The part of x that a column of the pane shows (a bin, if it has bars); false: none. */
bool chart_under(const struct chart_data *data, struct pane pane, int column, double *low,
		 double *high);

/* Rows that are not on view because an axis ends before them. */
uint64_t chart_off(const struct chart_data *data);

#endif
