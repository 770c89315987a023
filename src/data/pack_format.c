/*
 * pack_format - what a record looks like.
 *
 * A new format takes in what the last one could hold, with room to spare on both sides,
 * so that a table's pages agree on one after a few.
 */
#include <stdlib.h>

#include "data/pack_parts.h"

enum { TRIED = 64 }; /* formats looked at, from the last one back */

static uint64_t
most_of(unsigned width)
{
	return width == 0 ? 0 : width >= 8 ? UINT64_MAX : (UINT64_C(1) << 8 * width) - 1;
}

static unsigned
width_for(uint64_t range)
{
	return range == 0            ? 0
	       : range <= UINT8_MAX  ? 1
	       : range <= UINT16_MAX ? 2
	       : range <= UINT32_MAX ? 4
				     : 8;
}

static bool
holds(const struct spot *f, int64_t low, int64_t high)
{
	return low > high || f->width == 8 ||
	       (low >= f->base &&
		(uint64_t)high - (uint64_t)f->base <= most_of(f->width));
}

/* Values of one scale as those of a larger one; false: they would not be exact. */
static bool
rescale(int64_t *low, int64_t *high, unsigned from, unsigned to)
{
	const int64_t most = INT64_C(1) << 48; /* below SCALED_MOST */

	for (; from < to && *low <= *high; from++) {
		if (*low < -most / 10 || *high > most / 10)
			return false;
		*low *= 10;
		*high *= 10;
	}
	return true;
}

bool
object_is_like(const struct column *a, const struct column *b)
{
	bool like = a->type == b->type && a->is_vector == b->is_vector &&
		    a->n_children == b->n_children &&
		    (a->type != TYPE_OBJECT || a->layout == b->layout);

	for (size_t i = 0; like && i < a->n_children; i++)
		like = a->children[i] && b->children[i] &&
		       object_is_like(a->children[i], b->children[i]) &&
		       (!a->names || !b->names || strcmp(a->names[i], b->names[i]) == 0);
	return like;
}

static bool
fits(const struct spot *f, const struct need *need)
{
	int64_t low = need->low, high = need->high;

	if (need->nulls && f->there == NO_BIT)
		return false;
	switch (f->kind) {
	case SPOT_RAW:
		return need->kind == SPOT_RAW || need->kind == SPOT_SCALED;
	case SPOT_SCALED:
		return need->kind == SPOT_SCALED && need->scale <= f->scale &&
		       rescale(&low, &high, need->scale, f->scale) && holds(f, low, high);
	case SPOT_INT:
	case SPOT_CODE:
		return need->kind == f->kind && holds(f, low, high);
	case SPOT_INLINE:
		return need->kind == f->kind && high < (int64_t)f->width;
	case SPOT_TAIL:
		return (need->kind == f->kind || need->kind == SPOT_INLINE) &&
		       need->tail <= most_of(f->width);
	case SPOT_OBJECT:
		return need->kind == f->kind && need->tail <= most_of(f->width) &&
		       object_is_like(f->model, need->column);
	default:
		return need->kind == f->kind;
	}
}

/* Base and width for the values there were, with as much room below as above. */
static void
set_range(struct spot *f)
{
	uint64_t range = f->low > f->high ? 0 : (uint64_t)f->high - (uint64_t)f->low;
	uint64_t room;

	f->width = width_for(range);
	f->base = f->low > f->high || f->width == 8 ? 0 : f->low;
	if (f->width == 0 || f->width == 8)
		return;
	room = (most_of(f->width) - range) / 2;
	f->base = f->low < INT64_MIN + (int64_t)room ? INT64_MIN : f->low - (int64_t)room;
}

static void
widen(struct spot *f, int64_t low, int64_t high)
{
	if (low > high)
		return;
	if (f->low > f->high) {
		f->low = low;
		f->high = high;
	}
	f->low = low < f->low ? low : f->low;
	f->high = high > f->high ? high : f->high;
}

