/* Every operator's table can be filled in, whatever is typed; what is seen is what holds.
 */
#include "widget/form.h"

#include "base/random.h"
#include "check.h"
#include "desk/step.h"
#include "drawn.h"
#include "op/op.h"

static struct error err;
static struct arena mem;
static struct schema schema;
static struct surface surface;
static struct form form;
static void *fields;

static void
open_table(const struct param *params, void *filled)
{
	form = (struct form){
		.arena = &mem,
		.parts = { { params, filled } },
		.n_parts = 1,
		.schemas = { &schema, &schema },
	};
	form_init(&form);
}

static const struct op *
open_form(const char *word)
{
	const struct op *op = op_find(word);

	CHECK(op && step_fields(op, &fields, &mem, &err));
	open_table(op->params, fields);
	return op;
}

/* Keys by name, others as pasted text. */
static enum form_answer
type(const char *const *keys)
{
	enum form_answer last = FORM_IGNORED;

	for (; *keys; keys++) {
		struct event event = { .kind = EVENT_KEY };

		if (!press_parse(text_of(*keys), &event.press)) {
			event.kind = EVENT_PASTE;
			event.paste = text_of(*keys);
		}
		last = form_event(&form, &event);
	}
	return last;
}

#define TYPE(...) type((const char *const[]){ __VA_ARGS__, NULL })

static const char *
drawn(int rows, int columns)
{
	char *text;

	surface_resize(&surface, rows, columns);
	form_draw(&form, surface_pane(&surface));
	text = drawn_text(&surface, &mem);
	while (strlen(text) > 1 && !strcmp(text + strlen(text) - 2, "\n\n"))
		text[strlen(text) - 1] = '\0';
	return text;
}

static void
check_frames(void)
{
	const struct op *op = open_form("one_hot_encode");

	CHECK_TEXT(drawn(12, 30), "▌Columns    + add (c complete…\n"
				  " Unknown    [Error ▾]\n"
				  " labels\n"
				  " Drop last  [x] leave the las…\n"
				  " Output     [Vector  ▾]\n"
				  " style\n"
				  " Already    [ ] the column ho…\n"
				  " ordinal\n"
				  " Output     [                ]\n");
	CHECK(TYPE("Space") == FORM_TAKEN);
	CHECK_TEXT(drawn(9, 30), "▌Columns    + add (c complete…\n"
				 "╭─ Columns ────────────── 4 ─╮\n"
				 "│ · market_segment       str │\n"
				 "│ · adr                  flt │\n"
				 "│ · lead_time            int │\n"
				 "│ · arrival_date        date │\n"
				 "│/                           │\n"
				 "╰────────────────────────────╯\n"
				 " Output     [                ]\n");
	CHECK_TEXT(form_sentence(&form, &mem), "market_segment, str, 1 of 4");
	CHECK(TYPE("l", "t", "Space", "Enter") == FORM_CHANGED);
	CHECK_TEXT(form_sentence(&form, &mem), "input_column, columns lead_time");
	CHECK(TYPE("Down", "Right", "Down", "Space", "Down", "Right") == FORM_CHANGED);
	CHECK_TEXT(drawn(9, 38), " Columns      lead_time ×\n"
				 "              + add (c completes)\n"
				 " Unknown      [Skip  ▾]\n"
				 " labels\n"
				 " Drop last    [ ] leave the last entr…\n"
				 "▌Output style ( ) Vector  (•) Columns\n"
				 " Already      [ ] the column holds 0,…\n"
				 " ordinal\n"
				 " Output       [                      ]\n");
	CHECK_TEXT(form_sentence(&form, &mem), "output_style, choice Columns");
	CHECK_TEXT(step_command(op, fields, &mem),
		   "one_hot_encode input_column=lead_time "
		   "invalid_handling_strategy=Skip drop_last=false output_style=Columns");
	form_release(&form);
}

/* What is no value stays on view, with the reason. */
static void
check_values(void)
{
	const struct op *op = open_form("quantile_outliers");
	struct error wrong = { 0 };

	CHECK(TYPE("a", "d", "r", "Enter", "Tab", "Tab") == FORM_TAKEN);
	CHECK(TYPE("Ctrl-u", "abc") == FORM_CHANGED);
	CHECK(!form_check(&form, &wrong));
	CHECK_TEXT(wrong.text, "lower_quantile: 'abc' is not a number");
	form_complain(&form, wrong.text);
	CHECK_TEXT(drawn(9, 38), " Columns      adr ×\n"
				 "              + add (c completes)\n"
				 " Fix          [Clip       ▾]\n"
				 "▌Lower        [abc                   ]\n"
				 "▌quantile\n"
				 " ✗ 'abc' is not a number\n"
				 " Upper        [0.99                  ]\n"
				 " quantile\n"
				 " Output       [                      ]\n");
	CHECK(TYPE("Down", "Up", "Ctrl-u", "0.2") == FORM_CHANGED);
	CHECK(form_check(&form, &wrong));
	CHECK_TEXT(step_command(op, fields, &mem),
		   "quantile_outliers input_column=adr lower_quantile=0.2");
	form_release(&form);
}

static void
check_lists(void)
{
	const struct op *op = open_form("sort_rows");

	CHECK(TYPE("Space", "Space", "a", "d", "r", "Enter") == FORM_CHANGED);
	CHECK(TYPE("Down", "Right", "Down", "Space", "l", "e", "a", "d", "Enter") ==
	      FORM_CHANGED);
	CHECK_TEXT(drawn(8, 30), " Conditions\n"
				 " 1 Sort by  [adr            ▾]\n"
				 "   Order    [Descending ▾]\n"
				 "▌2 Sort by  [lead_time      ▾]\n"
				 "   Order    [Ascending  ▾]\n"
				 "  + add\n"
				 " Sort by    [               ▾]\n"
				 " Order      [Ascending  ▾]\n");
	CHECK_TEXT(step_command(op, fields, &mem),
		   "sort_rows conditions=adr:Descending,lead_time:Ascending");
	CHECK(TYPE("Ctrl-x") == FORM_CHANGED);
	CHECK_TEXT(step_command(op, fields, &mem), "sort_rows conditions=adr:Descending");
	form_release(&form);
}

