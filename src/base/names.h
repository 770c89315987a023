/*
 * names.h - an ordered list of names (columns, labels), in an arena.
 */
#ifndef BASE_NAMES_H
#define BASE_NAMES_H

#include <stdbool.h>
#include <stddef.h>

struct arena;

struct names {
	size_t n;
	const char **at; /* in the arena; not terminated by NULL */
};

void names_add(struct names *names, const char *name, struct arena *arena);

/* Place of a name, or names->n. */
size_t names_find(const struct names *names, const char *name);
bool names_has(const struct names *names, const char *name);

#endif
