/* conf - a line at a time. */
#include "desk/conf.h"

#include <errno.h>
#include <string.h>

#include "base/file.h"
#include "desk/paths.h"

enum { LARGEST = 1 << 20 };

/* "name = value"; false: it is none (a comment, a blank line). */
static bool
split(struct text line, struct text *name, struct text *value)
{
	const char *equals = memchr(line.data, '=', line.size);

	line = text_trim(line);
	*name = line;
	*value = (struct text){ "", 0 };
	if (!line.size || line.data[0] == '#')
		return false;
	if (!equals)
		return true;
	*name = text_trim((struct text){ line.data, (size_t)(equals - line.data) });
	*value = text_trim((struct text){ equals + 1,
					  (size_t)(line.data + line.size - equals - 1) });
	return true;
}

static struct text
next_line(struct text *rest)
{
	return text_cut(rest, '\n');
}

struct reading {
	const char *path;
	conf_take *take;
	void *context;
	struct names *complaints;
	struct arena *arena;
};

static void
read_line(const struct reading *reading, struct text line, size_t number)
{
	struct arena *arena = reading->arena;
	struct error err = { 0 };
	struct text name, value;
	bool ok;

	if (!split(line, &name, &value))
		return;
	if (!memchr(line.data, '=', line.size))
		ok = fail(&err, "'%.*s': a line is NAME = VALUE", TEXT_ARG(name));
	else
		ok = reading->take(reading->context,
				   arena_text_n(arena, name.data, name.size),
				   arena_text_n(arena, value.data, value.size), &err);
	if (!ok)
		names_add(reading->complaints,
			  arena_print(arena, "%s:%zu: %s",
				      paths_short(reading->path, arena), number,
				      err.text),
			  arena);
}

void
conf_read(const char *path, conf_take *take, void *context, struct names *complaints,
	  struct arena *arena)
{
	const struct reading reading = { path, take, context, complaints, arena };
	struct error err;
	struct buffer *bytes = paths_exists(path) ? file_read(path, LARGEST, &err) : NULL;
	struct text rest = { bytes ? bytes->data : "", bytes ? bytes->size : 0 };

	if (!bytes && paths_exists(path))
		names_add(complaints, arena_text(arena, err.text), arena);
	for (size_t number = 1; rest.size; number++)
		read_line(&reading, next_line(&rest), number);
	buffer_drop(bytes);
}

/* All lines, but one that sets the name. */
static bool
copy_others(struct file_out *out, struct text rest, const char *name, const char *line,
	    bool *placed, struct error *err)
{
	while (rest.size) {
		struct text one = next_line(&rest), found, value;
		const bool is_it = split(one, &found, &value) && text_is(found, name);

		if (is_it && *placed)
			continue;
		if (is_it)
			one = text_of(line);
		*placed |= is_it;
		if (!file_out_write(out, one.data, one.size, err) ||
		    !file_out_write(out, "\n", 1, err))
			return false;
	}
	return true;
}

static bool
write_all(const char *path, struct text old, const char *name, const char *line,
	  struct error *err)
{
	struct file_out out;
	bool placed = false;

	if (!file_out_open(&out, path, err))
		return false;
	if (copy_others(&out, old, name, line, &placed, err) &&
	    (placed || (file_out_write(&out, line, strlen(line), err) &&
			file_out_write(&out, "\n", 1, err))))
		return file_out_commit(&out, err);
	file_out_abort(&out);
	return false;
}

bool
conf_set(const char *path, const char *name, const char *value, struct error *err)
{
	struct arena arena = { 0 };
	const char *line = arena_print(&arena, "%s = %s", name, value);
	struct buffer *bytes = NULL;
	bool ok = paths_make(paths_folder(path, &arena), err);

	if (ok && paths_exists(path))
		ok = (bytes = file_read(path, LARGEST, err)) != NULL;
	ok = ok &&
	     write_all(path,
		       (struct text){ bytes ? bytes->data : "", bytes ? bytes->size : 0 },
		       name, line, err);
	buffer_drop(bytes);
	arena_release(&arena);
	return ok;
}
