/*
 * inspector - lines, one below the other; each part puts those it has.
 */
#include "widget/inspector_parts.h"

#include <stdio.h>

#include "term/clean.h"
#include "widget/figure.h"
#include "widget/standing.h"
#include "widget/step_text.h"
#include "widget/wrap.h"

enum {
	CAPTION = 13, /* where there is little room */
	LEAST_CAPTION = 8,
	VALUE_LINES = 3,
};

void
inspector_gap(struct sheet_of_lines *s)
{
	if (s->is_blank)
		return;
	s->row++;
	s->is_blank = true;
}

void
inspector_wrap(struct sheet_of_lines *s, int column, struct paint paint, struct text text)
{
	const int width = s->pane.columns - column - 1;
	struct text line;

	if (width < 4)
		return;
	while (wrap_next(&text, width, &line))
		pane_text(s->pane, s->row++, column, width, paint, line);
	s->is_blank = false;
}

void
inspector_line(struct sheet_of_lines *s, const char *caption, struct paint paint,
	       const char *value)
{
	pane_text(s->pane, s->row, 1, s->caption - 1, PAINT(INK_DIM), text_of(caption));
	pane_text(s->pane, s->row++, s->caption + 1, s->pane.columns - s->caption - 2,
		  paint, text_of(value));
	s->is_blank = false;
}

/* Bytes of a value for one line: up to its own end of line, else cut behind a mark rather
 * than in a word. */
static size_t
line_of(struct text value, int width)
{
	const char *end = memchr(value.data, '\n', value.size);
	size_t fits;

	if (end)
		value.size = (size_t)(end - value.data);
	fits = clean_fit(value, width);
	if (fits < value.size)
		for (size_t at = fits; at > fits / 3; at--)
			if (strchr(", /", value.data[at - 1]))
				return at;
	return fits;
}

/* What is left of a value, in one line: cut at its own end of line. */
static struct text
last_line(struct text value, struct arena *arena)
{
	const char *end = memchr(value.data, '\n', value.size);

	if (!end)
		return value;
	return text_of(arena_print(arena, "%.*s …", (int)(end - value.data), value.data));
}

void
inspector_value(struct sheet_of_lines *s, const char *caption, struct paint paint,
		const char *value)
{
	const int width = s->pane.columns - s->caption - 2;
	struct text rest = text_of(value);

	pane_text(s->pane, s->row, 1, s->caption - 1, PAINT(INK_DIM), text_of(caption));
	for (int i = 1; rest.size; i++) {
		size_t n = i < VALUE_LINES ? line_of(rest, width) : rest.size;
		const struct text line = { rest.data, n };

		pane_text(s->pane, s->row++, s->caption + 1, width, paint,
			  n < rest.size ? line : last_line(line, s->arena));
		if (n < rest.size && rest.data[n] == '\n')
			n++;
		else if (!n)
			break;
		rest = (struct text){ rest.data + n, rest.size - n };
	}
	s->is_blank = false;
}

static void
put_setting(struct sheet_of_lines *s, const struct step_setting *setting)
{
	inspector_value(s, setting->name, PAINT(setting->is_chosen ? INK_TEXT : INK_DIM),
			setting->value);
}

/* Those that were chosen first. */
static void
put_settings(struct sheet_of_lines *s, const struct step_settings *settings)
{
	for (int chosen = 1; chosen >= 0; chosen--)
		for (size_t i = 0; i < settings->n; i++)
			if (settings->at[i].is_chosen == chosen)
				put_setting(s, &settings->at[i]);
	if (settings->problem)
		inspector_wrap(s, 1, PAINT(INK_ERR), text_of(settings->problem));
	inspector_gap(s);
}

static void
put_operator(struct sheet_of_lines *s, const struct node *node,
	     const struct step_settings *settings)
{
	const char *name = step_name(node, s->arena);
	const struct text title = step_title(node);

	if (!text_is(title, name))
		inspector_line(s, "step", PAINT(INK_TEXT),
			       arena_text_n(s->arena, title.data, title.size));
	if (settings->op || node->type == NODE_VISUALIZATION)
		return;
	inspector_line(s, "operator", PAINT(INK_WARN), node->operator);
	inspector_wrap(
		s, 1, PAINT(INK_DIM),
		text_of(settings->is_known
				? "lariat does not know this choice; it is kept as it is"
				: "lariat does not know this operator; it is kept as it "
				  "is"));
}

