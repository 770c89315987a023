/*
 * show - what a file is, at a glance: the steps of a flow, the first rows of a table.
 *
 * A flow is not run, and nothing in it is believed: names and settings are printed so
 * that no terminal obeys them; the same goes for cells.
 */
#include <unistd.h>

#include "cli/cli.h"
#include "cli/grid.h"
#include "cli/out.h"
#include "cli/rail.h"
#include "flow/flow.h"
#include "run/excerpt.h"
#include "run/head.h"

struct show {
	size_t rows, from;
};

static const struct option options[] = {
	OPTION_COUNT(struct show, rows, 'n', "N", "rows of a table; 10 if not given"),
	OPTION_COUNT(struct show, from, 'f', "ROW",
		     "the first row shown, by its number from 1"),
	{ 0 },
};

static const struct command_example examples[] = {
	{ "show hotel.flow",
	  "the steps in order, branches indented, with their settings" },
	{ "show bookings.csv -n 20", "the first 20 rows, typed" },
	{ "show bookings.csv --from 1000000", "ten rows from the millionth on" },
	{ 0 },
};

static bool
is_flow(const char *path)
{
	const size_t n = strlen(path);

	return n > 5 && !strcmp(path + n - 5, ".flow");
}

/* Rows from somewhere in the middle. */
static bool
show_excerpt(const char *path, const struct invocation *in, struct error *err)
{
	const struct show *show = in->options;
	const struct run_options settings = { .cancel = in->cancel };
	const long cores = sysconf(_SC_NPROCESSORS_ONLN);
	struct excerpt excerpt;
	struct batch *rows = NULL;
	bool ok;

	if (!excerpt_open(path, &settings, &excerpt, err))
		return false;
	ok = row_index_build(excerpt.index, cores > 0 ? (size_t)cores : 1, in->cancel,
			     err) &&
	     excerpt_rows(&excerpt, show->from - 1, show->rows ? show->rows : 10, NULL,
			  &rows, err) &&
	     grid_print(stdout, &excerpt.schema, rows, out_width(), err);
	batch_free(rows);
	excerpt_close(&excerpt);
	return ok;
}

static bool
show_table(const char *path, const struct invocation *in, struct error *err)
{
	const struct show *show = in->options;
	struct run_options settings = { .cancel = in->cancel };
	struct head head;
	bool ok;

	if (show->from > 1)
		return show_excerpt(path, in, err);
	if (!head_of_file(path, &settings, show->rows ? show->rows : 10, &head, err))
		return false;
	ok = grid_print(stdout, &head.schema, head.rows, out_width(), err);
	out_warnings(&head.warnings);
	head_release(&head);
	return ok;
}

static size_t
count_type(const struct flow *flow, enum node_type type)
{
	size_t n = 0;

	for (size_t i = 0; i < flow->n; i++)
		n += flow->nodes[i].type == type;
	return n;
}

static void
count(size_t n, const char *what, const char *then)
{
	printf("%zu %s%s%s", n, what, text_plural(n), then);
}

static bool
show_flow(const char *path, struct arena *arena, struct error *err)
{
	struct flow flow = { 0 };

	if (!flow_read(path, &flow, err))
		return false;
	out_text(stdout, text_of(path));
	printf(": ");
	count(flow.n, "node", ", ");
	count(count_type(&flow, NODE_SOURCE), "source", ", ");
	count(count_type(&flow, NODE_DESTINATION), "destination", "\n\n");
	rail_print(stdout, &flow, arena);
	flow_release(&flow);
	return true;
}

static int
run(const struct invocation *in, struct error *err)
{
	for (size_t i = 0; i < in->args->n; i++) {
		if (i)
			putchar('\n');
		if (is_flow(in->args->at[i]) ? !show_flow(in->args->at[i], in->arena, err)
					     : !show_table(in->args->at[i], in, err))
			return STATUS_FAILED;
	}
	return STATUS_DONE;
}

const struct command cmd_show = {
	.name = "show",
	.args = "FILE|FLOW...",
	.least = 1,
	.most = ARGS_ANY,
	.help = "the first rows of a table, or the steps of a flow",
	.options = options,
	.options_size = sizeof(struct show),
	.examples = examples,
	.run = run,
};
