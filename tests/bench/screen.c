/*
 * screen - how soon a program on a terminal answers.
 *
 *	screen [--assert] [--size ROWSxCOLUMNS] [--first TEXT] [--bar TEXT]
 *		[--ask KEYS TEXT MS]... COMMAND...
 *
 * The command runs on a pseudo-terminal. Taken are: start to the first rows (--first,
 * what they show), start to the first bars of a profile (--bar), and for each key of a
 * round the time from the key to what it caused, with the bytes sent. A round is made
 * at once, while the program still works on the file, and again when it is done. Then
 * nothing else is painted, and the time is that of the last byte (quiet for QUIET ms);
 * before that, news of the work are painted as well, and the time is that of the first
 * frame. At the end come questions (--ask): keys ("\\e" is Escape), the text that
 * answers them, and the most milliseconds it may take (0: any).
 *
 * With --assert the budgets of the screen are held; what is over is said and ends with 1.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

enum { QUIET = 25, ROUNDS = 30, PATIENCE = 60000, KEPT = 1 << 20 };

struct terminal {
	int fd;
	pid_t pid;
	char *seen; /* the last bytes that came */
	size_t n;
	double began;
};

struct key {
	const char *name, *bytes;
	size_t most_bytes; /* budget; 0: none */
};

/* Budgets: key to paint (ms), bytes of a move. */
static const double median_most = 4, p99_most = 16, first_most = 100, bars_most = 150;

static const struct key keys[] = {
	{ "down", "j", 400 }, { "right", "l", 3000 },     { "left", "h", 3000 },
	{ "up", "k", 400 },   { "page down", "\006", 0 }, { "page up", "\002", 0 },
};

static double
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static void
start(struct terminal *t, int rows, int columns, char **words)
{
	struct winsize size = { .ws_row = (unsigned short)rows,
				.ws_col = (unsigned short)columns };

	t->began = now();
	t->pid = forkpty(&t->fd, NULL, NULL, &size);
	if (t->pid < 0) {
		perror("forkpty");
		exit(2);
	}
	if (t->pid == 0) {
		setenv("TERM", "xterm-256color", 1);
		execvp(words[0], words);
		perror(words[0]);
		_exit(127);
	}
	t->seen = malloc(KEPT);
}

/* Bytes that came within so many milliseconds; -1: the program has gone. */
static ssize_t
take(struct terminal *t, int wait)
{
	struct pollfd fd = { t->fd, POLLIN, 0 };
	char room[1 << 16];
	ssize_t n;

	if (poll(&fd, 1, wait) <= 0)
		return 0;
	n = read(t->fd, room, sizeof room);
	if (n <= 0)
		return -1;
	if (t->n + (size_t)n > KEPT)
		t->n = 0;
	memcpy(t->seen + t->n, room, (size_t)n);
	t->n += (size_t)n;
	return n;
}

/* Milliseconds since the start until the text came; negative: it did not. */
static double
until(struct terminal *t, const char *text)
{
	while (now() - t->began < PATIENCE) {
		if (memmem(t->seen, t->n, text, strlen(text)))
			return now() - t->began;
		if (take(t, 1) < 0)
			return -1;
	}
	return -1;
}

struct answer {
	double first, last; /* ms from the key to a byte */
	size_t bytes;
};

/* What comes after the key, until a pause. */
static struct answer
ask(struct terminal *t, const char *bytes)
{
	struct answer answer = { 0 };
	const double asked = now();
	double last = asked;

	if (write(t->fd, bytes, strlen(bytes)) < 0)
		exit(2);
	while (now() - last < QUIET) {
		const ssize_t n = take(t, QUIET);

		if (n < 0)
			exit(2);
		if (n > 0) {
			last = now();
			if (!answer.bytes)
				answer.first = last - asked;
			answer.bytes += (size_t)n;
		}
	}
	answer.last = last - asked;
	return answer;
}

static bool
hold(bool good, const char *what, double is, double most)
{
	if (!good)
		printf("over budget: %s is %.1f, at most %.1f\n", what, is, most);
	return good;
}

/* Milliseconds from the keys to the text; budget 0: any. */
static bool
question(struct terminal *t, const char *typed, const char *text, double most)
{
	char bytes[256];
	size_t n = 0;
	double asked;

	for (; *typed && n < sizeof bytes; typed++)
		if (typed[0] == '\\' && typed[1] == 'e')
			bytes[n++] = '\033', typed++;
		else
			bytes[n++] = *typed;
	t->n = 0;
	asked = now();
	if (write(t->fd, bytes, n) < 0)
		exit(2);
	while (!memmem(t->seen, t->n, text, strlen(text)))
		if (take(t, 1) < 0 || now() - asked > PATIENCE)
			return hold(false, text, PATIENCE, most);
	printf("to \"%s\": %.0f ms\n", text, now() - asked);
	return !most || hold(now() - asked <= most, text, now() - asked, most);
}

