/*
 * file_actions.h - what the parts that deal with files ask of each other.
 */
#ifndef SCREEN_FILE_ACTIONS_H
#define SCREEN_FILE_ACTIONS_H

#include "screen/app.h"

/* Open it; what is wrong is said. */
void file_open(struct app *app, const char *path);

/* What is there that was not saved: restore, show the difference, or discard. */
void draft_ask(struct app *app);
/* The same of a journal that belongs to nothing that is open. */
void draft_open_flow(struct app *app, const char *journal);
void draft_show(struct app *app, const char *journal);

/* The changes so far, of which one is gone back to. */
void history_open(struct app *app);

/* The example as a file among the program's own things; its path, or NULL. */
const char *example_make(struct arena *arena, struct error *err);
/* The same at a path. */
CHECKED bool example_write(const char *path, struct error *err);

#endif
