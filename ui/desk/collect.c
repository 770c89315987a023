/*
 * collect - channels of each batch as categories, places and values; rows into cells.
 */
#include "desk/collect.h"

#include <math.h>
#include <stdlib.h>

#include "desk/classes.h"
#include "desk/pairs.h"

/* A channel as it is being collected. */
struct side {
	struct channel channel;
	struct classes classes;
	bool has_classes, has_begun;
	double low, high;
	uint64_t missing, refused;
	/* of the batch at hand */
	uint32_t *numbers;
	double *values; /* as on the axis; NaN: missing */
};

enum { X, Y, COLOUR, FACET, SIDES };
enum {
	/* Bits of the places that an axis begins with, alone and beside another one. */
	BITS_ALONE = 28,
	BITS_BESIDE = 18,
	CELLS_MOST = 1 << 16, /* that are held, if only x has places */
};

struct collect {
	struct arena arena;
	struct chart_spec spec;
	struct chart_plan plan;
	struct side sides[SIDES];
	struct mesh mesh;
	struct pair_sums both; /* of x and y */
	double first_x, first_y;
	struct pairs pairs;
	uint64_t rows;
	struct buffer *room; /* what the sides' arrays lie in */
};

void
collect_columns(const struct chart_spec *spec, struct names *out, struct arena *arena)
{
	const char *const all[] = { spec->x, spec->y, spec->colour, spec->facet };

	*out = (struct names){ 0 };
	if (spec->mark == MARK_CORRELATION ||
	    (spec->mark == MARK_AUTO && (!spec->x || !*spec->x)))
		return;
	for (size_t i = 0; i < COUNT(all); i++)
		if (all[i] && *all[i] && !names_has(out, all[i]))
			names_add(out, all[i], arena);
}

static const char *
keep(struct arena *arena, const char *name)
{
	return arena_text(arena, name ? name : "");
}

static enum ladder
ladder_of(const struct collect *collect, size_t side)
{
	const struct channel *channel = &collect->sides[side].channel;

	if (channel->kind != CHANNEL_PLACE)
		return LADDER_NONE;
	if (channel->type & TYPE_TEMPORAL)
		return LADDER_TIME;
	return collect->plan.mark == MARK_SCATTER || collect->plan.mark == MARK_LINE
		       ? LADDER_TWO
		       : LADDER_TEN;
}

static bool
start_side(struct side *side, const struct channel *channel, size_t most,
	   struct arena *arena, struct error *err)
{
	side->channel = *channel;
	side->channel.name = keep(arena, channel->name);
	side->low = side->high = NAN;
	if (channel->kind != CHANNEL_CLASS)
		return true;
	side->has_classes = true;
	return classes_init(&side->classes, most, err);
}

static bool
start(struct collect *collect, const struct schema *schema, struct error *err)
{
	struct chart_plan *plan = &collect->plan;
	struct arena *arena = &collect->arena;

	if (!chart_resolve(&collect->spec, schema, plan, err))
		return false;
	if (plan->mark == MARK_CORRELATION) {
		pairs_init(&collect->pairs, schema, COLLECT_PAIRED, arena);
		return collect->pairs.n > 1 ||
		       fail(err, "correlation: there are no two columns of numbers");
	}
	if (!start_side(&collect->sides[X], &plan->x, COLLECT_CLASSES, arena, err) ||
	    !start_side(&collect->sides[Y], &plan->y, COLLECT_CLASSES, arena, err) ||
	    !start_side(&collect->sides[COLOUR], &plan->colour, COLLECT_COLOURS, arena,
			err) ||
	    !start_side(&collect->sides[FACET], &plan->facet, COLLECT_COLOURS, arena,
			err))
		return false;
	collect->mesh.x.ladder = ladder_of(collect, X);
	collect->mesh.y.ladder = ladder_of(collect, Y);
	collect->mesh.most = collect->mesh.y.ladder ? 2 * CELLS_MOST : CELLS_MOST;
	return true;
}

bool
collect_new(const struct chart_spec *spec, const struct schema *schema,
	    struct collect **out, struct error *err)
{
	struct collect *collect = calloc(1, sizeof *collect);

	*out = NULL;
	if (!collect)
		return fail(err, "out of memory");
	collect->spec = chart_spec_copy(spec, &collect->arena);
	collect->first_x = collect->first_y = NAN;
	collect->room = buffer_new(0, err);
	if (!collect->room || !start(collect, schema, err)) {
		collect_free(collect);
		return false;
	}
	*out = collect;
	return true;
}

void
collect_free(struct collect *collect)
{
	if (!collect)
		return;
	for (size_t i = 0; i < SIDES; i++)
		if (collect->sides[i].has_classes)
			classes_release(&collect->sides[i].classes);
	mesh_release(&collect->mesh);
	buffer_drop(collect->room);
	arena_release(&collect->arena);
	free(collect);
}

uint64_t
collect_rows(const struct collect *collect)
{
	return collect->rows;
}

