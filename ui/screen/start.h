/*
 * start.h - the screen when nothing is open, and what goes on with files behind all
 * screens: tables that change on the disk, a journal that cannot be written, an export.
 */
#ifndef SCREEN_START_H
#define SCREEN_START_H

#include "desk/recent.h"
#include "desk/watch.h"
#include "screen/file_actions.h"

enum { START_OFFERS = 8 };

/* A draft that nobody saved. */
struct offer {
	const char *journal, *name;
	size_t n; /* edits */
	int64_t time;
};

struct export;
struct exporter {
	struct job *job; /* NULL: nothing is exported */
	struct export *export;
	int shown;
	struct error err; /* of the last one; "": it went well */
};

struct start {
	struct arena arena;
	struct recents recents;
	bool was_open;      /* something, since they were read */
	struct job *search; /* for them and for drafts; NULL: done */
	struct offer offers[START_OFFERS];
	size_t n_offers, offer; /* the one that is on view */
	struct job *difference; /* of a draft; NULL: none is wanted */
	int at;                 /* the recent one under the cursor; -1: none */
	int64_t begun;          /* when the first tip came up */
	size_t tip;
	bool is_wide;
	struct pane lines; /* as drawn: those that can be clicked */
	int recent_row;
	struct exporter exporter;
	struct watch *watch;
	char noted_path[512]; /* whose rows were noted */
	char hidden[512];     /* folder; "": none */
	char trouble[256];    /* of the journal, as it was told */
};

enum { START_TIPS = 12 };
extern const char *const start_tips[START_TIPS]; /* for action_spell() */

void start_draw(struct start *start, struct app *app, struct pane pane);

/* A file was opened, or saved: it is remembered, unless it is in the hidden folder. */
void start_remember(struct app *app, const char *path, int64_t rows);
void start_hide(struct app *app, const char *folder);

struct exporter *exporter_of(struct app *app);
/* That of draft_show(). */
struct job **draft_job(struct app *app);
bool export_news(struct app *app, struct exporter *exporter);

#endif
