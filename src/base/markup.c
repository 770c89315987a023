/* markup - code point by code point. */
#include "base/markup.h"

static bool
put_code(uint32_t code, struct buffer *out, struct error *err)
{
	char bytes[4];
	const bool is_control = (code < ' ' && code != '\n' && code != '\t') ||
				(code >= 0x7f && code < 0xa0);

	return buffer_append(out, bytes, text_put(is_control ? 0xfffd : code, bytes),
			     err);
}

static bool
put_markdown(uint32_t code, struct buffer *out, struct error *err)
{
	if (code == '\n')
		return buffer_put(out, "<br>", err);
	if (code == '\t')
		return buffer_put(out, " ", err);
	if (code && code < 0x80 && strchr("\\|`*[]<&", (int)code) &&
	    !buffer_put(out, "\\", err))
		return false;
	return put_code(code, out, err);
}

/* A carriage return ends a line, alone or before a newline. */
bool
markup_markdown(struct text text, struct buffer *out, struct error *err)
{
	for (size_t at = 0; at < text.size;) {
		const uint32_t code = text_next(text, &at);

		if (code == '\r' && at < text.size && text.data[at] == '\n')
			continue;
		if (!put_markdown(code == '\r' ? '\n' : code, out, err))
			return false;
	}
	return true;
}

static bool
put_xml(uint32_t code, struct buffer *out, struct error *err)
{
	switch (code) {
	case '&':
		return buffer_put(out, "&amp;", err);
	case '<':
		return buffer_put(out, "&lt;", err);
	case '>':
		return buffer_put(out, "&gt;", err);
	case '"':
		return buffer_put(out, "&quot;", err);
	default:
		return put_code(code, out, err);
	}
}

bool
markup_xml(struct text text, struct buffer *out, struct error *err)
{
	for (size_t at = 0; at < text.size;)
		if (!put_xml(text_next(text, &at), out, err))
			return false;
	return true;
}
