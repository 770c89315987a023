/*
 * flow.h - the flow document: a Data Wrangler .flow (JSON, version 1) as it stands.
 *
 * The document is the JSON value; nodes are a view of it. Whatever lariat does not know
 * stays: unknown operators, keys, stale blocks, number text, trained blobs. Saved
 * untouched it is the same bytes. Every change (edit.h) makes a new document that
 * shares the untouched parts, so undo is the old one.
 */
#ifndef FLOW_FLOW_H
#define FLOW_FLOW_H

#include "base/json.h"
#include "base/names.h"

enum node_type {
	NODE_SOURCE,
	NODE_TRANSFORM,
	NODE_DATASET,
	NODE_VISUALIZATION,
	NODE_DESTINATION,
	NODE_OTHER,
};

struct edge {               /* an input of a node */
	const char *port;   /* "df"; means nothing */
	const char *node;   /* id of the node it reads */
	const char *output; /* "default", or a split's name */
	size_t from;        /* place of that node */
};

#define FLOW_NONE ((size_t)-1)

struct node {
	const char *id;
	enum node_type type;
	const char *operator; /* id of the operator */
	const char *name; /* what a person calls it: "name", "parameters.name", or "" */
	bool off;         /* switched off: its input passes through */
	const struct json *json, *parameters, *trained; /* trained may be NULL */
	size_t n_inputs;
	struct edge *inputs;
	struct names outputs;
};

struct flow_change; /* see edit.h */
struct flow_ground; /* see flow_share() */

struct flow {
	struct arena arena;
	struct flow_ground *ground; /* what keeps the arena while others share it */
	const char *path;           /* NULL: not from a file */
	struct text text;           /* the bytes it was read from */
	const struct json *document;
	struct json_style style;
	size_t n;
	struct node *nodes; /* in file order, which means nothing */
	size_t *order;      /* places of nodes, inputs before users, else file order */
	size_t *by_id;      /* places of nodes, sorted by id */
	struct arena view;  /* holds the nodes; made anew by every change */
	struct text before, after; /* blanks around the document */
	struct flow_change *undo, *redo;
};

/* Open, view and validate: the graph is sound (ids unique, inputs exist, no cycle).
 * err gives the place: "nodes[3] ('65d9…'): inputs[0]: no node 'x'". On error there is
 * nothing to release. */
CHECKED bool flow_read(const char *path, struct flow *flow, struct error *err);
/* text is copied. */
CHECKED bool flow_parse(struct text text, struct flow *flow, struct error *err);
void flow_release(struct flow *flow);

/* Another flow that shows the same document, for another thread: it takes no longer than
 * to view the nodes. Each may be changed and released without regard to the other; what
 * could be undone is not shared. */
CHECKED bool flow_share(const struct flow *flow, struct flow *out, struct error *err);

/* Whole or not at all: temporary name, fsync, rename. */
CHECKED bool flow_write(const struct flow *flow, const char *path, struct error *err);
CHECKED bool flow_print(const struct flow *flow, struct buffer *out, struct error *err);

/* By id, or by name if one node alone has it; a prefix of an id of 6 characters or more
 * will do. FLOW_NONE with a sentence if there is none. */
size_t flow_find(const struct flow *flow, const char *id_or_name, struct error *err);
/* By id alone. */
size_t flow_place(const struct flow *flow, const char *id);

/* A flow parameter: {{name}} stands for it in texts such as a path. */
struct flow_param {
	const char *name;
	const char *type;  /* "String" if it does not say */
	const char *value; /* as text; NULL: it has no preset */
};

/* Those of the document's "parameters", in order; *n of them, in arena. */
CHECKED bool flow_params(const struct flow *flow, struct flow_param **params, size_t *n,
			 struct arena *arena, struct error *err);

/* Text with every {{name}} replaced: from settings ("name=value") first, then from the
 * flow's "parameters". An unknown name is an error that lists the known ones. */
CHECKED bool flow_fill(const struct flow *flow, const struct names *settings,
		       const char *text, const char **out, struct arena *arena,
		       struct error *err);

/* Everything wrong with the document that does not keep it from opening is not here but
 * in a check (run/check.h): this is the document only. */

#endif
