/*
 * convert - from one file to another, by what their names say.
 *
 * A flow is opened, held to be sound, and saved; what nobody touched is saved byte for
 * byte. A table keeps its texts as they are: no types are found, unless that is asked
 * for. The file appears whole or not at all.
 */
#include <string.h>

#include "cli/cli.h"
#include "cli/out.h"
#include "cli/run_options.h"
#include "flow/quick.h"
#include "io/io.h"
#include "io/sniff.h"

struct convert {
	bool sync, types;
};

static const struct option options[] = {
	OPTION_FLAG(struct convert, types, 't',
		    "numbers, dates and booleans as such; what does not fit is missing"),
	SYNC_OPTION(struct convert),
	{ 0 },
};

static const struct command_example examples[] = {
	{ "convert old.flow new.flow", "open and save: the copy has the same bytes" },
	{ "convert old.flow - | sha1sum", "the same to standard output" },
	{ "convert table.csv.gz table.tsv", "unpacked, with tabs" },
	{ "convert -t table.csv table.jsonl", "numbers are numbers there" },
	{ 0 },
};

static bool
is_flow(const char *path)
{
	const size_t n = strlen(path);

	return n > 5 && !strcmp(path + n - 5, ".flow");
}

static bool
print_flow(const struct flow *flow, struct error *err)
{
	struct buffer *bytes = buffer_new(0, err);
	bool ok;

	if (!bytes)
		return false;
	ok = flow_print(flow, bytes, err);
	if (ok)
		fwrite(bytes->data, 1, bytes->size, stdout);
	buffer_drop(bytes);
	return ok;
}

static bool
convert_flow(const char *from, const char *to, struct error *err)
{
	struct flow flow = { 0 };
	bool ok;

	if (!flow_read(from, &flow, err))
		return false;
	ok = strcmp(to, "-") != 0 ? flow_write(&flow, to, err) : print_flow(&flow, err);
	flow_release(&flow);
	return ok;
}

/* The source of a quick flow, run up to itself, or up to the step that finds types. */
static bool
convert_table(const char *from, const char *to, const struct invocation *in,
	      struct error *err)
{
	struct quick quick = { .path = from, .format = "csv" };
	const struct convert *convert = in->options;
	struct run_options settings = { .output = to,
					.sync = convert->sync,
					.keep_blanks = true,
					.cancel = in->cancel };
	struct run_report report = { 0 };
	struct flow flow = { 0 };
	size_t typed;
	bool ok;

	if (!sniff_file(from, &quick.dialect, err) ||
	    !flow_quick(&flow, &quick, &typed, err))
		return false;
	settings.node =
		flow.nodes[convert->types ? typed : flow.nodes[typed].inputs[0].from].id;
	ok = run_flow(&flow, &settings, &report, err);
	for (size_t i = 0; ok && i < report.warnings.n; i++) {
		fputs("warning: ", stderr);
		out_text(stderr, text_of(report.warnings.at[i]));
		putc('\n', stderr);
	}
	run_report_release(&report);
	flow_release(&flow);
	return ok;
}

static int
run(const struct invocation *in, struct error *err)
{
	const char *from = in->args->at[0], *to = in->args->at[1];

	if (is_flow(from) && strcmp(to, "-") != 0 && !is_flow(to)) {
		fail(err, "'%s': a flow is saved as a .flow", to);
		return STATUS_USAGE;
	}
	if (!is_flow(from) && is_flow(to)) {
		fail(err, "'%s': a table is no flow; 'lariat show' prints one", from);
		return STATUS_USAGE;
	}
	if (!is_flow(from) && !format_to_write(to, err))
		return STATUS_USAGE;
	if (is_flow(from))
		return convert_flow(from, to, err) ? STATUS_DONE : STATUS_FAILED;
	return convert_table(from, to, in, err) ? STATUS_DONE : STATUS_FAILED;
}

const struct command cmd_convert = {
	.name = "convert",
	.args = "IN OUT",
	.least = 2,
	.most = 2,
	.help = "a flow to a flow, a table to a table, by their names",
	.about = "Tables are read as CSV, and written as it; .tsv with tabs, .jsonl as "
		 "JSON, "
		 "a row a line, .md as a table in Markdown; .gz is packed.",
	.options = options,
	.options_size = sizeof(struct convert),
	.examples = examples,
	.run = run,
};
