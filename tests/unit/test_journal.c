/* What was noted comes back byte by byte, wherever the file of it ends. */
#include "desk/journal.h"

#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/file.h"
#include "base/random.h"
#include "check.h"
#include "desk/draft.h"
#include "desk/job.h"
#include "desk/paths.h"
#include "desk/work.h"
#include "flow/edit.h"

enum { STATES = 24 };

static struct arena arena;
static struct error err;
static struct wake wake;
static char folder[64];
static uint64_t seed = 11;

static const char *
in_folder(const char *name)
{
	return arena_print(&arena, "%s/%s", folder, name);
}

static void
put(const char *name, const char *bytes, size_t n)
{
	FILE *file = fopen(in_folder(name), "w");

	CHECK(file && fwrite(bytes, 1, n, file) == n);
	if (file)
		fclose(file);
}

static struct text
printed(const struct flow *flow)
{
	struct buffer *bytes = buffer_new(0, &err);
	struct text text;

	CHECK(bytes && flow_print(flow, bytes, &err));
	text = (struct text){ arena_text_n(&arena, bytes->data, bytes->size),
			      bytes->size };
	buffer_drop(bytes);
	return text;
}

static bool
is_text(const struct draft *draft, struct text text)
{
	return text_equal((struct text){ draft->text->data, draft->text->size }, text);
}

/* A change of any kind; some have bytes in them that are no UTF-8. */
static void
change(struct work *work)
{
	const size_t place = random_below(&seed, (uint32_t)work->flow.n);
	char name[24] = { 0 };
	const char *what = "rename";
	bool ok = true;

	switch (random_below(&seed, 5)) {
	case 0:
		ok = flow_undo_what(&work->flow) ? work_undo(work, &err) : true;
		return;
	case 1:
		ok = flow_redo_what(&work->flow) ? work_redo(work, &err) : true;
		return;
	case 2:
		what = "set";
		ok = flow_set_parameter(&work->flow, place, "a.b",
					json_new_long((int64_t)random_below(&seed, 99),
						      &work->flow.arena),
					&err);
		break;
	default:
		for (size_t i = 0; i + 1 < sizeof name; i++)
			name[i] = "\xff\xc3\xa4\"\\\x01\x7f xyz"[random_below(&seed, 11)];
		ok = flow_rename(&work->flow, place, name, &err);
	}
	CHECK(ok && work_changed(work, what, &err));
}

static void
open_table(struct work *work)
{
	*work = (struct work){ .wake = &wake };
	put("t.csv", "a,b\n1,2\n", 8);
	CHECK(work_open(work, in_folder("t.csv"), &err));
}

/* Every length of the file gives the state of its last whole line, or nothing. */
static void
cut_everywhere(const char *path, const struct text *states, size_t n)
{
	struct buffer *bytes = file_read(path, 1 << 24, &err);
	size_t at = 0, reached = 0;

	CHECK(bytes != NULL);
	for (size_t size = 0; size <= bytes->size; size++) {
		struct draft draft;
		bool fits = false;

		put("cut.wbj", bytes->data, size);
		if (!draft_read(in_folder("cut.wbj"), &draft, &err)) {
			CHECK(!reached);
			continue;
		}
		for (; at < n && !fits; at += !fits)
			fits = is_text(&draft, states[at]);
		CHECK(fits);
		reached = size;
		draft_release(&draft);
	}
	CHECK(at == n - 1);
	buffer_drop(bytes);
}

static void
test_cut(void)
{
	struct text states[STATES + 1];
	struct work work;
	const char *path = in_folder("own.wbj");
	const struct journal_spec spec = { .path = path, .wake = &wake };
	struct draft draft;

	open_table(&work);
	work_discard(&work);
	CHECK(journal_open(&spec, &work.flow, &work.journal, &err));
	states[0] = printed(&work.flow);
	CHECK(!paths_exists(path));
	for (size_t i = 1; i <= STATES; i++) {
		change(&work);
		states[i] = printed(&work.flow);
		CHECK(journal_flush(work.journal));
		CHECK(text_equal(states[i], states[0]) || draft_read(path, &draft, &err));
		if (text_equal(states[i], states[0]))
			continue;
		CHECK(is_text(&draft, states[i]) && draft_is_live(&draft));
		draft_release(&draft);
	}
	cut_everywhere(path, states, STATES + 1);
	work_discard(&work);
	work_close(&work);
	job_settle();
	CHECK(!paths_exists(path));
}

