/*
 * bytes_window.h - some consecutive bytes of an input, sliding from first to last.
 */
#ifndef IO_BYTES_WINDOW_H
#define IO_BYTES_WINDOW_H

#include "base/memory.h"
#include "io/bytes.h"

struct window {
	struct bytes *bytes;
	struct buffer *buffer;
	size_t at;       /* of the buffer: what is before is gone */
	bool end;        /* nothing comes behind the buffer */
	uint64_t offset; /* bytes that are gone */
};

CHECKED bool window_open(struct window *window, struct origin *origin, struct error *err);
void window_close(struct window *window); /* {0} is fine */

/* More bytes behind, as many as are there already; or the end. */
CHECKED bool window_more(struct window *window, struct error *err);

static inline struct text
window_text(const struct window *window)
{
	return (struct text){ window->buffer->data + window->at,
			      window->buffer->size - window->at };
}

void window_drop(struct window *window, size_t n);

#endif
