/* A file is there whole or as it was; whatever goes wrong, nothing is left beside it. */
#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "base/temporary.h"
#include "check.h"

/* Instead of the C library's: how often was the disk waited for? */
static int synced;

int
fsync(int fd)
{
	synced += fd >= 0;
	return 0;
}

static char folder[] = "/tmp/test_file.XXXXXX";
static char path[128], other[128];

static size_t
entries(void)
{
	DIR *dir = opendir(folder);
	struct dirent *entry;
	size_t n = 0;

	while (dir && (entry = readdir(dir)))
		n += strcmp(entry->d_name, ".") && strcmp(entry->d_name, "..");
	if (dir)
		closedir(dir);
	return n;
}

static bool
put(const char *to, const char *text)
{
	struct error err = { 0 };
	struct file_out out;

	if (!file_out_open(&out, to, &err))
		return printf("%s\n", err.text), false;
	return file_out_write(&out, text, strlen(text), &err) &&
	       file_out_commit(&out, &err);
}

static bool
holds(const char *of, const char *text)
{
	struct error err = { 0 };
	struct buffer *bytes = file_read(of, 1 << 20, &err);
	bool same = bytes && text_is((struct text){ bytes->data, bytes->size }, text);

	buffer_drop(bytes);
	return same;
}

static void
replaces(void)
{
	struct error err = { 0 };
	struct stat now;
	struct file_out out;

	CHECK(put(path, "one"));
	CHECK(holds(path, "one") && entries() == 1);
	CHECK(chmod(path, 0640) == 0);
	CHECK(file_out_open(&out, path, &err));
	CHECK(file_out_write(&out, "two", 3, &err));
	CHECK(holds(path, "one") && entries() == 2);
	CHECK(out.bytes == 3);
	CHECK(file_out_commit(&out, &err));
	CHECK(holds(path, "two") && entries() == 1);
	CHECK(stat(path, &now) == 0 && (now.st_mode & 07777) == 0640);
	file_out_abort(&out);
	CHECK(holds(path, "two"));

	CHECK(file_out_open(&out, path, &err));
	CHECK(file_out_write(&out, "three", 5, &err));
	file_out_abort(&out);
	CHECK(holds(path, "two") && entries() == 1);

	CHECK(file_out_open(&out, path, &err));
	temporary_unlink_all();
	CHECK(entries() == 1);
	CHECK(!file_out_commit(&out, &err));
	CHECK(strstr(err.text, "cannot write '") && strstr(err.text, "No such file"));
	CHECK(holds(path, "two"));
}

static void
follows_links(void)
{
	struct stat now;

	CHECK(symlink("a.csv", other) == 0);
	CHECK(put(other, "by link"));
	CHECK(lstat(other, &now) == 0 && S_ISLNK(now.st_mode));
	CHECK(holds(path, "by link") && entries() == 2);
	unlink(other);
}

/* Two writers of one name do not disturb each other; the later one stays. */
static void
two_at_once(void)
{
	struct error err = { 0 };
	struct file_out a, b;

	CHECK(file_out_open(&a, path, &err) && file_out_open(&b, path, &err));
	CHECK(file_out_write(&a, "a", 1, &err) && file_out_write(&b, "b", 1, &err));
	CHECK(entries() == 3);
	CHECK(file_out_commit(&b, &err) && file_out_commit(&a, &err));
	CHECK(holds(path, "a") && entries() == 1);
}

/* A process that is killed leaves its file; the next writer removes it. */
static void
sweeps(void)
{
	struct error err = { 0 };
	struct file_out out;
	pid_t child = fork();

	if (child == 0) {
		if (file_out_open(&out, path, &err))
			raise(SIGKILL);
		_exit(1);
	}
	CHECK(waitpid(child, NULL, 0) == child);
	CHECK(entries() == 2);
	snprintf(other, sizeof(other), "%s/.a.csv.x-1.tmp", folder);
	CHECK(put(other, "not ours"));
	CHECK(put(path, "new"));
	CHECK(entries() == 2 && holds(other, "not ours"));
	unlink(other);
}

