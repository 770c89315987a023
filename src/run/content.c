/* content - fingerprints down the flow, each of them of the ones above it. */
#include "run/content.h"

#include <inttypes.h>
#include <stdio.h>
#include <sys/stat.h>

#include "base/sha1.h"
#include "run/origin.h"

/* A text with its size before it, so that no two lists of texts are the same bytes. */
static bool
put(struct buffer *out, const char *text, struct error *err)
{
	char size[24];
	const int n = snprintf(size, sizeof(size), "%zu:", strlen(text));

	return buffer_append(out, size, (size_t)n, err) &&
	       buffer_append(out, text, strlen(text), err);
}

static bool
put_json(struct buffer *out, const struct json *json, const struct flow *flow,
	 struct error *err)
{
	return (!json || json_write(json, &flow->style, out, err)) &&
	       buffer_append(out, ";", 1, err);
}

/* *known: whether it is a file whose identity says what is in it. */
static bool
put_file(struct buffer *out, const char *path, bool *known, struct error *err)
{
	char identity[160];
	struct stat st;

	*known = strcmp(path, "-") != 0 && stat(path, &st) == 0 && S_ISREG(st.st_mode);
	if (!*known)
		return true;
	snprintf(identity, sizeof(identity), "%jd.%09ld %jd %ju %ju",
		 (intmax_t)st.st_mtim.tv_sec, st.st_mtim.tv_nsec, (intmax_t)st.st_size,
		 (uintmax_t)st.st_ino, (uintmax_t)st.st_dev);
	return put(out, path, err) && put(out, identity, err);
}

static bool
put_source(struct plan *plan, const struct knot *knot, struct buffer *out,
	   struct buffer *files, bool *known, struct error *err)
{
	const size_t before = out->size;
	struct dataset dataset;
	const char *path;

	if (!origin_find(plan, knot, &dataset, &path, err))
		return plan_fail(plan, knot, err);
	return put(out, dataset.uri ? dataset.uri : "", err) &&
	       put_file(out, path, known, err) &&
	       buffer_append(files, out->data + before, out->size - before, err);
}

static bool
is_steady(const struct steps *steps)
{
	for (size_t i = 0; i < steps->n; i++)
		if (steps->at[i].op->flags & (OP_CODE | OP_RANDOM))
			return false;
	return true;
}

/* The knot of a source node. */
static const struct knot *
source_knot(const struct plan *plan, size_t node)
{
	const struct knot *knot = &plan->knots[plan->last[node]];

	return knot->step->op->role == ROLE_SOURCE ? knot : NULL;
}

/* Its rows are the same whenever they are made. */
static bool
is_same_always(const struct plan *plan, const struct contents *contents, size_t i)
{
	const struct node *node = &plan->flow->nodes[i];
	bool same = is_steady(&plan->steps[i]);

	for (size_t j = 0; same && j < node->n_inputs; j++)
		same = node->inputs[j].from != FLOW_NONE &&
		       contents->keys[node->inputs[j].from];
	return same;
}

/* *known: it has a recipe, made of what is appended. */
static bool
put_node(struct plan *plan, const struct contents *contents, size_t i, struct buffer *out,
	 struct buffer *files, bool *known, struct error *err)
{
	const struct node *node = &plan->flow->nodes[i];
	const struct knot *source = source_knot(plan, i);

	*known = true;
	if (!put(out, node->operator, err) ||
	    !put_json(out, node->parameters, plan->flow, err) ||
	    !put_json(out, node->trained, plan->flow, err))
		return false;
	if (source && !put_source(plan, source, out, files, known, err))
		return false;
	for (size_t j = 0; *known && j < node->n_inputs; j++) {
		const struct edge *input = &node->inputs[j];
		const char *above =
			input->from == FLOW_NONE ? NULL : contents->recipes[input->from];

		*known = above != NULL;
		if (above && (!put(out, above, err) || !put(out, input->output, err)))
			return false;
	}
	return true;
}

static const char *
key_of(const struct buffer *made, struct arena *arena)
{
	char hex[41];

	sha1_hex(made->data, made->size, hex);
	return arena_text(arena, hex);
}

/* Settings of the run that are none of a node. */
static bool
put_options(const struct run_options *options, struct buffer *out, struct error *err)
{
	for (size_t i = 0; i < options->params.n; i++)
		if (!put(out, options->params.at[i], err))
			return false;
	return buffer_append(out, ";", 1, err);
}

/* Of rows that are at hand, or pass through a node that is switched off. False: it is
 * neither. */
static bool
take_over(const struct plan *plan, struct contents *out, size_t i)
{
	const struct run_given *given = plan_given(plan, i);
	const struct node *node = &plan->flow->nodes[i];

	if (given) {
		out->keys[i] = out->recipes[i] = given->key;
	} else if (!plan->steps[i].n) {
		out->keys[i] = out->keys[node->inputs[0].from];
		out->recipes[i] = out->recipes[node->inputs[0].from];
	}
	return given || !plan->steps[i].n;
}

static bool
keys_of(struct plan *plan, struct contents *out, struct buffer *made,
	struct buffer *files, struct error *err)
{
	const struct flow *flow = plan->flow;

	for (size_t o = 0; o < flow->n; o++) {
		const size_t i = flow->order[o];
		bool known;

		if (!plan->needed[i] || take_over(plan, out, i))
			continue;
		made->size = 0;
		if (!put_options(plan->options, made, err) ||
		    !put_node(plan, out, i, made, files, &known, err))
			return false;
		if (known)
			out->recipes[i] = key_of(made, plan->arena);
		if (is_same_always(plan, out, i))
			out->keys[i] = out->recipes[i];
	}
	out->files = key_of(files, plan->arena);
	return true;
}

bool
contents_of(struct plan *plan, struct contents *out, struct error *err)
{
	struct buffer *made = buffer_new(0, err);
	struct buffer *files = made ? buffer_new(0, err) : NULL;
	bool ok;

	*out = (struct contents){
		.keys = ARENA_ARRAY(plan->arena, plan->flow->n + 1, const char *),
		.recipes = ARENA_ARRAY(plan->arena, plan->flow->n + 1, const char *),
	};
	ok = files && keys_of(plan, out, made, files, err);
	buffer_drop(made);
	buffer_drop(files);
	return ok;
}