/* Damage in the middle leaves what stands before it. */
static void
test_damage(void)
{
	struct draft draft;
	static const char line[] =
		"{\"journal\":1,\"owner\":\"1 1 x\",\"base\":\"abc\"}\n"
		"{\"did\":[\"x\"],\"at\":1,\"cut\":1,\"put\":\"BB\","
		"\"size\":4}\n";
	static const char *const bad[] = {
		"{\"did\":[\"y\"],\"at\":9,\"cut\":0,\"put\":\"\",\"size\":4}\n",
		"{\"did\":[\"y\"],\"at\":0,\"cut\":9,\"put\":\"\",\"size\":4}\n",
		"{\"did\":[\"y\"],\"at\":-1,\"cut\":0,\"put\":\"\",\"size\":4}\n",
		"{\"did\":[\"y\"],\"at\":0,\"cut\":0,\"put\":\"q\",\"size\":4}\n",
		"{\"did\":7,\"at\":0,\"cut\":0,\"put\":\"q\",\"size\":5}\n",
		"null\n",
		"\n",
		"{\"did\":[\"y\"]",
	};

	for (size_t i = 0; i < COUNT(bad); i++) {
		const char *all = arena_print(&arena, "%s%s%s", line, bad[i], line);

		put("bad.wbj", all, strlen(all));
		CHECK(draft_read(in_folder("bad.wbj"), &draft, &err));
		CHECK(is_text(&draft, text_of("aBBc")) && draft.commands.n == 1);
		draft_release(&draft);
	}
	put("bad.wbj", "{\"journal\":2}\n", 14);
	CHECK(!draft_read(in_folder("bad.wbj"), &draft, &err));
	CHECK(!draft_read(in_folder("none.wbj"), &draft, &err));
}

/* As a new process would find what this one leaves. */
static void
abandon(const char *path)
{
	struct buffer *bytes = file_read(path, 1 << 24, &err);
	char *host = bytes ? memmem(bytes->data, 200, "\"owner\":\"", 9) : NULL;

	CHECK(host != NULL);
	if (host)
		host[9] = host[9] == '1' ? '2' : '1'; /* another number, of nobody */
	if (bytes)
		put(paths_name(path), bytes->data, bytes->size);
	buffer_drop(bytes);
}

static void
test_restore(void)
{
	struct work work, again = { .wake = &wake };
	const char *journal = in_folder(".t.flow.wbj");
	struct text last;

	open_table(&work);
	CHECK(work_save(&work, in_folder("t.flow"), &err));
	for (size_t i = 0; i < 9; i++)
		change(&work);
	CHECK(flow_rename(&work.flow, 0, "the last one", &err));
	CHECK(work_changed(&work, "rename", &err));
	last = printed(&work.flow);
	work_close(&work);
	job_settle();
	CHECK(paths_exists(journal));
	abandon(journal);

	CHECK(work_open(&again, in_folder("t.flow"), &err));
	CHECK_TEXT(again.draft, journal);
	CHECK(work_restore(&again, &err) && !work_is_saved(&again) && !again.draft);
	CHECK(text_equal(printed(&again.flow), last));
	CHECK(work_undo(&again, &err) && work_is_saved(&again));
	CHECK(work_redo(&again, &err) && work_save(&again, NULL, &err));
	CHECK(text_equal(printed(&again.flow), last));
	work_close(&again);
	job_settle();
	CHECK(!paths_exists(journal));
	CHECK(work_open(&again, in_folder("t.flow"), &err) && !again.draft);
	CHECK(text_equal(printed(&again.flow), last));
	work_close(&again);
}

/* What is changed while a save is under way is in the journal when that is over. */
static void
test_saving(void)
{
	struct work work = { .wake = &wake };
	const char *path = in_folder("s.flow"), *journal = in_folder(".s.flow.wbj");
	struct save_report report;
	struct draft draft;

	open_table(&work);
	CHECK(work_save(&work, path, &err));
	for (int i = 0; i < 9; i++) {
		CHECK(flow_rename(&work.flow, 0, i % 2 ? "x" : "y", &err));
		CHECK(work_changed(&work, "before", &err));
		CHECK(work_save_begin(&work, NULL, false, &err));
		CHECK(flow_rename(&work.flow, 1, i % 2 ? "v" : "w", &err));
		CHECK(work_changed(&work, "meanwhile", &err));
		while (!work_save_news(&work, true, &report))
			usleep(1000);
		CHECK(report.end == SAVE_DONE && !work_is_saved(&work));
		CHECK(journal_flush(work.journal) && draft_read(journal, &draft, &err));
		CHECK(is_text(&draft, printed(&work.flow)) && draft.commands.n == 1);
		CHECK_TEXT(draft.commands.at[0], "meanwhile");
		draft_release(&draft);
	}
	work_close(&work);
	job_settle();
	CHECK(draft_find(path, NULL, &draft) || paths_exists(journal));
	draft_release(&draft);
}

