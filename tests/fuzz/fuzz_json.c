/* fuzz_json - any bytes as JSON: what is taken comes back, as it was and laid out anew.
 */
#include <stdlib.h>

#include "base/json.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
must(bool holds)
{
	if (!holds)
		abort();
}

/* Each way to write it gives the same value again. */
static void
comes_back(const struct json *json, const struct json_style *style, struct arena *arena)
{
	struct error err = { 0 };
	struct buffer *out = buffer_new(0, &err);
	const struct json *again;

	must(out && json_write(json_copy(json, arena), style, out, &err));
	again = json_parse((struct text){ out->data, out->size }, arena, &err);
	must(again && json_equal(json, again));
	buffer_drop(out);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct text text = { (const char *)data, size };
	struct arena arena = { 0 };
	struct error err = { 0 };
	const struct json *json = json_parse(text, &arena, &err);
	struct json_style style;
	struct buffer *out;

	if (!json) {
		must(*err.text != '\0');
		arena_release(&arena);
		return 0;
	}
	style = json_style(json, text);
	comes_back(json, &style, &arena);
	comes_back(json, &(struct json_style){ .ascii = true }, &arena);
	style.newline = false;
	out = buffer_new(0, &err);
	must(out && json_write(json, &style, out, &err));
	must(text_equal((struct text){ out->data, out->size }, json->source));
	must(json_write_python(json, out, &err));
	buffer_drop(out);
	arena_release(&arena);
	return 0;
}
