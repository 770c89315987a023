/*
 * chart_numbers - the numbers of a chart as a table.
 *
 * A row for each group of rows that the chart tells apart: its facet, its colour, where it
 * is along x (a category, or a bin from .. to) and y, how many rows, and what was made of
 * them. Bins are those of chart_table(); where y is an axis as well, nothing is binned
 * beyond what the chart's mesh is.
 */
#include <math.h>
#include <stdio.h>

#include "widget/chart_parts.h"

enum { COLUMNS = 8 };

#define MICROS_OF_DAY 86400e6

/* Columns that grow together; fields say what stands in them. */
struct numbers {
	const struct chart_data *data;
	struct bins bins;
	bool is_binned;
	struct schema *schema;
	struct arena *arena;
	size_t n;
	struct build builds[COLUMNS];
};

/* A group: cells that are put together. */
struct group {
	const struct chart_cell *cell; /* the first of them */
	int bin;                       /* of x */
	struct total total;
};

/* --- columns --- */

static void
add_column(struct numbers *numbers, const char *name, enum type type)
{
	schema_add(numbers->schema, arena_text(numbers->arena, name), type,
		   numbers->arena);
	build_start(&numbers->builds[numbers->n++], type, numbers->data->n);
}

static enum type
type_of(const struct chart_axis *axis)
{
	if (axis->channel.kind == CHANNEL_CLASS)
		return TYPE_STRING;
	return axis->channel.type & TYPE_TEMPORAL ? axis->channel.type : TYPE_FLOAT;
}

static void
add_axis(struct numbers *numbers, const struct chart_axis *axis, bool is_binned)
{
	const char *name = axis->channel.name;

	if (!is_binned) {
		add_column(numbers, name, type_of(axis));
		return;
	}
	add_column(numbers, arena_print(numbers->arena, "%s from", name), type_of(axis));
	add_column(numbers, arena_print(numbers->arena, "%s to", name), type_of(axis));
}

static bool
has_axis(const struct chart_axis *axis)
{
	return axis->channel.kind == CHANNEL_CLASS || axis->channel.kind == CHANNEL_PLACE;
}

static void
add_columns(struct numbers *numbers)
{
	const struct chart_data *data = numbers->data;

	if (data->facet.n)
		add_axis(numbers, &data->facet, false);
	if (data->colour.n)
		add_axis(numbers, &data->colour, false);
	add_axis(numbers, &data->x, numbers->is_binned);
	if (has_axis(&data->y))
		add_axis(numbers, &data->y, false);
	add_column(numbers, "rows", TYPE_LONG);
	if (data->plan.agg != AGG_COUNT)
		add_column(numbers,
			   arena_print(numbers->arena, "%s of %s",
				       chart_aggs[data->plan.agg],
				       data->plan.y.name ? data->plan.y.name : ""),
			   TYPE_FLOAT);
}

/* --- cells --- */

static void
put_class(struct build *build, const struct chart_axis *axis, size_t class)
{
	if (class >= axis->n || axis->classes[class].is_missing)
		build_null(build);
	else
		build_text(build, text_of(axis->classes[class].name));
}

/* A place of an axis; times are microseconds. */
static void
put_value(struct build *build, const struct chart_axis *axis, double value)
{
	const enum type type = type_of(axis);

	if (type == TYPE_FLOAT)
		build_float(build, value);
	else if (!(fabs(value) < 9e18))
		build_null(build);
	else if (type == TYPE_DATE)
		build_date(build, (int32_t)floor(value / MICROS_OF_DAY));
	else
		build_long(build, (int64_t)value);
}

static void
put_step(struct build *build, const struct chart_axis *axis, int64_t step)
{
	if (axis->channel.kind == CHANNEL_CLASS)
		put_class(build, axis, (size_t)step);
	else if (step == CELL_MISSING)
		build_null(build);
	else
		put_value(build, axis, chart_value(axis, step));
}

/* What is off the axis begins where that ends. */
static void
put_bin(struct build *from, struct build *to, const struct numbers *numbers,
	const struct group *group)
{
	const struct chart_axis *x = &numbers->data->x;
	const struct bins *bins = &numbers->bins;

	if (group->bin >= 0) {
		put_value(from, x, chart_value(x, bins->edges[group->bin]));
		put_value(to, x, chart_value(x, bins->edges[group->bin + 1]));
		return;
	}
	if (group->cell->x == CELL_MISSING || !bins->n)
		build_null(from);
	else
		put_value(from, x, chart_value(x, bins->edges[bins->n]));
	build_null(to);
}

