/*
 * main - the first word picks the command; its table does the rest.
 *
 * Exit status 0 done, 1 failed, 2 wrong usage, 130 interrupted. Nothing is done at
 * start that the command does not need.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/cancel.h"
#include "cli/help.h"
#include "cli/out.h"
#include "config.h"

/* A stream that the caller closed must not become a file of ours. Opened the wrong way
 * round, so that using it is an error. */
static void
keep_streams(void)
{
	for (int fd = 0; fd <= 2; fd++)
		if (fcntl(fd, F_GETFD) == -1 && errno == EBADF &&
		    open("/dev/null", fd == 0 ? O_WRONLY : O_RDONLY) != fd)
			exit(STATUS_FAILED);
}

static void
complain(const char *command, const struct error *err)
{
	fprintf(stderr, "lariat: %s%s%s\n", command ? command : "", command ? ": " : "",
		err->text);
}

static int
misuse(const char *command, const struct error *err)
{
	complain(command, err);
	fprintf(stderr, "try 'lariat %s%s--help'\n", command ? command : "",
		command ? " " : "");
	return STATUS_USAGE;
}

/* Whatever was printed must have arrived, else the command has failed after all. */
static int
finish(const char *command, int status, struct error *err)
{
	struct error late = { 0 };

	if (status == STATUS_FAILED && (err->cancelled || atomic_load(cancel_flag()))) {
		fprintf(stderr, "lariat: interrupted\n");
		return cancel_status();
	}
	if (status == STATUS_USAGE)
		return misuse(command, err);
	if (status == STATUS_FAILED && err->text[0])
		complain(command, err);
	if (!out_finish(&late) && status == STATUS_DONE) {
		complain(command, &late);
		return STATUS_FAILED;
	}
	return status;
}

static bool
args_fit(const struct command *command, const struct names *args, struct error *err)
{
	if (args->n > command->most && command->most == 0)
		return fail(err, "takes no argument, but got '%s'", args->at[0]);
	if (args->n > command->most)
		return fail(err, "one too many: '%s'", args->at[command->most]);
	if (args->n < command->least)
		return fail(err, "wants %s", command->args);
	return true;
}

static int
run_command(const struct command *command, size_t n, const char *const *words,
	    struct arena *arena)
{
	struct error err = { 0 };
	struct names args = { 0 };
	void *fields = arena_alloc(arena, command->options_size + 1);
	struct invocation in = { command, fields, &args, cancel_flag(), arena };
	bool help;

	if (!options_parse(command->options, fields, n, words, &args, &help, arena, &err))
		return misuse(command->name, &err);
	if (help) {
		help_command(stdout, command, arena);
		return finish(command->name, STATUS_DONE, &err);
	}
	if (!args_fit(command, &args, &err))
		return misuse(command->name, &err);
	return finish(command->name, command->run(&in, &err), &err);
}

static int
no_command(const char *word, struct arena *arena)
{
	const char **words;
	struct error err = { 0 };
	const char *nearest;
	size_t n = 0;

	while (command_table[n])
		n++;
	words = ARENA_ARRAY(arena, n + 1, const char *);
	for (size_t i = 0; i < n; i++)
		words[i] = command_table[i]->name;
	nearest = text_nearest(word, words);
	if (nearest)
		fail(&err, "no command or file '%s'; did you mean '%s'?", word, nearest);
	else
		fail(&err, "no command or file '%s'", word);
	return misuse(NULL, &err);
}

static int
program_itself(size_t n, const char *const *words, struct arena *arena)
{
	struct error err = { 0 };
	struct names args = { 0 };
	struct program program = { 0 };
	bool help = false;

	if (!options_parse(program_options, &program, n, words, &args, &help, arena,
			   &err))
		return misuse(NULL, &err);
	if (!help && !program.version) {
		help_program(stderr, arena);
		return STATUS_USAGE;
	}
	if (help)
		help_program(stdout, arena);
	else
		printf("%s\n", PACKAGE_STRING);
	return finish(NULL, STATUS_DONE, &err);
}

/* Does the command have the option that a word is? */
static bool
is_option_of(const struct command *command, const char *word, struct arena *arena)
{
	const size_t n = strcspn(word, "=");

	for (const struct option *o = command->options; o && o->name; o++) {
		const char *name = arena_print(arena, "--%s", option_word(o, arena));

		if ((strlen(name) == n && !strncmp(name, word, n)) ||
		    (o->letter && word[1] == o->letter))
			return true;
	}
	return false;
}

/* Without a command's word: the workbench where there is a screen, or a script is to be
 * played; else a look at the file. */
static const struct command *
unnamed(size_t n, const char *const *words, struct arena *arena)
{
	const struct command *open = command_find("open"), *show = command_find("show");
	const bool has_screen =
		isatty(STDOUT_FILENO) &&
		(isatty(STDIN_FILENO) || n == 0 || !strcmp(words[0], "-"));

	if (n == 0)
		return has_screen ? open : NULL;
	if (words[0][0] == '-' && words[0][1])
		return is_option_of(open, words[0], arena) ? open : NULL;
	if (strcmp(words[0], "-") != 0 && access(words[0], F_OK) != 0)
		return NULL;
	return has_screen ? open : show;
}

static int
dispatch(size_t n, const char *const *words, struct arena *arena)
{
	const struct command *command = n ? command_find(words[0]) : NULL;

	if (command)
		return run_command(command, n - 1, words + 1, arena);
	command = unnamed(n, words, arena);
	if (command)
		return run_command(command, n, words, arena);
	if (n == 0 || (words[0][0] == '-' && words[0][1]))
		return program_itself(n, words, arena);
	return no_command(words[0], arena);
}

int
main(int argc, char **argv)
{
	struct arena arena = { 0 };
	int status;

	keep_streams();
	signal(SIGPIPE, SIG_IGN);
	signal(SIGXFSZ, SIG_IGN); /* a file grown too large is a failed write */
	cancel_watch();
	status = dispatch(argc > 0 ? (size_t)argc - 1 : 0, (const char *const *)argv + 1,
			  &arena);
	arena_release(&arena);
	return status;
}
