/*
 * markdown - rows as a table of GitHub's Markdown (github.github.com/gfm, 4.10), for a
 * document that people read. Written only.
 *
 * A cell is one line: a newline in it becomes <br>, a tab a blank, another control
 * character U+FFFD. What Markdown would take for its own has a backslash before it. What
 * is missing is an empty cell; numbers stand at the right.
 */
#include "io/io.h"

static bool
put(struct buffer *out, const char *text, struct error *err)
{
	return buffer_append(out, text, strlen(text), err);
}

static bool
put_code(uint32_t code, struct buffer *out, struct error *err)
{
	char bytes[4];

	if (code == '\n')
		return put(out, "<br>", err);
	if (code == '\t')
		return put(out, " ", err);
	if (code < ' ' || (code >= 0x7f && code < 0xa0))
		code = 0xfffd;
	if (code < 0x80 && strchr("\\|`*[]<&", (int)code) && !put(out, "\\", err))
		return false;
	return buffer_append(out, bytes, text_put(code, bytes), err);
}

static bool
put_text(struct text text, struct buffer *out, struct error *err)
{
	for (size_t at = 0; at < text.size;) {
		const uint32_t code = text_next(text, &at);

		if (code == '\r' && at < text.size && text.data[at] == '\n')
			continue;
		if (!put_code(code == '\r' ? '\n' : code, out, err))
			return false;
	}
	return true;
}

static bool
write_head(const struct csv_style *style, const struct schema *schema, struct buffer *out,
	   struct error *err)
{
	(void)style;
	for (size_t i = 0; i < schema->n; i++)
		if (!put(out, i ? " " : "| ", err) ||
		    !put_text(text_of(schema->at[i].name), out, err) ||
		    !put(out, " |", err))
			return false;
	if (!put(out, "\n", err))
		return false;
	for (size_t i = 0; i < schema->n; i++)
		if (!put(out, i ? "" : "|", err) ||
		    !put(out, schema->at[i].type & TYPE_NUMERIC ? " ---: |" : " --- |",
			 err))
			return false;
	return put(out, "\n", err);
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
			    !put(out, i ? " " : "| ", err) ||
			    !put_text((struct text){ scratch->data, scratch->size }, out,
				      err) ||
			    !put(out, " |", err))
				return false;
		}
		if (!put(out, "\n", err))
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

static const char *const endings[] = { ".md", NULL };

const struct format format_markdown = {
	.name = "markdown",
	.what = "a table in Markdown",
	.endings = endings,
	.write_head = write_head,
	.write = write,
	.is_utf8 = true,
};