static void
put_group(struct numbers *numbers, const struct group *group)
{
	const struct chart_data *data = numbers->data;
	struct build *build = numbers->builds;

	if (data->facet.n)
		put_class(build++, &data->facet, group->cell->facet);
	if (data->colour.n)
		put_class(build++, &data->colour, group->cell->colour);
	if (numbers->is_binned) {
		put_bin(build, build + 1, numbers, group);
		build += 2;
	} else {
		put_step(build++, &data->x, group->cell->x);
	}
	if (has_axis(&data->y))
		put_step(build++, &data->y, group->cell->y);
	build_long(build++, (int64_t)group->total.rows);
	if (data->plan.agg != AGG_COUNT) {
		const double value = total_value(&group->total, data->plan.agg);

		if (isnan(value))
			build_null(build);
		else
			build_float(build, value);
	}
}

/* --- groups --- */

static bool
is_together(const struct numbers *numbers, const struct group *group,
	    const struct chart_cell *cell, int bin)
{
	const struct chart_cell *first = group->cell;

	return first && first->facet == cell->facet && first->colour == cell->colour &&
	       (first->x == CELL_MISSING) == (cell->x == CELL_MISSING) &&
	       (numbers->is_binned ? group->bin == bin : first->x == cell->x) &&
	       (!has_axis(&numbers->data->y) || first->y == cell->y);
}

/* Cells stand in the order of facet, colour, x and y: those of a group are neighbours. */
static size_t
put_groups(struct numbers *numbers)
{
	const struct chart_data *data = numbers->data;
	struct group group = { 0 };
	size_t n = 0;

	for (size_t i = 0; i < data->n; i++) {
		const struct chart_cell *cell = &data->cells[i];
		const int bin =
			numbers->is_binned ? bins_find(&numbers->bins, cell->x) : -1;

		if (!is_together(numbers, &group, cell, bin)) {
			if (n++)
				put_group(numbers, &group);
			group = (struct group){ .cell = cell, .bin = bin };
		}
		total_add(&group.total, cell);
	}
	if (n)
		put_group(numbers, &group);
	return n;
}

static size_t
put_pairs(struct numbers *numbers)
{
	const struct chart_pairs *pairs = &numbers->data->pairs;

	add_column(numbers, "a", TYPE_STRING);
	add_column(numbers, "b", TYPE_STRING);
	add_column(numbers, "r", TYPE_FLOAT);
	add_column(numbers, "rows", TYPE_LONG);
	for (size_t i = 0; i < pairs->n; i++)
		for (size_t k = 0; k < i; k++) {
			const size_t at = i * pairs->n + k;

			build_text(&numbers->builds[0], text_of(pairs->names[k]));
			build_text(&numbers->builds[1], text_of(pairs->names[i]));
			if (isnan(pairs->r[at]))
				build_null(&numbers->builds[2]);
			else
				build_float(&numbers->builds[2], pairs->r[at]);
			build_long(&numbers->builds[3], (int64_t)pairs->rows[at]);
		}
	return pairs->n ? pairs->n * (pairs->n - 1) / 2 : 0;
}

/* --- the table --- */

static struct batch *
end(struct numbers *numbers, size_t rows, struct error *err)
{
	struct batch *batch = batch_new(numbers->n, rows, err);
	bool ok = batch != NULL;

	for (size_t i = 0; i < numbers->n; i++) {
		struct column *column = ok ? build_end(&numbers->builds[i], err) : NULL;

		if (!ok)
			build_discard(&numbers->builds[i]);
		else if (column)
			batch_take(batch, i, column);
		ok = ok && column;
	}
	if (ok)
		return batch;
	batch_free(batch);
	return NULL;
}

struct batch *
chart_numbers(const struct chart_data *data, struct schema *schema, struct arena *arena,
	      struct error *err)
{
	struct numbers numbers = { .data = data, .schema = schema, .arena = arena };
	size_t rows;

	*schema = (struct schema){ 0 };
	if (data->plan.mark == MARK_CORRELATION)
		return end(&numbers, put_pairs(&numbers), err);
	numbers.is_binned = data->x.channel.kind == CHANNEL_PLACE && !has_axis(&data->y);
	if (numbers.is_binned)
		chart_table_bins(data, &numbers.bins);
	add_columns(&numbers);
	rows = put_groups(&numbers);
	return end(&numbers, rows, err);
}
