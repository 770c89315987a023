/* step_ref - numbers by the walk that the rail goes as well. */
#include "widget/step_ref.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "widget/step_text.h"
#include "widget/walk.h"

size_t *
step_numbers(const struct flow *flow, size_t *n, struct arena *arena)
{
	size_t *numbers = ARENA_ARRAY(arena, flow->n + 1, size_t);
	struct walk walk;

	*n = 0;
	walk_flow(flow, &walk, arena);
	for (size_t i = 0; i < walk.n; i++)
		if (flow->nodes[walk.lines[i].node].type != NODE_VISUALIZATION)
			numbers[walk.lines[i].node] = ++*n;
	return numbers;
}

static bool
is_analysis_of(const struct flow *flow, size_t place, size_t step)
{
	const struct node *node = &flow->nodes[place];

	return node->type == NODE_VISUALIZATION && node->n_inputs &&
	       node->inputs[0].from == step;
}

/* The analysis of a step, from 1; FLOW_NONE: it has not so many. */
static size_t
analysis_at(const struct flow *flow, size_t step, size_t number)
{
	for (size_t i = 0; i < flow->n; i++)
		if (is_analysis_of(flow, i, step) && --number == 0)
			return i;
	return FLOW_NONE;
}

const char *
step_ref(const struct flow *flow, size_t place, struct arena *arena)
{
	const struct node *node = &flow->nodes[place];
	size_t n, *numbers = step_numbers(flow, &n, arena), above, k = 0;

	if (numbers[place])
		return arena_print(arena, "%zu", numbers[place]);
	above = node->n_inputs ? node->inputs[0].from : FLOW_NONE;
	if (above == FLOW_NONE || !numbers[above])
		return arena_text(arena, node->id);
	for (size_t i = 0; i <= place; i++)
		k += is_analysis_of(flow, i, above);
	return arena_print(arena, "%zu.%zu", numbers[above], k);
}

/* "5" or "5.2": all of it. */
static bool
read_number(const char *ref, size_t *number, size_t *analysis)
{
	char *end;

	if (*ref < '0' || *ref > '9')
		return false;
	*analysis = 0;
	*number = strtoul(ref, &end, 10);
	if (*end == '.' && end[1] >= '0' && end[1] <= '9')
		*analysis = strtoul(end + 1, &end, 10);
	return !*end;
}

static size_t
find_number(const struct flow *flow, size_t number, size_t analysis, struct arena *mem,
	    struct error *err)
{
	size_t n, found = FLOW_NONE, *numbers = step_numbers(flow, &n, mem);

	for (size_t i = 0; number && i < flow->n; i++)
		if (numbers[i] == number)
			found = i;
	if (found == FLOW_NONE) {
		fail(err, "there is no step %zu; the last one is %zu", number, n);
		return FLOW_NONE;
	}
	if (analysis)
		found = analysis_at(flow, found, analysis);
	if (found == FLOW_NONE)
		fail(err, "step %zu has no analysis %zu", number, analysis);
	return found;
}

static bool
is_called(const struct node *node, const char *ref, struct arena *mem)
{
	const struct text title = step_title(node);

	return !strcasecmp(step_name(node, mem), ref) ||
	       (strlen(ref) == title.size && !strncasecmp(title.data, ref, title.size));
}

static size_t
find_called(const struct flow *flow, const char *ref, struct arena *mem,
	    struct error *err)
{
	size_t found = FLOW_NONE;

	for (size_t i = 0; i < flow->n; i++) {
		if (!is_called(&flow->nodes[i], ref, mem))
			continue;
		if (found != FLOW_NONE) {
			fail(err,
			     "several steps are called '%s': say which by its number",
			     ref);
			return FLOW_NONE;
		}
		found = i;
	}
	if (found == FLOW_NONE)
		fail(err, "no step is called '%s': say its number, as the rail has it",
		     ref);
	return found;
}

size_t
step_find(const struct flow *flow, const char *ref, struct error *err)
{
	struct arena mem = { 0 };
	struct error ignored;
	size_t number, analysis, found;

	if (read_number(ref, &number, &analysis)) {
		found = find_number(flow, number, analysis, &mem, err);
	} else {
		found = flow_find(flow, ref, &ignored);
		if (found == FLOW_NONE)
			found = find_called(flow, ref, &mem, err);
	}
	arena_release(&mem);
	return found;
}
