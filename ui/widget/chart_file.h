/*
 * chart_file.h - a chart as a file, as the ending of its name says: a picture
 * (picture.h), or the numbers behind it as a table.
 */
#ifndef WIDGET_CHART_FILE_H
#define WIDGET_CHART_FILE_H

#include "base/ending.h"
#include "widget/chart.h"

/* Up to one without a text; in the arena. */
const struct ending *chart_endings(struct arena *arena);

/* path: for its ending; another one is an error that tells all. rows and columns: of the
 * picture, in characters. */
CHECKED bool chart_print_file(const struct chart_data *data, const char *path, int rows,
			      int columns, struct buffer *out, struct error *err);

#endif
