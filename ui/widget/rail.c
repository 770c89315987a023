/*
 * rail - lanes are given out while rows are made, from top to bottom.
 *
 * A step's lane stays open as long as somebody below reads it. Who reads it last takes
 * the lane over; who reads it before that branches off to a free lane on the right. What
 * reads several lanes has a row before its own in which they come together.
 */
#include "widget/rail.h"

#include "widget/standing.h"
#include "widget/step_text.h"
#include "widget/strokes.h"
#include "widget/walk.h"

enum { FREE = -1, SIZE_COLUMNS = 11, STATE_COLUMNS = 9, MARK_COLUMNS = 2 };

struct maker {
	struct rail *rail;
	const bool *open;
	struct walk walk;
	struct arena *arena;
	int *lane_of; /* by place */
	size_t *left; /* readings of a node that are still to come */
	bool *done;
	bool *taken; /* by lane; n of them */
	int n_lanes; /* in use, at most */
};

/* The first lane that is free, from a lane on. */
static int
free_lane(struct maker *maker, int from)
{
	int lane = from;

	while (lane < maker->n_lanes && maker->taken[lane])
		lane++;
	if (lane >= maker->n_lanes)
		maker->n_lanes = lane + 1;
	return lane;
}

static void
stroke(struct rail_row *row, int column, unsigned sides)
{
	if (column >= 0 && column < 2 * RAIL_LANES)
		row->strokes[column] |= (uint8_t)sides;
}

/* A row with all lanes that are open now. */
static struct rail_row *
add_row(struct maker *maker, enum rail_kind kind, size_t node, int lane)
{
	struct rail_row *row = &maker->rail->rows[maker->rail->n++];

	row->kind = kind;
	row->node = node;
	row->lane = lane;
	row->name = "";
	for (int i = 0; i < maker->n_lanes && i < RAIL_LANES; i++)
		if (maker->taken[i])
			stroke(row, 2 * i, STROKE_VERTICAL);
	return row;
}

/* A line from one lane to another; those between pass over it. */
static void
connect(struct maker *maker, struct rail_row *row, int from, int to)
{
	const int low = from < to ? from : to, high = from < to ? to : from;

	for (int column = 2 * low + 1; column < 2 * high; column++)
		if (column % 2 || !maker->taken[column / 2])
			stroke(row, column, STROKE_HORIZONTAL);
	stroke(row, 2 * low, STROKE_RIGHT);
	stroke(row, 2 * high, STROKE_LEFT);
}

static void
read_inputs(struct maker *maker, const struct node *node)
{
	for (size_t i = 0; i < node->n_inputs; i++)
		if (node->inputs[i].from != FLOW_NONE)
			maker->left[node->inputs[i].from]--;
}

/* The lane that a node takes over: the first of those it is the last to read. */
static int
inherited_lane(const struct maker *maker, const struct node *node)
{
	int lane = FREE;

	for (size_t i = 0; i < node->n_inputs; i++) {
		const size_t from = node->inputs[i].from;

		if (from != FLOW_NONE && maker->left[from] == 0 &&
		    (lane == FREE || maker->lane_of[from] < lane))
			lane = maker->lane_of[from];
	}
	return lane;
}

/* Lanes other than this one that come together before the node; skip: one that does not.
 */
static bool
merges(const struct maker *maker, const struct node *node, int lane, int skip)
{
	for (size_t i = 0; i < node->n_inputs; i++) {
		const size_t from = node->inputs[i].from;

		if (from != FLOW_NONE && maker->lane_of[from] != lane &&
		    maker->lane_of[from] != skip)
			return true;
	}
	return false;
}

static void
add_merge(struct maker *maker, size_t place, int lane, int skip)
{
	const struct node *node = &maker->rail->flow->nodes[place];
	struct rail_row *row = add_row(maker, RAIL_MERGE, place, lane);

	for (size_t i = 0; i < node->n_inputs; i++) {
		const size_t from = node->inputs[i].from;
		const int other = from == FLOW_NONE ? lane : maker->lane_of[from];

		if (other == lane || other == skip)
			continue;
		connect(maker, row, lane, other);
		if (maker->left[from] > 0)
			continue;
		maker->taken[other] = false;
		if (other < RAIL_LANES)
			row->strokes[2 * other] &= (uint8_t)~STROKE_DOWN;
	}
	stroke(row, 2 * lane, STROKE_DOWN);
}

/* The lane for a node, with the row before it if it needs one; *from: the lane that it
 * branches off, or FREE. */
