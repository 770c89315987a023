/* summary_wide - counting without remembering. */
#include "data/summary_wide.h"

#include <stdlib.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "data/summary_parts.h"

enum {
	INDEX_BITS = 14, /* of a hash, that choose the register */
};

struct summary_wide *
summary_wide_new(enum summary_level level, const struct datetime_format *format,
		 struct error *err)
{
	struct summary_wide *w = memory_alloc(sizeof(*w), err);

	if (w) {
		w->level = level;
		w->format = format;
	}
	return w;
}

void
wide_numbers_release(struct wide_numbers *numbers)
{
	for (size_t i = 0; i < WIDE_OCTAVES; i++)
		memory_free(numbers->octave[i], WIDE_BINS * sizeof(uint64_t));
}

void
summary_wide_free(struct summary_wide *w)
{
	if (!w)
		return;
	wide_numbers_release(&w->whole);
	wide_numbers_release(&w->other);
	spread_release(&w->date);
	spread_release(&w->datetime);
	buffer_drop(w->min);
	buffer_drop(w->max);
	for (int kind = 0; kind < ODDS; kind++)
		for (size_t i = 0; i < w->odd[kind].n; i++)
			buffer_drop(w->odd[kind].text[i]);
	memory_free(w, sizeof(*w));
}

static void
count_different(struct summary_wide *w, uint64_t hash)
{
	const size_t index = (size_t)(hash >> (64 - INDEX_BITS));
	const uint64_t rest = hash << INDEX_BITS | UINT64_C(1) << (INDEX_BITS - 1);
	const unsigned char rank = (unsigned char)(__builtin_clzll(rest) + 1);

	if (w->reg[index] < rank)
		w->reg[index] = rank;
}

/* Sign, exponent and the first bits of the fraction, in the order of the numbers. */
static uint32_t
bin_of(double x)
{
	uint64_t bits;

	memcpy(&bits, &x, sizeof(bits));
	bits = bits >> 63 ? ~bits : bits | UINT64_C(1) << 63;
	return (uint32_t)(bits >> (52 - WIDE_BITS));
}

static bool
count_bin(struct wide_numbers *numbers, uint32_t bin, uint64_t n, struct error *err)
{
	uint64_t **octave = &numbers->octave[bin / WIDE_BINS];

	if (!*octave && !(*octave = memory_alloc(WIDE_BINS * sizeof(uint64_t), err)))
		return false;
	(*octave)[bin % WIDE_BINS] += n;
	return true;
}

static bool
add_number(struct summary_wide *w, struct wide_numbers *numbers, double x, int64_t whole,
	   uint64_t n, struct error *err)
{
	const bool first = numbers->n == 0;

	numbers->n += n;
	if (w->level < SUMMARY_ALL)
		return true;
	numbers->min = first || x < numbers->min ? x : numbers->min;
	numbers->max = first || x > numbers->max ? x : numbers->max;
	numbers->least = first || whole < numbers->least ? whole : numbers->least;
	numbers->most = first || whole > numbers->most ? whole : numbers->most;
	if (isfinite(x))
		summary_add_moments(&numbers->moments, x, n);
	return count_bin(numbers, bin_of(x), n, err);
}

static bool
set_text(struct buffer **to, struct text t, struct error *err)
{
	if (!*to && !(*to = buffer_new(0, err)))
		return false;
	(*to)->size = 0;
	return buffer_append(*to, t.data, t.size, err);
}

static struct text
text_in(const struct buffer *buffer)
{
	return (struct text){ buffer->data, buffer->size };
}

static bool
add_extremes(struct summary_wide *w, struct text t, struct error *err)
{
	return (w->min && text_compare(t, text_in(w->min)) >= 0) ||
			       set_text(&w->min, t, err)
		       ? (w->max && text_compare(t, text_in(w->max)) <= 0) ||
				 set_text(&w->max, t, err)
		       : false;
}

