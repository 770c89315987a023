/* memory - one account for all data; the only allocator that may refuse. */
#include "base/memory.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "base/spare.h"

enum { PAD = 64 };

#if defined(__SANITIZE_THREAD__)
enum { IS_WATCHED = true };
#elif defined(__has_feature)
enum { IS_WATCHED = __has_feature(thread_sanitizer) };
#else
enum { IS_WATCHED = false };
#endif

static atomic_size_t limit, used, peak;
static atomic_size_t refuse_in;
static atomic_bool is_pinched;

void
memory_limit(size_t bytes)
{
	limit = bytes;
}

size_t
memory_most(void)
{
	return limit;
}

size_t
memory_used(void)
{
	return used;
}

size_t
memory_room(void)
{
	size_t most = limit, now = used;

	if (is_pinched)
		return 0;
	return !most ? SIZE_MAX : now < most ? most - now : 0;
}

bool
memory_is_short(size_t more)
{
	size_t most = limit;

	return is_pinched || (most && used + more > most / 2);
}

size_t
memory_least(void)
{
	enum { LEAST = 64 << 10 };

	if (is_pinched)
		return 1;
	return limit / 64 < LEAST ? LEAST : limit / 64;
}

size_t
memory_peak(void)
{
	return peak;
}

void
memory_pinch(bool pinched)
{
	is_pinched = pinched;
}

void
memory_refuse(size_t n)
{
	refuse_in = n;
}

static bool
refusal_due(void)
{
	size_t n = refuse_in;

	while (n && !atomic_compare_exchange_weak(&refuse_in, &n, n - 1))
		;
	return n == 1;
}

static bool
claim(size_t size, struct error *err)
{
	size_t now = atomic_fetch_add(&used, size) + size, most = peak;

	if ((limit && now > limit) || refusal_due()) {
		atomic_fetch_sub(&used, size);
		return fail(err,
			    "out of memory: %zu bytes more would pass the limit of %zu; "
			    "give more with --memory",
			    size, limit ? (size_t)limit : now - size);
	}
	while (now > most && !atomic_compare_exchange_weak(&peak, &most, now))
		;
	return true;
}

/* Only the pad is zeroed. */
void *
memory_alloc_bare(size_t size, struct error *err)
{
	size_t whole = size > SIZE_MAX / 2 ? 0 : spare_size(size + PAD);
	void *data;

	if (!whole) {
		fail(err, "out of memory: %zu bytes asked for", size);
		return NULL;
	}
	if (!claim(size, err))
		return NULL;
	data = spare_take(whole);
	if (!data) {
		atomic_fetch_sub(&used, size);
		fail(err, "out of memory: the system refused %zu bytes", size);
		return NULL;
	}
	memset((char *)data + size, 0, PAD);
	return data;
}

void *
memory_alloc(size_t size, struct error *err)
{
	void *data = memory_alloc_bare(size, err);

	if (data)
		memset(data, 0, size);
	return data;
}

void
memory_free(void *data, size_t size)
{
	if (!data)
		return;
	spare_give(data, spare_size(size + PAD));
	atomic_fetch_sub(&used, size);
}

static void *
map_pages(size_t size)
{
	return mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1,
		    0);
}

/* ThreadSanitizer does not see pages that move: what others did where they go would be
 * taken for theirs. */
static void *
move_pages(void *old, size_t old_size, size_t size)
{
	void *data = IS_WATCHED ? map_pages(size)
				: mremap(old, old_size, size, MREMAP_MAYMOVE);

	if (IS_WATCHED && data != MAP_FAILED) {
		memcpy(data, old, old_size < size ? old_size : size);
		munmap(old, old_size);
	}
	return data;
}

void *
memory_pages(void *old, size_t old_size, size_t size, struct error *err)
{
	void *data;

	if (!claim(size - old_size, err))
		return NULL;
	data = old ? move_pages(old, old_size, size) : map_pages(size);
	if (data != MAP_FAILED)
		return data;
	atomic_fetch_sub(&used, size - old_size);
	fail(err, "out of memory: the system refused %zu bytes", size);
	return NULL;
}

void
memory_pages_free(void *data, size_t size)
{
	if (!data)
		return;
	munmap(data, size);
	atomic_fetch_sub(&used, size);
}

struct buffer *
buffer_new_bare(size_t size, struct error *err)
{
	struct buffer *buffer = malloc(sizeof(*buffer));

	if (!buffer) {
		fail(err, "out of memory: the system refused %zu bytes", sizeof(*buffer));
		return NULL;
	}
	buffer->data = memory_alloc_bare(size, err);
	buffer->size = buffer->capacity = size;
	atomic_init(&buffer->refs, 1);
	if (!buffer->data) {
		free(buffer);
		return NULL;
	}
	return buffer;
}

struct buffer *
buffer_new(size_t size, struct error *err)
{
	struct buffer *buffer = buffer_new_bare(size, err);

	if (buffer)
		memset(buffer->data, 0, size);
	return buffer;
}

struct buffer *
buffer_share(struct buffer *buffer)
{
	if (buffer)
		atomic_fetch_add_explicit(&buffer->refs, 1, memory_order_relaxed);
	return buffer;
}

void
buffer_drop(struct buffer *buffer)
{
	if (!buffer ||
	    atomic_fetch_sub_explicit(&buffer->refs, 1, memory_order_acq_rel) > 1)
		return;
	memory_free(buffer->data, buffer->capacity);
	free(buffer);
}

bool
buffer_grow(struct buffer *buffer, size_t more, struct error *err)
{
	size_t capacity = buffer->capacity;
	char *data;

	if (more > SIZE_MAX / 2 - buffer->size)
		return fail(err, "out of memory: %zu bytes asked for", more);
	capacity = capacity < 64 ? 64 : capacity;
	while (capacity < buffer->size + more)
		capacity *= 2;
	data = memory_alloc_bare(capacity, err);
	if (!data)
		return false;
	memcpy(data, buffer->data, buffer->size);
	memory_free(buffer->data, buffer->capacity);
	buffer->data = data;
	buffer->capacity = capacity;
	return true;
}

bool
buffer_resize(struct buffer *buffer, size_t size, struct error *err)
{
	if (size > buffer->size) {
		if (!buffer_reserve(buffer, size - buffer->size, err))
			return false;
		memset(buffer->data + buffer->size, 0, size - buffer->size);
	}
	buffer->size = size;
	return true;
}