static void
check_formulas(void)
{
	const struct op *op = open_form("filter_formula");

	CHECK(TYPE("adr > 3 and lead", "Tab") == FORM_CHANGED);
	CHECK_TEXT(form_text(&form), "adr > 3 and lead_time");
	CHECK(TYPE(" < coal", "Tab", "adr, `x y`)") == FORM_CHANGED);
	CHECK_TEXT(form_text(&form), "adr > 3 and lead_time < coalesce(adr, `x y`)");
	CHECK(TYPE("Ctrl-u", "lead_tim + 1") == FORM_CHANGED);
	form_complain(&form, "position 1: no column 'lead_tim'");
	CHECK_TEXT(drawn(7, 30), "▌Formula\n"
				 "▌│lead_tim + 1\n"
				 " ✗ position 1: no column\n"
				 "   'lead_tim'\n"
				 " Rows for   (•) keep  ( ) drop\n"
				 " which it\n"
				 " is true\n");
	CHECK(surface_cell(&surface, 1, 2)->paint.ink == INK_ERR);
	CHECK(surface_cell(&surface, 1, 9)->paint.ink == INK_ERR);
	CHECK(surface_cell(&surface, 1, 11)->paint.ink != INK_ERR);
	CHECK(TYPE("Enter") == FORM_DONE);
	CHECK_TEXT(step_command(op, fields, &mem),
		   "filter_formula formula=\"lead_tim + 1\"");
	form_release(&form);
}

static void
check_code(void)
{
	open_form("custom_pandas");
	CHECK(TYPE("df = df\r\ndf = 1", "Enter", "x") == FORM_CHANGED);
	CHECK_TEXT(form_text(&form), "df = df\ndf = 1\nx");
	CHECK(TYPE("Up", "Home", "Backspace") == FORM_CHANGED);
	CHECK_TEXT(form_text(&form), "df = dfdf = 1\nx");
	CHECK(TYPE("Ctrl-e") == FORM_EDIT);
	form_set_text(&form, "a\nb");
	CHECK_TEXT(form_text(&form), "a\nb");
	form_release(&form);
}

/* Rows that are not in force are not there. */
static void
check_when(void)
{
	size_t all;

	open_form("s3_destination");
	all = form.n;
	CHECK(TYPE("Down", "Right") == FORM_CHANGED);
	CHECK(form.n == all - 1);
	form_release(&form);
}

/* Any keys on any form: nothing breaks, what is drawn stays inside, and what the fields
 * hold is what a node of it would say. */
static void
press_anything(uint64_t *seed)
{
	static const uint32_t keys[] = { K_ENTER,     K_TAB,    K_BACKSPACE, K_UP,
					 K_DOWN,      K_LEFT,   K_RIGHT,     K_HOME,
					 K_END,       K_DELETE, K_INSERT,    K_PAGE_UP,
					 K_PAGE_DOWN, K_ESCAPE, ' ',         ' ',
					 'a',         '0',      '`',         '-',
					 'l',         0x4e2d,   'x',         'e' };
	static const unsigned mods[] = { 0, 0, 0, 0, 0, 0, MOD_CTRL, MOD_ALT, MOD_SHIFT };
	struct event event = { .kind = EVENT_KEY };

	event.press.key = keys[random_below(seed, COUNT(keys))];
	event.press.mods = mods[random_below(seed, COUNT(mods))];
	if (random_below(seed, 20) == 0) {
		event.kind = EVENT_PASTE;
		event.paste = text_of("a,b\n\x01\xff");
	} else if (random_below(seed, 20) == 0) {
		event.kind = EVENT_MOUSE;
		event.mouse.kind = random_below(seed, 2) ? MOUSE_PRESS : MOUSE_WHEEL;
		event.mouse.row = (int)random_below(seed, 30);
		event.mouse.column = (int)random_below(seed, 40);
		event.mouse.lines = 1;
	}
	form_event(&form, &event);
}

static void
check_any(const struct op *op, uint64_t *seed)
{
	static const int sizes[][2] = { { 16, 30 }, { 30, 38 }, { 3, 7 } };
	const struct op *found;
	void *read;
	struct node node = { .operator= op->id };

	open_form(op->name);
	for (int i = 0; i < 60; i++) {
		const int *size = sizes[random_below(seed, COUNT(sizes))];
		struct error wrong = { 0 };

		press_anything(seed);
		if (!form_check(&form, &wrong))
			form_complain(&form, wrong.text);
		drawn(size[0], size[1]);
	}
	node.parameters = step_parameters(op, NULL, fields, &mem);
	CHECK(step_read(&node, &found, &read, &mem, &err) && found == op);
	form_release(&form);
}

int
main(void)
{
	uint64_t seed = 11;

	schema_add(&schema, "market_segment", TYPE_STRING, &mem);
	schema_add(&schema, "adr", TYPE_FLOAT, &mem);
	schema_add(&schema, "lead_time", TYPE_LONG, &mem);
	schema_add(&schema, "arrival_date", TYPE_DATE, &mem);
	check_frames();
	check_values();
	check_lists();
	check_formulas();
	check_code();
	check_when();
	for (int i = 0; i < 5; i++)
		for (const struct op *const *op = op_table; *op; op++)
			check_any(*op, &seed);
	surface_release(&surface);
	arena_release(&mem);
	return check_report();
}
