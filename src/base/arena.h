/*
 * arena.h - memory by lifetime: flow, form, plan, run, screen.
 *
 * Small things are allocated here and never freed one by one. Memory is zeroed
 * and aligned for any type. A refused allocation ends the program, so callers do
 * not check; data of the size of the input belongs into a buffer (memory.h).
 * Not safe for several threads at once: one arena per thread.
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stdarg.h>
#include <stddef.h>

#include "base/error.h"

struct arena_block;

struct arena {
	struct arena_block *last; /* {0} is an empty arena */
	size_t bytes;             /* given out so far */
};

void *arena_alloc(struct arena *arena, size_t size) __attribute__((malloc));

/* n elements of size bytes; the product may not overflow (ends the program). */
void *arena_array(struct arena *arena, size_t n, size_t size) __attribute__((malloc));

/* A larger copy of an array; the old one stays until the arena goes. */
void *arena_grow(struct arena *arena, const void *old, size_t old_size, size_t new_size);

char *arena_text(struct arena *arena, const char *text);
char *arena_text_n(struct arena *arena, const char *text, size_t size);
char *arena_print(struct arena *arena, const char *format, ...) PRINTF_LIKE(2, 3);
char *arena_vprint(struct arena *arena, const char *format, va_list args);

/* Free everything; the arena is empty and can be used again. */
void arena_release(struct arena *arena);

#define ARENA_NEW(arena, type)      ((type *)arena_alloc((arena), sizeof(type)))
#define ARENA_ARRAY(arena, n, type) ((type *)arena_array((arena), (n), sizeof(type)))

#endif
