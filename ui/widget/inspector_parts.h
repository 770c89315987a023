/*
 * inspector_parts.h - lines of the inspector, and the parts that put them. Private to
 * inspector*.c.
 *
 * Each part puts what it has below what is there, or nothing.
 */
#ifndef WIDGET_INSPECTOR_PARTS_H
#define WIDGET_INSPECTOR_PARTS_H

#include "widget/inspector.h"

struct sheet_of_lines {
	struct pane pane;
	const struct inspector *about;
	struct arena *arena;
	int row; /* of the next line; less than 0: scrolled over */
	int caption;
	bool is_blank; /* the last line was */
};

/* An empty line, unless the last one is. */
void inspector_gap(struct sheet_of_lines *s);
/* A caption and its value: in one line, or, if it is long, in a few. */
void inspector_line(struct sheet_of_lines *s, const char *caption, struct paint paint,
		    const char *value);
void inspector_value(struct sheet_of_lines *s, const char *caption, struct paint paint,
		     const char *value);
/* A paragraph from a column on. */
void inspector_wrap(struct sheet_of_lines *s, int column, struct paint paint,
		    struct text text);

/* How many cells it changes; the columns that it touches; what it learned (median, labels,
 * bounds): of the first rows only, if nothing is kept of a run. NULL: not known. */
void inspector_changes(struct sheet_of_lines *s, const struct preview *preview);
void inspector_columns(struct sheet_of_lines *s, const struct preview *preview);
void inspector_learned(struct sheet_of_lines *s, const struct preview *preview);

#endif
