/* editor - the line at the cursor is lent to an entry, and put back when it changed. */
#include "widget/editor.h"

#include <stdlib.h>
#include <string.h>

#include "term/clean.h"
#include "widget/entry.h"

/* Bytes [from, to) become others. */
static void
splice(struct editor *editor, size_t from, size_t to, struct text text)
{
	const size_t size = editor->size - (to - from) + text.size;
	char *out = malloc(size + 1);

	if (!out)
		return;
	if (from)
		memcpy(out, editor->text, from);
	if (text.size)
		memcpy(out + from, text.data, text.size);
	if (editor->size > to)
		memcpy(out + from + text.size, editor->text + to, editor->size - to);
	out[size] = '\0';
	free(editor->text);
	editor->text = out;
	editor->size = size;
	editor->at = from + text.size;
}

void
editor_set(struct editor *editor, const char *text, bool is_long)
{
	editor_release(editor);
	editor->is_long = is_long;
	splice(editor, 0, 0, text_of(text));
	if (is_long)
		editor->at = 0;
}

void
editor_release(struct editor *editor)
{
	free(editor->text);
	*editor = (struct editor){ 0 };
}

void
editor_replace(struct editor *editor, size_t n, struct text text)
{
	splice(editor, editor->at - (n < editor->at ? n : editor->at), editor->at, text);
}

static size_t
line_start(const struct editor *editor, size_t at)
{
	while (editor->is_long && at > 0 && editor->text[at - 1] != '\n')
		at--;
	return editor->is_long ? at : 0;
}

static size_t
line_end(const struct editor *editor, size_t at)
{
	while (editor->is_long && at < editor->size && editor->text[at] != '\n')
		at++;
	return editor->is_long ? at : editor->size;
}

/* The same column of the line above or below; false: there is none. */
static bool
go_line(struct editor *editor, bool down)
{
	const size_t start = line_start(editor, editor->at);
	const size_t end = line_end(editor, editor->at);
	const struct text left = { editor->text + start, editor->at - start };
	size_t from, to;

	if (down ? end >= editor->size : start == 0)
		return false;
	from = down ? end + 1 : line_start(editor, start - 1);
	to = down ? line_end(editor, end + 1) : start - 1;
	editor->at = from + clean_fit((struct text){ editor->text + from, to - from },
				      clean_columns(left, 1 << 20));
	return true;
}

/* What is pasted keeps its lines, but for returns. */
static void
paste(struct editor *editor, struct text text)
{
	char *lines = malloc(text.size + 1);
	size_t n = 0;

	if (!lines)
		return;
	for (size_t i = 0; i < text.size; i++) {
		const char c = text.data[i];
		const bool ends =
			c == '\r' && (i + 1 == text.size || text.data[i + 1] != '\n');

		if (ends || c == '\n' || c == '\t' ||
		    (c != '\r' && (unsigned char)c >= ' '))
			lines[n++] = ends ? '\n' : c;
	}
	splice(editor, editor->at, editor->at, (struct text){ lines, n });
	free(lines);
}

/* Keys that go over the end of a line. */
static bool
long_event(struct editor *editor, const struct event *event)
{
	const size_t start = line_start(editor, editor->at);
	const size_t end = line_end(editor, editor->at);

	if (event->kind == EVENT_PASTE) {
		paste(editor, event->paste);
	} else if (event_is(event, K_ENTER)) {
		editor_replace(editor, 0, text_of("\n"));
	} else if (event_is(event, K_UP) || event_is(event, K_DOWN)) {
		return go_line(editor, event->press.key == K_DOWN);
	} else if (event_is(event, K_LEFT) && editor->at == start && start > 0) {
		editor->at--;
	} else if (event_is(event, K_RIGHT) && editor->at == end && end < editor->size) {
		editor->at++;
	} else if (event_is(event, K_BACKSPACE) && editor->at == start && start > 0) {
		splice(editor, start - 1, start, text_of(""));
	} else if (event_is(event, K_DELETE) && editor->at == end && end < editor->size) {
		splice(editor, end, end + 1, text_of(""));
	} else {
		return false;
	}
	return true;
}

