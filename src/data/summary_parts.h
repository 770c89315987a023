/*
 * summary_parts.h - what a narrow summary is made of. Private to the summary.
 */
#ifndef DATA_SUMMARY_PARTS_H
#define DATA_SUMMARY_PARTS_H

#include <math.h>

#include "data/summary_wide.h"

struct summary_entry {
	uint64_t hash, count;
	uint32_t at, size; /* in texts */
};

struct summary {
	enum summary_level level;
	size_t most_texts, most_bytes;
	struct buffer *texts, *entries, *slots; /* slots: uint32, entry + 1 or 0 */
	size_t n_slots;
	uint64_t nulls;
	struct infer infer;        /* of what went into wide */
	struct summary_wide *wide; /* NULL: narrow */

	struct column *dictionary; /* whose codes are counted; NULL: none */
	struct buffer *codes;      /* uint64: how often each occurs */
};

static inline struct summary_entry *
summary_entries(const struct summary *s)
{
	return (struct summary_entry *)(void *)s->entries->data;
}

static inline size_t
summary_texts(const struct summary *s)
{
	return s->entries->size / sizeof(struct summary_entry);
}

static inline struct text
summary_text(const struct summary *s, const struct summary_entry *entry)
{
	return (struct text){ s->texts->data + entry->at, entry->size };
}

/* What a text is in a column of a type. */
enum summary_fit { FIT_VALUE, FIT_MISSING, FIT_ODD };

enum summary_fit summary_fit(struct text t, unsigned looks, enum type type,
			     struct summary_value *out);

/* n times x and x * x, exactly. */
void summary_add_moments(struct moments *m, double x, uint64_t n);

CHECKED bool summary_narrow_settle(const struct summary *s, struct summary_result *out,
				   struct arena *arena, struct error *err);

#endif
