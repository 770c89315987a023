/*
 * insight_export - what is odd in the columns, as a report: all sections, in the order in
 * which they are shown.
 */
#include <stdio.h>

#include "desk/paths.h"
#include "screen/export.h"
#include "screen/insight.h"
#include "widget/figure.h"
#include "widget/report.h"
#include "widget/step_text.h"

static void
add_lines(struct report *report, const struct insight *insight,
	  const struct grid_view *view)
{
	char text[256], share[FIGURE_SIZE];

	insight_counts(insight, view, text, sizeof text);
	report_line(report, text);
	figure_percent(insight->missing, insight->cells, share);
	report_line(report, arena_print(report->arena, "missing %s of all cells",
					insight->missing ? share : "0%"));
	if (!view->profile->is_whole)
		report_line(report, "of the rows so far");
}

static void
add_warnings(struct report *report, const struct insight *insight,
	     const struct grid_view *view)
{
	static const char *const columns[] = { "severity", "column", "warning", "cure",
					       NULL };
	struct report_section *section = report_section(report, "Warnings", columns);

	for (size_t i = 0; i < insight->n[SECTION_WARNINGS]; i++) {
		const struct item *item = &insight->items[SECTION_WARNINGS][i];
		const struct advice *advice = &item->advice;
		struct report_cell *row = report_row(report, section);

		row[0] = report_text(severity_names[advice->severity]);
		row[1] = report_text(view->schema->at[item->place].name);
		row[2] = report_text(advice->what);
		row[3] = report_text(advice->cure);
	}
}

static void
add_missing(struct report *report, const struct insight *insight,
	    const struct grid_view *view)
{
	static const char *const columns[] = { "column", "missing", "percent", NULL };
	struct report_section *section = report_section(report, "Missing", columns);

	for (size_t i = 0; i < insight->n[SECTION_MISSING]; i++) {
		const struct item *item = &insight->items[SECTION_MISSING][i];
		const struct summary_result *found = grid_found(view, item->place);
		struct report_cell *row = report_row(report, section);
		char share[FIGURE_SIZE];

		row[0] = report_text(view->schema->at[item->place].name);
		row[1] = report_count(report, item->missing);
		if (!found)
			continue;
		figure_percent(item->missing, found->rows, share);
		row[2] = report_number(
			report, 100 * (double)item->missing / (double)found->rows, share);
	}
}

/* A bound of what has an order; texts have none to speak of. */
static struct report_cell
bound(const struct report *report, const struct summary_result *found,
      const struct summary_value *value)
{
	char text[FIGURE_SIZE];

	if (found->type & (TYPE_STRING | TYPE_OBJECT | TYPE_BOOL) || !found->count)
		return (struct report_cell){ 0 };
	figure_exact(found->type, value, text);
	if (found->type == TYPE_FLOAT)
		return report_number(report, value->number, text);
	return (struct report_cell){ arena_text(report->arena, text),
				     found->type == TYPE_LONG
					     ? json_new_long(value->whole, report->arena)
					     : NULL };
}

static void
add_columns(struct report *report, const struct insight *insight,
	    const struct grid_view *view)
{
	static const char *const columns[] = { "column", "type", "distinct", "missing",
					       "min",    "mean", "max",      NULL };
	struct report_section *section = report_section(report, "Columns", columns);

	for (size_t i = 0; i < insight->n[SECTION_COLUMNS]; i++) {
		const size_t place = insight->items[SECTION_COLUMNS][i].place;
		const struct field *field = view->schema->at + place;
		const struct summary_result *found = grid_found(view, place);
		struct report_cell *row = report_row(report, section);
		char text[FIGURE_SIZE];

		row[0] = report_text(field->name);
		row[1] = report_text(figure_type(field->type, found));
		if (!found)
			continue;
		row[2] = report_count(report, found->distinct);
		row[3] = report_count(report, found->missing);
		row[4] = bound(report, found, &found->min);
		figure_number(found->mean, text);
		row[5] = report_number(report, found->mean, text);
		row[6] = bound(report, found, &found->max);
	}
}

/* "hotel.csv · Data types" */
static const char *
title_of(struct app *app, size_t place)
{
	const char *path = app->work.path ? app->work.path : app->work.table;
	const char *step = step_name(app->work.flow.nodes + place, &app->arena);

	return path ? arena_print(&app->arena, "%s · %s", paths_name(path), step) : step;
}

static bool
print(void *self, struct app *app, const char *path, struct buffer *out,
      struct error *err)
{
	struct insight *insight = self;
	const size_t place = work_place(&app->work);
	const struct grid_view *view = &data_of(app)->view;
	struct report report;

	if (place == FLOW_NONE || !insight_look(app, insight))
		return fail(err, "nothing is known of the columns yet");
	report_init(&report, title_of(app, place), &app->arena);
	add_lines(&report, insight, view);
	add_warnings(&report, insight, view);
	add_missing(&report, insight, view);
	add_columns(&report, insight, view);
	return report_print(&report, ending_of(report_endings, path), out, err);
}

static const struct ending *
endings(struct arena *arena)
{
	(void)arena;
	return report_endings;
}

static bool
is_whole(struct app *app)
{
	struct data *data = data_of(app);

	if (!data_look(app, data))
		return !data->state || data->state->has_failed || data->state->has_schema;
	return data->state->has_failed ||
	       (data->view.profile && data->view.profile->is_whole);
}

const struct exports insight_exports = {
	.what = "a report",
	.endings = endings,
	.print = print,
	.is_whole = is_whole,
};