/* A value as a double; times in microseconds; NaN: missing. */
static double
number_of(const struct column *column, size_t row)
{
	if (column_is_null(column, row))
		return NAN;
	switch (column->type) {
	case TYPE_LONG:
	case TYPE_DATETIME:
		return (double)column_longs(column)[row];
	case TYPE_FLOAT:
		return column_floats(column)[row];
	case TYPE_DATE:
		return (double)column_ints(column)[row] * 86400e6;
	default:
		return NAN;
	}
}

static void
read_values(struct side *side, const struct column *column)
{
	for (size_t row = 0; row < column->rows; row++) {
		double value = number_of(column, row);

		side->missing += isnan(value);
		if (side->channel.log && value <= 0) {
			side->refused++;
			value = NAN;
		}
		if (!isnan(value)) {
			side->low = fmin(side->low, value);
			side->high = fmax(side->high, value);
		}
		side->values[row] = side->channel.log ? log10(value) : value;
	}
}

static bool
read_side(struct side *side, const struct batch *batch, struct error *err)
{
	if (side->channel.kind == CHANNEL_NONE)
		return true;
	if (side->channel.kind == CHANNEL_CLASS)
		return classes_find(&side->classes, batch->at[side->channel.at],
				    side->numbers, err);
	read_values(side, batch->at[side->channel.at]);
	return true;
}

/* Arrays for a batch of so many rows. */
static bool
make_room(struct collect *collect, size_t rows, struct error *err)
{
	const size_t each = rows * sizeof(double);
	char *at;

	if (!buffer_resize(collect->room, each * SIDES * 2, err))
		return false;
	at = collect->room->data;
	for (size_t i = 0; i < SIDES; i++, at += 2 * each) {
		collect->sides[i].values = (double *)(void *)at;
		collect->sides[i].numbers = (uint32_t *)(void *)(at + each);
	}
	return true;
}

/* Choose the first steps by the first values there are. */
static void
begin_steps(struct side *side, struct steps_of *steps, size_t rows, int bits)
{
	const bool whole = side->channel.type == TYPE_LONG && !side->channel.log;

	if (!side->has_begun && steps->ladder != LADDER_NONE)
		side->has_begun = steps_begin(steps, whole, side->values, rows, bits);
}

static int64_t
spot_on(const struct side *side, const struct steps_of *steps, size_t row)
{
	switch (side->channel.kind) {
	case CHANNEL_CLASS:
		return side->numbers[row];
	case CHANNEL_PLACE:
		return isnan(side->values[row]) ? CELL_MISSING
						: steps_find(steps, side->values[row]);
	default:
		return 0;
	}
}

static void
relate(struct collect *collect, double x, double y)
{
	if (!isfinite(x) || !isfinite(y))
		return;
	if (isnan(collect->first_x)) {
		collect->first_x = x;
		collect->first_y = y;
	}
	pair_add(&collect->both, x - collect->first_x, y - collect->first_y);
}

static bool
add_row(struct collect *collect, size_t row, struct error *err)
{
	const struct side *x = &collect->sides[X], *y = &collect->sides[Y];
	const struct side *colour = &collect->sides[COLOUR];
	const struct side *facet = &collect->sides[FACET];
	const bool is_plain =
		y->channel.kind != CHANNEL_PLACE && collect->plan.mark != MARK_LINE;
	struct spot spot = { .x = spot_on(x, &collect->mesh.x, row),
			     .y = spot_on(y, &collect->mesh.y, row) };

	if (spot.y == CELL_MISSING || (spot.x == CELL_MISSING && !is_plain))
		return true; /* counted on its axis */
	if (x->channel.kind == CHANNEL_PLACE && y->channel.kind == CHANNEL_PLACE)
		relate(collect, x->values[row], y->values[row]);
	if (colour->has_classes)
		spot.group = colour->numbers[row];
	if (facet->has_classes)
		spot.group |= facet->numbers[row] << 16;
	return mesh_add(&collect->mesh, &spot,
			y->channel.kind == CHANNEL_VALUE ? y->values[row] : NAN, err);
}

bool
collect_add(struct collect *collect, const struct batch *batch, struct error *err)
{
	collect->rows += batch->rows;
	if (collect->plan.mark == MARK_CORRELATION) {
		pairs_add(&collect->pairs, batch);
		return true;
	}
	if (!make_room(collect, batch->rows, err))
		return false;
	for (size_t i = 0; i < SIDES; i++)
		if (!read_side(&collect->sides[i], batch, err))
			return false;
	begin_steps(&collect->sides[X], &collect->mesh.x, batch->rows,
		    collect->mesh.y.ladder ? BITS_BESIDE : BITS_ALONE);
	begin_steps(&collect->sides[Y], &collect->mesh.y, batch->rows,
		    collect->mesh.x.ladder ? BITS_BESIDE : BITS_ALONE);
	for (size_t row = 0; row < batch->rows; row++)
		if (!add_row(collect, row, err))
			return false;
	return true;
}

