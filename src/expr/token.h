/*
 * token.h - the words and signs that a formula is read from, one at a time.
 */
#ifndef EXPR_TOKEN_H
#define EXPR_TOKEN_H

#include "base/arena.h"
#include "base/text.h"

enum token_kind {
	TOKEN_END,
	TOKEN_WORD,   /* a bare name or a word of the language */
	TOKEN_QUOTED, /* a name in backticks */
	TOKEN_NUMBER,
	TOKEN_TEXT, /* in quotes */
	TOKEN_SIGN,
};

struct token {
	enum token_kind kind;
	struct text text; /* as written */
	size_t at;        /* place in the formula */
};

/* The token from at on. */
CHECKED bool token_next(struct text formula, size_t at, struct token *out,
			struct error *err);
/* What a quoted name or text means. */
struct text token_name(struct token token, struct arena *arena);
struct text token_text(struct token token, struct arena *arena);

#endif
