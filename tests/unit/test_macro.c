/*
 * What was done is recorded so that it can be done again: scripts by chance, played on
 * another copy of the table, come to the same document but for its ids, stand at the same
 * step, and are recorded alike.
 */
#include "screen/macro.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "base/random.h"
#include "check.h"
#include "widget/step_ref.h"

enum { SCRIPTS = 60, DEEDS = 30 };

static struct arena arena;
static struct error err;
static uint64_t seed;

static const struct field columns[] = {
	{ .name = "a", .type = TYPE_LONG },
	{ .name = "b c", .type = TYPE_STRING },
	{ .name = "d step=3", .type = TYPE_FLOAT },
	{ .name = "\"e\\", .type = TYPE_DATE },
};

static void
put(const char *name, const char *bytes)
{
	FILE *file = fopen(name, "w");

	CHECK(file && fputs(bytes, file) >= 0);
	if (file)
		fclose(file);
}

/* --- scripts --- */

static size_t
below(size_t n)
{
	return random_below(&seed, n);
}

static size_t
any_place(const struct app *app)
{
	return below(app->work.flow.n);
}

/* A second table: a file, here or not, or a step. */
static const char *
any_table(const struct app *app)
{
	static const char *const files[] = { "other.csv", "./t.csv", "more/third.csv",
					     "not there.csv" };
	const size_t k = below(COUNT(files) + 3);

	return k < COUNT(files) ? files[k]
				: step_ref(&app->work.flow, any_place(app), &arena);
}

static bool
has_fields(const struct op *op, void **fields)
{
	const struct schema schema = { .n = COUNT(columns),
				       .at = (struct field *)columns };

	return step_fields(op, fields, &arena, &err) &&
	       param_random(op->params, *fields, &schema, &seed, &arena, &err) &&
	       param_check(op->params, *fields, &err) &&
	       (!op->check || op->check(*fields, &err));
}

static size_t
ops(void)
{
	size_t n = 0;

	while (op_table[n])
		n++;
	return n;
}

/* As a form says it. */
static void
add_step(struct app *app)
{
	struct step_request request = { .op = op_table[below(ops())],
					.place = FLOW_NONE,
					.links.with = "" };
	void *fields;

	if (!has_fields(request.op, &fields))
		return;
	request.fields = fields;
	if (request.op->flags & OP_TWO_INPUTS)
		request.links.with = any_table(app);
	request.links.branch = below(6) == 0;
	(void)!app_step(app, &request, &err);
}

static void
set_step(struct app *app)
{
	struct step_request request = { .place = any_place(app), .links.with = "" };
	const struct node *node = &app->work.flow.nodes[request.place];
	void *fields;

	if (!step_read(node, &request.op, &fields, &arena, &err) ||
	    !has_fields(request.op, &fields))
		return;
	request.fields = fields;
	if (node->n_inputs == 2 && below(2))
		request.links.with = any_table(app);
	(void)!app_step(app, &request, &err);
}

static bool
command(struct app *app, const char *line)
{
	return app_command(app, line, &err);
}

/* Said of the current step, or of one by its number. */
static void
of_step(struct app *app, const char *line)
{
	if (below(2))
		line = arena_print(&arena, "%s step=%s", line,
				   step_ref(&app->work.flow, any_place(app), &arena));
	command(app, line);
}

static void
do_anything(struct app *app)
{
	static const char *const of_steps[] = {
		"delete-step", "delete below",
		"switch",      "move-up",
		"move-down",   "rename-step text=\"x \\\"y\\\" step=1\"",
		"rename-step", "note text=\"as it\\nmust be\"",
		"copy-step",   "paste-step",
	};
	static const char *const others[] = {
		"undo",          "redo",      "undo n=3",         "repeat",  "repeat",
		"branch",        "flow",      "go-step 2",        "no such", "delete 99",
		"rename_column", "edit-step", "edit-step branch",
	};
	const size_t kind = below(12);

	if (app->work.flow.n == 0)
		command(app, "undo");
	else if (kind < 4)
		add_step(app);
	else if (kind < 6)
		set_step(app);
	else if (kind < 8)
		of_step(app, of_steps[below(COUNT(of_steps))]);
	else if (kind < 10)
		command(app, others[below(COUNT(others))]);
	else
		app_select(app, any_place(app));
}

/* --- what came of them --- */

/* The document, with each id as the place of its node. */
static const char *
canonical(const struct flow *flow)
{
	struct buffer *bytes = buffer_new(0, &err);
	char *text;

	CHECK(bytes && flow_print(flow, bytes, &err));
	text = arena_text_n(&arena, bytes->data, bytes->size);
	buffer_drop(bytes);
	for (size_t i = 0; i < flow->n; i++) {
		const char *id = flow->nodes[i].id;
		const size_t n = strlen(id);
		char place[64];

		snprintf(place, sizeof place, "%0*zu", (int)n, i);
		for (char *at = text; (at = strstr(at, id)); at += n)
			memcpy(at, place, n);
	}
	return text;
}

static const char *
recorded(const struct app *app)
{
	return app->record ? arena_text_n(&arena, app->record->data, app->record->size)
			   : "";
}

static const char *
current(const struct app *app)
{
	const size_t place = work_place(&app->work);

	return place == FLOW_NONE ? "none" : arena_print(&arena, "%zu", place);
}

