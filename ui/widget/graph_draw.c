/*
 * graph_draw - boxes and lines of the part of the canvas that a pane shows.
 */
#include <stdio.h>

#include "term/clean.h"
#include "widget/graph_parts.h"
#include "widget/standing.h"
#include "widget/step_text.h"
#include "widget/strokes.h"

/* A pane that shows the canvas from a row and column on: what lies before is cut. */
struct window {
	struct pane pane;
	int row, column;
	const struct graph *graph;
	size_t selected;
	const struct step_standing *standings;
	struct arena *arena;
};

static void
put(const struct window *w, int row, int column, struct paint paint, uint32_t code)
{
	pane_put(w->pane, row - w->row, column - w->column, paint, code);
}

/* At most so many columns; what is longer ends with an ellipsis. */
static void
put_text(const struct window *w, int row, int column, int width, struct paint paint,
	 struct text text)
{
	const int hidden = w->column - column;
	struct surface line = { 0 };

	if (row < w->row || width <= 0 || column - w->column >= w->pane.columns)
		return;
	if (hidden <= 0) {
		pane_text(w->pane, row - w->row, -hidden, width, paint, text);
		return;
	}
	surface_resize(&line, 1, width);
	width = pane_text(surface_pane(&line), 0, 0, width, paint, text);
	for (int i = hidden; i < width; i++) {
		const struct cell *cell = surface_cell(&line, 0, i);

		put(w, row, column + i, paint, cell->code[0] ? cell->code[0] : ' ');
	}
	surface_release(&line);
}

static void
draw_lines(const struct window *w)
{
	const struct graph *graph = w->graph;

	for (int y = 0; y < w->pane.rows && w->row + y < graph->rows; y++)
		for (int x = 0; x < w->pane.columns && w->column + x < graph->columns;
		     x++) {
			const uint8_t lines =
				graph->lines[(size_t)(w->row + y) *
						     (size_t)graph->columns +
					     (size_t)(w->column + x)];

			if (lines)
				pane_put(w->pane, y, x, PAINT(INK_RULE),
					 lines & GRAPH_ARROW ? 0x25b6
							     : stroke_code(lines));
		}
}

/* Of the steps in a box, the one that stands worst, or where nothing is wrong the last.
 */
static const struct step_standing *
standing_of(const struct window *w, const struct graph_box *box)
{
	const struct step_standing *worst = NULL;

	for (size_t i = 0; w->standings && i < box->n; i++) {
		const struct step_standing *at = &w->standings[box->nodes[i]];

		if (!worst || at->state >= STEP_FOREIGN || worst->state < STEP_FOREIGN)
			if (!worst || at->state != STEP_BLOCKED ||
			    worst->state < STEP_FOREIGN)
				worst = at;
	}
	return worst;
}

static struct paint
frame_paint(const struct step_standing *standing, bool is_selected)
{
	if (standing &&
	    (standing->state == STEP_WRONG || standing->state == STEP_BLOCKED))
		return PAINT(INK_ERR, is_selected ? STYLE_BOLD : 0);
	if (is_selected)
		return PAINT(INK_ACCENT, STYLE_BOLD);
	if (standing && (standing->state == STEP_STALE || standing->state == STEP_OFF))
		return PAINT(INK_DIM);
	return PAINT(INK_RULE);
}

static void
draw_frame(const struct window *w, const struct graph_box *box, struct paint paint)
{
	const int top = box->row, bottom = top + box->rows - 1;
	const int left = box->column, right = left + box->columns - 1;
	const struct graph_point *point = &w->graph->points[box - w->graph->boxes];
	const int port = point_port(point);

	for (int column = left; column <= right; column++)
		for (int row = top; row <= bottom; row++) {
			const unsigned sides =
				(row > top && (column == left || column == right)
					 ? STROKE_UP
					 : 0) |
				(row < bottom && (column == left || column == right)
					 ? STROKE_DOWN
					 : 0) |
				(column > left && (row == top || row == bottom)
					 ? STROKE_LEFT
					 : 0) |
				(column < right && (row == top || row == bottom)
					 ? STROKE_RIGHT
					 : 0);

			put(w, row, column, paint, stroke_code(sides));
		}
	if (point->n_in)
		put(w, port, left, paint, 0x2524);
	if (point->n_out)
		put(w, port, right, paint, 0x251c);
}

