/*
 * tty_info - strings and numbers by their names in terminfo(5) and user_caps(5).
 */
#include "term/tty_info.h"

#include <curses.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
/* Behind curses.h: it defines words like "tab". */
#include <term.h>

/* Modes of our own, all of them off; a terminal ignores those it does not know. */
#define MODES_ON    "\033[?2004h\033[?1004h"
#define MODES_OFF   "\033[?1006l\033[?1002l\033[?1000l\033[?1004l\033[?2004l"
#define BOTTOM_LINE "\033[999B\r\n"
/* The name of the window, put away and taken back; some do so with the screen. */
#define TITLE_PUSH "\033[22;"
#define TITLE_KEEP TITLE_PUSH "2t"
#define TITLE_BACK "\033[23;2t"

static const struct {
	const char *name;
	uint32_t key;
	unsigned mods;
} keys_named[] = {
	{ "kcuu1", K_UP },          { "kcud1", K_DOWN },           { "kcub1", K_LEFT },
	{ "kcuf1", K_RIGHT },       { "khome", K_HOME },           { "kend", K_END },
	{ "kpp", K_PAGE_UP },       { "knp", K_PAGE_DOWN },        { "kich1", K_INSERT },
	{ "kdch1", K_DELETE },      { "kcbt", K_TAB, MOD_SHIFT },  { "kent", K_ENTER },
	{ "kri", K_UP, MOD_SHIFT }, { "kind", K_DOWN, MOD_SHIFT },
};

/* With Shift as they are, with others by a number behind. */
static const struct {
	const char *name;
	uint32_t key;
} keys_with_mods[] = {
	{ "kUP", K_UP },       { "kDN", K_DOWN },       { "kLFT", K_LEFT },
	{ "kRIT", K_RIGHT },   { "kHOM", K_HOME },      { "kEND", K_END },
	{ "kPRV", K_PAGE_UP }, { "kNXT", K_PAGE_DOWN }, { "kIC", K_INSERT },
	{ "kDC", K_DELETE },
};

static TERMINAL *ours;

/* terminfo's own functions take a pointer that is not const. */
static const char *
string_of(const char *name)
{
	const char *text = tigetstr((char *)name);

	return text && text != (char *)-1 ? text : NULL;
}

static void
learn(struct keys *keys, const char *name, uint32_t key, unsigned mods)
{
	const char *bytes = string_of(name);

	if (bytes)
		keys_learn(keys, bytes, press_of(key, mods));
}

static void
learn_with_mods(struct keys *keys, const char *name, uint32_t key)
{
	char numbered[16];

	learn(keys, name, key, MOD_SHIFT);
	/* The number is one more than the bits of the modifiers. */
	for (unsigned mods = MOD_SHIFT; mods <= (MOD_SHIFT | MOD_ALT | MOD_CTRL);
	     mods++) {
		snprintf(numbered, sizeof numbered, "%s%u", name, mods + 1);
		learn(keys, numbered, key, mods);
	}
}

void
tty_info_learn(struct keys *keys)
{
	char name[16];

	for (size_t i = 0; i < COUNT(keys_named); i++)
		learn(keys, keys_named[i].name, keys_named[i].key, keys_named[i].mods);
	for (size_t i = 0; i < COUNT(keys_with_mods); i++)
		learn_with_mods(keys, keys_with_mods[i].name, keys_with_mods[i].key);
	for (unsigned i = 0; K_F1 + i <= K_LAST; i++) {
		snprintf(name, sizeof name, "kf%u", i + 1);
		learn(keys, name, K_F1 + i, 0);
	}
}

/* A string without its "$<5>", which asks slow terminals of old for time. */
static void
add(char out[TTY_STRING], const char *text)
{
	size_t n = strlen(out);

	while (text && *text && n + 1 < TTY_STRING) {
		const char *end =
			text[0] == '$' && text[1] == '<' ? strchr(text, '>') : NULL;

		if (end)
			text = end + 1;
		else
			out[n++] = *text++;
	}
	out[n] = '\0';
}

static int
colours(void)
{
	const int n = tigetnum("colors");

	return n >= 256 ? 256 : n >= 16 ? 16 : n >= 8 ? 8 : 0;
}

/* The Linux console has a mouse for its own use only. */
static bool
is_able(bool is_console)
{
	return !is_console && (string_of("kmous") || string_of("XM") || string_of("BE"));
}

