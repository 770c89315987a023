/* linear - what differs from what was said, in lines. */
#include "screen/linear.h"

#include <stdio.h>

enum { GAP = 2 /* blanks that divide two things */ };

void
linear_release(struct linear *linear)
{
	surface_release(&linear->surface);
}

/* Lines, blocks, shapes that point, dots of braille. */
static bool
is_drawing(uint32_t code)
{
	return (code >= 0x2500 && code <= 0x25ff) || (code >= 0x2800 && code <= 0x28ff);
}

/* A row of a surface as words: without lines, boxes and bars, commas where there are
 * gaps. In the arena. */
static const char *
words_of(const struct surface *surface, int row, struct arena *arena)
{
	char *out = arena_alloc(arena, (size_t)surface->columns * 16 + 1);
	size_t n = 0;
	int blanks = 0;

	for (int column = 0; column < surface->columns; column++) {
		const struct cell *cell = surface_cell(surface, row, column);
		const bool is_blank = !cell->code[0] || cell->code[0] == ' ' ||
				      is_drawing(cell->code[0]);

		if (is_blank) {
			blanks += cell->width > 0;
			continue;
		}
		if (n && blanks >= GAP)
			out[n++] = ',';
		if (n && blanks)
			out[n++] = ' ';
		blanks = 0;
		for (size_t i = 0; i < COUNT(cell->code) && cell->code[i]; i++)
			n += text_put(cell->code[i], out + n);
	}
	out[n] = '\0';
	return out;
}

/* The screen and what it is about. */
static const char *
place_of(const struct app *app, const struct heading *heading, struct arena *arena)
{
	const char *name = screen_names[app->screen];
	const bool is_told = strncmp(heading->title, name, strlen(name)) == 0;

	if (!app->work.is_open)
		return "start";
	if (is_told || !*heading->title)
		return is_told ? heading->title : name;
	return arena_print(arena, "%s: %s", name, heading->title);
}

/* How large that is, when all of it is known: what is on its way would be said over and
 * over. "": it is not. */
static const char *
size_of(const struct heading *heading)
{
	static const char whole[] = "\u25a0 ";
	const size_t n = sizeof whole - 1;

	return strncmp(heading->badge, whole, n) == 0 &&
			       strpbrk(heading->badge, "123456789")
		       ? heading->badge + n
		       : "";
}

/* What the top view says, or its row of the cursor, or at least which keys it takes. */
static const char *
line_of(struct app *app, const struct surface *surface, struct arena *arena)
{
	const struct layer *top = app_top(app);
	const struct view *view = top->view;
	const char *line = view->sentence ? view->sentence(top->self, app) : NULL;

	if (!line && surface->cursor_row >= 0)
		line = words_of(surface, surface->cursor_row, arena);
	if ((!line || !*line) && view->hints)
		line = view->hints(top->self, app);
	if (!line || !*line)
		return "";
	return app->n_layers ? arena_print(arena, "%s: %s", view->name, line) : line;
}

/* The place if it is another one, or its size is known, which is another one. */
static const char *
add_place(const char *said, struct linear *linear, const char *place, const char *size,
	  struct arena *arena)
{
	const bool is_same = strncmp(linear->place, place, LINEAR_KEPT - 1) == 0;

	if (is_same && (!*size || strcmp(linear->size, size) == 0))
		return said;
	snprintf(linear->place, LINEAR_KEPT, "%s", place);
	snprintf(linear->size, sizeof linear->size, "%s", size);
	return arena_print(arena, "%s%s%s%s\n", said, place, *size ? ", " : "", size);
}

/* The text and a newline behind what is said already, if it is another one than before. */
static const char *
add(const char *said, char before[LINEAR_KEPT], const char *text, struct arena *arena)
{
	if (strncmp(before, text, LINEAR_KEPT - 1) == 0)
		return said;
	snprintf(before, LINEAR_KEPT, "%s", text);
	return *text ? arena_print(arena, "%s%s\n", said, text) : said;
}

const char *
linear_news(struct linear *linear, struct app *app, bool is_answer, struct arena *arena)
{
	struct heading heading = { 0 };
	const char *said = "", *line;

	if (!linear->surface.cells)
		surface_resize(&linear->surface, LINEAR_ROWS, LINEAR_COLUMNS);
	app_draw_top(app, &linear->surface, &heading);
	line = line_of(app, &linear->surface, arena);
	if (is_answer)
		linear->message[0] = '\0';
	said = add_place(said, linear, place_of(app, &heading, arena), size_of(&heading),
			 arena);
	said = add(said, linear->line, line, arena);
	said = add(said, linear->message, app->message, arena);
	arena_release(&app->arena);
	return said;
}
