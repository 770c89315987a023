/*
 * ui_words - a function for each word that does something, and the table of all of them.
 */
#include "ui_parts.h"

#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/names.h"

enum { QUIET = 60 /* milliseconds */ };

struct ui ui;

static struct vt_options options;
static struct names environment;

static void
show_screen(void)
{
	int row, column;
	bool is_seen;

	if (!ui.vt)
		return;
	printf("the screen is\n%s", vt_text(ui.vt, &ui.arena));
	is_seen = vt_cursor(ui.vt, &row, &column);
	printf("(cursor %s at %d %d)\n", is_seen ? "seen" : "hidden", row, column);
	vt_explain(ui.vt, stdout);
}

void
ui_hold(bool holds, const char *format, ...)
{
	va_list args;

	if (holds) {
		ui.passed++;
		return;
	}
	ui.failed++;
	ui.is_lost = true;
	printf("%s:%zu: ", ui.test_name, ui.line_number);
	va_start(args, format);
	vprintf(format, args);
	va_end(args);
	printf("\n");
	show_screen();
}

const char *
ui_replaced(const char *text, const char *old, const char *new)
{
	const char *result = "", *at;

	while ((at = strstr(text, old))) {
		result = arena_print(&ui.arena, "%s%.*s%s", result, (int)(at - text),
				     text, new);
		text = at + strlen(old);
	}
	return arena_print(&ui.arena, "%s%s", result, text);
}

static const char *
expanded(const char *text)
{
	text = ui_replaced(text, "$SRC", ui.source);
	text = ui_replaced(text, "$BUILD", ui.build);
	return ui_replaced(text, "$SHARED", ui.shared);
}

void
ui_split(const char *line, struct names *words)
{
	while (*(line += strspn(line, " "))) {
		char *word = arena_alloc(&ui.arena, strlen(line) + 1), *to = word;
		bool in_quotes = false;

		for (; *line && (in_quotes || *line != ' '); line++)
			if (*line == '"')
				in_quotes = !in_quotes;
			else
				*to++ = *line;
		names_add(words, word, &ui.arena);
	}
}

void
ui_settle(void)
{
	if (ui.vt && !ui.is_settled)
		vt_settle(ui.vt, QUIET, UI_WAIT);
	ui.is_settled = true;
}

static void
stir(void)
{
	ui.is_settled = false;
	ui.received_before = ui.vt ? vt_received(ui.vt) : 0;
}

void
ui_end(void)
{
	vt_free(ui.vt);
	ui.vt = NULL;
	ui.is_lost = false;
	ui.n_copied = 0;
}

/* The same, and NULL behind them. */
static const char *const *
with_end(const struct names *names)
{
	const char **all = ARENA_ARRAY(&ui.arena, names->n + 1, const char *);

	for (size_t i = 0; i < names->n; i++)
		all[i] = names->at[i];
	return all;
}

static void
start(const char *first, const char *rest)
{
	struct names words = { 0 };
	const char *why = "";
	static char folder[4096];

	ui_end();
	if (!getcwd(folder, sizeof folder))
		abort();
	if (first)
		names_add(&words, first, &ui.arena);
	ui_split(rest, &words);
	if (!first && words.n && words.at[0][0] != '/')
		words.at[0] = arena_print(&ui.arena, "%s/%s", ui.build, words.at[0]);
	options.folder = folder;
	options.more = with_end(&environment);
	ui.vt = vt_start(with_end(&words), &options, &why);
	if (!ui.vt)
		ui_hold(false, "cannot start: %s", why);
	stir();
}

static void
do_size(const char *rest)
{
	if (sscanf(rest, "%d %d", &options.columns, &options.rows) != 2)
		ui_hold(false, "size COLUMNS ROWS");
}

static void
do_term(const char *rest)
{
	options.term = rest;
}

static void
do_env(const char *rest)
{
	names_add(&environment, rest, &ui.arena);
}

static void
do_run(const char *rest)
{
	start(ui.program, rest);
}

static void
do_program(const char *rest)
{
	start(NULL, rest);
}

static void
do_keys(const char *rest)
{
	stir();
	if (!vt_keys(ui.vt, rest))
		ui_hold(false, "no such keys: %s", rest);
}

static void
do_type(const char *rest)
{
	stir();
	vt_send(ui.vt, text_of(rest));
}

static void
do_paste(const char *rest)
{
	stir();
	vt_paste(ui.vt, text_of(rest));
}

static void
do_bytes(const char *rest)
{
	char *bytes = arena_alloc(&ui.arena, strlen(rest) + 1);
	size_t n = 0;
	unsigned byte;
	int used;

	while (sscanf(rest, " %2x%n", &byte, &used) == 1) {
		bytes[n++] = (char)byte;
		rest += used;
	}
	stir();
	vt_send(ui.vt, (struct text){ bytes, n });
}