static bool
add_odd(struct wide_odd *odd, struct text t, struct error *err)
{
	size_t i = odd->n;
	struct buffer *mine;

	if (i == SUMMARY_ODD && text_compare(t, text_in(odd->text[i - 1])) >= 0)
		return true;
	for (size_t k = 0; k < odd->n; k++) {
		int order = text_compare(t, text_in(odd->text[k]));

		if (order == 0)
			return true;
		if (order < 0) {
			i = k;
			break;
		}
	}
	if (odd->n < SUMMARY_ODD)
		odd->text[odd->n++] = NULL;
	mine = odd->text[odd->n - 1];
	for (size_t k = odd->n - 1; k > i; k--)
		odd->text[k] = odd->text[k - 1];
	odd->text[i] = mine;
	return set_text(&odd->text[i], t, err);
}

/* What a text is, apart from the type that its column will have. */
struct sight {
	struct text text;
	unsigned looks;
	uint64_t n;
	enum summary_fit number; /* as a float */
	double x;
	bool is_whole;
	int64_t whole;
};

static struct sight
look_at(struct text t, unsigned looks, uint64_t n)
{
	struct sight sight = { .text = t, .looks = looks, .n = n };
	struct summary_value value;

	sight.number = summary_fit(t, 0, TYPE_FLOAT, NULL, &value);
	sight.x = value.number;
	sight.is_whole = sight.number == FIT_VALUE && trunc(sight.x) == sight.x &&
			 summary_fit(t, 0, TYPE_LONG, NULL, &value) == FIT_VALUE;
	sight.whole = value.whole;
	return sight;
}

static bool
add_as_number(struct summary_wide *w, const struct sight *s, struct error *err)
{
	if (s->number == FIT_MISSING)
		w->nan += s->n;
	else if (s->number == FIT_VALUE && s->is_whole)
		return add_number(w, &w->whole, s->x, s->whole, s->n, err);
	else if (s->number == FIT_VALUE)
		return add_number(w, &w->other, s->x, 0, s->n, err) &&
		       (w->level < SUMMARY_ALL ||
			add_odd(&w->odd[ODD_WHOLE], s->text, err));
	else if (w->level == SUMMARY_ALL)
		return add_odd(&w->odd[ODD_NUMBER], s->text, err) &&
		       add_odd(&w->odd[ODD_WHOLE], s->text, err);
	return true;
}

/* Of what looks like a number only "0" and "1" are flags, with blanks perhaps. */
static bool
may_be_bool(const struct sight *s)
{
	const char first = s->text.data[0], last = s->text.data[s->text.size - 1];

	return !(s->looks & LOOKS_NUMERIC) || s->text.size == 1 || first <= ' ' ||
	       last <= ' ' || first == 0x7f || last == 0x7f;
}

/* And among the types that few columns have. */
static bool
add_as_others(struct summary_wide *w, const struct sight *s, struct error *err)
{
	const struct text t = s->text;
	const bool all = w->level == SUMMARY_ALL;
	struct summary_value value;
	bool date = summary_fit(t, s->looks, TYPE_DATE, NULL, &value) == FIT_VALUE,
	     moment;

	if (date && !spread_add(&w->date, value.whole, s->n, all, err))
		return false;
	moment = summary_fit(t, s->looks, TYPE_DATETIME, w->format, &value) == FIT_VALUE;
	if (moment && !spread_add(&w->datetime, value.whole, s->n, all, err))
		return false;
	if (may_be_bool(s) &&
	    summary_fit(t, s->looks, TYPE_BOOL, NULL, &value) == FIT_VALUE)
		w->bools[value.whole] += s->n;
	return !all || ((date || add_odd(&w->odd[ODD_DATE], t, err)) &&
			(moment || add_odd(&w->odd[ODD_MOMENT], t, err)));
}

/* Numbers alike count once, however they are written; but those that only a long tells
 * apart are as many. */
static uint64_t
hash_number(double x, bool is_whole, int64_t whole)
{
	return is_whole && !(x < 0x1p63 && (int64_t)x == whole)
		       ? XXH3_64bits(&whole, sizeof(whole))
		       : XXH3_64bits(&x, sizeof(x));
}

