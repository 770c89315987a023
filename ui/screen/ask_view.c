/* ask_view - a question, and answers of one key each. */
#include "screen/overlay.h"
#include "term/clean.h"
#include "widget/wrap.h"

enum { COLUMNS = 60, ROWS_LEAST = 6, ROWS_MOST = 12 };

struct ask {
	struct overlay overlay;
	const char *question;
	struct answer *answers;
	size_t n;
	void (*answered)(struct app *app, uint32_t key);
	struct pane box; /* as drawn: the row of answers */
};

/* The view is gone before the answer does anything: it may open another one. */
static void
answer(struct ask *ask, struct app *app, uint32_t key)
{
	void (*answered)(struct app * app, uint32_t key) = ask->answered;

	app_pop(app);
	answered(app, key);
}

static int
width_of_key(const struct answer *answer)
{
	char key[PRESS_SIZE];

	press_print((struct press){ answer->key, 0 }, key);
	return clean_columns(text_of(key), COLUMNS);
}

/* Columns that "s save" takes, with what stands behind it. */
static int
width_of_answer(const struct answer *answer)
{
	return width_of_key(answer) + clean_columns(text_of(answer->word), COLUMNS) + 4;
}

static const struct answer *
answer_at(const struct ask *ask, const struct mouse *mouse)
{
	int column = ask->box.column;

	if (mouse->kind != MOUSE_PRESS || mouse->row != ask->box.row)
		return NULL;
	for (size_t i = 0; i < ask->n; i++) {
		const int end = column + width_of_answer(&ask->answers[i]);

		if (mouse->column >= column && mouse->column < end)
			return &ask->answers[i];
		column = end;
	}
	return NULL;
}

static bool
event(void *self, struct app *app, const struct event *event)
{
	struct ask *ask = self;
	const struct answer *found = NULL;

	if (event->kind == EVENT_MOUSE)
		found = answer_at(ask, &event->mouse);
	if (event_is(event, K_ESCAPE))
		found = &ask->answers[ask->n - 1];
	for (size_t i = 0; i < ask->n && !found; i++)
		if (event_is(event, ask->answers[i].key))
			found = &ask->answers[i];
	if (found)
		answer(ask, app, found->key);
	return true;
}

static int
rows_of(struct text text, int columns)
{
	struct text line;
	int n = 0;

	while (wrap_next(&text, columns, &line))
		n++;
	return n;
}

static void
draw(void *self, struct app *app, struct pane pane)
{
	struct ask *ask = self;
	struct text question = text_of(ask->question);
	int rows = rows_of(question, COLUMNS - 4) + 4, column = 1;
	struct pane box;

	(void)app;
	rows = rows < ROWS_LEAST ? ROWS_LEAST : rows > ROWS_MOST ? ROWS_MOST : rows;
	box = overlay_box(pane, rows, COLUMNS, NULL, NULL);
	wrap_draw(box, 0, 1, box.columns - 2, box.rows - 2, PAINT(INK_TEXT), question);
	ask->box = pane_part(box, box.rows - 1, 1, 1, box.columns - 2);
	for (size_t i = 0; i < ask->n; i++) {
		char key[PRESS_SIZE];

		press_print((struct press){ ask->answers[i].key, 0 }, key);
		pane_print(box, box.rows - 1, column, PAINT(INK_ACCENT, STYLE_BOLD), "%s",
			   key);
		pane_print(box, box.rows - 1, column + 1 + width_of_key(&ask->answers[i]),
			   PAINT(INK_TEXT), "%s", ask->answers[i].word);
		column += width_of_answer(&ask->answers[i]);
	}
	pane_cursor(box, box.rows - 1, 1);
}

static const char *
hints(void *self, struct app *app)
{
	const struct ask *ask = self;

	return arena_print(&app->arena, "one key answers · Esc: %s",
			   ask->answers[ask->n - 1].word);
}

static const char *
sentence(void *self, struct app *app)
{
	const struct ask *ask = self;
	const char *said = ask->question;
	char key[PRESS_SIZE];

	for (size_t i = 0; i < ask->n; i++) {
		press_print((struct press){ ask->answers[i].key, 0 }, key);
		said = arena_print(&app->arena, "%s%s %s %s", said, i ? "," : "", key,
				   ask->answers[i].word);
	}
	return said;
}

static const struct view view = {
	.name = "ask",
	.is_modal = true,
	.draw = draw,
	.event = event,
	.hints = hints,
	.sentence = sentence,
	.close = overlay_close,
};

void
ask_open(struct app *app, const char *question, const struct answer *answers, size_t n,
	 void (*answered)(struct app *app, uint32_t key))
{
	struct ask *ask;

	if (app->is_macro) {
		answered(app, answers[n - 1].key);
		return;
	}
	ask = overlay_new(sizeof *ask);
	ask->question = arena_text(&ask->overlay.arena, question);
	ask->answers = ARENA_ARRAY(&ask->overlay.arena, n, struct answer);
	for (size_t i = 0; i < n; i++)
		ask->answers[i] = (struct answer){
			answers[i].key,
			arena_text(&ask->overlay.arena, answers[i].word),
		};
	ask->n = n;
	ask->answered = answered;
	app_push(app, &view, ask);
}
