/*
 * run_ui - runs a .keys file: keys into a terminal, and what must be seen there.
 *
 *	size 80 24		columns and rows of the next terminal
 *	term xterm-256color	what it is
 *	env NAME=VALUE		more of its environment; NAME alone takes it away
 *	run WORDS		lariat in it; "..." holds blanks
 *	program WORDS		another program in it, from the folder of the build if it
 *				is not named from the root on
 *	keys ggj<Enter><Ctrl-P>	as press_parse() has them; "<<>" is "<"
 *	type TEXT		the same without names: all of it is text
 *	paste TEXT		a bracketed paste, if the program asked for those
 *	bytes 1b5b41		as they are
 *	mouse press 3 10	or release, drag, right (a click), up, down (the wheel),
 *				shift-up, shift-down; row, column
 *	focus in		or out
 *	resize 120 40		columns, rows
 *	wait TEXT		until it is on the screen, 60 seconds at most
 *	settle			until nothing moves
 *	expect TEXT		settle; it is on the screen
 *	refuse TEXT		settle; it is not
 *	row 3 TEXT		settle; that is the row (blanks at the end cut)
 *	screen ... end		settle; the lines between are the screen
 *	attr 3 10 bold fg=4	settle; a cell has these: bold, reverse, underline,
 *				plain, fg=, bg=
 *	cursor 3 10		settle; or "cursor hidden"
 *	latency 16		milliseconds that the last keys may have taken
 *	sends 400		bytes that may have come since the last keys
 *	copied TEXT		it was put into the terminal's clipboard
 *	title TEXT		the name of the terminal's window, as it was set last
 *	exit STATUS		the program ends, with this status
 *	modes-restored		all modes and line settings are as before it
 *	no-raw			it never sent what a terminal obeys but to draw
 *	lines-alone		it never sent a sequence, only lines of text
 *	kill 9			a signal
 *	shell COMMAND		must succeed; before a program or while it runs
 *	file NAME contains TEXT
 *	# ...			a remark; so is an empty line
 *
 * All happens in a scratch folder, which is HOME too. $SRC is the project's folder, $BUILD
 * that of the build, $SHARED the public files: a file that names it is skipped where they
 * are not. In "screen" and "row" a "\342\213\257" (U+22EF) stands for anything, once a
 * line. A wrong line shows the screen as it is; the rest up to the next program is left
 * out.
 *
 *	run_ui LARIAT FILE.keys		LARIAT_ACCEPT=1: rewrite "screen"
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/names.h"
#include "scratch.h"
#include "ui_words.h"

static FILE *accepted; /* the file rewritten; NULL: it is not */

static _Noreturn void
die(const char *what)
{
	fprintf(stderr, "run_ui: %s: %s\n", what, strerror(errno));
	exit(99);
}

static const char *
without_end(const char *text)
{
	size_t n = strlen(text);

	while (n && text[n - 1] == ' ')
		n--;
	return arena_text_n(&ui.arena, text, n);
}

/* The frame from lines->at[i] on, up to "end"; returns the place of that. */
static size_t
frame(const struct names *lines, size_t i)
{
	size_t end = i;
	int row = 0;

	while (end < lines->n && strcmp(lines->at[end], "end") != 0)
		end++;
	if (ui.is_lost || !ui.vt)
		return end;
	ui_settle();
	if (accepted) {
		fprintf(accepted, "%s", vt_text(ui.vt, &ui.arena));
		return end;
	}
	for (; !ui.is_lost; row++) {
		int rows, columns;
		const char *wanted = i + (size_t)row < end
					     ? without_end(lines->at[i + (size_t)row])
					     : "";

		vt_size(ui.vt, &rows, &columns);
		if (row >= rows)
			break;
		ui.line_number = i + (size_t)row + 1 < end ? i + (size_t)row + 1 : end;
		if (!ui_is_like(vt_row(ui.vt, row, &ui.arena), wanted))
			ui_hold(false, "row %d is not: %s", row, wanted);
	}
	ui.passed += !ui.is_lost;
	return end;
}

static void
run_file(const struct names *lines)
{
	for (size_t i = 0; i < lines->n; i++) {
		const char *line = lines->at[i];

		ui.line_number = i + 1;
		if (accepted)
			fprintf(accepted, "%s\n", line);
		if (strcmp(line, "screen") == 0) {
			const size_t end = frame(lines, i + 1);

			/* What is left out stays as it is. */
			if (accepted && (ui.is_lost || !ui.vt))
				for (size_t at = i + 1; at < end; at++)
					fprintf(accepted, "%s\n", lines->at[at]);
			i = end - 1;
		} else if (*line && *line != '#' && strcmp(line, "end") != 0) {
			ui_word(line);
		}
	}
	ui_end();
}

static struct names
lines_of(const char *path)
{
	struct names lines = { 0 };
	FILE *file = fopen(path, "r");
	char *line = NULL;
	size_t room = 0;
	ssize_t n;

	if (!file)
		die(path);
	while ((n = getline(&line, &room, file)) > 0) {
		n -= line[n - 1] == '\n';
		names_add(&lines, arena_text_n(&ui.arena, line, (size_t)n), &ui.arena);
	}
	free(line);
	fclose(file);
	return lines;
}

static bool
needs_shared(const struct names *lines)
{
	for (size_t i = 0; i < lines->n; i++)
		if (strstr(lines->at[i], "$SHARED") && access(ui.shared, R_OK) != 0)
			return true;
	return false;
}

/* What was accepted becomes the file. */
static void
put_back(const char *path)
{
	const struct names lines = (fclose(accepted), lines_of("accepted"));
	FILE *file = fopen(path, "w");

	if (!file)
		die(path);
	for (size_t i = 0; i < lines.n; i++)
		fprintf(file, "%s\n", lines.at[i]);
	fclose(file);
}

static const char *
whole_path(const char *path)
{
	char *whole = realpath(path, NULL);
	const char *copy = arena_text(&ui.arena, whole ? whole : path);

	free(whole);
	return copy;
}

int
main(int argc, char **argv)
{
	const char *path, *accept = getenv("LARIAT_ACCEPT");
	struct names lines;

	if (argc != 3) {
		fprintf(stderr, "run_ui: LARIAT FILE.keys\n");
		return 99;
	}
	ui.test_name = argv[2];
	path = whole_path(argv[2]);
	ui.program = whole_path(argv[1]);
	ui.build = whole_path(".");
	ui.source = whole_path(getenv("srcdir") ? getenv("srcdir") : ".");
	ui.shared =
		whole_path(getenv("LARIAT_SHARED")
				   ? getenv("LARIAT_SHARED")
				   : arena_print(&ui.arena, "%s/../shared", ui.source));
	lines = lines_of(path);
	if (needs_shared(&lines)) {
		printf("0 passed, 0 failed, 1 skipped: no public files\n");
		return 77;
	}
	if (!scratch_enter())
		die(scratch);
	if (accept && *accept && !(accepted = fopen("accepted", "w")))
		die(path);
	run_file(&lines);
	if (accepted)
		put_back(path);
	if (!scratch_leave())
		die(scratch);
	arena_release(&ui.arena);
	printf("%zu passed, %zu failed\n", ui.passed, ui.failed);
	return ui.failed != 0;
}