static int
compare(const void *a, const void *b)
{
	const double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static int
compare_sizes(const void *a, const void *b)
{
	const size_t x = *(const size_t *)a, y = *(const size_t *)b;

	return (x > y) - (x < y);
}

/* All keys, ROUNDS times; *good: within the budgets. */
static void
rounds(struct terminal *t, const char *when, bool is_done, bool *good)
{
	enum { N = (int)(sizeof keys / sizeof keys[0]) };
	static double all[N * ROUNDS];
	static size_t sizes[N][ROUNDS];
	size_t n = 0;

	for (size_t round = 0; round < ROUNDS; round++)
		for (size_t i = 0; i < N; i++) {
			const struct answer answer = ask(t, keys[i].bytes);

			all[n++] = is_done ? answer.last : answer.first;
			sizes[i][round] = answer.bytes;
		}
	qsort(all, n, sizeof *all, compare);
	printf("%s: key to paint ms: median %.2f, p99 %.2f, worst %.2f\n", when,
	       all[n / 2], all[n * 99 / 100], all[n - 1]);
	*good &= hold(all[n / 2] <= median_most, "the median", all[n / 2], median_most);
	*good &= hold(all[n * 99 / 100] <= p99_most, "p99", all[n * 99 / 100], p99_most);
	for (size_t i = 0; i < N && is_done; i++) {
		qsort(sizes[i], ROUNDS, sizeof **sizes, compare_sizes);
		printf("  %-10s %zu bytes\n", keys[i].name, sizes[i][ROUNDS / 2]);
		if (keys[i].most_bytes)
			*good &= hold(sizes[i][ROUNDS / 2] <= keys[i].most_bytes,
				      keys[i].name, (double)sizes[i][ROUNDS / 2],
				      (double)keys[i].most_bytes);
	}
}

/* Resident kilobytes, anonymous and all; from the kernel's own account. */
static void
print_memory(pid_t pid)
{
	char path[64], line[256];
	FILE *file;

	snprintf(path, sizeof path, "/proc/%d/status", (int)pid);
	file = fopen(path, "re");
	while (file && fgets(line, sizeof line, file))
		if (!strncmp(line, "VmRSS", 5) || !strncmp(line, "RssAnon", 7))
			printf("%s", line);
	if (file)
		fclose(file);
}

/* Until nothing has come for two seconds. */
static void
settle(struct terminal *t)
{
	double last = now();

	while (now() - last < 2000 && now() - t->began < 2 * PATIENCE)
		if (take(t, 100) > 0)
			last = now();
	printf("quiet after %.1f s\n", (last - t->began) / 1e3);
}

int
main(int argc, char **argv)
{
	struct terminal t = { 0 };
	const char *first = NULL, *bar = NULL;
	bool asserts = false, good = true;
	int rows = 40, columns = 120, at = 1, asked = 0;

	for (; at < argc && argv[at][0] == '-'; at++) {
		if (!strcmp(argv[at], "--assert"))
			asserts = true;
		else if (!strcmp(argv[at], "--size") && at + 1 < argc)
			sscanf(argv[++at], "%dx%d", &rows, &columns);
		else if (!strcmp(argv[at], "--first") && at + 1 < argc)
			first = argv[++at];
		else if (!strcmp(argv[at], "--bar") && at + 1 < argc)
			bar = argv[++at];
		else if (!strcmp(argv[at], "--ask") && at + 3 < argc) {
			if (!asked)
				asked = at;
			at += 3;
		}
	}
	if (at >= argc) {
		fprintf(stderr, "usage: screen [--assert] [--size ROWSxCOLUMNS] "
				"[--first TEXT] [--bar TEXT] [--ask KEYS TEXT MS]... "
				"COMMAND...\n");
		return 2;
	}
	start(&t, rows, columns, argv + at);
	if (first) {
		const double ms = until(&t, first);

		printf("start to first rows: %.0f ms\n", ms);
		good &= hold(ms >= 0 && ms <= first_most, "the first rows", ms,
			     first_most);
	}
	if (bar) {
		const double ms = until(&t, bar);

		printf("start to first bars: %.0f ms\n", ms);
		good &= hold(ms >= 0 && ms <= bars_most, "the first bars", ms, bars_most);
	}
	rounds(&t, "at once", false, &good);
	settle(&t);
	rounds(&t, "when done", true, &good);
	for (int i = asked; i && i + 3 < argc && !strcmp(argv[i], "--ask"); i += 4)
		good &= question(&t, argv[i + 1], argv[i + 2], atof(argv[i + 3]));
	print_memory(t.pid);
	kill(t.pid, SIGKILL);
	waitpid(t.pid, NULL, 0);
	free(t.seen);
	return asserts && !good;
}
