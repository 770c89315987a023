/*
 * ui_words - a function a word, and the table of them.
 */
#include "ui_words.h"

#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/names.h"

enum { QUIET = 60, WAIT = 60000, ENDS = 30000, ANYTHING_SIZE = 3 };

static const char anything[] = "\342\213\257";

struct ui ui;

static struct vt_options options;
static struct names environment;
static bool is_settled;
static uint64_t received_before;
static size_t n_copied;

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

static const char *
replaced(const char *text, const char *old, const char *new)
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
	text = replaced(text, "$SRC", ui.source);
	text = replaced(text, "$BUILD", ui.build);
	return replaced(text, "$SHARED", ui.shared);
}

static void
split(const char *line, struct names *words)
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
	if (ui.vt && !is_settled)
		vt_settle(ui.vt, QUIET, WAIT);
	is_settled = true;
}

static void
stir(void)
{
	is_settled = false;
	received_before = ui.vt ? vt_received(ui.vt) : 0;
}

void
ui_end(void)
{
	vt_free(ui.vt);
	ui.vt = NULL;
	ui.is_lost = false;
	n_copied = 0;
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
	split(rest, &words);
	if (!first && words.n && words.at[0][0] != '/')
		words.at[0] = arena_print(&ui.arena, "%s/%s", ui.build, words.at[0]);
	options.folder = folder;
	options.more = with_end(&environment);
	ui.vt = vt_start(with_end(&words), &options, &why);
	if (!ui.vt)
		ui_hold(false, "cannot start: %s", why);
	stir();
}

/* ---- what is done ---- */

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

/* ---- what must hold ---- */

static void
do_wait(const char *rest)
{
	is_settled = false;
	ui_hold(vt_wait(ui.vt, rest, WAIT), "this does not come: %s", rest);
}

static void
do_settle(const char *rest)
{
	(void)rest;
	is_settled = false;
	ui_settle();
}

static void
do_expect(const char *rest)
{
	ui_settle();
	ui_hold(vt_has(ui.vt, rest), "this is not on the screen: %s", rest);
}

static void
do_refuse(const char *rest)
{
	ui_settle();
	ui_hold(!vt_has(ui.vt, rest), "this is on the screen: %s", rest);
}

/* The same, or the same around one "anything". */
bool
ui_is_like(const char *found, const char *wanted)
{
	const char *gap = strstr(wanted, anything);
	size_t head, tail;

	if (!gap)
		return strcmp(found, wanted) == 0;
	head = (size_t)(gap - wanted);
	tail = strlen(gap + ANYTHING_SIZE);
	return strlen(found) >= head + tail && strncmp(found, wanted, head) == 0 &&
	       strcmp(found + strlen(found) - tail, gap + ANYTHING_SIZE) == 0;
}

static void
do_row(const char *rest)
{
	char *text;
	const long row = strtol(rest, &text, 10);
	const char *found;

	ui_settle();
	found = vt_row(ui.vt, (int)row, &ui.arena);
	ui_hold(ui_is_like(found, *text == ' ' ? text + 1 : text), "row %ld is: %s", row,
		found);
}

static void
do_attr(const char *rest)
{
	struct names words = { 0 };
	struct vt_cell cell;

	ui_settle();
	split(rest, &words);
	if (words.n < 3) {
		ui_hold(false, "attr ROW COLUMN WORDS");
		return;
	}
	cell = vt_cell(ui.vt, atoi(words.at[0]), atoi(words.at[1]));
	for (size_t i = 2; i < words.n; i++) {
		const char *w = words.at[i];
		const bool holds =
			strcmp(w, "bold") == 0        ? cell.bold
			: strcmp(w, "reverse") == 0   ? cell.reverse
			: strcmp(w, "underline") == 0 ? cell.underline
			: strcmp(w, "plain") == 0
				? !cell.bold && !cell.reverse && !cell.underline
			: strncmp(w, "fg=", 3) == 0 ? cell.fg == atoi(w + 3)
			: strncmp(w, "bg=", 3) == 0 ? cell.bg == atoi(w + 3)
						    : false;

		ui_hold(holds, "not %s; it is%s%s%s fg=%d bg=%d", w,
			cell.bold ? " bold" : "", cell.reverse ? " reverse" : "",
			cell.underline ? " underline" : "", cell.fg, cell.bg);
	}
}