/* A draft that nobody looked at is put aside, not written over. */
static void
test_aside(void)
{
	struct work work = { .wake = &wake };
	const char *journal = in_folder(".t.flow.wbj");

	CHECK(work_open(&work, in_folder("t.flow"), &err));
	CHECK(flow_rename(&work.flow, 0, "first", &err));
	CHECK(work_changed(&work, "rename", &err));
	work_close(&work);
	job_settle();
	abandon(journal);
	CHECK(work_open(&work, in_folder("t.flow"), &err) && work.draft);
	CHECK(flow_rename(&work.flow, 0, "second", &err));
	CHECK(work_changed(&work, "rename", &err));
	work_close(&work);
	job_settle();
	CHECK(paths_exists(in_folder(".t.flow.wbj~")));
	CHECK(unlink(journal) == 0);

	/* It is offered again, and goes when it was taken back. */
	CHECK(work_open(&work, in_folder("t.flow"), &err) && work_is_saved(&work));
	CHECK_TEXT(work.draft, in_folder(".t.flow.wbj~"));
	CHECK(work_restore(&work, &err));
	CHECK_TEXT(work.flow.nodes[0].name, "first");
	CHECK(!paths_exists(in_folder(".t.flow.wbj~")) && paths_exists(journal));
	work_discard(&work);
	work_close(&work);
	job_settle();
	CHECK(!paths_exists(journal));
}

/* Somebody else wrote the flow meanwhile: the draft is whole all the same. */
static void
test_overtaken(void)
{
	struct work work = { .wake = &wake };
	const char *journal = in_folder(".t.flow.wbj");
	struct text last;

	CHECK(work_open(&work, in_folder("t.flow"), &err));
	CHECK(flow_rename(&work.flow, 1, "drafted", &err));
	CHECK(work_changed(&work, "rename", &err));
	last = printed(&work.flow);
	work_close(&work);
	job_settle();
	abandon(journal);
	put("t.flow", "{\"nodes\": []}\n", 14);
	CHECK(work_open(&work, in_folder("t.flow"), &err) && work.draft);
	CHECK(work.flow.n == 0 && work_restore(&work, &err));
	CHECK(text_equal(printed(&work.flow), last) && !work_is_saved(&work));
	CHECK(work_undo(&work, &err) && work.flow.n == 0 && work_is_saved(&work));
	work_close(&work);
	job_settle();
}

/* Without a flow file: with the program's own things; opened by the table, or as such. */
static void
test_unsaved(void)
{
	struct work work;
	struct names paths = { 0 };
	struct text last;
	const char *kept;

	open_table(&work);
	CHECK(!work.draft);
	change(&work);
	CHECK(flow_rename(&work.flow, 1, "kept", &err));
	CHECK(work_changed(&work, "rename", &err));
	last = printed(&work.flow);
	work_close(&work);
	job_settle();
	draft_list(&paths, &arena);
	CHECK(paths.n == 1);
	kept = paths.at[0];
	CHECK(rename(kept, in_folder("kept.wbj")) == 0);
	abandon(in_folder("kept.wbj"));
	CHECK(rename(in_folder("kept.wbj"), kept) == 0);

	open_table(&work);
	CHECK_TEXT(work.draft, kept);
	work_close(&work);
	work = (struct work){ .wake = &wake };
	CHECK(work_open_draft(&work, kept, &err));
	CHECK(text_equal(printed(&work.flow), last) && !paths_exists(kept));
	CHECK_TEXT(work.table, in_folder("t.csv"));
	work_discard(&work);
	work_close(&work);
	job_settle();
	paths.n = 0;
	draft_list(&paths, &arena);
	CHECK(paths.n == 0);
}

