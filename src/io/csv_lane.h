/*
 * csv_lane.h - the inside of a tile: columns as lanes of finished texts. Private to
 * csv_tile.c and csv_lane*.c.
 *
 * A lane has a slot of 16 bytes for each row of the tile, and a byte that says how many
 * of them are the cell's text with what stands behind it. A text that is too long is told
 * by place and size. Moments and strings of a middling length take two lanes, one for
 * each half; up to four columns of nothing but 0.0 and 1.0, which one-hot steps make,
 * share one.
 */
#ifndef IO_CSV_LANE_H
#define IO_CSV_LANE_H

#include <endian.h>

#include "io/csv_pen.h"

enum {
	TILE_ROWS = 64,
	SLOT = 16,       /* bytes */
	WIDE = 2 * SLOT, /* of two lanes */
	LANE = TILE_ROWS * SLOT +
	       64,   /* bytes; numbers may be printed into the last slot */
	LONG = 255,  /* instead of a size: the slot is a struct away */
	BUILT = 254, /* the same, as a place in what was built */
};

/* A cell that does not fit; what stands behind it does not belong to it. */
struct away {
	union {
		const char *data;
		size_t place;
	};
	size_t size;
};
_Static_assert(sizeof(struct away) <= SLOT, "it stands in a slot");

/* The texts of a dictionary's entries that the batch's rows have. */
struct words {
	char *text;           /* WIDE bytes each; NULL: there is no table */
	unsigned char *sizes; /* of both halves; 0, 0: no row has it */
	bool wide;            /* one of them takes two lanes */
};

struct tile {
	struct pen pen; /* its out has what does not fit into slots */
	const struct batch *batch;
	size_t first, rows;   /* of the batch */
	size_t lanes;         /* filled so far */
	struct buffer *room;  /* of all that follows */
	char *slots;          /* LANE bytes a lane */
	unsigned char *sizes; /* TILE_ROWS a lane */
	char *ends;           /* a byte a lane: what stands behind its cells */
	struct words *words;  /* by column */
};

/* The next lane, and the one behind it, for a column. */
struct lane {
	char *text, *more;
	unsigned char *size, *rest;
	char end;
	unsigned char null_size; /* a row of one column that is null is no line */
	bool first;              /* the column is the row's first */
	uint64_t nulls;          /* a bit for each row of the tile that is null */
};

_Static_assert(TILE_ROWS == 64, "a word has a bit for each row");

static inline uint64_t
lane_nulls(const struct tile *tile, const struct column *c)
{
	uint64_t there;

	if (!c->validity || tile->rows == 0)
		return 0;
	memcpy(&there, c->validity->data + tile->first / 8, sizeof(there));
	return ~le64toh(there) & UINT64_MAX >> (TILE_ROWS - tile->rows);
}

static inline struct lane
lane_of(const struct tile *tile, size_t column)
{
	const size_t n = tile->lanes;

	return (struct lane){
		.text = tile->slots + n * LANE,
		.more = tile->slots + (n + 1) * LANE,
		.size = tile->sizes + n * TILE_ROWS,
		.rest = tile->sizes + (n + 1) * TILE_ROWS,
		.end = column + 1 == tile->batch->n ? '\n'
						    : tile->pen.style->delimiter[0],
		.null_size = tile->batch->n > 1,
		.first = column == 0,
		.nulls = lane_nulls(tile, tile->batch->at[column]),
	};
}

static inline void
lane_null(const struct lane *lane, size_t i)
{
	lane->text[i * SLOT] = lane->end;
	lane->size[i] = lane->null_size;
}

/* Fill the lane, or two, with the tile's rows of a column of the type. Returns how many;
 * 0: an error. */
size_t lane_longs(const struct tile *tile, const struct column *c,
		  const struct lane *lane);
size_t lane_floats(const struct tile *tile, const struct column *c,
		   const struct lane *lane);
size_t lane_bools(const struct tile *tile, const struct column *c,
		  const struct lane *lane);
size_t lane_dates(const struct tile *tile, const struct column *c,
		  const struct lane *lane);
size_t lane_moments(struct tile *tile, const struct column *c, const struct lane *lane);
size_t lane_strings(struct tile *tile, size_t column, const struct lane *lane);
size_t lane_objects(struct tile *tile, const struct column *c, const struct lane *lane);

/* Columns from this one on that are flags: how many share the lane, 0 to 4. */
size_t lane_flags(const struct tile *tile, size_t column, const struct lane *lane);

/* Entries of the column's dictionary as texts; 0: they are not worth it. */
size_t words_count(const struct batch *batch, size_t column);
CHECKED bool words_make(struct tile *tile, size_t column);

#endif
