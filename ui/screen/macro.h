/*
 * macro.h - commands in a file, one a line, as the screen echoes and records them.
 *
 * Blank lines and those that begin with '#' mean nothing. The first command that fails
 * ends it; the error says file and line.
 */
#ifndef SCREEN_MACRO_H
#define SCREEN_MACRO_H

#include "screen/app.h"

CHECKED bool macro_play(struct app *app, const char *path, struct error *err);
/* What was run so far. */
CHECKED bool macro_save(const struct app *app, const char *path, struct error *err);

#endif
