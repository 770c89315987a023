/*
 * csv_lane_text - strings and objects as cells of a lane.
 *
 * The entries of a dictionary are made into cells once for the batch, and chosen by code.
 */
#include "io/csv_lane.h"

/* A dictionary is made into cells if it has at most so many entries a row, and more; all
 * of it, not only what the rows have, if there are so many rows an entry. */
enum { ENTRIES_A_ROW = 4, ENTRIES_MORE = 256, ROWS_AN_ENTRY = 8 };

/* Nothing about the text needs care. */
static bool
is_straight(const struct pen *pen, struct text t, bool first)
{
	return t.size > 0 && !(first && t.data[0] == '#') &&
	       (!pen->style->trim || ((unsigned char)t.data[0] > ' ' &&
				      (unsigned char)t.data[t.size - 1] > ' ')) &&
	       pen_is_plain(pen, t);
}

/* A text's cell, in a slot, or in two if there is a second; returns its size with its
 * end, or LONG, or BUILT, or 0: an error. */
static unsigned
make_cell(struct tile *tile, const struct lane *lane, struct text t, char *slot,
	  char *second)
{
	struct buffer *built = tile->pen.out;
	const size_t place = built->size, room = second ? WIDE : SLOT;
	const bool straight = is_straight(&tile->pen, t, lane->first);
	struct away away;

	if (!straight) {
		if (!pen_text(&tile->pen, t, lane->first))
			return 0;
		t = (struct text){ built->data + place, built->size - place };
	}
	if (t.size >= room) {
		away.size = t.size;
		if (straight)
			away.data = t.data;
		else
			away.place = place;
		memcpy(slot, &away, sizeof(away));
		return straight ? LONG : BUILT;
	}
	built->size = place;
	memcpy(slot, t.data, SLOT);
	if (second)
		memcpy(second, t.data + SLOT, SLOT);
	*(t.size < SLOT ? slot + t.size : second + t.size - SLOT) = lane->end;
	return (unsigned)t.size + 1;
}

/* The sizes of a cell's two halves. */
static unsigned char
half(unsigned size, bool second)
{
	const bool two = size > SLOT && size <= WIDE;

	return (unsigned char)(second ? (two ? size - SLOT : 0) : two ? SLOT : size);
}

static bool
put_texts(struct tile *tile, const struct column *c, const struct lane *lane, bool wide)
{
	for (size_t i = 0; i < tile->rows; i++) {
		const size_t row = tile->first + i;
		unsigned size;

		lane->rest[i] = 0;
		if (lane->nulls >> i & 1) {
			lane_null(lane, i);
			continue;
		}
		size = make_cell(tile, lane, column_text(c, row), lane->text + i * SLOT,
				 wide ? lane->more + i * SLOT : NULL);
		if (!size)
			return false;
		lane->size[i] = half(size, false);
		if (wide)
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

	if (lane->nulls) {
		for (size_t i = 0; i < tile->rows; i++)
			there[i] = lane->nulls >> i & 1 ? 0 : codes[i];
		codes = there;
	}
	put_codes(codes, tile->rows, words, false, lane);
	if (words->wide)
		put_codes(codes, tile->rows, words, true, lane);
	for (uint64_t nulls = lane->nulls; nulls; nulls &= nulls - 1) {
		const size_t i = (size_t)__builtin_ctzll(nulls);

		lane_null(lane, i);
		lane->rest[i] = 0;
	}
}

size_t
lane_strings(struct tile *tile, size_t column, const struct lane *lane)
{
	const struct column *c = tile->batch->at[column];
	const struct words *words = &tile->words[column];
	const bool wide = words->text ? words->wide : is_wide(tile->batch, c);

	if (words->text)
		put_words(tile, c, words, lane);
	else if (!put_texts(tile, c, lane, wide))
		return 0;
	return wide ? 2 : 1;
}

size_t
lane_objects(struct tile *tile, const struct column *c, const struct lane *lane)
{
	for (size_t i = 0; i < tile->rows; i++) {
		struct away away = { .place = tile->pen.out->size };

		if (lane->nulls >> i & 1) {
			lane_null(lane, i);
			continue;
		}
		if (!pen_cell(&tile->pen, c, tile->first + i, lane->first))
			return 0;
		away.size = tile->pen.out->size - away.place;
		memcpy(lane->text + i * SLOT, &away, sizeof(away));
		lane->size[i] = BUILT;
	}
	return 1;
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

static bool
make_word(struct tile *tile, struct words *words, const struct lane *lane,
	  const struct column *dictionary, size_t code)
{
	unsigned char *sizes = words->sizes + code * 2;
	char *text = words->text + code * WIDE;
	unsigned size;

	if (sizes[0])
		return true;
	size = make_cell(tile, lane, column_text(dictionary, code), text, text + SLOT);
	sizes[0] = half(size, false);
	sizes[1] = half(size, true);
	words->wide |= sizes[1] > 0;
	return size > 0;
}

bool
words_make(struct tile *tile, size_t column)
{
	const struct column *c = tile->batch->at[column];
	const struct lane lane = lane_of(tile, column);
	const size_t n = c->dictionary->rows, rows = tile->batch->rows;
	struct words *words = &tile->words[column];

	if (n < rows / ROWS_AN_ENTRY) {
		for (size_t code = 0; code < n; code++)
			if (!make_word(tile, words, &lane, c->dictionary, code))
				return false;
		return true;
	}
	for (size_t row = 0; row < rows; row++)
		if (!column_is_null(c, row) &&
		    !make_word(tile, words, &lane, c->dictionary,
			       (size_t)column_ints(c)[row]))
			return false;
	return true;
}
