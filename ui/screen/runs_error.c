/*
 * runs_error - what went wrong in a run, and the line of code that it was.
 */
#include <stdlib.h>

#include "screen/runs_screen.h"
#include "widget/step_text.h"
#include "widget/wrap.h"

/* A line of a step's code, and the one before it. */
struct excerpt {
	size_t number; /* of the line that failed, from 1; 0: none is known */
	const char *code;
};

/* The code that a step was told; NULL: it has none. */
static const char *
code_of(const struct node *node, struct arena *arena)
{
	struct step_settings settings;

	step_settings(node, &settings, arena);
	for (size_t i = 0; settings.op && i < settings.n; i++)
		for (const struct param *p = settings.op->params; p->name; p++)
			if (p->kind == KIND_CODE &&
			    strcmp(p->name, settings.at[i].name) == 0)
				return settings.at[i].value;
	return NULL;
}

/* Code says "line 3: ...". */
static size_t
line_of(const char *sentence)
{
	static const char word[] = "line ";

	for (const char *at = strstr(sentence, word); at; at = strstr(at + 1, word)) {
		char *end;
		const unsigned long number = strtoul(at + strlen(word), &end, 10);

		if (number && end[0] == ':' && end[1] == ' ')
			return number;
	}
	return 0;
}

static struct excerpt
excerpt_of(struct app *app, const struct runs *runs)
{
	const size_t failed = runs_failed(runs);
	struct excerpt out = { 0 };

	if (failed == FLOW_NONE || !runs->now.err)
		return out;
	out.code = code_of(&running_flow(runs->running)->nodes[failed], &app->arena);
	out.number = out.code ? line_of(runs->now.err->text) : 0;
	return out;
}

size_t
runs_code_rows(struct app *app, const struct runs *runs)
{
	const struct excerpt excerpt = excerpt_of(app, runs);

	return excerpt.number < 2 ? excerpt.number : 2;
}

static int
draw_code(const struct excerpt *excerpt, struct pane pane, int row)
{
	struct text rest = text_of(excerpt->code ? excerpt->code : ""), line;

	for (size_t n = 1; n <= excerpt->number && rest.size && row < pane.rows; n++) {
		const bool is_it = n == excerpt->number;
		const char *end = memchr(rest.data, '\n', rest.size);
		int column;

		line = rest;
		line.size = end ? (size_t)(end - rest.data) : rest.size;
		rest.data += line.size + (end != NULL);
		rest.size -= line.size + (end != NULL);
		if (n + 1 < excerpt->number)
			continue;
		if (is_it)
			pane_put(pane, row, 3, PAINT(INK_ERR), 0x25b6);
		column = pane_print(pane, row, 5, PAINT(INK_DIM), "%3zu  ", n);
		pane_text(pane, row++, 5 + column, pane.columns - column - 6,
			  PAINT(is_it ? INK_TEXT : INK_DIM), line);
	}
	return row;
}

/* Did a step fail that nobody allowed to run? */
static bool
waits_for_trust(const struct app *app, const struct runs *runs)
{
	return !app->work.is_trusted &&
	       work_runs_code(&running_flow(runs->running)->nodes[runs_failed(runs)]);
}

int
runs_draw_error(struct app *app, const struct runs *runs, struct pane pane, int row)
{
	const struct excerpt excerpt = excerpt_of(app, runs);

	pane_rule(pane, row++, PAINT(INK_ERR),
		  runs->now.check && !runs->now.eta->at.what
			  ? "error · found before anything ran"
			  : "error");
	row = wrap_draw(pane, row, 1, pane.columns - 2, pane.rows - row, PAINT(INK_ERR),
			text_of(arena_print(&app->arena, "✗ %s", runs->now.err->text)));
	row = draw_code(&excerpt, pane, row);
	if (row < pane.rows && runs_failed(runs) != FLOW_NONE)
		pane_print(pane, row++, 3, PAINT(INK_DIM), "g goes to the step%s",
			   waits_for_trust(app, runs)
				   ? " · :trust lets code of the flow run"
				   : "");
	return row;
}
