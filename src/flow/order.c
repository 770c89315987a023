/*
 * order - inputs before users, else as in the file.
 *
 * Walks up from each node in file order, with a stack of its own: a chain of any
 * length is fine, and on a cycle the stack is its path.
 */
#include <stdio.h>

#include "flow/view.h"

enum { NEW, OPEN, DONE };

struct walk {
	size_t *stack, *next; /* of each place: the input to look at */
	unsigned char *state;
	size_t depth, done;
};

static bool
fail_cycle(const struct flow *flow, const struct walk *walk, size_t place,
	   struct error *err)
{
	enum { SHOWN = 6 };
	char path[SHOWN * 72 + 32] = "";
	size_t first = 0, used = 0, steps;

	while (walk->stack[first] != place)
		first++;
	steps = walk->depth - first;
	/* the stack leads from users up to inputs; data flows the other way */
	for (size_t i = 0; i < steps && i < SHOWN; i++)
		used += (size_t)snprintf(
			path + used, sizeof(path) - used, "'%.64s' -> ",
			flow->nodes[i ? walk->stack[walk->depth - i] : place].id);
	return fail(err, "the nodes feed each other in a circle: %s%s'%.64s'", path,
		    steps > SHOWN ? "... -> " : "", flow->nodes[place].id);
}

static bool
visit(const struct flow *flow, struct walk *walk, size_t place, struct error *err)
{
	if (walk->state[place] == DONE)
		return true;
	if (walk->state[place] == OPEN)
		return fail_cycle(flow, walk, place, err);
	walk->state[place] = OPEN;
	walk->stack[walk->depth++] = place;
	return true;
}

/* The node on top: one more input to see to, or it is ready. */
static bool
step(struct flow *flow, struct walk *walk, struct error *err)
{
	const size_t place = walk->stack[walk->depth - 1];
	const struct node *node = &flow->nodes[place];

	if (walk->next[place] < node->n_inputs)
		return visit(flow, walk, node->inputs[walk->next[place]++].from, err);
	walk->state[place] = DONE;
	flow->order[walk->done++] = place;
	walk->depth--;
	return true;
}

bool
flow_order(struct flow *flow, struct error *err)
{
	struct arena scratch = { 0 };
	struct walk walk = {
		.stack = ARENA_ARRAY(&scratch, flow->n, size_t),
		.next = ARENA_ARRAY(&scratch, flow->n, size_t),
		.state = ARENA_ARRAY(&scratch, flow->n, unsigned char),
	};
	bool ok = true;

	flow->order = ARENA_ARRAY(&flow->view, flow->n, size_t);
	for (size_t i = 0; ok && i < flow->n; i++) {
		ok = visit(flow, &walk, i, err);
		while (ok && walk.depth)
			ok = step(flow, &walk, err);
	}
	arena_release(&scratch);
	return ok;
}
