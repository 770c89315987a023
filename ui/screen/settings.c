/* settings - a table, two files. */
#include "screen/settings.h"

#include <string.h>

#include "desk/conf.h"
#include "desk/paths.h"
#include "screen/action.h"

static const char *const switches[] = { "off", "on", NULL };

static const struct param rows[] = {
	PARAM_CHOICE(struct settings, theme, "Theme", "colours of the screen",
		     .preset = "auto", .choices = theme_names),
	PARAM_CHOICE(struct settings, canvas, "Canvas", "what charts are drawn with",
		     .preset = "braille", .choices = chart_canvases),
	PARAM_CHOICE(struct settings, mouse, "Mouse",
		     "clicks and the wheel are for lariat, not for the terminal",
		     .preset = "on", .choices = switches),
	PARAM_CHOICE(struct settings, ascii, "ASCII", "no character beyond ASCII",
		     .preset = "off", .choices = switches),
	PARAM_CHOICE(struct settings, tips, "Tips", "a tip where there is room for one",
		     .preset = "on", .choices = switches),
	PARAM_CHOICE(struct settings, confirm, "Confirm",
		     "ask before a file is written over", .preset = "on",
		     .choices = switches),
	PARAM_INTEGER(struct settings, memory, "Memory",
		      "megabytes of data held at once; 0: what is free", .preset = "0",
		      MIN(0)),
	PARAM_INTEGER(struct settings, threads, "Threads",
		      "that work at once; 0: one a processor", .preset = "0", MIN(0),
		      MAX(1024)),
	{ 0 },
};

struct param settings_params[COUNT(rows)];

static const char *
path_of(const char *name, struct arena *arena)
{
	const char *config = paths_config(arena);

	return config ? paths_join(config, name, arena) : NULL;
}

/* --- from the files --- */

struct reading {
	struct settings *settings;
	struct arena *arena;
};

static bool
take_setting(void *context, const char *name, const char *value, struct error *err)
{
	const struct reading *reading = context;
	const char *setting = arena_print(reading->arena, "%s=%s", name, value);
	struct settings next = *reading->settings;

	if (!param_set(rows, &next, setting, reading->arena, err) ||
	    !param_check(rows, &next, err))
		return false;
	*reading->settings = next;
	return true;
}

static bool
take_keys(void *context, const char *name, const char *value, struct error *err)
{
	(void)context;
	return action_bind(name, value, err);
}

void
settings_read(struct settings *settings, struct names *complaints, struct arena *arena)
{
	struct reading reading = { settings, arena };
	const char *path = path_of("settings.conf", arena);
	struct error err;

	memcpy(settings_params, rows, sizeof rows);
	for (size_t i = 0; settings_params[i].name; i++)
		settings_params[i].preset = "";
	*settings = (struct settings){ 0 };
	if (!param_preset(rows, settings, arena, &err))
		names_add(complaints, arena_text(arena, err.text), arena);
	if (!path)
		return;
	conf_read(path, take_setting, &reading, complaints, arena);
	conf_read(path_of("keys.conf", arena), take_keys, NULL, complaints, arena);
}

/* --- changed --- */

bool
settings_change(struct settings *settings, const struct settings *given,
		struct arena *arena, struct error *err)
{
	struct reading reading = { settings, arena };
	const char *path = path_of("settings.conf", arena);

	for (const struct param *p = settings_params; p->name; p++) {
		const char *value = param_print(p, given, arena);

		if (!*value)
			continue;
		if (!take_setting(&reading, p->name, value, err))
			return false;
		if (!path)
			return fail(err, "it holds until the end: there is no home where "
					 "settings could be kept");
		if (!conf_set(path, p->name, value, err))
			return false;
	}
	return true;
}

const char *
settings_print(const struct settings *settings, struct arena *arena)
{
	const char *text = "";

	for (const struct param *p = rows; p->name; p++)
		text = arena_print(arena, "%s%-8s = %-9s %s\n", text, p->name,
				   param_print(p, settings, arena), p->help);
	return text;
}
