/*
 * form_view - a step is filled in at the left while the right shows what it does.
 *
 * A key changes the form at once; a preview is asked for when no key came for a moment,
 * and shown when it is there. What is wrong by the fields alone is said at once.
 */
#include "screen/form_view.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "op/param_docs.h"
#include "screen/edit_text.h"
#include "widget/figure.h"

enum {
	QUIET = 60,       /* milliseconds without a key before a preview is asked for */
	CODE_QUIET = 500, /* the same, if a program has to be started for it */
	WIDE = 100,
	NARROW_FORM = 32,
	WIDE_FORM = 40,
	CODE_FORM = 72,
};

/* --- what the fields say --- */

/* Nobody has said anything wrong before they have said anything. */
static void
complain(struct form_view *view)
{
	const bool is_fresh =
		view->place == FLOW_NONE && !view->form.is_touched && !view->has_tried;

	if (!view->wrong.text[0])
		form_complain(&view->form,
			      view->failed.text[0] ? view->failed.text : NULL);
	else
		form_complain(&view->form, is_fresh ? NULL : view->wrong.text);
}

static void
changed(struct form_view *view, struct app *app)
{
	const int quiet = view->op->flags & OP_CODE ? CODE_QUIET : QUIET;

	view->wrong = view->failed = (struct error){ 0 };
	if (draft_check(view, &view->wrong))
		view->wrong.text[0] = '\0';
	complain(view);
	view->is_stale = true;
	view->due = app->now + quiet;
	app_due(app, quiet);
}

/* A new step begins where something is lacking, without a word about it. */
static void
go_lacking(struct form_view *view)
{
	if (!view->wrong.text[0] || view->place != FLOW_NONE)
		return;
	form_complain(&view->form, view->wrong.text);
	form_go_bad(&view->form);
	complain(view);
}

static void
copy_schema(struct schema *to, const struct schema *from, struct arena *arena)
{
	*to = (struct schema){ .open = from->open };
	for (size_t i = 0; i < from->n; i++)
		schema_add(to, arena_text(arena, from->at[i].name), from->at[i].type,
			   arena);
}

static void
learn_schemas(struct form_view *view, const struct preview *preview)
{
	const struct schema *const found[2] = { &preview->before_schema,
						&preview->second_schema };

	for (size_t i = 0; i < 2; i++)
		if (found[i]->n && !schema_equal(found[i], &view->schemas[i]))
			copy_schema(&view->schemas[i], found[i], &view->arena);
}

static void
ask_now(struct form_view *view, struct app *app)
{
	view->due = 0;
	if (draft_preview(view, app, &view->failed))
		view->failed.text[0] = '\0';
	complain(view);
}

/* --- the view --- */

static bool
preview_arrived(struct form_view *view, struct app *app)
{
	const struct preview *preview = preview_get(view->previewer);

	if (!preview || preview == view->shown)
		return false;
	view->shown = preview;
	view->is_stale = view->due != 0;
	view->failed = preview->has_failed ? preview->err : (struct error){ 0 };
	learn_schemas(view, preview);
	if (draft_guess_keys(view)) {
		form_refresh(&view->form);
		changed(view, app);
	} else if (!view->due) {
		if (draft_check(view, &view->wrong))
			view->wrong.text[0] = '\0';
		complain(view);
	}
	if (preview->after)
		diff_grid_seek(&view->grid, preview);
	return true;
}

static bool
news(void *self, struct app *app)
{
	struct form_view *view = self;
	bool has_news = preview_arrived(view, app);

	if (draft_file_news(view, &app->wake)) {
		changed(view, app);
		has_news = true;
	}
	if (view->due && app->now >= view->due) {
		ask_now(view, app);
		has_news = true;
	} else if (view->due) {
		app_due(app, (int)(view->due - app->now));
	}
	if (preview_is_counting(view->previewer))
		has_news |= preview_counted(view->previewer) != NULL;
	return has_news;
}

static void
close(void *self, struct app *app)
{
	struct form_view *view = self;

	(void)app;
	previewer_free(view->previewer);
	draft_tables_release(view);
	form_release(&view->form);
	arena_release(&view->arena);
	free(view);
}

/* --- keys --- */

/* A file that became a source is a change of its own. */
static bool
note_file(const struct form_view *view, struct app *app, size_t second, struct error *err)
{
	if (second == FLOW_NONE || app->work.flow.document == app->work.seen)
		return true;
	return work_changed(&app->work,
			    arena_print(&app->arena, "source %s", view->other.file), err);
}

/* What is wrong with a field keeps it from being done; what only the data or a program
 * says against it does not: the user may know better. */
