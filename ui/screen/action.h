/*
 * action.h - what a user can do, declared once.
 *
 * A row gives an action its word (":drop"), its title (palette, menu), its keys, and what
 * it can be told, as a param table (op/param.h) like those of operators. The key map, the
 * menu, the palette, the which-key box, help, the line of hints, the command line with
 * its completion, macros and the journal all read these rows; there is no second list.
 * Every operator is an action too: its word is the operator's, its settings the action's.
 *
 * An action that was run is echoed as the command that would have done it.
 */
#ifndef SCREEN_ACTION_H
#define SCREEN_ACTION_H

#include "base/ending.h"
#include "op/op.h"
#include "term/event.h"

struct app;

enum screen {
	SCREEN_FLOW,
	SCREEN_DATA,
	SCREEN_INSIGHT,
	SCREEN_CHART,
	SCREEN_MODELS,
	SCREEN_RUNS,
	SCREEN_COUNT,
};

/* Where an action is at hand. */
enum {
	IN_FLOW = 1 << SCREEN_FLOW,
	IN_DATA = 1 << SCREEN_DATA,
	IN_INSIGHT = 1 << SCREEN_INSIGHT,
	IN_CHART = 1 << SCREEN_CHART,
	IN_MODELS = 1 << SCREEN_MODELS,
	IN_RUNS = 1 << SCREEN_RUNS,
	IN_START = 1 << SCREEN_COUNT, /* nothing is open */
	IN_OPEN = IN_START - 1,
	IN_ANY = IN_OPEN | IN_START,
};

enum action_flags {
	ACTION_MOVE = 1,   /* moves or shows something: neither echoed nor recorded */
	ACTION_HIDDEN = 2, /* not in menu and palette (a cursor key) */
	ACTION_LINE = 4,   /* asks on the command line for what is required and missing */
	ACTION_COUNT = 8,  /* takes a number typed before its key as its first param */
	ACTION_WORDS = 16, /* its text is typed as it is, with blanks */
	/* Done to a step, which becomes the current one: a param named "step" says which;
	 * if it is empty, the current one, and that is what is echoed. */
	ACTION_STEP = 32,
	ACTION_ONCE = 64, /* "." does it not again, but what was done before */
	/* Done to the column, or the cell, under the cursor of the data screen. */
	ACTION_COLUMN = 128,
	ACTION_CELL = 256,
};

struct action {
	const char *name;  /* the word; with '-' */
	const char *title; /* "Drop column" */
	const char *menu;  /* File Edit View Column Rows Flow Analyse Model Run Help */
	/* Presets, separated by blanks; a key (press_parse()) or several characters typed
	 * one after the other: "F2 gs Ctrl-S". NULL: none. */
	const char *keys;
	unsigned where;             /* IN_* */
	const char *hint;           /* in the bottom line: "drop"; NULL: not there */
	unsigned hint_where;        /* IN_* of its screens; 0: all */
	const char *help;           /* one sentence */
	const struct param *params; /* up to a NULL name; NULL: takes nothing */
	size_t params_size;
	unsigned flags;
	/* Fill in what follows from where the user is (the column under the cursor).
	 * NULL: nothing does. */
	void (*suggest)(struct app *app, void *fields, struct arena *arena);
	/* Can it be done now? NULL: always. */
	bool (*fits)(struct app *app);
	bool (*run)(struct app *app, const void *fields, struct error *err);
	const char *aliases; /* other words for it, separated by blanks: "w"; or NULL */
	/* Of a path that it takes: how it may end, up to one without a text, for
	 * completion. In the arena. NULL: anyhow. */
	const struct ending *(*endings)(struct app *app, struct arena *arena);
};

/* All tables, up to NULL; each up to a row without name. In the order of the menu. */
extern const struct action *const action_tables[];
extern const char *const action_menus[]; /* titles, in order, up to NULL */
/* As the bits of IN_* have them: screens, then "Start"; up to NULL. */
extern const char *const screen_names[];

/* By its word or an alias; "-" and "_" are one. */
const struct action *action_find(const char *name);
/* The param that says which step; NULL: it is done to none. */
const struct param *action_step(const struct action *action);
const struct action *action_named(struct text word);
/* Go through all of them: start with NULL; NULL: there are no more. */
const struct action *action_next(const struct action *action);

/* The first key of an action as it is now (a preset, or what the user has set), as a text
 * to show: "F2", "gg"; "" if there is none. Stays until the next call. */
const char *action_keys(const struct action *action);
/* All of them, separated by blanks: "F2 Ctrl-S". The same. */
const char *action_keys_all(const struct action *action);

/* A sentence with keys where it has words of actions in {}: "{undo} takes it back". One
 * that has no key is said as its command. In the arena. */
const char *action_spell(const char *sentence, struct arena *arena);

/* Did the user say which keys it has, or that it has none? */
bool action_is_bound(const struct action *action);

/* Bind keys (as in .keys) to an action, in place of the presets; "": to none. A key that
 * another action has is taken over. */
CHECKED bool action_bind(const char *name, const char *keys, struct error *err);

/* The action of a sequence of presses at a screen; *more: a longer one begins so. */
const struct action *action_of_keys(const struct press *presses, size_t n, unsigned where,
				    bool *more);
/* Longer sequences that begin so, one by one: *at is 0 at first, *next the press that
 * follows. NULL: there are no more. */
const struct action *action_with_prefix(const struct press *presses, size_t n,
					unsigned where, size_t *at, struct press *next);

/* As it would be typed: "goto n=12". In the arena. (Of an operator: step_command().) */
const char *action_command(const struct action *action, const void *fields,
			   struct arena *arena);

/*
 * A line (without ":") read: an action or an operator, and its fields in the arena.
 *
 *	goto 12			words go to the params in order, but for flags
 *	sort column=adr down	a setting; a flag by its name alone
 *	rename a "two words"	in quotes \" \\ \n \t \r \x41 stand for characters
 *	filter a > 1 and b = 2	a formula goes on to the next setting, without quotes
 *
 * Operators take words of step_link_params() as well ("with=b.csv", "branch").
 *
 * Not checked for what is required.
 */
struct command_line {
	const struct action *action; /* or */
	const struct op *op;
	const struct param *params; /* of either; may be NULL */
	size_t params_size;
	void *fields;                   /* those of the operator, and then: */
	const struct step_links *links; /* NULL: of an action */
};
CHECKED bool command_parse(struct text line, struct command_line *out,
			   struct arena *arena, struct error *err);

/* The line that is a step's name and nothing else. */
CHECKED bool command_of_step(const struct op *op, struct command_line *out,
			     struct arena *arena, struct error *err);
/* What could stand behind it, read into its fields, on top of what they hold. */
CHECKED bool command_settings(struct text settings, struct command_line *line,
			      struct arena *arena, struct error *err);

/* Where in a line somebody types, to complete it. */
struct command_place {
	bool is_head; /* in the first word; else: */
	struct command_line line;
	const bool *given;         /* by place of a param: the line before has it */
	const struct param *param; /* whose value it is; NULL: a name is to come */
	size_t from;               /* byte of the line where the word or value begins */
	const char *value;         /* what there is of it, without quotes */
};
/* before: the line up to the cursor. False: it makes no sense so far. */
bool command_place(struct text before, struct command_place *out, struct arena *arena);

#endif
