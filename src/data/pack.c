/*
 * pack - a batch into a page: what each column needs, a format, then the records.
 *
 * Records are filled tile by tile, column by column, so that what is written stays in
 * the nearest cache.
 */
#include "data/pack.h"

#include <stdlib.h>

#include "data/pack_parts.h"
#include "data/scaled.h"

struct packing *
packing_new(struct error *err)
{
	struct packing *packing = calloc(1, sizeof(*packing));

	if (!packing) {
		fail(err, "out of memory: the system refused a list of formats");
		return NULL;
	}
	pthread_mutex_init(&packing->lock, NULL);
	atomic_init(&packing->refs, 1);
	return packing;
}

struct packing *
packing_share(struct packing *packing)
{
	if (packing)
		atomic_fetch_add(&packing->refs, 1);
	return packing;
}

void
packing_drop(struct packing *packing)
{
	if (!packing || atomic_fetch_sub(&packing->refs, 1) > 1)
		return;
	formats_release(packing->formats);
	for (size_t i = 0; packing->words && i < packing->n; i++)
		words_release(&packing->words[i]);
	free(packing->words);
	pthread_mutex_destroy(&packing->lock);
	free(packing);
}

void
packed_free(struct packed *page)
{
	if (page)
		memory_free(page, page->size);
}

/* The words of n columns, made with the first page. */
static bool
need_words(struct packing *packing, size_t n, struct error *err)
{
	bool ok = true;

	pthread_mutex_lock(&packing->lock);
	if (!packing->words) {
		packing->words = calloc(n ? n : 1, sizeof(*packing->words));
		packing->n = n;
		ok = packing->words ||
		     fail(err, "out of memory: the system refused %zu columns", n);
	}
	pthread_mutex_unlock(&packing->lock);
	return ok;
}

static bool
is_there(const struct need *need, size_t row)
{
	return !need->nulls || bit_get(need->column->validity->data, row);
}

static void
need_range(struct need *need)
{
	const struct column *c = need->column;
	int64_t low = INT64_MAX, high = INT64_MIN;

	need->kind = SPOT_INT;
	for (size_t i = 0; i < c->rows; i++) {
		int64_t x = c->type == TYPE_DATE ? column_ints(c)[i] : column_longs(c)[i];

		if (!is_there(need, i))
			continue;
		low = x < low ? x : low;
		high = x > high ? x : high;
	}
	need->low = low;
	need->high = high;
}

/* With one scale for all: SIZE_MAX, or the first row where it does not do. */
static size_t
try_scale(struct need *need)
{
	const double *x = column_floats(need->column), power = scale_power(need->scale);
	int64_t low = INT64_MAX, high = INT64_MIN;

	for (size_t i = 0; i < need->column->rows; i++) {
		int64_t y;

		if (!is_there(need, i))
			continue;
		if (!scaled_exact(x[i], power, &y))
			return i;
		low = y < low ? y : low;
		high = y > high ? y : high;
	}
	need->low = low;
	need->high = high;
	return SIZE_MAX;
}

static void
need_scale(struct need *need)
{
	size_t row;

	need->kind = SPOT_SCALED;
	while ((row = try_scale(need)) != SIZE_MAX) {
		double x = column_floats(need->column)[row];
		int64_t y;

		/* the next scale that at least this one fits */
		do
			need->scale++;
		while (need->scale <= SCALE_MOST &&
		       !scaled_exact(x, scale_power(need->scale), &y));
		if (need->scale > SCALE_MOST) {
			need->kind = SPOT_RAW;
			return;
		}
	}
}

static void
need_text(struct need *need)
{
	const struct column *c = need->column;
	size_t most = 0, tail = 0;

	for (size_t i = 0; i < c->rows; i++) {
		size_t size = is_there(need, i) ? column_text(c, i).size : 0;

		most = size > most ? size : most;
		tail += tail_size(size);
	}
	need->kind = most <= INLINE_MOST ? SPOT_INLINE : SPOT_TAIL;
	need->high = (int64_t)most;
	need->tail = tail;
}

static bool
need_codes(struct packing *packing, size_t i, struct need *need, struct error *err)
{
	struct column *dictionary = need->column->dictionary;

	need->kind = SPOT_CODE;
	if (!words_codes(packing, i, dictionary, &need->codes, &need->high, err))
		return false;
	if (!need->codes)
		need_text(need);
	return true;
}

