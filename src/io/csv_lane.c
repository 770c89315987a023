/*
 * csv_lane - numbers, flags and moments as cells of a lane.
 */
#include "io/csv_lane.h"

#include "base/date_words.h"
#include "base/number.h"

enum {
	FLAG = 4,             /* bytes of "1.0" and what stands behind it */
	SHARED = SLOT / FLAG, /* columns of flags in one lane */
};

/* A text that is longer than a slot. */
static bool
put_built(struct tile *tile, const struct lane *lane, size_t i, const char *text,
	  size_t n)
{
	const struct away away = { .place = tile->pen.out->size, .size = n };

	if (!buffer_append(tile->pen.out, text, n, tile->pen.err))
		return false;
	memcpy(lane->text + i * SLOT, &away, sizeof(away));
	lane->size[i] = BUILT;
	return true;
}

/* n bytes, fewer than WIDE, stand in the slot and behind it, where the next row's come:
 * does a part of them go into the second lane? */
static bool
end_slot(const struct lane *lane, size_t i, size_t n)
{
	char *slot = lane->text + i * SLOT, *more = lane->more + i * SLOT;
	const bool wide = n >= SLOT;

	if (wide)
		memcpy(more, slot + SLOT, SLOT);
	*(wide ? more + n - SLOT : slot + n) = lane->end;
	lane->size[i] = (unsigned char)(wide ? SLOT : n + 1);
	lane->rest[i] = (unsigned char)(wide ? n + 1 - SLOT : 0);
	return wide;
}

static void
put_nulls(const struct lane *lane)
{
	for (uint64_t nulls = lane->nulls; nulls; nulls &= nulls - 1) {
		const size_t i = (size_t)__builtin_ctzll(nulls);

		lane_null(lane, i);
		lane->rest[i] = 0;
	}
}

/* The digits of numbers below SMALL, and in the highest byte how many they are; and a
 * point with the digits of hundredths, as doubles have them: ".0", ".05", ".5". */
enum { SMALL = 1000, HUNDRED = 100 };
static uint32_t small[SMALL], hundredths[HUNDRED];

__attribute__((constructor)) static void
fill(void)
{
	for (uint32_t i = 0; i < SMALL; i++) {
		char text[8];
		const size_t n = digits_put(i, text);

		for (size_t k = 0; k < n; k++)
			small[i] |= (uint32_t)(unsigned char)text[k] << 8 * k;
		small[i] |= (uint32_t)n << 24;
	}
	for (uint32_t i = 0; i < HUNDRED; i++)
		hundredths[i] = '.' | ('0' + i / 10) << 8 |
				(i % 10 ? ('0' + i % 10) << 16 | 3u << 24 : 2u << 24);
}

static void
put_small(const int64_t *values, size_t rows, const struct lane *lane)
{
	char *text = lane->text;
	unsigned char *size = lane->size;
	const uint32_t end = (unsigned char)lane->end;

	for (size_t i = 0; i < rows; i++, text += SLOT) {
		const uint32_t word = small[values[i]], n = word >> 24;
		const uint32_t out = htole32((word & 0xffffff) | end << 8 * n);

		memcpy(text, &out, sizeof(out));
		size[i] = (unsigned char)(n + 1);
	}
}

/* Values below 10^4. */
static void
put_fours(const int64_t *values, size_t rows, const struct lane *lane)
{
	char *text = lane->text;
	unsigned char *size = lane->size;
	const char end = lane->end;

	for (size_t i = 0; i < rows; i++, text += SLOT)
		size[i] =
			(unsigned char)(digits_put4((uint32_t)values[i], end, text) + 1);
}

/* How many lanes they take. */
static size_t
put_any(const int64_t *values, size_t rows, const struct lane *lane)
{
	bool wide = false;

	for (size_t i = 0; i < rows; i++) {
		char *slot = lane->text + i * SLOT;
		const size_t n = (uint64_t)values[i] < 100000000
					 ? digits_put((uint32_t)values[i], slot)
					 : number_print_long(values[i], slot);

		wide |= end_slot(lane, i, n);
	}
	return wide ? 2 : 1;
}

