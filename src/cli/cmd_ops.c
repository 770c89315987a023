/* ops - every operator with its parameters and examples, out of the operators' tables. */
#include <string.h>

#include "cli/cli.h"
#include "cli/out.h"
#include "op/param_docs.h"

struct ops {
	bool json;
};

static const struct option options[] = {
	OPTION_FLAG(struct ops, json, 'j', "for programs: parameters as JSON Schema"),
	{ 0 },
};

static const struct command_example examples[] = {
	{ "ops", "every operator, by group" },
	{ "ops drop_column", "its parameters, examples, and its place in flow files" },
	{ "ops --json", "all of them for another program" },
	{ 0 },
};

static int
widest_name(void)
{
	size_t widest = 0;

	for (size_t i = 0; op_table[i]; i++)
		if (strlen(op_table[i]->name) > widest)
			widest = strlen(op_table[i]->name);
	return (int)widest;
}

/* Groups in the order of their first operator, operators in the order of the table. */
static void
print_list(void)
{
	const int widest = widest_name();

	for (size_t i = 0; op_table[i]; i++) {
		const char *group = op_table[i]->group;
		size_t first = 0;

		while (strcmp(op_table[first]->group, group) != 0)
			first++;
		if (first != i)
			continue;
		printf("%s%s\n", i ? "\n" : "", group);
		for (size_t j = i; op_table[j]; j++) {
			if (strcmp(op_table[j]->group, group) != 0)
				continue;
			printf("  %-*s  ", widest, op_table[j]->name);
			out_wrapped(stdout, op_table[j]->help, widest + 4, 80);
		}
	}
}

static bool
print_one(const struct op *op, struct error *err)
{
	struct buffer *page = buffer_new(0, err);
	bool ok;

	if (!page)
		return false;
	ok = op_help(op, page, err);
	if (ok)
		fwrite(page->data, 1, page->size, stdout);
	buffer_drop(page);
	return ok;
}

static bool
unknown(const char *name, struct arena *arena, struct error *err)
{
	const char **words, *nearest;
	size_t n = 0;

	while (op_table[n])
		n++;
	words = ARENA_ARRAY(arena, n + 1, const char *);
	for (size_t i = 0; i < n; i++)
		words[i] = op_table[i]->name;
	nearest = text_nearest(name, words);
	if (nearest)
		return fail(err, "no operator '%s'; did you mean '%s'?", name, nearest);
	return fail(err, "no operator '%s'; 'lariat ops' lists them", name);
}

static bool
print_json(const struct op *op, struct arena *arena, struct error *err)
{
	const struct json **rows;
	size_t n = 0;

	if (op)
		return out_json(op_describe(op, arena), err);
	while (op_table[n])
		n++;
	rows = ARENA_ARRAY(arena, n + 1, const struct json *);
	for (size_t i = 0; i < n; i++)
		rows[i] = op_describe(op_table[i], arena);
	return out_json(json_new_list(rows, n, arena), err);
}

static int
run(const struct invocation *in, struct error *err)
{
	const struct ops *ops = in->options;
	const char *name = in->args->n ? in->args->at[0] : NULL;
	const struct op *op = name ? op_find(name) : NULL;
	bool ok = true;

	if (name && !op)
		ok = unknown(name, in->arena, err);
	else if (ops->json)
		ok = print_json(op, in->arena, err);
	else if (op)
		ok = print_one(op, err);
	else
		print_list();
	return ok ? STATUS_DONE : STATUS_FAILED;
}

const struct command cmd_ops = {
	.name = "ops",
	.args = "[NAME]",
	.least = 0,
	.most = 1,
	.help = "every operator with its parameters and examples",
	.options = options,
	.options_size = sizeof(struct ops),
	.examples = examples,
	.run = run,
};
