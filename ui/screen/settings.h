/*
 * settings.h - what a user has set once for all: a row of a param table each.
 *
 * They stand in settings.conf, keys in keys.conf ("action = keys"), both in the folder
 * for that (desk/paths.h). A line that is wrong is told with its place, the rest holds.
 */
#ifndef SCREEN_SETTINGS_H
#define SCREEN_SETTINGS_H

#include "desk/chart_spec.h"
#include "op/param.h"
#include "term/theme.h"

enum { SETTING_OFF, SETTING_ON };

struct settings {
	int theme;                       /* enum theme */
	int canvas;                      /* enum canvas_kind */
	int mouse, ascii, tips, confirm; /* SETTING_ON or not */
	int64_t memory;                  /* megabytes; 0: what is free */
	int64_t threads;                 /* 0: one a processor */
};

/* For an action: the same rows, where each may be left out. Filled in by
 * settings_read(). */
extern struct param settings_params[];

/* Presets, then the file; keys are bound. */
void settings_read(struct settings *settings, struct names *complaints,
		   struct arena *arena);
/* Those that are given, from now on, and in the file. */
CHECKED bool settings_change(struct settings *settings, const struct settings *given,
			     struct arena *arena, struct error *err);
/* A line each, with what it is for. */
const char *settings_print(const struct settings *settings, struct arena *arena);

#endif
