/*
 * memory.h - memory for data: counted, limited, refusable, shared.
 *
 * A buffer holds what grows with the input: column values, hash tables, sort
 * runs. Every byte is counted against the limit (--memory); what is refused is
 * an error with the size asked for and the limit. Buffers are shared by counting
 * references (safe across threads); whoever holds the only reference may write.
 *
 * Who can put data out of memory (spill.h) does so before it is refused: whenever
 * memory_is_short(), each gives up what it holds, if that is worth a write (at least
 * memory_least()). So those that spill share the limit without knowing each other; the
 * other half is for those who cannot, and for the work on what is held.
 *
 * Sizes are bytes. Data is aligned to 64 bytes and padded by 64 readable bytes, so
 * vector loops may read past the end.
 */
#ifndef BASE_MEMORY_H
#define BASE_MEMORY_H

#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/text.h"

/* Bytes of data that may be held at once; 0: no limit (the preset). */
void memory_limit(size_t bytes);
size_t memory_most(void); /* that limit */
size_t memory_used(void);
size_t memory_room(void); /* what may still be had; SIZE_MAX without a limit */

/* Would `more` bytes pass half of the limit? Then spill. */
bool memory_is_short(size_t more);
/* The least that is worth spilling: 1/64 of the limit, but no less than 64 KB. */
size_t memory_least(void);

/* The most that the process had in memory at once, program and all. */
size_t memory_resident(void);
/* What this process could have now: what the system has available, or less if its
 * control group allows less; 0: not known. */
size_t memory_available(void);
size_t memory_peak(void);

/* Refuse the n-th request from now on (1 = the next), once; 0: never. For tests. */
void memory_refuse(size_t n);

/* Memory is short from now on, whatever there is, and all is worth spilling. For tests.
 */
void memory_pinch(bool pinched);

struct buffer {
	char *data;
	size_t size;     /* bytes in use */
	size_t capacity; /* bytes there */
	atomic_int refs;
};

/* A buffer of size zeroed bytes, one reference; NULL if refused. */
CHECKED struct buffer *buffer_new(size_t size, struct error *err);

/* The same, not zeroed. */
CHECKED struct buffer *buffer_new_bare(size_t size, struct error *err);

struct buffer *buffer_share(struct buffer *buffer); /* one more reference */
void buffer_drop(struct buffer *buffer);            /* one less; NULL is fine */

static inline bool
buffer_is_shared(const struct buffer *buffer)
{
	return atomic_load_explicit(&buffer->refs, memory_order_acquire) > 1;
}

/* More room than there is, at least by doubling. */
CHECKED bool buffer_grow(struct buffer *buffer, size_t more, struct error *err);

/* Room for size bytes more behind what is there; the size in use stays. The buffer must
 * not be shared. What the room holds is not defined. */
CHECKED static inline bool
buffer_reserve(struct buffer *buffer, size_t more, struct error *err)
{
	return more <= buffer->capacity - buffer->size || buffer_grow(buffer, more, err);
}

/* Set the size in use, growing with zeroes if needed. */
CHECKED bool buffer_resize(struct buffer *buffer, size_t size, struct error *err);

CHECKED static inline bool
buffer_append(struct buffer *buffer, const void *data, size_t size, struct error *err)
{
	if (!buffer_reserve(buffer, size, err))
		return false;
	if (size)
		memcpy(buffer->data + buffer->size, data, size);
	buffer->size += size;
	return true;
}

CHECKED static inline bool
buffer_put(struct buffer *buffer, const char *text, struct error *err)
{
	return buffer_append(buffer, text, strlen(text), err);
}

/* Raw counted memory, for tables that are no column: as malloc, zeroed. */
CHECKED void *memory_alloc(size_t size, struct error *err);
/* The same, not zeroed. */
CHECKED void *memory_alloc_bare(size_t size, struct error *err);
void memory_free(void *data, size_t size);

/* The same for tables of the size of the input that grow: whole pages, which move to more
 * room without being copied and go back to the system at once. old NULL: a new one. On
 * refusal NULL, and old stays. */
CHECKED void *memory_pages(void *old, size_t old_size, size_t size, struct error *err);
void memory_pages_free(void *data, size_t size);

#endif
