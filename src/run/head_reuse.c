/*
 * head_reuse - first rows out of rows that were made before.
 *
 * A node whose steps look at a row at a time and have learned all they need gives its
 * first rows when it gets the first rows of the node above; if rows are dropped on the
 * way, there may be too few, and then it runs on all. Where all rows of a node are at
 * hand, which is so for small tables, anything may run on them.
 *
 * What has to be learned first, and will be stored in the flow, is learned by a run of
 * the whole: passes over the data are shared there.
 */
#include "run/cache.h"
#include "run/content.h"
#include "run/head_parts.h"

enum {
	ABOVE_ROWS = 4096,  /* asked of a node above: some of its rows may be dropped */
	WHOLE_ROWS = 65536, /* kept of a step that has all rows at hand anyway */
};

struct reuse {
	struct flow *flow;
	const struct run_options *options;
	struct arena arena; /* of plan and keys, made anew when the flow is another */
	struct arena names; /* of what is kept */
	struct plan plan;
	struct contents contents;
	size_t n_run;
};

static bool first_rows(struct reuse *r, size_t node, size_t rows, struct kept *out,
		       struct error *err);

/* Plan and keys for what the flow is now. */
static bool
look(struct reuse *r, struct error *err)
{
	plan_release(&r->plan);
	arena_release(&r->arena);
	r->arena = (struct arena){ 0 };
	r->plan = (struct plan){ .arena = &r->arena,
				 .flow = r->flow,
				 .options = r->options };
	return plan_make(&r->plan, err) && contents_of(&r->plan, &r->contents, err);
}

/* The node that is meant: a destination's table is that of its input. */
static size_t
target_node(const struct reuse *r)
{
	return r->plan.knots[r->plan.target].node;
}

static bool
learns_for_good(const struct step *step)
{
	return !step->is_learned && !(step->op->flags & OP_OWN_LEARNED);
}

/* Must something be learned that the flow will keep? */
static bool
has_to_learn(const struct reuse *r)
{
	for (size_t k = 0; k < r->plan.n; k++)
		if (learns_for_good(r->plan.knots[k].step))
			return true;
	return false;
}

/* Rows in, one by one, rows out. */
static bool
is_row_by_row(const struct reuse *r, size_t node)
{
	const struct steps *steps = &r->plan.steps[node];

	if (r->flow->nodes[node].n_inputs != 1 || !steps->n)
		return false;
	for (size_t i = 0; i < steps->n; i++)
		if (steps->at[i].op->whole || !steps->at[i].is_learned)
			return false;
	return true;
}

static bool
is_whole(const struct reuse *r, size_t node)
{
	const struct steps *steps = &r->plan.steps[node];

	return steps->n && steps->at[steps->n - 1].op->whole;
}

/* Are its first rows soon there: nothing above it but what goes row by row? */
static bool
is_cheap(const struct reuse *r, size_t node)
{
	while (r->contents.keys[node] && r->flow->nodes[node].n_inputs == 1) {
		if (plan_given(&r->plan, node))
			return true;
		if (r->plan.steps[node].n && !is_row_by_row(r, node))
			return false;
		node = r->flow->nodes[node].inputs[0].from;
	}
	return r->contents.keys[node] && r->flow->nodes[node].n_inputs == 0;
}

/* Run a node on what is given, and keep what comes out. from_part: of what is given there
 * may be more. */
static bool
run_and_keep(struct reuse *r, size_t node, size_t rows, const struct run_given *given,
	     size_t n_given, bool from_part, struct kept *out, struct error *err)
{
	const size_t limit = is_whole(r, node) && rows < WHOLE_ROWS ? WHOLE_ROWS : rows;
	struct run_options settings = *r->options;
	const struct json *document = r->flow->document;
	const char *files = arena_text(&r->names, r->contents.files);
	struct head head;

	settings.node = arena_text(&r->names, r->flow->nodes[node].id);
	settings.given = given;
	settings.n_given = n_given;
	if (!head_run(r->flow, &settings, limit, &head, err))
		return false;
	r->n_run += head.n_run;
	*out = (struct kept){ .rows = head.rows,
			      .complete = !from_part && head.rows->rows < limit };
	head.rows = NULL;
	for (size_t i = 0; i < head.schema.n; i++)
		schema_add(&out->schema, head.schema.at[i].name, head.schema.at[i].type,
			   &r->names);
	for (size_t i = 0; i < head.warnings.n; i++)
		names_add(&out->warnings, head.warnings.at[i], &r->names);
	head_release(&head);
	/* what was learned makes other keys; a file that changed meanwhile makes none */
	if ((r->flow->document != document || !from_part) && !look(r, err)) {
		batch_free(out->rows);
		return false;
	}
	if (r->contents.keys[node] && strcmp(r->contents.files, files) == 0)
		cache_put(r->options->cache, r->contents.keys[node], out);
	return true;
}