static void
apply(struct form_view *view, struct app *app)
{
	struct error err = { 0 };
	size_t second;

	view->has_tried = true;
	complain(view);
	if (view->wrong.text[0]) {
		form_go_bad(&view->form);
		app_fail(app, &view->wrong);
		return;
	}
	if (!draft_second(view, &app->work.flow, &second, &err) ||
	    !note_file(view, app, second, &err) ||
	    !app_step(app, view->op, view->fields, view->place, second, &err)) {
		app_fail(app, &err);
		form_complain(&view->form, err.text);
		return;
	}
	app_pop(app);
}

static void
show_help(const struct form_view *view, struct app *app)
{
	struct error err = { 0 };
	struct buffer *text = buffer_new(0, &err);

	if (text && op_help(view->op, text, &err))
		text_open(app, view->op->title, (struct text){ text->data, text->size });
	else
		app_fail(app, &err);
	buffer_drop(text);
}

static void
count(struct form_view *view, struct app *app)
{
	struct error err = { 0 };

	view->has_tried = true;
	complain(view);
	if (view->wrong.text[0])
		form_go_bad(&view->form);
	else if (!draft_count(view, app, &err))
		app_fail(app, &err);
}

/* The same as a command, to go on with there. */
static void
to_line(struct form_view *view, struct app *app)
{
	const char *command = step_command(view->op, view->fields, &app->arena);

	app_pop(app);
	line_open(app, command);
}

static bool
is_alt(const struct event *event, uint32_t key)
{
	return event->kind == EVENT_KEY && event->press.key == key &&
	       event->press.mods == MOD_ALT;
}

static void
edit_elsewhere(struct form_view *view, struct app *app)
{
	const char *ending = view->op->flags & OP_CODE ? ".py" : ".sql", *text;
	struct error err = { 0 };

	if (!edit_text(app, form_text(&view->form), ending, &text, &view->arena, &err)) {
		app_fail(app, &err);
		return;
	}
	form_set_text(&view->form, text);
	changed(view, app);
}

/* Keys of the preview. */
static bool
grid_event(struct form_view *view, const struct event *event)
{
	const long page = view->grid.page > 1 ? view->grid.page - 1 : 1;

	if (event_is(event, K_PAGE_DOWN)) {
		diff_grid_scroll(&view->grid, page, 0);
	} else if (event_is(event, K_PAGE_UP)) {
		diff_grid_scroll(&view->grid, -page, 0);
	} else if (is_alt(event, K_RIGHT)) {
		diff_grid_scroll(&view->grid, 0, 1);
	} else if (is_alt(event, K_LEFT)) {
		diff_grid_scroll(&view->grid, 0, -1);
	} else if (is_alt(event, 'n') && view->shown) {
		diff_grid_next(&view->grid, view->shown);
	} else if (is_alt(event, 'd')) {
		view->grid.is_result = !view->grid.is_result;
		view->grid.left = 0;
	} else if (event->kind == EVENT_MOUSE && event->mouse.kind == MOUSE_WHEEL) {
		const bool sideways = event->mouse.mods & MOD_SHIFT;

		diff_grid_scroll(&view->grid, sideways ? 0 : 3 * event->mouse.lines,
				 sideways ? event->mouse.lines : 0);
	} else {
		return false;
	}
	return true;
}

/* Keys of the form as a whole. */
static bool
whole_event(struct form_view *view, struct app *app, const struct event *event)
{
	const bool enters = event->kind == EVENT_KEY && event->press.key == K_ENTER &&
			    event->press.mods == MOD_CTRL;

	if (enters || event_is_ctrl(event, 's'))
		apply(view, app);
	else if (event_is(event, K_F1))
		show_help(view, app);
	else if (event_is_ctrl(event, 't'))
		count(view, app);
	else if (is_alt(event, 'e'))
		to_line(view, app);
	else
		return false;
	return true;
}

static bool
on_event(void *self, struct app *app, const struct event *event)
{
	struct form_view *view = self;

	if (!view->form.is_picking) {
		if (event_is(event, K_ESCAPE))
			return false;
		if (whole_event(view, app, event) || grid_event(view, event))
			return true;
	}
	switch (form_event(&view->form, event)) {
	case FORM_CHANGED:
		changed(view, app);
		return true;
	case FORM_DONE:
		apply(view, app);
		return true;
	case FORM_EDIT:
		edit_elsewhere(view, app);
		return true;
	default:
		return true;
	}
}

/* --- drawing --- */

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

static void
draw(void *self, struct app *app, struct pane pane)
{
	struct form_view *view = self;
	struct pane body = pane_part(pane, 1, 0, pane.rows - 3, pane.columns);
	const int width = form_columns_of(view, pane.columns);

	(void)app;
	pane_fill(body, PAINT(INK_TEXT));
	draw_form(view, pane_part(body, 0, 0, body.rows, width));
	draw_preview(view, pane_part(body, 0, width, body.rows, body.columns - width));
}

