/* table_text - the writing half of a format, without a run. */
#include "desk/table_text.h"

#include "io/io.h"

const struct ending *
table_endings(struct arena *arena)
{
	return format_endings(arena);
}

bool
table_text(const struct schema *schema, const struct batch *batch, const char *path,
	   struct buffer *out, struct error *err)
{
	struct csv_style style = CSV_STYLE_PRESET;
	const struct format *format = format_to_write(path, err);

	if (!format)
		return false;
	if (ending_fits(path, ".tsv"))
		style.delimiter[0] = '\t';
	return (!format->write_head || format->write_head(&style, schema, out, err)) &&
	       format->write(&style, schema, batch, out, err);
}
