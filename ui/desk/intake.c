/*
 * intake - a run whose rows go into a collector.
 */
#include "desk/intake.h"

#include "base/clock.h"
#include "desk/gather.h"
#include "run/head.h"

/* Rows so far are shown, each time after twice as long. */
static void
show_some(struct intake *intake)
{
	const double now = clock_seconds();

	if (!intake->show || now < intake->next)
		return;
	intake->show(intake->context, intake->collect);
	intake->pause *= 2;
	intake->next = clock_seconds() + intake->pause;
}

static bool
take(void *context, const struct schema *schema, const struct batch *batch, bool *enough,
     struct error *err)
{
	struct intake *intake = context;

	(void)enough;
	if (!intake->collect &&
	    !collect_new(&intake->chart, schema, &intake->collect, err))
		return false;
	if (!collect_add(intake->collect, batch, err))
		return false;
	show_some(intake);
	return true;
}

/* A table without rows has told no schema: the run's report has it. */
static bool
have_collect(struct intake *intake, const struct run_report *report, struct error *err)
{
	static const struct schema none;
	const size_t n = report->n_nodes;

	return intake->collect ||
	       collect_new(&intake->chart, n ? &report->nodes[n - 1].schema : &none,
			   &intake->collect, err);
}

bool
intake_all(struct intake *intake, struct flow *flow, const char *node,
	   const struct run_options *options, struct error *err)
{
	struct arena arena = { 0 };
	struct names columns;
	struct run_sink sink = { take, intake, &columns };
	struct run_options settings = *options;
	struct run_report report = { 0 };
	bool ok;

	intake->pause = 0.1;
	intake->next = clock_seconds() + intake->pause;
	collect_columns(&intake->chart, &columns, &arena);
	if (columns.n == 0)
		sink.columns = NULL;
	settings.node = node;
	settings.sink = &sink;
	ok = run_flow(flow, &settings, &report, err) &&
	     have_collect(intake, &report, err);
	run_report_release(&report);
	arena_release(&arena);
	return ok;
}

bool
intake_head(struct intake *intake, struct flow *flow, const char *node,
	    const struct run_options *options, bool *is_whole, struct error *err)
{
	struct head head;
	bool enough, ok;

	if (!head_of_node(flow, node, options, GATHER_FIRST, &head, err))
		return false;
	ok = collect_new(&intake->chart, &head.schema, &intake->collect, err) &&
	     take(intake, &head.schema, head.rows, &enough, err);
	*is_whole = head.rows->rows < GATHER_FIRST;
	head_release(&head);
	return ok;
}

bool
gather_now(struct flow *flow, const char *node, const struct run_options *options,
	   const struct chart_spec *chart, struct chart_data *out, struct error *err)
{
	struct intake intake = { .chart = *chart };
	bool is_whole = true, ok;

	ok = chart->sample ? intake_head(&intake, flow, node, options, &is_whole, err)
			   : intake_all(&intake, flow, node, options, err);
	if (ok) {
		collect_settle(intake.collect, out);
		out->is_whole = is_whole;
	}
	collect_free(intake.collect);
	return ok;
}
