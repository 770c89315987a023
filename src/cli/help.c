/* help - at most HELP_LINES lines of at most 80 columns. */
#include "cli/help.h"

#include <string.h>

#include "cli/out.h"

enum { WIDTH = 80 };

const struct option program_options[] = {
	OPTION_FLAG(struct program, version, 'V', "name and version"),
	{ 0 },
};

const char *
help_option(const struct option *option, struct arena *arena)
{
	const char *word = option_word(option, arena);
	const char *letter =
		option->letter ? arena_print(arena, "-%c, ", option->letter) : "    ";

	return arena_print(arena, "%s--%s%s%s", letter, word, option->value ? " " : "",
			   option->value ? option->value : "");
}

const char *
help_synopsis(const struct command *command, struct arena *arena)
{
	return arena_print(arena, "lariat %s%s%s%s", command->name,
			   command->options ? " [OPTION]..." : "",
			   *command->args ? " " : "", command->args);
}

static int
widest_option(const struct option *options, struct arena *arena)
{
	int widest = 12;

	for (; options && options->name; options++) {
		const int n = (int)strlen(help_option(options, arena));

		if (n > widest)
			widest = n;
	}
	return widest;
}

static void
print_options(FILE *file, const struct option *options, struct arena *arena)
{
	const int widest = widest_option(options, arena);

	fprintf(file, "\nOptions:\n");
	for (const struct option *o = options; o && o->name; o++) {
		fprintf(file, "  %-*s  ", widest, help_option(o, arena));
		out_wrapped(file, o->help, widest + 4, WIDTH);
	}
	fprintf(file, "  %-*s  %s\n", widest, help_option(&option_help, arena),
		option_help.help);
}

void
help_command(FILE *file, const struct command *command, struct arena *arena)
{
	fprintf(file, "Usage: %s\n\n", help_synopsis(command, arena));
	out_wrapped(file, arena_print(arena, "%s: %s", command->name, command->help), 0,
		    WIDTH);
	if (command->about)
		out_wrapped(file, command->about, 0, WIDTH);
	print_options(file, command->options, arena);
	if (command->examples)
		fprintf(file, "\nExamples:\n");
	for (const struct command_example *e = command->examples; e && e->line; e++)
		fprintf(file, "  lariat %s\n      %s\n", e->line, e->what);
}

void
help_program(FILE *file, struct arena *arena)
{
	fprintf(file,
		"Usage: lariat COMMAND [OPTION]... [ARGUMENT]...\n"
		"       lariat [OPTION]... [FILE|FLOW]\n\n"
		"lariat builds and runs data flows (SageMaker Data Wrangler .flow "
		"files)\n"
		"on this machine. A file alone is opened on the screen.\n\nCommands:\n");
	for (size_t i = 0; command_table[i]; i++) {
		fprintf(file, "  %-10s", command_table[i]->name);
		out_wrapped(file, command_table[i]->help, 12, WIDTH);
	}
	print_options(file, program_options, arena);
	fprintf(file, "\n'lariat COMMAND --help' tells more; 'man lariat-keys' has the "
		      "keys of\n"
		      "the screen. Exit status: 0 done, 1 failed, 2 wrong usage, 130 "
		      "interrupted.\n");
}
