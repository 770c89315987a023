/*
 * csv_tile - the rows of a batch as CSV text, column by column.
 *
 * A tile is some rows of the batch, few enough for the processor's nearest cache. First
 * each column, in a loop that knows its type, puts the finished texts of its cells into a
 * lane or two (csv_lane.h); then the lanes are copied out row by row, a slot at a time,
 * of which the size counts: no cell is asked for its type then. The bytes are those of
 * csv_pen.c, which also writes what is rare.
 */
#include "io/csv_tile.h"

#include "io/csv_lane.h"

static size_t
fill_lanes(struct tile *tile, size_t column, const struct lane *lane)
{
	const struct column *c = tile->batch->at[column];

	switch (c->type) {
	case TYPE_LONG:
		return lane_longs(tile, c, lane);
	case TYPE_FLOAT:
		return lane_floats(tile, c, lane);
	case TYPE_BOOL:
		return lane_bools(tile, c, lane);
	case TYPE_DATE:
		return lane_dates(tile, c, lane);
	case TYPE_DATETIME:
		return lane_moments(tile, c, lane);
	case TYPE_STRING:
		return lane_strings(tile, column, lane);
	case TYPE_OBJECT:
		return lane_objects(tile, c, lane);
	}
	return 0;
}

/* Put the lanes of a column, or of some flags that share one; *column goes on. */
static bool
put_column(struct tile *tile, size_t *column)
{
	const struct lane lane = lane_of(tile, *column);
	const size_t shared = lane_flags(tile, *column, &lane);
	const size_t lanes = shared ? 1 : fill_lanes(tile, *column, &lane);

	*column += shared ? shared : 1;
	tile->ends[tile->lanes] = lane.end;
	tile->lanes += lanes;
	return lanes > 0;
}

/* A cell that is not in its slot, and room for the slots behind it. */
static bool
copy_away(const struct tile *tile, const char *slot, bool built, char end, size_t room,
	  struct buffer *out)
{
	struct away away;
	const char *data;

	memcpy(&away, slot, sizeof(away));
	data = built ? tile->pen.out->data + away.place : away.data;
	if (!buffer_reserve(out, away.size + 1 + room, tile->pen.err))
		return false;
	memcpy(out->data + out->size, data, away.size);
	out->data[out->size + away.size] = end;
	out->size += away.size + 1;
	return true;
}

static bool
interleave(const struct tile *tile, struct buffer *out)
{
	const size_t lanes = tile->lanes, room = (tile->rows * lanes + 1) * SLOT;
	char *to;

	if (!buffer_reserve(out, room, tile->pen.err))
		return false;
	to = out->data + out->size;
	for (size_t row = 0; row < tile->rows; row++) {
		const char *slot = tile->slots + row * SLOT;
		const unsigned char *sizes = tile->sizes + row;

		for (size_t k = 0; k < lanes; k++, slot += LANE, sizes += TILE_ROWS) {
			if (*sizes <= SLOT) {
				memcpy(to, slot, SLOT);
				to += *sizes;
				continue;
			}
			out->size = (size_t)(to - out->data);
			if (!copy_away(tile, slot, *sizes == BUILT, tile->ends[k], room,
				       out))
				return false;
			to = out->data + out->size;
		}
	}
	out->size = (size_t)(to - out->data);
	return true;
}

/* Room for the lanes, and for the texts of dictionaries. */
static bool
make_room(struct tile *tile)
{
	const struct batch *batch = tile->batch;
	const size_t lanes = 2 * batch->n;
	size_t size = batch->n * sizeof(*tile->words) + lanes * (LANE + TILE_ROWS + 1);
	char *at;

	for (size_t i = 0; i < batch->n; i++)
		size += words_count(batch, i) * (WIDE + 2);
	tile->room = buffer_new(0, tile->pen.err);
	if (!tile->room || !buffer_reserve(tile->room, size, tile->pen.err))
		return false;
	at = tile->room->data;
	tile->slots = at;
	at += lanes * LANE;
	tile->words = (struct words *)(void *)at;
	at += batch->n * sizeof(*tile->words);
	tile->sizes = (unsigned char *)at;
	at += lanes * TILE_ROWS;
	tile->ends = at;
	at += lanes;
	for (size_t i = 0; i < batch->n; i++) {
		const size_t n = words_count(batch, i);

		tile->words[i] = (struct words){ n ? at : NULL, NULL, false };
		at += n * WIDE;
		tile->words[i].sizes = memset(at, 0, 2 * n);
		at += 2 * n;
	}
	return true;
}

static bool
write_tiles(struct tile *tile, struct buffer *out)
{
	const struct batch *batch = tile->batch;
	size_t kept;

	for (size_t i = 0; i < batch->n; i++)
		if (tile->words[i].text && !words_make(tile, i))
			return false;
	kept = tile->pen.out->size;
	for (; tile->first < batch->rows; tile->first += TILE_ROWS) {
		const size_t left = batch->rows - tile->first;
		size_t column = 0;

		tile->rows = left < TILE_ROWS ? left : TILE_ROWS;
		tile->lanes = 0;
		tile->pen.out->size = kept;
		while (column < batch->n)
			if (!put_column(tile, &column))
				return false;
		if (!interleave(tile, out))
			return false;
	}
	return true;
}

bool
tile_write(const struct csv_style *style, const struct batch *batch, struct buffer *out,
	   struct error *err)
{
	struct tile tile = { .batch = batch };
	struct buffer *built = buffer_new(0, err);
	bool ok = built && pen_init(&tile.pen, style, built, err);

	ok = ok && make_room(&tile) && write_tiles(&tile, out);
	pen_release(&tile.pen);
	buffer_drop(tile.room);
	buffer_drop(built);
	return ok;
}
