/* which_view - the keys that may follow a prefix, in a box above the bottom lines. */
#include "screen/app.h"
#include "term/clean.h"

enum { COLUMN = 30, MOST = 60, ABOVE = 2 };

struct follow {
	char key[PRESS_SIZE];
	const char *title;
};

static size_t
choices_of(const struct press *presses, size_t n, unsigned where, struct follow *out)
{
	const struct action *action;
	struct press next;
	size_t at = 0, count = 0;

	while (count < MOST &&
	       (action = action_with_prefix(presses, n, where, &at, &next))) {
		press_print(next, out[count].key);
		out[count++].title = action->title;
	}
	return count;
}

static const char *
typed(const struct press *presses, size_t n, char *out, size_t size)
{
	size_t used = 0;

	*out = '\0';
	for (size_t i = 0; i < n && used + PRESS_SIZE < size; i++) {
		press_print(presses[i], out + used);
		used += strlen(out + used);
	}
	return out;
}

void
which_draw(struct pane pane, const struct press *presses, size_t n, unsigned where)
{
	struct follow choices[MOST];
	const int count = (int)choices_of(presses, n, where, choices);
	const int across =
		(pane.columns - 2) / COLUMN > 0 ? (pane.columns - 2) / COLUMN : 1;
	const int rows = (count + across - 1) / across;
	char title[128];
	struct pane box;

	if (count == 0)
		return;
	box = pane_part(pane, pane.rows - ABOVE - rows - 2, 0, rows + 2, pane.columns);
	box = pane_box(box, PAINT(INK_ACCENT), typed(presses, n, title, sizeof title),
		       "Esc");
	for (int i = 0; i < count; i++) {
		const int row = i % rows, column = i / rows * COLUMN + 1;
		const int width =
			pane_print(box, row, column, PAINT(INK_ACCENT, STYLE_BOLD), "%s",
				   choices[i].key);

		pane_text(box, row, column + width + 1, COLUMN - width - 2,
			  PAINT(INK_TEXT), text_of(choices[i].title));
	}
}
