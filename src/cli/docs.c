/*
 * docs - prints the manual and the words of completion from the program's own tables.
 *
 * Part of the build, not of what is installed: `docs lariat.1 >share/man/man1/lariat.1`.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "cli/help.h"
#include "cli/manual.h"
#include "config.h"
#include "op/param_docs.h"
#include "screen/action.h"

static void
roff_options(const struct option *options, struct arena *arena)
{
	for (; options && options->name; options++)
		manual_item(help_option(options, arena), options->help);
	manual_item(help_option(&option_help, arena), option_help.help);
}

static void
roff_command(const struct command *command, struct arena *arena)
{
	printf(".SS \"");
	manual_text(help_synopsis(command, arena));
	printf("\"\n");
	manual_paragraph(arena_print(arena, "%s.", command->help));
	if (command->about)
		manual_paragraph(command->about);
	roff_options(command->options, arena);
	for (const struct command_example *e = command->examples; e && e->line; e++)
		manual_example(arena_print(arena, "lariat %s", e->line), e->what);
}

static void
print_manual(struct arena *arena)
{
	manual_head("LARIAT", "1", "lariat - runs saved data flows");
	printf(".SH SYNOPSIS\n.B lariat\n.I COMMAND\n[\\fIOPTION\\fR]... "
	       "[\\fIARGUMENT\\fR]...\n");
	printf(".SH DESCRIPTION\n");
	manual_paragraph(
		"Runs SageMaker Data Wrangler flow files on data of this machine. "
		"Data goes to standard output, everything else to standard error; "
		"'-' is standard input or output. Output files appear whole or not "
		"at all; that a table survives a loss of power takes --sync.");
	printf(".SH OPTIONS\n");
	roff_options(program_options, arena);
	printf(".SH COMMANDS\n");
	for (size_t i = 0; command_table[i]; i++)
		roff_command(command_table[i], arena);
	printf(".SH EXIT STATUS\n");
	manual_item("0", "done");
	manual_item(
		"1",
		"failed; a sentence on standard error says what, where and what to do");
	manual_item("2", "wrong usage");
	manual_item("130", "interrupted");
	printf(".SH ENVIRONMENT\n");
	manual_item("NO_COLOR", "if set and not empty, nothing is coloured");
	manual_item(
		"LARIAT_LINEAR",
		"if set and not empty, no screen is drawn: after each key a line says "
		"where one is and what has changed, for screen readers and braille "
		"displays; keys and commands are the same");
	printf(".SH SEE ALSO\n.BR lariat-keys (7),\n.BR lariat-ops (7)\n");
}

/* Operators of the group that begins with place first, which no earlier one has. */
static bool
roff_group(size_t first, struct buffer *out, struct error *err)
{
	const char *group = op_table[first]->group;

	for (size_t i = 0; i < first; i++)
		if (!strcmp(op_table[i]->group, group))
			return true;
	manual_section(group);
	for (size_t i = first; op_table[i]; i++) {
		if (strcmp(op_table[i]->group, group) != 0)
			continue;
		out->size = 0;
		if (!op_manual(op_table[i], out, err))
			return false;
		fwrite(out->data, 1, out->size, stdout);
	}
	return true;
}

static void
print_ops(struct arena *arena)
{
	struct error err = { 0 };
	struct buffer *out = buffer_new(0, &err);
	bool ok = out != NULL;

	(void)arena;
	manual_head("LARIAT-OPS", "7",
		    "lariat-ops - the operators of lariat, with their parameters");
	printf(".SH DESCRIPTION\n");
	manual_paragraph(
		"An operator is what a step of a flow does. Settings are written as "
		"NAME=VALUE; a column list as A,B with a backslash before a comma "
		"that is part of a name.");
	for (size_t i = 0; ok && op_table[i]; i++)
		ok = roff_group(i, out, &err);
	if (out)
		buffer_drop(out);
	if (!ok) {
		fprintf(stderr, "docs: %s\n", err.text);
		exit(STATUS_FAILED);
	}
	printf(".SH SEE ALSO\n.BR lariat (1)\n");
}

/* "Flow, Data": the screens of an action that is not on all of them. */
static const char *
places(const struct action *action, struct arena *arena)
{
	const char *out = "";

	if ((action->where & IN_OPEN) == IN_OPEN)
		return "";
	for (size_t i = 0; screen_names[i]; i++)
		if (action->where >> i & 1)
			out = arena_print(arena, "%s%s%s", out, *out ? ", " : "",
					  screen_names[i]);
	return arena_print(arena, " (%s)", out);
}

static void
roff_action(const struct action *action, struct arena *arena)
{
	const char *head = arena_print(arena, ":%s", action->name), *text;

	for (const struct param *p = action->params; p && p->name; p++)
		head = arena_print(arena, p->preset ? "%s [%s=]" : "%s %s=", head,
				   p->name);
	if (action->keys && *action->keys)
		head = arena_print(arena, "%s   %s", head, action->keys);
	text = arena_print(arena, "%s%s", action->help, places(action, arena));
	for (const struct param *p = action->params; p && p->name; p++)
		text = arena_print(arena, "%s %s: %s.", text, p->name, p->help);
	manual_item(head, text);
}

