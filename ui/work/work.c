/* work - every change of the document, counted and noted. */
#include "work/work.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "work/journal.h"
#include "work/step.h"
#include "work/work_file.h"

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
	if (work->flow.document == work->on_disk)
		work->saved = work->version;
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

/* The new step becomes the current one. */
static bool
go_to_new(struct work *work, const struct op *op, const void *fields, size_t place,
	  struct error *err)
{
	work_go(work, place);
	return work_changed(work, step_command(op, fields, &work->arena), err);
}

bool
work_add_step(struct work *work, const struct op *op, const void *fields, size_t second,
	      struct error *err)
{
	size_t place = work_place(work);

	return step_add(&work->flow, op, fields, place, second, &place, err) &&
	       go_to_new(work, op, fields, place, err);
}

bool
work_add_branch(struct work *work, const struct op *op, const void *fields, size_t second,
		struct error *err)
{
	size_t place = work_place(work);

	return step_branch(&work->flow, op, fields, place, second, &place, err) &&
	       go_to_new(work, op, fields, place, err);
}

bool
work_set_step(struct work *work, size_t place, const struct op *op, const void *fields,
	      struct error *err)
{
	return step_set(&work->flow, place, op, fields, err) &&
	       work_changed(work, step_command(op, fields, &work->arena), err);
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

bool
work_has_code(const struct work *work)
{
	for (size_t i = 0; i < work->flow.n; i++)
		if (work_runs_code(&work->flow.nodes[i]))
			return true;
	return false;
}

void
work_trust(struct work *work)
{
	work->is_trusted = work->options.trust = true;
	work->version++; /* what it comes to may be another thing now */
	if (work->flow.document == work->on_disk)
		work->saved = work->version;
}

void
work_suspect(struct work *work)
{
	work->is_trusted = work->trusts_all || (work->is_trusted && !work_has_code(work));
	work->options.trust = work->is_trusted;
}

bool
work_snapshot(const struct flow *flow, struct flow *out, struct error *err)
{
	return flow_share(flow, out, err);
}
