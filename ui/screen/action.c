/*
 * action - the tables walked through, and the map from keys to actions.
 *
 * The map is made of the presets when first asked for, and changed by what the user
 * binds, which goes before presets: who binds a key that another action has takes it
 * over.
 */
#include "screen/action.h"

#include <string.h>

#include "base/arena.h"

enum { SEQUENCE = 8, KEYS_SIZE = 512 };

struct binding {
	const struct action *action;
	struct press presses[SEQUENCE];
	size_t n;
	bool is_own; /* bound by the user */
};

static struct {
	bool is_made;
	struct binding *at;
	size_t n, room;
	struct arena arena; /* as long as the program */
} map;

/* The first row from a table on, tables without rows left out. */
static const struct action *
first_of(size_t table)
{
	while (action_tables[table] && !action_tables[table]->name)
		table++;
	return action_tables[table];
}

static const struct action *
last_of(const struct action *table)
{
	while (table->name && table[1].name)
		table++;
	return table;
}

const struct action *
action_next(const struct action *action)
{
	if (!action)
		return first_of(0);
	if (action[1].name)
		return action + 1;
	for (size_t i = 0; action_tables[i]; i++)
		if (last_of(action_tables[i]) == action)
			return first_of(i + 1);
	return NULL;
}

/* "-" and "_" are one: operators have the one, actions the other. */
static bool
same_word(struct text a, const char *b)
{
	size_t i = 0;

	for (; i < a.size && b[i]; i++)
		if (a.data[i] != b[i] && !(strchr("-_", a.data[i]) && strchr("-_", b[i])))
			return false;
	return i == a.size && !b[i];
}

const struct action *
action_named(struct text word)
{
	const struct action *found = NULL;

	while ((found = action_next(found))) {
		struct text others = text_of(found->aliases ? found->aliases : "");

		if (same_word(word, found->name))
			return found;
		while (others.size)
			if (text_equal(text_cut(&others, ' '), word))
				return found;
	}
	return NULL;
}

const struct action *
action_find(const char *name)
{
	return action_named(text_of(name));
}

const struct param *
action_step(const struct action *action)
{
	const struct param *p = action->flags & ACTION_STEP ? action->params : NULL;

	while (p && p->name && strcmp(p->name, "step") != 0)
		p++;
	return p;
}

/* One word of .keys: a key, or characters typed one after the other. */
static bool
sequence_parse(struct text word, struct press presses[SEQUENCE], size_t *n,
	       struct error *err)
{
	*n = 1;
	if (press_parse(word, &presses[0]))
		return true;
	*n = 0;
	for (size_t at = 0; at < word.size;) {
		struct press press = { text_next(word, &at), 0 };

		if (*n == SEQUENCE)
			return fail(err, "keys: '%.*s' is longer than %d keys",
				    TEXT_ARG(word), SEQUENCE);
		if (press.key <= ' ' || press.key == 0x7f || press.key == 0xfffd)
			return fail(err, "keys: '%.*s' is no key", TEXT_ARG(word));
		presses[(*n)++] = press;
	}
	return true;
}

static void
map_add(const struct binding *binding)
{
	if (map.n == map.room) {
		size_t room = map.room ? 2 * map.room : 256;

		map.at = arena_grow(&map.arena, map.at, map.n * sizeof(*map.at),
				    room * sizeof(*map.at));
		map.room = room;
	}
	map.at[map.n++] = *binding;
}

/* Add all sequences of keys, or only see whether they are some (add false). */
static bool
keys_parse(const struct action *action, struct text keys, bool is_own, bool add,
	   struct error *err)
{
	while (keys.size) {
		struct binding binding = { .action = action, .is_own = is_own };
		struct text word = text_cut(&keys, ' ');

		if (word.size == 0)
			continue;
		if (!sequence_parse(word, binding.presses, &binding.n, err))
			return false;
		if (add)
			map_add(&binding);
	}
	return true;
}

/* A preset that is no key is found by test_action; here it is left out. */
static void
map_make(void)
{
	const struct action *action = NULL;
	struct error err;

	if (map.is_made)
		return;
	map.is_made = true;
	while ((action = action_next(action)))
		if (action->keys)
			(void)!keys_parse(action, text_of(action->keys), false, true,
					  &err);
}

