/*
 * terminal_actions - what the terminal can do, to look at.
 */
#include "screen/app.h"
#include "term/tty_report.h"

static bool
doctor(struct app *app, const void *fields, struct error *err)
{
	struct tty_facts facts;
	int rows = 0, columns = 0;

	(void)fields;
	if (app->has_terminal) {
		facts = *tty_facts();
		tty_size(&rows, &columns);
	} else if (!tty_look(&facts, err))
		return false;
	text_open(app, "What this terminal can do",
		  text_of(tty_report_text(&facts, rows, columns, &app->arena)));
	return true;
}

const struct action terminal_actions[] = {
	{ .name = "doctor",
	  .title = "What this terminal can do",
	  .menu = "Help",
	  .where = IN_ANY,
	  .help = "Colours, characters, mouse of this terminal; a ruler to check widths "
		  "by.",
	  .flags = ACTION_MOVE,
	  .run = doctor },
	{ 0 },
};
