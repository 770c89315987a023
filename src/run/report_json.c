/* report_json - member by member. */
#include "run/report_json.h"

static const struct json *
node_json(const struct run_node *node, struct arena *arena)
{
	const struct json *o = json_new_object();

	o = json_with(o, "id", json_new_string(node->id, arena), arena);
	o = json_with(o, "operator", json_new_string(node->operator, arena), arena);
	o = json_with(o, "rows", json_new_long((int64_t)node->rows, arena), arena);
	o = json_with(o, "columns", json_new_long((int64_t)node->schema.n, arena), arena);
	o = json_with(o, "seconds", json_new_double(node->seconds, arena), arena);
	return json_with(o, "schema", schema_json(&node->schema, arena), arena);
}

static const struct json *
delivery_json(const struct run_delivery *delivery, struct arena *arena)
{
	const struct json *o = json_new_object();

	o = json_with(o, "id", json_new_string(delivery->id, arena), arena);
	o = json_with(o, "path", json_new_string(delivery->path, arena), arena);
	o = json_with(o, "rows", json_new_long((int64_t)delivery->rows, arena), arena);
	o = json_with(o, "columns", json_new_long((int64_t)delivery->columns, arena),
		      arena);
	return json_with(o, "bytes", json_new_long((int64_t)delivery->bytes, arena),
			 arena);
}

static const struct json *
names_json(const struct names *names, struct arena *arena)
{
	const struct json **list = ARENA_ARRAY(arena, names->n + 1, const struct json *);

	for (size_t i = 0; i < names->n; i++)
		list[i] = json_new_string(names->at[i], arena);
	return json_new_list(list, names->n, arena);
}

const struct json *
run_report_json(const char *path, const struct run_report *report, struct arena *arena)
{
	const size_t n = report->n_nodes, m = report->n_deliveries;
	const struct json **nodes = ARENA_ARRAY(arena, n + 1, const struct json *);
	const struct json **destinations = ARENA_ARRAY(arena, m + 1, const struct json *);
	const struct json *o = json_new_object();

	for (size_t i = 0; i < n; i++)
		nodes[i] = node_json(&report->nodes[i], arena);
	for (size_t i = 0; i < m; i++)
		destinations[i] = delivery_json(&report->deliveries[i], arena);
	o = json_with(o, "flow", json_new_string(path, arena), arena);
	o = json_with(o, "seconds", json_new_double(report->seconds, arena), arena);
	o = json_with(o, "peak_bytes", json_new_long((int64_t)report->peak_bytes, arena),
		      arena);
	o = json_with(o, "resident_bytes",
		      json_new_long((int64_t)report->resident_bytes, arena), arena);
	o = json_with(o, "spilled_bytes",
		      json_new_long((int64_t)report->spilled_bytes, arena), arena);
	o = json_with(o, "nodes", json_new_list(nodes, n, arena), arena);
	o = json_with(o, "destinations", json_new_list(destinations, m, arena), arena);
	o = json_with(o, "warnings", names_json(&report->warnings, arena), arena);
	return json_with(o, "notes", names_json(&report->notes, arena), arena);
}
