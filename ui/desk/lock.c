/* lock - a file that only one can make. */
#include "desk/lock.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "desk/paths.h"

static char *
lock_path(const char *flow_path)
{
	struct arena arena = { 0 };
	const char *name = arena_print(&arena, ".%s.lock", paths_name(flow_path));
	char *path = strdup(paths_join(paths_folder(flow_path, &arena), name, &arena));

	arena_release(&arena);
	return path;
}

enum outcome { TAKEN, HELD, NO_ROOM };

static bool
write_owner(const char *path, const struct owner *owner)
{
	char line[OWNER_SIZE];
	bool written;
	int fd;

	unlink(path); /* a link that somebody laid is not followed */
	fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
	if (fd < 0)
		return false;
	owner_print(owner, line);
	written = write(fd, line, strlen(line)) == (ssize_t)strlen(line);
	return close(fd) == 0 && written;
}

static uint64_t
number_of(const char *path)
{
	struct stat stat_of;

	return stat(path, &stat_of) == 0 ? stat_of.st_ino : 0;
}

/* Under its name only once it says who: so nobody reads half of it. ours: instead of the
 * one that is there, which so keeps its number until the new one has another. */
static enum outcome
make(const char *path, const struct owner *me, bool ours, uint64_t *file)
{
	int (*const put)(const char *, const char *) = ours ? rename : link;
	struct arena arena = { 0 };
	const char *temporary = arena_print(&arena, "%s.%ld", path, me->pid);
	enum outcome outcome = NO_ROOM;

	if (write_owner(temporary, me)) {
		*file = number_of(temporary);
		outcome = put(temporary, path) == 0 ? TAKEN
			  : errno == EEXIST         ? HELD
						    : NO_ROOM;
	}
	unlink(temporary);
	arena_release(&arena);
	return outcome;
}

/* What it says; nothing of sense counts as nobody. */
static bool
holder(const char *path, struct owner *by)
{
	char line[OWNER_SIZE];
	const int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	ssize_t n;

	if (fd < 0)
		return false;
	n = read(fd, line, sizeof line);
	close(fd);
	return n > 0 && owner_parse((struct text){ line, (size_t)n }, by);
}

static bool
is_me(const struct owner *me, const struct owner *by)
{
	return by->pid == me->pid && by->began == me->began &&
	       !strcmp(by->host, me->host);
}

bool
lock_take(struct lock *lock, const char *flow_path, struct owner *by)
{
	char *path = lock_path(flow_path);
	struct owner me;
	enum outcome outcome;

	*lock = (struct lock){ 0 };
	owner_me(&me);
	outcome = path ? make(path, &me, false, &lock->file) : NO_ROOM;
	if (outcome == HELD && (!holder(path, by) || owner_is_gone(by))) {
		unlink(path);
		outcome = make(path, &me, false, &lock->file);
	} else if (outcome == HELD && is_me(&me, by)) {
		outcome = make(path, &me, true, &lock->file);
	}
	if (outcome == TAKEN)
		lock->path = path;
	else
		free(path);
	return outcome != HELD;
}

void
lock_drop(struct lock *lock)
{
	if (lock->path && number_of(lock->path) == lock->file)
		unlink(lock->path);
	free(lock->path);
	lock->path = NULL;
}
