/*
 * export - what is on view as a file, made behind the screen's back.
 *
 * One at a time. For rows the job runs a flow of its own (a snapshot) up to the step; the
 * screen hears how far it is, and what came out. All else is printed before, and the job
 * writes it.
 */
#include <stdatomic.h>
#include <stdio.h>

#include "base/file.h"
#include "desk/paths.h"
#include "desk/table_text.h"
#include "desk/watch.h"
#include "screen/export.h"
#include "screen/start.h"

struct export
{
	struct arena arena;
	struct buffer *bytes; /* that are written; NULL: rows are */
	const char *what;     /* they are: "a chart" */
	struct flow flow;
	struct run_options options;
	const char *path;
	struct wake wake;
	atomic_int percent;
	atomic_bool cancel;
	bool ok;
	uint64_t rows;
	const char *remark; /* what is odd about the rows; NULL: nothing */
	struct error err;
};

/* --- the job --- */

static void
progress(void *context, const struct run_progress *progress)
{
	struct export *export = context;
	const int percent =
		progress->total ? (int)(progress->done * 100 / progress->total) : 0;

	if (atomic_exchange(&export->percent, percent) != percent)
		wake_up(&export->wake);
}

static void
write_rows(struct export *export, const atomic_bool *cancel)
{
	struct run_report report = { 0 };

	export->options.cancel = cancel;
	export->options.progress = progress;
	export->options.progress_context = export;
	export->ok = run_flow(&export->flow, &export->options, &report, &export->err);
	for (size_t i = 0; export->ok && i < report.n_nodes; i++)
		if (!strcmp(report.nodes[i].id, export->options.node))
			export->rows = report.nodes[i].rows;
	if (export->ok && report.warnings.n)
		export->remark = arena_text(&export->arena, report.warnings.at[0]);
	run_report_release(&report);
}

static void
work_at(void *context, const atomic_bool *cancel)
{
	struct export *export = context;
	const struct buffer *bytes = export->bytes;

	if (!bytes)
		write_rows(export, cancel);
	else
		export->ok = file_write(export->path,
					(struct text){ bytes->data, bytes->size },
					&export->err);
}

static void
discard(void *context)
{
	struct export *export = context;
	struct arena arena = export->arena;

	if (!export->bytes)
		flow_release(&export->flow);
	buffer_drop(export->bytes);
	arena_release(&arena);
}

static void
prepare_rows(struct app *app, struct export *export)
{
	export->options = app->work.options;
	export->options.node = arena_text(&export->arena, app->work.node);
	export->options.output = export->path;
	export->options.cache = NULL;
	export->options.sync = true;
	export->options.keep_blanks = true;
	export->options.tells_formulas = true;
}

/* Takes over the bytes, whatever comes of it; NULL: rows. */
static struct export *
export_new(struct app *app, const char *path, struct buffer *bytes, const char *what,
	   struct error *err)
{
	struct arena arena = { 0 };
	struct export *export = ARENA_NEW(&arena, struct export);

	export->path = arena_text(&arena, path);
	export->what = what ? arena_text(&arena, what) : NULL;
	export->bytes = bytes;
	export->wake = app->wake;
	export->arena = arena;
	if (bytes)
		return export;
	prepare_rows(app, export);
	if (work_snapshot(&app->work.flow, &export->flow, err))
		return export;
	arena = export->arena;
	arena_release(&arena);
	return NULL;
}

/* --- what is seen of it: nothing but messages --- */

static void
end(struct app *app, struct exporter *exporter)
{
	struct export *export = job_take(exporter->job);

	exporter->job = NULL;
	app->n_running--;
	if (export->ok && export->bytes)
		app_say(app, TONE_GOOD, "exported %s to %s", export->what,
			paths_short(export->path, &app->arena));
	else if (export->ok)
		app_say(app, TONE_GOOD, "exported %llu rows to %s%s%s",
			(unsigned long long)export->rows,
			paths_short(export->path, &app->arena),
			export->remark ? " · " : "",
			export->remark ? export->remark : "");
	else
		app_fail(app, &export->err);
	exporter->err = export->ok ? (struct error){ 0 } : export->err;
	discard(export);
}

bool
export_news(struct app *app, struct exporter *exporter)
{
	int percent;

	if (!exporter->job)
		return false;
	if (job_is_done(exporter->job)) {
		end(app, exporter);
		return true;
	}
	percent = atomic_load(&exporter->export->percent);
	if (percent == exporter->shown || exporter->export->bytes)
		return false;
	exporter->shown = percent;
	app_say(app, TONE_PLAIN, "exporting to %s · %d%% · Ctrl-C stops",
		paths_short(exporter->export->path, &app->arena), percent);
	return true;
}

void
export_stop(struct app *app)
{
	struct exporter *exporter = exporter_of(app);

	if (!exporter->job)
		return;
	app->n_running--;
	job_drop(exporter->job);
	exporter->job = NULL;
}

/* --- what there is to write --- */

static const struct exports *
exports_of(struct app *app)
{
	const struct layer *ground = app_ground(app);

	return ground->view ? ground->view->exports : NULL;
}

static const struct ending *
own_endings(const struct exports *exports, struct arena *arena)
{
	return exports->endings ? exports->endings(arena) : NULL;
}

