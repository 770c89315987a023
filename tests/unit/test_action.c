/* Lines are read as commands and printed so that they are read alike; keys find actions.
 */
#include "screen/action.h"

#include "base/random.h"
#include "check.h"
#include "desk/step.h"

enum { ROUNDS = 60 };

static const struct field columns[] = {
	{ .name = "adr", .type = TYPE_FLOAT },
	{ .name = "a, b", .type = TYPE_STRING },
	{ .name = "lead\ttime", .type = TYPE_LONG },
	{ .name = "\"q\\", .type = TYPE_BOOL },
	{ .name = "Größe=1", .type = TYPE_DATE },
};

/* Settings as they would be printed, but those not in force. */
static const char *
used(const struct param *params, const void *fields, struct arena *mem)
{
	const char *out = "";

	for (const struct param *p = params; p && p->name; p++)
		if (param_is_used(params, p, fields))
			out = arena_print(mem, "%s%s=%s\n", out, p->name,
					  param_print(p, fields, mem));
	return out;
}

/* Printed, read, and compared. */
static void
check_round(const char *name, const struct param *params, size_t size, void *fields,
	    struct arena *mem)
{
	const char *line = step_words(name, params, size, fields, mem);
	struct command_line read;
	struct error err = { "" };

	if (!command_parse(text_of(line), &read, mem, &err)) {
		printf("%s\n", line);
		CHECK_TEXT(err.text, "");
		return;
	}
	CHECK_TEXT(used(params, read.fields, mem), used(params, fields, mem));
	CHECK_TEXT(step_words(name, read.params, read.params_size, read.fields, mem),
		   line);
}

static void
check_random(const char *name, const struct param *params, size_t size)
{
	struct schema schema = { COUNT(columns), (struct field *)columns };
	uint64_t seed = 7;

	for (int i = 0; i < ROUNDS; i++) {
		struct arena mem = { 0 };
		void *fields = arena_alloc(&mem, size + 1);
		struct error err;

		CHECK(param_preset(params, fields, &mem, &err));
		if (param_random(params, fields, &schema, &seed, &mem, &err))
			check_round(name, params, size, fields, &mem);
		arena_release(&mem);
	}
}

static void
test_rounds(void)
{
	const struct action *action = NULL;

	while ((action = action_next(action)))
		check_random(action->name, action->params, action->params_size);
	for (size_t i = 0; op_table[i]; i++)
		check_random(op_table[i]->name, op_table[i]->params,
			     op_table[i]->params_size);
}

/* Typed, and as it would be echoed. */
static const struct {
	const char *line, *wanted;
} lines[] = {
	{ "rename_column a b", "rename_column input_column=a new_name=b" },
	{ " rename-column  a  new_name=b ", "rename_column input_column=a new_name=b" },
	{ "rename_column new_name=b a", "rename_column input_column=a new_name=b" },
	{ "rename_column \"a b\" \"c\\\"\\x41\"",
	  "rename_column input_column=\"a b\" new_name=\"c\\\"A\"" },
	{ "filter_formula lead_time > 30 and b = 'x  y' action=drop",
	  "filter_formula formula=\"lead_time > 30 and b = 'x  y'\" action=drop" },
	{ "filter_formula formula=a > 1 action=keep",
	  "filter_formula formula=\"a > 1\"" },
	{ "filter_formula \"a b\" = 1", "filter_formula formula=\"\\\"a b\\\" = 1\"" },
	{ "filter_formula \"a = 1\" action=drop",
	  "filter_formula formula=\"a = 1\" action=drop" },
	{ "filter_formula \"formula=a > 1\" \"action=drop\"",
	  "filter_formula formula=\"a > 1\" action=drop" },
	{ "filter_formula a=1", "filter_formula formula=a=1" },
	{ "filter a > 1", "filter_formula formula=\"a > 1\"" },
	{ "filter_formula acton=drop", "filter_formula formula=acton=drop" },
	{ "rename_colunm a",
	  "no command 'rename_colunm'; did you mean 'rename_column'?" },
	{ "qqqqqqqq", "no command 'qqqqqqqq'" },
	{ "", "a command begins with a word" },
	{ "rename_column new_nmae=b",
	  "rename_column: no parameter 'new_nmae'; did you mean 'new_name'?" },
	{ "duplicate_column a b c",
	  "duplicate_column: what is 'c' for? write name=value" },
	{ "rename_column \"a", "rename_column: a quote at place 15 is not closed" },
	{ "rename_column \"a\"b",
	  "rename_column: 'b' stands right behind a closing quote" },
};

