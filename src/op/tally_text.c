/*
 * tally_text - least, largest, first and last of texts.
 *
 * Picked texts lie one behind the other; those that are no longer picked stay, until
 * they are more than half of all.
 */
#include "op/tally_parts.h"

struct pick {
	struct place place; /* its chunk UINT64_MAX: nothing is picked */
	uint64_t start;     /* the first bytes, as a number of the same order */
	size_t at, size;    /* in texts */
};

struct text_tally {
	struct tally tally;
	struct pick *picks;
	struct buffer *texts;
	size_t live; /* bytes that are picked */
};

enum { LITTLE = 1 << 16 }; /* bytes that are not worth to be cleared */

static bool
room(struct tally *tally, size_t groups, struct error *err)
{
	struct text_tally *t = (struct text_tally *)tally;
	void *picks = t->picks;

	if (!t->texts && !(t->texts = buffer_new(0, err)))
		return false;
	if (!tally_grow(&picks, tally->groups, groups, sizeof(*t->picks), err))
		return false;
	t->picks = picks;
	for (size_t g = tally->groups; g < groups; g++)
		t->picks[g].place.chunk = UINT64_MAX;
	return true;
}

static uint64_t
start_of(struct text text)
{
	uint64_t start = 0;

	for (size_t i = 0; i < sizeof(start); i++)
		start = start << 8 | (i < text.size ? (unsigned char)text.data[i] : 0);
	return start;
}

static int
compare(const struct text_tally *t, const struct pick *pick, struct text text,
	uint64_t start)
{
	if (start != pick->start)
		return start < pick->start ? -1 : 1;
	return text_compare(text, (struct text){ t->texts->data + pick->at, pick->size });
}

static bool
is_better(const struct text_tally *t, const struct pick *pick, struct text text,
	  uint64_t start, struct place place)
{
	enum tally_function function = t->tally.function;
	int order;

	if (pick->place.chunk == UINT64_MAX)
		return true;
	if (function == FIRST)
		return place_before(place, pick->place);
	if (function == LAST)
		return place_before(pick->place, place);
	order = compare(t, pick, text, start);
	if (order == 0)
		return place_before(place, pick->place);
	return function == MIN_OF ? order < 0 : order > 0;
}

/* Only what is picked is kept. */
static bool
clear(struct text_tally *t, struct error *err)
{
	struct buffer *texts = buffer_new(0, err);

	if (!texts || !buffer_reserve(texts, t->live, err)) {
		buffer_drop(texts);
		return false;
	}
	for (size_t g = 0; g < t->tally.groups; g++) {
		struct pick *pick = &t->picks[g];

		memcpy(texts->data + texts->size, t->texts->data + pick->at, pick->size);
		pick->at = texts->size;
		texts->size += pick->size;
	}
	buffer_drop(t->texts);
	t->texts = texts;
	return true;
}

static bool
take(struct text_tally *t, struct pick *pick, struct text text, uint64_t start,
     struct place place, struct error *err)
{
	size_t at = t->texts->size;

	if (!buffer_append(t->texts, text.data, text.size, err))
		return false;
	t->live += text.size - pick->size;
	*pick = (struct pick){ place, start, at, text.size };
	return t->texts->size < 2 * t->live + LITTLE || clear(t, err);
}

static bool
add(struct tally *tally, const struct present *p, struct error *err)
{
	struct text_tally *t = (struct text_tally *)tally;

	for (size_t i = 0; i < p->n; i++) {
		struct pick *pick = &t->picks[p->groups ? p->groups[i] : 0];
		struct text text = column_text(p->column, present_row(p, i));
		struct place place = present_place(p, i);
		uint64_t start = start_of(text);

		if (is_better(t, pick, text, start, place) &&
		    !take(t, pick, text, start, place, err))
			return false;
	}
	return true;
}

static bool
merge(struct tally *into, struct tally *from, const uint32_t *map, size_t n,
      struct error *err)
{
	struct text_tally *to = (struct text_tally *)into;
	struct text_tally *t = (struct text_tally *)from;

	for (size_t g = 0; g < n; g++) {
		const struct pick *pick = &t->picks[g];
		struct pick *mine = &to->picks[map[g]];
		struct text text;

		if (pick->place.chunk == UINT64_MAX)
			continue;
		text = (struct text){ t->texts->data + pick->at, pick->size };
		if (is_better(to, mine, text, pick->start, pick->place) &&
		    !take(to, mine, text, pick->start, pick->place, err))
			return false;
	}
	return true;
}

static void
put(struct tally *tally, enum tally_function function, size_t group, struct build *out)
{
	const struct text_tally *t = (struct text_tally *)tally;
	const struct pick *pick = &t->picks[group];

	(void)function;
	if (pick->place.chunk == UINT64_MAX)
		build_null(out);
	else
		build_text(out, (struct text){ t->texts->data + pick->at, pick->size });
}

static size_t
bytes(const struct tally *tally)
{
	const struct buffer *texts = ((const struct text_tally *)tally)->texts;

	return texts ? texts->capacity : 0;
}

static void
release(struct tally *tally)
{
	struct text_tally *t = (struct text_tally *)tally;

	buffer_drop(t->texts);
	memory_free(t->picks, tally->groups * sizeof(*t->picks));
}

const struct tally_kind tally_text = {
	.size = sizeof(struct text_tally),
	.width = sizeof(struct pick),
	.bytes = bytes,
	.room = room,
	.add = add,
	.merge = merge,
	.put = put,
	.release = release,
};
