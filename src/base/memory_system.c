/* memory_system - what the machine and our control group have left. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "base/memory.h"

/* The number behind `word` (or at the start, if it is ""); SIZE_MAX: there is none. */
static size_t
number_in(const char *path, const char *word)
{
	FILE *file = fopen(path, "r");
	size_t found = SIZE_MAX, n = strlen(word);
	char line[256];

	while (file && found == SIZE_MAX && fgets(line, sizeof(line), file)) {
		char *end;
		unsigned long long value;

		if (strncmp(line, word, n) != 0)
			continue;
		value = strtoull(line + n, &end, 10);
		if (end > line + n)
			found = value;
	}
	if (file)
		fclose(file);
	return found;
}

/* Our group's folder: "0::/path" (all in one tree), or "N:...,memory,...:/path". */
static bool
group_folder(char *folder, size_t size, bool *unified)
{
	FILE *file = fopen("/proc/self/cgroup", "r");
	bool found = false;
	char line[1024];

	while (file && !found && fgets(line, sizeof(line), file)) {
		char *kinds = strchr(line, ':'),
		     *path = kinds ? strchr(kinds + 1, ':') : NULL;

		if (!path)
			continue;
		line[strcspn(line, "\n")] = '\0';
		*path++ = '\0';
		*unified = strcmp(line, "0:") == 0;
		found = *unified || strstr(kinds, "memory");
		if (found)
			snprintf(folder, size, "/sys/fs/cgroup%s%s",
				 *unified ? "" : "/memory",
				 strcmp(path, "/") ? path : "");
	}
	if (file)
		fclose(file);
	return found;
}

/* Inside a container the path may be that of the outside: then the top is ours. */
static size_t
group_room(const char *folder, bool unified)
{
	const char *most = unified ? "memory.max" : "memory.limit_in_bytes";
	const char *now = unified ? "memory.current" : "memory.usage_in_bytes";
	const char *top = unified ? "/sys/fs/cgroup" : "/sys/fs/cgroup/memory";
	char path[1280];
	size_t limit, used;

	snprintf(path, sizeof(path), "%s/%s", folder, most);
	limit = number_in(path, "");
	if (limit == SIZE_MAX) {
		folder = top;
		snprintf(path, sizeof(path), "%s/%s", folder, most);
		limit = number_in(path, "");
	}
	snprintf(path, sizeof(path), "%s/%s", folder, now);
	used = number_in(path, "");
	if (limit == SIZE_MAX || used == SIZE_MAX)
		return SIZE_MAX;
	return used < limit ? limit - used : 0;
}

size_t
memory_available(void)
{
	size_t kilobytes = number_in("/proc/meminfo", "MemAvailable:"), room = SIZE_MAX;
	char folder[1152];
	bool unified;

	if (group_folder(folder, sizeof(folder), &unified))
		room = group_room(folder, unified);
	if (kilobytes != SIZE_MAX && kilobytes < room / 1024)
		room = kilobytes * 1024;
	return room == SIZE_MAX ? 0 : room;
}

size_t
memory_resident(void)
{
	struct rusage usage;

	return getrusage(RUSAGE_SELF, &usage) == 0 ? (size_t)usage.ru_maxrss * 1024 : 0;
}
