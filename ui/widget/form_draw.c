/* form_draw - labels at the left, values at the right, what is wrong below. */

#include "term/clean.h"
#include "widget/form_kind.h"
#include "widget/wrap.h"

enum {
	WIDE = 36, /* columns from which on labels have more room */
	LABEL = 10,
	LABEL_WIDE = 12,
	LABEL_MOST = 14,
	PROBLEM_ROWS = 4,
	PICKER_LEAST = 6,
};

/* The rows of a label, broken between words. */
static int
label_rows(const char *label, int width)
{
	struct text rest = text_of(label), line;
	int rows = 0;

	while (wrap_next(&rest, width, &line))
		rows++;
	return rows;
}

static int
indent_of(const struct form_item *item)
{
	return 1 + (item->depth ? 2 * item->depth : 0);
}

static bool
is_below(const struct form_item *item)
{
	return item->kind == FORM_FIELD && form_kind_of(item)->is_below;
}

static int
longest_word(const char *label)
{
	struct text rest = text_of(label);
	int longest = 0;

	while (rest.size) {
		const int n = clean_columns(text_cut(&rest, ' '), LABEL_MOST + 1);

		longest = n > longest ? n : longest;
	}
	return longest;
}

/* As wide as usual, or a little more if a word would be broken. */
static int
label_width(const struct form *form, int columns)
{
	int width = columns >= WIDE ? LABEL_WIDE : LABEL;

	for (size_t i = 0; i < form->n; i++) {
		const struct form_item *item = &form->items[i];
		int n;

		if (item->kind != FORM_FIELD || is_below(item))
			continue;
		n = longest_word(item->param->label) + indent_of(item) - 1;
		if (n > width && n <= LABEL_MOST)
			width = n;
	}
	return width;
}

/* Columns for the value, and where they begin. */
static int
value_column(const struct form *form, const struct form_item *item, int columns)
{
	if (is_below(item))
		return indent_of(item);
	if (item->kind == FORM_ADD)
		return indent_of(item) + 1;
	return label_width(form, columns) + 2;
}

static int
value_rows(const struct form *form, const struct form_item *item, int columns)
{
	const struct form_kind *kind = form_kind_of(item);
	const int width = columns - value_column(form, item, columns);

	return kind->rows ? kind->rows(form, item, width) : 1;
}

static int
problem_rows(const struct form *form, size_t i, int columns)
{
	struct text rest = text_of(form->problem), line;
	int rows = 0;

	if (form->bad != i)
		return 0;
	while (rows < PROBLEM_ROWS && wrap_next(&rest, columns - 4, &line))
		rows++;
	return rows;
}

static int
item_rows(const struct form *form, size_t i, int columns)
{
	const struct form_item *item = &form->items[i];
	const int width = label_width(form, columns) - indent_of(item) + 1;
	const int values = value_rows(form, item, columns);
	const int labels = item->kind == FORM_ADD ? 0
			   : item->kind == FORM_HEAD || is_below(item)
				   ? 1
				   : label_rows(item->param->label, width);
	const int rows = is_below(item)    ? labels + values
			 : labels > values ? labels
					   : values;

	return rows + problem_rows(form, i, columns);
}

int
form_rows(struct form *form, int columns)
{
	int top = 0;

	for (size_t i = 0; i < form->n; i++) {
		form->items[i].top = top;
		form->items[i].rows = item_rows(form, i, columns);
		top += form->items[i].rows;
	}
	return top;
}

/* --- */

static bool
is_missing(const struct form *form, const struct form_item *item)
{
	return item->kind == FORM_FIELD && !item->param->preset &&
	       !*form_typed(form, item);
}

