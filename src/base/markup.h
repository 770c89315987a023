/*
 * markup.h - any bytes as text within Markdown, and within XML or HTML.
 *
 * What the language would take for its own is escaped; bytes that are not UTF-8, and
 * control characters, which neither knows, become U+FFFD.
 */
#ifndef BASE_MARKUP_H
#define BASE_MARKUP_H

#include "base/memory.h"
#include "base/text.h"

/* As one line, also within a table (github.github.com/gfm, 4.10): a newline becomes <br>,
 * a tab a blank. */
CHECKED bool markup_markdown(struct text text, struct buffer *out, struct error *err);

/* Between tags, and within quotes. Newlines and tabs stay. */
CHECKED bool markup_xml(struct text text, struct buffer *out, struct error *err);

#endif
