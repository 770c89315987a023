/*
 * public_flows.h - the public flows, where they are; they are no part of the project.
 *
 * $LARIAT_SHARED, else ../shared beside the project, holds flows/flow.
 */
#ifndef PUBLIC_FLOWS_H
#define PUBLIC_FLOWS_H

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

/* Calls each with the path of each; says so if there are none. */
static inline void
public_flows(void (*each)(const char *path))
{
	const char *shared = getenv("LARIAT_SHARED"), *top = getenv("srcdir");
	char folder[4096], path[8192];
	struct dirent *entry;
	DIR *dir;
	int n = 0;

	snprintf(folder, sizeof(folder), "%s%s/flows/flow",
		 shared ? ""
		 : top  ? top
			: ".",
		 shared ? shared : "/../shared");
	dir = opendir(folder);
	while (dir && (entry = readdir(dir))) {
		if (entry->d_name[0] == '.')
			continue;
		snprintf(path, sizeof(path), "%s/%s", folder, entry->d_name);
		each(path);
		n++;
	}
	if (dir)
		closedir(dir);
	if (n)
		printf("%d public flows\n", n);
	else
		printf("public flows: skipped, no %s\n", folder);
}

#endif
