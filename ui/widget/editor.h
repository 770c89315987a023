/*
 * editor.h - text of any length that is typed into, on one line or many.
 *
 * Keys are those of an entry (entry.h), which does the work on the line at the cursor; of
 * many lines, Enter and pasted line ends make new ones. Drawn with many rows, what is
 * longer than a row goes on in the next one.
 */
#ifndef WIDGET_EDITOR_H
#define WIDGET_EDITOR_H

#include "term/event.h"
#include "term/surface.h"

/* {0} is an empty one, of one line. */
struct editor {
	char *text; /* NULL: empty; ends with a zero byte */
	size_t size, at;
	bool is_long; /* of many lines */
	int top;      /* row on view, if it was drawn in rows */
};

/* The cursor stands at the end of one line, at the start of many. */
void editor_set(struct editor *editor, const char *text, bool is_long);
void editor_release(struct editor *editor);
static inline const char *
editor_text(const struct editor *editor)
{
	return editor->text ? editor->text : "";
}

/* True: it was for the editor. An arrow that leads out of the text is not. */
bool editor_event(struct editor *editor, const struct event *event);
/* n bytes before the cursor become this. */
void editor_replace(struct editor *editor, size_t n, struct text text);

/* Rows that the text takes in so many columns. */
int editor_rows(struct text text, int width);
/* In the rows of the pane; with the hardware cursor. paints: by byte of the text; NULL:
 * all alike. */
void editor_draw(struct editor *editor, struct pane pane, struct paint paint,
		 const struct paint *paints);
/* The same of a text that nobody edits: its first rows. */
void editor_draw_text(struct pane pane, struct paint paint, struct text text,
		      const struct paint *paints);

#endif
