/*
 * ground.h - what a flow stands on; private to this folder.
 *
 * JSON is immutable, so flows may show the same document as long as the arena that holds
 * it is there. The ground takes that arena over when its flow goes, and keeps it for
 * those that still stand on it.
 */
#ifndef FLOW_GROUND_H
#define FLOW_GROUND_H

#include <stdatomic.h>

#include "flow/flow.h"

struct flow_ground {
	atomic_size_t refs;
	struct arena arena; /* of the flow that is gone; holds this struct too */
	struct flow_ground
		*below; /* what that flow's document stands on; NULL: nothing */
};

/* The flow gets a ground of its own, upon another one. */
void ground_open(struct flow *flow, struct flow_ground *below);

#endif
