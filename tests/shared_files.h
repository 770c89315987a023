/*
 * shared_files.h - the public data files, where they are; they are no part of the
 * project. $LARIAT_SHARED, else ../shared beside the project, holds data/.
 */
#ifndef SHARED_FILES_H
#define SHARED_FILES_H

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void (*shared_each)(const char *path);
static int shared_n;

static inline int
shared_visit(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	(void)st;
	(void)ftw;
	if (type == FTW_F) {
		shared_n++;
		shared_each(path);
	}
	return 0;
}

/* Calls each with the path of each file below a folder of it; says so if there are none.
 */
static inline void
shared_files(const char *folder, void (*each)(const char *path))
{
	const char *shared = getenv("LARIAT_SHARED"), *top = getenv("srcdir");
	char path[4096];

	snprintf(path, sizeof(path), "%s%s/data/%s",
		 shared ? ""
		 : top  ? top
			: ".",
		 shared ? shared : "/../shared", folder);
	shared_each = each;
	shared_n = 0;
	nftw(path, shared_visit, 16, FTW_PHYS);
	if (shared_n)
		printf("%d files of %s\n", shared_n, folder);
	else
		printf("no files of %s: skipped\n", folder);
}

#endif
