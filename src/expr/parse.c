/*
 * parse - a formula's tree, by precedence, as Spark's grammar has it.
 *
 *	OR, AND, NOT, (IS, BETWEEN, IN, LIKE), comparisons, + - ||, * / % DIV, signs
 *
 * Nesting is limited, and so is the height of the tree, so nobody who walks it needs
 * more than a little stack.
 */
#include <stdio.h>

#include "base/date.h"
#include "base/number.h"
#include "data/cast.h"
#include "expr/node.h"

enum level {
	LEVEL_OR = 1,
	LEVEL_AND,
	LEVEL_NOT,
	LEVEL_IS,
	LEVEL_COMPARE,
	LEVEL_ADD,
	LEVEL_MULTIPLY,
};

static const struct infix {
	const char *sign, *func;
	enum level level;
} infixes[] = {
	{ "or", "or", LEVEL_OR },        { "and", "and", LEVEL_AND },
	{ "=", "=", LEVEL_COMPARE },     { "==", "=", LEVEL_COMPARE },
	{ "!=", "!=", LEVEL_COMPARE },   { "<>", "!=", LEVEL_COMPARE },
	{ "<", "<", LEVEL_COMPARE },     { "<=", "<=", LEVEL_COMPARE },
	{ ">", ">", LEVEL_COMPARE },     { ">=", ">=", LEVEL_COMPARE },
	{ "<=>", "<=>", LEVEL_COMPARE }, { "+", "+", LEVEL_ADD },
	{ "-", "-", LEVEL_ADD },         { "||", "||", LEVEL_ADD },
	{ "*", "*", LEVEL_MULTIPLY },    { "/", "/", LEVEL_MULTIPLY },
	{ "%", "%", LEVEL_MULTIPLY },    { "div", "div", LEVEL_MULTIPLY },
};

/* What Spark calls the types that one can cast to, and what they are here. */
static const struct {
	const char *name, *spark;
	enum type type;
} types[] = {
	{ "string", "STRING", TYPE_STRING },
	{ "varchar", "STRING", TYPE_STRING },
	{ "bigint", "BIGINT", TYPE_LONG },
	{ "long", "BIGINT", TYPE_LONG },
	{ "int", "INT", TYPE_LONG },
	{ "integer", "INT", TYPE_LONG },
	{ "smallint", "SMALLINT", TYPE_LONG },
	{ "short", "SMALLINT", TYPE_LONG },
	{ "tinyint", "TINYINT", TYPE_LONG },
	{ "byte", "TINYINT", TYPE_LONG },
	{ "double", "DOUBLE", TYPE_FLOAT },
	{ "float", "FLOAT", TYPE_FLOAT },
	{ "real", "FLOAT", TYPE_FLOAT },
	{ "boolean", "BOOLEAN", TYPE_BOOL },
	{ "bool", "BOOLEAN", TYPE_BOOL },
	{ "date", "DATE", TYPE_DATE },
	{ "timestamp", "TIMESTAMP", TYPE_DATETIME },
	{ "datetime", "TIMESTAMP", TYPE_DATETIME },
};

struct parser {
	struct expr *expr;
	struct arena *arena;
	struct error *err;
	struct token token; /* the next one */
	unsigned depth;
};

/* Arguments as they come. */
struct nodes {
	size_t n;
	struct node **at;
};

static struct node *parse(struct parser *p, enum level level);

static bool
next(struct parser *p)
{
	return token_next(p->expr->formula, p->token.at + p->token.text.size, &p->token,
			  p->err);
}

static bool
is_word(const struct parser *p, const char *word)
{
	return p->token.kind == TOKEN_WORD && text_is_nocase(p->token.text, word);
}

static bool
is_sign(const struct parser *p, const char *sign)
{
	return p->token.kind == TOKEN_SIGN && text_is(p->token.text, sign);
}