/* How a step stands, at the right end of its line, unless it is fine; columns taken. */
static int
draw_state(const struct window *w, const struct graph_box *box, int row,
	   const struct step_standing *standing)
{
	struct paint paint;
	const char *word = standing ? standing_word(standing, &paint) : "";
	size_t end = 0;
	struct seen seen;

	if (!standing || (standing->state == STEP_FINE && !standing->pin) || !*word ||
	    !clean_next(text_of(word), &end, &seen))
		return 0;
	put(w, row, box->column + box->columns - 3, paint, seen.code[0]);
	return 2;
}

/* "ƒ Impute numbers"; the sign is that of where it begins or ends. */
static void
draw_title(const struct window *w, const struct graph_box *box,
	   const struct step_standing *standing)
{
	const struct node *node = &w->graph->flow->nodes[box->nodes[0]];
	const uint32_t sign = node->type == NODE_TRANSFORM || node->type == NODE_OTHER ||
					      node->type == NODE_DATASET
				      ? 0x192
				      : step_sign(node);
	const bool is_here = box->n == 1 && w->selected == box->nodes[0];
	const int width = box->columns - 6 - draw_state(w, box, box->row + 1, standing);

	put(w, box->row + 1, box->column + 2, PAINT(INK_INFO), sign);
	put_text(w, box->row + 1, box->column + 4, width,
		 PAINT(node->off ? INK_DIM : INK_TEXT,
		       is_here ? STYLE_REVERSE | STYLE_BOLD : 0),
		 text_of(box->title));
}

/* Those of a chain's names that are shown: the current one among them. */
static size_t
first_name(const struct window *w, const struct graph_box *box)
{
	for (size_t i = box->shown; i < box->n; i++)
		if (box->nodes[i] == w->selected)
			return i + 1 - box->shown;
	return 0;
}

static int
draw_names(const struct window *w, const struct graph_box *box, int row)
{
	const size_t first = first_name(w, box);
	const int column = box->column + 4;

	for (size_t i = 0; i < box->shown; i++, row++) {
		const size_t place = box->nodes[first + i];
		const struct node *node = &w->graph->flow->nodes[place];
		const bool is_here = place == w->selected;
		const int width = box->columns - 6 -
				  draw_state(w, box, row,
					     w->standings ? &w->standings[place] : NULL);

		if (is_here)
			put(w, row, column, PAINT(INK_ACCENT), 0x25b6);
		put_text(w, row, column + 2 * is_here, width - 2 * is_here,
			 PAINT(node->off ? INK_DIM : INK_TEXT,
			       is_here ? STYLE_REVERSE | STYLE_BOLD : 0),
			 text_of(step_name(node, w->arena)));
	}
	if (box->n > 1 && box->shown < box->n)
		put_text(
			w, row++, column, box->columns - 6, PAINT(INK_DIM),
			text_of(arena_print(w->arena, "+%zu more", box->n - box->shown)));
	return row;
}

static void
draw_badge(const struct window *w, const struct graph_box *box, int row)
{
	const bool is_here =
		w->selected != FLOW_NONE &&
		w->graph->flow->nodes[w->selected].type == NODE_VISUALIZATION &&
		&w->graph->boxes[w->graph->box_of[w->selected]] == box;

	put_text(w, row, box->column + 2, box->columns - 4,
		 PAINT(INK_CATEGORY, is_here ? STYLE_REVERSE | STYLE_BOLD : 0),
		 text_of(arena_print(w->arena, "▣ %zu %s", box->n_analyses,
				     box->n_analyses == 1 ? "analysis" : "analyses")));
}

