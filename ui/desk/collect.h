/*
 * collect.h - rows become the numbers of a chart.
 *
 * Batches come in order, in any sizes; at any time chart_data can be made of what came so
 * far. What is held is bounded: mesh.h, a number of categories (the rest is counted
 * together), moments for pairs of columns.
 */
#ifndef DESK_COLLECT_H
#define DESK_COLLECT_H

#include "data/batch.h"
#include "desk/chart_data.h"

enum {
	COLLECT_CLASSES = 1024, /* of x and y */
	COLLECT_COLOURS = 64,   /* of colour and facet */
	COLLECT_PAIRED = 40,    /* columns of a correlation */
};

struct collect;

/* Columns that a spec reads; an empty list: all (a correlation). */
void collect_columns(const struct chart_spec *spec, struct names *out,
		     struct arena *arena);

/* spec and schema are copied. */
CHECKED bool collect_new(const struct chart_spec *spec, const struct schema *schema,
			 struct collect **out, struct error *err);
void collect_free(struct collect *collect); /* NULL is fine */

CHECKED bool collect_add(struct collect *collect, const struct batch *batch,
			 struct error *err);
uint64_t collect_rows(const struct collect *collect);

/* What came so far. */
void collect_settle(const struct collect *collect, struct chart_data *out);

#endif
