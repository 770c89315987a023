/* walk - over the graph, branches kept together, without recursion. */
#include "widget/walk.h"

struct pacer {
	struct walk *walk;
	bool *done;
	struct walk_line *stack; /* nodes that wait for their line */
	size_t n_stack;
};

/* Who reads whom, in file order: counted, then filled in. */
static void
find_users(struct walk *walk, struct arena *arena)
{
	const struct flow *flow = walk->flow;
	size_t *filled = ARENA_ARRAY(arena, flow->n + 1, size_t);

	walk->first = ARENA_ARRAY(arena, flow->n + 1, size_t);
	for (size_t i = 0; i < flow->n; i++)
		for (size_t j = 0; j < flow->nodes[i].n_inputs; j++)
			if (flow->nodes[i].inputs[j].from != FLOW_NONE)
				walk->first[flow->nodes[i].inputs[j].from + 1]++;
	for (size_t i = 0; i < flow->n; i++)
		walk->first[i + 1] += walk->first[i];
	walk->users = ARENA_ARRAY(arena, walk->first[flow->n] + 1, size_t);
	for (size_t i = 0; i < flow->n; i++)
		for (size_t j = 0; j < flow->nodes[i].n_inputs; j++) {
			const size_t from = flow->nodes[i].inputs[j].from;

			if (from != FLOW_NONE)
				walk->users[walk->first[from] + filled[from]++] = i;
		}
}

static void
find_heights(struct walk *walk, struct arena *arena)
{
	walk->height = ARENA_ARRAY(arena, walk->flow->n + 1, size_t);
	for (size_t k = walk->flow->n; k-- > 0;) {
		const size_t i = walk->flow->order[k];

		for (size_t u = walk->first[i]; u < walk->first[i + 1]; u++)
			if (walk->height[i] <= walk->height[walk->users[u]])
				walk->height[i] = walk->height[walk->users[u]] + 1;
	}
}

static bool
is_ready(const struct pacer *pacer, size_t i)
{
	const struct node *node = &pacer->walk->flow->nodes[i];

	for (size_t j = 0; j < node->n_inputs; j++)
		if (node->inputs[j].from != FLOW_NONE &&
		    !pacer->done[node->inputs[j].from])
			return false;
	return !pacer->done[i];
}

/* The last pushed is the first to get a line: what goes on longest is pushed first. */
static void
push_users(struct pacer *pacer, struct walk_line from)
{
	const struct walk *walk = pacer->walk;
	const size_t first = walk->first[from.node], end = walk->first[from.node + 1];
	size_t tallest = first;

	for (size_t u = first; u < end; u++)
		if (walk->height[walk->users[u]] >= walk->height[walk->users[tallest]])
			tallest = u;
	if (first < end)
		pacer->stack[pacer->n_stack++] =
			(struct walk_line){ walk->users[tallest], from.depth };
	for (size_t u = end; u-- > first;)
		if (walk->users[u] != walk->users[tallest])
			pacer->stack[pacer->n_stack++] =
				(struct walk_line){ walk->users[u], from.depth + 1 };
}

static void
walk_from(struct pacer *pacer, size_t node)
{
	pacer->stack[0] = (struct walk_line){ node, 0 };
	pacer->n_stack = 1;
	while (pacer->n_stack) {
		const struct walk_line line = pacer->stack[--pacer->n_stack];

		if (!is_ready(pacer, line.node))
			continue;
		pacer->done[line.node] = true;
		pacer->walk->lines[pacer->walk->n++] = line;
		push_users(pacer, line);
	}
}

void
walk_flow(const struct flow *flow, struct walk *walk, struct arena *arena)
{
	struct pacer pacer = { .walk = walk };

	*walk = (struct walk){ .flow = flow };
	find_users(walk, arena);
	find_heights(walk, arena);
	walk->lines = ARENA_ARRAY(arena, flow->n + 1, struct walk_line);
	pacer.done = ARENA_ARRAY(arena, flow->n + 1, bool);
	pacer.stack =
		ARENA_ARRAY(arena, walk->first[flow->n] + flow->n + 1, struct walk_line);
	for (size_t k = 0; k < flow->n; k++)
		walk_from(&pacer, flow->order[k]);
}

bool
walk_is_leaf_analysis(const struct walk *walk, size_t node)
{
	const struct node *at = &walk->flow->nodes[node];

	return at->type == NODE_VISUALIZATION && at->n_inputs == 1 &&
	       walk->first[node] == walk->first[node + 1];
}
