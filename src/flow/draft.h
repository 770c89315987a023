/*
 * draft.h - a change of a flow in the making; private to this folder.
 *
 * Nodes are changed by place, then added or left out, and committed as one document.
 */
#ifndef FLOW_DRAFT_H
#define FLOW_DRAFT_H

#include "flow/edit.h"

struct draft {
	struct flow *flow;
	const struct json **nodes; /* by place; NULL: left out */
	size_t n;                  /* those of the flow, then added ones */
	size_t room;
};

void draft_open(struct draft *draft, struct flow *flow, size_t more);
void draft_insert(struct draft *draft, size_t at, const struct json *node);
void draft_swap(struct draft *draft, size_t a, size_t b);

/* Input i of the node at a place reads another output. */
void draft_link(struct draft *draft, size_t place, size_t i, const char *id,
		const char *output);
/* All that read `from` (one output of it, or all: NULL) read another; charts or not. */
void draft_relink(struct draft *draft, size_t from, const char *from_output,
		  const char *id, const char *output, bool charts);

/* The document was another one until now. */
void draft_undoable(struct flow *flow, const struct json *old, const char *what);

CHECKED bool draft_commit(struct draft *draft, const char *what, struct error *err);

/* A new node with its id, reading these. */
const struct json *draft_node(struct draft *draft, const struct node_spec *spec,
			      const char *id, const struct json *inputs);
/* An entry of "inputs". */
const struct json *draft_input(struct draft *draft, const char *port, const char *id,
			       const char *output);

#endif
