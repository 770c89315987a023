/*
 * data_heading - what the frame shows of the data: how much of it is known, and the cell
 * under the cursor among the others of its column.
 */
#include <inttypes.h>
#include <stdio.h>

#include "screen/data.h"
#include "widget/figure.h"
#include "widget/step_text.h"

static void
print_badge(const struct sheet_state *state, struct heading *heading)
{
	char rows[FIGURE_SIZE], all[FIGURE_SIZE];

	if (!state->is_ordered && !state->has_failed) {
		snprintf(heading->badge, sizeof heading->badge,
			 "\xe2\x97\x90 sorting \xe2\x80\xa6 %.0f%%", 100 * state->done);
		return;
	}
	figure_count(state->rows, rows);
	if (state->is_whole) {
		snprintf(heading->badge, sizeof heading->badge,
			 "\xe2\x96\xa0 full %.20s×%zu", rows, state->schema.n);
		return;
	}
	figure_short((double)state->estimate, all);
	if (state->is_sample) {
		figure_short((double)state->rows, rows);
		snprintf(heading->badge, sizeof heading->badge,
			 "\xe2\x96\xa4 sample %.16s%s%.16s", rows,
			 state->estimate ? " of \xe2\x89\x88" : "",
			 state->estimate ? all : "");
	} else if (state->estimate) {
		snprintf(heading->badge, sizeof heading->badge,
			 "\xe2\x96\xa4 %.0f%% indexed \xe2\x89\x88 %.16s rows",
			 100 * state->done, all);
	} else {
		snprintf(heading->badge, sizeof heading->badge,
			 "\xe2\x96\xa4 %.20s rows so far", rows);
	}
}

/* "lead_time 0–93: 14,202 of 19,998 rows · = adds a filter step" */
static void
print_brush(struct data *data, const struct brush *brush, struct heading *heading)
{
	const struct summary_result *found = grid_found(&data->view, data->grid.column);
	char range[BRUSH_RANGE], rows[FIGURE_SIZE], all[FIGURE_SIZE];

	brush_print(brush, found->type, range);
	figure_count(brush_rows(brush), rows);
	figure_count(found->rows, all);
	snprintf(heading->left, sizeof heading->left,
		 "%.160s %s: %s%s of %s rows · = adds a filter step", brush->column,
		 range, data->view.profile->is_whole ? "" : "≈", rows, all);
}

/* "lead_time[5] = 14 · median 82 · 408 distinct · 0 missing" */
static void
print_left(struct app *app, struct data *data, struct heading *heading)
{
	const struct summary_result *found = grid_found(&data->view, data->grid.column);
	const struct focus *focus = &app->focus;
	char *out = heading->left;
	const size_t size = sizeof heading->left;
	char number[FIGURE_SIZE];
	size_t n;

	if (!data->state->rows && data->state->is_whole) {
		snprintf(out, size, "%s \xc2\xb7 no rows", focus->column);
		return;
	}
	n = (size_t)snprintf(out, size, "%s[%" PRIu64 "] = %.120s", focus->column,
			     focus->row + 1,
			     !focus->has_value                       ? "·"
			     : focus->is_missing && !focus->value[0] ? "∅"
								     : focus->value);
	if (!found)
		return;
	if (found->count && (found->type & TYPE_NUMERIC)) {
		figure_number(found->median, number);
		n += (size_t)snprintf(out + n, size - n, " · median %s%s",
				      found->quantiles_are_exact ? "" : "≈", number);
	}
	figure_count(found->distinct, number);
	n += (size_t)snprintf(out + n, size - n, " · %s%s distinct",
			      found->distinct_is_exact ? "" : "≈", number);
	figure_count(found->missing, number);
	n += (size_t)snprintf(out + n, size - n, " · %s missing", number);
	if (found->misfits && n < size) {
		figure_count(found->misfits, number);
		snprintf(out + n, size - n, " · %s %s not fit", number,
			 found->misfits == 1 ? "does" : "do");
	}
}

static void
print_right(struct app *app, struct data *data, struct heading *heading)
{
	const bool is_odd = data_remarks(data, &app->arena).n > 0;
	const struct grid *grid = &data->grid;
	const struct grid_slot *last = grid->slots + grid->n_slots;
	char more[64] = "", row[FIGURE_SIZE];
	size_t first;

	if (!grid->n_slots)
		return;
	first = grid->slots[0].column;
	if (grid->n_slots > 1 && last[-1].is_cut)
		last--;
	if (grid->pinned < grid->frozen)
		snprintf(more, sizeof more, "too wide to freeze · ");
	else if (grid->n_marked)
		snprintf(more, sizeof more, "%zu marked · ", grid->n_marked);
	else if (grid->n_hidden)
		snprintf(more, sizeof more, "%zu hidden · ", grid->n_hidden);
	figure_count(grid->row + 1, row);
	snprintf(heading->right, sizeof heading->right,
		 "│ %s%.32scols %zu–%zu/%zu row %.24s",
		 is_odd ? "⚠ odd lines: gw · " : "", more, first + 1, last[-1].column + 1,
		 grid->n, row);
}

void
data_heading(void *self, struct app *app, struct heading *heading)
{
	struct data *data = self;
	const size_t place = work_place(&app->work);

	if (place != FLOW_NONE)
		snprintf(heading->title, sizeof heading->title, "%s",
			 step_name(app->work.flow.nodes + place, &app->arena));
	if (!data_look(app, data))
		return;
	print_badge(data->state, heading);
	if (data->view.brush) {
		print_brush(data, data->view.brush, heading);
		return;
	}
	print_left(app, data, heading);
	print_right(app, data, heading);
}

const char *
data_sentence(void *self, struct app *app)
{
	const struct focus *focus = &app->focus;

	(void)self;
	if (focus->place < 0)
		return NULL;
	return arena_print(&app->arena, "row %" PRIu64 ", %s %s", focus->row + 1,
			   focus->column,
			   !focus->has_value                       ? "not there yet"
			   : focus->is_missing && !focus->value[0] ? "missing"
								   : focus->value);
}
