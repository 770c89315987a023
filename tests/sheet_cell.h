/* sheet_cell.h - cells of a sheet, and columns of objects; for sheet.c alone. */
#ifndef SHEET_CELL_H
#define SHEET_CELL_H

#include "base/arena.h"
#include "data/column.h"

struct cell {
	struct text text; /* without its quotes */
	struct text tail; /* behind the closing quote */
	bool quoted;
};

/* The next cell; is_last: of its row. rest->data becomes NULL behind the last row. */
CHECKED bool cell_read(struct text *rest, struct cell *cell, bool *is_last,
		       struct arena *arena, struct error *err);

/* NULL cells are null. */
CHECKED struct column *vectors_read(const struct cell *const *cells, size_t rows,
				    struct arena *arena, struct error *err);
CHECKED struct column *arrays_read(const struct cell *const *cells, size_t rows,
				   struct arena *arena, struct error *err);

#endif
