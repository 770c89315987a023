/*
 * edit.h - changes of a flow, each of which can be taken back.
 *
 * A change makes a new document that shares what did not change, shows it, and keeps
 * the old one. What would not open (a circle, an input that is not there) is refused and
 * the flow stays. Places of nodes hold until the next change; ids hold longer. JSON that
 * is given must live as long as the flow: make it in flow->arena, or json_copy() it.
 */
#ifndef FLOW_EDIT_H
#define FLOW_EDIT_H

#include "flow/flow.h"

struct flow_change {
	struct flow_change *next; /* the one before it */
	const struct json *document;
	const char *what; /* "drop column: add after 'x'" */
};

/* An empty flow, laid out as Data Wrangler saves. */
CHECKED bool flow_new(struct flow *flow, struct error *err);

/* What flow_undo() would take back, flow_redo() do again; NULL: nothing. */
const char *flow_undo_what(const struct flow *flow);
const char *flow_redo_what(const struct flow *flow);
CHECKED bool flow_undo(struct flow *flow, struct error *err);
CHECKED bool flow_redo(struct flow *flow, struct error *err);

/* Where a flow stands, to come back to as long as nothing is undone meanwhile. */
struct flow_mark {
	const struct json *document;
	struct flow_change *undo, *redo;
};
struct flow_mark flow_mark(const struct flow *flow);
/* All changes since then become one, called `what` (NULL: like the last). */
void flow_unite(struct flow *flow, struct flow_mark mark, const char *what);
/* As if nothing had happened since. */
CHECKED bool flow_return(struct flow *flow, struct flow_mark mark, struct error *err);

/* The whole document as it is in a text, which is copied. */
CHECKED bool flow_set_text(struct flow *flow, struct text text, const char *what,
			   struct error *err);

/* A node to be made; it gets an id of its own. */
struct node_spec {
	const char *type, *operator;
	const char *name;                        /* NULL: none */
	const struct json *parameters, *trained; /* may be NULL */
	struct names outputs;                    /* none: "default" */
};

/* An output of a node that stands in the flow. */
struct flow_from {
	size_t place;
	const char *output; /* NULL: "default" */
};

/* A node that reads these n (a join: left, right; a source: none); what else reads them
 * goes on to. place: where it stands then. */
CHECKED bool flow_add(struct flow *flow, const struct node_spec *spec,
		      const struct flow_from *from, size_t n, size_t *place,
		      struct error *err);
/* A node behind the first of these n, which it reads: what read that one reads the new
 * node. Charts stay with what they showed. */
CHECKED bool flow_insert(struct flow *flow, const struct node_spec *spec,
			 const struct flow_from *from, size_t n, size_t *place,
			 struct error *err);
/* A source and the node that finds its types, as Data Wrangler always has it. place is
 * that of the latter. */
CHECKED bool flow_add_source(struct flow *flow, const struct node_spec *spec,
			     size_t *place, struct error *err);

/* Input i of a node reads another output; what it learned is dropped. */
CHECKED bool flow_relink(struct flow *flow, size_t place, size_t i, struct flow_from from,
			 struct error *err);
/* What was learned under other parameters is dropped. */
CHECKED bool flow_set_parameters(struct flow *flow, size_t place,
				 const struct json *parameters, struct error *err);
/* One of them, by path; NULL: removed. */
CHECKED bool flow_set_parameter(struct flow *flow, size_t place, const char *path,
				const struct json *value, struct error *err);
/* What a run learned, one for each place (NULL: as it was), as one change. */
CHECKED bool flow_set_trained(struct flow *flow, const struct json *const *trained,
			      struct error *err);

/* What read a node of one input reads that input. A source or a join that is read goes
 * only with all below it. */
CHECKED bool flow_delete(struct flow *flow, size_t place, bool below, struct error *err);
/* Swap a step with the one it reads (up) or the only one that reads it (down). */
CHECKED bool flow_move(struct flow *flow, size_t place, bool up, struct error *err);
/* An empty name: none. */
CHECKED bool flow_rename(struct flow *flow, size_t place, const char *name,
			 struct error *err);
/* What a person has to say about the node, in any words; empty: nothing. */
CHECKED bool flow_note(struct flow *flow, size_t place, const char *note,
		       struct error *err);
/* The note of a node; "" if there is none. */
const char *flow_note_of(const struct node *node, struct arena *arena);
/* Data Wrangler does not know the key and runs the node all the same. */
CHECKED bool flow_switch(struct flow *flow, size_t place, bool off, struct error *err);

/* Copies of nodes of another flow (or this one), with new ids. Links between them stay;
 * other inputs read `after`, or, if that is NULL, the same node of this flow. */
CHECKED bool flow_paste(struct flow *flow, const struct flow *from, const size_t *places,
			size_t n, const struct flow_from *after, struct error *err);

/* A node in a word or two: its name, or what it does. */
const char *flow_title(const struct node *node, struct arena *arena);

enum { UUID_SIZE = 37 };
CHECKED bool uuid_new(char out[UUID_SIZE], struct error *err); /* version 4 */

#endif
