/*
 * check - a flow opened, validated and typed, without running it.
 *
 * Fails if a node that is needed to run is unknown, wrong or stands below one.
 */
#include "run/check.h"

#include "cli/out.h"
#include "cli/run_options.h"

struct check_command {
	RUN_FIELDS;
	bool data, json;
};

static const struct option options[] = {
	OPTION_FLAG(struct check_command, data, 0,
		    "open the sources and use their columns"),
	RUN_OPTIONS(struct check_command),
	OPTION_FLAG(struct check_command, json, 'j', "for programs: one JSON document"),
	{ 0 },
};

static const struct command_example examples[] = {
	{ "check my.flow", "can it run? what is wrong where?" },
	{ "check my.flow --data --map s3://bucket/=data/",
	  "the same, with the files at hand" },
	{ 0 },
};

static const struct json *
node_json(const struct node *node, const struct verdict_of *mine, struct arena *arena)
{
	const struct json *o = json_new_object();

	o = json_with(o, "id", json_new_string(node->id, arena), arena);
	o = json_with(o, "operator", json_new_string(node->operator, arena), arena);
	o = json_with(o, "name", json_new_string(node->name, arena), arena);
	o = json_with(o, "verdict", json_new_string(verdict_name(mine->verdict), arena),
		      arena);
	o = json_with(o, "problem", json_new_string(mine->problem, arena), arena);
	o = json_with(o, "columns", schema_json(&mine->schema, arena), arena);
	return json_with(o, "more_columns", json_new_bool(mine->schema.open), arena);
}

static bool
print_json(const char *path, const struct flow *flow, const struct check *check,
	   struct arena *arena, struct error *err)
{
	const struct json **nodes = ARENA_ARRAY(arena, flow->n + 1, const struct json *);
	const struct json *o = json_new_object();

	for (size_t i = 0; i < flow->n; i++)
		nodes[i] = node_json(&flow->nodes[flow->order[i]],
				     &check->nodes[flow->order[i]], arena);
	o = json_with(o, "flow", json_new_string(path, arena), arena);
	o = json_with(o, "runs", json_new_bool(check->n_bad == 0), arena);
	return out_json(
		json_with(o, "nodes", json_new_list(nodes, flow->n, arena), arena), err);
}

static void
print_problem(const struct node *node, const struct verdict_of *mine)
{
	printf("%-8s %.8s  ", verdict_name(mine->verdict), node->id);
	out_text(stdout, text_of(mine->op[0] ? mine->op : node->operator));
	if (node->name[0]) {
		fputs(" '", stdout);
		out_text(stdout, text_of(node->name));
		putchar('\'');
	}
	if (mine->problem[0]) {
		fputs(": ", stdout);
		out_text(stdout, text_of(mine->problem));
	}
	putchar('\n');
}

/* "21 nodes: 14 fine, 7 chart" */
static void
print_counts(const struct flow *flow, const struct check *check)
{
	size_t n[VERDICTS] = { 0 };
	const char *before = ": ";

	for (size_t i = 0; i < flow->n; i++)
		n[check->nodes[i].verdict]++;
	printf("%zu node%s", flow->n, text_plural(flow->n));
	for (int v = 0; v < VERDICTS; v++) {
		if (!n[v])
			continue;
		printf("%s%zu %s", before, n[v], verdict_name((enum verdict)v));
		before = ", ";
	}
	putchar('\n');
}

static void
print_text(const struct flow *flow, const struct check *check)
{
	for (size_t i = 0; i < flow->n; i++) {
		const struct verdict_of *mine = &check->nodes[flow->order[i]];

		if (mine->verdict == VERDICT_UNKNOWN || mine->verdict == VERDICT_WRONG)
			print_problem(&flow->nodes[flow->order[i]], mine);
	}
	print_counts(flow, check);
}

static int
run(const struct invocation *in, struct error *err)
{
	const struct check_command *command = in->options;
	const char *path = in->args->at[0];
	struct run_options settings = { .cancel = in->cancel };
	struct check check = { 0 };
	struct flow flow;
	bool ok;

	RUN_OPTIONS_APPLY(command, &settings);
	if (!run_options_check(&settings, err))
		return STATUS_USAGE;
	if (!flow_read(path, &flow, err))
		return STATUS_FAILED;
	ok = check_flow(&flow, &settings, command->data, &check, err);
	if (ok && command->json)
		ok = print_json(path, &flow, &check, in->arena, err);
	else if (ok)
		print_text(&flow, &check);
	if (ok && check.n_bad)
		ok = fail(err, "'%s' cannot run: %zu node%s unknown or wrong", path,
			  check.n_bad, check.n_bad == 1 ? " is" : "s are");
	check_release(&check);
	flow_release(&flow);
	return ok ? STATUS_DONE : STATUS_FAILED;
}

const struct command cmd_check = {
	.name = "check",
	.args = "FLOW",
	.least = 1,
	.most = 1,
	.help = "open, validate and type a flow without running it",
	.options = options,
	.options_size = sizeof(struct check_command),
	.examples = examples,
	.run = run,
};
