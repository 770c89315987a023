/*
 * help.h - what --help prints, from the tables of commands and options.
 */
#ifndef CLI_HELP_H
#define CLI_HELP_H

#include <stdio.h>

#include "cli/cli.h"

enum { HELP_LINES = 40 }; /* no command's help is longer: a test counts */

void help_program(FILE *file, struct arena *arena);
void help_command(FILE *file, const struct command *command, struct arena *arena);

/* "-o, --output FILE": how help and manual write an option. */
const char *help_option(const struct option *option, struct arena *arena);

/* "lariat run [OPTION]... FLOW" */
const char *help_synopsis(const struct command *command, struct arena *arena);

/* Options of the program itself. */
extern const struct option program_options[];
struct program {
	bool version;
};

#endif
