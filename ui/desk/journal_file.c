/*
 * journal_file - one line a change: the bytes between what both documents begin and end
 * with. The file comes to be whole, under another name first; later lines are appended.
 */
#include "desk/journal_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "desk/owner.h"
#include "desk/paths.h"

enum { GROWN = 8 << 20, GROWN_TIMES = 4 }; /* then it is written anew, as one line */

void
journal_file_init(struct journal_file *file, const struct journal_spec *spec,
		  const char *at)
{
	*file = (struct journal_file){ .fd = -1, .replaces = spec->replaces };
	file->path = arena_text(&file->arena, spec->path);
	file->flow = spec->flow ? arena_text(&file->arena, spec->flow) : NULL;
	file->table = spec->table ? arena_text(&file->arena, spec->table) : NULL;
	file->at = at ? arena_text(&file->arena, at) : NULL;
}

void
journal_file_base(struct journal_file *file, struct buffer *base)
{
	file->base = base;
	file->tip = buffer_share(base);
}

/* --- lines --- */

static bool
need(struct buffer **buffer, struct error *err)
{
	if (!*buffer)
		*buffer = buffer_new(0, err);
	return *buffer != NULL;
}

static bool
put_number(struct buffer *out, const char *key, uint64_t number, struct error *err)
{
	char text[64];

	snprintf(text, sizeof text, "\"%s\":%llu,", key, (unsigned long long)number);
	return buffer_put(out, text, err);
}

static bool
put_text(struct buffer *out, const char *key, struct text value, struct error *err)
{
	return buffer_put(out, "\"", err) && buffer_put(out, key, err) &&
	       buffer_put(out, "\":", err) && json_write_string(value, false, out, err) &&
	       buffer_put(out, ",", err);
}

static bool
put_path(struct buffer *out, const char *key, const char *path, struct error *err)
{
	return !path || put_text(out, key, text_of(path), err);
}

static bool
put_header(const struct journal_file *file, struct buffer *out, struct error *err)
{
	struct owner me;
	char owner[OWNER_SIZE];

	owner_me(&me);
	owner_print(&me, owner);
	return buffer_put(out, "{", err) &&
	       put_number(out, "journal", JOURNAL_VERSION, err) &&
	       put_text(out, "owner", text_of(owner), err) &&
	       put_path(out, "flow", file->flow, err) &&
	       put_path(out, "table", file->table, err) &&
	       put_path(out, "at", file->at, err) &&
	       put_text(out, "base", (struct text){ file->base->data, file->base->size },
			err) &&
	       put_number(out, "time", (uint64_t)time(NULL), err) &&
	       buffer_put(out, "\"end\":true}\n", err);
}

/* Bytes that both begin with, and, behind those, end with. */
static void
common(const struct buffer *a, const struct buffer *b, size_t *head, size_t *tail)
{
	const size_t least = a->size < b->size ? a->size : b->size;

	*head = *tail = 0;
	while (*head < least && a->data[*head] == b->data[*head])
		++*head;
	while (*tail < least - *head &&
	       a->data[a->size - 1 - *tail] == b->data[b->size - 1 - *tail])
		++*tail;
}

static bool
put_line(const struct buffer *old, const struct buffer *now, struct text did,
	 struct buffer *out, struct error *err)
{
	size_t head, tail;

	common(old, now, &head, &tail);
	return buffer_put(out, "{", err) &&
	       put_number(out, "time", (uint64_t)time(NULL), err) &&
	       buffer_put(out, "\"did\":[", err) &&
	       buffer_append(out, did.data, did.size, err) &&
	       buffer_put(out, "],", err) && put_number(out, "at", head, err) &&
	       put_number(out, "cut", old->size - head - tail, err) &&
	       put_text(out, "put",
			(struct text){ now->data + head, now->size - head - tail },
			err) &&
	       put_number(out, "size", now->size, err) &&
	       buffer_put(out, "\"end\":true}\n", err);
}

bool
journal_file_command(struct journal_file *file, const char *command, struct error *err)
{
	file->n++;
	return need(&file->did, err) &&
	       (!file->did->size || buffer_put(file->did, ",", err)) &&
	       json_write_string(text_of(command), false, file->did, err);
}

bool
journal_file_line(struct journal_file *file, struct buffer *now, struct error *err)
{
	const struct text did = { file->did->data, file->did->size };
	size_t size;

	if (!need(&file->lines, err))
		return false;
	size = file->lines->size;
	if (!put_line(file->tip, now, did, file->lines, err)) {
		file->lines->size = size;
		return false;
	}
	buffer_drop(file->tip);
	file->tip = buffer_share(now);
	file->did->size = 0;
	return true;
}

