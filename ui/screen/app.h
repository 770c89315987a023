/*
 * app.h - the workbench: what is open, which screen is on, what stands over it.
 *
 * The app is driven from outside: app_event() for what the user does, app_news() when
 * something in the background has news or somebody asked for it (app_due()), app_draw()
 * to draw all of it into a surface. It knows no terminal, so scripts and tests drive it
 * as the loop (loop.h) does.
 *
 * A frame, from top to bottom: tabs, title and badge; the screen; the message or the
 * screen's status; hints. Views stand over the screen as a stack: the top one gets the
 * events; Escape closes it if it does not take it. Nothing in here waits.
 */
#ifndef SCREEN_APP_H
#define SCREEN_APP_H

#include "desk/job.h"
#include "desk/opening.h"
#include "desk/pinning.h"
#include "desk/preview.h"
#include "desk/sheet.h"
#include "desk/work.h"
#include "screen/action.h"
#include "screen/ahead.h"
#include "screen/settings.h"
#include "term/surface.h"

enum {
	LINE_SIZE = 512,
	STEP_HOLD = 120, /* milliseconds that events wait for the table of a step */
};

/* What the frame shows of a screen. */
struct heading {
	char title[160];                  /* "Infer & cast types", "hotel.flow ●" */
	char badge[64];                   /* "■ full 19,998×32"; "▤ sample 5k" */
	char left[LINE_SIZE], right[160]; /* the status line, if there is no message */
	bool is_live; /* what is on the left moves: it goes before all but complaints */
};

/* Places of the surface where a click goes to something. */
enum { TARGETS_MOST = 650 }; /* two letters are enough for each */
struct targets {
	size_t n;
	struct {
		int row, column;
	} at[TARGETS_MOST];
};
void targets_add(struct targets *targets, int row, int column);

struct exports; /* export.h */

/* A screen, or what stands over it. self: its own state. All but draw may be NULL. */
struct view {
	const char *name; /* "palette" */
	/* Of a screen: its state, made once, when the app is. NULL: it has none. */
	void *(*make)(struct app *app);
	bool is_modal; /* takes every event: none goes to what is below, nor to keys */
	bool is_of_screen; /* goes with the screen that it was opened over */
	bool is_aside;     /* the cursor stays with what is below */
	void (*draw)(void *self, struct app *app, struct pane pane);
	/* True: taken. */
	bool (*event)(void *self, struct app *app, const struct event *event);
	/* Something in the background may have news; true: it has, draw again. */
	bool (*news)(void *self, struct app *app);
	void (*heading)(void *self, struct app *app, struct heading *heading);
	/* "type to filter · Esc closes", instead of the hints; NULL: hints of actions. */
	const char *(*hints)(void *self, struct app *app);
	/* Where the user is in it, for those who do not see it: "row 5, lead_time 14".
	 * In the arena of the event. NULL, or returns NULL: the row of the cursor says
	 * so. */
	const char *(*sentence)(void *self, struct app *app);
	/* Of a screen: what can be gone to by a click, as it was drawn last. */
	void (*targets)(void *self, struct app *app, struct targets *targets);
	const struct exports *exports; /* of a screen: what E writes; NULL: nothing */
	/* Stop what it has going on in the background: a screen, on view or not. */
	void (*stop)(void *self, struct app *app);
	void (*close)(void *self, struct app *app);
};

struct layer {
	const struct view *view;
	void *self;
};

enum { LAYERS = 8 };

enum tone { TONE_PLAIN, TONE_GOOD, TONE_BAD };

/* What is being opened, and takes its place when it is there. */
struct arrival {
	struct opening *opening; /* NULL: nothing is */
	struct arena arena;
	const char *name;    /* as it is told */
	const char *command; /* that led to it; NULL: is not noted */
	int64_t since;
	void (*then)(struct app *app); /* in its place; may be NULL */
	bool keeps; /* what is open, if it has changes that are not saved */
};

/* Where the user is in the table on view, kept by the data screen. */
struct focus {
	char column[256]; /* "": none */
	int place;        /* of it in the schema, -1: none */
	enum type type;
	uint64_t row;
	char value[256]; /* of the cell, as it is shown; "" if it is missing */
	bool is_missing, has_value;
	size_t n_marked;           /* columns that are marked */
	const char *const *marked; /* until the next event */
};

