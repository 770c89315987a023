/*
 * open - the workbench: a table or a flow on the screen.
 *
 * Without standard input and output being a terminal there is no screen; a script of
 * commands needs none. A table that comes through a pipe is put into a file first, and
 * keys come from the terminal then.
 */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/temporary.h"
#include "cli/cli.h"
#include "cli/run_options.h"
#include "screen/loop.h"

struct open_command {
	const char *script;
	int theme;
	bool ascii, no_mouse, batch;
	RUN_FIELDS;
};

static const struct option options[] = {
	OPTION_TEXT(struct open_command, script, 0, "FILE",
		    "do the commands of a file first, one a line"),
	OPTION_FLAG(struct open_command, batch, 'b',
		    "end when the script ends; no screen is needed"),
	OPTION_CHOICE(struct open_command, theme, 0, "NAME", "colours", theme_names),
	OPTION_FLAG(struct open_command, ascii, 0, "draw with ASCII alone"),
	OPTION_FLAG(struct open_command, no_mouse, 0, "leave the mouse to the terminal"),
	RUN_OPTIONS(struct open_command),
	{ 0 },
};

static const struct command_example examples[] = {
	{ "open bookings.csv", "rows at once; every change is a step of a flow" },
	{ "bookings.csv", "the same: the word may be left out" },
	{ "hotel.flow --map s3://bucket/=data/", "a flow, with its sources elsewhere" },
	{ "--script steps.txt --batch bookings.csv",
	  "commands as the screen echoes them" },
	{ 0 },
};

/* All of a pipe in a file that the program removes at its end. */
static bool
spool(const char **path, struct arena *arena, struct error *err)
{
	const char *folder = getenv("TMPDIR");
	char *name = arena_print(arena, "%s/lariat-XXXXXX.csv",
				 folder && *folder ? folder : "/var/tmp");
	const int fd = mkostemps(name, 4, O_CLOEXEC);
	char room[1 << 16];
	ssize_t n, put = 0;

	if (fd < 0)
		return fail_errno(err, "cannot make '%s'", name);
	temporary_add(name);
	while ((n = read(STDIN_FILENO, room, sizeof room)) > 0)
		for (ssize_t at = 0; at < n; at += put)
			if ((put = write(fd, room + at, (size_t)(n - at))) <= 0) {
				fail_errno(err, "cannot write '%s'", name);
				close(fd);
				return false;
			}
	close(fd);
	*path = name;
	return n == 0 || fail_errno(err, "cannot read standard input");
}

static bool
keys_from_terminal(struct error *err)
{
	const int fd = open("/dev/tty", O_RDWR | O_CLOEXEC);

	if (fd < 0)
		return fail_errno(err, "there is no terminal to read keys from");
	dup2(fd, STDIN_FILENO);
	close(fd);
	return true;
}

static bool
show_screen(struct loop_options *loop, const struct invocation *in, struct error *err)
{
	bool ok;

	loop->is_piped = (!loop->path && !isatty(STDIN_FILENO)) ||
			 (loop->path && !strcmp(loop->path, "-"));

	if (!isatty(STDOUT_FILENO))
		return fail(err, "there is no terminal; 'lariat show' prints a table, "
				 "'lariat run' runs a flow, --batch runs a script");
	if (loop->is_piped &&
	    (!spool(&loop->path, in->arena, err) || !keys_from_terminal(err))) {
		temporary_unlink_all();
		return false;
	}
	ok = loop_screen(loop, err);
	if (loop->is_piped)
		temporary_unlink_all();
	return ok;
}

static int
run(const struct invocation *in, struct error *err)
{
	const struct open_command *command = in->options;
	struct loop_options loop = {
		.tty = { .theme = (enum theme)command->theme,
			 .ascii = command->ascii,
			 .mouse = !command->no_mouse },
		.path = in->args->n ? in->args->at[0] : NULL,
		.script = command->script,
	};

	RUN_OPTIONS_APPLY(command, &loop.run);
	if (!run_options_check(&loop.run, err))
		return STATUS_USAGE;
	if (command->batch && !command->script) {
		fail(err, "--batch wants a --script");
		return STATUS_USAGE;
	}
	if (!(command->batch ? loop_script(&loop, err) : show_screen(&loop, in, err)))
		return STATUS_FAILED;
	return STATUS_DONE;
}

const struct command cmd_open = {
	.name = "open",
	.args = "[FILE|FLOW]",
	.most = 1,
	.help = "Build a flow on the screen by looking at the data.",
	.about = "Keys: ? shows them, F9 is the menu, : takes commands, F10 ends.",
	.options = options,
	.options_size = sizeof(struct open_command),
	.examples = examples,
	.run = run,
};
