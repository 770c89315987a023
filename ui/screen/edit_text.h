/*
 * edit_text.h - a text in the user's own editor.
 *
 * The terminal is given to $VISUAL, else $EDITOR, else vi, and taken back when it ends.
 */
#ifndef SCREEN_EDIT_TEXT_H
#define SCREEN_EDIT_TEXT_H

#include "screen/app.h"

/* ending: of the file's name, by which editors know a language. The text as it was saved
 * is in the arena. */
CHECKED bool edit_text(struct app *app, const char *text, const char *ending,
		       const char **out, struct arena *arena, struct error *err);

#endif
