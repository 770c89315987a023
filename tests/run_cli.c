/*
 * run_cli - runs the command line cases of a .test file: words in, output and status out.
 *
 * No shell is between: a case is a line of words, its inputs, and all that must come out.
 *
 *	$ ops clip		words after "lariat"; "..." holds blanks
 *	< text			a line of standard input
 *	> text			a line of standard output; "..." alone: any lines;
 *				nothing: must be empty
 *	! text			a line of standard error, likewise
 *	= 1			exit status; preset 0
 *	+ FILE			the lines behind, each with "| ", are written to FILE
 *				before
 *	@ FILE			and these must stand in FILE afterwards
 *	% FILE SUM		of this SHA-1 must FILE be, for those too long to stand
 *				here
 *	# text			a remark
 *
 * Everything happens in a scratch folder of the test; {src} stands for the project's
 * folder. Lines of a case come in any order; a line without sign ends the case.
 *
 *	run_cli [--accept] LARIAT FILE.test	--accept rewrites what must come out
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/names.h"
#include "base/sha1.h"
#include "base/text.h"
#include "scratch.h"

struct wanted_file {
	const char *name;
	struct names lines;
	const char *sum; /* instead of lines */
	bool is_input;
};

struct test_case {
	size_t line;
	struct names words, input, output, complaint;
	struct wanted_file files[16];
	size_t n_files;
	int status;
	bool has_words; /* perhaps none */
};

static struct arena arena;
static const char *project, *program, *test_name;
static size_t passed, failed;
static bool accepting;

static _Noreturn void
die(const char *what)
{
	fprintf(stderr, "run_cli: %s: %s\n", what, strerror(errno));
	exit(99);
}

/* Every old in text becomes new. */
static const char *
replaced(const char *text, const char *old, const char *new)
{
	const char *result = "", *at;

	while ((at = strstr(text, old))) {
		result = arena_print(&arena, "%s%.*s%s", result, (int)(at - text), text,
				     new);
		text = at + strlen(old);
	}
	return arena_print(&arena, "%s%s", result, text);
}

static void
split_words(const char *line, struct names *words)
{
	while (*(line += strspn(line, " "))) {
		char *word = arena_alloc(&arena, strlen(line) + 1), *to = word;
		bool in_quotes = false;

		for (; *line && (in_quotes || *line != ' '); line++)
			if (*line == '"')
				in_quotes = !in_quotes;
			else if (*line == '\\' && in_quotes && line[1])
				*to++ = *++line;
			else
				*to++ = *line;
		names_add(words, replaced(word, "{src}", project), &arena);
	}
}

static char *
read_all(const char *path, size_t *size)
{
	FILE *file = fopen(path, "r");
	char *data = arena_alloc(&arena, 1);
	size_t n = 0, got;
	char piece[4096];

	*size = 0;
	if (!file)
		return NULL;
	while ((got = fread(piece, 1, sizeof(piece), file)) > 0) {
		data = arena_grow(&arena, data, n + 1, n + got + 1);
		memcpy(data + n, piece, got);
		n += got;
	}
	fclose(file);
	data[n] = '\0';
	*size = n;
	return data;
}

/* A last line without its newline is told from one with it. */
static struct names
lines_of(const char *path)
{
	struct names lines = { 0 };
	size_t size;
	const char *data = read_all(path, &size), *end = data ? data + size : NULL;

	while (data && data < end) {
		const char *stop = memchr(data, '\n', (size_t)(end - data));
		const char *line =
			arena_text_n(&arena, data, (size_t)((stop ? stop : end) - data));

		line = replaced(replaced(line, project, "{src}"), scratch, "{tmp}");
		names_add(&lines,
			  stop ? line : arena_print(&arena, "%s(no newline)", line),
			  &arena);
		data = stop ? stop + 1 : end;
	}
	return lines;
}

static void
write_lines(const char *path, const struct names *lines)
{
	FILE *file;

	for (const char *slash = strchr(path, '/'); slash; slash = strchr(slash + 1, '/'))
		mkdir(arena_text_n(&arena, path, (size_t)(slash - path)), 0777);
	file = fopen(path, "w");
	if (!file)
		die(path);
	for (size_t i = 0; i < lines->n; i++)
		fprintf(file, "%s\n", lines->at[i]);
	fclose(file);
}