static bool
need_of(struct packing *packing, size_t i, const struct column *c, struct need *need,
	struct error *err)
{
	*need = (struct need){ .column = c };
	if (!c)
		return true;
	need->nulls = c->validity && c->nulls;
	switch (c->type) {
	case TYPE_LONG:
	case TYPE_DATE:
	case TYPE_DATETIME:
		need_range(need);
		return true;
	case TYPE_FLOAT:
		need_scale(need);
		return true;
	case TYPE_BOOL:
		need->kind = SPOT_BIT;
		return true;
	case TYPE_STRING:
		if (c->layout == LAYOUT_DICTIONARY)
			return need_codes(packing, i, need, err);
		need_text(need);
		return true;
	case TYPE_OBJECT:
		need->kind = SPOT_OBJECT;
		need->nulls = false; /* they say so themselves */
		for (size_t row = 0; row < c->rows; row++)
			need->tail += object_size(c, row);
	}
	return true;
}

/* Rows [first, first + n) of a column, and where its spot is in the first of them. */
struct tile {
	const struct spot *spot;
	const struct need *need;
	size_t first, n, width; /* width: of a record */
	char *record, *spot_at;
	const char *tail; /* of the page */
	char **end;       /* of what is in it */
};

#define PUT_ALL(T, VALUE)                                          \
	do {                                                       \
		char *p = t->spot_at;                              \
		for (size_t i = 0; i < t->n; i++, p += t->width) { \
			T v_ = (T)(VALUE);                         \
			memcpy(p, &v_, sizeof(v_));                \
		}                                                  \
	} while (0)

#define PUT_WIDTH(WIDTH, VALUE)                   \
	do {                                      \
		if ((WIDTH) == 1)                 \
			PUT_ALL(uint8_t, VALUE);  \
		else if ((WIDTH) == 2)            \
			PUT_ALL(uint16_t, VALUE); \
		else if ((WIDTH) == 4)            \
			PUT_ALL(uint32_t, VALUE); \
		else if ((WIDTH) == 8)            \
			PUT_ALL(uint64_t, VALUE); \
	} while (0)

static void
put_ints(const struct tile *t)
{
	const uint64_t base = (uint64_t)t->spot->base;
	const struct column *c = t->need->column;

	if (c->type == TYPE_DATE) {
		const int32_t *x = column_ints(c) + t->first;

		PUT_WIDTH(t->spot->width, (uint64_t)(int64_t)x[i] - base);
	} else {
		const int64_t *x = column_longs(c) + t->first;

		PUT_WIDTH(t->spot->width, (uint64_t)x[i] - base);
	}
}

static void
put_scaled(const struct tile *t)
{
	const uint64_t base = (uint64_t)t->spot->base;
	const double *x = column_floats(t->need->column) + t->first;
	const double power = scale_power(t->spot->scale);

	PUT_WIDTH(t->spot->width, (uint64_t)scaled_near(x[i], power) - base);
}

static void
put_raw(const struct tile *t)
{
	const double *x = column_floats(t->need->column) + t->first;
	char *p = t->spot_at;

	for (size_t i = 0; i < t->n; i++, p += t->width)
		memcpy(p, &x[i], sizeof(x[i]));
}

static inline uint32_t
code_at(const struct tile *t, const int32_t *codes, const int32_t *x, size_t i)
{
	return is_there(t->need, t->first + i) ? (uint32_t)codes[x[i]] : 0;
}

static void
put_codes(const struct tile *t)
{
	const int32_t *x = column_ints(t->need->column) + t->first;
	const int32_t *codes = (const int32_t *)(const void *)t->need->codes->data;

	if (t->need->nulls)
		PUT_WIDTH(t->spot->width, code_at(t, codes, x, i));
	else
		PUT_WIDTH(t->spot->width, codes[x[i]]);
}

static struct text
text_at(const struct tile *t, size_t i)
{
	return is_there(t->need, t->first + i)
		       ? column_text(t->need->column, t->first + i)
		       : (struct text){ 0 };
}

static void
put_inline(const struct tile *t)
{
	char *p = t->spot_at;

	for (size_t i = 0; i < t->n; i++, p += t->width) {
		struct text text = text_at(t, i);

		*p = (char)text.size;
		for (size_t k = 0; k < text.size; k++)
			p[1 + k] = text.data[k];
	}
}

static void
put_offset(const struct tile *t, char *p)
{
	uint64_t offset = (uint64_t)(*t->end - t->tail);
	uint32_t narrow = (uint32_t)offset;

	if (t->spot->width == 4)
		memcpy(p, &narrow, sizeof(narrow));
	else
		memcpy(p, &offset, sizeof(offset));
}

