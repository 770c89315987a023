/* flow - which node is meant. */
#include "flow/flow.h"

#include <string.h>

enum { SHORTEST_PREFIX = 6 };

/* Of the sorted ids, the first that is not below. */
static size_t
lower_bound(const struct flow *flow, const char *id)
{
	size_t low = 0, high = flow->n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (strcmp(flow->nodes[flow->by_id[middle]].id, id) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

size_t
flow_place(const struct flow *flow, const char *id)
{
	size_t i = lower_bound(flow, id);

	if (i < flow->n && !strcmp(flow->nodes[flow->by_id[i]].id, id))
		return flow->by_id[i];
	return FLOW_NONE;
}

static bool
starts(const struct flow *flow, size_t i, const char *prefix)
{
	return i < flow->n &&
	       !strncmp(flow->nodes[flow->by_id[i]].id, prefix, strlen(prefix));
}

static size_t
by_prefix(const struct flow *flow, const char *prefix, struct error *err)
{
	size_t i = lower_bound(flow, prefix);

	if (strlen(prefix) < SHORTEST_PREFIX || !starts(flow, i, prefix)) {
		fail(err,
		     "no node '%s': say its id, the first %d or more characters of "
		     "it, or its name",
		     prefix, SHORTEST_PREFIX);
		return FLOW_NONE;
	}
	if (starts(flow, i + 1, prefix)) {
		fail(err, "the ids of several nodes start with '%s', '%.64s' and '%.64s'",
		     prefix, flow->nodes[flow->by_id[i]].id,
		     flow->nodes[flow->by_id[i + 1]].id);
		return FLOW_NONE;
	}
	return flow->by_id[i];
}

size_t
flow_find(const struct flow *flow, const char *id_or_name, struct error *err)
{
	size_t place = flow_place(flow, id_or_name);

	for (size_t i = 0; *id_or_name && i < flow->n; i++) {
		if (place != FLOW_NONE && !strcmp(flow->nodes[place].id, id_or_name))
			break;
		if (strcmp(flow->nodes[i].name, id_or_name) != 0)
			continue;
		if (place != FLOW_NONE) {
			fail(err,
			     "several nodes have the name '%s': say the id, '%.64s' "
			     "or '%.64s'",
			     id_or_name, flow->nodes[place].id, flow->nodes[i].id);
			return FLOW_NONE;
		}
		place = i;
	}
	return place != FLOW_NONE ? place : by_prefix(flow, id_or_name, err);
}
