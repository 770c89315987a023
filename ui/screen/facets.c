/*
 * facets - lines are filtered and put in order; picks become a formula.
 */
#include "screen/facets.h"

#include <stdlib.h>

#include "base/number.h"
#include "widget/figure.h"
#include "widget/quote.h"

void
facets_release(struct facets *facets)
{
	arena_release(&facets->arena);
	arena_release(&facets->picks);
}

static char
small(char c)
{
	return (char)(c + (c >= 'A' && c <= 'Z' ? 'a' - 'A' : 0));
}

/* Is the part in there, plain letters in either case? */
static bool
has_part(struct text text, struct text part)
{
	for (size_t i = 0; i + part.size <= text.size; i++) {
		size_t n = 0;

		while (n < part.size && small(text.data[i + n]) == small(part.data[n]))
			n++;
		if (n == part.size)
			return true;
	}
	return false;
}

static void
add(struct facets *facets, struct facet facet)
{
	facets->at[facets->choice.n++] = facet;
	if (!facet.is_missing && facet.rows > facets->most)
		facets->most = facet.rows;
}

static int
compare_texts(const void *a, const void *b)
{
	return text_compare(((const struct facet *)a)->text,
			    ((const struct facet *)b)->text);
}

static int
compare_numbers(const void *a, const void *b)
{
	double x = 0, y = 0;

	(void)number_parse_float(((const struct facet *)a)->text, &x);
	(void)number_parse_float(((const struct facet *)b)->text, &y);
	return (x > y) - (x < y);
}

static void
list_values(struct facets *facets)
{
	const struct value_counts *counts = facets->counts;
	const struct text part = entry_text(&facets->filter);

	if (!counts)
		return;
	facets->at = ARENA_ARRAY(&facets->arena, counts->n + 1, struct facet);
	for (size_t i = 0; i < counts->n; i++)
		if (has_part(counts->at[i].text, part))
			add(facets, (struct facet){ .text = counts->at[i].text,
						    .rows = counts->at[i].count,
						    .bar = -1 });
	if (facets->by_value)
		qsort(facets->at, facets->choice.n, sizeof *facets->at,
		      facets->type & TYPE_NUMERIC ? compare_numbers : compare_texts);
	if (counts->missing && !part.size)
		add(facets, (struct facet){ .text = text_of("missing"),
					    .rows = counts->missing,
					    .bar = -1,
					    .is_missing = true });
}

/* "1 … 5": up to what the next one begins with. */
static const char *
range_label(const struct facets *facets, int i, struct arena *arena)
{
	char low[FIGURE_SIZE], high[FIGURE_SIZE];

	figure_place(facets->type, facets->bars.edge[i], low);
	if (facets->bars.is_single)
		return arena_text(arena, low);
	figure_place(facets->type, bars_end(&facets->bars, i), high);
	return arena_print(arena, "%s \xe2\x80\xa6 %s", low, high);
}

static void
list_ranges(struct facets *facets)
{
	const int n = facets->bars.n;

	facets->at = ARENA_ARRAY(&facets->arena, (size_t)n + 1, struct facet);
	for (int i = 0; i < n; i++) {
		const char *label = range_label(facets, i, &facets->arena);

		add(facets, (struct facet){ .text = text_of(label),
					    .rows = (uint64_t)facets->bars.at[i],
					    .bar = i });
	}
}

void
facets_list(struct facets *facets)
{
	arena_release(&facets->arena);
	facets->at = NULL;
	facets->choice.n = 0;
	facets->most = 0;
	(facets->by_range ? list_ranges : list_values)(facets);
	if (facets->choice.at >= facets->choice.n)
		facets->choice.at = facets->choice.n ? facets->choice.n - 1 : 0;
}

/* Where it is among what is picked. */
static size_t
find_pick(const struct facets *facets, struct text text)
{
	size_t i = 0;

	while (i < facets->n_picked && !text_equal(facets->picked[i], text))
		i++;
	return i;
}

bool
facets_is_picked(const struct facets *facets, const struct facet *facet)
{
	if (facet->is_missing)
		return facets->has_missing;
	if (facet->bar >= 0)
		return facets->has_bar[facet->bar];
	return find_pick(facets, facet->text) < facets->n_picked;
}

