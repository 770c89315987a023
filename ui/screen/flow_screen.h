/*
 * flow_screen.h - the flow on the screen, for those who draw it and those who act on it.
 *
 * Below 100 columns it is a rail with an inspector beside it; from there on a canvas
 * instead of the rail, as long as two panes of it hold the flow, and the rows of the step
 * below. What is selected is the current node of the work; what is laid out is made anew
 * whenever the document is another one, and only then.
 */
#ifndef SCREEN_FLOW_SCREEN_H
#define SCREEN_FLOW_SCREEN_H

#include "desk/clip.h"
#include "desk/preview.h"
#include "desk/states.h"
#include "screen/app.h"
#include "widget/graph.h"
#include "widget/rail.h"

/* The flow as boxes, and what of it is on view. */
struct flow_canvas {
	bool is_on; /* it is shown, not the rail */
	struct graph graph;
	struct arena arena;          /* of the layout */
	unsigned version;            /* of the flow that is laid out */
	const struct json *document; /* its document; NULL: nothing is laid out */
	int columns, rows;           /* of the pane that it was laid out for */
	int zoom;                    /* enum zoom that the user chose, or ZOOM_FITS */
	int row, column;             /* at the upper left corner */
	struct pane pane;            /* as it was drawn */
	char followed[80];           /* id of the node that was last brought on view */
	int drag_row, drag_column;
};

enum { ZOOM_FITS = -1 };

enum flow_pane { FLOW_MAP, FLOW_STEP, FLOW_ROWS, FLOW_PANES };

struct flow_screen {
	struct states *states;
	struct previewer *previewer; /* of the step that the inspector shows */
	unsigned previewed;          /* version of the flow that it was asked for */
	bool has_preview;            /* it was asked for */
	struct flow_canvas canvas;
	unsigned version;            /* of the flow that is laid out */
	const struct json *document; /* its document; NULL: nothing is laid out */
	struct arena arena;          /* of the layout */
	struct rail rail;
	size_t *numbers; /* of steps by place, from 1; 0: an analysis has none */
	size_t n_steps;
	size_t first;         /* row of the rail on top */
	int skipped;          /* lines of the inspector scrolled over */
	enum flow_pane focus; /* the pane that may be alone */
	int rail_rows;        /* as it was drawn */
	struct pane rail_pane, inspector_pane, table_pane; /* without rows: not drawn */
	char inspected[80];    /* id of the node that the inspector showed */
	struct names unfolded; /* ids of steps whose groups are shown whole */
	struct arena unfolded_arena;
	char sought[80];     /* by the last search */
	struct flow copied;  /* whose last node was copied; n 0: none */
	struct job *pasting; /* reads what was copied, here or elsewhere; or NULL */
};

struct flow_screen *flow_screen_of(struct app *app);

/* Is it the flow that the work has? Undone and done again a document is the same one, but
 * its nodes are not. */
static inline bool
flow_screen_is_laid_out(const struct work *work, unsigned version,
			const struct json *document)
{
	return work->version == version && work->flow.document == document;
}

/* Lay out what the work holds, if that is not done yet. */
void flow_screen_layout(struct flow_screen *screen, struct app *app);
/* By place: steps whose groups are shown whole. In the arena. */
bool *flow_screen_unfolded(const struct flow_screen *screen, const struct flow *flow,
			   struct arena *arena);
/* The group of a step is shown whole, or not any more. */
void flow_screen_fold(struct flow_screen *screen, const struct flow *flow, size_t place);

void flow_screen_draw(struct flow_screen *screen, struct app *app, struct pane pane);

bool flow_screen_has_step(struct app *app);
/* The place of the current step; false: a sentence that there is none. */
CHECKED bool flow_screen_step(struct app *app, size_t *place, struct error *err);

/* Fields of what takes any words, and may say of which step. */
struct flow_words {
	const char *text, *step;
};

/* Fields of what is done to a step. */
struct flow_target {
	const char *step; /* as step_find() takes it; "": the current one */
};
#define FLOW_STEP_PARAM(S)                                                       \
	PARAM_TEXT(S, step, "Step", "its number or name; none: the current one", \
		   .preset = "")

/* Actions: see flow_actions[]. */
CHECKED bool flow_step_copy(struct app *app, const void *fields, struct error *err);
CHECKED bool flow_step_paste(struct app *app, const void *fields, struct error *err);
/* The last node of a flow goes behind the current step. */
CHECKED bool flow_screen_paste(struct app *app, const struct flow *copied,
			       struct error *err);

/* Lay the canvas out for a pane of this size; false: the flow is not for a canvas. */
bool flow_canvas_layout(struct flow_screen *screen, struct app *app, int rows,
			int columns);
/* Rows that it would take, frame and all. */
int flow_canvas_height(const struct flow_canvas *canvas);
void flow_canvas_draw(struct flow_screen *screen, struct app *app, struct pane pane);
bool flow_canvas_mouse(struct flow_screen *screen, struct app *app,
		       const struct mouse *mouse);
/* The steps that are on view. */
void flow_canvas_targets(const struct flow_screen *screen, struct app *app,
			 struct targets *targets);
void flow_canvas_release(struct flow_canvas *canvas);

#endif