/* A status line (tsl) may be one of the screen's own: a window's name begins as xterm's
 * does. */
static void
title_ends(struct tty_info *info)
{
	const char *begin = string_of("tsl"), *end = string_of("fsl");
	const bool is_name = begin && end && strncmp(begin, "\033]", 2) == 0;

	info->title_begin[0] = info->title_end[0] = '\0';
	if (!info->is_able)
		return;
	snprintf(info->title_begin, TTY_TITLE, "%s", is_name ? begin : "\033]2;");
	snprintf(info->title_end, TTY_TITLE, "%s", is_name ? end : "\a");
}

static void
enter_and_leave(struct tty_info *info)
{
	const char *smcup = string_of("smcup"), *rmcup = string_of("rmcup");
	const bool keeps_title = smcup && strstr(smcup, TITLE_PUSH);

	info->enter[0] = info->leave[0] = '\0';
	add(info->enter, smcup);
	add(info->enter, string_of("smkx"));
	if (info->is_able)
		add(info->enter, MODES_ON);
	if (info->is_able && !keeps_title)
		add(info->enter, TITLE_KEEP);
	if (info->is_able && !keeps_title)
		add(info->leave, TITLE_BACK);
	if (info->is_able)
		add(info->leave, MODES_OFF);
	add(info->leave, string_of("rmkx"));
	add(info->leave, string_of("sgr0"));
	add(info->leave, string_of("op"));
	/* Without a screen of its own the shell goes on below what is there. */
	add(info->leave, rmcup ? rmcup : BOTTOM_LINE);
	add(info->leave, string_of("cnorm"));
}

void
tty_info_back(void)
{
	if (ours && cur_term != ours)
		set_curterm(ours);
}

void
tty_info_end(void)
{
	ours = NULL;
}

bool
tty_info_read(const char *name, struct tty_info *info, struct error *err)
{
	if (!string_of("cup") || !string_of("clear"))
		return fail(err,
			    "TERM is '%s', a terminal that cannot place the cursor; set "
			    "it to what the terminal is, such as TERM=xterm-256color",
			    name);
	ours = cur_term;
	info->colours = colours();
	info->is_console = strcmp(name, "linux") == 0;
	info->is_able = is_able(info->is_console);
	title_ends(info);
	enter_and_leave(info);
	return true;
}

/* What may stand for it, by how its name begins. */
static const char *
relative_of(const char *name)
{
	static const struct {
		const char *begins, *relative;
	} relatives[] = {
		{ "tmux", "screen-256color" },        { "screen", "screen" },
		{ "rxvt-unicode", "xterm-256color" }, { "xterm", "xterm-256color" },
		{ "alacritty", "xterm-256color" },    { "foot", "xterm-256color" },
		{ "kitty", "xterm-256color" },        { "wezterm", "xterm-256color" },
		{ "ghostty", "xterm-256color" },      { "konsole", "xterm-256color" },
		{ "gnome", "xterm-256color" },        { "vte", "xterm-256color" },
		{ "st-", "xterm-256color" },          { "contour", "xterm-256color" },
		{ "putty", "xterm-256color" },        { "mintty", "xterm-256color" },
	};

	for (size_t i = 0; i < COUNT(relatives); i++)
		if (strncmp(name, relatives[i].begins, strlen(relatives[i].begins)) == 0)
			return relatives[i].relative;
	return NULL;
}

static bool
is_known(const char *name)
{
	int result;

	if (setupterm((char *)name, STDOUT_FILENO, &result) != OK)
		return false;
	del_curterm(cur_term);
	tty_info_back();
	return true;
}

const char *
tty_info_entry(const char *name, struct error *err)
{
	const char *relative = relative_of(name);

	if (is_known(name))
		return name;
	if (relative && is_known(relative))
		return relative;
	fail(err,
	     "TERM is '%s', which is not in the terminfo database here; set it to a "
	     "relative of it, such as TERM=xterm-256color",
	     name);
	return NULL;
}

bool
tty_info_look(const char *name, struct tty_info *info, struct error *err)
{
	const char *entry = tty_info_entry(name, err);
	TERMINAL *before = ours;
	int result;
	bool is_fine;

	if (!entry || setupterm((char *)entry, STDOUT_FILENO, &result) != OK)
		return false;
	is_fine = tty_info_read(name, info, err);
	del_curterm(cur_term);
	ours = before;
	tty_info_back();
	return is_fine;
}
