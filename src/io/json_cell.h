/*
 * json_cell.h - a cell as JSON, as Spark's to_json() has it.
 *
 * Numbers and booleans are such, what is missing is null, moments are texts in ISO form.
 * NaN and the infinities, which JSON does not know, are the words in quotes. Bytes that
 * are not UTF-8 become U+FFFD. Members of structs that are null are left out.
 */
#ifndef IO_JSON_CELL_H
#define IO_JSON_CELL_H

#include "data/column.h"

CHECKED bool json_cell(const struct column *column, size_t row, struct buffer *out,
		       struct error *err);

#endif