static struct node *
wrong(struct parser *p, const char *wanted)
{
	if (p->token.kind == TOKEN_END)
		fail_at(p->err, p->expr->formula, p->token.at,
			"the formula ends where %s should be", wanted);
	else
		fail_at(p->err, p->expr->formula, p->token.at,
			"'%.*s' stands where %s should be",
			(int)(p->token.text.size > 64 ? 64 : p->token.text.size),
			p->token.text.data, wanted);
	return NULL;
}

static bool
expect(struct parser *p, const char *what)
{
	char quoted[16];

	if (is_sign(p, what) || is_word(p, what))
		return next(p);
	snprintf(quoted, sizeof(quoted), "'%s'", what);
	return wrong(p, quoted) != NULL;
}

/* Moves behind the word if it is the next one; *there tells. */
static bool
accept(struct parser *p, const char *what, bool *there)
{
	*there = is_sign(p, what) || is_word(p, what);
	return !*there || next(p);
}

static bool
too_deep(struct parser *p, size_t at)
{
	return fail_at(p->err, p->expr->formula, at,
		       "the formula is nested deeper than %d levels; split it in several",
		       EXPR_DEPTH);
}

static bool
add(struct parser *p, struct nodes *list, struct node *node)
{
	const size_t n = list->n;

	if (!node)
		return false;
	if ((n & (n - 1)) == 0)
		list->at = arena_grow(p->arena, list->at, n * sizeof(node),
				      (n ? 2 * n : 1) * sizeof(node));
	list->at[list->n++] = node;
	return true;
}

static struct node *
node_new(struct parser *p, enum node_kind kind, size_t at)
{
	struct node *node = ARENA_NEW(p->arena, struct node);

	node->kind = kind;
	node->at = at;
	node->height = 1;
	return node;
}

/* NULL if an argument is missing (it failed) or the tree grows too high. */
static struct node *
parent(struct parser *p, enum node_kind kind, size_t at, const struct nodes *args)
{
	struct node *node = node_new(p, kind, at);

	node->n = args->n;
	node->args = args->at;
	for (size_t i = 0; i < args->n; i++)
		if (args->at[i]->height >= node->height)
			node->height = args->at[i]->height + 1;
	if (node->height <= EXPR_DEPTH)
		return node;
	too_deep(p, at);
	return NULL;
}

static struct node *
call(struct parser *p, struct text name, bool written, size_t at,
     const struct nodes *args)
{
	struct error inner = { 0 };
	struct node *node;

	if (args->n > EXPR_ARGS) {
		fail_at(p->err, p->expr->formula, at,
			"more than %d arguments; split the formula", EXPR_ARGS);
		return NULL;
	}
	if (!(node = parent(p, NODE_CALL, at, args)))
		return NULL;
	if (!(node->func = func_find(name, args->n, &inner))) {
		fail_at(p->err, p->expr->formula, at, "%s", inner.text);
		return NULL;
	}
	if (written)
		node->text = name;
	return node;
}

static struct node *
call_sign(struct parser *p, const char *name, size_t at, struct node *a, struct node *b)
{
	struct nodes args = { 0 };

	if (!add(p, &args, a) || (b && !add(p, &args, b)))
		return NULL;
	return call(p, text_of(name), false, at, &args);
}

static struct node *
value(struct parser *p, enum type type, size_t at)
{
	struct node *node = node_new(p, NODE_VALUE, at);

	node->type = type;
	return node;
}

static struct node *
null_value(struct parser *p, size_t at)
{
	struct node *node = value(p, TYPE_UNKNOWN, at);

	node->is_null = true;
	return node;
}

/* Whole numbers that fit are long, unless they say otherwise; the rest are float. */
static struct node *
number(struct parser *p, bool minus)
{
	const struct text written = p->token.text;
	struct text t = written;
	struct node *node = value(p, TYPE_LONG, p->token.at);
	char *digits = arena_alloc(p->arena, t.size + 2);

	while (t.size && strchr("lLsSyYdDfFbB", t.data[t.size - 1]))
		t.size--;
	digits[0] = '-';
	memcpy(digits + 1, t.data, t.size);
	node->text = minus ? (struct text){ digits, t.size + 1 } : t;
	if (t.size < written.size && !strchr("lLsSyY", t.data[t.size]))
		node->type = TYPE_FLOAT;
	else if (!number_parse_long(node->text, &node->whole))
		node->type = TYPE_FLOAT;
	if (node->type == TYPE_FLOAT && !number_parse_float(node->text, &node->number)) {
		wrong(p, "a number");
		return NULL;
	}
	return next(p) ? node : NULL;
}

