/*
 * markdown - rows as a table of GitHub's Markdown (github.github.com/gfm, 4.10), for a
 * document that people read. Written only.
 *
 * A cell is one line (markup.h). What is missing is an empty one; numbers stand at the
 * right.
 */
#include "base/markup.h"
#include "io/io.h"

static bool
write_head(const struct csv_style *style, const struct schema *schema, struct buffer *out,
	   struct error *err)
{
	(void)style;
	for (size_t i = 0; i < schema->n; i++)
		if (!buffer_put(out, i ? " " : "| ", err) ||
		    !markup_markdown(text_of(schema->at[i].name), out, err) ||
		    !buffer_put(out, " |", err))
			return false;
	if (!buffer_put(out, "\n", err))
		return false;
	for (size_t i = 0; i < schema->n; i++)
		if (!buffer_put(out, i ? "" : "|", err) ||
		    !buffer_put(out,
				schema->at[i].type & TYPE_NUMERIC ? " ---: |" : " --- |",
				err))
			return false;
	return buffer_put(out, "\n", err);
}

/* scratch: for a cell before it is escaped. */
static bool
write_rows(const struct batch *batch, struct buffer *scratch, struct buffer *out,
	   struct error *err)
{
	for (size_t row = 0; row < batch->rows; row++) {
		for (size_t i = 0; i < batch->n; i++) {
			scratch->size = 0;
			if (!csv_write_cell(batch->at[i], row, scratch, err) ||
			    !buffer_put(out, i ? " " : "| ", err) ||
			    !markup_markdown(
				    (struct text){ scratch->data, scratch->size }, out,
				    err) ||
			    !buffer_put(out, " |", err))
				return false;
		}
		if (!buffer_put(out, "\n", err))
			return false;
	}
	return true;
}

static bool
write(const struct csv_style *style, const struct schema *schema,
      const struct batch *batch, struct buffer *out, struct error *err)
{
	struct buffer *scratch = buffer_new(0, err);
	const bool ok = scratch && write_rows(batch, scratch, out, err);

	(void)style;
	(void)schema;
	buffer_drop(scratch);
	return ok;
}

static const struct ending endings[] = { { ".md", "a table in Markdown" }, { 0 } };

const struct format format_markdown = {
	.name = "markdown",
	.endings = endings,
	.write_head = write_head,
	.write = write,
	.is_utf8 = true,
};