static int
enter(struct maker *maker, size_t place, int *from)
{
	const struct node *node = &maker->rail->flow->nodes[place];
	int lane;

	*from = FREE;
	read_inputs(maker, node);
	lane = inherited_lane(maker, node);
	if (lane == FREE && node->n_inputs && node->inputs[0].from != FLOW_NONE)
		*from = maker->lane_of[node->inputs[0].from];
	if (lane == FREE)
		lane = free_lane(maker, *from == FREE ? 0 : *from + 1);
	if (merges(maker, node, lane, *from))
		add_merge(maker, place, lane, *from);
	return lane;
}

static struct rail_row *
add_step(struct maker *maker, size_t place)
{
	const struct node *node = &maker->rail->flow->nodes[place];
	int from;
	const int lane = enter(maker, place, &from);
	struct rail_row *row = add_row(maker, RAIL_STEP, place, lane);

	if (from != FREE)
		connect(maker, row, from, lane);
	maker->lane_of[place] = lane;
	maker->taken[lane] = maker->left[place] > 0;
	maker->done[place] = true;
	maker->rail->row_of[place] = maker->rail->n - 1;
	row->name = arena_text(maker->arena, step_name(node, maker->arena));
	if (maker->rail->lanes <= lane)
		maker->rail->lanes = lane + 1 < RAIL_LANES ? lane + 1 : RAIL_LANES;
	return row;
}

/* One row for all that are left of a step's analyses. */
static void
fold(struct maker *maker, const size_t *analyses, size_t n)
{
	struct rail_row *row;

	for (size_t i = 1; i < n; i++) {
		read_inputs(maker, &maker->rail->flow->nodes[analyses[i]]);
		maker->done[analyses[i]] = true;
	}
	row = add_step(maker, analyses[0]);
	for (size_t i = 1; i < n; i++)
		maker->rail->row_of[analyses[i]] = maker->rail->n - 1;
	row->kind = RAIL_FOLD;
	row->folded = n;
	row->name = arena_print(maker->arena, "+%zu more analyses", n);
}

static void
add_analyses(struct maker *maker, size_t place)
{
	const struct walk *walk = &maker->walk;
	const size_t first = walk->first[place], most = walk->first[place + 1] - first;
	size_t *found = ARENA_ARRAY(maker->arena, most + 1, size_t), n = 0, shown;

	for (size_t u = first; u < first + most; u++)
		if (walk_is_leaf_analysis(walk, walk->users[u]))
			found[n++] = walk->users[u];
	shown = n <= RAIL_ANALYSES + 1 || (maker->open && maker->open[place])
			? n
			: RAIL_ANALYSES;
	for (size_t i = 0; i < shown; i++)
		add_step(maker, found[i]);
	if (shown < n)
		fold(maker, found + shown, n - shown);
}

void
rail_make(const struct flow *flow, const bool *open, struct rail *rail,
	  struct arena *arena)
{
	struct maker maker = { .rail = rail, .open = open, .arena = arena };

	*rail = (struct rail){ .flow = flow };
	walk_flow(flow, &maker.walk, arena);
	rail->rows = ARENA_ARRAY(arena, 2 * flow->n + 1, struct rail_row);
	rail->row_of = ARENA_ARRAY(arena, flow->n + 1, size_t);
	maker.lane_of = ARENA_ARRAY(arena, flow->n + 1, int);
	maker.left = ARENA_ARRAY(arena, flow->n + 1, size_t);
	maker.done = ARENA_ARRAY(arena, flow->n + 1, bool);
	maker.taken = ARENA_ARRAY(arena, flow->n + 1, bool);
	for (size_t i = 0; i < flow->n; i++)
		maker.left[i] = maker.walk.first[i + 1] - maker.walk.first[i];
	for (size_t i = 0; i < maker.walk.n; i++)
		if (!maker.done[maker.walk.lines[i].node]) {
			add_step(&maker, maker.walk.lines[i].node);
			add_analyses(&maker, maker.walk.lines[i].node);
		}
}

size_t
rail_next(const struct rail *rail, size_t node, int by)
{
	const int step = by < 0 ? -1 : 1;
	size_t row = rail->row_of[node];

	for (int left = by < 0 ? -by : by; left;) {
		if ((step < 0 && row == 0) || (step > 0 && row + 1 >= rail->n))
			break;
		row += (size_t)step;
		if (rail->rows[row].kind != RAIL_MERGE) {
			node = rail->rows[row].node;
			left--;
		}
	}
	return node;
}

size_t
rail_at(const struct rail *rail, size_t first, int row)
{
	const size_t at = first + (size_t)(row - 1);

	return row < 1 || at >= rail->n ? FLOW_NONE : rail->rows[at].node;
}

