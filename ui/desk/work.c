/* work - every change of the document, counted and noted. */
#include "desk/work.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "desk/journal.h"
#include "desk/step.h"
#include "desk/work_file.h"

/* --- the current node --- */

size_t
work_place(const struct work *work)
{
	return work->node[0] ? flow_place(&work->flow, work->node) : FLOW_NONE;
}

void
work_go(struct work *work, size_t place)
{
	const struct node *node = &work->flow.nodes[place];

	snprintf(work->node, sizeof work->node, "%s", node->id);
	snprintf(work->above, sizeof work->above, "%s",
		 node->n_inputs ? node->inputs[0].node : "");
}

/* The last one that makes a table: what the flow comes to. */
static size_t
last_table(const struct flow *flow)
{
	for (size_t i = flow->n; i-- > 0;) {
		const enum node_type type = flow->nodes[flow->order[i]].type;

		if (type != NODE_VISUALIZATION && type != NODE_DESTINATION)
			return flow->order[i];
	}
	return flow->n ? flow->order[flow->n - 1] : FLOW_NONE;
}

void
work_stay(struct work *work)
{
	size_t place = work_place(work);

	if (place == FLOW_NONE && work->above[0])
		place = flow_place(&work->flow, work->above);
	if (place == FLOW_NONE)
		place = last_table(&work->flow);
	if (place == FLOW_NONE)
		work->node[0] = work->above[0] = '\0';
	else
		work_go(work, place);
}

/* --- changes --- */

const struct work_edit *
work_edit_of(const struct work *work, const struct json *document)
{
	for (size_t i = work->n_edits; i-- > 0;)
		if (work->edits[i].document == document)
			return &work->edits[i];
	return NULL;
}

void
work_log(struct work *work, const char *command)
{
	const size_t size = sizeof *work->edits;

	if (work->n_edits == work->room_edits) {
		work->room_edits = work->room_edits ? work->room_edits * 2 : 16;
		work->edits = arena_grow(&work->arena, work->edits, work->n_edits * size,
					 work->room_edits * size);
	}
	work->edits[work->n_edits++] = (struct work_edit){
		.document = work->flow.document,
		.command = arena_text(&work->arena, command),
		.node = arena_text(&work->arena, work->node),
		.time = time(NULL),
	};
}

/* The document is another one than before. */
static void
count(struct work *work, const char *command)
{
	work->version++;
	work->seen = work->flow.document;
	work_stay(work);
	if (work->journal)
		journal_note(work->journal, &work->flow, command);
}

bool
work_changed(struct work *work, const char *command, struct error *err)
{
	(void)err;
	if (work->seen == work->flow.document)
		return true;
	count(work, command);
	work_log(work, command);
	return true;
}

/* The source of the second table, if it is to be one. */
static bool
add_file(struct work *work, const struct work_step *step, size_t *second,
	 struct error *err)
{
	*second = step->second;
	return !step->file || flow_add_quick(&work->flow, step->file, second, err);
}

/* Several changes of the document are one, or none. */
static bool
settle(struct work *work, struct flow_mark mark, bool done, struct error *err)
{
	struct error ignored;

	if (done)
		flow_unite(&work->flow, mark, NULL);
	else if (!flow_return(&work->flow, mark, &ignored))
		*err = ignored;
	return done;
}

bool
work_add_step(struct work *work, const struct work_step *step, struct error *err)
{
	const struct flow_mark mark = flow_mark(&work->flow);
	bool (*add)(struct flow *, const struct op *, const void *, size_t, size_t,
		    size_t *, struct error *) = step->branches ? step_branch : step_add;
	size_t place, second;
	const bool done = add_file(work, step, &second, err) &&
			  add(&work->flow, step->op, step->fields, work_place(work),
			      second, &place, err);

	if (!settle(work, mark, done, err))
		return false;
	work_go(work, place);
	return work_changed(work, step->command, err);
}

bool
work_set_step(struct work *work, size_t place, const struct work_step *step,
	      struct error *err)
{
	const struct flow_mark mark = flow_mark(&work->flow);
	const char *id = arena_text(&work->arena, work->flow.nodes[place].id);
	size_t second;
	bool done = add_file(work, step, &second, err);

	place = flow_place(&work->flow, id);
	done = done &&
	       (second == FLOW_NONE || step_link(&work->flow, place, second, err)) &&
	       step_set(&work->flow, flow_place(&work->flow, id), step->op, step->fields,
			err);
	return settle(work, mark, done, err) && work_changed(work, step->command, err);
}

bool
work_undo(struct work *work, struct error *err)
{
	if (!flow_undo(&work->flow, err))
		return false;
	count(work, "undo");
	return true;
}

bool
work_redo(struct work *work, struct error *err)
{
	const struct work_edit *edit;
	size_t place;

	if (!flow_redo(&work->flow, err))
		return false;
	edit = work_edit_of(work, work->flow.document);
	place = edit ? flow_place(&work->flow, edit->node) : FLOW_NONE;
	if (place != FLOW_NONE)
		work_go(work, place);
	count(work, "redo");
	return true;
}

/* --- code --- */

bool
work_runs_code(const struct node *node)
{
	bool known;
	struct error err;
	const struct op *op = op_match(node->operator, node->parameters, &known, &err);

	return op && op->flags & OP_CODE;
}

static bool
has_code(const struct work *work)
{
	for (size_t i = 0; i < work->flow.n; i++)
		if (work_runs_code(&work->flow.nodes[i]))
			return true;
	return false;
}

void
work_look_again(struct work *work)
{
	work->version++;
}

void
work_trust(struct work *work)
{
	work->is_trusted = work->options.trust = true;
	work_look_again(work);
}

void
work_suspect(struct work *work)
{
	work->is_trusted = work->trusts_all || (work->is_trusted && !has_code(work));
	work->options.trust = work->is_trusted;
}

bool
work_snapshot(const struct flow *flow, struct flow *out, struct error *err)
{
	return flow_share(flow, out, err);
}
