/* arena - blocks that grow with what was asked before; freed in one go. */
#include "base/arena.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct arena_block {
	struct arena_block *before;
	size_t size, used;
	_Alignas(max_align_t) char data[];
};

enum { FIRST_BLOCK = 4096, LARGEST_BLOCK = 1 << 20 };

static void
refused(size_t size)
{
	fprintf(stderr, "lariat: out of memory (%zu bytes asked for)\n", size);
	abort();
}

static struct arena_block *
block_new(struct arena *arena, size_t size)
{
	struct arena_block *block;
	size_t room = FIRST_BLOCK;

	while (room < LARGEST_BLOCK && room < arena->bytes)
		room *= 2;
	if (room < size)
		room = size;
	block = room > SIZE_MAX - sizeof(*block) ? NULL : malloc(sizeof(*block) + room);
	if (!block)
		refused(size);
	block->before = arena->last;
	block->size = room;
	block->used = 0;
	arena->last = block;
	return block;
}

void *
arena_alloc(struct arena *arena, size_t size)
{
	const size_t align = _Alignof(max_align_t);
	struct arena_block *block = arena->last;
	char *data;

	if (size > SIZE_MAX - align)
		refused(size);
	size = (size + align - 1) / align * align;
	if (!block || block->size - block->used < size)
		block = block_new(arena, size);
	data = block->data + block->used;
	block->used += size;
	arena->bytes += size;
	memset(data, 0, size);
	return data;
}

void *
arena_array(struct arena *arena, size_t n, size_t size)
{
	if (size && n > SIZE_MAX / size)
		refused(SIZE_MAX);
	return arena_alloc(arena, n * size);
}

void *
arena_grow(struct arena *arena, const void *old, size_t old_size, size_t new_size)
{
	void *grown = arena_alloc(arena, new_size);

	if (old_size)
		memcpy(grown, old, old_size);
	return grown;
}

char *
arena_text_n(struct arena *arena, const char *text, size_t size)
{
	char *copy = arena_alloc(arena, size + 1);

	if (size)
		memcpy(copy, text, size);
	return copy;
}

char *
arena_text(struct arena *arena, const char *text)
{
	return arena_text_n(arena, text, strlen(text));
}

char *
arena_vprint(struct arena *arena, const char *format, va_list args)
{
	va_list again;
	char *text;
	int n;

	va_copy(again, args);
	n = vsnprintf(NULL, 0, format, again);
	va_end(again);
	text = arena_alloc(arena, (size_t)(n < 0 ? 0 : n) + 1);
	vsnprintf(text, (size_t)(n < 0 ? 0 : n) + 1, format, args);
	return text;
}

char *
arena_print(struct arena *arena, const char *format, ...)
{
	va_list args;
	char *text;

	va_start(args, format);
	text = arena_vprint(arena, format, args);
	va_end(args);
	return text;
}

void
arena_release(struct arena *arena)
{
	while (arena->last) {
		struct arena_block *block = arena->last;

		arena->last = block->before;
		free(block);
	}
	arena->bytes = 0;
}
