/* formula - words of a formula, known by the tables of columns and functions. */
#include "widget/formula.h"

#include <stdlib.h>
#include <string.h>

#include "expr/func.h"
#include "expr/token.h"
#include "widget/quote.h"

/* --- looks --- */

static bool
is_column(struct token token, const struct schema *schema, struct arena *arena)
{
	const struct text name = token_name(token, arena);

	return schema && schema_find(schema, arena_text_n(arena, name.data, name.size)) !=
				 SCHEMA_NONE;
}

static struct paint
token_paint(struct token token, const struct schema *schema, struct arena *arena)
{
	switch (token.kind) {
	case TOKEN_WORD:
	case TOKEN_QUOTED:
		return is_column(token, schema, arena) ? PAINT(INK_HEADER, STYLE_BOLD)
						       : PAINT(INK_TEXT);
	case TOKEN_NUMBER:
		return PAINT(INK_FLOAT);
	case TOKEN_TEXT:
		return PAINT(INK_STRING);
	default:
		return PAINT(INK_TEXT);
	}
}

/* Where the sentence says it is wrong, in characters from 1; 0: it does not say. */
static size_t
wrong_position(const char *problem)
{
	const char *at = problem ? strstr(problem, "position ") : NULL;

	return at ? strtoul(at + strlen("position "), NULL, 10) : 0;
}

static size_t
byte_of(struct text formula, size_t position)
{
	size_t at = 0;

	while (position > 1 && at < formula.size) {
		text_next(formula, &at);
		position--;
	}
	return at;
}

static void
paint_wrong(struct text formula, const char *problem, struct paint *paints)
{
	const size_t position = wrong_position(problem);
	size_t at = byte_of(formula, position), end;
	struct token token;
	struct error ignored = { 0 };

	if (!position || at >= formula.size)
		return;
	end = at + 1;
	if (token_next(formula, at, &token, &ignored) && token.at == at &&
	    token.text.size)
		end = at + token.text.size;
	for (; at < end; at++)
		paints[at] = PAINT(INK_ERR, STYLE_UNDERLINE);
}

struct paint *
formula_paints(struct text formula, const struct schema *schema, const char *problem,
	       struct arena *arena)
{
	struct paint *paints = ARENA_ARRAY(arena, formula.size + 1, struct paint);
	struct error ignored = { 0 };
	struct token token;
	size_t at = 0;

	while (at < formula.size && token_next(formula, at, &token, &ignored) &&
	       token.kind != TOKEN_END && token.text.size) {
		for (size_t i = 0; i < token.text.size; i++)
			paints[token.at + i] = token_paint(token, schema, arena);
		at = token.at + token.text.size;
	}
	paint_wrong(formula, problem, paints);
	return paints;
}

/* --- ends of words --- */

static bool
is_word(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
	       (c >= 'A' && c <= 'Z') || c == '_' || (unsigned char)c >= 0x80;
}

static bool
is_plain(const char *name)
{
	const char *p = name;

	while (is_word(*p))
		p++;
	return *name && !*p && !(*name >= '0' && *name <= '9');
}

size_t
formula_begun(struct text formula, size_t at)
{
	size_t from = at;

	while (from > 0 && is_word(formula.data[from - 1]))
		from--;
	while (from < at && formula.data[from] >= '0' && formula.data[from] <= '9')
		from++;
	return at - from;
}

static bool
begins(const char *name, struct text begun)
{
	const size_t n = strlen(name);

	return n >= begun.size && !strncasecmp(name, begun.data, begun.size);
}

static void
add(struct pick *picks, size_t *n, const char *name, const char *note, enum ink ink)
{
	for (size_t i = 0; i < *n; i++)
		if (!strcmp(picks[i].name, name))
			return;
	picks[(*n)++] = (struct pick){ .name = name, .note = note, .ink = ink };
}

static size_t
count_functions(void)
{
	size_t n = 0;

	for (const struct func *const *table = func_tables; *table; table++)
		for (const struct func *f = *table; f->name; f++)
			n++;
	return n;
}

struct pick *
formula_ends(struct text begun, const struct schema *schema, size_t *n,
	     struct arena *arena)
{
	const size_t columns = schema ? schema->n : 0;
	struct pick *picks =
		ARENA_ARRAY(arena, columns + count_functions() + 1, struct pick);

	*n = 0;
	for (size_t i = 0; i < columns; i++)
		if (begins(schema->at[i].name, begun))
			add(picks, n, arena_text(arena, schema->at[i].name),
			    type_name(schema->at[i].type), INK_INFO);
	for (const struct func *const *table = func_tables; *table; table++)
		for (const struct func *f = *table; f->name; f++)
			if (is_plain(f->name) && begins(f->name, begun))
				add(picks, n, f->name, "()", INK_DIM);
	for (size_t i = 0; i < *n; i++)
		if (text_is(begun, picks[i].name))
			*n = 0;
	return picks;
}

const char *
formula_word(const struct pick *pick, struct arena *arena)
{
	if (!strcmp(pick->note, "()"))
		return arena_print(arena, "%s(", pick->name);
	if (is_plain(pick->name))
		return pick->name;
	return quote_name(pick->name, arena);
}
