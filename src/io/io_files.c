/* io_files - a folder is one dataset. */
#include "io/io_files.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { DEPTH = 64 }; /* of folders: links may make a circle */

static bool
is_left_out(const char *name)
{
	return name[0] == '.' || name[0] == '_';
}

static bool walk(const char *folder, int depth, bool nested, struct names *out,
		 struct arena *arena, struct error *err);

static bool
take(const char *path, int depth, bool nested, struct names *out, struct arena *arena,
     struct error *err)
{
	struct stat st;

	if (stat(path, &st) != 0)
		return fail_errno(err, "cannot open '%s'", path);
	if (S_ISDIR(st.st_mode))
		return !nested || walk(path, depth + 1, nested, out, arena, err);
	if (S_ISREG(st.st_mode))
		names_add(out, path, arena);
	return true;
}

static bool
walk(const char *folder, int depth, bool nested, struct names *out, struct arena *arena,
     struct error *err)
{
	DIR *dir = depth < DEPTH ? opendir(folder) : NULL;
	size_t n = strlen(folder);
	struct dirent *entry;
	bool ok = true;

	if (depth == DEPTH)
		return fail(err, "'%s' is nested too deeply: more than %d folders",
			    folder, DEPTH);
	if (!dir)
		return fail_errno(err, "cannot open '%s'", folder);
	while (ok && (errno = 0, entry = readdir(dir)))
		if (!is_left_out(entry->d_name))
			ok = take(arena_print(arena, "%s%s%s", folder,
					      n && folder[n - 1] == '/' ? "" : "/",
					      entry->d_name),
				  depth, nested, out, arena, err);
	if (ok && errno)
		ok = fail_errno(err, "cannot read '%s'", folder);
	closedir(dir);
	return ok;
}

static int
by_path(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

bool
files_find(const char *path, bool nested, struct names *out, struct arena *arena,
	   struct error *err)
{
	struct stat st;

	*out = (struct names){ 0 };
	if (strcmp(path, "-") != 0 && stat(path, &st) != 0)
		return fail_errno(err, "cannot open '%s'", path);
	if (strcmp(path, "-") == 0 || !S_ISDIR(st.st_mode)) {
		names_add(out, path, arena);
		return true;
	}
	if (!walk(path, 0, nested, out, arena, err))
		return false;
	if (out->n == 0)
		return fail(err, "'%s' is a folder without files%s", path,
			    nested ? "" : " (folders below it were not looked into)");
	qsort(out->at, out->n, sizeof(*out->at), by_path);
	return true;
}