static bool
pick_text(struct facets *facets, struct text text)
{
	const size_t at = find_pick(facets, text);

	if (at < facets->n_picked) {
		facets->n_picked--;
		memmove(facets->picked + at, facets->picked + at + 1,
			(facets->n_picked - at) * sizeof *facets->picked);
		return true;
	}
	if (at == PICKED_MOST)
		return false;
	facets->picked[facets->n_picked++] =
		(struct text){ arena_text_n(&facets->picks, text.data, text.size),
			       text.size };
	return true;
}

bool
facets_pick(struct facets *facets, const struct facet *facet)
{
	if (facet->is_missing)
		facets->has_missing = !facets->has_missing;
	else if (facet->bar >= 0)
		facets->has_bar[facet->bar] = !facets->has_bar[facet->bar];
	else
		return pick_text(facets, facet->text);
	return true;
}

size_t
facets_picks(const struct facets *facets)
{
	size_t n = facets->n_picked + facets->has_missing;

	for (int i = 0; i < facets->bars.n; i++)
		n += facets->has_bar[i];
	return n;
}

const char *
facets_range(const struct bars *bars, int from, int to, enum type type,
	     const char *column, struct arena *arena)
{
	const bool is_last = bars->is_single || (to + 1 >= bars->n && !bars->off);
	char low[FIGURE_SIZE], high[FIGURE_SIZE];

	figure_place(type, bars->edge[from], low);
	figure_place(type, bars_end(bars, to), high);
	return arena_print(arena, "%s >= %s and %s %s %s", column,
			   quote_value(type, text_of(low), arena), column,
			   is_last ? "<=" : "<", quote_value(type, text_of(high), arena));
}

/* No value: what is nothing but blanks as well, and what is no number. */
static const char *
missing_formula(const struct facets *facets, struct arena *arena)
{
	const char *column = facets->column;

	if (facets->type == TYPE_STRING)
		return arena_print(arena, "%s is null or trim(%s) = ''", column, column);
	if (facets->type == TYPE_FLOAT)
		return arena_print(arena, "%s is null or isnan(%s)", column, column);
	return arena_print(arena, "%s is null", column);
}

static const char *
either(const char *one, const char *other, struct arena *arena)
{
	return one ? arena_print(arena, "%s or %s", one, other) : other;
}

static const char *
values_formula(const struct facets *facets, struct arena *arena)
{
	const char *list = "";

	for (size_t i = 0; i < facets->n_picked; i++)
		list = arena_print(arena, "%s%s%s", list, i ? ", " : "",
				   quote_value(facets->type, facets->picked[i], arena));
	return arena_print(arena, "%s in (%s)", facets->column, list);
}

/* Ranges that lie side by side are one. */
static const char *
ranges_formula(const struct facets *facets, const char *before, struct arena *arena)
{
	for (int i = 0; i < facets->bars.n; i++) {
		const int from = i;

		if (!facets->has_bar[i])
			continue;
		while (!facets->bars.is_single && i + 1 < facets->bars.n &&
		       facets->has_bar[i + 1])
			i++;
		before = either(before,
				facets_range(&facets->bars, from, i, facets->type,
					     facets->column, arena),
				arena);
	}
	return before;
}

const char *
facets_formula(const struct facets *facets, struct arena *arena)
{
	const struct facet *here = facets->at + facets->choice.at;
	const char *formula = NULL;

	if (facets->n_picked)
		formula = values_formula(facets, arena);
	formula = ranges_formula(facets, formula, arena);
	if (facets->has_missing)
		formula = either(formula, missing_formula(facets, arena), arena);
	if (formula || !facets->choice.n)
		return formula;
	if (here->is_missing)
		return missing_formula(facets, arena);
	if (here->bar >= 0)
		return facets_range(&facets->bars, here->bar, here->bar, facets->type,
				    facets->column, arena);
	return arena_print(arena, "%s in (%s)", facets->column,
			   quote_value(facets->type, here->text, arena));
}
