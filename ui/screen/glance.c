/* glance - a step tried on a copy of the flow, and the outcome in words. */
#include "screen/glance.h"

#include "screen/overlay.h"
#include "widget/figure.h"
#include "widget/wrap.h"

struct glance {
	struct overlay overlay;
	struct previewer *previewer; /* NULL: nothing was asked yet */
	bool is_asked;
	bool was_busy;
	struct error err; /* why it was not tried; "" if it was */
	const struct op *op;
};

struct glance *
glance_new(void)
{
	return overlay_new(sizeof(struct glance));
}

void
glance_free(struct glance *glance)
{
	previewer_free(glance->previewer);
	overlay_close(glance, NULL);
}

void
glance_forget(struct glance *glance)
{
	if (glance->is_asked && glance->previewer)
		preview_cancel(glance->previewer);
	glance->is_asked = false;
}

static bool
try(struct glance *glance, struct app *app, struct flow *flow, const struct op *op,
    const void *fields, const struct step_links *links, struct error *err)
{
	const struct run_options *options = &app->work.options;
	const size_t behind = work_place(&app->work);
	const size_t second = links ? app_second(flow, links->with) : FLOW_NONE;
	const char *node;
	size_t place;

	if (!step_add(flow, op, fields, behind, second, &place, err))
		return false;
	node = flow->nodes[place].id;
	return preview_ask(glance->previewer, flow, node, options, err) &&
	       preview_count_all(glance->previewer, flow, node, options, err);
}

void
glance_ask(struct glance *glance, struct app *app, const struct op *op,
	   const void *fields, const struct step_links *links)
{
	struct flow flow;

	glance_forget(glance);
	glance->is_asked = true;
	glance->op = op;
	glance->was_busy = true;
	glance->err.text[0] = '\0';
	if (!glance->previewer &&
	    !previewer_new(&app->wake, &glance->previewer, &glance->err))
		return;
	if (!work_snapshot(&app->work.flow, &flow, &glance->err))
		return;
	(void)!try(glance, app, &flow, op, fields, links, &glance->err);
	flow_release(&flow);
}

static bool
is_busy(struct glance *glance)
{
	return glance->previewer && (preview_is_busy(glance->previewer) ||
				     preview_is_counting(glance->previewer));
}

bool
glance_news(struct glance *glance, struct app *app)
{
	const bool was_busy = glance->was_busy;

	(void)app;
	glance->was_busy = glance->is_asked && is_busy(glance);
	return was_busy;
}

/* --- in words --- */

static const char *
rows_kept(const struct preview_count *count, struct arena *arena)
{
	char after[FIGURE_SIZE], before[FIGURE_SIZE], share[FIGURE_SIZE];

	figure_count(count->after, after);
	figure_count(count->before, before);
	if (count->after > count->before)
		return arena_print(arena, "makes %s rows of %s", after, before);
	figure_percent(count->after, count->before, share);
	return arena_print(arena, "keeps %s of %s rows (%s)", after, before, share);
}

static const char *
joined(const char *a, const char *b, struct arena *arena)
{
	return *a ? arena_print(arena, "%s · %s", a, b) : b;
}

static const char *
columns_changed(const struct preview *preview, struct arena *arena)
{
	const char *out = "";

	if (preview->added_columns)
		out = joined(out,
			     arena_print(arena, "+%zu column%s", preview->added_columns,
					 text_plural(preview->added_columns)),
			     arena);
	if (preview->removed_columns)
		out = joined(out,
			     arena_print(arena, "−%zu column%s", preview->removed_columns,
					 text_plural(preview->removed_columns)),
			     arena);
	return out;
}

static const char *
cells_changed(const struct preview *preview, struct arena *arena)
{
	char cells[FIGURE_SIZE], rows[FIGURE_SIZE];

	figure_count(preview->changed_cells, cells);
	figure_count(preview->n_rows, rows);
	return arena_print(arena, "changes %s cells of %s%s rows", cells,
			   preview->is_whole ? "" : "the first ", rows);
}

static const char *
told(const struct preview *preview, const struct preview_count *count,
     struct arena *arena)
{
	const char *out = columns_changed(preview, arena);

	if (count && !count->has_failed && count->after != count->before)
		out = joined(out, rows_kept(count, arena), arena);
	if (preview->changed_cells)
		out = joined(out, cells_changed(preview, arena), arena);
	if (*out || !count)
		return out;
	return "changes nothing";
}

/* Without "op (id): ", since nobody has seen that node. */
static const char *
reason(const struct glance *glance, const struct preview *preview)
{
	const char *text = preview->err.text, *end = strstr(text, "): ");
	const size_t n = strlen(glance->op->name);

	return end && strncmp(text, glance->op->name, n) == 0 && text[n] == ' ' ? end + 3
										: text;
}

const char *
glance_text(struct glance *glance, bool *is_bad, struct arena *arena)
{
	const struct preview *preview;

	*is_bad = false;
	if (!glance->is_asked)
		return "";
	if (glance->err.text[0]) {
		*is_bad = true;
		return glance->err.text;
	}
	preview = preview_get(glance->previewer);
	if (!preview || preview_is_busy(glance->previewer))
		return "";
	*is_bad = preview->has_failed;
	if (preview->has_failed)
		return reason(glance, preview);
	return told(preview, preview_counted(glance->previewer), arena);
}

int
glance_draw(struct glance *glance, struct app *app, struct pane pane, int row)
{
	bool is_bad;
	const char *text = glance_text(glance, &is_bad, &app->arena);

	if (!*text && glance->is_asked)
		text = "…";
	if (!*text)
		return row;
	return wrap_draw(pane, row, 0, pane.columns, 2, PAINT(is_bad ? INK_ERR : INK_OK),
			 text_of(text)) +
	       1;
}