/* Texts that follow each other are one. */
static struct node *
text(struct parser *p)
{
	struct node *node = value(p, TYPE_STRING, p->token.at);
	struct text all = token_text(p->token, p->arena);

	if (!next(p))
		return NULL;
	if (p->token.kind == TOKEN_TEXT) {
		const struct text formula = p->expr->formula;
		/* no longer than what is left of the formula */
		char *joined = arena_alloc(p->arena, formula.size - node->at);

		memcpy(joined, all.data, all.size);
		while (p->token.kind == TOKEN_TEXT) {
			struct text t = token_text(p->token, p->arena);

			memcpy(joined + all.size, t.data, t.size);
			all.size += t.size;
			if (!next(p))
				return NULL;
		}
		all.data = joined;
	}
	node->text = all;
	return node;
}

static struct node *
column(struct parser *p)
{
	struct node *node = node_new(p, NODE_COLUMN, p->token.at);
	struct nodes list = { p->expr->n_columns, p->expr->columns };

	node->text = token_name(p->token, p->arena);
	add(p, &list, node);
	p->expr->n_columns = list.n;
	p->expr->columns = list.at;
	return next(p) ? node : NULL;
}

static struct node *
bool_value(struct parser *p, bool truth)
{
	struct node *node = value(p, TYPE_BOOL, p->token.at);

	node->whole = truth;
	return next(p) ? node : NULL;
}

/* DATE '2015-07-01' */
static struct node *
moment(struct parser *p, struct token word)
{
	const bool is_date = text_is_nocase(word.text, "date");
	struct node *node = text(p);
	int32_t days = 0;
	bool good;

	if (!node)
		return NULL;
	good = is_date ? cast_text_to_date(node->text, &days)
		       : cast_text_to_datetime(node->text, &node->whole);
	if (is_date)
		node->whole = days;
	node->type = is_date ? TYPE_DATE : TYPE_DATETIME;
	if (good)
		return node;
	fail_at(p->err, p->expr->formula, node->at, "'%.*s' is no %s",
		TEXT_ARG(node->text), is_date ? "date" : "timestamp");
	return NULL;
}

/* Up to the closing bracket, which is taken. */
static bool
arguments(struct parser *p, struct nodes *list)
{
	bool there;

	if (!accept(p, ")", &there) || there)
		return there;
	do {
		if (!add(p, list, parse(p, LEVEL_OR)) || !accept(p, ",", &there))
			return false;
	} while (there);
	return expect(p, ")");
}

static struct node *
function(struct parser *p, struct token word)
{
	struct nodes args = { 0 };

	if (!next(p) || !arguments(p, &args))
		return NULL;
	return call(p, word.text, true, word.at, &args);
}

/* The type, and the lengths that it may have: "decimal(10, 2)", "varchar(9)". */
static bool
cast_type(struct parser *p, struct node *node)
{
	struct nodes sizes = { 0 };

	for (size_t i = 0; i < COUNT(types); i++)
		if (is_word(p, types[i].name)) {
			node->type = types[i].type;
			node->word = types[i].spark;
		}
	if (is_word(p, "decimal") || is_word(p, "numeric")) {
		node->type = TYPE_FLOAT;
		node->word = "DECIMAL";
	}
	if (!node->word)
		return wrong(p,
			     "a type (string, bigint, double, boolean, date, timestamp)");
	if (!next(p))
		return false;
	return !is_sign(p, "(") || (next(p) && arguments(p, &sizes));
}

