/* owner - a process by number, machine and start. */
#include "desk/owner.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* The 22nd field of /proc/PID/stat; the second one, a name, may hold anything. One that
 * has ended and is only not yet buried has none. */
static unsigned long long
start_of(long pid)
{
	char path[64], line[1024];
	unsigned long long began = 0;
	const char *p = NULL;
	FILE *file;

	snprintf(path, sizeof path, "/proc/%ld/stat", pid);
	file = fopen(path, "re");
	if (!file)
		return 0;
	if (fgets(line, sizeof line, file))
		p = strrchr(line, ')');
	fclose(file);
	if (p && (!strncmp(p, ") Z", 3) || !strncmp(p, ") X", 3)))
		return 0;
	for (int field = 2; p && field < 22; field++)
		p = strchr(p + 1, ' ');
	if (p)
		sscanf(p, "%llu", &began);
	return began;
}

void
owner_me(struct owner *owner)
{
	*owner = (struct owner){ .pid = getpid() };
	owner->began = start_of(owner->pid);
	if (gethostname(owner->host, sizeof owner->host - 1) != 0 || !owner->host[0])
		strcpy(owner->host, "localhost");
}

void
owner_print(const struct owner *owner, char out[OWNER_SIZE])
{
	snprintf(out, OWNER_SIZE, "%ld %llu %s", owner->pid, owner->began, owner->host);
}

bool
owner_parse(struct text text, struct owner *out)
{
	char line[OWNER_SIZE];
	const size_t n = text.size < sizeof line - 1 ? text.size : sizeof line - 1;

	*out = (struct owner){ 0 };
	memcpy(line, text.data, n);
	line[n] = '\0';
	return sscanf(line, "%ld %llu %64s", &out->pid, &out->began, out->host) == 3 &&
	       out->pid > 0;
}

bool
owner_is_gone(const struct owner *owner)
{
	struct owner me;

	owner_me(&me);
	if (strcmp(owner->host, me.host) != 0)
		return false;
	if (kill((pid_t)owner->pid, 0) != 0 && errno == ESRCH)
		return true;
	return owner->began && start_of(owner->pid) != owner->began;
}
