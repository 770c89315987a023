/* A table in Markdown: a line a row, whatever the cells hold. */
#include "check.h"
#include "io/io.h"

static const struct {
	const char *value, *written; /* NULL: null */
} cells[] = {
	{ "plain", "plain" },
	{ "", "" },
	{ NULL, "" },
	{ "a|b", "a\\|b" },
	{ "a\\|b", "a\\\\\\|b" },
	{ "a\nb\r\nc\rd", "a<br>b<br>c<br>d" },
	{ "a\tb", "a b" },
	{ "<b> *x* `y` [z]", "\\<b> \\*x\\* \\`y\\` \\[z\\]" },
	{ "\x1b[31m", "\xef\xbf\xbd\\[31m" },
	{ "\xff\xc3\xa9", "\xef\xbf\xbd\xc3\xa9" },
};

int
main(void)
{
	static const struct csv_style style = CSV_STYLE_PRESET;
	struct arena arena = { 0 };
	struct schema schema = { 0 };
	struct error err;
	struct buffer *out = buffer_new(0, &err);
	const struct format *format = format_to_write("x.md", &err);

	schema_add(&schema, "te|xt", TYPE_STRING, &arena);
	schema_add(&schema, "n", TYPE_LONG, &arena);
	CHECK(format->write_head(&style, &schema, out, &err));
	CHECK_TEXT(arena_text_n(&arena, out->data, out->size),
		   "| te\\|xt | n |\n| --- | ---: |\n");
	for (size_t i = 0; i < COUNT(cells); i++) {
		struct batch *batch = batch_new(2, 1, &err);
		struct build text, n;

		build_start(&text, TYPE_STRING, 1);
		build_start(&n, TYPE_LONG, 1);
		build_long(&n, 7);
		if (cells[i].value)
			build_text(&text, text_of(cells[i].value));
		else
			build_null(&text);
		batch->at[0] = build_end(&text, &err);
		batch->at[1] = build_end(&n, &err);
		out->size = 0;
		CHECK(format->write(&style, &schema, batch, out, &err));
		CHECK_TEXT(arena_text_n(&arena, out->data, out->size),
			   arena_print(&arena, "| %s | 7 |\n", cells[i].written));
		batch_free(batch);
	}
	buffer_drop(out);
	arena_release(&arena);
	return check_report();
}
