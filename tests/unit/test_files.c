/* Paths, owners, locks, files that a user writes, and what was opened before. */
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "check.h"
#include "desk/conf.h"
#include "desk/job.h"
#include "desk/lock.h"
#include "desk/paths.h"
#include "desk/recent.h"

static struct arena arena;
static struct error err;
static char folder[64];

static const char *
in_folder(const char *name)
{
	return arena_print(&arena, "%s/%s", folder, name);
}

static void
put(const char *path, const char *bytes)
{
	FILE *file = fopen(path, "w");

	CHECK(file && fputs(bytes, file) >= 0);
	if (file)
		fclose(file);
}

static const char *
get(const char *path)
{
	struct buffer *bytes = file_read(path, 1 << 20, &err);
	const char *text = bytes ? arena_text_n(&arena, bytes->data, bytes->size) : NULL;

	buffer_drop(bytes);
	return text;
}

static void
test_paths(void)
{
	struct stat made;

	CHECK(setenv("HOME", "/people/ann", 1) == 0);
	CHECK_TEXT(paths_short("/people/ann/x/y.csv", &arena), "~/x/y.csv");
	CHECK_TEXT(paths_short("/people/anna/y.csv", &arena), "/people/anna/y.csv");
	CHECK_TEXT(paths_absolute("~/y.csv", &arena), "/people/ann/y.csv");
	CHECK_TEXT(paths_absolute("/a//b", &arena), "/a//b");
	CHECK(chdir(folder) == 0);
	CHECK_TEXT(paths_absolute("./y.csv", &arena), in_folder("y.csv"));
	CHECK_TEXT(paths_absolute(".", &arena), folder);
	CHECK_TEXT(paths_absolute("./", &arena), folder);
	CHECK_TEXT(paths_from("/a/b/c.csv", "/a/b", &arena), "c.csv");
	CHECK_TEXT(paths_from("/a/b/c.csv", "/a", &arena), "b/c.csv");
	CHECK_TEXT(paths_from("/a/bb/c.csv", "/a/b", &arena), "/a/bb/c.csv");
	CHECK_TEXT(paths_folder("/c.csv", &arena), "/");
	CHECK_TEXT(paths_folder("/a/c.csv", &arena), "/a");
	CHECK_TEXT(paths_with_ending("/a.b/c.d.csv", ".flow", &arena), "/a.b/c.d.flow");
	CHECK_TEXT(paths_with_ending("/a.b/c", ".flow", &arena), "/a.b/c.flow");
	CHECK_TEXT(paths_with_ending("/a/.c", ".flow", &arena), "/a/.c.flow");
	CHECK(paths_is_flow("/a/b.flow") && !paths_is_flow("/a.flow/b"));
	CHECK(setenv("XDG_STATE_HOME", "relative", 1) == 0);
	CHECK_TEXT(paths_state(&arena), "/people/ann/.local/state/lariat");
	CHECK(setenv("XDG_STATE_HOME", in_folder("state"), 1) == 0);
	CHECK_TEXT(paths_state(&arena), in_folder("state/lariat"));
	CHECK(paths_make(in_folder("p/q/r"), &err) && paths_make(in_folder("p"), &err));
	CHECK(stat(in_folder("p/q"), &made) == 0 && (made.st_mode & 0777) == 0700);
	put(in_folder("p/file"), "");
	CHECK(!paths_make(in_folder("p/file/s"), &err));
	CHECK(unsetenv("HOME") == 0 && unsetenv("XDG_CONFIG_HOME") == 0);
	CHECK(!paths_config(&arena));
}

static void
test_owner(void)
{
	struct owner me, other;
	char line[OWNER_SIZE];
	const pid_t child = fork();

	if (child == 0)
		_exit(0);
	CHECK(waitpid(child, NULL, 0) == child);
	owner_me(&me);
	owner_print(&me, line);
	CHECK(owner_parse(text_of(line), &other) && other.pid == me.pid &&
	      other.began == me.began && me.began > 0);
	CHECK(!owner_is_gone(&me));
	other.pid = child;
	CHECK(owner_is_gone(&other));
	strcpy(other.host, "elsewhere");
	CHECK(!owner_is_gone(&other));
	other = me;
	other.began--;
	CHECK(owner_is_gone(&other));
	CHECK(!owner_parse(text_of("x y z"), &other) &&
	      !owner_parse(text_of(""), &other));
}

