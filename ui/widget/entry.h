/*
 * entry.h - a line of text that is typed into: the filter of a list, a field of a form.
 *
 * The cursor stands between characters as they are seen (a letter with its marks is one).
 * Letters, paste, Backspace, Delete, arrows, Home, End, whole words by Alt-B, Alt-F and
 * Ctrl-arrows, Ctrl-A, E, K, U, W. What is pasted comes in as one line.
 */
#ifndef WIDGET_ENTRY_H
#define WIDGET_ENTRY_H

#include "term/event.h"
#include "term/surface.h"

enum { ENTRY_SIZE = 1024 };

/* {0} is an empty one. */
struct entry {
	char text[ENTRY_SIZE]; /* ends with a zero byte */
	size_t size, at;       /* bytes; those before the cursor */
};

/* The cursor stands at the end. */
void entry_set(struct entry *entry, const char *text);
static inline struct text
entry_text(const struct entry *entry)
{
	return (struct text){ entry->text, entry->size };
}

/* True: it was for the entry. */
bool entry_event(struct entry *entry, const struct event *event);
/* As pasted: blanks for what would end the line, and for what is not seen. */
void entry_insert(struct entry *entry, struct text text);

/* With the hardware cursor, in so many columns; what does not fit is scrolled. */
void entry_draw(const struct entry *entry, struct pane pane, int row, int column,
		int width, struct paint paint);
/* The same of any text, the cursor standing at a byte of it; returns the column behind
 * the text, or the end of the width. */
int entry_draw_text(struct pane pane, int row, int column, int width, struct paint paint,
		    struct text text, size_t at);

#endif
