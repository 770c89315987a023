/* flow_read - a file or a text to a flow. */
#include "base/file.h"
#include "flow/ground.h"
#include "flow/view.h"

enum { LARGEST = 1 << 28 }; /* bytes; the largest seen has a few megabytes */

void
flow_frame(struct flow *flow, struct text text)
{
	const struct text source = flow->document->source;
	const char *end = source.data + source.size;

	flow->style = json_style(flow->document, text);
	flow->before.data = text.data;
	flow->before.size = (size_t)(source.data - text.data);
	flow->after.data = end;
	flow->after.size = (size_t)(text.data + text.size - end);
}

bool
flow_parse(struct text text, struct flow *flow, struct error *err)
{
	const struct json *document;

	*flow = (struct flow){ 0 };
	ground_open(flow, NULL);
	flow->text.data = arena_text_n(&flow->arena, text.data, text.size);
	flow->text.size = text.size;
	document = json_parse(flow->text, &flow->arena, err);
	if (!document || !flow_view(flow, document, err)) {
		flow_release(flow);
		return false;
	}
	flow_frame(flow, flow->text);
	return true;
}

bool
flow_read(const char *path, struct flow *flow, struct error *err)
{
	struct buffer *bytes = file_read(path, LARGEST, err);
	bool ok;

	if (!bytes)
		return false;
	ok = bytes->size
		     ? flow_parse((struct text){ bytes->data, bytes->size }, flow, err)
		     : fail(err, "the file is empty: there is no flow in it");
	buffer_drop(bytes);
	if (!ok)
		return fail_in(err, "%s: ", path);
	flow->path = arena_text(&flow->arena, path);
	return true;
}
