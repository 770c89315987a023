/*
 * func_text - functions of texts, counted in characters.
 *
 * Bytes that are not UTF-8 count as a character each, and stay.
 */
#include "base/casing.h"
#include "expr/func.h"

static bool
put(struct buffer *out, struct text t, struct error *err)
{
	return buffer_append(out, t.data, t.size, err);
}

static bool
length(const struct args *args, struct column **out, struct error *err)
{
	if (!(*out = args_strict(args, err)))
		return false;
	for (size_t i = 0; i < args->rows; i++)
		if (!column_is_null(*out, i))
			column_longs(*out)[i] =
				(int64_t)text_count(column_text(args->at[0], i));
	return true;
}

static bool
lower(const struct args *args, size_t row, struct buffer *out, struct error *err)
{
	return casing_lower(column_text(args->at[0], row), out, err);
}

static bool
upper(const struct args *args, size_t row, struct buffer *out, struct error *err)
{
	return casing_upper(column_text(args->at[0], row), out, err);
}

enum { LEFT = 1, RIGHT = 2 };

/* Of blanks alone: Spark leaves tabs and line ends where they are. */
static bool
trim(const struct args *args, size_t row, struct buffer *out, struct error *err)
{
	struct text t = column_text(args->at[0], row);

	while (args->func->how & LEFT && t.size && t.data[0] == ' ')
		t.data++, t.size--;
	while (args->func->how & RIGHT && t.size && t.data[t.size - 1] == ' ')
		t.size--;
	return put(out, t, err);
}

/* From position (1 first, -1 last; 0 is 1), so many. What lies before the first is
 * counted too: of "abc" from -5 three are "a". */
static bool
substring(const struct args *args, size_t row, struct buffer *out, struct error *err)
{
	const struct text t = column_text(args->at[0], row);
	const int64_t position = column_longs(args->at[1])[row];
	int64_t size = args->n > 2 ? column_longs(args->at[2])[row] : INT64_MAX;
	int64_t start = position > 0 ? position - 1 : 0, n = 0;
	size_t at = 0, from;

	if (position < 0 && position > -(int64_t)t.size - 1)
		start = (int64_t)text_count(t) + position;
	else if (position < 0)
		start = position < -(int64_t)t.size - 1 - INT32_MAX
				? -INT32_MAX
				: (int64_t)text_count(t) + position;
	if (start < 0) {
		size = size > -start ? size == INT64_MAX ? size : size + start : 0;
		start = 0;
	}
	for (; at < t.size && n < start; n++)
		text_next(t, &at);
	from = at;
	for (n = 0; at < t.size && n < size; n++)
		text_next(t, &at);
	return put(out, (struct text){ t.data + from, at - from }, err);
}

/* Null where one is null: only rows without come here. */
static bool
concat(const struct args *args, size_t row, struct buffer *out, struct error *err)
{
	for (size_t i = 0; i < args->n; i++)
		if (!put(out, column_text(args->at[i], row), err))
			return false;
	return true;
}

/* Nulls are left out with their separator; only the separator's own null counts. */
static bool
join_row(const struct args *args, size_t row, struct buffer *out, struct error *err)
{
	bool first = true;

	for (size_t i = 1; i < args->n; i++) {
		if (column_is_null(args->at[i], row))
			continue;
		if ((!first && !put(out, column_text(args->at[0], row), err)) ||
		    !put(out, column_text(args->at[i], row), err))
			return false;
		first = false;
	}
	return true;
}

static bool
concat_ws(const struct args *args, struct column **out, struct error *err)
{
	const struct args separator = { args->func, args->type, args->rows, 1, args->at };
	struct column *c = args_strict(&separator, err);

	for (size_t i = 0; c && i < args->rows; i++) {
		if (!column_is_null(c, i) && !join_row(args, i, c->bytes, err)) {
			column_drop(c);
			c = NULL;
			break;
		}
		column_longs(c)[i + 1] = (int64_t)c->bytes->size;
	}
	return (*out = c) != NULL;
}

/* An empty text to search for is found nowhere. */
static bool
replace(const struct args *args, size_t row, struct buffer *out, struct error *err)
{
	const struct text search = column_text(args->at[1], row);
	struct text rest = column_text(args->at[0], row), with = { "", 0 };
	const char *found;

	if (args->n > 2)
		with = column_text(args->at[2], row);
	while (search.size && rest.size &&
	       (found = memmem(rest.data, rest.size, search.data, search.size))) {
		const size_t before = (size_t)(found - rest.data);

		if (!put(out, (struct text){ rest.data, before }, err) ||
		    !put(out, with, err))
			return false;
		rest.data += before + search.size;
		rest.size -= before + search.size;
	}
	return put(out, rest, err);
}

const struct func func_text[] = {
	{ "length", "s", "l", length, .example = "length('Übel ')", .value = "5" },
	{ "char_length", "s", "l", length, .example = "char_length(1.5)", .value = "3" },
	{ "lower", "s", "s", .text = lower, .example = "lower('ÄB')", .value = "äb" },
	{ "lcase", "s", "s", .text = lower, .example = "lcase('A')", .value = "a" },
	{ "upper", "s", "s", .text = upper, .example = "upper('ß')", .value = "SS" },
	{ "ucase", "s", "s", .text = upper, .example = "ucase('a')", .value = "A" },
	{ "trim", "s", "s", .text = trim, .how = LEFT | RIGHT,
	  .example = "concat('<', trim('  a b '), '>')", .value = "<a b>" },
	{ "ltrim", "s", "s", .text = trim, .how = LEFT,
	  .example = "concat('<', ltrim(' a '), '>')", .value = "<a >" },
	{ "rtrim", "s", "s", .text = trim, .how = RIGHT,
	  .example = "concat('<', rtrim(' a '), '>')", .value = "< a>" },
	{ "substring", "sl", "s", .text = substring,
	  .spark = "substring($1, $2, 2147483647)",
	  .example = "substring('Spark SQL', -3)", .value = "SQL" },
	{ "substring", "sll", "s", .text = substring,
	  .example = "substring('Spark SQL', 5, 1)", .value = "k" },
	{ "substr", "sl", "s", .text = substring, .spark = "substr($1, $2, 2147483647)",
	  .example = "substr('Spark', 2)", .value = "park" },
	{ "substr", "sll", "s", .text = substring, .example = "substr('abc', -5, 3)",
	  .value = "a" },
	{ "concat", "[s]", "s", .text = concat, .example = "concat('a', 1, true)",
	  .value = "a1true" },
	{ "||", "ss", "s", .text = concat, .spark = "concat($1, $2)",
	  .example = "'a' || null", .value = "null" },
	{ "concat_ws", "s[s]", "s", concat_ws,
	  .example = "concat_ws('-', 'a', null, 'b')", .value = "a-b" },
	{ "replace", "ss", "s", .text = replace, .spark = "replace($1, $2, )",
	  .example = "replace('banana', 'an')", .value = "ba" },
	{ "replace", "sss", "s", .text = replace, .example = "replace('aaa', 'aa', 'b')",
	  .value = "ba" },
	{ 0 },
};