static void
print_badge(const struct preview *preview, struct heading *heading)
{
	char rows[FIGURE_SIZE];

	heading->badge[0] = '\0';
	if (!preview || !preview->has_before)
		return;
	if (preview->is_whole)
		figure_count(preview->before->rows, rows);
	else
		figure_short((double)preview->before->rows, rows);
	snprintf(heading->badge, sizeof heading->badge,
		 preview->is_whole ? "■ full %s" : "▤ sample %s", rows);
}

static void
heading(void *self, struct app *app, struct heading *heading)
{
	const struct form_view *view = self;
	const struct preview *preview = view->shown;

	(void)app;
	snprintf(heading->title, sizeof heading->title, "%s (%s)", view->op->title,
		 view->place == FLOW_NONE ? "draft" : "edit");
	print_badge(preview, heading);
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

static const char *
hints(void *self, struct app *app)
{
	const struct form_view *view = self;
	const char *field = form_hint(&view->form, &app->arena);

	if (view->form.is_picking)
		return field;
	return arena_print(&app->arena, "Enter apply  Esc discard  F1 help%s%s",
			   *field ? "  ·  " : "", field);
}

static const struct view form_screen = {
	.name = "form",
	.is_modal = true,
	.draw = draw,
	.event = on_event,
	.news = news,
	.heading = heading,
	.hints = hints,
	.close = close,
};

/* --- opening --- */

/* Fields of the form's own, as the JSON of a node says them. */
static bool
copy_fields(struct form_view *view, const void *fields, struct error *err)
{
	const struct op *op = view->op;
	const struct json *json;

	if (!step_fields(op, &view->fields, &view->arena, err))
		return false;
	if (!fields)
		return true;
	json = step_parameters(op, NULL, fields, &view->arena);
	return param_read_json(op->params, op->block, json, view->fields, &view->arena,
			       err);
}

static void
fill_form(struct form_view *view, struct app *app)
{
	struct form *form = &view->form;
	const bool is_joined =
		view->op->flags & OP_TWO_INPUTS && view->place == FLOW_NONE;

	form->arena = &view->arena;
	if (is_joined) {
		draft_tables(view, &app->work.flow);
		form->parts[form->n_parts++] =
			(struct form_part){ view->other.params, &view->other };
	}
	form->parts[form->n_parts++] =
		(struct form_part){ view->op->params, view->fields };
	form->schemas[0] = &view->schemas[0];
	form->schemas[1] = &view->schemas[1];
	form_init(form);
}

/* Until the first preview is there, the columns are those on view. */
static void
borrow_schema(struct form_view *view, struct app *app)
{
	const struct sheet_state *state;
	struct sheet *sheet = view->place == FLOW_NONE ? app_sheet(app) : NULL;

	if (!sheet)
		return;
	state = sheet_state(sheet);
	if (state->has_schema)
		copy_schema(&view->schemas[0], &state->schema, &view->arena);
}

static bool
make(struct form_view *view, struct app *app, const void *fields, struct error *err)
{
	const struct flow *flow = &app->work.flow;
	void *read;

	if (view->place != FLOW_NONE && !fields) {
		if (!step_read(&flow->nodes[view->place], &view->op, &read, &view->arena,
			       err))
			return false;
		fields = read;
	}
	return copy_fields(view, fields, err) &&
	       previewer_new(&app->wake, &view->previewer, err);
}

/* What nobody knows how to fill in can still be read. */
static void
show_json(struct app *app, size_t place, const struct error *err)
{
	static const struct json_style style = { .indent = 2, .spaced = true };
	const struct node *node = &app->work.flow.nodes[place];
	struct error ignored = { 0 };
	struct buffer *text = buffer_new(0, &ignored);

	if (text && buffer_append(text, err->text, strlen(err->text), &ignored) &&
	    buffer_append(text, "\n\n", 2, &ignored) &&
	    json_write(node->json, &style, text, &ignored))
		text_open(app, node->operator,(struct text){ text->data, text->size });
	else
		app_fail(app, err);
	buffer_drop(text);
}

void
form_open(struct app *app, const struct op *op, const void *fields, size_t place)
{
	struct form_view *view = calloc(1, sizeof(*view));
	struct error err = { 0 };

	if (!view)
		return;
	view->op = op;
	view->place = place;
	snprintf(view->behind, sizeof view->behind, "%s", app->work.node);
	if (!make(view, app, fields, &err)) {
		if (place != FLOW_NONE)
			show_json(app, place, &err);
		else
			app_fail(app, &err);
		close(view, app);
		return;
	}
	borrow_schema(view, app);
	fill_form(view, app);
	changed(view, app);
	go_lacking(view);
	view->due = app->now;
	app_due(app, 0);
	app->message[0] = '\0';
	app_push(app, &form_screen, view);
}
