/*
 * frequency.h - how often each text occurs.
 *
 * Counts can be shared out and merged in any order. What is held grows with the number
 * of different texts, in counted memory.
 */
#ifndef DATA_FREQUENCY_H
#define DATA_FREQUENCY_H

#include "base/arena.h"
#include "data/column.h"

struct frequency;

struct frequency_entry {
	struct text text;
	uint64_t count;
};

struct frequency *frequency_new(struct error *err);
void frequency_free(void *frequency); /* NULL is fine */

CHECKED bool frequency_add(struct frequency *frequency, struct text text, uint64_t count,
			   struct error *err);
/* Every row of a string column that is not null. */
CHECKED bool frequency_add_column(struct frequency *frequency,
				  const struct column *column, struct error *err);
CHECKED bool frequency_merge(struct frequency *into, const struct frequency *from,
			     struct error *err);

size_t frequency_distinct(const struct frequency *frequency);

/* Most frequent first, ties in ascending order of bytes (Spark's StringIndexer,
 * frequencyDesc). List and texts are copied into the arena. */
CHECKED bool frequency_sorted(const struct frequency *frequency,
			      struct frequency_entry **out, size_t *n,
			      struct arena *arena, struct error *err);

#endif