static void
draw_size(const struct window *w, const struct graph_box *box, int row,
	  const struct step_standing *standing)
{
	char size[SIZE_TEXT] = "";
	const char *word = "";
	struct paint paint = PAINT(INK_DIM);

	if (standing) {
		standing_size(standing, size);
		word = standing->state == STEP_FINE ? standing_word(standing, &paint)
						    : "";
	}
	put_text(w, row, box->column + 2, 2, paint, text_of(word));
	put_text(w, row, box->column + 4, box->columns - 6,
		 PAINT(standing && standing->is_old ? INK_DIM : INK_TEXT), text_of(size));
}

static void
draw_box(const struct window *w, const struct graph_box *box)
{
	const struct node *node = &w->graph->flow->nodes[box->nodes[0]];
	const struct step_standing *standing = standing_of(w, box);
	const bool is_here = w->selected != FLOW_NONE &&
			     &w->graph->boxes[w->graph->box_of[w->selected]] == box;
	int row = box->row + 2;

	if (w->graph->zoom == ZOOM_DOTS) {
		struct paint paint = frame_paint(standing, is_here);

		paint.style |= is_here ? STYLE_REVERSE : 0;
		put(w, box->row, box->column, paint, step_sign(node));
		return;
	}
	draw_frame(w, box, frame_paint(standing, is_here));
	draw_title(w, box, standing);
	if (w->graph->zoom != ZOOM_FULL)
		return;
	if (node->type == NODE_SOURCE)
		draw_size(w, box, row++, standing);
	row = draw_names(w, box, row);
	if (box->n_analyses)
		draw_badge(w, box, row);
}

/* Lines and boxes that go on beyond the right edge. */
static void
mark_cut(const struct window *w)
{
	const struct graph *graph = w->graph;
	const int last = w->column + w->pane.columns - 1;

	if (last + 1 >= graph->columns)
		return;
	for (int y = 0; y < w->pane.rows && w->row + y < graph->rows; y++) {
		const uint8_t lines =
			graph->lines[(size_t)(w->row + y) * (size_t)graph->columns +
				     (size_t)last];

		if (lines & (STROKE_RIGHT | GRAPH_ARROW))
			pane_put(w->pane, y, w->pane.columns - 1, PAINT(INK_DIM), 0x2026);
	}
}

void
graph_draw(struct pane pane, const struct graph *graph, int row, int column,
	   size_t selected, const struct step_standing *standings, struct arena *arena)
{
	const struct window w = { pane, row, column, graph, selected, standings, arena };

	draw_lines(&w);
	for (size_t i = 0; i < graph->n; i++) {
		const struct graph_box *box = &graph->boxes[i];

		if (box->row + box->rows > row && box->row < row + pane.rows &&
		    box->column + box->columns > column &&
		    box->column < column + pane.columns)
			draw_box(&w, box);
	}
	mark_cut(&w);
}

/* The step whose line of a box it is, or the first one. */
static size_t
node_in(const struct graph *graph, const struct graph_box *box, int line, size_t selected)
{
	const struct window w = { .graph = graph, .selected = selected };
	const int badge = box->rows - 2;

	if (graph->zoom == ZOOM_FULL && box->n_analyses && line == badge)
		return box->analysis;
	if (line >= 2 && (size_t)line - 2 < box->shown)
		return box->nodes[first_name(&w, box) + (size_t)line - 2];
	return box->nodes[0];
}

size_t
graph_at(const struct graph *graph, int row, int column, size_t selected)
{
	for (size_t i = 0; i < graph->n; i++) {
		const struct graph_box *box = &graph->boxes[i];

		if (row >= box->row && row < box->row + box->rows &&
		    column >= box->column && column < box->column + box->columns)
			return node_in(graph, box, row - box->row, selected);
	}
	return FLOW_NONE;
}
