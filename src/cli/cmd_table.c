/* cmd_table - the list of cmds.am as a table; never edited for a new command. */
#include <string.h>

#include "cli/cli.h"

#define CMD(name) extern const struct command name;
#include "cli/table.inc"
#undef CMD

const struct command *const command_table[] = {
#define CMD(name) &name,
#include "cli/table.inc"
#undef CMD
	NULL,
};

const struct command *
command_find(const char *name)
{
	for (size_t i = 0; command_table[i]; i++)
		if (!strcmp(command_table[i]->name, name))
			return command_table[i];
	return NULL;
}
