/* bytes_window - a buffer that is moved to its front before it grows. */
#include "io/bytes_window.h"

enum { STEP = 65536 };

bool
window_open(struct window *w, struct origin *origin, struct error *err)
{
	*w = (struct window){ 0 };
	w->buffer = buffer_new(0, err);
	return w->buffer && bytes_open(origin, &w->bytes, err);
}

void
window_close(struct window *w)
{
	bytes_close(w->bytes);
	buffer_drop(w->buffer);
	*w = (struct window){ 0 };
}

void
window_drop(struct window *w, size_t n)
{
	w->at += n;
	w->offset += n;
}

bool
window_more(struct window *w, struct error *err)
{
	struct text have = window_text(w);
	size_t want = have.size < STEP ? STEP : have.size, got = 1;

	if (w->at) {
		memmove(w->buffer->data, have.data, have.size);
		w->buffer->size = have.size;
		w->at = 0;
	}
	if (!buffer_reserve(w->buffer, want, err))
		return false;
	while (want >= 8 && got) { /* bytes_read() asks for that much */
		char *to = w->buffer->data + w->buffer->size;

		if (!bytes_read(w->bytes, to, want, &got, err))
			return false;
		w->buffer->size += got;
		want = got < want ? want - got : 0;
	}
	w->end = got == 0;
	return true;
}
