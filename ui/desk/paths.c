/* paths - words about paths; asks the system only where it must. */
#include "desk/paths.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *
home(void)
{
	const char *path = getenv("HOME");

	return path && path[0] == '/' ? path : NULL;
}

/* A variable that is no absolute path does not count, says the specification. */
static const char *
folder_of(const char *variable, const char *preset, struct arena *arena)
{
	const char *set = getenv(variable);

	if (set && set[0] == '/')
		return arena_print(arena, "%s/lariat", set);
	return home() ? arena_print(arena, "%s/%s/lariat", home(), preset) : NULL;
}

const char *
paths_config(struct arena *arena)
{
	return folder_of("XDG_CONFIG_HOME", ".config", arena);
}

const char *
paths_state(struct arena *arena)
{
	return folder_of("XDG_STATE_HOME", ".local/state", arena);
}

static bool
make_one(const char *folder, struct error *err)
{
	return mkdir(folder, 0700) == 0 || errno == EEXIST ||
	       fail_errno(err, "cannot make the folder '%s'", folder);
}

bool
paths_make(const char *folder, struct error *err)
{
	struct arena arena = { 0 };
	char *path = arena_text(&arena, folder);
	bool ok = true;

	for (char *p = path + 1; ok && *p; p++)
		if (*p == '/') {
			*p = '\0';
			ok = paths_exists(path) || make_one(path, err);
			*p = '/';
		}
	ok = ok && make_one(folder, err);
	arena_release(&arena);
	return ok;
}

const char *
paths_absolute(const char *path, struct arena *arena)
{
	char *here;

	if (path[0] == '/')
		return arena_text(arena, path);
	if (path[0] == '~' && path[1] == '/' && home())
		return arena_print(arena, "%s%s", home(), path + 1);
	while (path[0] == '.' && path[1] == '/')
		path += 2;
	here = getcwd(NULL, 0);
	if (!here)
		return arena_text(arena, path);
	path = !*path || !strcmp(path, ".") ? arena_text(arena, here)
					    : paths_join(here, path, arena);
	free(here);
	return path;
}

/* What stands behind the folder; NULL: it is not in it. */
static const char *
inside(const char *path, const char *folder)
{
	size_t n = strlen(folder);

	while (n && folder[n - 1] == '/')
		n--;
	return strncmp(path, folder, n) == 0 && path[n] == '/' ? path + n + 1 : NULL;
}

const char *
paths_short(const char *path, struct arena *arena)
{
	const char *rest = home() ? inside(path, home()) : NULL;

	return rest ? arena_print(arena, "~/%s", rest) : arena_text(arena, path);
}

const char *
paths_from(const char *path, const char *folder, struct arena *arena)
{
	const char *rest = inside(path, folder);

	return arena_text(arena, rest && *rest ? rest : path);
}

const char *
paths_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash && slash[1] ? slash + 1 : path;
}

const char *
paths_last(const char *path, struct arena *arena)
{
	size_t end = strlen(path), start;

	while (end && path[end - 1] == '/')
		end--;
	for (start = end; start && path[start - 1] != '/';)
		start--;
	return arena_text_n(arena, path + start, end - start);
}

const char *
paths_here(const char *path, struct arena *arena)
{
	return paths_from(path, paths_absolute(".", arena), arena);
}

const char *
paths_folder(const char *path, struct arena *arena)
{
	const char *slash = strrchr(path, '/');

	if (!slash)
		return ".";
	return slash == path ? "/" : arena_text_n(arena, path, (size_t)(slash - path));
}

/* A name that is nothing but an ending (".profile") has none. */
const char *
paths_with_ending(const char *path, const char *ending, struct arena *arena)
{
	const char *name = paths_name(path), *dot = strrchr(name, '.');
	const size_t n = dot && dot > name ? (size_t)(dot - path) : strlen(path);

	return arena_print(arena, "%.*s%s", (int)n, path, ending);
}

const char *
paths_join(const char *folder, const char *name, struct arena *arena)
{
	const size_t n = strlen(folder);

	return arena_print(arena, "%s%s%s", folder, n && folder[n - 1] == '/' ? "" : "/",
			   name);
}

bool
paths_exists(const char *path)
{
	struct stat stat_of;

	return stat(path, &stat_of) == 0;
}

bool
paths_is_file(const char *path, struct error *err)
{
	struct stat at;

	if (stat(path, &at) != 0)
		return fail_errno(err, "cannot open '%s'", path);
	if (S_ISDIR(at.st_mode))
		return fail(err, "'%s' is a folder; name a file in it", path);
	if (S_ISFIFO(at.st_mode) || S_ISSOCK(at.st_mode))
		return fail(
			err,
			"'%s' is a pipe, which cannot be read twice; 'lariat - <FILE' "
			"keeps what comes out of it",
			path);
	return S_ISREG(at.st_mode) || fail(err, "'%s' is a device and no file", path);
}

bool
paths_is_flow(const char *path)
{
	const char *dot = strrchr(paths_name(path), '.');

	return dot && strcmp(dot, ".flow") == 0;
}
