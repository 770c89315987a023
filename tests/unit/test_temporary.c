/* What is remembered is unlinked, what was removed is not. */
#include "base/temporary.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "check.h"

static void
make(const char *path)
{
	FILE *file = fopen(path, "w");

	CHECK(file != NULL);
	if (file)
		fclose(file);
}

static void
too_many_is_no_harm(void)
{
	char path[64];

	for (int i = 0; i < TEMPORARY_MOST + 10; i++) {
		snprintf(path, sizeof(path), "/nonexistent/%d", i);
		temporary_add(path);
	}
	for (int i = 0; i < TEMPORARY_MOST + 10; i++) {
		snprintf(path, sizeof(path), "/nonexistent/%d", i);
		temporary_remove(path);
	}
}

int
main(void)
{
	char folder[] = "/tmp/lariat-test-XXXXXX", kept[64], gone[64], twice[64];
	char longer[TEMPORARY_PATH + 10];

	CHECK(mkdtemp(folder) != NULL);
	snprintf(kept, sizeof(kept), "%s/kept", folder);
	snprintf(gone, sizeof(gone), "%s/gone", folder);
	snprintf(twice, sizeof(twice), "%s/twice", folder);
	make(kept);
	make(gone);
	make(twice);
	too_many_is_no_harm();
	temporary_add(kept);
	temporary_add(gone);
	temporary_add(twice);
	temporary_add(twice);
	temporary_remove(kept);
	temporary_remove(twice);
	temporary_remove("never added");
	memset(longer, 'x', sizeof(longer) - 1);
	longer[sizeof(longer) - 1] = '\0';
	temporary_add(longer);
	temporary_unlink_all();
	CHECK(access(kept, F_OK) == 0);
	CHECK(access(gone, F_OK) != 0);
	CHECK(access(twice, F_OK) != 0);
	CHECK(unlink(kept) == 0);
	CHECK(rmdir(folder) == 0);
	return check_report();
}
