/* param_code - fields as Python literals. Whatever bytes a text holds, the literal is
 * one line, ends where it should, and shows nothing that reads differently. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "op/param.h"
#include "op/param_kind.h"
#include "op/param_text.h"

const char *
code_flag(const struct param *p, const void *field, struct arena *arena)
{
	(void)p, (void)arena;
	return *(const bool *)field ? "True" : "False";
}

const char *
code_number(const struct param *p, const void *field, struct arena *arena)
{
	char text[NUMBER_SIZE];
	double x;

	if (!kind_of(p)->given(field))
		return "None";
	if (p->kind == KIND_INTEGER)
		return kind_of(p)->print(p, field, arena);
	x = *(const double *)field;
	if (isinf(x))
		return x > 0 ? "float(\"inf\")" : "float(\"-inf\")";
	number_print_python(x, text);
	return arena_text(arena, text);
}

/* Blanks of no width and marks that turn the direction of writing hide what is there. */
static bool
is_deceptive(uint32_t code)
{
	return code < 0x20 || (code >= 0x7f && code < 0xa0) || code == 0xad ||
	       (code >= 0x200b && code <= 0x200f) || (code >= 0x2028 && code <= 0x202e) ||
	       (code >= 0x2060 && code <= 0x206f) || code == 0xfeff;
}

/* Bytes that are no UTF-8 become what Python's surrogateescape makes of them. */
static char *
put_char(char *out, struct text t, size_t *at)
{
	size_t before = *at;
	uint32_t code = text_next(t, at);

	if (code == 0xfffd && *at - before == 1)
		return out + sprintf(out, "\\udc%02x", (unsigned char)t.data[before]);
	if (code == '"' || code == '\\')
		*out++ = '\\';
	else if (code == '\n')
		return stpcpy(out, "\\n");
	else if (is_deceptive(code))
		return out + sprintf(out, "\\u%04x", (unsigned)code);
	return mempcpy(out, t.data + before, *at - before);
}

static const char *
quoted(const char *text, struct arena *arena)
{
	struct text t = text_of(text);
	char *literal = arena_alloc(arena, 6 * t.size + 3), *out = literal;

	*out++ = '"';
	for (size_t at = 0; at < t.size;)
		out = put_char(out, t, &at);
	*out++ = '"';
	return literal;
}

/* A text may be empty and still be one; a column, a word or a type may not. */
const char *
code_text(const struct param *p, const void *field, struct arena *arena)
{
	bool is_text = p->kind == KIND_TEXT || p->kind == KIND_CODE;

	if (!is_text && !kind_of(p)->given(field))
		return "None";
	return quoted(kind_of(p)->print(p, field, arena), arena);
}

static const char *
between(const char *open, const struct names *items, const char *close,
	struct arena *arena)
{
	return arena_print(arena, "%s%s%s", open, list_join_raw(items, ',', arena),
			   close);
}

static void
add(struct names *items, const char *item, struct arena *arena)
{
	names_add(items, arena_print(arena, "%s%s", items->n ? " " : "", item), arena);
}

const char *
code_columns(const struct param *p, const void *field, struct arena *arena)
{
	const struct names *columns = field;
	struct names items = { 0 };

	(void)p;
	for (size_t i = 0; i < columns->n; i++)
		add(&items, quoted(columns->at[i], arena), arena);
	return between("[", &items, "]", arena);
}

static const char *
row_code(const struct param *rows, const void *row, struct arena *arena)
{
	struct names items = { 0 };

	for (const struct param *p = rows; p->name; p++)
		add(&items,
		    arena_print(arena, "%s: %s", quoted(p->name, arena),
				param_python(p, row, arena)),
		    arena);
	return between("{", &items, "}", arena);
}

const char *
code_list(const struct param *p, const void *field, struct arena *arena)
{
	const struct list *list = field;
	struct names items = { 0 };

	for (size_t i = 0; i < list->n; i++)
		add(&items, row_code(p->rows, list_row(p, list, i), arena), arena);
	return between("[", &items, "]", arena);
}

const char *
param_python(const struct param *param, const void *fields, struct arena *arena)
{
	return kind_of(param)->python(param, param_field_of(param, fields), arena);
}
