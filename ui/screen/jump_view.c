/*
 * jump_view - letters over what can be gone to; typed, they are a click there.
 *
 * As few letters as there can be: the first targets have one each, and when those do not
 * suffice, some letters begin two. No target's letters begin another's.
 */
#include "screen/overlay.h"

/* Those under the fingers first. */
static const char letters[] = "fjdkslaghrueiwoqptyvncmxbz";
enum { LETTERS = sizeof letters - 1 };

struct jump {
	struct overlay overlay;
	struct targets targets;
	char typed; /* the first of two; 0: nothing is yet */
};

void
targets_add(struct targets *targets, int row, int column)
{
	if (targets->n < TARGETS_MOST) {
		targets->at[targets->n].row = row;
		targets->at[targets->n++].column = column;
	}
}

/* What is on view now, the screen's own first: tabs have digits as well. */
static void
look(struct jump *jump, struct app *app)
{
	const struct layer *ground = app_ground(app);

	jump->targets.n = 0;
	if (ground->view->targets)
		ground->view->targets(ground->self, app, &jump->targets);
	for (int i = 0; i < SCREEN_COUNT; i++)
		targets_add(&jump->targets, 0, app->tabs[i]);
}

/* How many letters begin two, so that all targets have some. */
static size_t
firsts(size_t n)
{
	size_t two = 0;

	while (two < LETTERS && LETTERS - two + two * LETTERS < n)
		two++;
	return two;
}

static void
letters_of(size_t i, size_t n, char out[3])
{
	const size_t one = LETTERS - firsts(n);

	out[0] = i < one ? letters[i] : letters[one + (i - one) / LETTERS];
	out[1] = i < one ? '\0' : letters[(i - one) % LETTERS];
	out[2] = '\0';
}

static void
draw(void *self, struct app *app, struct pane pane)
{
	struct jump *jump = self;

	look(jump, app);
	for (size_t i = 0; i < jump->targets.n; i++) {
		const int row = jump->targets.at[i].row - pane.row;
		const int column = jump->targets.at[i].column - pane.column;
		char label[3];

		letters_of(i, jump->targets.n, label);
		if (!jump->typed || label[0] == jump->typed)
			pane_print(pane, row, column,
				   PAINT(INK_WARN, STYLE_BOLD | STYLE_REVERSE), "%s",
				   label + (jump->typed != 0));
	}
}

/* The target whose letters these are; n: none. */
static size_t
target_of(const struct jump *jump, char first, char second)
{
	const size_t n = jump->targets.n;
	char label[3];
	size_t i = 0;

	for (; i < n; i++) {
		letters_of(i, n, label);
		if (label[0] == first && label[1] == second)
			break;
	}
	return i;
}

/* Any other key ends it, as Escape does. */
static bool
event(void *self, struct app *app, const struct event *event)
{
	struct jump *jump = self;
	const uint32_t key = event->press.key;
	const char letter = event->press.mods == 0 && key < 0x80 ? (char)key : '\0';
	const size_t n = jump->targets.n;
	size_t at;

	if (event->kind != EVENT_KEY || key == K_ESCAPE)
		return false;
	at = jump->typed ? target_of(jump, jump->typed, letter)
			 : target_of(jump, letter, '\0');
	if (at < n) {
		const int row = jump->targets.at[at].row;
		const int column = jump->targets.at[at].column;

		app_pop(app);
		app_click(app, row, column);
	} else if (!jump->typed && letter &&
		   strchr(letters + LETTERS - firsts(n), letter)) {
		jump->typed = letter;
	} else {
		app_pop(app);
	}
	return true;
}

static const char *
hints(void *self, struct app *app)
{
	(void)self;
	(void)app;
	return "type the letters over where to go · Esc stays";
}

static const struct view view = {
	.name = "jump",
	.is_modal = true,
	.draw = draw,
	.event = event,
	.hints = hints,
	.close = overlay_close,
};

void
jump_open(struct app *app)
{
	struct jump *jump = overlay_new(sizeof *jump);

	look(jump, app);
	app_push(app, &view, jump);
}
