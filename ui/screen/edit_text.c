/* edit_text - by a file that is there only meanwhile. */
#include "screen/edit_text.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/temporary.h"
#include "term/tty.h"

enum { MOST = 16 << 20 };

static bool
write_all(int fd, const char *text, struct error *err)
{
	size_t size = strlen(text);

	while (size) {
		const ssize_t n = write(fd, text, size);

		if (n < 0)
			return fail_errno(err, "cannot write a file for the editor");
		text += n;
		size -= (size_t)n;
	}
	return true;
}

/* The program may be given with words of its own ("code --wait"): the shell knows. */
static bool
run_editor(struct app *app, const char *path, struct error *err)
{
	const char *const words[] = {
		"/bin/sh", "-c", "exec ${VISUAL:-${EDITOR:-vi}} \"$1\"", "sh", path, NULL
	};
	const int status = tty_run(words);

	app->wants_redraw = true;
	return status == 0 || fail(err,
				   "the editor ended with status %d: the text stays "
				   "as it was",
				   status);
}

static bool
read_back(const char *path, const char **out, struct arena *arena, struct error *err)
{
	struct buffer *text = file_read(path, MOST, err);
	size_t size;

	if (!text)
		return false;
	size = text->size;
	while (size && text->data[size - 1] == '\n')
		size--; /* editors put one there */
	*out = arena_text_n(arena, text->data, size);
	buffer_drop(text);
	return true;
}

bool
edit_text(struct app *app, const char *text, const char *ending, const char **out,
	  struct arena *arena, struct error *err)
{
	const char *folder = getenv("TMPDIR");
	char *path = arena_print(arena, "%s/lariat-XXXXXX%s",
				 folder && *folder ? folder : "/tmp", ending);
	bool ok;
	int fd;

	if (!app->has_terminal)
		return fail(err, "there is no terminal for an editor");
	fd = mkstemps(path, (int)strlen(ending));
	if (fd < 0)
		return fail_errno(err, "cannot make '%s'", path);
	temporary_add(path);
	ok = write_all(fd, text, err);
	close(fd);
	ok = ok && run_editor(app, path, err) && read_back(path, out, arena, err);
	unlink(path);
	temporary_remove(path);
	return ok;
}
