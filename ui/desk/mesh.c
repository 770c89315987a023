/*
 * mesh - a hash table of cells; ladders of steps.
 */
#include "desk/mesh.h"

#include <math.h>
#include <stdlib.h>

#include "base/memory.h"

enum { FIRST_ROOM = 1024, SAMPLE = 512 };

/* Microseconds. */
static const double times[] = { 1, 1e3, 1e6, 60e6, 3600e6, 86400e6 };
enum { TIMES = sizeof times / sizeof *times };

static double
ten_to(int level)
{
	static const double powers[] = { 1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
					 1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
					 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22 };

	return level < (int)(sizeof powers / sizeof *powers) ? powers[level]
							     : pow(10, level);
}

double
steps_width(const struct steps_of *steps)
{
	const int level = steps->level;

	switch (steps->ladder) {
	case LADDER_TEN:
		return level < 0 ? 1 / ten_to(-level) : ten_to(level);
	case LADDER_TWO:
		return ldexp(1, level);
	case LADDER_TIME:
		return level < TIMES ? times[level]
				     : times[TIMES - 1] * ten_to(level - TIMES + 1);
	default:
		return 1;
	}
}

double
steps_value(const struct steps_of *steps, int64_t step)
{
	/* a power of ten below one has no exact double, its inverse has */
	if (steps->ladder == LADDER_TEN && steps->level < 0)
		return (double)step / ten_to(-steps->level);
	return (double)step * steps_width(steps);
}

int64_t
steps_find(const struct steps_of *steps, double value)
{
	double place, whole;

	if (steps->ladder == LADDER_TEN && steps->level < 0)
		place = value * ten_to(-steps->level);
	else
		place = value / steps_width(steps);
	if (!(place < (double)STEP_FAR))
		return STEP_FAR;
	if (!(place > -(double)STEP_FAR))
		return -STEP_FAR;
	whole = nearbyint(place);
	if (fabs(place - whole) > 4e-16 * fmax(fabs(place), 1))
		whole = floor(place);
	return (int64_t)whole;
}