struct app {
	struct work work;
	struct wake wake;
	struct cache *cache;
	struct pins *pins;
	struct pinning *pinning;
	enum screen screen, last_screen;
	struct layer screens[SCREEN_COUNT]; /* view NULL: there is none */
	struct layer start;                 /* when nothing is open */
	struct layer layers[LAYERS];
	size_t n_layers;
	struct focus focus;
	bool branches; /* the next step that is added begins a branch */
	/* Of the current node; NULL: none. app_sheet() keeps it right. What comes in its
	 * place waits until it has something to show, so that nothing flickers. */
	struct sheet *sheet, *coming;
	int64_t coming_since;
	unsigned sheet_version;
	char sheet_node[80];
	struct sheet_order order; /* its column is order_column */
	char order_column[256];
	char message[LINE_SIZE]; /* "": none */
	enum tone tone;
	struct press pending[8]; /* a sequence that is not whole yet */
	size_t n_pending;
	int64_t pending_since, now; /* milliseconds */
	char digits[8];             /* typed before a key */
	int64_t digits_since;
	enum screen digits_screen;
	unsigned zoomed;  /* screens of which one pane is shown alone: IN_* */
	unsigned n_steps; /* that were added or set: marks have done their work then */
	unsigned sheet_steps;     /* the same when the sheet on view came */
	unsigned told_steps;      /* the same when the message was a step's; else 0 */
	int64_t step_since;       /* when the last one was */
	const char *last_command; /* what "." does again, in its arena; NULL: nothing */
	struct arena last_arena;
	int64_t due;      /* when app_news() is to be called at the latest; 0: not */
	size_t n_running; /* works that a script waits for */
	struct settings settings;
	struct arrival arrival;
	int64_t saving_since;                /* the last save was asked for */
	void (*after_save)(struct app *app); /* when all is saved; NULL: nothing */
	struct ahead ahead;                  /* typed ahead */
	int64_t holds_until;        /* events wait: what they mean is known in a moment */
	char save_path[1024];       /* that is asked about: write over it? */
	struct buffer *copied;      /* for the terminal's clipboard; NULL: nothing */
	int tabs[SCREEN_COUNT + 1]; /* columns at which they begin; 0, 0: not drawn */
	bool wants_redraw, wants_suspend, wants_settings; /* of the terminal */
	bool is_done;                                     /* the loop ends */
	bool is_dirty;                                    /* draw */
	bool is_macro;   /* commands come from a file: nothing is asked */
	int macro_depth; /* files that are played, one out of the other */
	bool has_terminal;
	struct buffer *record; /* commands that were run, a line each; NULL: none was */
	char noted_node[80];   /* where one stands who runs those, as an id of here */
	struct arena arena;    /* of the event at hand; released with each */
	struct arena lasting;  /* what was said for as long as the program runs */
};

CHECKED bool app_init(struct app *app, struct error *err);
void app_release(struct app *app);
/* A flow or a table; NULL: a new flow. It stays as it is on an error. What was open and
 * is not saved stays as a draft. Waits for the disk: file_want() does not. */
CHECKED bool app_open(struct app *app, const char *path, struct error *err);
/* The same in two steps: something to open, and it takes the place of what is open. */
struct work app_next_work(const struct app *app);
void app_take(struct app *app, const struct work *work);
/* Nothing is open any more. */
void app_close(struct app *app);

void app_event(struct app *app, const struct event *event, int64_t now);
/* The same, whatever waits (ahead.h): its turn has come. */
void app_do_event(struct app *app, const struct event *event);
/* As if the mouse had been pressed there. */
void app_click(struct app *app, int row, int column);
/* Milliseconds that events wait yet (ahead.h), 0: they do not. The table of the last step
 * is on its way, so that a key on the data screen would mean another one; or app_hold(). */
int app_held(const struct app *app);
void app_news(struct app *app, int64_t now);
void app_draw(struct app *app, struct surface *surface);
/* Only the top view, without frame; what that would show. The arena of the event goes on:
 * the caller releases it. */
void app_draw_top(struct app *app, struct surface *surface, struct heading *heading);
/* The view that events go to first. */
struct layer *app_top(struct app *app);
/* Milliseconds until app_news() is due even if nobody wakes; -1: not. */
int app_wait(const struct app *app, int64_t now);
/* Wait for what comes from the background: without a terminal only. */
void app_await(struct app *app, bool (*is_there)(struct app *app));
/* Wait until nothing runs any more that a script waits for: without a terminal only. */
void app_settle(struct app *app);
/* The text goes to the clipboard of the terminal, if there is one. */
CHECKED bool app_copy(struct app *app, struct text text, struct error *err);
/* A file, or an answer, is on its way: the next events wait so many milliseconds, or until
 * app_hold(app, 0). */