static void
put_caption_width(struct sheet_of_lines *s, const struct step_settings *settings)
{
	const int wide = s->pane.columns * 2 / 5, most = wide > CAPTION ? wide : CAPTION;
	int width = LEAST_CAPTION;

	for (size_t i = 0; i < settings->n; i++) {
		const int n = clean_columns(text_of(settings->at[i].name), most);

		if (n > width)
			width = n < most ? n : most;
	}
	s->caption = 1 + width;
}

/* "15,705 × 29" */
static const char *
size_text(const struct step_standing *standing, struct arena *arena)
{
	char rows[FIGURE_SIZE] = "?";

	if (standing->has_rows)
		figure_count(standing->rows, rows);
	if (!standing->has_columns)
		return arena_print(arena, "%s%s × ?", standing->is_sample ? "~" : "",
				   rows);
	return arena_print(arena, "%s%s × %zu", standing->is_sample ? "~" : "", rows,
			   standing->columns);
}

static bool
is_measured(const struct step_standing *standing)
{
	return standing->has_rows || standing->has_columns;
}

static void
put_sizes(struct sheet_of_lines *s, const struct node *node,
	  const struct step_standing *standing)
{
	const struct step_standing *all = s->about->standings;
	const struct paint paint = PAINT(standing->is_old ? INK_DIM : INK_TEXT);
	const char *out = is_measured(standing) ? size_text(standing, s->arena) : NULL;
	const char *in = NULL;

	for (size_t i = 0; i < node->n_inputs; i++) {
		const size_t from = node->inputs[i].from;
		const char *size;

		if (from == FLOW_NONE || !is_measured(&all[from]))
			continue;
		size = size_text(&all[from], s->arena);
		in = in ? arena_print(s->arena, "%s + %s", in, size) : size;
	}
	if (in && out && !strcmp(in, out)) {
		inspector_line(s, "in/out", paint, out);
		return;
	}
	if (in)
		inspector_line(s, "in", paint, in);
	if (out)
		inspector_line(s, "out", paint, out);
}

static void
put_time(struct sheet_of_lines *s, const struct step_standing *standing)
{
	const double seconds = standing->seconds;

	if (!standing->has_seconds || standing->is_old)
		return;
	inspector_line(s, "time", PAINT(INK_TEXT),
		       seconds < 0.001 ? "< 1 ms"
		       : seconds < 1   ? arena_print(s->arena, "%.0f ms", 1000 * seconds)
				       : arena_print(s->arena, "%.2f s", seconds));
}

/* "15,705 rows · 2.3MB in memory"; of rows that are not there, why. */
static const char *
pin_text(const struct pin_standing *pin, struct arena *arena)
{
	char rows[FIGURE_SIZE], bytes[FIGURE_SIZE];

	figure_count(pin->facts.rows, rows);
	figure_short((double)pin->facts.bytes, bytes);
	switch (pin->state) {
	case PIN_MAKING:
		return "its rows are being made";
	case PIN_FAILED:
		return arena_print(arena, "no rows: %s", pin->problem);
	case PIN_STALE:
		return arena_print(arena, "stale: %s rows are made again", rows);
	default:
		return arena_print(arena, "%s rows · %sB %s", rows, bytes,
				   pin->facts.is_away ? "on disk" : "in memory");
	}
}

static void
put_pin(struct sheet_of_lines *s, const struct pin_standing *pin)
{
	if (pin)
		inspector_value(s, "pinned",
				PAINT(pin->state == PIN_FINE     ? INK_INFO
				      : pin->state == PIN_FAILED ? INK_WARN
								 : INK_DIM),
				pin_text(pin, s->arena));
}

