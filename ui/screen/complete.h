/*
 * complete.h - what could stand where somebody types on the command line.
 *
 * Commands, settings and their values, as the tables of params have them: columns of the
 * table on view, words of a choice, files, values of a column that were counted, what a
 * formula is made of. Nothing is read for it that is not at hand.
 */
#ifndef SCREEN_COMPLETE_H
#define SCREEN_COMPLETE_H

#include "desk/folder.h"
#include "screen/app.h"
#include "widget/fuzzy.h"

struct candidate {
	const char *text;  /* what the line has then, from .from on */
	const char *label; /* shown, and matched with what was typed */
	const char *kind;  /* "int", keys of a command; "" */
	const char *note;  /* a help, a count; "" */
	uint8_t ink;       /* of .kind */
	bool goes_on;      /* a folder, a name that wants a value: no blank behind it */
	bool is_column;    /* of the table on view, called .label */
	struct fuzzy fuzzy;
	bool begins; /* with what was typed */
	size_t place;
};

struct completion {
	const char *title; /* "columns" */
	size_t from, to;   /* bytes of the line that a candidate stands for */
	size_t n, of;      /* that match; that there are */
	struct candidate *at;
	const struct param *param; /* whose value is typed; NULL: none */
	const char *folder;        /* whose files are wanted; NULL: none */
};

/* line: up to the cursor. files: of the folder asked for last, or NULL. What is found
 * lives in the arena. */
void complete(struct app *app, struct text line, const struct folder_list *files,
	      struct completion *out, struct arena *arena);

/* What is known of a column of the table on view, until the sheet has news; NULL: nothing.
 */
const struct summary_result *complete_found(struct app *app, const char *column);

/* In a box whose last row is the third from below. turn: the candidate that stands in the
 * line; NULL: none does, and the first one is meant. */
void completion_draw(struct pane pane, struct app *app,
		     const struct completion *completion, const size_t *turn);

/* The longest text that all candidates begin with; if some begin with what was typed,
 * those only. */
struct text completion_common(const struct completion *completion);

#endif
