/*
 * overlay.h - boxes over the screen: where they stand, and what their state lives in.
 */
#ifndef SCREEN_OVERLAY_H
#define SCREEN_OVERLAY_H

#include "base/arena.h"
#include "screen/app.h"

/* A box in the middle, as wide and high as asked for if the pane is; framed, with titles
 * in its upper edge. Returns what is inside. */
struct pane overlay_box(struct pane pane, int rows, int columns, const char *title,
			const char *right);

/* The state of a view: a struct that begins with its own arena, and goes with it. */
struct overlay {
	struct arena arena;
};
void *overlay_new(size_t size);
/* For view.close. */
void overlay_close(void *self, struct app *app);

#endif
