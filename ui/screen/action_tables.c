/*
 * action_tables - the list of tables, one a part; a new table is a line here.
 */
#include "screen/action.h"

const struct action *const action_tables[] = {
	NULL,
};

const char *const action_menus[] = {
	"File",    "Edit",  "View", "Column", "Rows", "Flow",
	"Analyse", "Model", "Run",  "Help",   NULL,
};
