/*
 * grid.h - the first rows of a table as text: names, types, cells in columns.
 *
 * Cells are cut to a width and printed so that no terminal obeys them; null is a middle
 * dot, numbers stand to the right. Columns that do not fit the width are counted.
 */
#ifndef CLI_GRID_H
#define CLI_GRID_H

#include <stdio.h>

#include "data/batch.h"

/* width: characters a line may have; 0: no limit. */
CHECKED bool grid_print(FILE *file, const struct schema *schema, const struct batch *rows,
			size_t width, struct error *err);

/* The same without types: all cells are strings, those of numbers (as the schema says)
 * to the right. */
CHECKED bool grid_print_texts(FILE *file, const struct schema *schema,
			      const struct batch *texts, size_t width, struct error *err);

#endif