static bool
set_scaled(struct spot *f, const struct need *need)
{
	int64_t low = need->low, high = need->high;
	unsigned scale = f->scale > need->scale ? f->scale : need->scale;

	if (!rescale(&f->low, &f->high, f->scale, scale) ||
	    !rescale(&low, &high, need->scale, scale))
		return false;
	f->scale = scale;
	widen(f, low, high);
	set_range(f);
	return f->width < 8;
}

/* Out of what the last format could hold (or nothing) and what is needed now. */
static bool
set_spot(struct spot *f, const struct spot *last, const struct need *need,
	 struct error *err)
{
	bool nulls = need->nulls || (last && last->there != NO_BIT);

	*f = (struct spot){ .kind = need->kind,
			    .type = need->column ? need->column->type : 0,
			    .there = nulls ? 0 : NO_BIT,
			    .bit = need->kind == SPOT_BIT ? 0 : NO_BIT,
			    .low = 1 };
	if (last && last->kind == need->kind) {
		f->low = last->low;
		f->high = last->high;
		f->scale = last->scale;
	}
	if (last && need->kind == SPOT_SCALED && last->kind == SPOT_RAW)
		f->kind = SPOT_RAW;
	if (last && need->kind == SPOT_INLINE && last->kind == SPOT_TAIL)
		f->kind = SPOT_TAIL;
	if (f->kind == SPOT_SCALED && !set_scaled(f, need))
		f->kind = SPOT_RAW;
	switch (f->kind) {
	case SPOT_INT:
		widen(f, need->low, need->high);
		set_range(f);
		return true;
	case SPOT_CODE:
		widen(f, 0, need->high);
		f->width = need->high <= UINT8_MAX ? 1 : need->high <= UINT16_MAX ? 2 : 4;
		return true;
	case SPOT_RAW:
		f->width = 8;
		return true;
	case SPOT_INLINE:
		widen(f, 0, need->high);
		f->width = (unsigned)f->high + 1;
		return true;
	case SPOT_TAIL:
	case SPOT_OBJECT:
		f->width = need->tail <= UINT32_MAX ? 4 : 8;
		if (f->kind == SPOT_OBJECT)
			f->model = column_slice(need->column, 0, 0, err);
		return f->kind == SPOT_TAIL || f->model;
	default:
		return true;
	}
}

/* Bits first, then the spots. */
static void
lay_out(struct format *format)
{
	int bits = 0;

	for (size_t i = 0; i < format->n; i++) {
		struct spot *f = &format->spots[i];

		if (f->there != NO_BIT)
			f->there = bits++;
		if (f->bit != NO_BIT)
			f->bit = bits++;
	}
	format->width = format->bits = (size_t)(bits + 7) / 8;
	for (size_t i = 0; i < format->n; i++) {
		format->spots[i].at = format->width;
		format->width += format->spots[i].width;
	}
}

static struct format *
make(const struct format *last, const struct need *needs, size_t n, struct error *err)
{
	struct format *format = calloc(1, sizeof(*format) + n * sizeof(struct spot));

	if (!format) {
		fail(err, "out of memory: the system refused a format of %zu columns", n);
		return NULL;
	}
	format->n = n;
	for (size_t i = 0; i < n; i++)
		if (!set_spot(&format->spots[i], last ? &last->spots[i] : NULL, &needs[i],
			      err)) {
			formats_release(format);
			return NULL;
		}
	lay_out(format);
	return format;
}

const struct format *
format_for(struct packing *packing, const struct need *needs, size_t n, struct error *err)
{
	struct format *format;
	size_t tried = 0;

	pthread_mutex_lock(&packing->lock);
	for (format = packing->formats; format && tried < TRIED;
	     format = format->next, tried++) {
		size_t i = 0;

		while (i < n && fits(&format->spots[i], &needs[i]))
			i++;
		if (i == n)
			break;
	}
	if (!format || tried == TRIED) {
		format = make(packing->formats, needs, n, err);
		if (format) {
			format->next = packing->formats;
			format->packing = packing;
			packing->formats = format;
		}
	}
	pthread_mutex_unlock(&packing->lock);
	return format;
}

void
formats_release(struct format *format)
{
	while (format) {
		struct format *next = format->next;

		for (size_t i = 0; i < format->n; i++)
			column_drop(format->spots[i].model);
		free(format);
		format = next;
	}
}