static void
settle_side(const struct side *side, const struct steps_of *steps, bool by_value,
	    struct chart_axis *axis, uint32_t **places, struct arena *arena)
{
	*places = NULL;
	*axis = (struct chart_axis){ .channel = side->channel,
				     .steps = *steps,
				     .low = side->low,
				     .high = side->high,
				     .missing = side->missing,
				     .refused = side->refused };
	axis->channel.name = keep(arena, side->channel.name);
	if (!side->has_classes)
		return;
	axis->n = side->classes.n;
	axis->classes = classes_sorted(&side->classes, by_value, places, arena);
	if (side->classes.missing)
		axis->missing = side->classes.at[side->classes.missing - 1].rows;
}

static int
compare_cells(const void *a, const void *b)
{
	const struct chart_cell *p = a, *q = b;

	if (p->facet != q->facet)
		return p->facet < q->facet ? -1 : 1;
	if (p->colour != q->colour)
		return p->colour < q->colour ? -1 : 1;
	if (p->x != q->x)
		return p->x < q->x ? -1 : 1;
	return (p->y > q->y) - (p->y < q->y);
}

static int64_t
placed(const uint32_t *places, int64_t at)
{
	return places ? (int64_t)places[at] : at;
}

static void
settle_cells(const struct collect *collect, uint32_t *const *places,
	     struct chart_data *out)
{
	out->cells = ARENA_ARRAY(&out->arena, collect->mesh.n + 1, struct chart_cell);
	for (size_t i = 0; i < collect->mesh.room; i++) {
		const struct mesh_cell *slot = &collect->mesh.slots[i];

		if (slot->rows == 0)
			continue;
		out->cells[out->n++] = (struct chart_cell){
			.facet = (uint32_t)placed(places[FACET], slot->spot.group >> 16),
			.colour = (uint32_t)placed(places[COLOUR],
						   slot->spot.group & 0xffff),
			.x = placed(places[X], slot->spot.x),
			.y = placed(places[Y], slot->spot.y),
			.rows = slot->rows,
			.values = slot->values,
			.sum = slot->sum,
			.low = slot->low,
			.high = slot->high,
		};
	}
	qsort(out->cells, out->n, sizeof *out->cells, compare_cells);
}

/* Rows on a step of an axis. */
struct share {
	int64_t step;
	uint64_t rows;
};

static int
compare_shares(const void *a, const void *b)
{
	const struct share *x = a, *y = b;

	return (x->step > y->step) - (x->step < y->step);
}

/* The step at which so many rows (a share of all) are reached. */
static int64_t
reach(const struct share *shares, size_t n, uint64_t all, double share)
{
	const double wanted = ceil(share * (double)all);
	uint64_t rows = 0;

	for (size_t i = 0; i < n; i++) {
		rows += shares[i].rows;
		if ((double)rows >= wanted)
			return shares[i].step;
	}
	return n ? shares[n - 1].step : 0;
}

static void
settle_quantiles(const struct chart_data *data, bool of_y, struct chart_axis *axis)
{
	struct arena arena = { 0 };
	struct share *shares = ARENA_ARRAY(&arena, data->n + 1, struct share);
	size_t n = 0;

	for (size_t i = 0; i < data->n; i++) {
		const struct chart_cell *cell = &data->cells[i];
		const int64_t step = of_y ? cell->y : cell->x;

		if (step == CELL_MISSING)
			continue;
		shares[n++] = (struct share){ step, cell->rows };
		axis->rows += cell->rows;
	}
	qsort(shares, n, sizeof *shares, compare_shares);
	axis->first = reach(shares, n, axis->rows, 0);
	axis->q01 = reach(shares, n, axis->rows, 0.01);
	axis->q25 = reach(shares, n, axis->rows, 0.25);
	axis->q50 = reach(shares, n, axis->rows, 0.5);
	axis->q75 = reach(shares, n, axis->rows, 0.75);
	axis->q99 = reach(shares, n, axis->rows, 0.99);
	axis->last = reach(shares, n, axis->rows, 1);
	arena_release(&arena);
}

void
collect_settle(const struct collect *collect, struct chart_data *out)
{
	static const struct steps_of none = { LADDER_NONE, 0 };
	const bool crossed = collect->plan.mark == MARK_HEAT;
	struct arena *arena = &out->arena;
	uint32_t *places[SIDES];

	*out = (struct chart_data){ .rows = collect->rows, .plan = collect->plan };
	out->spec = chart_spec_copy(&collect->spec, arena);
	settle_side(&collect->sides[X], &collect->mesh.x, crossed, &out->x, &places[X],
		    arena);
	settle_side(&collect->sides[Y], &collect->mesh.y, crossed, &out->y, &places[Y],
		    arena);
	settle_side(&collect->sides[COLOUR], &none, true, &out->colour, &places[COLOUR],
		    arena);
	settle_side(&collect->sides[FACET], &none, true, &out->facet, &places[FACET],
		    arena);
	out->plan.x = out->x.channel;
	out->plan.y = out->y.channel;
	out->plan.colour = out->colour.channel;
	out->plan.facet = out->facet.channel;
	settle_cells(collect, places, out);
	if (out->x.channel.kind == CHANNEL_PLACE)
		settle_quantiles(out, false, &out->x);
	if (out->y.channel.kind == CHANNEL_PLACE)
		settle_quantiles(out, true, &out->y);
	out->r = pair_r(&collect->both);
	pairs_settle(&collect->pairs, &out->pairs, arena);
}
