/* A document opened, changed, saved: what stands in memory and on the disk. */
#include "desk/work.h"

#include <pthread.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "check.h"
#include "desk/job.h"
#include "desk/opening.h"
#include "desk/paths.h"
#include "desk/step.h"
#include "run/head.h"

static struct arena arena;
static struct error err;
static char folder[64];

static const char *
in_folder(const char *name)
{
	return arena_print(&arena, "%s/%s", folder, name);
}

static void
put(const char *name, const char *bytes)
{
	FILE *file = fopen(in_folder(name), "w");

	CHECK(file != NULL);
	fputs(bytes, file);
	fclose(file);
}

static const char *
get(const char *name)
{
	struct buffer *bytes = file_read(in_folder(name), 1 << 20, &err);
	const char *text = bytes ? arena_text_n(&arena, bytes->data, bytes->size) : NULL;

	buffer_drop(bytes);
	return text;
}

/* Fields of an operator as words would set them. */
static void *
told(const char *name, const char *setting)
{
	const struct op *op = op_find(name);
	void *fields;

	CHECK(step_fields(op, &fields, &arena, &err));
	CHECK(!setting || param_set(op->params, fields, setting, &arena, &err));
	return fields;
}

static bool
add(struct work *work, const char *name, const char *setting)
{
	const struct work_step step = { .op = op_find(name),
					.fields = told(name, setting),
					.second = FLOW_NONE,
					.command = name };

	return work_add_step(work, &step, &err);
}

/* How many rows the current node has; -1: it fails. */
static long
rows_of(struct work *work)
{
	struct head head;
	long rows = -1;

	if (head_of_node(&work->flow, work->node, &work->options, 100, &head, &err)) {
		rows = (long)head.rows->rows;
		head_release(&head);
	}
	return rows;
}

static void
test_table(void)
{
	struct work work = { 0 };
	unsigned version;

	put("trips.csv", "a,b\n1,x\n1,x\n2,y\n");
	CHECK(work_open(&work, in_folder("trips.csv"), &err));
	CHECK(work.flow.n == 2 && work_place(&work) == 1);
	CHECK(work_is_saved(&work) && work.is_trusted && !work.path);
	CHECK_TEXT(work_suggest(&work, &arena), in_folder("trips.flow"));
	CHECK(!flow_undo_what(&work.flow) && rows_of(&work) == 3);

	version = work.version;
	CHECK(add(&work, "drop_duplicates", NULL));
	CHECK(work.version != version && !work_is_saved(&work));
	CHECK(work_place(&work) == 2 && rows_of(&work) == 2);
	CHECK(work_undo(&work, &err) && work.flow.n == 2);
	CHECK(work_place(&work) == 1 && rows_of(&work) == 3);
	CHECK(work_redo(&work, &err) && work_place(&work) == 2);
	CHECK(!work_redo(&work, &err));

	CHECK(!work_save(&work, NULL, &err) && !work_save(&work, "-", &err));
	CHECK(work_save(&work, in_folder("trips"), &err) && work_is_saved(&work));
	CHECK_TEXT(work.path, in_folder("trips.flow"));
	CHECK(strstr(get("trips.flow"), "\"s3Uri\": \"trips.csv\"") != NULL);
	CHECK(work_undo(&work, &err) && !work_is_saved(&work));
	CHECK(work_redo(&work, &err) && work_is_saved(&work));
	work_close(&work);
	job_settle();
	CHECK(!paths_exists(in_folder(".trips.flow.lock")));
}

/* In another folder the same table is read. */
static void
test_save_elsewhere(void)
{
	struct work work = { 0 };

	CHECK(mkdir(in_folder("other"), 0700) == 0);
	CHECK(work_open(&work, in_folder("trips.flow"), &err) && rows_of(&work) == 2);
	CHECK(work_save(&work, in_folder("other/t.flow"), &err) && rows_of(&work) == 2);
	CHECK(strstr(get("other/t.flow"), in_folder("trips.csv")) != NULL);
	CHECK(work_save(&work, in_folder("t2.flow"), &err) && rows_of(&work) == 2);
	CHECK(strstr(get("t2.flow"), in_folder("trips.csv")) != NULL);
	work_close(&work);
}