static void
print_keys(struct arena *arena)
{
	const struct action *action;

	manual_head("LARIAT-KEYS", "7",
		    "lariat-keys - keys and commands of the screen of lariat");
	printf(".SH DESCRIPTION\n");
	manual_paragraph(
		"What can be done on the screen, by menu: the command as it is typed "
		"behind ':', and its keys. Keys behind one another without a blank are "
		"typed one after the other. Steps are commands too: see lariat-ops(7). "
		"A file with commands, one a line, is played by ':macro' and by "
		"'lariat --script'; ':macro-save' makes one of all that was done.");
	manual_paragraph(
		"A step that is added reads the current one. 'with=' says the second "
		"table of a join: a file, or a step; 'branch' leaves those alone that "
		"read the current step. Commands about a step take 'step=': its number, "
		"as the flow shows it ('5'; '5.2' is the second analysis of step 5), or "
		"its name; the current step if it is left out. It is the current one "
		"then.");
	for (size_t i = 0; action_menus[i]; i++) {
		bool is_first = true;

		for (action = action_next(NULL); action; action = action_next(action)) {
			if (strcmp(action->menu, action_menus[i]) != 0)
				continue;
			if (is_first)
				manual_section(action_menus[i]);
			is_first = false;
			roff_action(action, arena);
		}
	}
	printf(".SH SEE ALSO\n.BR lariat (1),\n.BR lariat-ops (7)\n");
}

/* Every option of a command as words, each with before in front. */
static void
words(const struct option *options, const char *before, struct arena *arena)
{
	for (; options && options->name; options++)
		printf("%s--%s", before, option_word(options, arena));
	printf("%s--%s", before, option_help.name);
}

static void
print_bash(struct arena *arena)
{
	printf("# completion of lariat for bash\n_lariat()\n{\n"
	       "\tlocal word=${COMP_WORDS[COMP_CWORD]}\n\tlocal words=\n"
	       "\tif [ \"$COMP_CWORD\" -eq 1 ]; then\n\t\twords=\"");
	for (size_t i = 0; command_table[i]; i++)
		printf("%s%s", i ? " " : "", command_table[i]->name);
	words(program_options, " ", arena);
	printf("\"\n\telse\n\t\tcase ${COMP_WORDS[1]} in\n");
	for (size_t i = 0; command_table[i]; i++) {
		printf("\t\t%s) words=\"", command_table[i]->name);
		words(command_table[i]->options, " ", arena);
		printf("\" ;;\n");
	}
	printf("\t\tesac\n\t\tcase $word in -*) ;; *) words= ;; esac\n\tfi\n"
	       "\tmapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$word\"; "
	       "compgen -f -- \"$word\")\n}\n"
	       "complete -o filenames -F _lariat lariat\n");
}

/* A text inside single quotes of a shell, and without what zsh takes for its own. */
static void
quoted(const char *text)
{
	for (; *text; text++)
		if (*text == '\'')
			printf("'\\''");
		else if (strchr("[]:", *text))
			printf("\\%c", *text);
		else
			putchar(*text);
}

static void
zsh_options(const struct option *options, struct arena *arena)
{
	for (; options && options->name; options++) {
		printf(" \\\n\t\t\t'*--%s%s[", option_word(options, arena),
		       options->value ? "=" : "");
		quoted(options->help);
		printf("]%s%s%s'", options->value ? ":" : "",
		       options->value ? options->value : "",
		       options->value ? ":_files" : "");
	}
	printf(" \\\n\t\t\t'--%s[%s]' '*:file:_files' ;;\n", option_help.name,
	       option_help.help);
}

static void
print_zsh(struct arena *arena)
{
	printf("#compdef lariat\n# completion of lariat for zsh\nlocal -a "
	       "commands\ncommands=(\n");
	for (size_t i = 0; command_table[i]; i++) {
		printf("\t'%s:", command_table[i]->name);
		quoted(command_table[i]->help);
		printf("'\n");
	}
	printf(")\nif (( CURRENT == 2 )); then\n\t_describe command commands\n\t_files\n"
	       "else\n\tlocal command=$words[2]\n\tshift words\n\t(( CURRENT-- ))\n"
	       "\tcase $command in\n");
	for (size_t i = 0; command_table[i]; i++) {
		printf("\t%s) _arguments", command_table[i]->name);
		zsh_options(command_table[i]->options, arena);
	}
	printf("\t*) _files ;;\n\tesac\nfi\n");
}

static void
fish_options(const struct command *command, struct arena *arena)
{
	for (const struct option *o = command->options; o && o->name; o++) {
		printf("complete -c lariat -n '__fish_seen_subcommand_from %s' -l %s%s",
		       command->name, option_word(o, arena), o->value ? " -r" : "");
		if (o->letter)
			printf(" -s %c", o->letter);
		printf(" -d '");
		quoted(o->help);
		printf("'\n");
	}
}

static void
print_fish(struct arena *arena)
{
	printf("# completion of lariat for fish\n");
	for (size_t i = 0; command_table[i]; i++) {
		printf("complete -c lariat -n __fish_use_subcommand -a %s -d '",
		       command_table[i]->name);
		quoted(command_table[i]->help);
		printf("'\n");
		fish_options(command_table[i], arena);
	}
}

static const struct {
	const char *file;
	void (*print)(struct arena *arena);
} pages[] = {
	{ "lariat.1", print_manual },    { "lariat-ops.7", print_ops },
	{ "lariat-keys.7", print_keys }, { "lariat", print_bash },
	{ "_lariat", print_zsh },        { "lariat.fish", print_fish },
};

int
main(int argc, char **argv)
{
	struct arena arena = { 0 };

	for (size_t i = 0; argc == 2 && i < COUNT(pages); i++) {
		if (strcmp(argv[1], pages[i].file) != 0)
			continue;
		pages[i].print(&arena);
		arena_release(&arena);
		return fflush(stdout) != 0;
	}
	fprintf(stderr, "docs: say which page\n");
	return STATUS_USAGE;
}
