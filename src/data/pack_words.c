/*
 * pack_words - one list of words for all dictionaries of a column.
 *
 * A dictionary is looked up once; its codes are remembered while batches share it.
 */
#include <stdlib.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "data/pack_parts.h"

enum { WORDS_MOST = 1 << 16, WORDS_BYTES = 4 << 20 };

static struct text
word(const struct words *w, size_t i)
{
	const int64_t *offset = (const int64_t *)(const void *)w->offsets->data + i;

	return (struct text){ w->bytes->data + offset[0],
			      (size_t)(offset[1] - offset[0]) };
}

/* The slot of a text: that of its word, or the free one where it belongs. */
static uint32_t *
find_slot(const struct words *w, struct text text)
{
	size_t slot = XXH3_64bits(text.data, text.size) & w->mask;

	while (w->slots[slot] && !text_equal(word(w, w->slots[slot] - 1), text))
		slot = (slot + 1) & w->mask;
	return &w->slots[slot];
}

/* A thread that is refused a part leaves what there is to the one that comes next. */
static bool
need_buffers(struct words *w, struct error *err)
{
	return (w->offsets || (w->offsets = buffer_new(sizeof(int64_t), err))) &&
	       (w->bytes || (w->bytes = buffer_new(0, err)));
}

/* Twice the slots (or the first ones). */
static bool
more_slots(struct words *w, struct error *err)
{
	size_t before = (w->mask + 1) * sizeof(*w->slots);
	uint32_t *old = w->slots;

	if (!need_buffers(w, err))
		return false;
	if (!old)
		w->mask = 63;
	w->slots = memory_alloc((w->mask * 2 + 2) * sizeof(*w->slots), err);
	if (!w->slots) {
		w->slots = old;
		return false;
	}
	w->mask = w->mask * 2 + 1;
	for (size_t i = 0; i < w->n; i++)
		*find_slot(w, word(w, i)) = (uint32_t)i + 1;
	memory_free(old, before);
	return true;
}

static bool
code_of(struct words *w, struct text text, int32_t *code, struct error *err)
{
	uint32_t *slot;
	int64_t end;

	if ((!w->slots || w->n > w->mask / 2) && !more_slots(w, err))
		return false;
	slot = find_slot(w, text);
	if (!*slot) {
		if (!buffer_append(w->bytes, text.data, text.size, err))
			return false;
		end = (int64_t)w->bytes->size;
		if (!buffer_append(w->offsets, &end, sizeof(end), err)) {
			w->bytes->size -= text.size; /* no word begins within it */
			return false;
		}
		*slot = (uint32_t)++w->n;
	}
	*code = (int32_t)(*slot - 1);
	return true;
}

static bool
fits(const struct words *w, const struct column *dictionary)
{
	size_t bytes =
		dictionary->rows ? (size_t)column_longs(dictionary)[dictionary->rows] : 0;

	return dictionary->rows <= WORDS_MOST && bytes <= WORDS_BYTES &&
	       w->n < WORDS_MOST && (!w->bytes || w->bytes->size < WORDS_BYTES);
}

static struct buffer *
look_up(struct words *w, const struct column *dictionary, struct error *err)
{
	struct buffer *codes = buffer_new(dictionary->rows * sizeof(int32_t), err);
	int32_t *at = codes ? (int32_t *)(void *)codes->data : NULL;

	for (size_t i = 0; codes && i < dictionary->rows; i++)
		if (!code_of(w,
			     column_is_null(dictionary, i) ? (struct text){ 0 }
							   : column_text(dictionary, i),
			     &at[i], err)) {
			buffer_drop(codes);
			return NULL;
		}
	return codes;
}

static void
remember(struct words *w, struct column *dictionary, struct buffer *codes)
{
	struct known *known = &w->known[w->next++ % 4];

	column_drop(known->dictionary);
	buffer_drop(known->codes);
	known->dictionary = column_share(dictionary);
	known->codes = buffer_share(codes);
}

/* The lock is held. */
static bool
find_codes(struct words *w, struct column *dictionary, struct buffer **codes,
	   struct error *err)
{
	*codes = NULL;
	for (size_t i = 0; i < 4; i++)
		if (w->known[i].dictionary == dictionary &&
		    w->known[i].codes->size == dictionary->rows * sizeof(int32_t)) {
			*codes = buffer_share(w->known[i].codes);
			return true;
		}
	w->closed = w->closed || !fits(w, dictionary);
	if (w->closed)
		return true;
	*codes = look_up(w, dictionary, err);
	if (*codes)
		remember(w, dictionary, *codes);
	return *codes != NULL;
}

bool
words_codes(struct packing *packing, size_t i, struct column *dictionary,
	    struct buffer **codes, int64_t *most, struct error *err)
{
	struct words *w = &packing->words[i];
	bool ok;

	pthread_mutex_lock(&packing->lock);
	ok = find_codes(w, dictionary, codes, err);
	*most = (int64_t)w->n - 1;
	pthread_mutex_unlock(&packing->lock);
	return ok;
}

static struct column *
copy(const struct words *w, struct error *err)
{
	struct column *c = column_bare(TYPE_STRING, LAYOUT_PLAIN, w->n, err);

	if (!c)
		return NULL;
	c->values = buffer_new((w->n + 1) * sizeof(int64_t), err);
	c->bytes = c->values ? buffer_new(w->bytes ? w->bytes->size : 0, err) : NULL;
	if (!c->bytes)
		return column_fail(c);
	if (w->n) {
		memcpy(c->values->data, w->offsets->data, c->values->size);
		memcpy(c->bytes->data, w->bytes->data, c->bytes->size);
	}
	return c;
}

struct column *
words_column(struct packing *packing, size_t i, struct error *err)
{
	struct words *w = &packing->words[i];
	struct column *c;

	pthread_mutex_lock(&packing->lock);
	if (!w->column || w->column->rows < w->n) {
		c = copy(w, err);
		column_drop(w->column);
		w->column = c;
	}
	c = column_share(w->column);
	pthread_mutex_unlock(&packing->lock);
	return c;
}

void
words_release(struct words *w)
{
	if (w->slots)
		memory_free(w->slots, (w->mask + 1) * sizeof(*w->slots));
	buffer_drop(w->offsets);
	buffer_drop(w->bytes);
	column_drop(w->column);
	for (size_t i = 0; i < 4; i++) {
		column_drop(w->known[i].dictionary);
		buffer_drop(w->known[i].codes);
	}
}