static void
draw_label(const struct form *form, const struct form_item *item, struct pane pane,
	   bool is_used)
{
	const int indent = indent_of(item);
	const bool wide = item->kind == FORM_HEAD || is_below(item);
	int width = wide ? pane.columns - indent
			 : label_width(form, pane.columns) - indent + 1;
	const struct paint paint =
		is_used ? PAINT(INK_ACCENT, STYLE_BOLD) : PAINT(INK_TEXT);

	if (item->is_first)
		pane_print(pane, 0, indent - 2, PAINT(INK_DIM), "%zu", item->row + 1);
	if (item->kind == FORM_ADD)
		return;
	wrap_draw(pane, 0, indent, width, wide ? 1 : pane.rows, paint,
		  text_of(item->param->label));
	if (is_missing(form, item) && !is_used)
		pane_put(pane, 0, 0, PAINT(INK_WARN, STYLE_BOLD), '*');
}

static void
draw_problem(const struct form *form, struct pane pane, int rows)
{
	const int top = pane.rows - rows;

	if (!rows)
		return;
	pane_put(pane, top, 1, PAINT(INK_ERR, STYLE_BOLD), 0x2717);
	wrap_draw(pane, top, 3, pane.columns - 4, rows, PAINT(INK_ERR),
		  text_of(form->problem));
}

static void
draw_item(struct form *form, size_t i, struct pane pane)
{
	const struct form_item *item = &form->items[i];
	const bool is_used = i == form->focus;
	const int wrong = problem_rows(form, i, pane.columns);
	const int column = value_column(form, item, pane.columns), below = is_below(item);
	struct pane value = pane_part(pane, below, column, pane.rows - below - wrong,
				      pane.columns - column);

	for (int row = 0; is_used && row < pane.rows - wrong; row++)
		pane_put(pane, row, 0, PAINT(INK_ACCENT), 0x258c);
	draw_label(form, item, pane, is_used);
	form_kind_of(item)->draw(form, item, value, is_used);
	draw_problem(form, pane, wrong);
}

static void
scroll(struct form *form, int rows, int all)
{
	const struct form_item *item;

	if (form->top > all - rows)
		form->top = all > rows ? all - rows : 0;
	if (form->focus == FORM_NONE)
		return;
	item = &form->items[form->focus];
	if (item->top + item->rows > form->top + rows)
		form->top = item->top + item->rows - rows;
	if (item->top < form->top)
		form->top = item->top;
	/* what begins above the pane would be drawn there: whole items only */
	for (size_t i = 0; i < form->n; i++)
		if (form->items[i].top < form->top &&
		    form->items[i].top + form->items[i].rows > form->top)
			form->top = form->items[i].top + form->items[i].rows;
}

/* Below the field if there is room, else above it. */
static void
draw_picker(struct form *form, struct pane pane)
{
	const struct form_item *item = &form->items[form->focus];
	const int below = item->top + item->rows - form->top;
	int rows = picker_rows(&form->picker), top = below;

	if (pane.rows - below < rows && pane.rows - below < PICKER_LEAST)
		top = pane.rows > rows ? pane.rows - rows : 0;
	if (rows > pane.rows - top)
		rows = pane.rows - top;
	picker_draw(&form->picker, pane_part(pane, top, 0, rows, pane.columns),
		    item->param->label);
}

/* Items that hang over the edge of the pane are cut off by it. */
int
form_draw(struct form *form, struct pane pane)
{
	const int all = form_rows(form, pane.columns);

	form->pane = pane;
	scroll(form, pane.rows, all);
	for (size_t i = 0; i < form->n; i++) {
		const struct form_item *item = &form->items[i];
		const int row = item->top - form->top;

		if (row >= 0 && row < pane.rows)
			draw_item(form, i,
				  pane_part(pane, row, 0, item->rows, pane.columns));
	}
	if (all > form->top + pane.rows)
		pane_put(pane, pane.rows - 1, pane.columns - 1, PAINT(INK_DIM), 0x25be);
	if (form->top > 0)
		pane_put(pane, 0, pane.columns - 1, PAINT(INK_DIM), 0x25b4);
	if (form->is_picking && form->focus != FORM_NONE)
		draw_picker(form, pane);
	return all;
}