static void
put_sentence(struct sheet_of_lines *s, uint32_t sign, struct paint paint,
	     const char *sentence)
{
	if (!*sentence)
		return;
	inspector_gap(s);
	pane_put(s->pane, s->row, 1, paint, sign);
	inspector_wrap(s, 3, paint, text_of(sentence));
}

/* The step that keeps a blocked one waiting: up to the first that is not blocked itself.
 */
static size_t
culprit(const struct inspector *about)
{
	size_t at = about->place;

	while (about->standings[at].state == STEP_BLOCKED) {
		const struct node *node = &about->flow->nodes[at];
		size_t next = FLOW_NONE;

		for (size_t i = 0; i < node->n_inputs && next == FLOW_NONE; i++)
			if (node->inputs[i].from != FLOW_NONE &&
			    about->standings[node->inputs[i].from].state >= STEP_FOREIGN)
				next = node->inputs[i].from;
		if (next == FLOW_NONE)
			break;
		at = next;
	}
	return at;
}

static const char *
waits_for(const struct inspector *about, struct arena *arena)
{
	const size_t at = culprit(about);
	const char *problem = about->standings[at].problem;

	return arena_print(arena, "it waits for '%s'%s%s",
			   step_name(&about->flow->nodes[at], arena),
			   *problem ? ": " : "", problem);
}

static void
put_problem(struct sheet_of_lines *s, const struct step_standing *standing)
{
	struct paint paint;

	standing_word(standing, &paint);
	if (standing->state == STEP_OFF)
		put_sentence(s, 0x25cb, paint, "off: the table passes as it is");
	else if (standing->state == STEP_BLOCKED && !*standing->problem)
		put_sentence(s, 0x2298, paint, waits_for(s->about, s->arena));
	else if (standing->state == STEP_WRONG)
		put_sentence(s, 0x2717, paint, standing->problem);
	else
		put_sentence(s, 0x26a0, paint, standing->problem);
}

static void
put_lines(struct sheet_of_lines *s)
{
	static const struct step_standing unknown = { .problem = "" };
	const struct inspector *about = s->about;
	const struct node *node = &about->flow->nodes[about->place];
	const struct step_standing *standing =
		about->standings ? &about->standings[about->place] : &unknown;
	struct step_settings settings;

	step_settings(node, &settings, s->arena);
	put_caption_width(s, &settings);
	put_operator(s, node, &settings);
	put_settings(s, &settings);
	if (standing->file)
		inspector_value(s, "file", PAINT(INK_TEXT), standing->file);
	if (about->standings && node->type != NODE_VISUALIZATION)
		put_sizes(s, node, standing);
	inspector_changes(s, about->preview);
	put_time(s, standing);
	put_pin(s, standing->pin);
	inspector_columns(s, about->preview);
	inspector_learned(s, about->preview);
	put_problem(s, standing);
	for (size_t i = 0; about->preview && i < about->preview->warnings.n; i++)
		put_sentence(s, 0x26a0, PAINT(INK_WARN), about->preview->warnings.at[i]);
	put_sentence(s, 0x270e, PAINT(INK_INFO), about->note);
}

int
inspector_draw(struct pane pane, const struct inspector *inspector, struct arena *arena)
{
	struct sheet_of_lines s = { .about = inspector,
				    .arena = arena,
				    .row = -inspector->skipped,
				    .is_blank = true };
	char number[48] = "";
	const struct node *node;

	if (inspector->place == FLOW_NONE) {
		pane_box(pane, PAINT(INK_RULE), "no step", NULL);
		return 0;
	}
	node = &inspector->flow->nodes[inspector->place];
	if (inspector->number)
		snprintf(number, sizeof number, "step %zu/%zu", inspector->number,
			 inspector->count);
	s.pane = pane_box(pane, PAINT(inspector->is_used ? INK_ACCENT : INK_RULE),
			  step_name(node, arena), number);
	put_lines(&s);
	if (s.row > s.pane.rows)
		pane_print_right(pane, pane.rows - 1, pane.columns - 2, PAINT(INK_RULE),
				 " ▼ %d more · ] ", s.row - s.pane.rows);
	return s.row + inspector->skipped;
}
