/*
 * surface.h - what a screen will look like, before any terminal sees it.
 *
 * Everything is drawn into a surface: rows and columns of cells, each a character with an
 * ink and a style. Drawing is plain code without a terminal, so it is tested as such;
 * tty.h brings a surface to the terminal. A pane is a part of a surface; what is drawn
 * outside of it is cut off, so a pane of any size (none at all, or hanging over an edge)
 * is fine.
 *
 * All text, ours or from data, goes through clean.h: no byte can do anything but be seen.
 * Draw with the Unicode characters of the design; for terminals that lack them glyph.h
 * has others of the same width.
 */
#ifndef TERM_SURFACE_H
#define TERM_SURFACE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "base/memory.h"

/* What a colour is for; theme.h says which it is. */
enum ink {
	INK_TEXT,
	INK_DIM,    /* rules, what is stale or provisional, help beside the point */
	INK_ACCENT, /* where the user is: the current tab, the title of a pane in use */
	INK_HEADER, /* names of columns, titles */
	INK_RULE,   /* lines between things */
	INK_OK,
	INK_WARN,
	INK_ERR,
	INK_INFO,
	INK_ADDED,
	INK_REMOVED,
	INK_CHANGED,
	INK_NULL, /* a value that is missing */
	INK_INT,  /* types */
	INK_FLOAT,
	INK_STRING,
	INK_CATEGORY,
	INK_DATE,
	INK_BOOL,
	INK_BAR,                 /* bars of a histogram */
	INK_CAT1,                /* eight categories, one after the other */
	INK_SEQ0 = INK_CAT1 + 8, /* eight steps of a quantity */
	INK_DIV0 = INK_SEQ0 + 8, /* nine steps from one extreme to the other */
	INK_COUNT = INK_DIV0 + 9,
};

enum {
	STYLE_BOLD = 1,
	STYLE_REVERSE = 2, /* a selection: survives every theme */
	STYLE_UNDERLINE = 4,
	STYLE_FAINT = 8,
};

struct paint {
	uint8_t ink, style;
};

/* PAINT(INK_DIM), PAINT(INK_DIM, STYLE_BOLD) */
#define PAINT(...)            PAINT_WITH(__VA_ARGS__, 0, 0)
#define PAINT_WITH(i, s, ...) ((struct paint){ (i), (s) })

struct cell {
	uint32_t code[3]; /* a character, and marks that stand on it; 0: none */
	struct paint paint;
	uint8_t width; /* 1, 2; 0: the right half of a wide one */
};

struct surface {
	int rows, columns;
	struct cell *cells;            /* row by row */
	int cursor_row, cursor_column; /* of the hardware cursor; -1: hidden */
};

struct pane {
	struct surface *surface;
	int row, column, rows, columns; /* may hang over the edges */
};

/* Another size, and blank. What was there is gone. */
void surface_resize(struct surface *surface, int rows, int columns);
void surface_clear(struct surface *surface);
void surface_release(struct surface *surface);
const struct cell *surface_cell(const struct surface *surface, int row, int column);
/* Every row as UTF-8 with a newline, blanks at the end cut: for tests and plots. */
CHECKED bool surface_print(const struct surface *surface, struct buffer *out,
			   struct error *err);

struct pane surface_pane(struct surface *surface);
/* Is this place of the surface in the pane? */
bool pane_has(struct pane pane, int row, int column);
/* Rows and columns of a pane; negative sizes are none. */
struct pane pane_part(struct pane pane, int row, int column, int rows, int columns);

/* Text from a column on, in at most `width` columns; what is longer ends with an
 * ellipsis. Returns the columns that it took. */
int pane_text(struct pane pane, int row, int column, int width, struct paint paint,
	      struct text text);
/* The same at the right end of these columns. */
int pane_text_right(struct pane pane, int row, int column, int width, struct paint paint,
		    struct text text);
/* Formatted, up to the end of the pane. */
int pane_print(struct pane pane, int row, int column, struct paint paint,
	       const char *format, ...) PRINTF_LIKE(5, 6);
/* Formatted, so that it ends before column `end`. */
int pane_print_right(struct pane pane, int row, int end, struct paint paint,
		     const char *format, ...) PRINTF_LIKE(5, 6);
/* One character that is one column wide. */
void pane_put(struct pane pane, int row, int column, struct paint paint, uint32_t code);
/* The same one, n times. */
void pane_repeat(struct pane pane, int row, int column, int n, struct paint paint,
		 uint32_t code);
/* Other paint for what is there. */
void pane_paint(struct pane pane, int row, int column, int n, struct paint paint);
/* Add a style to what is there. */
void pane_style(struct pane pane, int row, int column, int n, uint8_t style);
/* Blanks. */
void pane_fill(struct pane pane, struct paint paint);
/* A rounded frame at the edge of the pane, blank inside, with a title at the left and
 * words at the right of its upper line; either may be NULL. Returns what is inside. */
struct pane pane_box(struct pane pane, struct paint paint, const char *title,
		     const char *right);
/* A line across: "── title ───". */
void pane_rule(struct pane pane, int row, struct paint paint, const char *title);
/* The hardware cursor stands here; if that is outside of the pane it stays. */
void pane_cursor(struct pane pane, int row, int column);

#endif
