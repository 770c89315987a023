/*
 * view.h - nodes, edges and order of a document; private to this folder.
 */
#ifndef FLOW_VIEW_H
#define FLOW_VIEW_H

#include "flow/flow.h"

enum { FLOW_OUTPUTS = 1000 }; /* of one node */

/* Show another document. On error the flow is as before. */
CHECKED bool flow_view(struct flow *flow, const struct json *document, struct error *err);

/* Layout of the document as in the text that it was read from, and what stands around it
 * there. */
void flow_frame(struct flow *flow, struct text text);

/* Fill flow->order; a cycle is an error that says its path. */
CHECKED bool flow_order(struct flow *flow, struct error *err);

#endif