/* What a full disk does: a limit on the size of files. */
static void
runs_out_of_room(void)
{
	static char block[1 << 20];
	struct error err = { 0 };
	struct file_out out;
	struct rlimit was, small;
	bool ok = true;

	signal(SIGXFSZ, SIG_IGN);
	CHECK(getrlimit(RLIMIT_FSIZE, &was) == 0);
	small = was;
	small.rlim_cur = 1 << 16;
	CHECK(setrlimit(RLIMIT_FSIZE, &small) == 0);
	CHECK(file_out_open(&out, path, &err));
	for (int i = 0; ok && i < 10; i++)
		ok = file_out_write(&out, block, sizeof(block), &err);
	CHECK(!ok);
	CHECK(strstr(err.text, "a.csv': File too large"));
	file_out_abort(&out);
	CHECK(holds(path, "new") && entries() == 1);
	/* what waits in memory fails at the end */
	CHECK(file_out_open(&out, path, &err));
	CHECK(file_out_write(&out, block, (1 << 16) - 1, &err));
	CHECK(file_out_write(&out, block, 1 << 10, &err));
	CHECK(!file_out_commit(&out, &err));
	CHECK(holds(path, "new") && entries() == 1);
	/* what is short at the limit fails behind it */
	CHECK(file_out_open(&out, path, &err));
	CHECK(!file_out_fill(&out, (1 << 16) - 10, block, 100, &err));
	CHECK(strstr(err.text, "a.csv': File too large"));
	file_out_abort(&out);
	CHECK(holds(path, "new") && entries() == 1);
	setrlimit(RLIMIT_FSIZE, &was);
}

/* Ranges are filled in any order, behind what was written before they were claimed. */
static void
fills_places(void)
{
	struct error err = { 0 };
	struct file_out out;
	uint64_t a = 0, b = 0, c = 0;

	CHECK(file_out_open(&out, path, &err) && file_out_has_places(&out));
	CHECK(file_out_write(&out, "head ", 5, &err));
	CHECK(file_out_claim(&out, 4, &a, &err) && file_out_claim(&out, 0, &b, &err));
	CHECK(file_out_claim(&out, 3, &c, &err));
	CHECK(a == 5 && b == 9 && c == 9);
	CHECK(file_out_fill(&out, c, "two", 3, &err));
	CHECK(file_out_fill(&out, a, "one ", 4, &err));
	CHECK(file_out_write(&out, " tail", 5, &err));
	CHECK(file_out_fill(&out, b, "", 0, &err) && out.bytes == 17);
	CHECK(file_out_commit(&out, &err));
	CHECK(holds(path, "head one two tail") && entries() == 1);

	CHECK(file_out_open(&out, "/dev/null", &err) && !file_out_has_places(&out));
	file_out_abort(&out);
	CHECK(file_out_open(&out, "/dev/full", &err));
	CHECK(file_out_write(&out, "x", 1, &err) && !file_out_commit(&out, &err));
	CHECK_TEXT(err.text, "cannot write '/dev/full': No space left on device");
	CHECK(put(path, "new"));
}

/* The file and its folder, unless the writer does not care. */
static void
syncs(void)
{
	struct error err = { 0 };
	struct file_out out;

	synced = 0;
	CHECK(put(path, "kept") && synced == 2);
	CHECK(file_out_open(&out, path, &err) && out.sync);
	out.sync = false;
	CHECK(file_out_write(&out, "new", 3, &err) && file_out_commit(&out, &err));
	CHECK(holds(path, "new") && entries() == 1 && synced == 2);
}

static void
refuses(void)
{
	struct error err = { 0 };
	struct file_out out;

	CHECK(!file_out_open(&out, "", &err));
	CHECK_TEXT(err.text, "cannot write a file without a name");
	CHECK(!file_out_open(&out, folder, &err));
	CHECK(strstr(err.text, "': Is a directory"));
	CHECK(!file_out_open(&out, "/nowhere/x", &err));
	CHECK_TEXT(err.text, "cannot write '/nowhere/x': No such file or directory");
	CHECK(!file_read(folder, 1 << 20, &err));
	CHECK(strstr(err.text, "': Is a directory"));
	CHECK(!file_read("/nowhere/x", 1 << 20, &err));
	CHECK(!file_read(path, 2, &err));
	CHECK(strstr(err.text, "is larger than 2 bytes"));
}

/* A pipe is written straight; a long name still finds room for the temporary one. */
static void
odd_names(void)
{
	char longest[400];

	CHECK(put("/dev/null", "gone"));
	CHECK(snprintf(longest, sizeof(longest), "%s/%0255d", folder, 1) > 0);
	CHECK(put(longest, "x") && holds(longest, "x") && entries() == 2);
	unlink(longest);
	CHECK(chdir(folder) == 0);
	CHECK(put("b.csv", "here") && holds("b.csv", "here"));
	unlink("b.csv");
}

int
main(void)
{
	CHECK(mkdtemp(folder));
	snprintf(path, sizeof(path), "%s/a.csv", folder);
	snprintf(other, sizeof(other), "%s/link", folder);
	replaces();
	follows_links();
	two_at_once();
	sweeps();
	runs_out_of_room();
	fills_places();
	syncs();
	refuses();
	odd_names();
	unlink(path);
	CHECK(rmdir(folder) == 0);
	return check_report();
}