/* More changes than the disk takes one by one. */
static void
test_burst(void)
{
	struct work work;
	struct draft draft;
	const char *path = in_folder("burst.wbj");
	const struct journal_spec spec = { .path = path, .wake = &wake };

	open_table(&work);
	work_discard(&work);
	CHECK(journal_open(&spec, &work.flow, &work.journal, &err));
	for (size_t i = 0; i < 2000; i++) {
		char name[16];

		snprintf(name, sizeof name, "%zu", i);
		CHECK(flow_rename(&work.flow, 0, name, &err));
		CHECK(work_changed(&work, name, &err));
	}
	CHECK(journal_flush(work.journal) && draft_read(path, &draft, &err));
	CHECK(is_text(&draft, printed(&work.flow)) && draft.commands.n == 2000);
	for (size_t i = 0; i < draft.commands.n; i++)
		CHECK((size_t)atoi(draft.commands.at[i]) == i);
	draft_release(&draft);
	work_discard(&work);
	work_close(&work);
}

/* A disk that is full: said, kept, and written when there is room again. */
static void
test_full(void)
{
	struct rlimit was, none;
	struct work work;
	struct draft draft;
	struct error trouble;

	open_table(&work);
	CHECK(work_save(&work, in_folder("full.flow"), &err));
	CHECK(flow_rename(&work.flow, 0, "one", &err));
	CHECK(work_changed(&work, "one", &err) && journal_flush(work.journal));
	signal(SIGXFSZ, SIG_IGN);
	CHECK(getrlimit(RLIMIT_FSIZE, &was) == 0);
	none = (struct rlimit){ 1000, was.rlim_max };
	CHECK(setrlimit(RLIMIT_FSIZE, &none) == 0);
	for (size_t i = 0; i < 3; i++) {
		CHECK(flow_rename(&work.flow, 0, i ? "two" : "a", &err));
		CHECK(work_changed(&work, "two", &err));
	}
	CHECK(!journal_flush(work.journal));
	work_trouble(&work, &trouble);
	CHECK(strstr(trouble.text, ".full.flow.wbj") != NULL);
	CHECK(draft_read(in_folder(".full.flow.wbj"), &draft, &err));
	CHECK(draft.commands.n == 1);
	draft_release(&draft);
	CHECK(!work_save(&work, NULL, &err) && !work_is_saved(&work));
	CHECK(setrlimit(RLIMIT_FSIZE, &was) == 0);
	CHECK(flow_rename(&work.flow, 0, "three", &err));
	CHECK(work_changed(&work, "three", &err) && journal_flush(work.journal));
	work_trouble(&work, &trouble);
	CHECK_TEXT(trouble.text, "");
	CHECK(draft_read(in_folder(".full.flow.wbj"), &draft, &err));
	CHECK(is_text(&draft, printed(&work.flow)) && draft.commands.n == 4);
	draft_release(&draft);
	work_close(&work);
}

/* The thread of the screen hands a change over in no time, however large the flow. */
static void
test_large(void)
{
	struct work work;
	const size_t n = 4 << 20;
	char *blob = arena_alloc(&arena, n + 1);

	memset(blob, 'x', n);
	open_table(&work);
	CHECK(flow_set_parameter(&work.flow, 0, "blob",
				 json_new_string(blob, &work.flow.arena), &err));
	CHECK(work_changed(&work, "blob", &err));
	for (int i = 0; i < 200; i++) {
		CHECK(flow_rename(&work.flow, 0, i % 2 ? "a" : "b", &err));
		CHECK(work_changed(&work, "rename", &err));
	}
	CHECK(journal_flush(work.journal));
	work_discard(&work);
	work_close(&work);
}

int
main(void)
{
	const char *base = getenv("TMPDIR");

	snprintf(folder, sizeof folder, "%s/journalXXXXXX", base ? base : "/tmp");
	CHECK(mkdtemp(folder) != NULL && wake_init(&wake, &err));
	CHECK(setenv("XDG_STATE_HOME", in_folder("state"), 1) == 0);
	test_cut();
	test_damage();
	test_restore();
	test_saving();
	test_aside();
	test_overtaken();
	test_unsaved();
	test_burst();
	test_full();
	test_large();
	job_settle();
	wake_release(&wake);
	job_settle(); /* locks are let go of by then */
	CHECK(system(arena_print(&arena, "rm -r '%s'", folder)) == 0);
	arena_release(&arena);
	return check_report();
}
