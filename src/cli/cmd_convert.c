/*
 * convert - from one file to another, by what their names say.
 *
 * A flow is opened, held to be sound, and saved; what nobody touched is saved byte for
 * byte. The file appears whole or not at all.
 */
#include <string.h>

#include "cli/cli.h"
#include "cli/out.h"
#include "flow/flow.h"

static const struct command_example examples[] = {
	{ "convert old.flow new.flow", "open and save: the copy has the same bytes" },
	{ "convert old.flow - | sha1sum", "the same to standard output" },
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

static int
run(const struct invocation *in, struct error *err)
{
	const char *from = in->args->at[0], *to = in->args->at[1];
	struct flow flow = { 0 };
	bool ok;

	if (!is_flow(from)) {
		fail(err, "'%s': its name does not end in .flow", from);
		return STATUS_USAGE;
	}
	if (strcmp(to, "-") != 0 && !is_flow(to)) {
		fail(err, "'%s': a flow is saved as a .flow", to);
		return STATUS_USAGE;
	}
	if (!flow_read(from, &flow, err))
		return STATUS_FAILED;
	ok = strcmp(to, "-") != 0 ? flow_write(&flow, to, err) : print_flow(&flow, err);
	flow_release(&flow);
	return ok ? STATUS_DONE : STATUS_FAILED;
}

const struct command cmd_convert = {
	.name = "convert",
	.args = "IN OUT",
	.least = 2,
	.most = 2,
	.help = "a flow to a flow: opens it, checks it and saves it",
	.examples = examples,
	.run = run,
};
