/*
 * vt_look - what is on the screen of the emulator.
 */
#include <string.h>

#include "vt_parts.h"

void
vt_size(const struct vt *vt, int *rows, int *columns)
{
	*rows = vt->rows;
	*columns = vt->columns;
}

static VTermScreenCell
cell_at(const struct vt *vt, int row, int column)
{
	VTermScreenCell cell = { 0 };

	vterm_screen_get_cell(vt->screen, (VTermPos){ row, column }, &cell);
	return cell;
}

const char *
vt_row(const struct vt *vt, int row, struct arena *arena)
{
	int rows, columns;
	size_t n = 0, end = 0;
	char *out;

	vt_size(vt, &rows, &columns);
	out = arena_alloc(arena, (size_t)columns * VTERM_MAX_CHARS_PER_CELL * 4 + 1);
	for (int column = 0; row < rows && column < columns; column++) {
		const VTermScreenCell cell = cell_at(vt, row, column);

		/* The right half of a wide one. */
		if (cell.chars[0] == UINT32_MAX)
			continue;
		n += text_put(cell.chars[0] ? cell.chars[0] : ' ', out + n);
		for (int i = 1; i < VTERM_MAX_CHARS_PER_CELL && cell.chars[i]; i++)
			n += text_put(cell.chars[i], out + n);
		if (cell.chars[0] && cell.chars[0] != ' ')
			end = n;
	}
	out[end] = '\0';
	return out;
}

const char *
vt_text(const struct vt *vt, struct arena *arena)
{
	const char *text = "", *blank = "";
	int rows, columns;

	vt_size(vt, &rows, &columns);
	for (int row = 0; row < rows; row++) {
		const char *line = vt_row(vt, row, arena);

		if (*line)
			text = arena_print(arena, "%s%s%s\n", text, blank, line);
		blank = *line ? "" : arena_print(arena, "%s\n", blank);
	}
	return text;
}

bool
vt_has(const struct vt *vt, const char *text)
{
	struct arena arena = { 0 };
	const bool has = strstr(vt_text(vt, &arena), text) != NULL;

	arena_release(&arena);
	return has;
}

/* The emulator gives colours of its own for those that are its own. */
static int
colour(const VTermColor *colour)
{
	if (VTERM_COLOR_IS_DEFAULT_FG(colour) || VTERM_COLOR_IS_DEFAULT_BG(colour))
		return -1;
	return VTERM_COLOR_IS_INDEXED(colour) ? colour->indexed.idx : -2;
}

struct vt_cell
vt_cell(const struct vt *vt, int row, int column)
{
	const VTermScreenCell cell = cell_at(vt, row, column);

	return (struct vt_cell){ .code = cell.chars[0],
				 .width = cell.width,
				 .bold = cell.attrs.bold,
				 .reverse = cell.attrs.reverse,
				 .underline = cell.attrs.underline != 0,
				 .fg = colour(&cell.fg),
				 .bg = colour(&cell.bg) };
}

bool
vt_cursor(const struct vt *vt, int *row, int *column)
{
	VTermPos at;

	vterm_state_get_cursorpos(vterm_obtain_state(vt->vterm), &at);
	*row = at.row;
	*column = at.col;
	return vt->shows_cursor;
}
