/*
 * diff - pairs nodes, then compares pairs value by value.
 *
 * Pairing sorts, comparing merges sorted keys: large flows and large objects cost no
 * more than their size.
 */
#include "flow/diff.h"

#include <stdlib.h>

#include "flow/edit.h"

struct work {
	const struct flow *a, *b;
	size_t *a_of, *b_of; /* by place: the other's place, or FLOW_NONE */
	struct flow_diff *diff;
	size_t room;
	const struct node *old, *new; /* the pair at hand */
	struct arena *arena;
};

const char *
diff_word(enum diff_kind kind)
{
	static const char *const words[] = {
		[DIFF_ADDED] = "added",     [DIFF_REMOVED] = "removed",
		[DIFF_MOVED] = "moved",     [DIFF_RENAMED] = "renamed",
		[DIFF_CHANGED] = "changed", [DIFF_LEARNED] = "learned",
		[DIFF_HEADER] = "header",
	};

	return words[kind];
}

static void
report(struct work *work, enum diff_kind kind, const char *path, const struct json *from,
       const struct json *to)
{
	struct flow_diff *diff = work->diff;

	if (diff->n == work->room) {
		size_t room = work->room ? 2 * work->room : 16;

		diff->at =
			arena_grow(work->arena, diff->at, work->room * sizeof(*diff->at),
				   room * sizeof(*diff->at));
		work->room = room;
	}
	diff->at[diff->n++] = (struct flow_difference){
		kind, work->old, work->new, path, from, to,
	};
}

/* --- which node is which --- */

struct key {
	const char *text;
	size_t rank, place; /* rank: where data passes it */
};

static int
by_text(const void *a, const void *b)
{
	const struct key *x = a, *y = b;
	int order = strcmp(x->text, y->text);

	return order ? order : (x->rank > y->rank) - (x->rank < y->rank);
}

/* The fingerprint of what a node does; without parameters, its operator. */
static const char *
key_of(const struct node *node, bool parameters, struct arena *arena)
{
	struct error err;
	struct buffer *out = buffer_new(0, &err);
	const char *text = node->operator;

	if (out && parameters && json_write_python(node->parameters, out, &err))
		text = arena_print(arena, "%s %.*s", node->operator,(int) out->size,
				   out->data);
	buffer_drop(out);
	return text;
}

/* Nodes that have no other yet, sorted. */
static struct key *
keys(const struct flow *flow, const size_t *other, bool parameters, size_t *n,
     struct arena *arena)
{
	struct key *list = ARENA_ARRAY(arena, flow->n, struct key);

	*n = 0;
	for (size_t i = 0; i < flow->n; i++) {
		size_t place = flow->order[i];

		if (other[place] != FLOW_NONE)
			continue;
		list[*n].text = key_of(&flow->nodes[place], parameters, arena);
		list[*n].rank = i;
		list[(*n)++].place = place;
	}
	qsort(list, *n, sizeof(*list), by_text);
	return list;
}

static void
pair(struct work *work, size_t a, size_t b)
{
	work->b_of[a] = b;
	work->a_of[b] = a;
}

static void
pair_by_key(struct work *work, bool parameters)
{
	struct arena scratch = { 0 };
	size_t n, m, i = 0, j = 0;
	struct key *left = keys(work->a, work->b_of, parameters, &n, &scratch);
	struct key *right = keys(work->b, work->a_of, parameters, &m, &scratch);

	while (i < n && j < m) {
		int order = strcmp(left[i].text, right[j].text);

		if (order == 0)
			pair(work, left[i++].place, right[j++].place);
		else if (order < 0)
			i++;
		else
			j++;
	}
	arena_release(&scratch);
}

static size_t *
nowhere(size_t n, struct arena *arena)
{
	size_t *places = ARENA_ARRAY(arena, n, size_t);

	for (size_t i = 0; i < n; i++)
		places[i] = FLOW_NONE;
	return places;
}

static void
pair_nodes(struct work *work)
{
	work->b_of = nowhere(work->a->n, work->arena);
	work->a_of = nowhere(work->b->n, work->arena);
	for (size_t i = 0; i < work->a->n; i++) {
		size_t place = flow_place(work->b, work->a->nodes[i].id);

		if (place != FLOW_NONE)
			pair(work, i, place);
	}
	pair_by_key(work, true);
	pair_by_key(work, false);
}

/* --- what is different in a pair --- */

static void compare(struct work *work, enum diff_kind kind, const char *path,
		    const struct json *a, const struct json *b);

static const char *
below(struct work *work, const char *path, struct text key)
{
	return arena_print(work->arena, "%s%s%.*s", path, *path ? "." : "",
			   TEXT_ARG(key));
}