static void
do_cursor(const char *rest)
{
	int row, column, is_row, is_column;
	bool is_seen;

	ui_settle();
	is_seen = vt_cursor(ui.vt, &is_row, &is_column);
	if (sscanf(rest, "%d %d", &row, &column) == 2)
		ui_hold(is_seen && row == is_row && column == is_column,
			"the cursor is elsewhere");
	else
		ui_hold(!is_seen, "the cursor is seen");
}

static void
do_latency(const char *rest)
{
	ui_settle();
	ui_hold(vt_latency(ui.vt) <= atoi(rest) * 1000, "%.1f ms",
		(double)vt_latency(ui.vt) / 1000);
}

static void
do_sends(const char *rest)
{
	ui_settle();
	ui_hold(vt_received(ui.vt) - received_before <= (uint64_t)atoi(rest),
		"%llu bytes", (unsigned long long)(vt_received(ui.vt) - received_before));
}

/* base64 as coreutils' program has it. */
static void
do_copied(const char *rest)
{
	char line[WATCH_STRING] = "";
	const char *command = arena_print(&ui.arena, "printf %%s '%s' | base64 -w0",
					  replaced(rest, "'", "'\\''"));
	FILE *pipe = popen(command, "r");

	if (!pipe || !fgets(line, sizeof line, pipe))
		line[0] = '\0';
	if (pipe)
		pclose(pipe);
	ui_settle();
	n_copied++;
	ui_hold(*line && strcmp(vt_watch(ui.vt)->copy, line) == 0, "copied was: %s",
		vt_watch(ui.vt)->copy);
}

static void
do_title(const char *rest)
{
	ui_settle();
	ui_hold(strcmp(vt_watch(ui.vt)->title, rest) == 0, "the title is: %s",
		vt_watch(ui.vt)->title);
}

static void
do_exit(const char *rest)
{
	int status;
	const bool has_ended = vt_wait_end(ui.vt, ENDS, &status);

	ui_hold(has_ended, "it does not end");
	if (has_ended)
		ui_hold(status == atoi(rest), "status %d", status);
}

static void
do_modes_restored(const char *rest)
{
	char why[160];
	const bool holds = vt_is_restored(ui.vt, why);

	(void)rest;
	ui_hold(holds, "%s", why);
}

static void
do_no_raw(const char *rest)
{
	const struct watch *watch = vt_watch(ui.vt);

	(void)rest;
	ui_hold(watch->n_raw == 0, "it sent: %s", watch->first_raw);
	ui_hold(watch->n_copies == n_copied, "it copied: %s", watch->copy);
}

static void
do_lines_alone(const char *rest)
{
	const struct watch *watch = vt_watch(ui.vt);

	(void)rest;
	ui_settle();
	ui_hold(watch->n_sequences == 0 && watch->n_raw == 0, "it sent %zu sequences %s",
		watch->n_sequences, watch->first_raw);
}

static void
do_file(const char *rest)
{
	const char *word = strstr(rest, " contains ");
	const char *name =
		word ? arena_text_n(&ui.arena, rest, (size_t)(word - rest)) : rest;
	FILE *file = fopen(name, "r");
	char *text;
	long size = 0;

	if (file && fseek(file, 0, SEEK_END) == 0)
		size = ftell(file);
	text = arena_alloc(&ui.arena, (size_t)size + 1);
	if (file) {
		rewind(file);
		text[fread(text, 1, (size_t)size, file)] = '\0';
		fclose(file);
	}
	ui_hold(file && word && strstr(text, word + 10), "it does not; %s is:\n%s", name,
		text);
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
	{ "wait", do_wait, NEEDS_PROGRAM },
	{ "settle", do_settle, NEEDS_PROGRAM },
	{ "expect", do_expect, NEEDS_PROGRAM },
	{ "refuse", do_refuse, NEEDS_PROGRAM },
	{ "row", do_row, NEEDS_PROGRAM },
	{ "attr", do_attr, NEEDS_PROGRAM },
	{ "cursor", do_cursor, NEEDS_PROGRAM },
	{ "latency", do_latency, NEEDS_PROGRAM },
	{ "sends", do_sends, NEEDS_PROGRAM },
	{ "copied", do_copied, NEEDS_PROGRAM },
	{ "title", do_title, NEEDS_PROGRAM },
	{ "exit", do_exit, NEEDS_PROGRAM },
	{ "modes-restored", do_modes_restored, NEEDS_PROGRAM },
	{ "no-raw", do_no_raw, NEEDS_PROGRAM },
	{ "lines-alone", do_lines_alone, NEEDS_PROGRAM },
	{ "kill", do_kill, NEEDS_PROGRAM },
	{ "shell", do_shell, DOES },
	{ "file", do_file, DOES },
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