/* A line that an entry has no room for stays as it is: a program of the user's choice
 * can edit it. */
static bool
line_event(struct editor *editor, const struct event *event)
{
	const size_t start = line_start(editor, editor->at);
	const size_t end = line_end(editor, editor->at);
	struct entry entry = { 0 };

	if (end - start >= ENTRY_SIZE)
		return false;
	if (editor->text)
		memcpy(entry.text, editor->text + start, end - start);
	entry.size = end - start;
	entry.at = editor->at - start;
	if (!entry_event(&entry, event))
		return false;
	if (!editor->text || entry.size != end - start ||
	    memcmp(entry.text, editor->text + start, entry.size) != 0)
		splice(editor, start, end, entry_text(&entry));
	editor->at = start + entry.at;
	return true;
}

bool
editor_event(struct editor *editor, const struct event *event)
{
	return (editor->is_long && long_event(editor, event)) ||
	       line_event(editor, event);
}

/* --- rows --- */

/* Where characters go when lines are broken at the width. */
struct flow_of_text {
	struct text text;
	int width;
	size_t at; /* of the next character */
	int row, column;
};

/* The next character and its place; false: the end, whose place it is. */
static bool
flow_next(struct flow_of_text *flow, struct seen *seen, int *row, int *column)
{
	const size_t from = flow->at;
	const bool is_end = !clean_next(flow->text, &flow->at, seen);
	const bool breaks = !is_end && flow->text.data[from] == '\n';
	const int width = is_end || breaks ? 1 : seen->width;

	if (flow->column + width > flow->width && flow->column > 0) {
		flow->row++;
		flow->column = 0;
	}
	*row = flow->row;
	*column = flow->column;
	flow->column += width;
	if (breaks) {
		seen->width = 0;
		flow->row++;
		flow->column = 0;
	}
	return !is_end;
}

int
editor_rows(struct text text, int width)
{
	struct flow_of_text flow = { .text = text, .width = width };
	struct seen seen;
	int row = 0, column;

	while (flow_next(&flow, &seen, &row, &column))
		;
	return row + 1;
}

/* Returns the row of the cursor. */
static int
draw(struct pane pane, struct paint paint, const struct paint *paints, struct text text,
     int top, size_t cursor, bool has_cursor)
{
	struct flow_of_text flow = { .text = text, .width = pane.columns };
	int row, column, found = 0;
	bool more = true;

	while (more) {
		const size_t from = flow.at;
		struct seen seen;

		more = flow_next(&flow, &seen, &row, &column);
		if (has_cursor && from == cursor) {
			pane_cursor(pane, row - top, column);
			found = row;
		}
		if (more && seen.width && row >= top && row - top < pane.rows)
			pane_text(pane, row - top, column, seen.width,
				  paints ? paints[from] : paint,
				  (struct text){ text.data + from, flow.at - from });
	}
	return found;
}

void
editor_draw_text(struct pane pane, struct paint paint, struct text text,
		 const struct paint *paints)
{
	draw(pane, paint, paints, text, 0, 0, false);
}

static int
cursor_row(const struct editor *editor, int width)
{
	struct flow_of_text flow = { .text = text_of(editor_text(editor)),
				     .width = width };
	struct seen seen;
	int row = 0, column;

	while (flow.at <= editor->at && flow_next(&flow, &seen, &row, &column))
		;
	return row;
}

void
editor_draw(struct editor *editor, struct pane pane, struct paint paint,
	    const struct paint *paints)
{
	const int row = cursor_row(editor, pane.columns);

	if (row < editor->top)
		editor->top = row;
	if (row >= editor->top + pane.rows)
		editor->top = row - pane.rows + 1;
	draw(pane, paint, paints, text_of(editor_text(editor)), editor->top, editor->at,
	     true);
}
