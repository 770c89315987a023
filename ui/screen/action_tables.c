/*
 * action_tables - the list of tables, one a part, in the order of menus and help: a new
 * one is a line here.
 */
#include "screen/action.h"

/* clang-format off */
#define TABLES \
	TABLE(file_actions) \
	TABLE(export_actions) \
	TABLE(app_actions) \
	TABLE(data_step_actions) \
	TABLE(data_actions) \
	TABLE(insight_actions) \
	TABLE(chart_actions) \
	TABLE(flow_moves) \
	TABLE(flow_actions) \
	TABLE(runs_actions) \
	TABLE(macro_actions) \
	TABLE(terminal_actions) \
	/* the end */
/* clang-format on */

#define TABLE(table) extern const struct action table[];
TABLES
#undef TABLE

#define TABLE(table) table,
const struct action *const action_tables[] = { TABLES NULL };

const char *const action_menus[] = {
	"File",    "Edit",  "View", "Column", "Rows", "Flow",
	"Analyse", "Model", "Run",  "Help",   NULL,
};

const char *const screen_names[] = {
	"Flow", "Data", "Insight", "Chart", "Models", "Runs", "Start", NULL,
};
