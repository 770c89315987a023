/*
 * data.h - what the files of the data screen know of each other.
 *
 * data_look() comes first in whatever is done: it asks the sheet what there is by now.
 * What it shows stays until the sheet is asked again by anybody, so until the end of the
 * event or the drawing at most.
 */
#ifndef SCREEN_DATA_H
#define SCREEN_DATA_H

#include "screen/app.h"
#include "widget/advice.h"
#include "widget/figure.h"
#include "widget/grid_look.h"

/* What is looked for, and waited for if rows are not at hand. */
enum search_kind { SEARCH_NOTHING, SEARCH_TEXT, SEARCH_OTHER };
struct search {
	enum search_kind kind;
	char text[LINE_SIZE];  /* that was typed last */
	char value[LINE_SIZE]; /* other than this one */
	bool is_backward;
	uint64_t row;
};

/* How the table looked before something was done about it. */
enum { LOOKS = 32 };
struct look {
	struct arena arena; /* all of it is in there */
	struct grid_look grid;
	const char *order; /* column; NULL: as the rows come */
	bool descending;
	const char *what; /* was done: "width"; a literal */
};

/* The last table that was whole and not empty: what a step behind it may leave none of. */
struct whole {
	char node[80];
	unsigned version; /* of the flow */
	uint64_t rows;
	size_t width; /* columns */
	struct arena arena;
	size_t n; /* the same; 0: their figures are not known yet */
	struct whole_column {
		const char *name;
		char min[FIGURE_SIZE], max[FIGURE_SIZE]; /* "": it has none */
	} * columns;
};

struct data {
	struct grid grid;
	struct grid_view view;
	const struct sheet_state *state;
	struct search search;
	struct arena arena; /* of the focus' names of marked columns */
	char node[80];      /* that the grid was on */
	struct whole whole;
	size_t mark_from;  /* column that was marked last */
	unsigned n_steps;  /* of the app: a step takes the marks away */
	struct pane card;  /* where it was drawn; without rows: nowhere */
	bool card_is_shut; /* on a screen that has room for it */
	/* What the mouse drags: an edge of a column, or a brush over its bars. */
	enum { DRAG_NOTHING, DRAG_EDGE, DRAG_BARS } drag;
	size_t dragged; /* the column */
	int drag_from;
	struct brush brush; /* of the column under the cursor */
	size_t n_looks;
	struct look looks[LOOKS]; /* the newest one is the last */
};

struct data *data_of(struct app *app);
/* False: there is no table to show (yet). */
bool data_look(struct app *app, struct data *data);
/* The table of the current step as the data screen has it, for a pane of another one. */
void data_draw_table(struct app *app, struct pane pane);
/* The cell under the cursor, where others look for it. */
void data_focus(struct app *app, struct data *data);
/* The cell under the cursor to the terminal's clipboard: as it is shown, or its bytes. */
CHECKED bool data_cell_copy(struct app *app, bool is_raw, struct error *err);
/* The column under the cursor in the newest profile, or NULL. */
const struct summary_result *data_found(struct app *app, const char **name,
					enum type *type);

/* Where no rows are left: "0 of 19,998 rows", how far the columns went that the step looks
 * at, and what to do. In the event's arena. */
const char *data_none(struct app *app, const struct data *data);
const char *data_none_why(struct app *app, const struct data *data);
/* A table is on view, all of it: noted for that. */
void data_note_whole(struct app *app, struct data *data);

/* What was odd in the file, a sentence each. */
struct names data_remarks(const struct data *data, struct arena *arena);
CHECKED bool data_remarks_show(struct app *app, const struct data *data,
			       struct error *err);

const char *data_sentence(void *self, struct app *app);
void data_heading(void *self, struct app *app, struct heading *heading);

/* Look on in the table for what was typed. */
CHECKED bool data_search(struct app *app, struct data *data, bool backward,
			 struct error *err);
/* The next row whose cell in this column is another one. */
void data_other_value(struct app *app, struct data *data, bool backward);
/* Go on with what is looked for; the cursor is there when it is found. */
void data_answer(struct app *app, struct data *data);
void data_search_stop(struct app *app, struct data *data);

/* A step by an operator's word, set as said ("column=a"): its form is opened, or in a
 * script it is made. */
bool data_step(struct app *app, const char *word, const char *const *settings, size_t n,
	       struct error *err);

void data_cell_open(struct app *app);
void data_record_open(struct app *app);
void data_facets_open(struct app *app);
void data_card_open(struct app *app);
/* Columns of the screen that the card takes at the right: all, if it is alone there; 0:
 * it is not shown. */
int data_card_width(struct app *app, const struct data *data, int columns);
void data_card_draw(struct app *app, struct data *data, struct pane pane);

/* What is brushed of the column under the cursor, with the newest figures; NULL: nothing.
 * A brush does not outlast the cursor on its column. */
struct brush *data_brush(struct data *data);
/* Brush from one bar of its head to another. */
void data_brush_reach(struct app *app, struct data *data, int anchor, int bar);
/* A step about the rows in the part that is brushed: "action=keep". */
CHECKED bool data_brush_step(struct app *app, const struct brush *brush,
			     const char *action, struct error *err);

/* Something is about to be done to the look of the table. */
void data_note(struct app *app, struct data *data, const char *what);
/* The last of it is taken back. */
CHECKED bool data_take_back(struct app *app, struct data *data, struct error *err);
void data_forget_looks(struct data *data);

/* Below the rows, where there is room for it. */
void data_tip_draw(struct app *app, const struct data *data, struct pane below);

bool data_mouse(struct app *app, struct data *data, const struct mouse *mouse);

#endif
