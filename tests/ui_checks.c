/*
 * ui_checks - a function for each word that says what must hold.
 */
#include "ui_parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ENDS = 30000 /* milliseconds */, ANYTHING_SIZE = 3 };

static const char anything[] = "\342\213\257";

void
ui_do_wait(const char *rest)
{
	ui.is_settled = false;
	ui_hold(vt_wait(ui.vt, rest, UI_WAIT), "this does not come: %s", rest);
}

void
ui_do_settle(const char *rest)
{
	(void)rest;
	ui.is_settled = false;
	ui_settle();
}

void
ui_do_expect(const char *rest)
{
	ui_settle();
	ui_hold(vt_has(ui.vt, rest), "this is not on the screen: %s", rest);
}

void
ui_do_refuse(const char *rest)
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

void
ui_do_row(const char *rest)
{
	char *text;
	const long row = strtol(rest, &text, 10);
	const char *found;

	ui_settle();
	found = vt_row(ui.vt, (int)row, &ui.arena);
	ui_hold(ui_is_like(found, *text == ' ' ? text + 1 : text), "row %ld is: %s", row,
		found);
}

void
ui_do_attr(const char *rest)
{
	struct names words = { 0 };
	struct vt_cell cell;

	ui_settle();
	ui_split(rest, &words);
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

void
ui_do_cursor(const char *rest)
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

void
ui_do_latency(const char *rest)
{
	ui_settle();
	ui_hold(vt_latency(ui.vt) <= atoi(rest) * 1000, "%.1f ms",
		(double)vt_latency(ui.vt) / 1000);
}

void
ui_do_sends(const char *rest)
{
	ui_settle();
	ui_hold(vt_received(ui.vt) - ui.received_before <= (uint64_t)atoi(rest),
		"%llu bytes",
		(unsigned long long)(vt_received(ui.vt) - ui.received_before));
}

/* base64 as coreutils' program has it. */
void
ui_do_copied(const char *rest)
{
	char line[WATCH_STRING] = "";
	const char *command = arena_print(&ui.arena, "printf %%s '%s' | base64 -w0",
					  ui_replaced(rest, "'", "'\\''"));
	FILE *pipe = popen(command, "r");

	if (!pipe || !fgets(line, sizeof line, pipe))
		line[0] = '\0';
	if (pipe)
		pclose(pipe);
	ui_settle();
	ui.n_copied++;
	ui_hold(*line && strcmp(vt_watch(ui.vt)->copy, line) == 0, "copied was: %s",
		vt_watch(ui.vt)->copy);
}

void
ui_do_title(const char *rest)
{
	ui_settle();
	ui_hold(strcmp(vt_watch(ui.vt)->title, rest) == 0, "the title is: %s",
		vt_watch(ui.vt)->title);
}

void
ui_do_exit(const char *rest)
{
	int status;
	const bool has_ended = vt_wait_end(ui.vt, ENDS, &status);

	ui_hold(has_ended, "it does not end");
	if (has_ended)
		ui_hold(status == atoi(rest), "status %d", status);
}

void
ui_do_modes_restored(const char *rest)
{
	char why[160];
	const bool holds = vt_is_restored(ui.vt, why);

	(void)rest;
	ui_hold(holds, "%s", why);
}

void
ui_do_no_raw(const char *rest)
{
	const struct watch *watch = vt_watch(ui.vt);

	(void)rest;
	ui_hold(watch->n_raw == 0, "it sent: %s", watch->first_raw);
	ui_hold(watch->n_copies == ui.n_copied, "it copied: %s", watch->copy);
}

void
ui_do_lines_alone(const char *rest)
{
	const struct watch *watch = vt_watch(ui.vt);

	(void)rest;
	ui_settle();
	ui_hold(watch->n_sequences == 0 && watch->n_raw == 0, "it sent %zu sequences %s",
		watch->n_sequences, watch->first_raw);
}

void
ui_do_file(const char *rest)
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