static void
warn_also(struct reuse *r, struct kept *out, const struct kept *above)
{
	for (size_t i = 0; i < above->warnings.n; i++)
		names_add(&out->warnings, above->warnings.at[i], &r->names);
}

/* From the first rows of the node above: *enough, if that gave what was asked for. */
static bool
from_above(struct reuse *r, size_t node, size_t rows, struct kept *out, bool *enough,
	   struct error *err)
{
	const size_t input = r->flow->nodes[node].inputs[0].from;
	const size_t asked = rows > ABOVE_ROWS ? rows : ABOVE_ROWS;
	struct run_given given;
	struct kept above;
	bool ok;

	if (!first_rows(r, input, asked, &above, err))
		return false;
	given = (struct run_given){ arena_text(&r->names, r->flow->nodes[input].id),
				    &above.schema, above.rows };
	ok = run_and_keep(r, node, asked, &given, 1, !above.complete, out, err);
	batch_free(above.rows);
	if (!ok)
		return false;
	warn_also(r, out, &above);
	*enough = out->complete || out->rows->rows >= rows;
	if (!*enough)
		batch_free(out->rows);
	return true;
}

/* On all rows: those of inputs that are whole at hand, or from the sources. */
static bool
from_all(struct reuse *r, size_t node, size_t rows, struct kept *out, struct error *err)
{
	const size_t n_pinned = r->options->n_given;
	struct run_given *given = ARENA_ARRAY(&r->names, n_pinned + 2, struct run_given);
	struct kept above[2];
	size_t n = 0;
	bool ok = true;

	for (size_t i = 0; ok && i < r->flow->nodes[node].n_inputs && i < 2; i++) {
		const size_t input = r->flow->nodes[node].inputs[i].from;

		if (!is_cheap(r, input))
			continue;
		ok = first_rows(r, input, ABOVE_ROWS, &above[n], err);
		if (ok && above[n].complete) {
			given[n] =
				(struct run_given){ arena_text(&r->names,
							       r->flow->nodes[input].id),
						    &above[n].schema, above[n].rows };
			n++;
		} else if (ok) {
			batch_free(above[n].rows);
		}
	}
	if (n_pinned)
		memcpy(given + n, r->options->given, n_pinned * sizeof(*given));
	ok = ok && run_and_keep(r, node, rows, given, n + n_pinned, false, out, err);
	for (size_t i = 0; i < n; i++) {
		if (ok)
			warn_also(r, out, &above[i]);
		batch_free(above[i].rows);
	}
	return ok;
}

static bool
find(struct reuse *r, size_t node, size_t rows, struct kept *out, bool *found,
     struct error *err)
{
	const char *key = r->contents.keys[node];

	*found = false;
	return !key ||
	       cache_find(r->options->cache, key, rows, out, found, &r->names, err);
}

static bool
first_rows(struct reuse *r, size_t node, size_t rows, struct kept *out, struct error *err)
{
	bool found, enough = false;

	if (!find(r, node, rows, out, &found, err))
		return false;
	if (found)
		return true;
	if (r->contents.keys[node] && is_row_by_row(r, node) &&
	    !from_above(r, node, rows, out, &enough, err))
		return false;
	return enough || from_all(r, node, rows, out, err);
}

static bool
take(struct reuse *r, struct kept *kept, size_t rows, struct head *head,
     struct error *err)
{
	*head = (struct head){ .n_run = r->n_run };
	for (size_t i = 0; i < kept->schema.n; i++)
		schema_add(&head->schema, kept->schema.at[i].name,
			   kept->schema.at[i].type, &head->arena);
	for (size_t i = 0; i < kept->warnings.n; i++)
		if (!names_has(&head->warnings, kept->warnings.at[i]))
			names_add(&head->warnings, kept->warnings.at[i], &head->arena);
	head->rows = kept->rows->rows > rows ? batch_slice(kept->rows, 0, rows, err)
					     : batch_copy(kept->rows, err);
	if (head->rows)
		return true;
	head_release(head);
	return false;
}

bool
head_reuse(struct flow *flow, const struct run_options *options, size_t rows,
	   struct head *head, struct error *err)
{
	struct reuse r = { .flow = flow, .options = options };
	struct kept kept = { 0 };
	bool found = false,
	     ok = look(&r, err) && find(&r, target_node(&r), rows, &kept, &found, err);

	if (ok && !found && has_to_learn(&r))
		ok = run_and_keep(&r, target_node(&r), rows, options->given,
				  options->n_given, false, &kept, err);
	else if (ok && !found)
		ok = first_rows(&r, target_node(&r), rows, &kept, err);
	if (ok) {
		ok = take(&r, &kept, rows, head, err);
		batch_free(kept.rows);
	}
	plan_release(&r.plan);
	arena_release(&r.arena);
	arena_release(&r.names);
	return ok;
}
