/*
 * insight_items - the lines of the insight screen, worked out when there is another
 * profile.
 */
#include <stdio.h>
#include <stdlib.h>

#include "screen/insight.h"
#include "widget/figure.h"

const char *const insight_types[INSIGHT_TYPES] = { "int",  "flt",  "cat", "str",
						   "bool", "date", "time" };

static void
count_column(struct insight *insight, const struct field *field,
	     const struct summary_result *found)
{
	const char *word = figure_type(field->type, found);

	insight->cells += found->rows;
	insight->missing += found->missing;
	for (size_t i = 0; i < INSIGHT_TYPES; i++)
		insight->types[i] += !strcmp(insight_types[i], word);
}

static struct item *
add(struct insight *insight, enum section section, size_t place)
{
	struct item *item = &insight->items[section][insight->n[section]++];

	item->place = place;
	return item;
}

static int
by_severity(const void *a, const void *b)
{
	const struct item *x = a, *y = b;

	if (x->advice.severity != y->advice.severity)
		return (int)y->advice.severity - (int)x->advice.severity;
	return x->place < y->place ? -1 : x->place > y->place;
}

static int
by_missing(const void *a, const void *b)
{
	const struct item *x = a, *y = b;

	if (x->missing != y->missing)
		return x->missing > y->missing ? -1 : 1;
	return x->place < y->place ? -1 : x->place > y->place;
}

static void
gather(struct insight *insight, const struct grid_view *view)
{
	const size_t n = view->schema->n;

	arena_release(&insight->arena);
	for (int i = 0; i < SECTION_COUNT; i++) {
		insight->n[i] = 0;
		insight->items[i] = ARENA_ARRAY(
			&insight->arena,
			n * (i == SECTION_WARNINGS ? ADVICE_MOST : 1) + 1, struct item);
	}
	insight->cells = insight->missing = 0;
	memset(insight->types, 0, sizeof insight->types);
	for (size_t i = 0; i < n; i++) {
		const struct field *field = view->schema->at + i;
		const struct summary_result *found = grid_found(view, i);
		struct advice advice[ADVICE_MOST];
		size_t many;

		if (!found)
			continue;
		count_column(insight, field, found);
		add(insight, SECTION_COLUMNS, i);
		if (found->missing)
			add(insight, SECTION_MISSING, i)->missing = found->missing;
		many = advice_of(field->name, field->type, found, advice,
				 &insight->arena);
		for (size_t k = 0; k < many; k++)
			add(insight, SECTION_WARNINGS, i)->advice = advice[k];
	}
	qsort(insight->items[SECTION_WARNINGS], insight->n[SECTION_WARNINGS],
	      sizeof(struct item), by_severity);
	qsort(insight->items[SECTION_MISSING], insight->n[SECTION_MISSING],
	      sizeof(struct item), by_missing);
	for (int i = 0; i < SECTION_COUNT; i++)
		if (insight->at[i] >= insight->n[i])
			insight->at[i] = insight->n[i] ? insight->n[i] - 1 : 0;
}

bool
insight_look(struct app *app, struct insight *insight)
{
	struct data *data = data_of(app);
	const struct profile *profile;

	if (!data_look(app, data) || !data->view.profile)
		return false;
	profile = data->view.profile;
	if (insight->sheet != data->view.source ||
	    insight->generation != data->state->generation ||
	    insight->profiled != profile->generation) {
		insight->sheet = data->view.source;
		insight->generation = data->state->generation;
		insight->profiled = profile->generation;
		gather(insight, &data->view);
	}
	return true;
}

void
insight_counts(const struct insight *insight, const struct grid_view *view, char *out,
	       size_t size)
{
	char rows[FIGURE_SIZE];
	size_t n;

	figure_count(view->profile->rows, rows);
	n = (size_t)snprintf(out, size, "%s rows · %zu cols ·", rows, view->schema->n);
	for (size_t i = 0; i < INSIGHT_TYPES; i++)
		if (insight->types[i] && n < size)
			n += (size_t)snprintf(out + n, size - n, " %zu %s",
					      insight->types[i], insight_types[i]);
}
