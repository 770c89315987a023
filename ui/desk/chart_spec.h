/*
 * chart_spec.h - what a chart shall show, as a user says it, and what that asks of a
 * table.
 *
 * The fields are declared once, as a param table: the screen's panel, the command line
 * and the plot command read it. A mark is a row of a table that says what it does with x
 * and y; nothing else knows which marks there are.
 */
#ifndef DESK_CHART_SPEC_H
#define DESK_CHART_SPEC_H

#include "op/param.h"

enum mark {
	MARK_AUTO, /* what the types of x and y suggest */
	MARK_HISTOGRAM,
	MARK_BAR,
	MARK_SCATTER,
	MARK_LINE,
	MARK_BOX,
	MARK_HEAT,
	MARK_CORRELATION,
	MARKS,
};

enum agg { AGG_AUTO, AGG_COUNT, AGG_SUM, AGG_MEAN, AGG_MIN, AGG_MAX };
enum chart_scale { SCALE_LINEAR, SCALE_LOG_Y, SCALE_LOG_X, SCALE_LOG_BOTH };
enum chart_dots { DOTS_AUTO, DOTS_ALWAYS, DOTS_DENSITY };
enum canvas_kind { CANVAS_BRAILLE, CANVAS_QUADRANT, CANVAS_HALF };

struct chart_spec {
	int mark;
	const char *x, *y, *colour, *facet; /* columns; "": none */
	int agg, scale, dots;
	int canvas;   /* enum canvas_kind: of the terminal, so no param */
	int64_t bins; /* at most; PARAM_NO_INTEGER: as many as fit */
	bool share;   /* bars: 100 % */
	bool sample;  /* of the first rows alone */
};

extern const struct param chart_params[];

/* With names in the arena; none is NULL. */
struct chart_spec chart_spec_copy(const struct chart_spec *spec, struct arena *arena);

/* Words of the choices, up to NULL. */
extern const char *const chart_marks[],
	*const chart_aggs[], *const chart_scales[], *const chart_dots[],
							    *const chart_canvases[];

/* What a mark does with a column. */
enum channel_kind {
	CHANNEL_NONE,
	CHANNEL_CLASS, /* its values are categories */
	CHANNEL_PLACE, /* they are places on an axis */
	CHANNEL_VALUE, /* they are put together (sum, mean) */
};

struct channel {
	enum channel_kind kind;
	size_t at; /* place of the column */
	const char *name;
	enum type type;
	bool log; /* an axis of powers of ten */
};

struct chart_plan {
	enum mark mark; /* not auto */
	enum agg agg;   /* not auto */
	struct channel x, y, colour, facet;
};

/* Names live as long as the schema. Says which column is missing or does not fit. */
CHECKED bool chart_resolve(const struct chart_spec *spec, const struct schema *schema,
			   struct chart_plan *plan, struct error *err);

#endif
