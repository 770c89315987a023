/*
 * show - what a file is, at a glance: the steps of a flow.
 *
 * Nothing is run, and nothing in the flow is believed: names and settings are printed so
 * that no terminal obeys them.
 */
#include "cli/cli.h"
#include "cli/out.h"
#include "cli/rail.h"
#include "flow/flow.h"

static const struct command_example examples[] = {
	{ "show hotel.flow",
	  "the steps in order, branches indented, with their settings" },
	{ 0 },
};

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
	printf("%zu %s%s%s", n, what, n == 1 ? "" : "s", then);
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
		if (!show_flow(in->args->at[i], in->arena, err))
			return STATUS_FAILED;
	}
	return STATUS_DONE;
}

const struct command cmd_show = {
	.name = "show",
	.args = "FLOW...",
	.least = 1,
	.most = ARGS_ANY,
	.help = "the steps of a flow, with their settings",
	.examples = examples,
	.run = run,
};
