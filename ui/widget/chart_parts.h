/*
 * chart_parts.h - what the marks of a chart share. For chart*.c only.
 */
#ifndef WIDGET_CHART_PARTS_H
#define WIDGET_CHART_PARTS_H

#include "widget/chart.h"
#include "widget/figure.h"

enum { BINS_MOST = 240, GUTTER = 7, CLASSES_SHOWN = 8 };

/* The rows of one panel: all, or a facet. */
struct slice {
	const struct chart_data *data;
	const struct chart_style *style;
	const struct chart_cell *cells;
	size_t n;
	double top; /* the largest of all panels, by chart_mark.top() */
};

/* A mark draws a slice; top: how high it would be in a pane of this size. */
struct chart_mark {
	void (*draw)(const struct slice *slice, struct pane pane);
	double (*top)(const struct slice *slice, struct pane pane); /* or NULL */
};

extern const struct chart_mark mark_histogram, mark_bar, mark_scatter, mark_line,
	mark_box, mark_heat, mark_correlation;

/* An axis cut into bins; bin i has the steps from edges[i] up to edges[i + 1]. */
struct bins {
	int n;
	int64_t edges[BINS_MOST + 1];
};

/* Round bins, at most so many. n 0: the axis has no rows. */
void bins_make(const struct chart_axis *axis, int most, struct bins *out);
int bins_find(const struct bins *bins, int64_t step); /* -1: off */
/* "50", "1 month": how wide they are. */
void bins_print(const struct chart_axis *axis, const struct bins *bins,
		char out[CHART_LABEL]);
/* Bins of a plot so many columns wide, and columns of each. */
int bins_lay(const struct chart_data *data, int columns, struct bins *out);
/* Most bins for a plot so wide. */
int bins_for(const struct chart_data *data, int columns);

/* Those of the numbers behind the picture, which no size of it decides. */
void chart_table_bins(const struct chart_data *data, struct bins *out);

/* The steps of an axis that are on view: up to the last one, or not far behind
 * ninety-nine of a hundred rows. */
void axis_range(const struct chart_axis *axis, int64_t *first, int64_t *last);

/* An axis laid over n cells, as even as its steps allow. */
struct span {
	const struct chart_axis *axis;
	int64_t first, steps, each; /* each 0: a cell is less than a step, or many */
	int n;
};
struct span span_make(const struct chart_axis *axis, int n);
int span_find(const struct span *span, int64_t step); /* -1: off */
double span_value(const struct span *span, double cell);

/* A pane with axes: the lines, and what is between them. */
struct plot {
	struct pane whole, inside;
};
struct plot plot_make(struct pane pane);
int plot_gutter(struct pane pane); /* columns left of it */
/* Labels of y, from the top edge (or, centred, the middle of the top row) downwards; log:
 * bottom and top are powers of ten. axis NULL: numbers. */
enum plot_labels { LABELS_PLAIN, LABELS_CENTRED, LABELS_LOG };
void plot_y(const struct plot *plot, const struct chart_axis *axis, double bottom,
	    double top, enum plot_labels how);
/* A label below a column, if it has room behind `*free`, which moves on. */
void plot_label(const struct plot *plot, int column, const char *label, int *free);
void plot_last_label(const struct plot *plot, int end, const char *label, int *free);
void plot_x_span(const struct plot *plot, const struct span *span, int dots);
/* Show which columns (from, up to before end) are brushed. */
void plot_brush(const struct plot *plot, int from, int end);

/* The paint and the sign of a class of colour. */
struct paint class_paint(const struct chart_data *data, size_t colour);
uint32_t class_sign(size_t colour);
/* Room for the names of x at the left of so many columns, a third of them at most. */
int class_name_width(const struct chart_data *data, int columns);
/* Colours beyond those that can be told apart are one. */
size_t class_shown(size_t colour);
size_t classes_shown(const struct chart_data *data); /* 1 without colours */

/* The value of rows put together. */
struct total {
	uint64_t rows, values;
	double sum, low, high;
};
void total_add(struct total *total, const struct chart_cell *cell);
double total_value(const struct total *total, enum agg agg); /* NaN: none */

#endif