static bool
line_matches(const char *wanted, const char *found)
{
	const size_t n = strlen(wanted);

	if (n > 3 && !strcmp(wanted + n - 3, "..."))
		return !strncmp(wanted, found, n - 3);
	return !strcmp(wanted, found);
}

/* "..." stands for any number of lines. */
static bool
matches(const char *const *wanted, size_t n, const char *const *found, size_t m)
{
	if (n == 0)
		return m == 0;
	if (!strcmp(wanted[0], "...")) {
		for (size_t skip = 0; skip <= m; skip++)
			if (matches(wanted + 1, n - 1, found + skip, m - skip))
				return true;
		return false;
	}
	return m > 0 && line_matches(wanted[0], found[0]) &&
	       matches(wanted + 1, n - 1, found + 1, m - 1);
}

static bool
hold(const struct test_case *c, const char *what, const struct names *wanted,
     const struct names *found)
{
	if (matches(wanted->at, wanted->n, found->at, found->n))
		return true;
	printf("%s:%zu: %s: wanted\n", test_name, c->line, what);
	for (size_t i = 0; i < wanted->n; i++)
		printf("\t%s\n", wanted->at[i]);
	printf("found\n");
	for (size_t i = 0; i < found->n; i++)
		printf("\t%s\n", found->at[i]);
	return false;
}

static void
redirect(int fd, const char *path, int flags)
{
	const int file = open(path, flags, 0666);

	if (file < 0 || dup2(file, fd) < 0)
		die(path);
	close(file);
}

