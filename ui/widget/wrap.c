/* wrap - lines are cut off the front of a text one by one. */
#include "widget/wrap.h"

#include "term/clean.h"

static struct text
front(struct text text, size_t n)
{
	text.size = n;
	return text;
}

static void
advance(struct text *text, size_t n)
{
	text->data += n;
	text->size -= n;
}

/* Up to the newline, which is left out; *next: bytes up to what follows. */
static struct text
paragraph(struct text text, size_t *next)
{
	const char *end = text.size ? memchr(text.data, '\n', text.size) : NULL;
	const size_t n = end ? (size_t)(end - text.data) : text.size;

	*next = end ? n + 1 : n;
	return front(text, n);
}

/* The bytes before the last blank of those that fit, if there is one. */
static size_t
break_at(struct text text, size_t fit)
{
	size_t n = fit;

	if (fit < text.size && text.data[fit] == ' ')
		return fit;
	while (n > 0 && text.data[n - 1] != ' ')
		n--;
	while (n > 0 && text.data[n - 1] == ' ')
		n--;
	return n ? n : fit;
}

bool
wrap_next(struct text *rest, int columns, struct text *line)
{
	size_t next, fit;

	if (rest->size == 0)
		return false;
	*line = paragraph(*rest, &next);
	fit = clean_fit(*line, columns > 0 ? columns : 1);
	if (fit == 0 && line->size) /* not even one fits: it is taken all the same */
		text_next(*line, &fit);
	if (fit < line->size) {
		next = break_at(*line, fit);
		*line = front(*line, next);
		while (next < rest->size && rest->data[next] == ' ')
			next++;
	}
	advance(rest, next);
	return true;
}

int
wrap_draw(struct pane pane, int row, int column, int width, int rows, struct paint paint,
	  struct text text)
{
	const int end = row + rows;
	struct text line;

	for (; row < end && wrap_next(&text, width, &line); row++)
		pane_text(pane, row, column, width, paint, line);
	return row;
}

void
wrap_draw_up(struct pane pane, int row, int column, int width, int most,
	     struct paint paint, struct text text)
{
	struct text rest = text, line;
	int n = 0;

	while (n < most && wrap_next(&rest, width, &line))
		n++;
	if (n < 2) {
		pane_text(pane, row, column, width, paint, text);
		return;
	}
	pane_fill(pane_part(pane, row - n + 1, 0, n, pane.columns), PAINT(INK_TEXT));
	for (int i = 1; i < n; i++)
		if (wrap_next(&text, width, &line))
			pane_text(pane, row - n + i, column, width, paint, line);
	pane_text(pane, row, column, width, paint, text);
}