static void
test_lock(void)
{
	struct work work = { 0 }, again = { 0 };
	char line[OWNER_SIZE];
	struct owner owner = { .pid = 1, .host = "elsewhere" };

	CHECK(work_open(&work, in_folder("trips.flow"), &err) && !work.is_locked);
	CHECK(work_open(&again, in_folder("trips.flow"), &err) && !again.is_locked);
	work_close(&work);
	CHECK(paths_exists(in_folder(".trips.flow.lock")));
	work_close(&again);
	job_settle();
	CHECK(!paths_exists(in_folder(".trips.flow.lock")));

	owner_print(&owner, line);
	put(".trips.flow.lock", line);
	CHECK(work_open(&work, in_folder("trips.flow"), &err) && work.is_locked);
	CHECK(work.locked_by.owner.pid == 1);
	CHECK(!work_save(&work, NULL, &err) && strstr(err.text, "elsewhere"));
	CHECK(work_save(&work, in_folder("mine.flow"), &err) && !work.is_locked);
	work_close(&work);
	CHECK(paths_exists(in_folder(".trips.flow.lock")));

	owner_me(&owner);
	owner.began++; /* somebody else had this number before */
	owner_print(&owner, line);
	put(".trips.flow.lock", line);
	CHECK(work_open(&work, in_folder("trips.flow"), &err) && !work.is_locked);
	work_close(&work);
}

/* What is being saved until then: the last one that ended. */
static struct save_report
settled(struct work *work)
{
	struct save_report report = { .end = SAVE_FAILED };

	while (work_saving(work))
		if (!work_save_news(work, true, &report))
			usleep(1000);
	return report;
}

/* What is changed while it is being saved is not saved; saves keep their order. */
static void
test_saving(void)
{
	struct work work = { 0 };
	struct save_report report;

	CHECK(work_open(&work, in_folder("trips.csv"), &err));
	CHECK(work_save(&work, in_folder("first.flow"), &err));
	CHECK(add(&work, "drop_column", "column_to_drop=a"));
	CHECK(work_save_begin(&work, NULL, false, &err) && work_saving(&work));
	CHECK(!work_is_saved(&work));
	CHECK(add(&work, "drop_column", "column_to_drop=b"));
	report = settled(&work);
	CHECK(report.end == SAVE_DONE && report.is_same && !work_is_saved(&work));
	CHECK_TEXT(report.path, in_folder("first.flow"));
	CHECK(strstr(get("first.flow"), "\"a\"") && !strstr(get("first.flow"), "\"b\""));
	CHECK(work_undo(&work, &err) && work_is_saved(&work));
	CHECK(work_redo(&work, &err) && !work_is_saved(&work));

	CHECK(work_save_begin(&work, in_folder("second.flow"), false, &err));
	CHECK(work_undo(&work, &err));
	CHECK(work_save_begin(&work, in_folder("third.flow"), false, &err));
	report = settled(&work);
	CHECK(report.end == SAVE_DONE && work_is_saved(&work));
	CHECK_TEXT(work.path, in_folder("third.flow"));
	CHECK(strstr(get("second.flow"), "\"b\"") && !strstr(get("third.flow"), "\"b\""));
	CHECK(!paths_exists(in_folder(".second.flow.lock")));
	CHECK(paths_exists(in_folder(".third.flow.lock")));

	CHECK(work_save_begin(&work, in_folder("none/x.flow"), false, &err));
	report = settled(&work);
	CHECK(report.end == SAVE_FAILED && strstr(report.err.text, "none"));
	CHECK_TEXT(work.path, in_folder("third.flow"));
	CHECK(work_is_saved(&work) && paths_exists(in_folder(".third.flow.lock")));
	work_close(&work);
}

/* What is there is not written over but when told so. */
static void
test_over(void)
{
	struct work work = { 0 };
	struct owner other = { .pid = 1, .host = "elsewhere" };
	struct save_report report;
	char line[OWNER_SIZE];

	CHECK(work_open(&work, in_folder("third.flow"), &err));
	CHECK(work_save_begin(&work, in_folder("second.flow"), false, &err));
	CHECK(settled(&work).end == SAVE_IS_THERE);
	CHECK_TEXT(work.path, in_folder("third.flow"));
	put("third.flow", "mine");
	CHECK(work_save_begin(&work, NULL, false, &err));
	CHECK(!work_save_news(&work, false, &report));
	CHECK(settled(&work).end == SAVE_HAS_CHANGED);
	CHECK_TEXT(get("third.flow"), "mine");
	owner_print(&other, line);
	put(".third.flow.lock", line);
	CHECK(work_save_begin(&work, NULL, false, &err));
	report = settled(&work);
	CHECK(report.end == SAVE_IS_TAKEN && report.holder.owner.pid == 1);
	CHECK(work_save_begin(&work, NULL, true, &err));
	CHECK(settled(&work).end == SAVE_DONE);
	CHECK(strstr(get(".third.flow.lock"), " after 1 0 elsewhere") != NULL);
	work_close(&work);
	job_settle();
	CHECK(!paths_exists(in_folder(".third.flow.lock")));
}

