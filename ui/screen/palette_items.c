/*
 * palette_items - what the palette lists, in which order, and what a step is told.
 *
 * A match of letters is lifted by what suits the column under the cursor, by what its
 * figures speak for, and by what was chosen lately.
 */
#include <stdlib.h>
#include <strings.h>

#include "desk/step.h"
#include "screen/data.h"
#include "screen/palette.h"

enum {
	RECENT = 16,
	/* What lifts a match, which is worth some 25 a letter. */
	SUITS = 10,
	UNFIT = 25,
	ADVISED = 30,
	LATELY = 2, /* for each place from the end of the recent ones */
};

/* What was chosen, the last one first; as long as the program. */
static const void *recent[RECENT];

void
palette_remember(const void *what)
{
	size_t i = 0;

	while (i + 1 < RECENT && recent[i] && recent[i] != what)
		i++;
	memmove(recent + 1, recent, i * sizeof *recent);
	recent[0] = what;
}

static int
lately(const void *what)
{
	for (int i = 0; i < RECENT && recent[i]; i++)
		if (recent[i] == what)
			return LATELY * (RECENT - i);
	return 0;
}

const struct param *
palette_column(const struct op *op)
{
	for (const struct param *p = op->params; p && p->name; p++)
		if (p->kind == KIND_COLUMN || p->kind == KIND_COLUMNS)
			return p;
	return NULL;
}

static bool
accepts(const struct param *param, const struct focus *focus)
{
	return !param->accepts || (param->accepts & focus->type);
}

static int
suits(const struct op *op, const struct focus *focus)
{
	const struct param *param = palette_column(op);

	if (!param || focus->place < 0)
		return 0;
	if (!accepts(param, focus))
		return -UNFIT;
	return param->accepts ? SUITS : SUITS / 2;
}

static void
add(struct palette *palette, const struct palette_item *item)
{
	palette->items[palette->n_items++] = *item;
}

/* What the figures of the column speak for. */
static void
ask_advice(struct palette *palette, struct app *app)
{
	const struct summary_result *found;
	enum type type;
	const char *name;

	if (app->focus.place < 0)
		return;
	found = data_found(app, &name, &type);
	palette->is_informed = found != NULL;
	if (found)
		palette->n_advices =
			advice_of(arena_text(&palette->overlay.arena, name), type, found,
				  palette->advices, &palette->overlay.arena);
}

static const struct advice *
advice_for(const struct palette *palette, const struct op *op)
{
	for (size_t i = 0; i < palette->n_advices; i++)
		if (palette->advices[i].op && !strcmp(palette->advices[i].op, op->name))
			return &palette->advices[i];
	return NULL;
}

static void
add_steps(struct palette *palette, struct app *app)
{
	ask_advice(palette, app);
	for (size_t i = 0; op_table[i]; i++) {
		const struct op *op = op_table[i];
		struct palette_item item = { .op = op };

		if (palette->steps_only && op->role == ROLE_SOURCE)
			continue;
		item.name = arena_print(&palette->overlay.arena, "%s · %s", op->group,
					op->title);
		item.advice = advice_for(palette, op);
		item.lift =
			suits(op, &app->focus) + lately(op) + (item.advice ? ADVISED : 0);
		add(palette, &item);
	}
}

static void
add_actions(struct palette *palette, struct app *app)
{
	const struct action *action = NULL;

	while ((action = action_next(action))) {
		struct palette_item item = { .action = action };

		if ((action->flags & ACTION_HIDDEN) ||
		    !(action->where & app_where(app)) ||
		    (action->fits && !action->fits(app)))
			continue;
		item.name = arena_print(&palette->overlay.arena, "%s · %s", action->menu,
					action->title);
		item.lift = lately(action);
		add(palette, &item);
	}
}

void
palette_list(struct palette *palette, struct app *app)
{
	const struct action *action = NULL;
	size_t n = 1;

	palette->n_items = 0;
	while ((action = action_next(action)))
		n++;
	for (size_t i = 0; op_table[i]; i++)
		n++;
	palette->items = ARENA_ARRAY(&palette->overlay.arena, n, struct palette_item);
	palette->hits = ARENA_ARRAY(&palette->overlay.arena, n, struct palette_hit);
	if (app->work.is_open)
		add_steps(palette, app);
	if (!palette->steps_only)
		add_actions(palette, app);
}

static int
compare(const void *a, const void *b)
{
	const struct palette_hit *x = a, *y = b;

	if (x->rank != y->rank)
		return x->rank < y->rank ? 1 : -1;
	return x->place < y->place ? -1 : x->place > y->place;
}

