/* Memory that a thread gave back is what it gets next, and goes with the thread. */
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/spare.h"
#include "check.h"

static void
test_sizes(void)
{
	size_t last = 0;

	for (size_t bytes = 0; bytes < 100000; bytes++) {
		const size_t size = spare_size(bytes);

		if (size < bytes || size < last || size % SPARE_ALIGN ||
		    (bytes > 256 && size > bytes + bytes / 4 + SPARE_ALIGN) ||
		    spare_size(size) != size) {
			CHECK(!"a size that fits");
			return;
		}
		last = size;
	}
	CHECK(spare_size(SIZE_MAX) == 0 && spare_size(SIZE_MAX / 2) >= SIZE_MAX / 2);
}

/* Taken and given in many sizes; what is written to one is in no other. */
static void *
work(void *ok)
{
	char *held[64];
	size_t sizes[64];

	for (int round = 0; round < 50; round++) {
		for (size_t i = 0; i < COUNT(held); i++) {
			sizes[i] = spare_size((i * 977 + (size_t)round * 131) % 70000);
			held[i] = spare_take(sizes[i]);
			if (!held[i] || (uintptr_t)held[i] % SPARE_ALIGN)
				return NULL;
			memset(held[i], (int)i, sizes[i]);
		}
		for (size_t i = 0; i < COUNT(held); i++) {
			if (held[i][0] != (char)i || held[i][sizes[i] - 1] != (char)i)
				return NULL;
			spare_give(held[i], sizes[i]);
		}
	}
	return ok;
}

static void
test_threads(void)
{
	pthread_t threads[4];
	int ok;

	for (size_t i = 0; i < COUNT(threads); i++)
		CHECK(pthread_create(&threads[i], NULL, work, &ok) == 0);
	for (size_t i = 0; i < COUNT(threads); i++) {
		void *result = NULL;

		pthread_join(threads[i], &result);
		CHECK(result == &ok);
	}
	CHECK(work(&ok) == &ok);
}

/* Large ones are whole as well, up to their last byte. */
static void
test_large(void)
{
	const size_t sizes[] = { SPARE_LARGE, spare_size(SPARE_LARGE + 1) };

	for (size_t i = 0; i < COUNT(sizes); i++) {
		char *data = spare_take(sizes[i]);

		CHECK(data && (uintptr_t)data % (2 << 20) == 0);
		if (data)
			memset(data, 1, sizes[i]);
		spare_give(data, sizes[i]);
	}
}

int
main(void)
{
	test_sizes();
	test_threads();
	test_large();
	return check_report();
}
