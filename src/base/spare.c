/* spare - lists by size: four steps from a power of two to the next. */
#include "base/spare.h"

#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>

enum {
	STEPS = 4,
	FIRST = 8, /* 2^FIRST is the smallest size */
	LAST = 20, /* and 2^LAST the largest that is kept */
	CLASSES = (LAST - FIRST) * STEPS + 1,
	MOST = 8 << 20, /* bytes that a thread keeps */
	HUGE_PAGE = 2 << 20,
};

#if defined(__SANITIZE_ADDRESS__)
#define KEEPS false
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define KEEPS false
#endif
#endif
#ifndef KEEPS
#define KEEPS true
#endif

struct spare {
	struct spare *next;
};

struct spares {
	struct spare *first[CLASSES];
	size_t bytes;
	bool begun; /* the thread's end will free them */
};

static _Thread_local struct spares spares;
static pthread_key_t key;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void
release(void *context)
{
	struct spares *s = context;

	for (size_t i = 0; i < CLASSES; i++)
		for (struct spare *spare = s->first[i], *next; spare; spare = next) {
			next = spare->next;
			free(spare);
		}
	*s = (struct spares){ 0 };
}

static void
make_key(void)
{
	pthread_key_create(&key, release);
}

static unsigned
power_below(size_t size)
{
	return 63 - (unsigned)__builtin_clzll(size);
}

size_t
spare_size(size_t bytes)
{
	const size_t least = (size_t)1 << FIRST;
	size_t step;

	if (bytes <= least)
		return least;
	if (bytes > SIZE_MAX / 2)
		return 0;
	step = ((size_t)1 << power_below(bytes - 1)) / STEPS;
	return (bytes + step - 1) / step * step;
}

/* The list of a size, or CLASSES: it is not kept. */
static size_t
class_of(size_t size)
{
	const unsigned power = power_below(size);

	if (!KEEPS || size > (size_t)1 << LAST)
		return CLASSES;
	return (power - FIRST) * STEPS +
	       (size - ((size_t)1 << power)) / (((size_t)1 << power) / STEPS);
}

/* Large blocks are asked for in large pages: who reads here and there in them finds their
 * addresses sooner, and fewer pages are to be cleared. */
static void *
from_system(size_t size)
{
	const bool large = size >= SPARE_LARGE;
	void *data;

	if (posix_memalign(&data, large ? HUGE_PAGE : SPARE_ALIGN, size) != 0)
		return NULL;
	if (large) /* where this is not to be had, nothing is lost */
		madvise(data, size / HUGE_PAGE * HUGE_PAGE, MADV_HUGEPAGE);
	return data;
}

void *
spare_take(size_t size)
{
	const size_t i = class_of(size);
	struct spare *spare = i < CLASSES ? spares.first[i] : NULL;

	if (!spare)
		return from_system(size);
	spares.first[i] = spare->next;
	spares.bytes -= size;
	return spare;
}

void
spare_give(void *data, size_t size)
{
	const size_t i = class_of(size);
	struct spare *spare = data;

	if (i == CLASSES || spares.bytes + size > MOST) {
		free(data);
		return;
	}
	if (!spares.begun) {
		pthread_once(&once, make_key);
		spares.begun = pthread_setspecific(key, &spares) == 0;
	}
	if (!spares.begun) {
		free(data);
		return;
	}
	spare->next = spares.first[i];
	spares.first[i] = spare;
	spares.bytes += size;
}
