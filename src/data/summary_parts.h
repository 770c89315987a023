/*
 * summary_parts.h - what a narrow summary is made of. Private to the summary.
 */
#ifndef DATA_SUMMARY_PARTS_H
#define DATA_SUMMARY_PARTS_H

#include <math.h>

#include "data/summary_wide.h"

/* A text of the table, which is open addressing: what tells texts of up to 16 bytes apart
 * stands here. */
struct summary_entry {
	uint64_t hash, count; /* count 0: the place is free */
	uint64_t head;        /* the first 8 bytes */
	uint32_t at, size;    /* in texts */
};
_Static_assert(sizeof(struct summary_entry) == 32, "two of them are a line of cache");

struct summary {
	enum summary_level level;
	enum type typed; /* of the columns; 0: texts whose type is not known */
	struct datetime_format format; /* of texts that are moments */
	size_t most_texts, most_bytes;
	struct buffer *texts, *table;
	size_t n, places; /* of the table: used, and all */
	int shift;        /* of a hash, to a place */
	uint64_t nulls, objects;
	struct infer infer;        /* of what went into wide */
	struct summary_wide *wide; /* NULL: narrow */

	struct column *dictionary; /* whose codes are counted; NULL: none */
	struct buffer *codes;      /* uint64: how often each occurs */
};

static inline struct summary_entry *
summary_table(const struct summary *s)
{
	return (struct summary_entry *)(void *)s->table->data;
}

/* The first used place from i on; places: there is none. */
static inline size_t
summary_used(const struct summary *s, size_t i)
{
	while (i < s->places && summary_table(s)[i].count == 0)
		i++;
	return i;
}

static inline struct text
summary_text(const struct summary *s, const struct summary_entry *entry)
{
	return (struct text){ s->texts->data + entry->at, entry->size };
}

/* A value of a typed column that is no string stands in the table as its 8 bytes. */
static inline bool
summary_is_binary(const struct summary *s)
{
	return s->typed && s->typed != TYPE_STRING;
}

static inline struct summary_value
summary_value_of(struct text t, enum type type)
{
	struct summary_value value = { 0 };

	if (type == TYPE_FLOAT) {
		memcpy(&value.number, t.data, sizeof(value.number));
	} else {
		memcpy(&value.whole, t.data, sizeof(value.whole));
		value.number = (double)value.whole;
	}
	return value;
}

/* Rows of a column of the summary's type. */
CHECKED bool summary_add_typed(struct summary *s, const struct column *c,
			       struct error *err);

/* What a text is in a column of a type. */
enum summary_fit { FIT_VALUE, FIT_MISSING, FIT_ODD };

/* format: of moments; of other types it is not looked at. */
enum summary_fit summary_fit(struct text t, unsigned looks, enum type type,
			     const struct datetime_format *format,
			     struct summary_value *out);

/* n times x and x * x, exactly. */
void summary_add_moments(struct moments *m, double x, uint64_t n);

struct histogram;

/* Those that have an edge; in the arena. */
void summary_put_histogram(struct summary_result *out, const struct histogram *bins,
			   struct arena *arena);

CHECKED bool summary_narrow_settle(const struct summary *s, struct summary_result *out,
				   struct arena *arena, struct error *err);

#endif
