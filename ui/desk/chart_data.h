/*
 * chart_data.h - the numbers that a chart is drawn from.
 *
 * Made by collect.h out of rows, in any number of which it stays small; drawn by
 * widget/chart.h at any size, since bins are only chosen there. Nothing in it changes any
 * more once it is made.
 */
#ifndef DESK_CHART_DATA_H
#define DESK_CHART_DATA_H

#include "base/names.h"
#include "desk/chart_spec.h"
#include "desk/mesh.h"

/* A category: a value of a column, as it is printed. */
struct chart_class {
	const char *name;
	uint64_t rows;
	bool is_missing, is_rest; /* no value; all values beyond those that are kept */
};

struct chart_axis {
	struct channel channel;
	/* classes: most frequent first (colours and facets that are numbers: in their
	 * order); missing and the rest are the last ones */
	size_t n;
	const struct chart_class *classes;
	/* places and values */
	struct steps_of steps; /* of log10 of the value, if the axis is logarithmic */
	double low, high;      /* of all; NaN: none */
	/* steps: the first and the last one; of rows in order, the first of a hundred, a
	 * quarter, half, three quarters, ninety-nine */
	int64_t first, q01, q25, q50, q75, q99, last;
	uint64_t rows; /* that have a place */
	uint64_t missing;
	uint64_t refused; /* not above 0 on a logarithmic axis */
};

#define CELL_MISSING INT64_MIN /* x of rows that have none */

/* Rows of a facet and a colour at x and y: a class or a step, 0 if there is no such axis.
 */
struct chart_cell {
	uint32_t facet, colour;
	int64_t x, y;
	uint64_t rows, values;
	double sum, low, high; /* of values */
};

/* Pearson's r of numbers, from the rows in which both are there. */
struct chart_pairs {
	size_t n;
	const char **names;
	const double *r;      /* n * n, both halves; NaN: not defined */
	const uint64_t *rows; /* the same */
};

struct chart_data {
	struct arena arena;
	unsigned generation;
	bool is_whole; /* of all rows */
	uint64_t rows;
	struct chart_spec spec;
	struct chart_plan plan; /* what was made of it */
	struct chart_axis x, y, colour, facet;
	size_t n;
	struct chart_cell *cells; /* by facet, colour, x, y */
	double r;                 /* of x and y, if both are places; NaN: not defined */
	struct chart_pairs pairs;
};

void chart_data_release(struct chart_data *data);

/* Where a step of the axis begins, as a value of the column. */
double chart_value(const struct chart_axis *axis, int64_t step);
/* The step of a value of the column. */
int64_t chart_step(const struct chart_axis *axis, double value);

/* Rows with low <= x < high, off the axis or not. */
uint64_t chart_rows_between(const struct chart_data *data, double low, double high);

/* A value as a reader takes it: a moment for times, else a short number. */
enum { CHART_LABEL = 64 };
void chart_print(const struct chart_axis *axis, double value, char out[CHART_LABEL]);

#endif
