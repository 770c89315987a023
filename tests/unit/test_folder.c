/* Folders are listed and lines kept, both behind the back of who asks. */
#include "desk/folder.h"

#include <poll.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "check.h"
#include "desk/history.h"

static struct wake wake;
static char home[] = "/tmp/test_folder_XXXXXX";

static void
pause_once(void)
{
	struct pollfd fd = { wake.fd, POLLIN, 0 };

	if (poll(&fd, 1, 20) > 0)
		wake_clear(&wake);
}

static void
touch(const char *name, const char *text)
{
	FILE *file = fopen(name, "w");

	CHECK(file && fputs(text, file) >= 0);
	CHECK(file && fclose(file) == 0);
}

static const struct folder_list *
read_all(struct folder *folder, const char *path)
{
	struct error err;

	CHECK(folder_read(folder, path, false, &err));
	for (int i = 0; i < 500 && folder_is_busy(folder); i++)
		pause_once();
	CHECK(!folder_is_busy(folder));
	return folder_list(folder);
}

static void
test_order(void)
{
	static const struct {
		const char *name;
		enum folder_kind kind;
	} wanted[] = {
		{ "inner", FOLDER_FOLDER }, { "A.csv", FOLDER_TABLE },
		{ "b.flow", FOLDER_FLOW },  { "c.csv.gz", FOLDER_TABLE },
		{ "a.c", FOLDER_OTHER },
	};
	struct folder *folder = folder_new(&wake);
	const struct folder_list *list = read_all(folder, "~/");

	CHECK(list && list->n == COUNT(wanted) && !list->has_failed);
	for (size_t i = 0; list && i < list->n && i < COUNT(wanted); i++) {
		CHECK_TEXT(list->entries[i].name, wanted[i].name);
		CHECK(list->entries[i].kind == wanted[i].kind);
	}
	CHECK(list && list->n > 1 && list->entries[1].size == 4);
	folder_free(folder);
}

static void
test_failure(void)
{
	struct folder *folder = folder_new(&wake);
	const struct folder_list *list = read_all(folder, "nowhere");

	CHECK(list && list->has_failed && strstr(list->err.text, "cannot read"));
	list = read_all(folder, "inner");
	CHECK(list && !list->has_failed && list->n == 0);
	folder_free(folder); /* while it reads: */
	folder = folder_new(&wake);
	CHECK(folder_read(folder, "/", false, &(struct error){ "" }));
	folder_free(folder);
	folder_free(NULL);
}

static const struct names *
lines_of(struct history *history)
{
	const struct names *lines = NULL;

	for (int i = 0; history && !lines && i < 500; i++) {
		lines = history_lines(history);
		if (!lines)
			pause_once();
	}
	return lines;
}

static void
test_history(void)
{
	struct history *history = history_read(&wake);
	const struct names *lines = lines_of(history);

	CHECK(lines && lines->n == 0);
	history_free(history);
	history_add("goto 5", &wake);
	job_settle();
	history_add("filter_formula \"a\" > 1", &wake);
	job_settle();
	history = history_read(&wake);
	lines = lines_of(history);
	CHECK(lines && lines->n == 2);
	if (lines && lines->n == 2) {
		CHECK_TEXT(lines->at[0], "goto 5");
		CHECK_TEXT(lines->at[1], "filter_formula \"a\" > 1");
	}
	history_free(history);
	history_free(NULL);
}

/* It is kept short. */
static void
test_long_history(void)
{
	struct history *history;
	const struct names *lines;
	FILE *file = fopen(".local/state/lariat/history", "w");
	struct stat before, after;

	CHECK(file != NULL);
	for (int i = 0; file && i < 3 * HISTORY_MOST; i++)
		fprintf(file, "goto %d\n", i);
	CHECK(file && fclose(file) == 0);
	CHECK(stat(".local/state/lariat/history", &before) == 0);
	history = history_read(&wake);
	lines = lines_of(history);
	CHECK(lines && lines->n == HISTORY_MOST);
	CHECK_TEXT(lines && lines->n ? lines->at[0] : "", "goto 2000");
	history_free(history);
	job_settle();
	CHECK(stat(".local/state/lariat/history", &after) == 0);
	CHECK(after.st_size < before.st_size);
}

int
main(void)
{
	struct error err;

	CHECK(mkdtemp(home) && chdir(home) == 0);
	setenv("HOME", home, 1);
	unsetenv("XDG_STATE_HOME");
	CHECK(wake_init(&wake, &err));
	CHECK(mkdir("inner", 0700) == 0);
	touch("A.csv", "a\n1\n");
	touch("b.flow", "{}");
	touch("c.csv.gz", "");
	touch("a.c", "");
	touch(".hidden", "");
	test_order();
	test_failure();
	test_history();
	test_long_history();
	job_settle();
	wake_release(&wake);
	CHECK(system("rm -rf \"$HOME\"") == 0);
	return check_report();
}