static void
test_lines(void)
{
	for (size_t i = 0; i < COUNT(lines); i++) {
		struct arena mem = { 0 };
		struct command_line read;
		struct error err = { "" };

		if (command_parse(text_of(lines[i].line), &read, &mem, &err))
			CHECK_TEXT(step_words(read.op ? read.op->name : read.action->name,
					      read.params, read.params_size, read.fields,
					      &mem),
				   lines[i].wanted);
		else
			CHECK_TEXT(err.text, lines[i].wanted);
		arena_release(&mem);
	}
}

/* Any bytes give a command or a sentence. */
static void
test_noise(void)
{
	static const char bytes[] = "\"\\= \t\n,:xa_1\xc3\xff'";
	uint64_t seed = 3;

	for (int i = 0; i < 2000; i++) {
		char line[64] = "rename_column ";
		size_t n = strlen(line), size = n + random_below(&seed, 40);
		struct arena mem = { 0 };
		struct command_line read;
		struct error err = { "" };

		for (; n < size; n++)
			line[n] = bytes[random_below(&seed, sizeof(bytes) - 1)];
		if (!command_parse((struct text){ line, size }, &read, &mem, &err))
			CHECK(err.text[0]);
		else
			check_round("rename_column", read.params, read.params_size,
				    read.fields, &mem);
		arena_release(&mem);
	}
}

static bool
is_menu(const char *word)
{
	for (size_t i = 0; action_menus[i]; i++)
		if (!strcmp(action_menus[i], word))
			return true;
	return false;
}

/* What every row must have. */
static void
test_rows(void)
{
	const struct action *action = NULL;

	while ((action = action_next(action))) {
		bool is_whole = action->title && action->help && action->run &&
				action->where && action->menu && is_menu(action->menu);

		if (!is_whole)
			printf("%s: ", action->name);
		CHECK(is_whole);
		CHECK(action_find(action->name) == action);
		CHECK(!op_find(action->name));
	}
	CHECK(!action_find("no-such-action"));
}

/* A word or an alias is that of one action, and of no step. */
static void
test_names(void)
{
	const struct action *action = NULL;

	while ((action = action_next(action))) {
		struct text aliases = text_of(action->aliases ? action->aliases : "");

		while (aliases.size) {
			const struct text alias = text_cut(&aliases, ' ');

			CHECK(action_named(alias) == action);
		}
	}
	CHECK(action_find("macro_save") == action_find("macro-save"));
	CHECK(!action_find("macro-sav"));
}

/* Cut .keys into words and find each: the action itself, and no longer sequence. */
static void
check_keys(const struct action *action, unsigned where)
{
	struct text keys = text_of(action_keys_all(action));

	while (keys.size) {
		struct text word = text_cut(&keys, ' ');
		const struct action *found;
		struct press presses[16];
		size_t n = 0;
		bool more;

		if (word.size == 0)
			continue;
		if (press_parse(word, presses))
			n = 1;
		else
			for (size_t at = 0; at < word.size && n < COUNT(presses);)
				presses[n++] = (struct press){ text_next(word, &at), 0 };
		found = action_of_keys(presses, n, where, &more);
		if (found != action || more)
			printf("'%.*s' of %s: ", TEXT_ARG(word), action->name);
		CHECK(found == action);
		CHECK(!more);
	}
}

