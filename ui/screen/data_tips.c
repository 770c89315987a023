/*
 * data_tips - a line below a table that is shorter than its pane: something that could be
 * done here and now. Another one after each change of the flow, of those that suit the
 * column under the cursor. ":set tips=off" leaves them out.
 */
#include "screen/data.h"
#include "term/clean.h"

enum { BLANK = 3 /* lines that there must be */ };

/* Of the column under the cursor; found may be NULL. */
typedef bool suits(const struct data *data, const struct summary_result *found);

static bool
has_missing(const struct data *data, const struct summary_result *found)
{
	(void)data;
	return found && found->missing && found->count;
}

static bool
is_constant(const struct data *data, const struct summary_result *found)
{
	(void)data;
	return found && figure_is_constant(found);
}

static bool
is_category(const struct data *data, const struct summary_result *found)
{
	(void)data;
	return found && figure_is_category(found);
}

static bool
is_number(const struct data *data, const struct summary_result *found)
{
	(void)data;
	return found && found->count && found->type & TYPE_NUMERIC;
}

static bool
has_hidden(const struct data *data, const struct summary_result *found)
{
	(void)found;
	return data->grid.n_hidden > 0;
}

static bool
has_marked(const struct data *data, const struct summary_result *found)
{
	(void)found;
	return data->grid.n_marked > 0;
}

static bool
always(const struct data *data, const struct summary_result *found)
{
	(void)data;
	(void)found;
	return true;
}

static const struct tip {
	suits *suits;
	const char *text;
} tips[] = {
	{ always, "{keep-like} keeps rows like the one under the cursor, {drop-like} "
		  "drops them" },
	{ has_missing, "{step} fill finds what fills in missing values" },
	{ always, "{card} shows all that is known of a column, and what could be done" },
	{ is_category,
	  "{facets} lists the values with their counts; Space picks some to keep" },
	{ is_number,
	  "drag across the bars of a column, then {keep-like} keeps that part" },
	{ is_constant, "a column of one value tells nothing: {drop} drops it" },
	{ has_hidden, "{show-hidden} shows hidden columns, {undo-look} takes back what "
		      "was done to the look" },
	{ has_marked,
	  "what is done now is done to all marked columns; {unmark} unmarks" },
	{ always, "{mark} marks columns, and what is done then is done to all of them" },
	{ is_number,
	  "{sort} sorts the view, {sort-down} the largest first; neither is a step" },
	{ always, "{undo} takes the last step back, {history} shows all of them" },
	{ always, "{palette} finds any command by some of its letters" },
};

static const char *
tip_now(struct app *app, const struct data *data)
{
	const struct summary_result *found = grid_found(&data->view, data->grid.column);
	size_t at = app->work.version % COUNT(tips);

	while (!tips[at].suits(data, found))
		at = (at + 1) % COUNT(tips);
	return action_spell(tips[at].text, &app->arena);
}

void
data_tip_draw(struct app *app, const struct data *data, struct pane below)
{
	const uint64_t shown = data->state->rows - data->grid.top;
	const char *tip;

	if (!app->settings.tips || !data->state->is_whole || !data->state->rows ||
	    below.rows < BLANK || shown > (uint64_t)(below.rows - BLANK))
		return;
	tip = tip_now(app, data);
	if (clean_columns(text_of(tip), below.columns) + 7 <= below.columns)
		pane_print(below, below.rows - 1, 1, PAINT(INK_DIM), "tip · %s", tip);
}