/* --- drawing --- */

struct columns { /* where things begin */
	int name, size, state;
};

static struct columns
columns_of(struct pane pane, const struct rail *rail)
{
	const int lanes = 2 * rail->lanes, most = pane.columns / 3;
	struct columns at = { .state = pane.columns - STATE_COLUMNS };

	at.size = at.state - SIZE_COLUMNS;
	at.name = MARK_COLUMNS + (lanes < 4 ? 4 : lanes < most ? lanes : most);
	if (at.size < at.name + 8)
		at.size = at.state = pane.columns; /* no room: the name alone */
	return at;
}

static struct paint
sign_paint(const struct node *node)
{
	if (node->off)
		return PAINT(INK_DIM);
	switch (node->type) {
	case NODE_SOURCE:
		return PAINT(INK_INFO);
	case NODE_DESTINATION:
		return PAINT(INK_ACCENT);
	case NODE_VISUALIZATION:
		return PAINT(INK_CATEGORY);
	default:
		return PAINT(INK_TEXT);
	}
}

static void
draw_lanes(struct pane pane, int y, const struct rail *rail, const struct rail_row *row)
{
	const struct node *node = &rail->flow->nodes[row->node];
	/* of a lane for which there is no room: in the last that there is */
	const int sign = 2 * row->lane < pane.columns ? 2 * row->lane : pane.columns - 2;

	for (int i = 0; i < 2 * RAIL_LANES; i++)
		if (row->strokes[i])
			pane_put(pane, y, i, PAINT(INK_RULE),
				 stroke_code(row->strokes[i]));
	if (row->kind != RAIL_MERGE)
		pane_put(pane, y, sign, sign_paint(node), step_sign(node));
}

static void
draw_numbers(struct pane pane, int y, struct columns at, const struct rail *rail,
	     const struct rail_row *row, const struct step_standing *standings)
{
	const struct node *node = &rail->flow->nodes[row->node];
	const struct step_standing *standing = &standings[row->node];
	char size[SIZE_TEXT];
	struct paint paint;
	const char *word = standing_word(standing, &paint);

	pane_text(pane, y, at.state, STATE_COLUMNS, paint, text_of(word));
	if (node->type == NODE_VISUALIZATION)
		return;
	if (node->n_inputs == 1 && node->inputs[0].from != FLOW_NONE)
		standing_change(standing, &standings[node->inputs[0].from], size);
	else
		standing_size(standing, size);
	pane_text(pane, y, at.size, SIZE_COLUMNS - 1,
		  PAINT(standing->is_old ? INK_DIM : INK_TEXT), text_of(size));
}

static void
draw_row(struct pane pane, int y, struct columns at, const struct rail *rail,
	 const struct rail_row *row, const struct step_standing *standings)
{
	const struct node *node = &rail->flow->nodes[row->node];

	draw_lanes(pane_part(pane, y, MARK_COLUMNS, 1, at.name - MARK_COLUMNS), 0, rail,
		   row);
	pane_text(pane, y, at.name, at.size - at.name - 1,
		  PAINT(node->off || row->kind == RAIL_FOLD ? INK_DIM : INK_TEXT),
		  text_of(row->name));
	if (standings && row->kind == RAIL_STEP && at.size < pane.columns)
		draw_numbers(pane, y, at, rail, row, standings);
}

void
rail_draw(struct pane pane, const struct rail *rail, size_t first, size_t selected,
	  const struct step_standing *standings)
{
	const struct columns at = columns_of(pane, rail);

	pane_text(pane, 0, MARK_COLUMNS + 1, at.size - MARK_COLUMNS - 1, PAINT(INK_DIM),
		  text_of("flow"));
	if (at.size < pane.columns) {
		pane_text(pane, 0, at.size, SIZE_COLUMNS, PAINT(INK_DIM),
			  text_of("rows/cols"));
		pane_text(pane, 0, at.state + 1, STATE_COLUMNS, PAINT(INK_DIM),
			  text_of("state"));
	}
	for (int y = 1; y < pane.rows && first + (size_t)y - 1 < rail->n; y++) {
		const struct rail_row *row = &rail->rows[first + (size_t)y - 1];

		draw_row(pane, y, at, rail, row, standings);
		if (selected == FLOW_NONE || row->kind == RAIL_MERGE ||
		    rail->row_of[selected] != first + (size_t)y - 1)
			continue;
		pane_put(pane, y, 1, PAINT(INK_ACCENT), 0x25b6);
		pane_style(pane, y, at.name, pane.columns - at.name, STYLE_REVERSE);
	}
}
