/* file - reading; for writing see file_out. */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

static bool
read_all(int fd, const char *path, size_t most, struct buffer *buffer, struct error *err)
{
	enum { STEP = 1 << 16 };
	struct stat stat;
	ssize_t n;

	if (fstat(fd, &stat) == 0 && S_ISREG(stat.st_mode) && stat.st_size > 0 &&
	    (size_t)stat.st_size <= most &&
	    !buffer_reserve(buffer, (size_t)stat.st_size + STEP, err))
		return false;
	for (;;) {
		if (!buffer_reserve(buffer, STEP, err))
			return false;
		n = read(fd, buffer->data + buffer->size,
			 buffer->capacity - buffer->size);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return fail_errno(err, "cannot read '%s'", path);
		if (n == 0)
			return true;
		buffer->size += (size_t)n;
		if (buffer->size > most)
			return fail(err, "'%s' is larger than %zu bytes", path, most);
	}
}

struct buffer *
file_read(const char *path, size_t most, struct error *err)
{
	struct buffer *buffer;
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	bool ok;

	if (fd < 0) {
		fail_errno(err, "cannot open '%s'", path);
		return NULL;
	}
	buffer = buffer_new(0, err);
	ok = buffer && read_all(fd, path, most, buffer, err);
	close(fd);
	if (ok)
		return buffer;
	buffer_drop(buffer);
	return NULL;
}