static bool
are_below(const int64_t *values, size_t rows, uint64_t bound)
{
	bool any = false;

	for (size_t i = 0; i < rows; i++)
		any |= (uint64_t)values[i] >= bound;
	return !any;
}

size_t
lane_longs(const struct tile *tile, const struct column *c, const struct lane *lane)
{
	const int64_t *values = column_longs(c) + tile->first;
	int64_t there[TILE_ROWS];
	size_t lanes = 1;

	if (lane->nulls) {
		for (size_t i = 0; i < tile->rows; i++)
			there[i] = lane->nulls >> i & 1 ? 0 : values[i];
		values = there;
	}
	if (are_below(values, tile->rows, SMALL))
		put_small(values, tile->rows, lane);
	else if (are_below(values, tile->rows, 10000))
		put_fours(values, tile->rows, lane);
	else
		lanes = put_any(values, tile->rows, lane);
	put_nulls(lane);
	return lanes;
}

/* Values below SMALL of at most two decimals; false: one is something else. */
static bool
put_cents(const double *values, size_t rows, const struct lane *lane)
{
	char *text = lane->text;
	unsigned char *size = lane->size;
	const uint64_t end = (unsigned char)lane->end;

	for (size_t i = 0; i < rows; i++, text += SLOT) {
		uint32_t d, whole, part;
		unsigned n, m;

		if (!digits_hundredths(values[i], &d) || d >= SMALL * HUNDRED)
			return false;
		whole = small[d / HUNDRED];
		part = hundredths[d % HUNDRED];
		n = whole >> 24;
		m = n + (part >> 24);
		digits_store((whole & 0xffffff) | (uint64_t)(part & 0xffffff) << 8 * n |
				     end << 8 * m,
			     text);
		size[i] = (unsigned char)(m + 1);
	}
	return true;
}

size_t
lane_floats(const struct tile *tile, const struct column *c, const struct lane *lane)
{
	const double *values = column_floats(c) + tile->first;
	double there[TILE_ROWS];
	bool wide = false;

	if (lane->nulls) {
		for (size_t i = 0; i < tile->rows; i++)
			there[i] = lane->nulls >> i & 1 ? 0 : values[i];
		values = there;
	}
	if (!put_cents(values, tile->rows, lane))
		for (size_t i = 0; i < tile->rows; i++) {
			char *slot = lane->text + i * SLOT;

			wide |= end_slot(lane, i, number_print_float(values[i], slot));
		}
	put_nulls(lane);
	return wide ? 2 : 1;
}

/*
 * Four bytes a row of values that are all 0.0 or 1.0, which differ in the lowest bit of
 * the exponent; what was put counts only if they are.
 */
static bool
put_flags(const struct tile *tile, const struct column *c, char *to, char end)
{
	const char text[FLAG] = { '0', '.', '0', end };
	const uint64_t one = UINT64_C(0x3ff) << 52;
	const char *values = (const char *)(column_floats(c) + tile->first);
	uint64_t others = 0;
	uint32_t word;

	memcpy(&word, text, sizeof(word));
	word = le32toh(word);
	for (size_t i = 0; i < tile->rows; i++, to += SLOT) {
		uint64_t bits, flag;
		uint32_t flagged;

		memcpy(&bits, values + i * sizeof(bits), sizeof(bits));
		flag = bits >> 52 & 1;
		others |= bits ^ (-flag & one);
		flagged = htole32(word + (uint32_t)flag);
		memcpy(to, &flagged, sizeof(flagged));
	}
	return others == 0;
}

static bool
may_be_flags(const struct tile *tile, const struct column *c)
{
	double value;

	if (c->type != TYPE_FLOAT || lane_nulls(tile, c))
		return false;
	value = column_floats(c)[tile->first];
	return value == 0 || value == 1;
}

