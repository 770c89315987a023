/* random_flow.h - flows by chance, with the files they read, for tests. */
#ifndef RANDOM_FLOW_H
#define RANDOM_FLOW_H

#include "base/arena.h"
#include "base/text.h"

/* A flow as text; its files are written into the folder that one stands in. The seed
 * decides all: sources, steps, branches, destinations, order and layout. Steps fit what
 * reaches them, as a rule. */
CHECKED bool random_flow(uint64_t *seed, struct text *out, struct arena *arena,
			 struct error *err);

#endif
