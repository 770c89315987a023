/* The example is the same everywhere, and has what it says. */
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "check.h"
#include "screen/file_actions.h"

static struct arena arena;
static struct error err;

static struct buffer *
written(const char *path)
{
	CHECK(example_write(path, &err));
	return file_read(path, 1 << 20, &err);
}

int
main(void)
{
	const char *base = getenv("TMPDIR");
	char *folder = arena_print(&arena, "%s/exampleXXXXXX", base ? base : "/tmp");
	const char *path;
	struct buffer *first, *again;
	size_t lines = 0;

	CHECK(mkdtemp(folder) != NULL);
	path = arena_print(&arena, "%s/voyage.csv", folder);
	first = written(path);
	again = written(path);
	CHECK(first && again && first->size == again->size &&
	      !memcmp(first->data, again->data, first->size));
	for (size_t i = 0; first && i < first->size; i++)
		lines += first->data[i] == '\n';
	CHECK(lines == 892);
	CHECK(first && memmem(first->data, first->size, "unknown", 7) != NULL);
	CHECK(first && memmem(first->data, first->size, "512.33", 6) != NULL);
	buffer_drop(first);
	buffer_drop(again);
	CHECK(!example_write("/nowhere/at/all.csv", &err));
	CHECK(unlink(path) == 0 && rmdir(folder) == 0);
	arena_release(&arena);
	return check_report();
}
