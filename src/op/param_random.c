/*
 * param_random - random settings for tests: mostly sensible, often at an edge.
 *
 * The seed decides everything, so a failure is repeated by its number.
 */
#include <math.h>
#include <string.h>

#include "base/random.h"
#include "op/param.h"
#include "op/param_kind.h"

static size_t
below(uint64_t *seed, size_t n)
{
	return n ? random_below(seed, n) : 0;
}

void
guess_flag(const struct param *p, void *field, const struct schema *schema,
	   uint64_t *seed, struct arena *arena)
{
	(void)p, (void)schema, (void)arena;
	*(bool *)field = below(seed, 2);
}

/* Between the bounds; without them, small, with a few large ones. */
static double
some_number(const struct param *p, uint64_t *seed)
{
	static const double edges[] = { 0, 1, -1, 0.5, 2, 100, 1e10, -3.25 };
	double low = p->has_min ? p->min : p->has_max ? p->max - 20 : -10;
	double high = p->has_max ? p->max : low + 20;

	switch (below(seed, 4)) {
	case 0:
		return low;
	case 1:
		if (p->has_max)
			return high;
		if (!p->has_min)
			return edges[below(seed, COUNT(edges))];
		/* fall through */
	default:
		return low + (high - low) * (double)below(seed, 1001) / 1000;
	}
}

void
guess_integer(const struct param *p, void *field, const struct schema *schema,
	      uint64_t *seed, struct arena *arena)
{
	double x = floor(some_number(p, seed));

	(void)schema, (void)arena;
	if (p->has_min && x < p->min)
		x = ceil(p->min);
	*(int64_t *)field = fabs(x) < 0x1p62 ? (int64_t)x : 0;
}

void
guess_number(const struct param *p, void *field, const struct schema *schema,
	     uint64_t *seed, struct arena *arena)
{
	(void)schema, (void)arena;
	*(double *)field = some_number(p, seed);
}

/* By kind, since a random pattern or formula would be refused at once. */
void
guess_text(const struct param *p, void *field, const struct schema *schema,
	   uint64_t *seed, struct arena *arena)
{
	static const char *const texts[] = { "a",   "0",       "x y",        "-1.5",
					     "é",   "\"'\\,:", "2015-07-01", " ",
					     "nan", "Ünï\n" };
	static const char *const patterns[] = { "a", "[0-9]+", "^$",  "(a|b)*c?",
						".", "é+",     "\\s", "(" };
	static const char *const formats[] = {
		"yyyy-MM-dd", "dd-MM-yyyy", "yyyy", "%Y-%m-%d", "MM/dd/yyyy HH:mm:ss", "'"
	};
	size_t i;

	(void)schema, (void)arena;
	i = random_next(seed) >> 1;
	*(const char **)field = p->kind == KIND_PATTERN  ? patterns[i % COUNT(patterns)]
				: p->kind == KIND_FORMAT ? formats[i % COUNT(formats)]
							 : texts[i % COUNT(texts)];
}

/* The form with name for every %s. */
static const char *
text_with(const char *form, const char *name, struct arena *arena)
{
	const char *out = "", *next;

	for (; (next = strstr(form, "%s")); form = next + 2)
		out = arena_print(arena, "%s%.*s%s", out, (int)(next - form), form, name);
	return arena_print(arena, "%s%s", out, form);
}

/* Of one column, named twice; many a formula is refused for its type. */
void
guess_formula(const struct param *p, void *field, const struct schema *schema,
	      uint64_t *seed, struct arena *arena)
{
	static const char *const forms[] = {
		"%s",
		"%s = %s",
		"%s is null or null",
		"%s + 1 > 2 and not isnull(%s)",
		"%s in ('a', null, '1')",
		"coalesce(%s, '?') || %s",
		"upper(%s) like '_%'",
		"round(%s / 3, 1)",
		"case when %s between 1 and '2' then %s end",
		"to_date(%s, 'yyyy-MM-dd')",
		"concat_ws('-', %s, substr(%s, 2, 1))",
		"year(%s) < 2020",
		"greatest(%s, %s, 5) <=> null",
		"cast(%s as timestamp)",
		"%s (",
	};
	const char *name = "", *form = forms[below(seed, COUNT(forms))];
	char *quoted, *to;

	(void)p;
	if (schema->n)
		name = schema->at[below(seed, schema->n)].name;
	to = quoted = arena_alloc(arena, 2 * strlen(name) + 3);
	*to++ = '`';
	for (; *name; name++) {
		*to++ = *name;
		if (*name == '`')
			*to++ = '`';
	}
	*to = '`';
	*(const char **)field = text_with(form, quoted, arena);
}

