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

static bool
write_bytes(const struct buffer *bytes, const char *path, struct error *err)
{
	struct file_out out;

	if (!file_out_open(&out, path, err))
		return false;
	if (file_out_write(&out, bytes->data, bytes->size, err))
		return file_out_commit(&out, err);
	file_out_abort(&out);
	return false;
}

bool
flow_write(const struct flow *flow, const char *path, struct error *err)
{
	struct buffer *bytes = buffer_new(0, err);
	bool ok = bytes && flow_print(flow, bytes, err) && write_bytes(bytes, path, err);

	buffer_drop(bytes);
	return ok;
}