static const struct {
	const char *word;
	int button;
	bool is_down, has_shift;
} mouse_words[] = {
	{ "press", 1, true, false },    { "drag", 1, true, false },
	{ "release", 1, false, false }, { "right", 3, true, false },
	{ "up", 4, true, false },       { "down", 5, true, false },
	{ "shift-up", 4, true, true },  { "shift-down", 5, true, true },
};

static void
do_mouse(const char *rest)
{
	char what[16];
	int row, column;
	const bool is_whole = sscanf(rest, "%15s %d %d", what, &row, &column) == 3;

	for (size_t i = 0; is_whole && i < COUNT(mouse_words); i++) {
		if (strcmp(what, mouse_words[i].word) != 0)
			continue;
		stir();
		vt_mouse(ui.vt, mouse_words[i].button, mouse_words[i].is_down,
			 mouse_words[i].has_shift, row, column);
		if (mouse_words[i].button == 3)
			vt_mouse(ui.vt, 3, false, false, row, column);
		return;
	}
	ui_hold(false, "mouse WHAT ROW COLUMN");
}

static void
do_focus(const char *rest)
{
	stir();
	vt_focus(ui.vt, strcmp(rest, "in") == 0);
}

static void
do_resize(const char *rest)
{
	int rows, columns;

	stir();
	if (sscanf(rest, "%d %d", &columns, &rows) == 2)
		vt_resize(ui.vt, rows, columns);
	else
		ui_hold(false, "resize COLUMNS ROWS");
}

static void
do_kill(const char *rest)
{
	stir();
	vt_signal(ui.vt, atoi(rest));
}

static void
do_shell(const char *rest)
{
	const int status = system(rest);

	ui_hold(status == 0, "the command fails: %s", rest);
}

static const struct {
	const char *name;
	void (*act)(const char *rest);
	enum { SETS, DOES, NEEDS_PROGRAM } kind;
} directives[] = {
	{ "size", do_size, SETS },
	{ "term", do_term, SETS },
	{ "env", do_env, SETS },
	{ "run", do_run, SETS },
	{ "program", do_program, SETS },
	{ "keys", do_keys, NEEDS_PROGRAM },
	{ "type", do_type, NEEDS_PROGRAM },
	{ "paste", do_paste, NEEDS_PROGRAM },
	{ "bytes", do_bytes, NEEDS_PROGRAM },
	{ "mouse", do_mouse, NEEDS_PROGRAM },
	{ "focus", do_focus, NEEDS_PROGRAM },
	{ "resize", do_resize, NEEDS_PROGRAM },
	{ "wait", ui_do_wait, NEEDS_PROGRAM },
	{ "settle", ui_do_settle, NEEDS_PROGRAM },
	{ "expect", ui_do_expect, NEEDS_PROGRAM },
	{ "refuse", ui_do_refuse, NEEDS_PROGRAM },
	{ "row", ui_do_row, NEEDS_PROGRAM },
	{ "attr", ui_do_attr, NEEDS_PROGRAM },
	{ "cursor", ui_do_cursor, NEEDS_PROGRAM },
	{ "latency", ui_do_latency, NEEDS_PROGRAM },
	{ "sends", ui_do_sends, NEEDS_PROGRAM },
	{ "copied", ui_do_copied, NEEDS_PROGRAM },
	{ "title", ui_do_title, NEEDS_PROGRAM },
	{ "exit", ui_do_exit, NEEDS_PROGRAM },
	{ "modes-restored", ui_do_modes_restored, NEEDS_PROGRAM },
	{ "no-raw", ui_do_no_raw, NEEDS_PROGRAM },
	{ "lines-alone", ui_do_lines_alone, NEEDS_PROGRAM },
	{ "kill", do_kill, NEEDS_PROGRAM },
	{ "shell", do_shell, DOES },
	{ "file", ui_do_file, DOES },
};

void
ui_word(const char *line)
{
	const size_t n = strcspn(line, " ");
	const char *rest = expanded(line + n + (line[n] == ' '));

	for (size_t i = 0; i < COUNT(directives); i++) {
		if (strlen(directives[i].name) != n ||
		    strncmp(line, directives[i].name, n) != 0)
			continue;
		if (ui.is_lost && directives[i].kind != SETS)
			return;
		if (directives[i].kind == NEEDS_PROGRAM && !ui.vt)
			ui_hold(false, "nothing runs yet");
		else
			directives[i].act(rest);
		return;
	}
	ui_hold(false, "no such word: %s", line);
}
