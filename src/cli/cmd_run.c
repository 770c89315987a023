/*
 * run - a flow to all its destinations, or up to one node.
 *
 * Output files appear whole or not at all. What was learned is saved only with
 * --save-flow; the flow file itself is never touched.
 */
#include <string.h>
#include <unistd.h>

#include "cli/bar.h"
#include "cli/out.h"
#include "cli/run_options.h"
#include "io/io.h"
#include "run/report_json.h"

static const char *const progress_words[] = {
	"auto", "bar", "plain", "json", "none", NULL
};

struct run {
	RUN_FIELDS;
	const char *node, *output, *output_dir, *save_flow;
	bool sync, refit, json;
	int progress;
};

static const struct option options[] = {
	OPTION_TEXT(struct run, node, 'n', "NODE",
		    "run up to this node only (ID or name)"),
	OPTION_TEXT(struct run, output, 'o', "FILE",
		    "with --node: where its table goes; -: here"),
	OPTION_TEXT(struct run, output_dir, 'd', "FOLDER",
		    "every destination writes here instead"),
	RUN_OPTIONS(struct run),
	SYNC_OPTION(struct run),
	OPTION_FLAG(struct run, refit, 0, "learn again on all rows"),
	OPTION_TEXT(struct run, save_flow, 0, "FILE",
		    "write the flow with what was learned"),
	OPTION_CHOICE(struct run, progress, 0, "HOW", "auto, bar, plain, json or none",
		      progress_words),
	OPTION_FLAG(struct run, json, 'j', "print what was done as one JSON document"),
	{ 0 },
};

static const struct command_example examples[] = {
	{ "run flows/hotel.flow -d out", "run it; its destinations write into out/" },
	{ "run my.flow --map s3://bucket/=data/ -d out",
	  "with the bucket's files in data/" },
	{ "run my.flow --node scaled -o - | head", "the table of one node" },
	{ "run my.flow --refit --save-flow new.flow", "learn again and keep it" },
	{ 0 },
};

static void
print_lines(const char *what, const struct names *lines)
{
	for (size_t i = 0; i < lines->n; i++) {
		fprintf(stderr, "%s: ", what);
		out_text(stderr, text_of(lines->at[i]));
		putc('\n', stderr);
	}
}

static void
print_report(const struct run_report *report)
{
	for (size_t i = 0; i < report->n_deliveries; i++) {
		const struct run_delivery *d = &report->deliveries[i];

		if (strcmp(d->path, "-") == 0)
			continue;
		fprintf(stderr, "%llu rows x %zu columns -> ",
			(unsigned long long)d->rows, d->columns);
		out_text(stderr, text_of(d->path));
		putc('\n', stderr);
	}
}

static bool
finish(const struct run *run, const char *path, const struct flow *flow,
       const struct run_report *report, struct arena *arena, struct error *err)
{
	print_lines("warning", &report->warnings);
	if (!run->json) {
		print_lines("note", &report->notes);
		print_report(report);
	} else if (!out_json(run_report_json(path, report, arena), err)) {
		return false;
	}
	return !run->save_flow || flow_write(flow, run->save_flow, err);
}

static bool
usage_fits(const struct run *run, const struct run_options *settings, struct error *err)
{
	if (run->output && !run->node)
		return fail(err,
			    "-o needs --node; for all destinations use --output-dir");
	if (run->output && !format_to_write(run->output, err))
		return false;
	if (run->json && run->node && (!run->output || strcmp(run->output, "-") == 0))
		return fail(err,
			    "--json and the table cannot both go to standard output; "
			    "give a file with -o");
	return run_options_check(settings, err);
}

static int
run(const struct invocation *in, struct error *err)
{
	const struct run *run = in->options;
	const char *path = in->args->at[0];
	struct run_options settings = { .node = run->node,
					.output = run->output,
					.output_dir = run->output_dir,
					.sync = run->sync,
					.refit = run->refit,
					.cancel = in->cancel };
	struct bar bar = { 0 };
	struct run_report report = { 0 };
	struct flow flow;
	bool ok;

	RUN_OPTIONS_APPLY(run, &settings);
	if (!usage_fits(run, &settings, err))
		return STATUS_USAGE;
	if (!flow_read(path, &flow, err))
		return STATUS_FAILED;
	bar_start(&bar, (enum bar_kind)run->progress, &settings);
	ok = run_flow(&flow, &settings, &report, err);
	bar_end(&bar);
	ok = ok && finish(run, path, &flow, &report, in->arena, err);
	run_report_release(&report);
	flow_release(&flow);
	return ok ? STATUS_DONE : STATUS_FAILED;
}

const struct command cmd_run = {
	.name = "run",
	.args = "FLOW",
	.least = 1,
	.most = 1,
	.help = "run a flow up to all its destinations, or up to one node",
	.about = "Values that the flow has learned before are used as they are stored, "
		 "unless "
		 "--refit. Steps with code run only with --trust.",
	.options = options,
	.options_size = sizeof(struct run),
	.examples = examples,
	.run = run,
};
