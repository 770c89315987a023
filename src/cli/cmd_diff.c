/*
 * diff - what changed from one flow to another, step by step.
 *
 * Layout, order of keys and the order of nodes in the file are no change. What a step
 * learned is one line, however much it is.
 */
#include <string.h>

#include "cli/cli.h"
#include "cli/out.h"
#include "cli/rail.h"
#include "flow/diff.h"

enum { VALUE_SHOWN = 60 };

struct diff {
	bool json, exit_code;
};

static const struct option options[] = {
	OPTION_FLAG(struct diff, exit_code, 'e', "exit with 1 if the two differ"),
	OPTION_FLAG(struct diff, json, 'j', "for programs: one JSON document"),
	{ 0 },
};

static const struct command_example examples[] = {
	{ "diff old.flow new.flow", "steps added, removed, moved, renamed, changed" },
	{ "diff -e a.flow b.flow", "for scripts: exit status 1 if anything differs" },
	{ 0 },
};

/* The value on one line, as long as a line may be. */
static bool
print_value(const struct json *value, struct buffer *room, struct error *err)
{
	static const struct json_style style = { .spaced = true };
	struct text text;
	size_t n = 0, end = 0;

	if (!value) {
		printf("nothing");
		return true;
	}
	room->size = 0;
	if (!json_write(value, &style, room, err))
		return false;
	/* a line break of the file, and the indent behind it, are one blank */
	for (size_t i = 0; i < room->size; i++)
		if (room->data[i] != '\n')
			room->data[n++] = room->data[i];
		else
			while (i + 1 < room->size && room->data[i + 1] == ' ')
				i++;
	text = (struct text){ room->data, n };
	while (end < n && end < VALUE_SHOWN)
		text_next(text, &end);
	out_text(stdout, (struct text){ text.data, end });
	if (end < n)
		printf("...");
	return true;
}

static bool
print_values(const struct flow_difference *d, struct buffer *room, struct error *err)
{
	printf(": ");
	if (!print_value(d->from, room, err))
		return false;
	printf(" -> ");
	return print_value(d->to, room, err);
}

static bool
print_one(const struct flow_difference *d, struct buffer *room, struct arena *arena,
	  struct error *err)
{
	const struct node *node = d->new ? d->new : d->old;
	bool ok = true;

	printf("%-8s", diff_word(d->kind));
	if (node) {
		printf("  ");
		rail_id(stdout, node->id);
		printf("  ");
		if (d->path || d->kind == DIFF_LEARNED)
			rail_title(stdout, node);
		else
			rail_node(stdout, node, arena);
	}
	if (d->path) {
		printf("  ");
		out_text(stdout, text_of(d->path));
		if (d->kind != DIFF_LEARNED)
			ok = print_values(d, room, err);
	}
	putchar('\n');
	return ok;
}

static bool
print_text(const struct flow_diff *diff, struct arena *arena, struct error *err)
{
	struct buffer *room = buffer_new(0, err);
	bool ok = room != NULL;

	for (size_t i = 0; ok && i < diff->n; i++)
		ok = print_one(&diff->at[i], room, arena, err);
	if (room)
		buffer_drop(room);
	return ok;
}

static const struct json *
described(const struct flow_difference *d, struct arena *arena)
{
	const struct node *node = d->new ? d->new : d->old;
	const struct json *row = json_new_object();

	row = json_with(row, "what", json_new_string(diff_word(d->kind), arena), arena);
	if (node) {
		row = json_with(row, "node", json_new_string(node->id, arena), arena);
		row = json_with(row, "operator", json_new_string(node->operator, arena),
				arena);
	}
	if (d->path)
		row = json_with(row, "path", json_new_string(d->path, arena), arena);
	if (d->from && d->kind != DIFF_LEARNED)
		row = json_with(row, "from", d->from, arena);
	if (d->to && d->kind != DIFF_LEARNED)
		row = json_with(row, "to", d->to, arena);
	return row;
}

static bool
print_json(const struct flow_diff *diff, struct arena *arena, struct error *err)
{
	const struct json **rows = ARENA_ARRAY(arena, diff->n + 1, const struct json *);
	const struct json *list;

	for (size_t i = 0; i < diff->n; i++)
		rows[i] = described(&diff->at[i], arena);
	list = json_new_list(rows, diff->n, arena);
	return out_json(json_with(json_new_object(), "differences", list, arena), err);
}

static int
compare(const struct flow *a, const struct flow *b, const struct invocation *in,
	struct error *err)
{
	const struct diff *how = in->options;
	struct flow_diff diff = { 0 };

	flow_diff(a, b, &diff, in->arena);
	if (how->json ? !print_json(&diff, in->arena, err)
		      : !print_text(&diff, in->arena, err))
		return STATUS_FAILED;
	return how->exit_code && diff.n ? STATUS_FAILED : STATUS_DONE;
}

static int
run(const struct invocation *in, struct error *err)
{
	struct flow a = { 0 }, b = { 0 };
	int status = STATUS_FAILED;

	if (flow_read(in->args->at[0], &a, err)) {
		if (flow_read(in->args->at[1], &b, err)) {
			status = compare(&a, &b, in, err);
			flow_release(&b);
		}
		flow_release(&a);
	}
	return status;
}

const struct command cmd_diff = {
	.name = "diff",
	.args = "A.flow B.flow",
	.least = 2,
	.most = 2,
	.help = "what changed from one flow to another, step by step",
	.options = options,
	.options_size = sizeof(struct diff),
	.examples = examples,
	.run = run,
};
