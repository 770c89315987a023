/* lock - a file that only one can make. */
#include "desk/lock.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "desk/job.h"
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

/* before: from whom it was taken; NULL: nobody had it. */
static bool
write_owner(const char *path, const struct owner *owner, const struct owner *before)
{
	char line[2 * OWNER_SIZE], had[OWNER_SIZE];
	bool written;
	int fd;

	unlink(path); /* a link that somebody laid is not followed */
	fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
	if (fd < 0)
		return false;
	owner_print(owner, line);
	if (before) {
		owner_print(before, had);
		snprintf(line + strlen(line), sizeof line - strlen(line), " after %s",
			 had);
	}
	written = write(fd, line, strlen(line)) == (ssize_t)strlen(line);
	return close(fd) == 0 && written;
}

/* Under its name only once it says who: so nobody reads half of it. before: instead of
 * the one that is there. */
static enum outcome
make(const char *path, const struct owner *me, const struct owner *before)
{
	int (*const put)(const char *, const char *) = before ? rename : link;
	struct arena arena = { 0 };
	const char *temporary = arena_print(&arena, "%s.%ld", path, me->pid);
	enum outcome outcome = NO_ROOM;

	if (write_owner(temporary, me, before))
		outcome = put(temporary, path) == 0 ? TAKEN
			  : errno == EEXIST         ? HELD
						    : NO_ROOM;
	unlink(temporary);
	arena_release(&arena);
	return outcome;
}

/* What it says; nothing of sense counts as nobody. */
static bool
holder(const char *path, struct holder *by)
{
	char line[OWNER_SIZE];
	const int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	struct stat at = { 0 };
	ssize_t n;

	if (fd < 0)
		return false;
	n = read(fd, line, sizeof line);
	(void)fstat(fd, &at);
	close(fd);
	by->since = at.st_mtim.tv_sec;
	return n > 0 && owner_parse((struct text){ line, (size_t)n }, &by->owner);
}

static bool
is_same(const struct owner *a, const struct owner *b)
{
	return a->pid == b->pid && a->began == b->began && !strcmp(a->host, b->host);
}

/* --- those of this process --- */

struct held {
	struct held *next;
	size_t n; /* locks that share it */
	char *path;
};

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static struct held *all; /* under mutex */

/* The path is the list's. False: no memory. */
static bool
hold(struct lock *lock, char *path)
{
	struct held *held = all;

	while (held && strcmp(held->path, path) != 0)
		held = held->next;
	if (held) {
		free(path);
	} else {
		held = calloc(1, sizeof *held);
		if (!held)
			return false;
		*held = (struct held){ all, 0, path };
		all = held;
	}
	held->n++;
	lock->path = held->path;
	return true;
}

/* True: it was the last one. */
static bool
let_go(const struct lock *lock, char **path)
{
	struct held **at = &all, *held;

	while (strcmp((*at)->path, lock->path) != 0)
		at = &(*at)->next;
	held = *at;
	if (--held->n)
		return false;
	*at = held->next;
	*path = held->path;
	free(held);
	return true;
}

/* --- what others call --- */

static enum outcome
take(struct lock *lock, const char *flow_path, bool seizes, struct holder *by)
{
	char *path = lock_path(flow_path);
	struct owner me;
	enum outcome outcome;

	*lock = (struct lock){ 0 };
	owner_me(&me);
	outcome = path ? make(path, &me, NULL) : NO_ROOM;
	if (outcome == HELD && (!holder(path, by) || owner_is_gone(&by->owner))) {
		unlink(path);
		outcome = make(path, &me, NULL);
	} else if (outcome == HELD && is_same(&me, &by->owner)) {
		outcome = TAKEN;
	} else if (outcome == HELD && seizes) {
		outcome = make(path, &me, &by->owner);
	}
	if (outcome != TAKEN || !hold(lock, path))
		free(path);
	return outcome;
}

bool
lock_take(struct lock *lock, const char *flow_path, struct holder *by)
{
	enum outcome outcome;

	pthread_mutex_lock(&mutex);
	outcome = take(lock, flow_path, false, by);
	pthread_mutex_unlock(&mutex);
	return outcome != HELD;
}

void
lock_seize(struct lock *lock, const char *flow_path)
{
	struct holder by;

	pthread_mutex_lock(&mutex);
	(void)take(lock, flow_path, true, &by);
	pthread_mutex_unlock(&mutex);
}

bool
lock_is_lost(const struct lock *lock, struct holder *by)
{
	struct owner me;

	if (!lock->path || !holder(lock->path, by))
		return false;
	owner_me(&me);
	return !is_same(&me, &by->owner) && !owner_is_gone(&by->owner);
}

void
lock_drop(struct lock *lock)
{
	struct holder by;
	char *path = NULL;

	pthread_mutex_lock(&mutex);
	if (lock->path && let_go(lock, &path) &&
	    !lock_is_lost(&(struct lock){ path }, &by))
		unlink(path);
	pthread_mutex_unlock(&mutex);
	free(path);
	lock->path = NULL;
}

static void
drop_at_last(void *context, const atomic_bool *cancel)
{
	(void)cancel; /* nobody else will do it */
	lock_drop(context);
}

void
lock_drop_later(struct lock *lock)
{
	struct lock *own = lock->path ? malloc(sizeof *own) : NULL;
	const struct job_spec spec = { drop_at_last, free, own };
	struct error ignored;
	struct job *job;

	if (own)
		*own = *lock;
	if (own && job_start(&spec, &job, &ignored)) {
		*lock = (struct lock){ 0 };
		job_drop(job);
		return;
	}
	free(own);
	lock_drop(lock);
}