/* Takes what another text of the item comes to, if that is more; no letter of the name is
 * marked for it. */
static bool
match_also(struct text pattern, const char *other, struct fuzzy *fuzzy)
{
	struct fuzzy by_other;

	if (!fuzzy_match(pattern, text_of(other), &by_other) ||
	    by_other.score * 3 / 4 <= fuzzy->score)
		return false;
	*fuzzy = (struct fuzzy){ .score = by_other.score * 3 / 4 };
	return true;
}

/* Does a word of the sentence begin so, in either case? */
static bool
has_word(const char *sentence, struct text start)
{
	struct text rest = text_of(sentence);

	while (rest.size) {
		const struct text word = text_cut(&rest, ' ');

		if (word.size >= start.size &&
		    !strncasecmp(word.data, start.data, start.size))
			return true;
	}
	return false;
}

/* By what is shown, by the word that would be typed, or by a word of what it does: there
 * letters do not count that stand here and there. */
static bool
matches(struct text pattern, const struct palette_item *item, struct fuzzy *fuzzy)
{
	const char *word = item->op ? item->op->name : item->action->name;
	const char *help = item->op ? item->op->help : item->action->help;
	bool found = fuzzy_match(pattern, text_of(item->name), fuzzy);

	if (!found)
		*fuzzy = (struct fuzzy){ 0 };
	found = match_also(pattern, word, fuzzy) || found;
	if (help && pattern.size > 2 && has_word(help, pattern))
		found = match_also(pattern, help, fuzzy) || found;
	return found;
}

/* What has the letters by chance only is left out where something has them better. */
static size_t
drop_poor(struct palette_hit *hits, size_t n)
{
	int best = 0;
	size_t kept = 0;

	for (size_t i = 0; i < n; i++)
		best = hits[i].fuzzy.score > best ? hits[i].fuzzy.score : best;
	for (size_t i = 0; i < n; i++)
		if (2 * hits[i].fuzzy.score >= best)
			hits[kept++] = hits[i];
	return kept;
}

void
palette_filter(struct palette *palette)
{
	struct text pattern = entry_text(&palette->entry);
	size_t n = 0;

	for (size_t i = 0; i < palette->n_items; i++) {
		struct palette_hit *hit = &palette->hits[n];

		*hit = (struct palette_hit){ .item = &palette->items[i], .place = i };
		if (!matches(pattern, hit->item, &hit->fuzzy))
			continue;
		hit->rank = hit->fuzzy.score + hit->item->lift;
		n++;
	}
	n = drop_poor(palette->hits, n);
	qsort(palette->hits, n, sizeof *palette->hits, compare);
	choice_reset(&palette->choice, n);
}

bool
palette_learn(struct palette *palette, struct app *app)
{
	const size_t at = palette->choice.at;
	struct palette_item old = { 0 };
	enum type type;
	const char *name;

	if (palette->is_informed || !app->work.is_open || app->focus.place < 0 ||
	    !data_found(app, &name, &type))
		return false;
	if (at > 0 && at < palette->choice.n)
		old = *palette->hits[at].item;
	palette_list(palette, app);
	palette_filter(palette);
	for (size_t i = 0; (old.op || old.action) && i < palette->choice.n; i++)
		if (palette->hits[i].item->op == old.op &&
		    palette->hits[i].item->action == old.action)
			palette->choice.at = i;
	return true;
}

/* The columns that are marked, or the one under the cursor. */
static void
fill_columns(const struct param *p, const struct focus *focus, void *field,
	     struct arena *arena)
{
	if (p->kind == KIND_COLUMN) {
		*(const char **)field = arena_text(arena, focus->column);
		return;
	}
	for (size_t i = 0; i < focus->n_marked; i++)
		names_add(field, arena_text(arena, focus->marked[i]), arena);
	if (focus->n_marked == 0)
		names_add(field, arena_text(arena, focus->column), arena);
}

bool
palette_fill(struct app *app, const struct op *op, const struct advice *advice,
	     void **fields, struct error *err)
{
	const struct param *p = palette_column(op);

	if (!step_fields(op, fields, &app->arena, err))
		return false;
	if (p && op->role == ROLE_TRANSFORM && app->focus.place >= 0 &&
	    accepts(p, &app->focus))
		fill_columns(p, &app->focus, (char *)*fields + p->offset, &app->arena);
	for (size_t i = 0; advice && i < advice->n; i++)
		if (!param_set(op->params, *fields, advice->settings[i], &app->arena,
			       err))
			return false;
	return true;
}

bool
palette_is_unfit(const struct palette_item *item)
{
	return item->lift <= UNFIT / -2;
}
