/* file_out - a file appears whole or not at all. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/temporary.h"

enum { ROOM = 1 << 16, NAME_KEPT = 200 };

static const char *
base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

/* The process that a temporary file of this name belongs to; 0: it is none. */
static long
owner(const char *entry, const char *name)
{
	const size_t kept = strnlen(name, NAME_KEPT);
	char *end;
	long pid;

	if (entry[0] != '.' || strncmp(entry + 1, name, kept) != 0 ||
	    entry[1 + kept] != '.')
		return 0;
	errno = 0;
	pid = strtol(entry + kept + 2, &end, 10);
	if (errno || pid <= 0 || *end != '-')
		return 0;
	strtol(end + 1, &end, 10);
	return strcmp(end, ".tmp") == 0 ? pid : 0;
}

/* Remove what dead processes left of earlier tries to write this file. */
static void
sweep(const char *path)
{
	const char *name = base_name(path);
	char *folder = name == path ? strdup(".") : strndup(path, (size_t)(name - path));
	DIR *dir = folder ? opendir(folder) : NULL;
	struct dirent *entry;

	while (dir && (entry = readdir(dir))) {
		long pid = owner(entry->d_name, name);

		if (pid && kill((pid_t)pid, 0) != 0 && errno == ESRCH)
			unlinkat(dirfd(dir), entry->d_name, 0);
	}
	if (dir)
		closedir(dir);
	free(folder);
}

static char *
temporary_name(const char *path)
{
	static atomic_uint count;
	const char *name = base_name(path);
	char *made;

	if (asprintf(&made, "%.*s.%.*s.%ld-%u.tmp", (int)(name - path), path, NAME_KEPT,
		     name, (long)getpid(), (unsigned)count++) < 0)
		return NULL;
	return made;
}

static void
release(struct file_out *out)
{
	if (out->fd >= 0)
		close(out->fd);
	free(out->path);
	free(out->temporary);
	free(out->room);
	*out = (struct file_out){ .fd = -1 };
}

/* As the file that is there, as far as we may. */
static void
take_after(int fd, const struct stat *old)
{
	if (fchown(fd, old->st_uid, old->st_gid) != 0 &&
	    fchown(fd, (uid_t)-1, old->st_gid) != 0)
		errno = 0; /* it stays ours */
	if (fchmod(fd, old->st_mode & 07777) != 0)
		errno = 0;
}

static bool
make_temporary(struct file_out *out, const struct stat *old)
{
	if (old && access(out->path, W_OK) != 0)
		return false;
	sweep(out->path);
	out->temporary = temporary_name(out->path);
	if (!out->temporary)
		return false;
	temporary_add(out->temporary);
	out->fd = open(out->temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
	if (out->fd < 0)
		return temporary_remove(out->temporary), false;
	if (old)
		take_after(out->fd, old);
	return true;
}

bool
file_out_open(struct file_out *out, const char *path, struct error *err)
{
	struct stat old;
	bool there, is_file, ok;

	*out = (struct file_out){ .fd = -1, .sync = true };
	if (!*path)
		return fail(err, "cannot write a file without a name");
	there = stat(path, &old) == 0;
	/* A pipe has no path but the one that it is asked for by, such as /dev/stdout. */
	is_file = there && S_ISREG(old.st_mode);
	out->path = is_file ? realpath(path, NULL) : strdup(path);
	out->room = malloc(ROOM);
	if (!out->path || !out->room) {
		ok = false;
	} else if (there && !is_file) {
		out->fd = open(out->path, O_WRONLY | O_CLOEXEC);
		ok = out->fd >= 0;
	} else {
		ok = make_temporary(out, there ? &old : NULL);
	}
	if (ok)
		return true;
	fail_errno(err, "cannot write '%s'", path);
	release(out);
	return false;
}

/* What is no regular file takes bytes in order only, wherever they are said to go. */
static bool
write_all(const struct file_out *out, uint64_t place, const char *data, size_t size,
	  struct error *err)
{
	while (size) {
		ssize_t n = out->temporary ? pwrite(out->fd, data, size, (off_t)place)
					   : write(out->fd, data, size);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return fail_errno(err, "cannot write '%s'", out->path);
		data += n;
		place += (uint64_t)n;
		size -= (size_t)n;
	}
	return true;
}

static bool
flush(struct file_out *out, struct error *err)
{
	const size_t used = out->used;

	out->used = 0;
	return write_all(out, out->bytes - used, out->room, used, err);
}

bool
file_out_write(struct file_out *out, const void *data, size_t size, struct error *err)
{
	const uint64_t place = out->bytes;

	if (size > ROOM - out->used && !flush(out, err))
		return false;
	out->bytes += size;
	if (size >= ROOM)
		return write_all(out, place, data, size, err);
	if (size)
		memcpy(out->room + out->used, data, size);
	out->used += size;
	return true;
}

bool
file_out_has_places(const struct file_out *out)
{
	return out->temporary != NULL;
}

bool
file_out_claim(struct file_out *out, size_t size, uint64_t *place, struct error *err)
{
	if (!flush(out, err))
		return false;
	*place = out->bytes;
	out->bytes += size;
	return true;
}

bool
file_out_fill(const struct file_out *out, uint64_t place, const void *data, size_t size,
	      struct error *err)
{
	if (!write_all(out, place, data, size, err))
		return false;
	if (out->sync) /* the disk begins now, so that less is left for the commit */
		sync_file_range(out->fd, (off_t)place, (off_t)size,
				SYNC_FILE_RANGE_WRITE);
	return true;
}

/* So that the new name is on the disk; where a folder cannot be synced, it is not. */
static void
sync_folder(const char *path)
{
	const char *name = base_name(path);
	char *folder = name == path ? strdup(".") : strndup(path, (size_t)(name - path));
	int fd = folder ? open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;

	if (fd >= 0) {
		fsync(fd);
		close(fd);
	}
	free(folder);
}

static bool
close_out(struct file_out *out)
{
	const int fd = out->fd;

	if (out->temporary && out->sync && fsync(fd) != 0)
		return false;
	out->fd = -1;
	return close(fd) == 0;
}

bool
file_out_commit(struct file_out *out, struct error *err)
{
	bool ok = flush(out, err);

	if (ok && !close_out(out))
		ok = fail_errno(err, "cannot write '%s'", out->path);
	if (ok && out->temporary && rename(out->temporary, out->path) != 0)
		ok = fail_errno(err, "cannot write '%s'", out->path);
	if (!ok) {
		file_out_abort(out);
		return false;
	}
	if (out->temporary) {
		temporary_remove(out->temporary);
		if (out->sync)
			sync_folder(out->path);
	}
	release(out);
	return true;
}

void
file_out_abort(struct file_out *out)
{
	if (!out->path)
		return;
	if (out->temporary) {
		unlink(out->temporary);
		temporary_remove(out->temporary);
	}
	release(out);
}

bool
file_write(const char *path, struct text bytes, struct error *err)
{
	struct file_out out;

	if (!file_out_open(&out, path, err))
		return false;
	if (file_out_write(&out, bytes.data, bytes.size, err))
		return file_out_commit(&out, err);
	file_out_abort(&out);
	return false;
}
