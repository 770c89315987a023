/*
 * complete_formula - what a formula may go on with: columns and functions, and within
 * quotes the values of the column that stands before.
 */
#include "expr/func.h"
#include "screen/complete_parts.h"
#include "widget/quote.h"

static bool
is_name_byte(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || c == '_' || (unsigned char)c >= 0x80;
}

static const char *
formula_spelling(const char *name, struct arena *arena)
{
	bool is_plain = *name && !(*name >= '0' && *name <= '9');

	for (const char *c = name; *c; c++)
		is_plain = is_plain && is_name_byte(*c);
	return is_plain ? name : quote_name(name, arena);
}

static const char *
formula_text(const char *value, struct arena *arena)
{
	return quote_value(TYPE_STRING, text_of(value), arena);
}

static void
functions(struct maker *maker)
{
	static const char *const words[] = { "is null", "in (", "like", "case",
					     "between", "null", NULL };
	const char *before = "";

	for (size_t i = 0; words[i]; i++)
		candidate_add(maker,
			      (struct candidate){ .label = words[i], .kind = "word" },
			      words[i]);
	for (size_t i = 0; func_tables[i]; i++)
		for (const struct func *f = func_tables[i]; f->name; f++) {
			if (!is_name_byte(*f->name) || !strcmp(f->name, before))
				continue;
			before = f->name;
			candidate_add(
				maker,
				(struct candidate){ .label = f->name,
						    .kind = "fn",
						    .note = f->example ? f->example : "",
						    .ink = INK_DIM,
						    .goes_on = true },
				f->name);
		}
}

/* The name that stands before a comparison, at the end of a text. */
static const char *
compared(const char *text, size_t n, struct arena *arena)
{
	size_t end;

	while (n && strchr(" =<>!(,", text[n - 1]))
		n--;
	end = n;
	if (n && text[n - 1] == '`') {
		for (n--, end--; n && text[n - 1] != '`';)
			n--;
		return arena_text_n(arena, text + n, end - n);
	}
	while (n && is_name_byte(text[n - 1]))
		n--;
	return arena_text_n(arena, text + n, end - n);
}

/* The mark of a text or name that is open at the end; NULL: none. */
static const char *
open_mark(const char *formula)
{
	const char *open = NULL;

	for (const char *c = formula; *c; c++) {
		if (open && *c == *open)
			open = NULL;
		else if (!open && (*c == '\'' || *c == '`'))
			open = c;
	}
	return open;
}

void
complete_formula(struct maker *maker, const char *value)
{
	const char *mark = open_mark(value), *start = value + strlen(value);

	if (mark)
		start = mark;
	while (!mark && start > value && is_name_byte(start[-1]))
		start--;
	maker->head = arena_text_n(maker->arena, value, (size_t)(start - value));
	maker->fragment = mark ? start + 1 : start;
	if (mark && *mark == '\'') {
		candidate_values(maker,
				 compared(value, (size_t)(mark - value), maker->arena),
				 formula_text);
		return;
	}
	candidate_columns(maker, 0, mark ? quote_name : formula_spelling);
	if (!mark)
		functions(maker);
	maker->out->title = "columns and functions";
}
