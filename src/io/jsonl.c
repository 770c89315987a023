/*
 * jsonl - a JSON object a row, a row a line (jsonlines.org). Written only.
 *
 * Every column is a member of every object, in their order; what is missing is null.
 */
#include "base/json.h"
#include "io/io.h"
#include "io/json_cell.h"

/* '{"name":' and ',"other":', spelt once for all rows. */
static bool
spell_names(const struct schema *schema, struct buffer *out, size_t *ends,
	    struct error *err)
{
	for (size_t i = 0; i < schema->n; i++) {
		if (!buffer_append(out, i ? "," : "{", 1, err) ||
		    !json_write_string(text_of(schema->at[i].name), false, out, err) ||
		    !buffer_append(out, ":", 1, err))
			return false;
		ends[i] = out->size;
	}
	return true;
}

static bool
write_rows(const struct batch *batch, const char *names, const size_t *ends,
	   struct buffer *out, struct error *err)
{
	for (size_t row = 0; row < batch->rows; row++) {
		for (size_t i = 0; i < batch->n; i++) {
			const size_t from = i ? ends[i - 1] : 0;

			if (!buffer_append(out, names + from, ends[i] - from, err) ||
			    !json_cell(batch->at[i], row, out, err))
				return false;
		}
		if (!buffer_append(out, batch->n ? "}\n" : "{}\n", batch->n ? 2 : 3, err))
			return false;
	}
	return true;
}

static bool
write(const struct csv_style *style, const struct schema *schema,
      const struct batch *batch, struct buffer *out, struct error *err)
{
	struct buffer *names = buffer_new(0, err);
	struct arena arena = { 0 };
	size_t *ends = ARENA_ARRAY(&arena, schema->n + 1, size_t);
	bool ok;

	(void)style;
	ok = names && spell_names(schema, names, ends, err) &&
	     write_rows(batch, names->data, ends, out, err);
	buffer_drop(names);
	arena_release(&arena);
	return ok;
}

static const struct ending endings[] = {
	{ ".jsonl", "JSON, a row a line" },
	{ ".ndjson", "JSON, a row a line" },
	{ 0 },
};

const struct format format_jsonl = {
	.name = "jsonl",
	.endings = endings,
	.write = write,
	.is_utf8 = true,
};
