/*
 * runs_screen.h - what the files of the runs screen know of each other.
 *
 * There is one run at a time, and what is left of those before it: a line each.
 */
#ifndef SCREEN_RUNS_SCREEN_H
#define SCREEN_RUNS_SCREEN_H

#include "desk/running.h"
#include "screen/app.h"

enum { SPEEDS = 48 };

/* A run that has ended. */
struct past_run {
	struct past_run *before;
	unsigned number;
	int64_t time; /* when it began: seconds since 1970 */
	double seconds;
	bool is_well;
	const char *what; /* "2 files, 19,998 rows"; or why not */
};

struct runs {
	struct arena arena;      /* of past runs, and names of files */
	struct running *running; /* the newest; NULL: there was none */
	struct running_state now;
	unsigned number;
	int64_t began;
	double speeds[SPEEDS]; /* rows a second, the newest last */
	size_t n_speeds;
	uint64_t rows;     /* read when the newest was taken, */
	double at_seconds; /* and when that was */
	bool is_asked;     /* the user, whether to go on */
	bool is_noted;     /* its end is */
	bool errors_first;
	struct names written; /* files that runs wrote since the start */
	struct past_run *past;
	size_t n, *shown; /* places of nodes on view, in order; of running's flow */
	size_t at, top;
	struct pane pane;   /* where those on view were drawn */
	struct arena lines; /* of shown */
};

struct runs *runs_of(struct app *app);

/* Take what there is by now: it goes on, asks, or is noted. */
void runs_follow(struct app *app, struct runs *runs);
/* Begin; node NULL: all destinations, or those that stand on `from`. */
CHECKED bool runs_begin(struct app *app, const char *node, const char *from,
			struct error *err);
/* Order of lines again. */
void runs_order(struct runs *runs);
/* The node under the cursor, in the flow as it ran; FLOW_NONE: none. */
size_t runs_place(const struct runs *runs);
/* The first one on view that failed; FLOW_NONE: none did. */
size_t runs_failed(const struct runs *runs);
bool runs_is_busy(const struct runs *runs);

/* The line under the cursor; not what still changes while it runs. */
const char *runs_sentence(void *self, struct app *app);
void runs_draw(struct app *app, struct runs *runs, struct pane pane);

/* What went wrong, and where in the code, if that is known: from that row on; the first
 * row behind it. runs_code_rows(): rows for code in it. */
int runs_draw_error(struct app *app, const struct runs *runs, struct pane pane, int row);
size_t runs_code_rows(struct app *app, const struct runs *runs);

/* All that is known of how the run ended, in the arena; NULL: it has not. */
const char *runs_log(const struct runs *runs, struct arena *arena, struct error *err);
/* What E writes: that, for people or for programs. */
extern const struct exports runs_exports;

#endif