/* Columns from this one on that are flags: how many share the lane. */
size_t
lane_flags(const struct tile *tile, size_t column, const struct lane *lane)
{
	size_t n = 0;
	for (; n < SHARED && column + n < tile->batch->n; n++) {
		const struct column *c = tile->batch->at[column + n];

		if (!may_be_flags(tile, c) || !put_flags(tile, c, lane->text + n * FLAG,
							 lane_of(tile, column + n).end))
			break;
	}
	memset(lane->size, (int)(n * FLAG), tile->rows);
	return n;
}

size_t
lane_bools(const struct tile *tile, const struct column *c, const struct lane *lane)
{
	static const char texts[2][8] = { "false", "true" };
	static const unsigned char sizes[2] = { 5, 4 };

	for (size_t i = 0; i < tile->rows; i++) {
		char *slot = lane->text + i * SLOT;
		bool is;

		if (lane->nulls >> i & 1) {
			lane_null(lane, i);
			continue;
		}
		is = column_bool(c, tile->first + i);
		memcpy(slot, texts[is], sizeof(texts[is]));
		slot[sizes[is]] = lane->end;
		lane->size[i] = (unsigned char)(sizes[is] + 1);
	}
	return 1;
}

size_t
lane_dates(const struct tile *tile, const struct column *c, const struct lane *lane)
{
	const int32_t *values = column_ints(c) + tile->first;

	for (size_t i = 0; i < tile->rows; i++)
		if (lane->nulls >> i & 1)
			lane_null(lane, i);
		else
			end_slot(lane, i, date_print(values[i], lane->text + i * SLOT));
	return 1;
}

/* The last moment's text: what the next one does not change is not made again. */
struct moment {
	int64_t days;
	uint32_t millis;   /* of the day */
	bool usual;        /* the year has four digits */
	uint64_t words[3]; /* "2015-07-", "01T00:00", ":00.000Z" */
};

static void
moment_set(struct moment *m, int64_t days, uint32_t millis)
{
	uint64_t words[2] = { 0 };
	struct civil civil;

	if (m->days != days) {
		date_civil((int32_t)days, &civil);
		m->days = days;
		m->usual = civil.year >= 0 && civil.year <= 9999;
		if (m->usual)
			date_words(&civil, words);
		m->words[0] = words[0];
		m->words[1] = (m->words[1] & ~UINT64_C(0xffff)) | words[1];
	}
	if (m->millis != millis) {
		clock_words(millis, words);
		m->millis = millis;
		m->words[1] = (m->words[1] & 0xffff) | words[0] << 16;
		m->words[2] = words[1];
	}
}

size_t
lane_moments(struct tile *tile, const struct column *c, const struct lane *lane)
{
	const int64_t *values = column_longs(c) + tile->first;
	struct moment m = { .days = INT64_MAX, .millis = UINT32_MAX };

	for (size_t i = 0; i < tile->rows; i++) {
		char *slot = lane->text + i * SLOT, *more = lane->more + i * SLOT;
		int64_t days;

		lane->rest[i] = 0;
		if (lane->nulls >> i & 1) {
			lane_null(lane, i);
			continue;
		}
		days = values[i] / DAY_MICROS - (values[i] % DAY_MICROS < 0);
		moment_set(&m, days, (uint32_t)((values[i] - days * DAY_MICROS) / 1000));
		if (!m.usual) {
			char text[DATE_SIZE];
			const size_t n = datetime_print(values[i], text);

			if (!put_built(tile, lane, i, text, n))
				return 0;
			continue;
		}
		digits_store(m.words[0], slot);
		digits_store(m.words[1], slot + 8);
		digits_store(m.words[2], more);
		more[8] = lane->end;
		lane->size[i] = SLOT;
		lane->rest[i] = 9;
	}
	return 2;
}