static const struct ending *
endings(struct app *app, struct arena *arena)
{
	const struct exports *exports = exports_of(app);

	if (!exports)
		return NULL;
	return ending_join(own_endings(exports, arena),
			   exports->has_rows ? table_endings(arena) : NULL, arena);
}

/* Rows may be packed: the ending before that counts. */
static const char *
without_packing(const struct exports *exports, const char *path, struct arena *arena)
{
	const size_t n = strlen(path);

	return exports->has_rows && ending_fits(path, ".gz")
		       ? arena_text_n(arena, path, n - strlen(".gz"))
		       : path;
}

/* --- the action --- */

struct target {
	const char *file;
};

/* Takes over the bytes; NULL: rows. */
static bool
begin(struct app *app, const char *path, struct buffer *bytes, const char *what,
      struct error *err)
{
	struct exporter *exporter = exporter_of(app);
	struct job_spec spec = { work_at, discard, NULL, &app->wake };

	spec.context = exporter->export = export_new(app, path, bytes, what, err);
	if (!spec.context)
		return false;
	if (!job_start(&spec, &exporter->job, err)) {
		discard(spec.context);
		return false;
	}
	exporter->shown = -1;
	app->n_running++;
	return true;
}

/* A script goes on when it is done. */
static bool
end_of_script(struct app *app, struct error *err)
{
	if (!app->is_macro || app->has_terminal)
		return true;
	app_settle(app);
	return !exporter_of(app)->err.text[0] ||
	       fail(err, "%s", exporter_of(app)->err.text);
}

/* Noted when it begins: the user may have been asked whether it shall. */
static bool
begin_rows(struct app *app, const char *path, struct error *err)
{
	const struct target target = { paths_here(path, &app->arena) };
	const char *command = action_command(action_find("export"), &target, &app->arena);

	if (!app->work.node[0])
		return fail(err, "there is no table to export");
	if (!begin(app, path, NULL, NULL, err))
		return false;
	app_done(app, app_way(app), command, command);
	return end_of_script(app, err);
}

/* What is on view is nothing that is done: it is not noted. */
static bool
begin_view(struct app *app, const char *path, struct error *err)
{
	const struct exports *exports = exports_of(app);
	struct buffer *bytes;
	const char *what = exports->what;

	if (app->is_macro && !app->has_terminal && exports->is_whole)
		app_await(app, exports->is_whole);
	if (exports->is_whole && !exports->is_whole(app))
		what = arena_print(&app->arena, "%s of the rows so far", what);
	bytes = buffer_new(0, err);
	if (!bytes)
		return false;
	if (!exports->print(app_ground(app)->self, app, path, bytes, err)) {
		buffer_drop(bytes);
		return false;
	}
	return begin(app, path, bytes, what, err) && end_of_script(app, err);
}

static bool
start(struct app *app, const char *path, struct error *err)
{
	const struct exports *exports = exports_of(app);

	return ending_of(own_endings(exports, &app->arena), path)
		       ? begin_view(app, path, err)
		       : begin_rows(app, path, err);
}

static void
answered(struct app *app, uint32_t key)
{
	struct error err = { 0 };

	if (key != 'y')
		app_say(app, TONE_PLAIN, "not exported");
	else if (!start(app, app->save_path, &err))
		app_fail(app, &err);
}

static bool
can_be_written(struct app *app, const char *path, struct error *err)
{
	const struct exports *exports = exports_of(app);
	const char *shown = paths_short(path, &app->arena);

	if (!exports)
		return fail(err, "there is nothing to export here");
	if (!ending_need(endings(app, &app->arena),
			 without_packing(exports, shown, &app->arena), exports->what,
			 err))
		return false;
	if (exporter_of(app)->job)
		return fail(err, "another export is not done yet; Ctrl-C stops it");
	if (watch_reads(&app->work, path))
		return fail(err,
			    "%s is what this flow reads: its rows would be lost; name "
			    "another file",
			    shown);
	return true;
}

static bool
run(struct app *app, const void *fields, struct error *err)
{
	static const struct answer answers[] = { { 'y', "write over it" },
						 { 'n', "no" } };
	const struct target *target = fields;
	const char *path = paths_absolute(target->file, &app->arena);

	if (!can_be_written(app, path, err))
		return false;
	if (app->is_macro || !app->settings.confirm || !paths_exists(path))
		return start(app, path, err);
	snprintf(app->save_path, sizeof app->save_path, "%s", path);
	ask_open(app,
		 arena_print(&app->arena, "%s is there already.",
			     paths_short(path, &app->arena)),
		 answers, COUNT(answers), answered);
	return true;
}

static const struct param params[] = {
	PARAM_PATH(struct target, file, "File",
		   "its ending says how: ⇥ shows which there are; rows: .gz packs them"),
	{ 0 },
};

const struct action export_actions[] = {
	{ .name = "export",
	  .title = "Export what is on view",
	  .menu = "File",
	  .keys = "E",
	  .where = IN_FLOW | IN_DATA | IN_INSIGHT | IN_CHART | IN_RUNS,
	  .help = "Write what is on view to a file, as its ending says: rows, a flow, a "
		  "chart, findings, a run.",
	  .params = params,
	  .params_size = sizeof(struct target),
	  .flags = ACTION_MOVE | ACTION_LINE,
	  .run = run,
	  .endings = endings },
	{ 0 },
};