static void
map_remove(const struct action *action)
{
	size_t n = 0;

	for (size_t i = 0; i < map.n; i++)
		if (map.at[i].action != action)
			map.at[n++] = map.at[i];
	map.n = n;
}

bool
action_bind(const char *name, const char *keys, struct error *err)
{
	const struct action *action = action_find(name);

	if (!action)
		return fail(err, "no action '%s'", name);
	if (!keys_parse(action, text_of(keys), true, false, err))
		return false;
	map_make();
	map_remove(action);
	return keys_parse(action, text_of(keys), true, true, err);
}

static bool
begins(const struct binding *binding, const struct press *presses, size_t n)
{
	if (n > binding->n)
		return false;
	for (size_t i = 0; i < n; i++)
		if (binding->presses[i].key != presses[i].key ||
		    binding->presses[i].mods != presses[i].mods)
			return false;
	return true;
}

const struct action *
action_of_keys(const struct press *presses, size_t n, unsigned where, bool *more)
{
	const struct binding *found = NULL;

	map_make();
	*more = false;
	for (size_t i = 0; i < map.n; i++) {
		const struct binding *b = &map.at[i];

		if (!(b->action->where & where) || !begins(b, presses, n))
			continue;
		if (b->n > n)
			*more = true;
		else if (!found || (b->is_own && !found->is_own))
			found = b;
	}
	return found ? found->action : NULL;
}

/* Has somebody else the same keys at all of its places, because the user said so? */
static bool
is_lost(const struct binding *lost)
{
	unsigned where = lost->action->where;

	for (size_t i = 0; i < map.n && where; i++) {
		const struct binding *b = &map.at[i];

		if (b->is_own && !lost->is_own && b->n == lost->n &&
		    begins(b, lost->presses, lost->n))
			where &= ~b->action->where;
	}
	return !where;
}

/* Behind what is there, with a blank between; false: there is no more room. */
static bool
spell(const struct binding *binding, char out[KEYS_SIZE])
{
	size_t n = strlen(out);

	if (n + 2 + binding->n * PRESS_SIZE > KEYS_SIZE)
		return false;
	if (n)
		out[n++] = ' ';
	for (size_t i = 0; i < binding->n; i++) {
		press_print(binding->presses[i], out + n);
		n += strlen(out + n);
	}
	return true;
}

static const char *
keys_of(const struct action *action, size_t most)
{
	static char out[KEYS_SIZE];

	map_make();
	out[0] = '\0';
	for (size_t i = 0; i < map.n && most; i++)
		if (map.at[i].action == action && !is_lost(&map.at[i]))
			most = spell(&map.at[i], out) ? most - 1 : 0;
	return out;
}

const char *
action_keys(const struct action *action)
{
	return keys_of(action, 1);
}

const char *
action_keys_all(const struct action *action)
{
	return keys_of(action, SIZE_MAX);
}

const char *
action_spell(const char *sentence, struct arena *arena)
{
	const char *out = "", *open, *close;

	for (; (open = strchr(sentence, '{')) && (close = strchr(open, '}'));
	     sentence = close + 1) {
		const struct text word = { open + 1, (size_t)(close - open - 1) };
		const struct action *action = action_named(word);
		const char *keys = action ? action_keys(action) : "";

		out = arena_print(arena, "%s%.*s%s%.*s", out, (int)(open - sentence),
				  sentence, *keys ? keys : ":",
				  *keys ? 0 : (int)word.size, word.data);
	}
	return arena_print(arena, "%s%s", out, sentence);
}

bool
action_is_bound(const struct action *action)
{
	bool has_any = false;

	map_make();
	for (size_t i = 0; i < map.n; i++)
		if (map.at[i].action == action) {
			has_any = true;
			if (map.at[i].is_own)
				return true;
		}
	return action->keys && !has_any;
}

const struct action *
action_with_prefix(const struct press *presses, size_t n, unsigned where, size_t *at,
		   struct press *next)
{
	map_make();
	for (; *at < map.n; (*at)++) {
		const struct binding *b = &map.at[*at];

		if ((b->action->where & where) && b->n > n && begins(b, presses, n)) {
			*next = b->presses[n];
			(*at)++;
			return b->action;
		}
	}
	return NULL;
}