void app_hold(struct app *app, int milliseconds);
/* Call app_news(), and with it every view's news, in so many milliseconds. */
void app_due(struct app *app, int milliseconds);

/* A command as typed behind ":", run at once. */
CHECKED bool app_command(struct app *app, const char *line, struct error *err);
/* One that a key or a menu picked: asks for what is missing, complains in the message. */
void app_act(struct app *app, const struct action *action);
/* What is done in several calls asks first for the way: the command that goes where it
 * is done, if those recorded so far do not lead there; NULL: they do. */
const char *app_way(struct app *app);
/* It is done: its command is echoed and recorded, behind the way. again: what "." does
 * from now on; NULL: what it did. */
void app_done(struct app *app, const char *way, const char *command, const char *again);
/* Run it with these fields, echo and record it. */
void app_run(struct app *app, const struct action *action, const void *fields);

void app_say(struct app *app, enum tone tone, const char *format, ...) PRINTF_LIKE(3, 4);
void app_fail(struct app *app, const struct error *err);

void app_go(struct app *app, enum screen screen);
void app_push(struct app *app, const struct view *view, void *self);
/* Close the top one; its self is gone. */
void app_pop(struct app *app);
bool app_has(const struct app *app, const struct view *view);
/* Is the cursor of the screen itself, whatever stands beside it? */
bool app_has_cursor(const struct app *app);
/* Does one stand there that takes every event? */
bool app_is_modal(const struct app *app);
/* What all layers stand over: the screen, or the start. */
struct layer *app_ground(struct app *app);
unsigned app_where(const struct app *app); /* one IN_* */
/* Has the pane with the focus all of the screen? */
bool app_is_zoomed(const struct app *app);

/* The sheet of the current node, opened if need be; NULL: nothing to show. It may be
 * another one at any event. */
struct sheet *app_sheet(struct app *app);
/* Why it will never have columns to look at; NULL: it has, or they are coming. */
const char *app_sheet_trouble(struct app *app);
/* The same in another order. */
void app_order(struct app *app, struct sheet_order order);
/* Read its file anew. */
void app_refresh(struct app *app);

/* The step at a place of the flow is gone to; its data is what the data screen shows. */
void app_select(struct app *app, size_t place);
/* A step as the user said it (form, command line). */
struct step_request {
	const struct op *op;
	const void *fields;
	size_t place; /* of the one that is told otherwise; FLOW_NONE: a new one */
	struct step_links links;
	const struct quick *file; /* links.with, if it was looked at; NULL: it was not */
};
/* Add it behind the current step, or set it; echo, go on to it. */
CHECKED bool app_step(struct app *app, const struct step_request *request,
		      struct error *err);
/* The same as a command. In the arena of the event. */
const char *app_step_command(struct app *app, const struct step_request *request);
/* The second table, as a step of this flow; FLOW_NONE: it is a file, or nothing. */
size_t app_second(const struct flow *flow, const char *with);

/* The export that goes on, if one does. */
void export_stop(struct app *app);
/* The answer to the end of the program when something is not saved; may ask. */
void quit_ask(struct app *app);

/* Keys that may follow what was typed, in a box at the bottom of the pane. */
void which_draw(struct pane pane, const struct press *presses, size_t n, unsigned where);

/* Views that others make; each in its own file. */
void palette_open(struct app *app, bool steps_only);
void menu_open(struct app *app);
void help_open(struct app *app);
/* Letters over all targets of the screen: typed, they are gone to. */
void jump_open(struct app *app);
/* The command line, with a text to go on from ("rename column=adr name="). */
void line_open(struct app *app, const char *text);
/* The form of a step: a new one of this operator with fields filled in (NULL: presets),
 * or that at a place, with what it was told (op and fields NULL). Enter applies, with a
 * live diff meanwhile. */
void form_open(struct app *app, const struct op *op, const void *fields, size_t place);
void files_open(struct app *app, const char *title, const char *folder,
		void (*chosen)(struct app *app, const char *path));
/* A question with answers, one key each: "s save  k keep draft  d discard". The last one
 * is what Escape means. */
struct answer {
	uint32_t key;
	const char *word;
};
void ask_open(struct app *app, const char *question, const struct answer *answers,
	      size_t n, void (*answered)(struct app *app, uint32_t key));
/* Text in a box that scrolls: a full cell, a report. It is copied. */
void text_open(struct app *app, const char *title, struct text text);

extern const struct view data_view, flow_screen_view, insight_view, chart_view,
	models_view, runs_view, start_view;

#endif