/* What one pass over both sorted lists of keys finds; some keys are seen to elsewhere. */
static void
compare_objects(struct work *work, enum diff_kind kind, const char *path,
		const struct json *a, const struct json *b, const char *const *skip)
{
	struct arena scratch = { 0 };
	size_t n, m, i = 0, j = 0;
	const struct json_member **left = json_sorted(a, &n, &scratch);
	const struct json_member **right = json_sorted(b, &m, &scratch);

	while (i < n || j < m) {
		int order = i == n   ? 1
			    : j == m ? -1
				     : text_compare(left[i]->key, right[j]->key);
		const struct json_member *old = order <= 0 ? left[i++] : NULL;
		const struct json_member *new = order >= 0 ? right[j++] : NULL;
		struct text key = old ? old->key : new->key;
		bool skipped = false;

		for (size_t k = 0; skip && skip[k]; k++)
			skipped |= text_is(key, skip[k]);
		if (!skipped)
			compare(work, kind, below(work, path, key),
				old ? old->value : NULL, new ? new->value : NULL);
	}
	arena_release(&scratch);
}

static void
compare_arrays(struct work *work, enum diff_kind kind, const char *path,
	       const struct json *a, const struct json *b)
{
	for (size_t i = 0; i < a->n || i < b->n; i++)
		compare(work, kind, arena_print(work->arena, "%s[%zu]", path, i),
			i < a->n ? a->at[i].value : NULL,
			i < b->n ? b->at[i].value : NULL);
}

static void
compare(struct work *work, enum diff_kind kind, const char *path, const struct json *a,
	const struct json *b)
{
	if (a == b)
		return;
	if (a && b && a->kind == b->kind && a->kind == JSON_OBJECT)
		compare_objects(work, kind, path, a, b, NULL);
	else if (a && b && a->kind == b->kind && a->kind == JSON_ARRAY)
		compare_arrays(work, kind, path, a, b);
	else if (!a || !b || !json_equal(a, b))
		report(work, kind, path, a, b);
}

static const struct json *
edge_text(struct work *work, const struct flow *flow, const struct edge *edge)
{
	const char *title = flow_title(&flow->nodes[edge->from], work->arena);

	if (strcmp(edge->output, "default") != 0)
		title = arena_print(work->arena, "%s, %s", title, edge->output);
	return json_new_string(title, work->arena);
}

static void
compare_inputs(struct work *work)
{
	const size_t n = work->old->n_inputs, m = work->new->n_inputs;

	for (size_t i = 0; i < n || i < m; i++) {
		const struct edge *a = i < n ? &work->old->inputs[i] : NULL;
		const struct edge *b = i < m ? &work->new->inputs[i] : NULL;

		if (a && b && work->b_of[a->from] == b->from &&
		    !strcmp(a->output, b->output))
			continue;
		report(work, DIFF_MOVED, arena_print(work->arena, "inputs[%zu]", i),
		       a ? edge_text(work, work->a, a) : NULL,
		       b ? edge_text(work, work->b, b) : NULL);
	}
}

static void
compare_pair(struct work *work)
{
	static const char *const skip[] = {
		"node_id", "name", "parameters", "inputs", "trained_parameters", NULL
	};
	const struct json *a = work->old->trained, *b = work->new->trained;

	compare_inputs(work);
	compare(work, DIFF_RENAMED, "name", json_find(work->old->json, "name"),
		json_find(work->new->json, "name"));
	compare(work, DIFF_CHANGED, "parameters", work->old->parameters,
		work->new->parameters);
	compare_objects(work, DIFF_CHANGED, "", work->old->json, work->new->json, skip);
	if (a != b && (!a || !b || !json_equal(a, b)))
		report(work, DIFF_LEARNED, "trained_parameters", a, b);
}

void
flow_diff(const struct flow *a, const struct flow *b, struct flow_diff *diff,
	  struct arena *arena)
{
	static const char *const skip[] = { "nodes", NULL };
	struct work work = { .a = a, .b = b, .diff = diff, .arena = arena };

	*diff = (struct flow_diff){ 0 };
	pair_nodes(&work);
	compare_objects(&work, DIFF_HEADER, "", a->document, b->document, skip);
	for (size_t i = 0; i < b->n; i++) {
		size_t place = b->order[i], other = work.a_of[place];

		work.new = &b->nodes[place];
		work.old = other == FLOW_NONE ? NULL : &a->nodes[other];
		if (work.old)
			compare_pair(&work);
		else
			report(&work, DIFF_ADDED, NULL, NULL, work.new->json);
	}
	work.new = NULL;
	for (size_t i = 0; i < a->n; i++) {
		work.old = &a->nodes[a->order[i]];
		if (work.b_of[a->order[i]] == FLOW_NONE)
			report(&work, DIFF_REMOVED, NULL, work.old->json, NULL);
	}
}
