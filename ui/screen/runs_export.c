/*
 * runs_export - the run at hand, once it has ended, as text and as JSON: the same document
 * that "lariat run --json" prints.
 */
#include "run/report_json.h"
#include "screen/export.h"
#include "screen/runs_screen.h"

static const char *
add_nodes(const char *text, const struct run_report *report, struct arena *arena)
{
	for (size_t i = 0; i < report->n_nodes; i++) {
		const struct run_node *node = &report->nodes[i];

		text = arena_print(arena, "%s\n%s (%.8s): %llu rows, %zu columns, %.3f s",
				   text, node->title, node->id,
				   (unsigned long long)node->rows, node->schema.n,
				   node->seconds);
	}
	return text;
}

static const char *
add_files(const char *text, const struct run_report *report, struct arena *arena)
{
	for (size_t i = 0; i < report->n_deliveries; i++) {
		const struct run_delivery *file = &report->deliveries[i];

		text = arena_print(arena, "%s\nwritten: %s, %llu rows, %zu columns", text,
				   file->path, (unsigned long long)file->rows,
				   file->columns);
	}
	return text;
}

static const char *
add_lines(const char *text, const char *what, const struct names *lines,
	  struct arena *arena)
{
	for (size_t i = 0; i < lines->n; i++)
		text = arena_print(arena, "%s\n%s%s", text, what, lines->at[i]);
	return text;
}

const char *
runs_log(const struct runs *runs, struct arena *arena, struct error *err)
{
	const struct run_report *report = runs->now.report;
	const char *text;

	if (!runs->running || runs_is_busy(runs)) {
		fail(err,
		     runs->running ? "the run has not ended" : "nothing has run yet");
		return NULL;
	}
	if (!report)
		return runs->now.err ? arena_print(arena, "%s\n", runs->now.err->text)
				     : "";
	text = arena_print(arena, "run %u: %.2f s\n", runs->number, report->seconds);
	text = add_nodes(text, report, arena);
	text = add_files(text, report, arena);
	text = add_lines(text, "warning: ", &report->warnings, arena);
	return add_lines(text, "", &report->notes, arena);
}

enum { TEXT, JSON };

static const struct ending list[] = {
	[TEXT] = { ".txt", "what the run says" },
	[JSON] = { ".json", "for programs" },
	{ 0 },
};

static const struct ending *
endings(struct arena *arena)
{
	(void)arena;
	return list;
}

/* One that went wrong has an error instead of a report. */
static const struct json *
json_of(const struct runs *runs, struct app *app)
{
	const char *path = app->work.path    ? app->work.path
			   : app->work.table ? app->work.table
					     : "";
	const struct json *o = json_new_object();
	struct arena *arena = &app->arena;

	if (runs->now.report)
		return run_report_json(path, runs->now.report, arena);
	o = json_with(o, "flow", json_new_string(path, arena), arena);
	o = json_with(o, "seconds", json_new_double(runs->now.seconds, arena), arena);
	return json_with(o, "error",
			 json_new_string(runs->now.err ? runs->now.err->text : "", arena),
			 arena);
}

static bool
print(void *self, struct app *app, const char *path, struct buffer *out,
      struct error *err)
{
	static const struct json_style style = { .indent = 2, .newline = true };
	const struct runs *runs = self;
	const char *text = runs_log(runs, &app->arena, err);

	if (!text)
		return false;
	if (ending_of(list, path) == &list[JSON])
		return json_write(json_of(runs, app), &style, out, err);
	return buffer_put(out, text, err) && (!*text || text[strlen(text) - 1] == '\n' ||
					      buffer_append(out, "\n", 1, err));
}

const struct exports runs_exports = {
	.what = "a run",
	.endings = endings,
	.print = print,
};
