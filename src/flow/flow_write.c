/* flow_write - a flow to a text or a file; untouched, the bytes it was read from. */
#include "base/file.h"
#include "flow/flow.h"

bool
flow_print(const struct flow *flow, struct buffer *out, struct error *err)
{
	struct json_style style = flow->style;

	style.newline = false; /* it is in what stood after */
	return buffer_append(out, flow->before.data, flow->before.size, err) &&
	       json_write(flow->document, &style, out, err) &&
	       buffer_append(out, flow->after.data, flow->after.size, err);
}

bool
flow_write(const struct flow *flow, const char *path, struct error *err)
{
	struct buffer *bytes = buffer_new(0, err);
	bool ok = bytes && flow_print(flow, bytes, err) &&
		  file_write(path, (struct text){ bytes->data, bytes->size }, err);

	buffer_drop(bytes);
	return ok;
}
