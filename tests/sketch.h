/*
 * sketch.h - flows for tests of what draws them: a row a node, named by its name.
 */
#ifndef SKETCH_H
#define SKETCH_H

#include <stdio.h>

#include "base/random.h"
#include "check.h"
#include "flow/flow.h"

struct sketch {
	char type; /* s source, t step, a analysis, d destination */
	const char *name;
	const char *reads; /* names, separated by blanks; NULL: none */
};

static inline const char *
sketch_type(char type)
{
	return type == 's'   ? "SOURCE"
	       : type == 'a' ? "VISUALIZATION"
	       : type == 'd' ? "DESTINATION"
			     : "TRANSFORM";
}

static inline void
sketch_add(struct buffer *out, const char *text)
{
	struct error err;

	CHECK(buffer_append(out, text, strlen(text), &err));
}

static inline void
sketch_quote(struct buffer *out, const char *text)
{
	struct error err;

	CHECK(json_write_string(text_of(text), false, out, &err));
}

static inline void
sketch_inputs(struct buffer *out, const char *reads)
{
	struct text rest = text_of(reads ? reads : "");

	for (bool first = true; rest.size; first = false) {
		const struct text name = text_cut(&rest, ' ');

		sketch_add(out, first ? "{\"name\":\"df\",\"output_name\":\"default\","
					"\"node_id\":\""
				      : ",{\"name\":\"df\",\"output_name\":\"default\","
					"\"node_id\":\"");
		CHECK(buffer_append(out, name.data, name.size, &(struct error){ 0 }));
		sketch_add(out, "\"}");
	}
}

/* The rows up to one without a name; node ids are names. */
static inline void
sketch_flow(const struct sketch *rows, struct flow *flow)
{
	struct error err = { 0 };
	struct buffer *out = buffer_new(0, &err);

	sketch_add(out, "{\"metadata\":{\"version\":1},\"nodes\":[");
	for (const struct sketch *row = rows; row->name; row++) {
		sketch_add(out, row == rows ? "{\"node_id\":" : ",{\"node_id\":");
		sketch_quote(out, row->name);
		sketch_add(out, ",\"name\":");
		sketch_quote(out, row->name);
		sketch_add(out, ",\"operator\":\"acme.step_0.1\",\"parameters\":{},"
				"\"type\":\"");
		sketch_add(out, sketch_type(row->type));
		sketch_add(out, "\",\"outputs\":[{\"name\":\"default\"}],\"inputs\":[");
		sketch_inputs(out, row->reads);
		sketch_add(out, "]}");
	}
	sketch_add(out, "]}");
	CHECK(flow_parse((struct text){ out->data, out->size }, flow, &err));
	buffer_drop(out);
}

/* n nodes in chains; one in `chain` begins, ends, joins or leaves one. */
static inline void
sketch_random(uint64_t *seed, size_t n, size_t chain, struct flow *flow,
	      struct arena *arena)
{
	struct sketch *rows = ARENA_ARRAY(arena, n + 1, struct sketch);

	for (size_t i = 0; i < n; i++) {
		const uint64_t kind = i ? random_below(seed, 5 * chain) : 0;
		const size_t from =
			i ? i - 1 - (kind < 5 ? random_below(seed, i) : 0) : 0;

		rows[i].type = kind == 0 ? 's' : kind == 1 ? 'a' : kind == 2 ? 'd' : 't';
		rows[i].name = arena_print(arena, "n%zu", i);
		if (kind == 3)
			rows[i].reads = arena_print(arena, "n%zu n%zu", from,
						    (size_t)random_below(seed, i));
		else if (kind)
			rows[i].reads = arena_print(arena, "n%zu", from);
	}
	sketch_flow(rows, flow);
}

/* Three sources, two joins, four destinations. */
static const struct sketch sketch_joins[] = {
	{ 's', "bookings.csv", NULL },
	{ 't', "Types", "bookings.csv" },
	{ 't', "Drop", "Types" },
	{ 't', "Impute", "Drop" },
	{ 'a', "Insight", "Impute" },
	{ 's', "countries.csv", NULL },
	{ 't', "Join", "Impute countries.csv" },
	{ 's', "weather.parquet", NULL },
	{ 't', "Cast", "weather.parquet" },
	{ 't', "Join2", "Join Cast" },
	{ 't', "One-hot", "Join2" },
	{ 't', "Scale", "One-hot" },
	{ 'd', "train.parquet", "Scale" },
	{ 'd', "test.parquet", "Scale" },
	{ 'd', "AutoML", "Scale" },
	{ 't', "Group", "Join2" },
	{ 'd', "monthly.csv", "Group" },
	{ 0 },
};

#endif
