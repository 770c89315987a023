/*
 * chart_spec - the table of marks, and a spec held against a schema.
 */
#include "desk/chart_spec.h"

const char *const chart_marks[] = { "auto", "histogram", "bar",         "scatter", "line",
				    "box",  "heat",      "correlation", NULL };
const char *const chart_aggs[] = { "auto", "count", "sum", "mean", "min", "max", NULL };
const char *const chart_scales[] = { "linear", "log-y", "log-x", "log", NULL };
const char *const chart_dots[] = { "auto", "dots", "density", NULL };
const char *const chart_canvases[] = { "braille", "quadrant", "half", NULL };

#define S struct chart_spec
const struct param chart_params[] = {
	PARAM_CHOICE(S, mark, "Mark", "what is drawn; auto: by the types of x and y",
		     .preset = "auto", .choices = chart_marks),
	PARAM_COLUMN(S, x, "X", "column along the chart", .preset = ""),
	PARAM_COLUMN(S, y, "Y", "column up the chart", .preset = ""),
	PARAM_COLUMN(S, colour, "Colour", "column whose values are told apart",
		     .preset = ""),
	PARAM_COLUMN(S, facet, "Facet", "column with a small chart for each value",
		     .preset = ""),
	PARAM_CHOICE(S, agg, "Agg", "what is made of y; auto: its mean, or a count",
		     .preset = "auto", .choices = chart_aggs),
	PARAM_CHOICE(S, scale, "Scale", "axes in powers of ten", .preset = "linear",
		     .choices = chart_scales),
	PARAM_INTEGER(S, bins, "Bins", "at most so many; as many as fit if not given",
		      .preset = "", MIN(1), MAX(1000)),
	PARAM_CHOICE(S, dots, "Points", "dots, or how many there are (density)",
		     .preset = "auto", .choices = chart_dots),
	PARAM_FLAG(S, share, "Share", "bars are all as long: parts of 100 %",
		   .preset = "false"),
	PARAM_FLAG(S, sample, "Sample", "the first rows alone", .preset = "false"),
	{ 0 },
};
#undef S

static const char *
keep(struct arena *arena, const char *name)
{
	return arena_text(arena, name ? name : "");
}

struct chart_spec
chart_spec_copy(const struct chart_spec *spec, struct arena *arena)
{
	struct chart_spec copy = *spec;

	copy.x = keep(arena, spec->x);
	copy.y = keep(arena, spec->y);
	copy.colour = keep(arena, spec->colour);
	copy.facet = keep(arena, spec->facet);
	return copy;
}

static const struct {
	enum channel_kind x, y;
	unsigned x_types, y_types;
	bool needs_y, has_no_colours;
} marks[MARKS] = {
	[MARK_HISTOGRAM] = { .x = CHANNEL_PLACE,
			     .x_types = TYPE_NUMERIC | TYPE_TEMPORAL },
	[MARK_BAR] = { CHANNEL_CLASS, CHANNEL_VALUE, TYPE_ANY, TYPE_NUMERIC },
	[MARK_SCATTER] = { CHANNEL_PLACE, CHANNEL_PLACE, TYPE_NUMERIC | TYPE_TEMPORAL,
			   TYPE_NUMERIC | TYPE_TEMPORAL, .needs_y = true },
	[MARK_LINE] = { CHANNEL_PLACE, CHANNEL_VALUE, TYPE_NUMERIC | TYPE_TEMPORAL,
			TYPE_NUMERIC },
	[MARK_BOX] = { CHANNEL_CLASS, CHANNEL_PLACE, TYPE_ANY,
		       TYPE_NUMERIC | TYPE_TEMPORAL, .needs_y = true,
		       .has_no_colours = true },
	[MARK_HEAT] = { CHANNEL_CLASS, CHANNEL_CLASS, TYPE_ANY, TYPE_ANY, .needs_y = true,
			.has_no_colours = true },
};

static bool
is_given(const char *name)
{
	return name && *name;
}

static bool
is_place(enum type type)
{
	return (type & (TYPE_NUMERIC | TYPE_TEMPORAL)) != 0;
}

static enum mark
suggest(const struct schema *schema, const struct chart_spec *spec)
{
	const int x = is_given(spec->x) ? schema_find(schema, spec->x) : SCHEMA_NONE;
	const int y = is_given(spec->y) ? schema_find(schema, spec->y) : SCHEMA_NONE;

	if (x == SCHEMA_NONE)
		return is_given(spec->x) ? MARK_HISTOGRAM : MARK_CORRELATION;
	if (y == SCHEMA_NONE)
		return is_place(schema->at[x].type) ? MARK_HISTOGRAM : MARK_BAR;
	if (!is_place(schema->at[y].type))
		return MARK_HEAT;
	if (schema->at[x].type & TYPE_TEMPORAL)
		return MARK_LINE;
	return is_place(schema->at[x].type) ? MARK_SCATTER : MARK_BOX;
}

static bool
find(const struct schema *schema, const char *param, const char *name,
     enum channel_kind kind, unsigned types, struct channel *out, struct error *err)
{
	*out = (struct channel){ 0 };
	if (!is_given(name) || kind == CHANNEL_NONE)
		return true;
	if (!schema_need(schema, param, name, types, &out->at, err))
		return false;
	out->kind = kind;
	out->name = schema->at[out->at].name;
	out->type = schema->at[out->at].type;
	return true;
}

static bool
need(const char *mark, const char *param, const char *name, struct error *err)
{
	return is_given(name) || fail(err, "%s: which column is %s?", mark, param);
}

bool
chart_resolve(const struct chart_spec *spec, const struct schema *schema,
	      struct chart_plan *plan, struct error *err)
{
	const enum mark mark =
		spec->mark == MARK_AUTO ? suggest(schema, spec) : (enum mark)spec->mark;
	const bool log_x = spec->scale & SCALE_LOG_X, log_y = spec->scale & SCALE_LOG_Y;

	*plan = (struct chart_plan){ .mark = mark, .agg = (enum agg)spec->agg };
	if (mark == MARK_CORRELATION)
		return true;
	if (!need(chart_marks[mark], "x", spec->x, err) ||
	    (marks[mark].needs_y && !need(chart_marks[mark], "y", spec->y, err)) ||
	    !find(schema, "x", spec->x, marks[mark].x, marks[mark].x_types, &plan->x,
		  err) ||
	    !find(schema, "y", spec->y, marks[mark].y, marks[mark].y_types, &plan->y,
		  err) ||
	    !find(schema, "colour", spec->colour,
		  marks[mark].has_no_colours ? CHANNEL_NONE : CHANNEL_CLASS, TYPE_ANY,
		  &plan->colour, err) ||
	    !find(schema, "facet", spec->facet, CHANNEL_CLASS, TYPE_ANY, &plan->facet,
		  err))
		return false;
	plan->x.log =
		log_x && plan->x.kind == CHANNEL_PLACE && (plan->x.type & TYPE_NUMERIC);
	plan->y.log =
		log_y && plan->y.kind == CHANNEL_PLACE && (plan->y.type & TYPE_NUMERIC);
	if (plan->y.kind != CHANNEL_VALUE)
		plan->agg = AGG_COUNT;
	else if (plan->agg == AGG_AUTO)
		plan->agg = AGG_MEAN;
	return true;
}