static struct node *
cast(struct parser *p, struct token word)
{
	struct nodes args = { 0 };
	struct node *node;

	if (!next(p) || !add(p, &args, parse(p, LEVEL_OR)) || !expect(p, "as") ||
	    !(node = parent(p, NODE_CAST, word.at, &args)) || !cast_type(p, node) ||
	    !expect(p, ")"))
		return NULL;
	return node;
}

/* CASE a WHEN b THEN c ... ELSE d END, with or without a. */
static struct node *
choice(struct parser *p)
{
	const size_t at = p->token.at;
	struct nodes args = { 0 };
	const char *name = "case";
	bool there;

	if (!next(p))
		return NULL;
	if (!is_word(p, "when")) {
		if (!add(p, &args, parse(p, LEVEL_OR)))
			return NULL;
		name = "case of";
	}

	do {
		if (!expect(p, "when") || !add(p, &args, parse(p, LEVEL_OR)) ||
		    !expect(p, "then") || !add(p, &args, parse(p, LEVEL_OR)))
			return NULL;
	} while (is_word(p, "when"));
	if (!accept(p, "else", &there))
		return NULL;
	if (!add(p, &args, there ? parse(p, LEVEL_OR) : null_value(p, p->token.at)))
		return NULL;
	args.at[args.n - 1]->implied = !there;
	if (!expect(p, "end"))
		return NULL;
	return call(p, text_of(name), false, at, &args);
}

/* Words that cannot begin a value; columns of these names need backticks. */
static bool
is_reserved(const struct parser *p)
{
	static const char *const words[] = { "and",     "or",  "in",   "like",
					     "between", "is",  "when", "then",
					     "else",    "end", "as",   "div" };

	for (size_t i = 0; i < COUNT(words); i++)
		if (is_word(p, words[i]))
			return true;
	return false;
}

static struct node *
word(struct parser *p)
{
	const struct token word = p->token;
	struct node *node;

	if (is_reserved(p))
		return wrong(p, "a value (a column of this name needs backticks)");
	if (is_word(p, "true") || is_word(p, "false"))
		return bool_value(p, is_word(p, "true"));
	if (is_word(p, "null"))
		return (node = null_value(p, word.at)) && next(p) ? node : NULL;
	if (is_word(p, "case"))
		return choice(p);
	if (!next(p))
		return NULL;
	if (is_sign(p, "("))
		return text_is_nocase(word.text, "cast") ? cast(p, word)
							 : function(p, word);
	if (p->token.kind == TOKEN_TEXT &&
	    (text_is_nocase(word.text, "date") || text_is_nocase(word.text, "timestamp")))
		return moment(p, word);
	p->token = word;
	return column(p);
}

static struct node *
primary(struct parser *p)
{
	struct node *node;

	switch (p->token.kind) {
	case TOKEN_NUMBER:
		return number(p, false);
	case TOKEN_TEXT:
		return text(p);
	case TOKEN_QUOTED:
		return column(p);
	case TOKEN_WORD:
		return word(p);
	default:
		break;
	}
	if (!is_sign(p, "("))
		return wrong(p, "a value");
	if (!next(p) || !(node = parse(p, LEVEL_OR)) || !expect(p, ")"))
		return NULL;
	return node;
}

/* Signs before a value. They are counted, not nested: two minus signs stay two. */
static struct node *
signed_value(struct parser *p)
{
	const size_t at = p->token.at;
	size_t minus = 0;
	struct node *node;

	while (is_sign(p, "-") || is_sign(p, "+")) {
		minus += is_sign(p, "-");
		if (!next(p))
			return NULL;
	}
	if (minus && p->token.kind == TOKEN_NUMBER) {
		minus--;
		node = number(p, true);
	} else {
		node = primary(p);
	}
	for (; node && minus; minus--)
		node = call_sign(p, "negative", at, node, NULL);
	return node;
}

static struct node *
negate(struct parser *p, bool inverse, size_t at, struct node *node)
{
	return inverse && node ? call_sign(p, "not", at, node, NULL) : node;
}

