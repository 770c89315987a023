/* overlay - what boxes over the screen have in common. */
#include "screen/overlay.h"

enum { ABOVE = 1, BELOW = 2 }; /* rows of the frame that are never covered */

struct pane
overlay_box(struct pane pane, int rows, int columns, const char *title, const char *right)
{
	const int room = pane.rows - ABOVE - BELOW;
	struct pane box;

	if (rows > room)
		rows = room;
	if (columns > pane.columns)
		columns = pane.columns;
	box = pane_part(pane, ABOVE + (room - rows) / 3, (pane.columns - columns) / 2,
			rows, columns);
	return pane_box(box, PAINT(INK_ACCENT), title, right);
}

void *
overlay_new(size_t size)
{
	struct arena arena = { 0 };
	struct overlay *overlay = arena_alloc(&arena, size);

	overlay->arena = arena;
	return overlay;
}

void
overlay_close(void *self, struct app *app)
{
	struct arena arena = ((struct overlay *)self)->arena;

	(void)app;
	arena_release(&arena);
}
