/*
 * form_view.h - the form of a step with its preview; private to its files.
 *
 * The step stands in a draft: a flow of its own that shows the same document, made anew
 * for each preview, with the step put in or told otherwise. The user's flow changes when
 * the form is done, in one call.
 */
#ifndef SCREEN_FORM_VIEW_H
#define SCREEN_FORM_VIEW_H

#include "desk/table_file.h"
#include "screen/app.h"
#include "widget/advice.h"
#include "widget/diff_grid.h"
#include "widget/form.h"

struct found_file;

/* Which table a step of two inputs reads besides the current one. */
struct other {
	int table; /* place among the words; -1: not said */
	int was;   /* of a step that is there; -1: of none of them */
	const char *file;
	struct param params[3]; /* of those two, and the end */
	const char **words;     /* tables of the flow, and last a file */
	size_t *places;         /* of the nodes; FLOW_NONE: a file */
	struct job *job;        /* looks at the file */
	struct found_file *found;
};

struct form_view {
	struct arena arena;
	const struct op *op;
	void *fields;
	size_t place; /* of the step in the user's flow; FLOW_NONE: a new one */
	char node[80], behind[80]; /* ids: of the step, or of the one before it */
	struct form form;
	struct other other;
	struct schema schemas[2]; /* of what it reads, as far as it is known */
	struct names reads;       /* columns that it looks at, if not all */
	struct previewer *previewer;
	const struct preview *shown;
	bool is_stale;    /* what is shown is not what the fields say */
	int64_t due;      /* ask for a preview then; 0: no need */
	bool has_guessed; /* keys of two tables */
	bool has_tried;   /* to be done */
	struct diff_grid grid;
	struct arena mend_arena;
	bool can_mend;
	struct advice mend;  /* a step that could go before this one */
	struct error wrong;  /* what is wrong by the fields alone; "": nothing */
	struct error failed; /* why there is no preview */
};

/* Other tables to choose from. */
void draft_tables(struct form_view *view, const struct flow *flow);
void draft_tables_release(struct form_view *view);
/* A file that was named is looked at behind the screen's back; true: it was. */
bool draft_file_news(struct form_view *view, const struct wake *wake);
/* Where the second table is, in this flow, to which a file is added; FLOW_NONE: there is
 * none, or it is as it was. */
CHECKED bool draft_second(const struct form_view *view, struct flow *flow, size_t *place,
			  struct error *err);
/* The same in words, and the file as it was looked at (NULL: it is none). */
CHECKED bool draft_links(const struct form_view *view, const struct flow *flow,
			 struct step_links *links, const struct quick **file,
			 struct arena *arena, struct error *err);
/* Everything that can be known of the fields without data but the columns' names. */
CHECKED bool draft_check(struct form_view *view, struct error *err);
/* A preview of what the fields say is asked for. */
CHECKED bool draft_preview(struct form_view *view, struct app *app, struct error *err);
/* Rows before and after are counted over all data. */
CHECKED bool draft_count(struct form_view *view, struct app *app, struct error *err);
/* Columns that both tables have become keys, if nobody said which. */
bool draft_guess_keys(struct form_view *view);

/* What the step does in a few lines; returns the rows that they take in so many columns
 * if pane is NULL. */
int impact_draw(struct form_view *view, struct pane *pane, int columns);

/* The table that the step reads, if it is the one on view; NULL. */
struct sheet *form_view_sheet(const struct form_view *view, struct app *app);

/* What is odd in the columns that the step reads, as far as all rows of them are known,
 * and a step to go before this one is in .mend; only of a step that is not there yet. */
void form_mend_look(struct form_view *view, struct app *app);
/* That step becomes one of the flow, which the form's goes on from. */
CHECKED bool form_mend(struct form_view *view, struct app *app, struct error *err);

/* Parts of the view. */
void form_view_draw(void *self, struct app *app, struct pane pane);
void form_view_heading(void *self, struct app *app, struct heading *heading);
const char *form_view_hints(void *self, struct app *app);

#endif