static bool
begin(struct app *app)
{
	err = (struct error){ 0 };
	if (!app_init(app, &err))
		return false;
	app->is_macro = true;
	return app_open(app, "t.csv", &err);
}

struct outcome {
	const char *document, *record, *current;
};

static void
end(struct app *app, struct outcome *outcome)
{
	*outcome = (struct outcome){ canonical(&app->work.flow), recorded(app),
				     app_way(app) ? "elsewhere" : current(app) };
	app_release(app);
}

static bool
play(struct outcome *outcome)
{
	static struct app app;
	const bool played = begin(&app) && macro_play(&app, "macro.txt", &err);

	end(&app, outcome);
	return played;
}

/* Where one goes without doing anything there is not recorded. */
static void
script(uint64_t number)
{
	static struct app app;
	struct outcome done, again;
	const int failed = check_failed;

	seed = number;
	CHECK(begin(&app));
	add_step(&app);
	for (int i = 0; i < DEEDS; i++)
		do_anything(&app);
	CHECK(command(&app, "note text=end") && macro_save(&app, "macro.txt", &err));
	end(&app, &done);
	if (!play(&again))
		CHECK_TEXT(err.text, "");
	CHECK_TEXT(again.document, done.document);
	CHECK_TEXT(again.record, done.record);
	CHECK_TEXT(again.current, done.current);
	if (check_failed > failed)
		printf("script %d:\n%s\n", (int)number, done.record);
	arena_release(&arena);
}

/* --- some lines, and what is recorded of them --- */

static const struct {
	const char *lines[8], *wanted;
} told[] = {
	{ { "rename_column a x", "drop_column x", "go 3", "rename_column x y" },
	  "rename_column input_column=a new_name=x\n"
	  "drop_column column_to_drop=x\n"
	  "go-step step=3\n"
	  "rename_column input_column=x new_name=y\n" },
	{ { "rename_column a x", "go 1", "go 3", "edit new_name=z", "delete" },
	  "rename_column input_column=a new_name=x\n"
	  "edit-step step=3 new_name=z\n"
	  "delete-step step=3\n" },
	{ { "branch", "rename_column a x" },
	  "rename_column input_column=a new_name=x branch=true\n" },
	{ { "join_tables a a with=other.csv", "undo" },
	  "join_tables left_column=a right_column=a with=other.csv\nundo\n" },
	{ { "rename_column a x", "switch", ".", "note \"two words\"", "go 2", "repeat" },
	  "rename_column input_column=a new_name=x\n"
	  "switch step=3\n"
	  "note text=\"two words\" step=3\n"
	  "note text=\"two words\" step=2\n" },
	{ { "rename_column a x", "switch step=rename", "switch step=\"Rename columns\"" },
	  "rename_column input_column=a new_name=x\nswitch step=3\n" },
};

static void
test_lines(void)
{
	for (size_t i = 0; i < COUNT(told); i++) {
		static struct app app;

		CHECK(begin(&app));
		for (size_t k = 0; k < COUNT(told[i].lines) && told[i].lines[k]; k++)
			command(&app, told[i].lines[k]);
		CHECK_TEXT(recorded(&app), told[i].wanted);
		app_release(&app);
	}
	arena_release(&arena);
}

/* One undo takes the whole join back; what fails leaves nothing behind. */
static void
test_join(void)
{
	static struct app app;
	const char *before;

	CHECK(begin(&app));
	before = canonical(&app.work.flow);
	CHECK(app_command(&app, "join_tables a a with=more/third.csv", &err));
	CHECK(app.work.flow.n == 5);
	CHECK(app_command(&app, "undo", &err));
	CHECK_TEXT(canonical(&app.work.flow), before);
	CHECK(app_command(&app, "redo", &err) && app.work.flow.n == 5);
	CHECK(app_command(&app, "edit with=other.csv", &err) && app.work.flow.n == 7);
	CHECK(app_command(&app, "undo", &err) && app.work.flow.n == 5);
	CHECK(app_command(&app, "undo", &err));
	CHECK(!app_command(&app, "join_tables a a with=missing.csv", &err));
	CHECK_TEXT(err.text, "with: 'missing.csv' is no step of the flow and no file");
	CHECK_TEXT(canonical(&app.work.flow), before);
	app_release(&app);
	arena_release(&arena);
}

int
main(void)
{
	char folder[] = "/tmp/lariat-macro-XXXXXX";
	char *remove;

	if (!mkdtemp(folder) || chdir(folder) != 0 ||
	    setenv("XDG_STATE_HOME", folder, 1) != 0 ||
	    setenv("XDG_CONFIG_HOME", folder, 1) != 0)
		return 1;
	put("t.csv", "a,b c,d step=3,\"\"\"e\\\"\n1,x,2.5,2024-01-02\n2,y,3,\n");
	put("other.csv", "a,f\n1,p\n3,q\n");
	CHECK(system("mkdir more && cp other.csv more/third.csv") == 0);
	test_lines();
	test_join();
	for (uint64_t number = 1; number <= SCRIPTS; number++)
		script(number);
	CHECK(asprintf(&remove, "rm -rf %s", folder) > 0 && system(remove) == 0);
	free(remove);
	return check_report();
}
