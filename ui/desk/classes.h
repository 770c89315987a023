/*
 * classes.h - values of a column as categories: each different text gets a number.
 *
 * As many as `most` are told apart, in the order in which they come; the others are one.
 */
#ifndef DESK_CLASSES_H
#define DESK_CLASSES_H

#include "data/column.h"
#include "desk/chart_data.h"

struct classes {
	struct arena arena;
	size_t most, n;
	struct chart_class *at; /* in the order of their numbers */
	uint32_t *slots;        /* number + 1, by hash */
	size_t room;
	size_t missing, rest; /* their numbers + 1; 0: there are none */
	struct buffer *text;
	/* numbers of the entries of the dictionary at hand */
	struct column *dictionary;
	struct buffer *known;
};

CHECKED bool classes_init(struct classes *classes, size_t most, struct error *err);
void classes_release(struct classes *classes);

/* The numbers of a column's rows, which are counted. */
CHECKED bool classes_find(struct classes *classes, const struct column *column,
			  uint32_t *out, struct error *err);

/* The classes as they are to be shown, in the arena, and for each number its place there.
 * by_value: those that are all numbers stand in their order. */
struct chart_class *classes_sorted(const struct classes *classes, bool by_value,
				   uint32_t **places, struct arena *arena);

#endif
