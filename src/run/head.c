/* head - a run into a sink that has enough soon. */
#include "run/head_parts.h"

#include "data/table.h"
#include "flow/quick.h"
#include "io/sniff.h"
#include "run/pins.h"

struct taking {
	struct head *head;
	struct table table;
	size_t rows;
	bool any; /* the schema is known */
};

static bool
take(void *context, const struct schema *schema, const struct batch *batch, bool *enough,
     struct error *err)
{
	struct taking *taking = context;
	size_t left = taking->rows - taking->table.rows;
	struct batch *part =
		batch_slice(batch, 0, batch->rows < left ? batch->rows : left, err);

	for (size_t i = 0; !taking->any && i < schema->n; i++)
		schema_add(&taking->head->schema, schema->at[i].name, schema->at[i].type,
			   &taking->head->arena);
	taking->any = true;
	if (!part || !table_take(&taking->table, part, err))
		return false;
	*enough = taking->table.rows >= taking->rows;
	return true;
}

/* A table without batches has told no schema: the run's report has it. */
static void
schema_of_report(struct taking *taking, const struct run_report *report)
{
	const struct run_node *last = &report->nodes[report->n_nodes - 1];

	for (size_t i = 0; !taking->any && i < last->schema.n; i++)
		schema_add(&taking->head->schema, last->schema.at[i].name,
			   last->schema.at[i].type, &taking->head->arena);
}

/* A run up to a node, of which the first rows are taken. limit: how many. */
bool
head_run(struct flow *flow, const struct run_options *options, size_t limit,
	 struct head *head, struct error *err)
{
	struct taking taking = { .head = head, .rows = limit };
	struct run_sink sink = { take, &taking };
	struct run_options settings = *options;
	struct run_report report = { 0 };
	bool ok;

	*head = (struct head){ 0 };
	settings.sink = &sink;
	ok = run_flow(flow, &settings, &report, err);
	if (ok)
		schema_of_report(&taking, &report);
	for (size_t i = 0; ok && i < report.warnings.n; i++)
		names_add(&head->warnings, report.warnings.at[i], &head->arena);
	for (size_t i = 0; i < report.n_nodes; i++)
		head->n_run += report.nodes[i].ran;
	ok = ok && (head->rows = table_whole(&taking.table, &head->schema, err));
	table_release(&taking.table);
	run_report_release(&report);
	if (!ok)
		head_release(head);
	return ok;
}

bool
head_of_node(struct flow *flow, const char *node, const struct run_options *options,
	     size_t rows, struct head *head, struct error *err)
{
	struct run_options settings = *options;
	struct pins_use use;
	bool ok;

	settings.node = node;
	pins_use(flow, &settings, &use);
	ok = options->cache && !options->refit
		     ? head_reuse(flow, &use.options, rows, head, err)
		     : head_run(flow, &use.options, rows, head, err);
	pins_use_release(&use);
	return ok;
}

bool
head_of_file(const char *path, const struct run_options *options, size_t rows,
	     struct head *head, struct error *err)
{
	struct quick quick = { .path = path, .format = "csv" };
	struct run_options settings = *options;
	struct flow flow = { 0 };
	size_t typed;
	bool ok;

	*head = (struct head){ 0 };
	if (!sniff_file(path, &quick.dialect, err) ||
	    !flow_quick(&flow, &quick, &typed, err))
		return false;
	settings.threads = 1; /* more would read what nobody asks for */
	ok = head_of_node(&flow, flow.nodes[typed].id, &settings, rows, head, err);
	flow_release(&flow);
	return ok;
}

void
head_release(struct head *head)
{
	batch_free(head->rows);
	arena_release(&head->arena);
}