static int
run_program(const struct names *words)
{
	const char **argv = ARENA_ARRAY(&arena, words->n + 2, const char *);
	pid_t child;
	int status;

	argv[0] = program;
	for (size_t i = 0; i < words->n; i++)
		argv[i + 1] = words->at[i];
	fflush(NULL);
	child = fork();
	if (child < 0)
		die("fork");
	if (child == 0) {
		redirect(0, ".stdin", O_RDONLY);
		redirect(1, ".stdout", O_WRONLY | O_CREAT | O_TRUNC);
		redirect(2, ".stderr", O_WRONLY | O_CREAT | O_TRUNC);
		alarm(120);
		execv(program, (char *const *)argv);
		die(program);
	}
	if (waitpid(child, &status, 0) < 0)
		die("waitpid");
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

static void
print_lines(FILE *file, const char *sign, const struct names *lines)
{
	for (size_t i = 0; i < lines->n; i++)
		fprintf(file, "%s%s%s\n", sign, *lines->at[i] ? " " : "", lines->at[i]);
}

/* SHA-1 of a file's bytes, or a word for why there is none. */
static const char *
sum_of(const char *path)
{
	char *sum = arena_alloc(&arena, 41);
	size_t size;
	const char *data = read_all(path, &size);

	if (!data)
		return "(no file)";
	sha1_hex(data, size, sum);
	return sum;
}

/* The case as it came out, for --accept. */
static void
accept_case(FILE *file, const struct names *output, const struct names *complaint,
	    int status, struct test_case *c)
{
	print_lines(file, ">", output);
	print_lines(file, "!", complaint);
	if (status)
		fprintf(file, "= %d\n", status);
	for (size_t i = 0; i < c->n_files; i++) {
		const struct wanted_file *wanted = &c->files[i];
		struct names lines = lines_of(wanted->name);

		if (wanted->is_input)
			continue;
		if (wanted->sum) {
			fprintf(file, "%% %s %s\n", wanted->name, sum_of(wanted->name));
			continue;
		}
		fprintf(file, "@ %s\n", wanted->name);
		print_lines(file, "|", &lines);
	}
}

static bool
hold_file(const struct test_case *c, const struct wanted_file *wanted)
{
	struct names lines;

	if (!wanted->sum) {
		lines = lines_of(wanted->name);
		return hold(c, wanted->name, &wanted->lines, &lines);
	}
	if (!strcmp(wanted->sum, sum_of(wanted->name)))
		return true;
	printf("%s:%zu: %s: wanted %s, found %s\n", test_name, c->line, wanted->name,
	       wanted->sum, sum_of(wanted->name));
	return false;
}

static void
run_case(struct test_case *c, FILE *accepted)
{
	struct names output, complaint;
	bool good = true;
	int status;

	if (!c->has_words)
		return;
	write_lines(".stdin", &c->input);
	for (size_t i = 0; i < c->n_files; i++)
		if (c->files[i].is_input)
			write_lines(c->files[i].name, &c->files[i].lines);
	status = run_program(&c->words);
	output = lines_of(".stdout");
	complaint = lines_of(".stderr");
	if (accepted) {
		accept_case(accepted, &output, &complaint, status, c);
		return;
	}
	if (status != c->status) {
		printf("%s:%zu: exit status %d, wanted %d\n", test_name, c->line, status,
		       c->status);
		good = false;
	}
	good &= hold(c, "standard output", &c->output, &output);
	good &= hold(c, "standard error", &c->complaint, &complaint);
	for (size_t i = 0; i < c->n_files; i++)
		good &= c->files[i].is_input || hold_file(c, &c->files[i]);
	*(good ? &passed : &failed) += 1;
}

static void
add_file(struct test_case *c, const char *name, bool is_input)
{
	if (c->n_files == COUNT(c->files)) {
		errno = E2BIG;
		die("files of a case");
	}
	c->files[c->n_files++] =
		(struct wanted_file){ .name = name, .is_input = is_input };
}

/* One line of the test file; true if it says what must come out. */
static bool
take_line(struct test_case *c, char sign, const char *rest)
{
	switch (sign) {
	case '$':
		c->has_words = true;
		split_words(rest, &c->words);
		return false;
	case '<':
		names_add(&c->input, rest, &arena);
		return false;
	case '>':
		names_add(&c->output, rest, &arena);
		return true;
	case '!':
		names_add(&c->complaint, rest, &arena);
		return true;
	case '=':
		c->status = atoi(rest);
		return true;
	case '+':
	case '@':
		add_file(c, rest, sign == '+');
		return sign == '@';
	case '%':
		add_file(c, arena_text_n(&arena, rest, strcspn(rest, " ")), false);
		c->files[c->n_files - 1].sum =
			rest + strcspn(rest, " ") + (strchr(rest, ' ') != NULL);
		return true;
	case '|':
		if (c->n_files)
			names_add(&c->files[c->n_files - 1].lines, rest, &arena);
		return c->n_files && !c->files[c->n_files - 1].is_input;
	default:
		return false;
	}
}

static void
run_file(const struct names *lines, FILE *accepted)
{
	struct test_case c = { 0 };

	for (size_t i = 0; i <= lines->n; i++) {
		const char *line = i < lines->n ? lines->at[i] : "";
		const char sign = *line;
		bool is_outcome;

		if (!sign || !strchr("$<>!=+@|%#", sign)) {
			run_case(&c, accepted);
			c = (struct test_case){ .line = i + 2 };
			is_outcome = false;
		} else {
			is_outcome = take_line(&c, sign, line + (line[1] == ' ' ? 2 : 1));
		}
		if (sign == '$')
			c.line = i + 1;
		if (accepted && !is_outcome && i < lines->n)
			fprintf(accepted, "%s\n", line);
	}
}

static struct names
test_lines(const char *path)
{
	struct names lines = { 0 };
	size_t size;
	char *data = read_all(path, &size);

	if (!data)
		die(path);
	for (char *stop; (stop = strchr(data, '\n')); data = stop + 1) {
		*stop = '\0';
		names_add(&lines, data, &arena);
	}
	return lines;
}

int
main(int argc, char **argv)
{
	const char *source = getenv("srcdir"), *path;
	struct names lines;
	FILE *accepted = NULL;

	accepting = argc > 1 && !strcmp(argv[1], "--accept");
	if (argc - accepting != 3) {
		fprintf(stderr, "run_cli: [--accept] LARIAT FILE.test\n");
		return 99;
	}
	project = realpath(source ? source : ".", NULL);
	program = realpath(argv[1 + accepting], NULL);
	path = realpath(argv[2 + accepting], NULL);
	if (!project || !program || !path)
		die(argv[2 + accepting]);
	test_name = argv[2 + accepting];
	lines = test_lines(path);
	if (!scratch_enter())
		die(scratch);
	if (accepting && !(accepted = fopen(path, "w")))
		die(path);
	run_file(&lines, accepted);
	if (accepted)
		fclose(accepted);
	if (!scratch_leave())
		die(scratch);
	free((void *)project);
	free((void *)program);
	free((void *)path);
	arena_release(&arena);
	if (!accepting)
		printf("%zu passed, %zu failed\n", passed, failed);
	return failed != 0;
}
