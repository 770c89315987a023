/* place - addresses to paths. */
#include "run/place.h"

#include "base/text.h"

/* The map with the longest prefix of uri; *rest: what stands behind the prefix. */
static const char *
mapped(const char *uri, const struct names *maps, const char **rest)
{
	const char *best = NULL;
	size_t longest = 0;

	for (size_t i = 0; i < maps->n; i++) {
		const char *equals = strrchr(maps->at[i], '=');
		size_t size = equals ? (size_t)(equals - maps->at[i]) : 0;

		if (!size || size < longest || strncmp(uri, maps->at[i], size) != 0)
			continue;
		longest = size;
		best = equals + 1;
		*rest = uri + size;
	}
	return best;
}

static const char *
join(const char *folder, const char *rest, struct arena *arena)
{
	size_t n = strlen(folder);

	if (!rest[0])
		return arena_text(arena, folder);
	while (n && folder[n - 1] == '/' && rest[0] == '/')
		rest++;
	return arena_print(arena, "%s%s%s", folder,
			   n && folder[n - 1] != '/' && rest[0] != '/' ? "/" : "", rest);
}

bool
place_local(const char *uri, const struct names *maps, const char *flow_path,
	    const char **out, struct arena *arena, struct error *err)
{
	const char *rest, *to = mapped(uri, maps, &rest), *scheme, *slash;

	if (to) {
		*out = join(to, rest, arena);
		return true;
	}
	if (!uri[0])
		return fail(
			err,
			"the flow names no file here; give one with --source NODE=PATH");
	scheme = strstr(uri, "://");
	if (scheme && strncmp(uri, "file://", 7) == 0) {
		uri += 7;
	} else if (scheme) {
		slash = strchr(scheme + 3, '/');
		return fail(err,
			    "'%s' is not on this machine; say where it is with --map "
			    "%.*s=FOLDER, or :map FOLDER on the screen",
			    uri, (int)(slash ? slash + 1 - uri : (long)strlen(uri)), uri);
	}
	slash = flow_path ? strrchr(flow_path, '/') : NULL;
	if (uri[0] == '/' || !slash)
		*out = arena_text(arena, uri);
	else
		*out = arena_print(arena, "%.*s/%s", (int)(slash - flow_path), flow_path,
				   uri);
	return true;
}

const char *
place_file_name(const char *name, struct arena *arena)
{
	char *clean = arena_text(arena, name);

	for (unsigned char *p = (unsigned char *)clean; *p; p++)
		if (*p == '/' || *p < 0x20 || *p == 0x7f)
			*p = '_';
	if (strcmp(clean, ".") == 0 || strcmp(clean, "..") == 0)
		clean[0] = '_';
	return clean;
}