static int
compare_doubles(const void *a, const void *b)
{
	const double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

bool
steps_begin(struct steps_of *steps, bool whole, const double *values, size_t n, int bits)
{
	double sizes[SAMPLE], usual;
	const size_t stride = n / SAMPLE + 1;
	size_t m = 0;

	for (size_t i = 0; i < n; i += stride)
		if (isfinite(values[i]))
			sizes[m++] = fabs(values[i]);
	if (m == 0)
		return false;
	if (steps->ladder != LADDER_TEN && steps->ladder != LADDER_TWO)
		return true;
	qsort(sizes, m, sizeof *sizes, compare_doubles);
	usual = sizes[m - 1 - m / 50];
	if (usual < 1e-300)
		usual = 1;
	if (steps->ladder == LADDER_TWO)
		steps->level = ilogb(usual) + 1 - bits;
	else
		steps->level = (int)ceil(log10(usual) - bits * 0.30103);
	if (whole && steps->level < 0)
		steps->level = 0;
	return true;
}

static int64_t
floor_divide(int64_t a, int64_t b)
{
	const int64_t q = a / b;

	return q - (a % b < 0);
}

static int64_t
wider(const struct steps_of *from, const struct steps_of *to, int64_t step)
{
	const double factor = steps_width(to) / steps_width(from);

	if (step >= STEP_FAR || step <= -STEP_FAR || factor == 1)
		return step;
	if (factor >= (double)STEP_FAR)
		return step < 0 ? -1 : 0;
	return floor_divide(step, (int64_t)nearbyint(factor));
}

static size_t
hash(const struct spot *spot)
{
	uint64_t h = spot->group * UINT64_C(0x9e3779b97f4a7c15);

	h = (h ^ (uint64_t)spot->x) * UINT64_C(0xff51afd7ed558ccd);
	h ^= h >> 32;
	h = (h ^ (uint64_t)spot->y) * UINT64_C(0xc4ceb9fe1a85ec53);
	return (size_t)(h ^ h >> 29);
}

/* The slot of a spot, or the empty one where it goes. */
static struct mesh_cell *
slot_of(const struct mesh *mesh, const struct spot *spot)
{
	size_t at = hash(spot) & (mesh->room - 1);

	for (;; at = (at + 1) & (mesh->room - 1)) {
		struct mesh_cell *slot = &mesh->slots[at];

		if (slot->rows == 0 ||
		    (slot->spot.group == spot->group && slot->spot.x == spot->x &&
		     slot->spot.y == spot->y))
			return slot;
	}
}

static void
put_together(struct mesh *mesh, const struct mesh_cell *from)
{
	struct mesh_cell *to = slot_of(mesh, &from->spot);

	if (to->rows == 0) {
		*to = *from;
		mesh->n++;
		return;
	}
	to->rows += from->rows;
	to->values += from->values;
	to->sum += from->sum;
	to->low = fmin(to->low, from->low);
	to->high = fmax(to->high, from->high);
}

/* All cells into a table of so much room, on wider steps. */
static bool
rebuild(struct mesh *mesh, size_t room, const struct steps_of *x,
	const struct steps_of *y, struct error *err)
{
	struct mesh old = *mesh;

	mesh->slots = memory_alloc(room * sizeof *mesh->slots, err);
	if (!mesh->slots) {
		mesh->slots = old.slots;
		return false;
	}
	mesh->room = room;
	mesh->n = 0;
	mesh->x = *x;
	mesh->y = *y;
	for (size_t i = 0; i < old.room; i++) {
		struct mesh_cell *slot = &old.slots[i];

		if (slot->rows == 0)
			continue;
		slot->spot.x = wider(&old.x, x, slot->spot.x);
		slot->spot.y = wider(&old.y, y, slot->spot.y);
		put_together(mesh, slot);
	}
	memory_free(old.slots, old.room * sizeof *old.slots);
	return true;
}

static int
compare_steps(const void *a, const void *b)
{
	const int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

/* Steps between the tenths at both ends. */
static double
spread(const struct mesh *mesh, bool of_y)
{
	int64_t steps[SAMPLE];
	const size_t stride = mesh->room / SAMPLE + 1;
	size_t n = 0;

	for (size_t i = 0; i < mesh->room; i += stride)
		if (mesh->slots[i].rows)
			steps[n++] = of_y ? mesh->slots[i].spot.y : mesh->slots[i].spot.x;
	if (n == 0)
		return 0;
	qsort(steps, n, sizeof *steps, compare_steps);
	return (double)steps[n - 1 - n / 10] - (double)steps[n / 10];
}

/* Wider steps on the axis that has more of them. */
static bool
widen(struct mesh *mesh, struct error *err)
{
	struct steps_of x = mesh->x, y = mesh->y;
	const bool has_x = x.ladder != LADDER_NONE, has_y = y.ladder != LADDER_NONE;

	if (has_y && (!has_x || spread(mesh, true) > spread(mesh, false)))
		y.level++;
	else
		x.level++;
	return rebuild(mesh, mesh->room, &x, &y, err);
}

static bool
make_room(struct mesh *mesh, struct error *err)
{
	const bool widens = mesh->x.ladder || mesh->y.ladder;
	int times_widened = 0;

	while (widens && mesh->n >= mesh->most && times_widened++ < 64)
		if (!widen(mesh, err))
			return false;
	if (mesh->n >= mesh->most && mesh->n >= ((size_t)1 << 20))
		return fail(err, "there are too many different groups for a chart");
	if (mesh->n * 2 < mesh->room)
		return true;
	return rebuild(mesh, mesh->room ? mesh->room * 2 : FIRST_ROOM, &mesh->x, &mesh->y,
		       err);
}

bool
mesh_add(struct mesh *mesh, const struct spot *spot, double value, struct error *err)
{
	struct spot at = *spot;
	struct mesh_cell *slot;
	struct mesh_cell row = { .rows = 1,
				 .values = !isnan(value),
				 .sum = isnan(value) ? 0 : value,
				 .low = value,
				 .high = value };

	if (mesh->n * 2 >= mesh->room || mesh->n >= mesh->most) {
		const struct steps_of x = mesh->x, y = mesh->y;

		if (!make_room(mesh, err))
			return false;
		at.x = wider(&x, &mesh->x, at.x);
		at.y = wider(&y, &mesh->y, at.y);
	}
	row.spot = at;
	slot = slot_of(mesh, &at);
	if (slot->rows && !row.values)
		slot->rows++;
	else
		put_together(mesh, &row);
	return true;
}

void
mesh_release(struct mesh *mesh)
{
	memory_free(mesh->slots, mesh->room * sizeof *mesh->slots);
	mesh->slots = NULL;
	mesh->n = mesh->room = 0;
}