/* --- the disk --- */

static bool
write_all(int fd, const struct buffer *bytes, struct error *err)
{
	for (size_t done = 0; done < bytes->size;) {
		const ssize_t n = write(fd, bytes->data + done, bytes->size - done);

		if (n < 0 && errno != EINTR)
			return fail_errno(err, "cannot write %zu bytes",
					  bytes->size - done);
		if (n > 0)
			done += (size_t)n;
	}
	return fdatasync(fd) == 0 || fail_errno(err, "cannot write");
}

static bool
in_place(const struct journal_file *file, struct error *err)
{
	return fail_in(err, "journal '%s': ", file->path);
}

static void
sync_folder(const struct journal_file *file)
{
	struct arena arena = { 0 };
	const int fd = open(paths_folder(file->path, &arena), O_RDONLY | O_CLOEXEC);

	if (fd >= 0) {
		(void)!fsync(fd);
		close(fd);
	}
	arena_release(&arena);
}

/* What is there and says what this one does not is put aside. */
static bool
move_in(struct journal_file *file, const char *temporary, struct error *err)
{
	if (!file->replaces && paths_exists(file->path)) {
		const char *aside = arena_print(&file->arena, "%s~", file->path);

		if (rename(file->path, aside) != 0)
			return fail_errno(err, "cannot rename it");
	}
	if (rename(temporary, file->path) != 0)
		return fail_errno(err, "cannot rename '%s'", temporary);
	file->replaces = true;
	sync_folder(file);
	return true;
}

static bool
create(struct journal_file *file, struct error *err)
{
	struct buffer *all = buffer_new(0, err);
	const char *temporary = arena_print(&file->arena, "%s.new", file->path);
	int fd;
	bool ok;

	if (!all)
		return false;
	unlink(temporary); /* of a process that ended, or a link that somebody laid */
	fd = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	ok = (fd >= 0 || fail_errno(err, "cannot make it")) &&
	     put_header(file, all, err) &&
	     buffer_append(all, file->lines->data, file->lines->size, err) &&
	     write_all(fd, all, err) && move_in(file, temporary, err);
	if (ok) {
		if (file->fd >= 0)
			close(file->fd);
		file->fd = fd;
		file->size = all->size;
	} else if (fd >= 0) {
		close(fd);
		unlink(temporary);
	}
	buffer_drop(all);
	return ok;
}

static bool
append(struct journal_file *file, struct error *err)
{
	if (write_all(file->fd, file->lines, err)) {
		file->size += file->lines->size;
		return true;
	}
	if (ftruncate(file->fd, (off_t)file->size) != 0 ||
	    lseek(file->fd, (off_t)file->size, SEEK_SET) < 0) {
		close(file->fd); /* it is made anew, with all that it had */
		file->fd = -1;
	}
	return false;
}

/* All that led to the tip as one line. */
static bool
condense(struct journal_file *file, struct error *err)
{
	char did[64];

	snprintf(did, sizeof did, "\"%zu changes\"", file->n);
	file->lines->size = 0;
	return put_line(file->base, file->tip, text_of(did), file->lines, err) &&
	       create(file, err);
}

bool
journal_file_sync(struct journal_file *file, struct error *err)
{
	const bool is_new = file->fd < 0;
	bool ok;

	if (!file->lines || !file->lines->size)
		return true;
	if (is_new && file->size)
		ok = condense(file, err);
	else if (is_new)
		ok = paths_make(paths_folder(file->path, &file->arena), err) &&
		     create(file, err);
	else if (file->size > GROWN + GROWN_TIMES * file->tip->size)
		ok = condense(file, err);
	else
		ok = append(file, err);
	if (!ok)
		return in_place(file, err);
	file->lines->size = 0;
	return true;
}

/* Another journal may have taken its place by now. */
static bool
is_there(const struct journal_file *file)
{
	struct stat mine, there;

	return fstat(file->fd, &mine) == 0 && stat(file->path, &there) == 0 &&
	       mine.st_ino == there.st_ino && mine.st_dev == there.st_dev;
}

void
journal_file_close(struct journal_file *file, bool keep)
{
	if (file->fd >= 0) {
		if (!keep && is_there(file))
			unlink(file->path);
		close(file->fd);
	}
	buffer_drop(file->base);
	buffer_drop(file->tip);
	buffer_drop(file->lines);
	buffer_drop(file->did);
	arena_release(&file->arena);
	*file = (struct journal_file){ .fd = -1 };
}
