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

#include "desk/paths.h"
#include "op/param_docs.h"
#include "screen/edit_text.h"

enum {
	QUIET = 60,       /* milliseconds without a key before a preview is asked for */
	CODE_QUIET = 500, /* the same, if a program has to be started for it */
};

static const struct view form_screen;

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
	arena_release(&view->mend_arena);
	arena_release(&view->arena);
	free(view);
}

/* --- keys --- */

static bool
request_of(const struct form_view *view, struct app *app, struct step_request *request,
	   struct error *err)
{
	*request = (struct step_request){ .op = view->op,
					  .fields = view->fields,
					  .place = view->place };
	return draft_links(view, &app->work.flow, &request->links, &request->file,
			   &app->arena, err);
}

/* What is wrong with a field keeps it from being done; what only the data or a program
 * says against it does not: the user may know better. */
static void
apply(struct form_view *view, struct app *app)
{
	struct step_request request;
	struct error err = { 0 };

	view->has_tried = true;
	complain(view);
	if (view->wrong.text[0]) {
		form_go_bad(&view->form);
		app_fail(app, &view->wrong);
		return;
	}
	if (!request_of(view, app, &request, &err) || !app_step(app, &request, &err)) {
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

static void
mend(struct form_view *view, struct app *app)
{
	struct error err = { 0 };

	if (form_mend(view, app, &err))
		changed(view, app);
	else
		app_fail(app, &err);
}

/* The same as a command, to go on with there. */
static void
to_line(struct form_view *view, struct app *app)
{
	struct step_request request;
	struct error err;
	const char *command;

	if (!request_of(view, app, &request, &err)) /* it is still to be said */
		request.links.with = "";
	command = app_step_command(app, &request);
	app_pop(app);
	line_open(app, command);
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

/* The form is on top again when a file was chosen. */
static void
file_chosen(struct app *app, const char *path)
{
	const struct layer *top = app->n_layers ? &app->layers[app->n_layers - 1] : NULL;
	struct form_view *view = top && top->view == &form_screen ? top->self : NULL;

	if (!view)
		return;
	form_set_text(&view->form, path);
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
	} else if (event_is_alt(event, K_RIGHT)) {
		diff_grid_scroll(&view->grid, 0, 1);
	} else if (event_is_alt(event, K_LEFT)) {
		diff_grid_scroll(&view->grid, 0, -1);
	} else if (event_is_alt(event, 'n') && view->shown) {
		diff_grid_next(&view->grid, view->shown);
	} else if (event_is_alt(event, 'd')) {
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
	else if (event_is_alt(event, 'e'))
		to_line(view, app);
	else if (event_is_alt(event, 'm') && view->can_mend)
		mend(view, app);
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
	case FORM_BROWSE:
		files_open(app, "choose a file", paths_absolute(".", &app->arena),
			   file_chosen);
		return true;
	default:
		return true;
	}
}

static const char *
sentence(void *self, struct app *app)
{
	const struct form_view *view = self;

	return form_sentence(&view->form, &app->arena);
}

static const struct view form_screen = {
	.name = "form",
	.is_modal = true,
	.draw = form_view_draw,
	.event = on_event,
	.news = news,
	.heading = form_view_heading,
	.hints = form_view_hints,
	.sentence = sentence,
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

	form->arena = &view->arena;
	if (view->op->flags & OP_TWO_INPUTS) {
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
	    json_write(json_copy(node->json, &app->arena), &style, text, &ignored))
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