static void
put_tail(const struct tile *t)
{
	char *p = t->spot_at;

	for (size_t i = 0; i < t->n; i++, p += t->width) {
		put_offset(t, p);
		*t->end = t->spot->kind == SPOT_OBJECT
				  ? object_put(t->need->column, t->first + i, *t->end)
				  : tail_put(*t->end, text_at(t, i));
	}
}

/* bits NULL: all set. */
static void
put_bits(const struct tile *t, int bit, const char *bits)
{
	char *p = t->record + bit / 8;
	const unsigned shift = (unsigned)bit % 8;

	for (size_t i = 0; i < t->n; i++, p += t->width) {
		unsigned set = !bits || bit_get(bits, t->first + i);

		*p = (char)((unsigned char)*p | set << shift);
	}
}

static void
put_spot(const struct tile *t)
{
	const struct spot *f = t->spot;

	if (f->there != NO_BIT)
		put_bits(t, f->there,
			 t->need->nulls ? t->need->column->validity->data : NULL);
	switch (f->kind) {
	case SPOT_NONE:
		break;
	case SPOT_INT:
		put_ints(t);
		break;
	case SPOT_SCALED:
		put_scaled(t);
		break;
	case SPOT_RAW:
		put_raw(t);
		break;
	case SPOT_BIT:
		put_bits(t, f->bit, t->need->column->values->data);
		break;
	case SPOT_CODE:
		put_codes(t);
		break;
	case SPOT_INLINE:
		put_inline(t);
		break;
	case SPOT_TAIL:
	case SPOT_OBJECT:
		put_tail(t);
		break;
	}
}

static void
put_records(struct packed *page, const struct need *needs)
{
	const struct format *format = page->format;
	char *tail = (char *)page + page->tail, *end = tail;

	for (size_t first = 0; first < page->rows; first += PACK_TILE) {
		size_t left = page->rows - first;
		char *record = (char *)(page + 1) + first * format->width;
		struct tile t = { .first = first,
				  .n = left < PACK_TILE ? left : PACK_TILE,
				  .width = format->width,
				  .record = record,
				  .tail = tail,
				  .end = &end };

		for (size_t i = 0; i < t.n; i++)
			memset(record + i * format->width, 0, format->bits);
		for (size_t i = 0; i < format->n; i++) {
			t.spot = &format->spots[i];
			t.need = &needs[i];
			t.spot_at = record + t.spot->at;
			put_spot(&t);
		}
	}
}

static struct packed *
packed_new(const struct format *format, const struct need *needs, size_t rows,
	   struct error *err)
{
	size_t tail = sizeof(struct packed) + rows * format->width, size = tail;
	struct packed *page;

	for (size_t i = 0; i < format->n; i++)
		if (format->spots[i].kind == SPOT_TAIL ||
		    format->spots[i].kind == SPOT_OBJECT)
			size += needs[i].tail;
	page = memory_alloc_bare(size, err);
	if (page)
		*page = (struct packed){
			.size = size, .tail = tail, .rows = rows, .format = format
		};
	return page;
}

struct packed *
pack(struct packing *packing, const struct batch *batch, struct error *err)
{
	struct need *needs = calloc(batch->n ? batch->n : 1, sizeof(*needs));
	const struct format *format = NULL;
	struct packed *page = NULL;
	bool ok = needs ||
		  fail(err, "out of memory: the system refused %zu columns", batch->n);

	ok = ok && need_words(packing, batch->n, err);
	for (size_t i = 0; ok && i < batch->n; i++)
		ok = need_of(packing, i, batch->at[i], &needs[i], err);
	if (ok)
		format = format_for(packing, needs, batch->n, err);
	if (format)
		page = packed_new(format, needs, batch->rows, err);
	if (page)
		put_records(page, needs);
	for (size_t i = 0; needs && i < batch->n; i++)
		buffer_drop(needs[i].codes);
	free(needs);
	return page;
}

struct packing *
packed_packing(const struct packed *page)
{
	return page->format->packing;
}

bool
packed_has_codes(const struct packed *page, size_t column)
{
	return page->format->spots[column].kind == SPOT_CODE;
}

struct column *
packing_words(struct packing *packing, size_t column, struct error *err)
{
	return words_column(packing, column, err);
}

bool
packing_join(struct packing *packing, struct packing *other, size_t column,
	     struct error *err)
{
	struct column *words;
	struct buffer *codes = NULL;
	int64_t most;
	bool ok;

	if (packing == other || !other->words)
		return true;
	words = words_column(other, column, err);
	ok = words && words_codes(packing, column, words, &codes, &most, err);
	column_drop(words);
	buffer_drop(codes);
	return ok;
}
