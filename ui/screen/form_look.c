/* form_look - fields at the left, what the step does below them and at the right. */
#include <stdio.h>

#include "screen/form_view.h"
#include "widget/figure.h"

enum {
	WIDE = 100,
	NARROW_FORM = 32,
	WIDE_FORM = 40,
	CODE_FORM = 72,
};

static bool
has_long_text(const struct param *params)
{
	for (const struct param *p = params; p && p->name; p++)
		if (p->kind == KIND_CODE || p->kind == KIND_EXPRESSION)
			return true;
	return false;
}

/* Programs and formulas get half of the screen. */
static int
form_columns_of(const struct form_view *view, int columns)
{
	int width = columns < WIDE ? NARROW_FORM : WIDE_FORM;

	if (has_long_text(view->op->params) && columns / 2 > width)
		width = columns / 2 < CODE_FORM ? columns / 2 : CODE_FORM;
	return width;
}

static void
draw_form(struct form_view *view, struct pane pane)
{
	struct pane inside = pane_box(pane, PAINT(INK_ACCENT), view->op->title, NULL),
		    impact;
	const int needed = impact_draw(view, NULL, inside.columns);
	const int fields = form_rows(&view->form, inside.columns);
	int rows = inside.rows - needed - 1;

	if (rows > fields)
		rows = fields;
	if (rows < inside.rows / 2)
		rows = fields < inside.rows / 2 ? fields : inside.rows / 2;
	impact = pane_part(inside, rows + 1, 0, inside.rows - rows - 1, inside.columns);
	impact_draw(view, &impact, inside.columns);
	form_draw(&view->form, view->form.is_picking
				       ? inside
				       : pane_part(inside, 0, 0, rows, inside.columns));
}

static void
draw_legend(const struct form_view *view, struct pane pane)
{
	int column = 1;

	column += pane_print(pane, 0, column, PAINT(INK_HEADER), "preview") + 3;
	column += pane_print(pane, 0, column, PAINT(INK_CHANGED), "~ changed") + 2;
	column += pane_print(pane, 0, column, PAINT(INK_ADDED), "+ new") + 2;
	column += pane_print(pane, 0, column, PAINT(INK_REMOVED), "− removed") + 2;
	if (preview_is_busy(view->previewer))
		pane_print(pane, 0, column, PAINT(INK_DIM), "…");
}

/* Rows as they are, while the step cannot say what becomes of them. */
static const struct preview *
shown_of(const struct form_view *view)
{
	return view->shown && view->shown->after && view->shown->rows ? view->shown
								      : NULL;
}

static void
draw_preview(struct form_view *view, struct pane pane)
{
	const struct preview *preview = shown_of(view);
	struct pane body = pane_part(pane, 1, 0, pane.rows - 1, pane.columns);

	draw_legend(view, pane);
	if (preview)
		diff_grid_draw(&view->grid, body, preview, &view->reads);
	else
		pane_print(body, 2, 1, PAINT(INK_DIM), "%s",
			   preview_is_busy(view->previewer) || view->due
				   ? "reading the first rows…"
				   : "nothing to show yet");
}

void
form_view_draw(void *self, struct app *app, struct pane pane)
{
	struct form_view *view = self;
	struct pane body = pane_part(pane, 1, 0, pane.rows - 3, pane.columns);
	const int width = form_columns_of(view, pane.columns);

	form_mend_look(view, app);
	pane_fill(body, PAINT(INK_TEXT));
	draw_form(view, pane_part(body, 0, 0, body.rows, width));
	draw_preview(view, pane_part(body, 0, width, body.rows, body.columns - width));
}

struct sheet *
form_view_sheet(const struct form_view *view, struct app *app)
{
	const bool is_on_view = app->sheet && !app->coming &&
				app->sheet_version == app->work.version &&
				strcmp(view->behind, app->sheet_node) == 0;

	return is_on_view ? app->sheet : NULL;
}

/* Of the table that the step reads, if it is known to its end; 0. */
static uint64_t
all_rows(const struct form_view *view, struct app *app)
{
	struct sheet *sheet = form_view_sheet(view, app);
	const struct sheet_state *state = sheet ? sheet_state(sheet) : NULL;

	return state && state->is_whole ? state->rows : 0;
}

static void
print_badge(const struct form_view *view, struct app *app, struct heading *heading)
{
	const struct preview *preview = view->shown;
	const uint64_t n = all_rows(view, app);
	char rows[FIGURE_SIZE], all[FIGURE_SIZE];

	heading->badge[0] = '\0';
	if (!preview || !preview->has_before)
		return;
	if (preview->is_whole) {
		figure_count(preview->before->rows, rows);
		snprintf(heading->badge, sizeof heading->badge, "■ full %.20s", rows);
		return;
	}
	figure_short((double)preview->before->rows, rows);
	figure_short((double)n, all);
	snprintf(heading->badge, sizeof heading->badge, "▤ sample %.16s%s%.16s", rows,
		 n ? " of " : "", n ? all : "");
}

void
form_view_heading(void *self, struct app *app, struct heading *heading)
{
	const struct form_view *view = self;
	const struct preview *preview = view->shown;

	snprintf(heading->title, sizeof heading->title, "%s (%s)", view->op->title,
		 view->place == FLOW_NONE ? "draft" : "edit");
	print_badge(view, app, heading);
	heading->right[0] = '\0';
	if (!preview || preview->has_failed)
		snprintf(heading->left, sizeof heading->left, "%.500s",
			 view->form.problem[0] ? view->form.problem : view->op->help);
	else
		snprintf(heading->left, sizeof heading->left,
			 "preview %.0f ms · exact on %s · Ctrl-T counts all rows",
			 preview->milliseconds,
			 preview->is_whole ? "all rows" : "sample");
}

const char *
form_view_hints(void *self, struct app *app)
{
	const struct form_view *view = self;
	const char *field = form_hint(&view->form, &app->arena);

	if (view->form.is_picking)
		return field;
	return arena_print(&app->arena, "Enter apply  Esc discard  F1 help%s%s",
			   *field ? "  ·  " : "", field);
}
