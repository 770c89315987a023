/*
 * summary_typed - values that have a type already, counted without spelling them.
 *
 * They go into the table as the 8 bytes that they are, which it takes for texts.
 */
#include "data/summary_parts.h"

enum { TILE = 256 };

/* Null or NaN: a text of no size. */
struct tile {
	union {
		int64_t whole;
		double number;
	} value[TILE];
	struct text text[TILE];
};

static void
take_value(struct tile *tile, const struct column *c, size_t row, size_t at)
{
	switch (c->type) {
	case TYPE_FLOAT:
		tile->value[at].number = column_floats(c)[row];
		if (tile->value[at].number == 0)
			tile->value[at].number = 0; /* no -0.0 */
		break;
	case TYPE_BOOL:
		tile->value[at].whole = column_bool(c, row);
		break;
	case TYPE_DATE:
		tile->value[at].whole = column_ints(c)[row];
		break;
	default:
		tile->value[at].whole = column_longs(c)[row];
	}
}

static void
fill(struct tile *tile, const struct column *c, size_t first, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const size_t row = first + i;
		bool is_there = !column_is_null(c, row);

		if (is_there) {
			take_value(tile, c, row, i);
			is_there = c->type != TYPE_FLOAT || !isnan(tile->value[i].number);
		}
		tile->text[i] = (struct text){ (const char *)&tile->value[i],
					       is_there ? sizeof(tile->value[i]) : 0 };
	}
}

bool
summary_add_typed(struct summary *s, const struct column *c, struct error *err)
{
	struct tile tile;

	if (c->type == TYPE_OBJECT) {
		s->nulls += c->nulls;
		s->objects += c->rows - c->nulls;
		return true;
	}
	for (size_t first = 0; first < c->rows; first += TILE) {
		const size_t n = c->rows - first < TILE ? c->rows - first : TILE;

		fill(&tile, c, first, n);
		if (!summary_add_texts(s, tile.text, n, err))
			return false;
	}
	return true;
}
