/*
 * lex - a formula's tokens, one at a time, and what quoted ones mean.
 *
 * Every token is a slice of the formula; texts and names in quotes are decoded only when
 * asked for.
 */
#include <stdarg.h>
#include <stdio.h>

#include "expr/node.h"

bool
fail_at(struct error *err, struct text formula, size_t at, const char *format, ...)
{
	struct text before = { formula.data, at < formula.size ? at : formula.size };
	size_t position = 1;
	char text[sizeof(err->text)];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	for (size_t i = 0; i < before.size; position++)
		text_next(before, &i);
	return fail(err, "position %zu: %s", position, text);
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Bytes beyond ASCII may be part of a name. */
static bool
is_word(char c)
{
	return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       c == '_' || (unsigned char)c >= 0x80;
}

static bool
is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

/* A cursor that gives 0 behind the end; a NUL of the formula is no sign, so it ends all
 * that it may stand in but quotes. */
static char
peek(struct text t, size_t i)
{
	return i < t.size ? t.data[i] : '\0';
}

/* Behind the digits, point, exponent and suffix (Spark's L, S, Y, D, F, BD) from at on;
 * at itself if it is no number. */
static size_t
number_end(struct text t, size_t at)
{
	size_t i = at, digits = 0;

	for (; is_digit(peek(t, i)); i++)
		digits++;
	if (peek(t, i) == '.')
		for (i++; is_digit(peek(t, i)); i++)
			digits++;
	if (digits == 0)
		return at;
	if ((peek(t, i) | 32) == 'e') {
		size_t e = i + 1;

		e += peek(t, e) == '-' || peek(t, e) == '+';
		if (is_digit(peek(t, e)))
			for (i = e; is_digit(peek(t, i)); i++)
				;
	}
	if ((peek(t, i) | 32) == 'b' && (peek(t, i + 1) | 32) == 'd')
		return i + 2;
	return i + (peek(t, i) != '\0' && strchr("lLsSyYdDfF", peek(t, i)) != NULL);
}

/* Behind the closing quote; 0: there is none. A backtick within backticks is doubled, a
 * backslash within quotes takes the next character with it. */
static size_t
quote_end(struct text t, size_t at)
{
	const char quote = t.data[at];

	for (size_t i = at + 1; i < t.size; i++) {
		if (quote != '`' && t.data[i] == '\\')
			i++;
		else if (t.data[i] == quote && quote == '`' && peek(t, i + 1) == '`')
			i++;
		else if (t.data[i] == quote)
			return i + 1;
	}
	return 0;
}

static size_t
sign_size(struct text t, size_t at)
{
	static const char *const signs[] = { "<=>", "<=", ">=", "<>", "!=", "==", "||",
					     "=",   "<",  ">",  "+",  "-",  "*",  "/",
					     "%",   "(",  ")",  ",",  "!" };

	for (size_t i = 0; i < COUNT(signs); i++) {
		const size_t size = strlen(signs[i]);

		if (size <= t.size - at && memcmp(t.data + at, signs[i], size) == 0)
			return size;
	}
	return 0;
}

static bool
take(struct text formula, struct token *token, enum token_kind kind, size_t end)
{
	token->kind = kind;
	token->text = (struct text){ formula.data + token->at, end - token->at };
	return true;
}

bool
token_next(struct text formula, size_t at, struct token *out, struct error *err)
{
	size_t end;
	char c;

	while (at < formula.size && is_space(formula.data[at]))
		at++;
	out->at = at;
	if (at == formula.size)
		return take(formula, out, TOKEN_END, at);
	c = formula.data[at];
	if (c == '\'' || c == '"' || c == '`') {
		if ((end = quote_end(formula, at)) == 0)
			return fail_at(
				err, formula, at,
				"the %s that starts here has no end; close it with %c",
				c == '`' ? "name" : "text", c);
		return take(formula, out, c == '`' ? TOKEN_QUOTED : TOKEN_TEXT, end);
	}
	end = number_end(formula, at);
	if (end > at &&
	    !(is_word(peek(formula, end)) && !memchr(formula.data + at, '.', end - at)))
		return take(formula, out, TOKEN_NUMBER, end);
	for (end = at; is_word(peek(formula, end));)
		end++;
	if (end > at)
		return take(formula, out, TOKEN_WORD, end);
	if ((end = sign_size(formula, at)) > 0)
		return take(formula, out, TOKEN_SIGN, at + end);
	if (c == '.')
		return fail_at(err, formula, at,
			       "a name that holds a point needs backticks");
	end = at;
	text_next(formula, &end);
	return fail_at(err, formula, at, "'%.*s' means nothing here", (int)(end - at),
		       formula.data + at);
}

struct text
token_name(struct token token, struct arena *arena)
{
	char *name;
	size_t n = 0;

	if (token.kind != TOKEN_QUOTED)
		return token.text;
	name = arena_alloc(arena, token.text.size);
	for (size_t i = 1; i + 1 < token.text.size; i++) {
		name[n++] = token.text.data[i];
		i += token.text.data[i] == '`';
	}
	return (struct text){ name, n };
}

/* Up to most digits of a base, all of them there. */
static bool
read_code(struct text t, size_t at, size_t digits, int base, uint32_t *code)
{
	*code = 0;
	if (digits > t.size - at)
		return false;
	for (size_t i = at; i < at + digits; i++) {
		const char c = t.data[i];
		const int value = is_digit(c) ? c - '0'
				  : (c | 32) >= 'a' && (c | 32) <= 'f'
					  ? (c | 32) - 'a' + 10
					  : 99;

		if (value >= base)
			return false;
		*code = *code * (uint32_t)base + (uint32_t)value;
	}
	return true;
}

/* What the backslash before at makes of what follows; behind it. As Spark: \% and \_
 * keep it, for LIKE. */
static size_t
unescape(struct text t, size_t at, char *out, size_t *n)
{
	static const char letters[] = "0bnrtZ", means[] = "\0\b\n\r\t\032";
	const char c = t.data[at];
	const char *letter;
	uint32_t code;

	if (c == 'u' && read_code(t, at + 1, 4, 16, &code)) {
		*n += text_put(code, out + *n);
		return at + 5;
	}
	if ((c == '0' || c == '1') && read_code(t, at, 3, 8, &code)) {
		*n += text_put(code, out + *n);
		return at + 3;
	}
	letter = c ? strchr(letters, c) : NULL;
	if (c == '%' || c == '_')
		out[(*n)++] = '\\';
	out[(*n)++] = letter ? means[letter - letters] : c;
	return at + 1;
}

struct text
token_text(struct token token, struct arena *arena)
{
	const struct text t = { token.text.data + 1, token.text.size - 2 };
	char *out = arena_alloc(arena, token.text.size + 4);
	size_t n = 0;

	for (size_t i = 0; i < t.size;)
		if (t.data[i] == '\\' && i + 1 < t.size)
			i = unescape(t, i + 1, out, &n);
		else
			out[n++] = t.data[i++];
	return (struct text){ out, n };
}