/* No two actions have a key at one place, and none begins another. */
static void
test_keys(void)
{
	const struct action *action = NULL;

	while ((action = action_next(action)))
		for (unsigned where = 1; where <= IN_START; where <<= 1)
			if (action->where & where)
				check_keys(action, where);
}

static const struct action *
at(const char *letters, unsigned where, bool *more)
{
	struct press presses[8];
	size_t n = 0;

	for (; letters[n]; n++)
		presses[n] = (struct press){ (unsigned char)letters[n], 0 };
	return action_of_keys(presses, n, where, more);
}

/* Comes last: keys stay as they were bound. */
static void
test_binding(void)
{
	const struct action *undo = action_find("undo"), *redo = action_find("redo");
	struct press z = { 'z', 0 }, next;
	struct arena mem = { 0 };
	struct error err;
	size_t from = 0, n = 0;
	bool more;

	CHECK(at("u", IN_DATA, &more) == undo && !more);
	CHECK(!action_is_bound(redo));
	CHECK(action_bind("redo", "u zq", &err));
	CHECK(action_is_bound(redo) && !action_is_bound(undo));
	CHECK(at("u", IN_DATA, &more) == redo);
	CHECK(at("z", IN_FLOW, &more) == NULL && more);
	CHECK(at("zq", IN_FLOW, &more) == redo && !more);
	CHECK(at("zq", IN_START, &more) == NULL);
	CHECK_TEXT(action_keys(redo), "u");
	CHECK_TEXT(action_keys(undo), "Ctrl-Z"); /* it lost the other one */
	CHECK_TEXT(action_keys_all(redo), "u zq");
	while (action_with_prefix(&z, 1, IN_FLOW, &from, &next))
		n += next.key == 'q' || next.key == 'a';
	CHECK(n >= 2);
	CHECK(action_bind("redo", "", &err));
	CHECK(action_is_bound(redo));
	CHECK(at("u", IN_DATA, &more) == undo);
	CHECK_TEXT(action_keys(redo), "");
	CHECK_TEXT(action_spell("{undo} takes it back, {redo} does it again: {}", &mem),
		   "u takes it back, :redo does it again: :");
	CHECK(!action_bind("no-such-action", "x", &err));
	CHECK(!action_bind("redo", "abcdefghijk", &err));
	CHECK_TEXT(err.text, "keys: 'abcdefghijk' is longer than 8 keys");
	arena_release(&mem);
}

/* Where somebody types: what is to come, from which byte on, and what there is. */
static const struct {
	const char *before, *wanted;
} places[] = {
	{ "", "head 0 ''" },
	{ "  ren", "head 2 'ren'" },
	{ "nothing x", "no" },
	{ "rename_column ", "input_column 14 ''" },
	{ "rename_column a", "input_column 14 'a'" },
	{ "rename_column a ", "new_name 16 ''" },
	{ "rename_column \"a b", "input_column 14 'a b'" },
	{ "rename_column new_name=x", "new_name 23 'x'" },
	{ "rename_column new_name=x ", "input_column 25 ''" },
	{ "filter_formula a > 1 and", "formula 15 'a > 1 and'" },
	{ "filter_formula a > 1 action=d", "action 28 'd'" },
	{ "filter_formula a > 1 action=drop ", "name 33 ''" },
	{ "duplicate_column x y z", "name 21 'z'" },
	{ "duplicate_column x y nn=", "name 21 'nn='" },
};

static void
test_places(void)
{
	for (size_t i = 0; i < COUNT(places); i++) {
		struct arena mem = { 0 };
		struct command_place place;
		const char *found = "no";

		if (command_place(text_of(places[i].before), &place, &mem))
			found = arena_print(&mem, "%s %zu '%s'",
					    place.is_head ? "head"
					    : place.param ? place.param->name
							  : "name",
					    place.from, place.value);
		CHECK_TEXT(found, places[i].wanted);
		arena_release(&mem);
	}
}

int
main(void)
{
	test_names();
	test_places();
	test_rounds();
	test_lines();
	test_noise();
	test_rows();
	test_keys();
	test_binding();
	return check_report();
}