void
guess_choice(const struct param *p, void *field, const struct schema *schema,
	     uint64_t *seed, struct arena *arena)
{
	size_t n = 0;

	(void)schema, (void)arena;
	while (p->choices[n])
		n++;
	*(int *)field = (int)below(seed, n);
}

/* A column of a type that is accepted; "" if there is none. */
static const char *
some_column(const struct param *p, const struct schema *schema, uint64_t *seed)
{
	const char *found = "";
	size_t n = 0;

	for (size_t i = 0; i < schema->n; i++)
		if ((!p->accepts || (p->accepts & schema->at[i].type)) &&
		    below(seed, ++n) == 0)
			found = schema->at[i].name;
	return found;
}

void
guess_column(const struct param *p, void *field, const struct schema *schema,
	     uint64_t *seed, struct arena *arena)
{
	(void)arena;
	*(const char **)field = some_column(p, schema, seed);
}

void
guess_columns(const struct param *p, void *field, const struct schema *schema,
	      uint64_t *seed, struct arena *arena)
{
	struct names names = { 0 };
	size_t n = 1 + below(seed, 3);

	for (size_t i = 0; i < n; i++) {
		const char *name = some_column(p, schema, seed);

		if (*name && !names_has(&names, name))
			names_add(&names, name, arena);
	}
	*(struct names *)field = names;
}

/* Mostly new; at times one that is there already. */
void
guess_name(const struct param *p, void *field, const struct schema *schema,
	   uint64_t *seed, struct arena *arena)
{
	static const char *const names[] = { "made", "another one", "é.x", "`",
					     "made_2" };

	(void)p, (void)arena;
	if (schema->n && below(seed, 4) == 0)
		*(const char **)field = schema->at[below(seed, schema->n)].name;
	else
		*(const char **)field = names[below(seed, COUNT(names))];
}

void
guess_type(const struct param *p, void *field, const struct schema *schema,
	   uint64_t *seed, struct arena *arena)
{
	unsigned accepts = p->accepts ? p->accepts : TYPE_ANY;
	size_t n = 0;

	(void)schema, (void)arena;
	for (unsigned bit = 1; bit <= TYPE_OBJECT; bit <<= 1)
		if ((accepts & bit) && below(seed, ++n) == 0)
			*(enum type *)field = (enum type)bit;
}

static void
guess_all(const struct param *params, void *fields, const struct schema *schema,
	  uint64_t *seed, struct arena *arena)
{
	struct error ignored = { 0 };

	for (const struct param *p = params; p && p->name; p++) {
		void *field = param_field(p, fields);

		if (!param_preset_one(p, field, arena, &ignored))
			kind_of(p)->clear(field);
		if (!p->preset || below(seed, 2))
			kind_of(p)->random(p, field, schema, seed, arena);
	}
}

void
guess_list(const struct param *p, void *field, const struct schema *schema,
	   uint64_t *seed, struct arena *arena)
{
	struct list list = { 1 + below(seed, 3), NULL };

	list.at = arena_array(arena, list.n, p->rows_size);
	for (size_t i = 0; i < list.n; i++)
		guess_all(p->rows, list_row(p, &list, i), schema, seed, arena);
	*(struct list *)field = list;
}

bool
param_random(const struct param *params, void *fields, const struct schema *schema,
	     uint64_t *seed, struct arena *arena, struct error *err)
{
	guess_all(params, fields, schema, seed, arena);
	return param_check(params, fields, err);
}
