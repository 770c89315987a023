/*
 * cli.h - what a command is: one file, one table entry.
 *
 * A command fills a struct of its own from its option table and gets the arguments
 * that are left. Help, manual and completion are made from the same entry. Data goes
 * to standard output, everything else to standard error.
 */
#ifndef CLI_CLI_H
#define CLI_CLI_H

#include <stdatomic.h>

#include "base/error.h"
#include "base/names.h"
#include "cli/options.h"

enum {
	STATUS_DONE = 0,
	STATUS_FAILED = 1, /* with a sentence in err, or quietly if err is empty */
	STATUS_USAGE = 2,
	STATUS_INTERRUPTED = 130,
};

struct invocation {
	const struct command *command;
	const void *options; /* the command's struct, filled */
	const struct names *args;
	const atomic_bool
		*cancel;     /* set when the user wants out: look at it in long loops */
	struct arena *arena; /* until the program ends */
};

struct command_example {
	const char *line; /* as typed, without "lariat" */
	const char *what; /* what it does, few words */
};

enum { ARGS_ANY = 1000000 };

struct command {
	const char *name;             /* the word, and the file: cmd_NAME.c */
	const char *args;             /* "FLOW", "[NAME]"; "" if it takes none */
	size_t least, most;           /* how many of them */
	const char *help;             /* one line: what it does */
	const char *about;            /* a paragraph more; NULL if the line says it all */
	const struct option *options; /* up to a NULL name; NULL: none */
	size_t options_size;
	const struct command_example *examples; /* up to a NULL line */

	int (*run)(const struct invocation *in, struct error *err);
};

/* The list, in the order the help shows it, up to NULL (cmds.am). */
extern const struct command *const command_table[];

/* By word; NULL if there is none. */
const struct command *command_find(const char *name);

#endif
