/*
 * drawn.h - what stands on a surface, as text that a test compares.
 */
#ifndef DRAWN_H
#define DRAWN_H

#include "base/arena.h"
#include "check.h"
#include "term/surface.h"

/* A line a row, without blanks at its end. In the arena. */
static inline char *
drawn_text(const struct surface *surface, struct arena *arena)
{
	struct error err;
	struct buffer *out = buffer_new(0, &err);
	char *text;

	CHECK(out && surface_print(surface, out, &err));
	text = arena_text_n(arena, out->data, out->size);
	buffer_drop(out);
	return text;
}

#endif
