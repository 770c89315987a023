/* temporary - a fixed table, so that a signal handler may read it at any time. */
#include "base/temporary.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>
#include <unistd.h>

enum { FREE, BUSY, USED };

static struct {
	atomic_int state;
	char path[TEMPORARY_PATH];
} slots[TEMPORARY_MOST];

void
temporary_add(const char *path)
{
	const size_t size = strlen(path) + 1;

	if (size > TEMPORARY_PATH)
		return;
	for (size_t i = 0; i < TEMPORARY_MOST; i++) {
		int expected = FREE;

		if (!atomic_compare_exchange_strong(&slots[i].state, &expected, BUSY))
			continue;
		memcpy(slots[i].path, path, size);
		atomic_store(&slots[i].state, USED);
		return;
	}
}

/* A slot is taken before it is compared, so that no other thread changes it meanwhile. */
void
temporary_remove(const char *path)
{
	for (size_t i = 0; i < TEMPORARY_MOST; i++) {
		int expected = USED;
		bool same;

		if (!atomic_compare_exchange_strong(&slots[i].state, &expected, BUSY))
			continue;
		same = !strcmp(slots[i].path, path);
		atomic_store(&slots[i].state, same ? FREE : USED);
		if (same)
			return;
	}
}

void
temporary_unlink_all(void)
{
	for (size_t i = 0; i < TEMPORARY_MOST; i++)
		if (atomic_load(&slots[i].state) == USED)
			unlink(slots[i].path);
}