static struct node *
between(struct parser *p, struct node *node, size_t at)
{
	struct nodes args = { 0 };

	if (!add(p, &args, node) || !add(p, &args, parse(p, LEVEL_COMPARE)) ||
	    !expect(p, "and") || !add(p, &args, parse(p, LEVEL_COMPARE)))
		return NULL;
	return call(p, text_of("between"), false, at, &args);
}

static struct node *
in(struct parser *p, struct node *node, size_t at)
{
	struct nodes args = { 0 };

	if (!add(p, &args, node) || !expect(p, "("))
		return NULL;
	if (is_sign(p, ")"))
		return wrong(p, "a value");
	return arguments(p, &args) ? parent(p, NODE_IN, at, &args) : NULL;
}

/* IS [NOT] NULL and kin behind a value. *found: one was there. */
static struct node *
predicate(struct parser *p, struct node *node, bool *found)
{
	const size_t at = p->token.at;
	bool inverse, is, is_in, is_between, is_like = false;

	*found = is_word(p, "is") || is_word(p, "not") || is_word(p, "in") ||
		 is_word(p, "between") || is_word(p, "like");
	if (!*found)
		return node;
	if (!accept(p, "is", &is) || !accept(p, "not", &inverse))
		return NULL;
	if (is)
		return expect(p, "null") ? call_sign(p, inverse ? "isnotnull" : "isnull",
						     at, node, NULL)
					 : NULL;
	if (!accept(p, "in", &is_in))
		return NULL;
	if (is_in)
		return negate(p, inverse, at, in(p, node, at));
	if (!accept(p, "between", &is_between))
		return NULL;
	if (is_between)
		return negate(p, inverse, at, between(p, node, at));
	if (!accept(p, "like", &is_like))
		return NULL;
	if (!is_like)
		return wrong(p, "IN, BETWEEN or LIKE");
	return negate(p, inverse, at,
		      call_sign(p, "like", at, node, parse(p, LEVEL_COMPARE)));
}

static const struct infix *
find_infix(const struct parser *p)
{
	for (size_t i = 0; i < COUNT(infixes); i++)
		if (is_sign(p, infixes[i].sign) || is_word(p, infixes[i].sign))
			return &infixes[i];
	return NULL;
}

/* What binds at least as tightly as level. */
static struct node *
operators(struct parser *p, enum level level)
{
	const size_t at = p->token.at;
	const struct infix *infix;
	struct node *node, *right;
	bool inverse = false, found;

	if (level <= LEVEL_NOT &&
	    (!accept(p, "not", &inverse) || (!inverse && !accept(p, "!", &inverse))))
		return NULL;
	node = inverse ? negate(p, true, at, parse(p, LEVEL_NOT)) : signed_value(p);
	while (node) {
		const size_t sign = p->token.at;

		infix = find_infix(p);
		if (infix && infix->level >= level) {
			if (!next(p) || !(right = parse(p, infix->level + 1)))
				return NULL;
			node = call_sign(p, infix->func, sign, node, right);
			continue;
		}
		if (level > LEVEL_IS)
			break;
		node = predicate(p, node, &found);
		if (!found)
			break;
	}
	return node;
}

static struct node *
parse(struct parser *p, enum level level)
{
	struct node *node = NULL;

	if (++p->depth > EXPR_DEPTH)
		too_deep(p, p->token.at);
	else
		node = operators(p, level);
	p->depth--;
	return node;
}

struct expr *
expr_read(struct text formula, struct arena *arena, struct error *err)
{
	struct expr *expr = ARENA_NEW(arena, struct expr);
	struct parser p = { .expr = expr, .arena = arena, .err = err };

	if (formula.size > EXPR_SIZE) {
		fail(err, "the formula has %zu bytes, more than %d; split it in several",
		     formula.size, EXPR_SIZE);
		return NULL;
	}
	expr->formula = formula;
	p.token.text = (struct text){ formula.data, 0 };
	if (!next(&p) || !(expr->root = parse(&p, LEVEL_OR)))
		return NULL;
	if (p.token.kind == TOKEN_END)
		return expr;
	wrong(&p, "the end of the formula or an operator");
	return NULL;
}
