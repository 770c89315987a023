/*
 * macro - commands of a file, run one by one; and those that were run, put into a file.
 */
#include "screen/macro.h"

#include "base/file.h"
#include "desk/paths.h"

enum { MACRO_BYTES = 1 << 20, MACRO_DEPTH = 8 };

static bool
play_line(struct app *app, struct text line, struct error *err)
{
	line = text_trim(line);
	if (line.size && line.data[0] == ':') /* as it is echoed */
		line.data++, line.size--;
	if (line.size == 0 || line.data[0] == '#')
		return true;
	return app_command(app, arena_text_n(&app->arena, line.data, line.size), err);
}

static bool
play_lines(struct app *app, const char *path, struct text rest, struct error *err)
{
	for (size_t line = 1; rest.size; line++)
		if (!play_line(app, text_cut(&rest, '\n'), err))
			return fail_in(err, "%s:%zu: ", paths_name(path), line);
	return true;
}

/* A macro may play another one, but not itself for ever. */
bool
macro_play(struct app *app, const char *path, struct error *err)
{
	const bool was_macro = app->is_macro;
	struct buffer *bytes;
	bool ok;

	if (app->macro_depth == MACRO_DEPTH)
		return fail(err, "'%s': macros that play macros go %d deep at most", path,
			    MACRO_DEPTH);
	path = paths_absolute(path, &app->arena);
	bytes = file_read(path, MACRO_BYTES, err);
	if (!bytes)
		return false;
	app->macro_depth++;
	app->is_macro = true;
	ok = play_lines(app, path, (struct text){ bytes->data, bytes->size }, err);
	app->is_macro = was_macro;
	app->macro_depth--;
	buffer_drop(bytes);
	return ok;
}

bool
macro_save(const struct app *app, const char *path, struct error *err)
{
	struct arena mem = { 0 };
	bool ok;

	if (!app->record || !app->record->size)
		return fail(err, "nothing was done yet that could be played again");
	ok = file_write(paths_absolute(path, &mem),
			(struct text){ app->record->data, app->record->size }, err);
	arena_release(&mem);
	return ok;
}
