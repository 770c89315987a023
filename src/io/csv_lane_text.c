/*
 * csv_lane_text - strings and objects as cells of a lane.
 *
 * The entries of a dictionary are made into cells once for the batch, and chosen by code.
 */
#include "io/csv_lane.h"

/* A dictionary is made into cells if it has at most so many entries a row, and more. */
enum { ENTRIES_A_ROW = 4, ENTRIES_MORE = 256 };

/* Nothing about the text needs care. */
static bool
is_straight(const struct pen *pen, struct text t, bool first)
{
	return t.size > 0 && !(first && t.data[0] == '#') &&
	       (!pen->style->trim || ((unsigned char)t.data[0] > ' ' &&
				      (unsigned char)t.data[t.size - 1] > ' ')) &&
	       pen_is_plain(pen, t);
}

/* A text's cell, in room of SLOT or WIDE bytes; returns its size with its end, or LONG,
 * or BUILT, or 0: an error. */
static unsigned
make_cell(struct tile *tile, const struct lane *lane, struct text t, char *cell,
	  size_t room)
{
	struct buffer *built = tile->pen.out;
	struct away away = { .data = t.data, .size = t.size };
	const size_t place = built->size;

	if (is_straight(&tile->pen, t, lane->first)) {
		memcpy(cell, t.data, SLOT);
		if (t.size < room) {
			memcpy(cell + room - SLOT, t.data + room - SLOT, SLOT);
			cell[t.size] = lane->end;
			return (unsigned)t.size + 1;
		}
		memcpy(cell, &away, sizeof(away));
		return LONG;
	}
	if (!pen_text(&tile->pen, t, lane->first))
		return 0;
	away = (struct away){ .place = place, .size = built->size - place };
	if (away.size >= room) {
		memcpy(cell, &away, sizeof(away));
		return BUILT;
	}
	memcpy(cell, built->data + place, away.size);
	cell[away.size] = lane->end;
	built->size = place;
	return (unsigned)away.size + 1;
}

/* The sizes of a cell's two halves. */
static unsigned char
half(unsigned size, bool second)
{
	const bool two = size > SLOT && size <= WIDE;

	return (unsigned char)(second ? (two ? size - SLOT : 0) : two ? SLOT : size);
}

static bool
put_narrow(struct tile *tile, const struct column *c, const struct lane *lane)
{
	for (size_t i = 0; i < tile->rows; i++) {
		const size_t row = tile->first + i;

		if (!lane_has(c, row)) {
			lane_null(lane, i);
			continue;
		}
		lane->size[i] = (unsigned char)make_cell(tile, lane, column_text(c, row),
							 lane->text + i * SLOT, SLOT);
		if (!lane->size[i])
			return false;
	}
	return true;
}

static bool
put_wide(struct tile *tile, const struct column *c, const struct lane *lane)
{
	for (size_t i = 0; i < tile->rows; i++) {
		const size_t row = tile->first + i;
		char cell[WIDE];
		unsigned size;

		lane->rest[i] = 0;
		if (!lane_has(c, row)) {
			lane_null(lane, i);
			continue;
		}
		size = make_cell(tile, lane, column_text(c, row), cell, WIDE);
		if (!size)
			return false;
		memcpy(lane->text + i * SLOT, cell, SLOT);
		memcpy(lane->more + i * SLOT, cell + SLOT, SLOT);
		lane->size[i] = half(size, false);
		lane->rest[i] = half(size, true);
	}
	return true;
}

/* Strings of a middling length take two lanes. */
static bool
is_wide(const struct batch *batch, const struct column *c)
{
	int64_t bytes;

	if (c->layout == LAYOUT_DICTIONARY)
		return false;
	bytes = column_longs(c)[batch->rows] - column_longs(c)[0];
	return bytes > (int64_t)batch->rows * SLOT / 2 &&
	       bytes < (int64_t)batch->rows * 2 * WIDE;
}

/* Entries by code, of which none is null; second: their second halves. */
static void
put_codes(const int32_t *codes, size_t rows, const struct words *words, bool second,
	  const struct lane *lane)
{
	const char *texts = words->text + (second ? SLOT : 0);
	const unsigned char *sizes = words->sizes + second;
	char *text = second ? lane->more : lane->text;
	unsigned char *size = second ? lane->rest : lane->size;

	for (size_t i = 0; i < rows; i++, text += SLOT) {
		memcpy(text, texts + (size_t)codes[i] * WIDE, SLOT);
		size[i] = sizes[(size_t)codes[i] * 2];
	}
}

static void
put_words(const struct tile *tile, const struct column *c, const struct words *words,
	  const struct lane *lane)
{
	const int32_t *codes = column_ints(c) + tile->first;
	int32_t there[TILE_ROWS];

	if (!c->validity) {
		put_codes(codes, tile->rows, words, false, lane);
		if (words->wide)
			put_codes(codes, tile->rows, words, true, lane);
		return;
	}
	for (size_t i = 0; i < tile->rows; i++)
		there[i] = lane_has(c, tile->first + i) ? codes[i] : 0;
	put_codes(there, tile->rows, words, false, lane);
	if (words->wide)
		put_codes(there, tile->rows, words, true, lane);
	for (size_t i = 0; i < tile->rows; i++)
		if (!lane_has(c, tile->first + i))
			lane_null(lane, i), lane->rest[i] = 0;
}

bool
lane_strings(struct tile *tile, size_t column, const struct lane *lane, bool *wide)
{
	const struct column *c = tile->batch->at[column];
	const struct words *words = &tile->words[column];

	if (words->text) {
		*wide = words->wide;
		put_words(tile, c, words, lane);
		return true;
	}
	*wide = is_wide(tile->batch, c);
	return *wide ? put_wide(tile, c, lane) : put_narrow(tile, c, lane);
}

bool
lane_objects(struct tile *tile, const struct column *c, const struct lane *lane)
{
	for (size_t i = 0; i < tile->rows; i++) {
		struct away away = { .place = tile->pen.out->size };

		if (!lane_has(c, tile->first + i)) {
			lane_null(lane, i);
			continue;
		}
		if (!pen_cell(&tile->pen, c, tile->first + i, lane->first))
			return false;
		away.size = tile->pen.out->size - away.place;
		memcpy(lane->text + i * SLOT, &away, sizeof(away));
		lane->size[i] = BUILT;
	}
	return true;
}

size_t
words_count(const struct batch *batch, size_t column)
{
	const struct column *c = batch->at[column];
	size_t n;

	if (c->type != TYPE_STRING || c->layout != LAYOUT_DICTIONARY)
		return 0;
	n = c->dictionary->rows;
	return n <= batch->rows * ENTRIES_A_ROW + ENTRIES_MORE ? n : 0;
}

bool
words_make(struct tile *tile, size_t column)
{
	const struct column *c = tile->batch->at[column];
	const struct lane lane = lane_of(tile, column);
	const int32_t *codes = column_ints(c);
	struct words *words = &tile->words[column];

	for (size_t row = 0; row < tile->batch->rows; row++) {
		unsigned char *sizes;
		unsigned size;

		if (!lane_has(c, row))
			continue;
		sizes = words->sizes + (size_t)codes[row] * 2;
		if (sizes[0])
			continue;
		size = make_cell(tile, &lane, column_text(c, row),
				 words->text + (size_t)codes[row] * WIDE, WIDE);
		if (!size)
			return false;
		sizes[0] = half(size, false);
		sizes[1] = half(size, true);
		words->wide |= sizes[1] > 0;
	}
	return true;
}
