/*
 * figure.h - values as a screen shows them.
 *
 * Cells as the engine prints them, so that what is seen is what would be written; values
 * of a summary to six digits; counts with commas ("19,998"), or short ("11.1k").
 */
#ifndef WIDGET_FIGURE_H
#define WIDGET_FIGURE_H

#include "data/summary.h"
#include "term/surface.h"

enum { FIGURE_SIZE = 64 };

/* A cell that is there. Borrowed from the column, or made in `out` or, for what has no
 * bound (lists), in the buffer. */
struct text figure_cell(const struct column *c, size_t row, char out[FIGURE_SIZE],
			struct buffer *scratch);

/* A value of a summary, but a text, with all its digits. */
void figure_exact(enum type type, const struct summary_value *value,
		  char out[FIGURE_SIZE]);
/* A value of a summary; numbers to six digits, texts cut to what fits. */
void figure_value(enum type type, const struct summary_value *value,
		  char out[FIGURE_SIZE]);
void figure_number(double x, char out[FIGURE_SIZE]); /* "110.1": four digits */
/* A place on an axis of this type: days and microseconds as dates. */
void figure_place(enum type type, double x, char out[FIGURE_SIZE]);
void figure_count(uint64_t n, char out[FIGURE_SIZE]);
void figure_short(double x, char out[FIGURE_SIZE]);
void figure_bytes(uint64_t size, char out[FIGURE_SIZE]); /* "640 B", "1.4 MB" */
/* "45%", "0.3%"; never "0%" of something nor "100%" of less than all. */
void figure_percent(uint64_t part, uint64_t of, char out[FIGURE_SIZE]);

/* Few values, each of them often: what a category is. */
bool figure_is_category(const struct summary_result *found);
/* "int", "flt", "cat", "str"; found: NULL if it is not known. */
const char *figure_type(enum type type, const struct summary_result *found);
enum ink figure_ink(enum type type, const struct summary_result *found);

/* One value alone, in every row. */
bool figure_is_constant(const struct summary_result *found);
/* What a column spans, in so many columns: "0…737", "12 val", "Online TA 45%",
 * "constant". */
void figure_range(const struct summary_result *found, int width, char out[FIGURE_SIZE]);

#endif
