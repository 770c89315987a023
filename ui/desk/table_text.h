/*
 * table_text.h - rows at hand as the text of a file: as a run would write them, but in
 * memory.
 */
#ifndef DESK_TABLE_TEXT_H
#define DESK_TABLE_TEXT_H

#include "base/ending.h"
#include "data/batch.h"

/* The endings that there are, up to one without a text. In the arena. */
const struct ending *table_endings(struct arena *arena);

/* As the ending of the path says (io.h, format_to_write()), not packed. */
CHECKED bool table_text(const struct schema *schema, const struct batch *batch,
			const char *path, struct buffer *out, struct error *err);

#endif