static bool
add_identity(struct summary_wide *w, const struct sight *s, struct error *err)
{
	count_different(w, s->number == FIT_VALUE
				   ? hash_number(s->x, s->is_whole, s->whole)
				   : XXH3_64bits(s->text.data, s->text.size));
	return add_extremes(w, s->text, err);
}

bool
summary_wide_add(struct summary_wide *w, struct text t, unsigned looks, uint64_t n,
		 struct error *err)
{
	struct sight sight;

	w->rows += n;
	if (text_is_blank(t)) {
		w->blank += n;
		return true;
	}
	sight = look_at(t, looks, n);
	if (w->level == SUMMARY_ALL && !add_identity(w, &sight, err))
		return false;
	if (looks & LOOKS_NULL) {
		w->null_like += n;
		return true;
	}
	return add_as_number(w, &sight, err) && add_as_others(w, &sight, err);
}

bool
summary_wide_add_typed(struct summary_wide *w, struct text t, enum type type, uint64_t n,
		       struct error *err)
{
	struct summary_value value;

	w->rows += n;
	if (type == TYPE_STRING) {
		if (text_is_blank(t)) {
			w->blank += n;
			return true;
		}
		count_different(w, XXH3_64bits(t.data, t.size));
		return add_extremes(w, t, err);
	}
	value = summary_value_of(t, type);
	count_different(w, hash_number(value.number, type != TYPE_FLOAT, value.whole));
	if (type & TYPE_NUMERIC)
		return add_number(w, type == TYPE_LONG ? &w->whole : &w->other,
				  value.number, value.whole, n, err);
	if (type != TYPE_BOOL)
		return spread_add(type == TYPE_DATE ? &w->date : &w->datetime,
				  value.whole, n, true, err);
	w->bools[value.whole] += n;
	return true;
}

static bool
merge_bins(struct wide_numbers *into, const struct wide_numbers *from, struct error *err)
{
	for (uint32_t i = 0; i < WIDE_OCTAVES * WIDE_BINS; i++) {
		const uint64_t *octave = from->octave[i / WIDE_BINS];

		if (!octave)
			i += WIDE_BINS - 1;
		else if (octave[i % WIDE_BINS] &&
			 !count_bin(into, i, octave[i % WIDE_BINS], err))
			return false;
	}
	return true;
}

bool
wide_numbers_merge(struct wide_numbers *into, const struct wide_numbers *from,
		   struct error *err)
{
	const bool first = into->n == 0;

	if (from->n == 0)
		return true;
	into->n += from->n;
	into->min = first || from->min < into->min ? from->min : into->min;
	into->max = first || from->max > into->max ? from->max : into->max;
	into->least = first || from->least < into->least ? from->least : into->least;
	into->most = first || from->most > into->most ? from->most : into->most;
	moments_merge(&into->moments, &from->moments);
	return merge_bins(into, from, err);
}

bool
summary_wide_merge(struct summary_wide *into, const struct summary_wide *from,
		   struct error *err)
{
	into->rows += from->rows;
	into->blank += from->blank;
	into->null_like += from->null_like;
	into->nan += from->nan;
	into->bools[0] += from->bools[0];
	into->bools[1] += from->bools[1];
	for (size_t i = 0; i < REGISTERS; i++)
		if (into->reg[i] < from->reg[i])
			into->reg[i] = from->reg[i];
	for (int kind = 0; kind < ODDS; kind++)
		for (size_t i = 0; i < from->odd[kind].n; i++)
			if (!add_odd(&into->odd[kind], text_in(from->odd[kind].text[i]),
				     err))
				return false;
	return spread_merge(&into->date, &from->date, err) &&
	       spread_merge(&into->datetime, &from->datetime, err) &&
	       (!from->min || add_extremes(into, text_in(from->min), err)) &&
	       (!from->max || add_extremes(into, text_in(from->max), err)) &&
	       wide_numbers_merge(&into->whole, &from->whole, err) &&
	       wide_numbers_merge(&into->other, &from->other, err);
}
