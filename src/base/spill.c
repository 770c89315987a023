/* spill - one file without a name; where the next piece goes is an atomic number. */
#include "base/spill.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct spill {
	const char *folder;
	pthread_mutex_t lock; /* while the file is made */
	atomic_int fd;        /* -1: not yet */
	atomic_ullong end;
	atomic_int refs;
};

enum { BLOCK = 4096 }; /* pieces start at blocks, so that whole ones can be freed */

static const char *
preset_folder(void)
{
	const char *folder = getenv("TMPDIR");

	if (folder && folder[0])
		return folder;
	return access("/var/tmp", W_OK) == 0 ? "/var/tmp" : "/tmp";
}

struct spill *
spill_new(const char *folder, struct error *err)
{
	struct spill *spill = calloc(1, sizeof(*spill));

	if (!spill) {
		fail(err, "out of memory: the system refused a list of temporary files");
		return NULL;
	}
	spill->folder = folder ? folder : preset_folder();
	pthread_mutex_init(&spill->lock, NULL);
	atomic_init(&spill->fd, -1);
	atomic_init(&spill->refs, 1);
	return spill;
}

struct spill *
spill_share(struct spill *spill)
{
	if (spill)
		atomic_fetch_add(&spill->refs, 1);
	return spill;
}

void
spill_drop(struct spill *spill)
{
	if (!spill || atomic_fetch_sub(&spill->refs, 1) > 1)
		return;
	if (spill->fd >= 0)
		close(spill->fd);
	pthread_mutex_destroy(&spill->lock);
	free(spill);
}

/* Not every file system can make a file without a name. */
static int
open_nameless(const char *folder)
{
	char path[4096];
	int fd = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);

	if (fd >= 0)
		return fd;
	if ((size_t)snprintf(path, sizeof(path), "%s/lariat-XXXXXX", folder) >=
	    sizeof(path)) {
		errno = ENAMETOOLONG;
		return -1;
	}
	fd = mkostemp(path, O_CLOEXEC);
	if (fd >= 0)
		unlink(path);
	return fd;
}

static bool
need_file(struct spill *spill, struct error *err)
{
	bool ok = true;

	if (spill->fd >= 0)
		return true;
	pthread_mutex_lock(&spill->lock);
	if (spill->fd < 0)
		spill->fd = open_nameless(spill->folder);
	if (spill->fd < 0)
		ok = fail_errno(err,
				"memory is full, and no temporary file can be made in "
				"'%s'; choose a folder with --temp-dir",
				spill->folder);
	pthread_mutex_unlock(&spill->lock);
	return ok;
}

bool
spill_put(struct spill *spill, const void *data, size_t size, struct spill_piece *piece,
	  struct error *err)
{
	const char *p = data;
	uint64_t at;

	*piece = (struct spill_piece){ 0, size };
	if (!need_file(spill, err))
		return false;
	at = atomic_fetch_add(&spill->end, (size + BLOCK - 1) / BLOCK * BLOCK);
	piece->offset = at;
	while (size > 0) {
		ssize_t n = pwrite(spill->fd, p, size, (off_t)at);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return fail_errno(err,
					  "cannot put %zu bytes more behind %llu bytes "
					  "of temporary data in '%s'; free space there, "
					  "choose a folder with --temp-dir, or give more "
					  "--memory",
					  size, (unsigned long long)at, spill->folder);
		p += n;
		at += (uint64_t)n;
		size -= (size_t)n;
	}
	return true;
}

bool
spill_get(struct spill *spill, struct spill_piece piece, void *data, struct error *err)
{
	char *p = data;

	while (piece.size > 0) {
		ssize_t n = pread(spill->fd, p, piece.size, (off_t)piece.offset);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return fail_errno(err, "cannot read temporary data in '%s'",
					  spill->folder);
		if (n == 0)
			return fail(err, "temporary data in '%s' is cut off",
				    spill->folder);
		p += n;
		piece.offset += (uint64_t)n;
		piece.size -= (uint64_t)n;
	}
	return true;
}

void
spill_free(struct spill *spill, struct spill_piece piece)
{
	if (piece.size)
		(void)!fallocate(spill->fd, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE,
				 (off_t)piece.offset,
				 (off_t)((piece.size + BLOCK - 1) / BLOCK * BLOCK));
}

uint64_t
spill_bytes(const struct spill *spill)
{
	return spill->end;
}