static void
test_opening(void)
{
	struct work work = { 0 };
	struct opening *opening;
	struct opening_spec spec = { .path = in_folder("second.flow") };
	const struct work_stamp stamp = work_stamp_of(spec.path);

	CHECK(opening_begin(&spec, &opening, &err) && opening_wait(opening, -1));
	CHECK(opening_take(opening, &work, &err) == OPENING_DONE);
	CHECK(work.is_open && work_stamp_is(&work.stamp, &stamp));
	spec.unless = &stamp;
	CHECK(opening_begin(&spec, &opening, &err) && opening_wait(opening, -1));
	CHECK(opening_take(opening, &(struct work){ 0 }, &err) == OPENING_NEEDLESS);
	spec = (struct opening_spec){ .path = in_folder("second.flow") };
	CHECK(opening_begin(&spec, &opening, &err) && opening_wait(opening, -1));
	opening_drop(opening);
	CHECK(paths_exists(in_folder(".second.flow.lock")));
	work_close(&work);
	job_settle();
	CHECK(!paths_exists(in_folder(".second.flow.lock")));
	spec.path = in_folder("nowhere.csv");
	CHECK(opening_begin(&spec, &opening, &err) && opening_wait(opening, -1));
	CHECK(opening_take(opening, &work, &err) == OPENING_FAILED && err.text[0]);
}

/* Does the run end because the code is nobody's? */
static bool
is_refused(struct work *work)
{
	err.text[0] = '\0';
	return rows_of(work) == -1 && strstr(err.text, "trust");
}

static void
test_trust(void)
{
	struct work work = { 0 };

	CHECK(work_open(&work, in_folder("trips.csv"), &err));
	CHECK(add(&work, "custom_code_pandas", NULL));
	CHECK(work.is_trusted && !is_refused(&work));
	CHECK(work_save(&work, in_folder("code.flow"), &err));
	work_close(&work);
	CHECK(work_open(&work, in_folder("code.flow"), &err));
	CHECK(!work.is_trusted && is_refused(&work));
	work_trust(&work);
	CHECK(work.is_trusted && !is_refused(&work));
	work_suspect(&work); /* something came in */
	CHECK(!work.is_trusted && is_refused(&work));
	work_close(&work);
	CHECK(work_open(&work, in_folder("trips.flow"), &err) && work.is_trusted);
	work_suspect(&work);
	CHECK(work.is_trusted);
	work_close(&work);
	work.trusts_all = true;
	CHECK(work_open(&work, in_folder("code.flow"), &err) && !is_refused(&work));
	work_close(&work);
	CHECK(work.trusts_all);
	work.trusts_all = false;
	CHECK(work_open(&work, in_folder("trips.flow"), &err));
	work_close(&work);
}

/* A snapshot outlives what it was taken of, and does not see its changes. */
static void *
look(void *argument)
{
	struct flow *flow = argument;
	struct error own;
	struct buffer *bytes = buffer_new(0, &own);
	const bool ok = bytes && flow_print(flow, bytes, &own) && flow->n == 3 &&
			bytes->size > 300;

	buffer_drop(bytes);
	flow_release(flow);
	return ok ? argument : NULL;
}

static void
test_snapshot(void)
{
	struct work work = { 0 };
	struct flow snapshot, other;
	pthread_t thread;
	void *seen;

	CHECK(work_open(&work, in_folder("trips.flow"), &err));
	CHECK(work_snapshot(&work.flow, &snapshot, &err));
	CHECK(work_snapshot(&snapshot, &other, &err));
	CHECK_TEXT(other.path, work.path);
	CHECK(add(&work, "drop_column", "column_to_drop=a") && other.n == 3);
	CHECK(pthread_create(&thread, NULL, look, &snapshot) == 0);
	work_close(&work);
	CHECK(pthread_join(thread, &seen) == 0 && seen);
	CHECK(look(&other));
}

static void
test_refused(void)
{
	struct work work = { 0 };

	CHECK(!work_open(&work, "-", &err) && !work.is_open);
	CHECK(!work_open(&work, in_folder("none.flow"), &err) && !work.is_open);
	CHECK(!work_open(&work, in_folder("none.csv"), &err) && !work.is_open);
	CHECK(work_new(&work, &err) && work.flow.n == 0 && work_is_saved(&work));
	CHECK(work_place(&work) == FLOW_NONE);
	work_close(&work);
}

int
main(void)
{
	const char *base = getenv("TMPDIR");

	snprintf(folder, sizeof folder, "%s/workXXXXXX", base ? base : "/tmp");
	CHECK(mkdtemp(folder) != NULL);
	test_table();
	test_save_elsewhere();
	test_lock();
	test_saving();
	test_over();
	test_opening();
	test_trust();
	test_snapshot();
	test_refused();
	job_settle(); /* locks are let go of by then */
	CHECK(system(arena_print(&arena, "rm -r '%s'", folder)) == 0);
	arena_release(&arena);
	return check_report();
}