/* Who is killed between taking and giving back keeps nobody out. */
static void
test_lock(void)
{
	const char *flow = in_folder("l.flow");
	struct lock lock;
	struct holder by;
	int status;
	pid_t child = fork();

	if (child == 0)
		_exit(lock_take(&lock, flow, &by) && lock.path ? 0 : 1);
	CHECK(waitpid(child, &status, 0) == child && status == 0);
	CHECK(paths_exists(in_folder(".l.flow.lock")));
	CHECK(lock_take(&lock, flow, &by) && lock.path);
	child = fork();
	if (child == 0)
		_exit(!lock_take(&(struct lock){ 0 }, flow, &by) &&
				      by.owner.pid == getppid()
			      ? 0
			      : 1);
	CHECK(waitpid(child, &status, 0) == child && status == 0);
	lock_drop(&lock);
	CHECK(!paths_exists(in_folder(".l.flow.lock")));
	CHECK(lock_take(&lock, flow, &by) && lock.path);
	lock_drop_later(&lock); /* and taken again, whichever comes first */
	CHECK(!lock.path && lock_take(&lock, flow, &by) && lock.path);
	job_settle();
	CHECK(paths_exists(in_folder(".l.flow.lock")));
	lock_drop_later(&lock);
	job_settle();
	CHECK(!paths_exists(in_folder(".l.flow.lock")));
	put(in_folder(".l.flow.lock"), "nonsense");
	CHECK(lock_take(&lock, flow, &by) && lock.path);
	lock_drop(&lock);
	CHECK(lock_take(&lock, "/nowhere/at/all.flow", &by) && !lock.path);
}

struct taken {
	char text[256];
};

static bool
take(void *context, const char *name, const char *value, struct error *fault)
{
	struct taken *taken = context;
	const size_t n = strlen(taken->text);

	if (!strcmp(name, "bad"))
		return fail(fault, "'%s' is not to be had", value);
	snprintf(taken->text + n, sizeof taken->text - n, "%s=%s;", name, value);
	return true;
}

static void
test_conf(void)
{
	const char *path = in_folder("c/x.conf");
	struct names complaints = { 0 };
	struct taken taken = { "" };

	conf_read(path, take, &taken, &complaints, &arena);
	CHECK(!complaints.n && !taken.text[0]);
	CHECK(conf_set(path, "first", "1", &err));
	put(path, "# mine\n a = b c \n\nnothing\nbad = 7\r\nx==y\nlast=");
	conf_read(path, take, &taken, &complaints, &arena);
	CHECK_TEXT(taken.text, "a=b c;x==y;last=;");
	CHECK(complaints.n == 2);
	CHECK_TEXT(complaints.at[0],
		   arena_print(&arena, "%s:4: 'nothing': a line is NAME = VALUE", path));
	CHECK_TEXT(complaints.at[1],
		   arena_print(&arena, "%s:5: '7' is not to be had", path));
	CHECK(conf_set(path, "a", "new", &err) && conf_set(path, "more", "m", &err));
	CHECK_TEXT(get(path), "# mine\na = new\n\nnothing\nbad = 7\r\nx==y\nlast=\n"
			      "more = m\n");
}

static void
test_recent(void)
{
	struct recents recents;
	struct wake wake;

	CHECK(wake_init(&wake, &err));
	for (int i = 0; i < RECENT_MOST + 5; i++) {
		recent_note(arena_print(&arena, "/x/%d.csv", i), i, &wake);
		job_settle();
	}
	recent_note("/x/9.csv", -1, &wake);
	job_settle();
	recent_note("/x/a\nb.csv", 1, &wake);
	job_settle();
	recent_read(&recents, &arena);
	CHECK(recents.n == RECENT_MOST);
	CHECK_TEXT(recents.at[0].path, "/x/9.csv");
	CHECK(recents.at[0].rows == 9 && recents.at[1].rows == RECENT_MOST + 4);
	put(in_folder("state/lariat/recent"), "\n7\t\n5\t1\t/a b\nno\tno\trelative\n");
	recent_read(&recents, &arena);
	CHECK(recents.n == 1 && recents.at[0].rows == 1);
	wake_release(&wake);
}

static void
test_ago(void)
{
	static const struct {
		int64_t ago;
		const char *words;
	} cases[] = {
		{ 0, "just now" },
		{ -5, "just now" },
		{ 59, "just now" },
		{ 60, "1 m ago" },
		{ 3599, "59 m ago" },
		{ 3600, "1 h ago" },
		{ 86399, "23 h ago" },
		{ 86400, "yesterday" },
		{ 172799, "yesterday" },
		{ 172800, "2 days ago" },
		{ 14 * 86400, "2001-08-26" },
	};

	CHECK(setenv("TZ", "UTC", 1) == 0);
	tzset();
	for (size_t i = 0; i < COUNT(cases); i++)
		CHECK_TEXT(recent_ago(1000000000 - cases[i].ago, 1000000000, &arena),
			   cases[i].words);
}

int
main(void)
{
	const char *base = getenv("TMPDIR");

	snprintf(folder, sizeof folder, "%s/filesXXXXXX", base ? base : "/tmp");
	CHECK(mkdtemp(folder) != NULL);
	test_paths();
	test_owner();
	test_lock();
	test_conf();
	test_recent();
	test_ago();
	job_settle(); /* locks are let go of by then */
	CHECK(system(arena_print(&arena, "rm -r '%s'", folder)) == 0);
	arena_release(&arena);
	return check_report();
}
