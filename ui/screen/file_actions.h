/*
 * file_actions.h - what the parts that deal with files ask of each other.
 */
#ifndef SCREEN_FILE_ACTIONS_H
#define SCREEN_FILE_ACTIONS_H

#include "screen/app.h"

/* What ":open" and ":save" take. */
struct file_fields {
	const char *file; /* "": none was named */
};

/* Something to open: what it is, and what is done when it is. It is copied. */
struct wanted {
	const char *path;    /* a flow or a table; NULL: a draft, or a new flow */
	const char *draft;   /* its journal; NULL: none */
	const char *command; /* to be noted when it is done; NULL: none */
	const struct work_stamp *unless; /* the file is like this; NULL: in any case */
	bool is_piped;                   /* see work.h */
	bool keeps; /* what is open, if it has changes that are not saved: asks */
	void (*then)(struct app *app); /* may be NULL */
};

/* It takes the place of what is open as soon as it is there: at once for a script. What is
 * wanted later is opened instead. */
CHECKED bool file_want(struct app *app, const struct wanted *wanted, struct error *err);
/* Before there is a screen: an error, if it comes soon enough. is_piped: see work.h. */
CHECKED bool file_open_first(struct app *app, const char *path, bool is_piped,
			     struct error *err);
/* Wait for what is wanted: for scripts. */
CHECKED bool file_settle(struct app *app, struct error *err);
bool file_open_news(struct app *app);
void file_open_stop(struct app *app);

/* Open it, as ":open" does; what is wrong is said. */
void file_open(struct app *app, const char *path);
CHECKED bool file_open_said(struct app *app, const char *path, struct error *err);
/* Something was opened: it is noted, and what was not saved before is offered. */
void file_opened(struct app *app);

/* Actions: see file_actions[]. */
CHECKED bool file_save(struct app *app, const void *fields, struct error *err);
CHECKED bool file_seize(struct app *app, const void *fields, struct error *err);
/* And then the program ends. */
CHECKED bool file_save_quit(struct app *app, const void *fields, struct error *err);
CHECKED bool file_save_as(struct app *app, const void *fields, struct error *err);
/* "process 812 on there since 14:02". In the arena. */
const char *file_holder(const struct holder *by, struct arena *arena);
bool file_save_news(struct app *app);
void file_close(struct app *app);

/* What is there that was not saved: restore, show the difference, or discard. */
void draft_ask(struct app *app);
/* Restore that of a journal, with the flow or table that it is of. */
void draft_open_flow(struct app *app, const char *journal);
/* What it says that the file does not, as soon as that is known. */
void draft_show(struct app *app, const char *journal);
bool draft_news(struct app *app);

/* The changes so far, of which one is gone back to. */
void history_open(struct app *app);

/* The example as a file among the program's own things; its path, or NULL. */
const char *example_make(struct arena *arena, struct error *err);
/* The same at a path. */
CHECKED bool example_write(const char *path, struct error *err);

#endif
