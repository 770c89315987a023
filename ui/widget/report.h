/*
 * report.h - what was found out, as a document: Markdown, text, a page for a browser, or
 * JSON.
 *
 * A report has a title, a few lines, and sections that are tables. A cell is a text, a
 * number or nothing: in JSON numbers are such, elsewhere they stand at the right as they
 * were spelt. Texts may hold anything: each way of printing escapes what it must.
 */
#ifndef WIDGET_REPORT_H
#define WIDGET_REPORT_H

#include "base/ending.h"
#include "base/json.h"
#include "base/names.h"

struct report_cell {
	const char *text;         /* NULL: nothing */
	const struct json *value; /* in JSON; NULL: the text */
};

struct report_section {
	const char *title;
	size_t n_columns, n, room;  /* columns; rows */
	const char *const *columns; /* their names, and in JSON the keys */
	struct report_cell *cells;  /* row by row */
};

struct report {
	struct arena *arena; /* for all that is in it */
	const char *title;
	struct names lines;
	size_t n;
	struct report_section *sections;
};

void report_init(struct report *report, const char *title, struct arena *arena);
void report_line(struct report *report, const char *line);
/* columns: up to NULL, stays the caller's. */
struct report_section *report_section(struct report *report, const char *title,
				      const char *const *columns);
/* The cells of a row more, to be filled. */
struct report_cell *report_row(struct report *report, struct report_section *section);
struct report_cell report_text(const char *text);
struct report_cell report_count(const struct report *report, uint64_t n);
/* text: as it is shown. NaN: nothing; an infinite one is the text, also in JSON. */
struct report_cell report_number(const struct report *report, double x, const char *text);

/* .md, .txt, .html, .json */
extern const struct ending report_endings[];

/* As that ending says, one of the list. */
CHECKED bool report_print(const struct report *report, const struct ending *ending,
			  struct buffer *out, struct error *err);

#endif
