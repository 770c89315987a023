/*
 * bind - names become columns, and every node gets a type.
 *
 * Where an argument is of another type than wanted, Spark casts it without being asked
 * (ANSI mode off), and so do we: by a node that casts.
 */
#include <stdatomic.h>
#include <stdio.h>

#include "expr/node.h"

struct binder {
	const struct expr *expr;
	const struct schema *schema;
	struct arena *arena;
	struct error *err;
};

/* Exactly that name, else in another case. */
static int
find_column(const struct schema *schema, struct text name)
{
	int found = SCHEMA_NONE;

	for (size_t i = 0; i < schema->n; i++) {
		const char *column = schema->at[i].name;

		if (text_is(name, column))
			return (int)i;
		if (found == SCHEMA_NONE && text_is_nocase(name, column))
			found = (int)i;
	}
	return found;
}

static bool
no_column(const struct binder *b, const struct node *node)
{
	const char **names = ARENA_ARRAY(b->arena, b->schema->n + 1, const char *);
	const char *wrong = arena_text_n(b->arena, node->text.data, node->text.size);
	const char *nearest;

	for (size_t i = 0; i < b->schema->n; i++)
		names[i] = b->schema->at[i].name;
	nearest = text_nearest(wrong, names);
	if (nearest)
		return fail_at(b->err, b->expr->formula, node->at,
			       "no column '%.128s'; did you mean '%.128s'?", wrong,
			       nearest);
	return fail_at(b->err, b->expr->formula, node->at, "no column '%.128s'", wrong);
}

static bool
bind_column(const struct binder *b, struct node *node)
{
	const int at = find_column(b->schema, node->text);

	if (at == SCHEMA_NONE)
		return no_column(b, node);
	node->column = (size_t)at;
	node->of = at;
	node->type = b->schema->at[at].type;
	return true;
}

/* What a letter of a signature takes without a cast that Spark would refuse. */
static unsigned
accepted(char letter)
{
	switch (letter) {
	case 'b':
		return TYPE_BOOL;
	case 'l':
	case 'f':
	case 'n':
		return TYPE_NUMERIC | TYPE_STRING;
	case 'd':
	case 't':
	case 'm':
		return TYPE_TEMPORAL | TYPE_STRING;
	case 'a':
		return TYPE_ANY;
	default:
		return TYPE_ANY & ~TYPE_OBJECT;
	}
}

static enum type
letter_type(char letter)
{
	switch (letter) {
	case 'b':
		return TYPE_BOOL;
	case 'l':
		return TYPE_LONG;
	case 'f':
		return TYPE_FLOAT;
	case 's':
		return TYPE_STRING;
	case 'd':
		return TYPE_DATE;
	default:
		return TYPE_DATETIME;
	}
}

/* The type that values of both can have by a letter; TYPE_OBJECT: there is none. */
static enum type
common(char letter, enum type a, enum type b)
{
	const unsigned both = a | b;

	if (letter == 'n') {
		if (both == TYPE_UNKNOWN)
			return TYPE_UNKNOWN;
		return both == TYPE_LONG ? TYPE_LONG : TYPE_FLOAT;
	}
	if (a == b || b == TYPE_UNKNOWN)
		return a;
	if (a == TYPE_UNKNOWN)
		return b;
	if (both == TYPE_NUMERIC)
		return TYPE_FLOAT;
	if (both == TYPE_TEMPORAL)
		return TYPE_DATETIME;
	if (letter == 'c') { /* a text becomes what it is compared with */
		if (both & TYPE_STRING)
			return (enum type)(both & ~(unsigned)TYPE_STRING);
		if ((both & TYPE_BOOL) && (both & TYPE_NUMERIC))
			return (enum type)(both & ~(unsigned)TYPE_BOOL);
	} else if (both & TYPE_STRING && !(both & TYPE_BOOL)) {
		return TYPE_STRING;
	}
	return TYPE_OBJECT;
}

static void look_at(const struct binder *b, struct node *node);

/* The node as a value of that type. */
static struct node *
as_type(const struct binder *b, struct node *node, enum type type)
{
	struct node *cast;

	if (node->type == type || type == TYPE_UNKNOWN)
		return node;
	if (node->kind == NODE_VALUE && node->is_null) {
		node->type = type;
		return node;
	}
	if (node->kind == NODE_VALUE && node->type == TYPE_LONG && type == TYPE_FLOAT) {
		node->type = TYPE_FLOAT;
		node->number = (double)node->whole;
		return node;
	}
	cast = ARENA_NEW(b->arena, struct node);
	*cast = (struct node){ .kind = NODE_CAST,
			       .type = type,
			       .at = node->at,
			       .height = node->height + 1,
			       .implied = true,
			       .n = 1 };
	cast->args = ARENA_NEW(b->arena, struct node *);
	cast->args[0] = node;
	look_at(b, cast);
	return cast;
}

static const char *
node_word(const struct node *node)
{
	return node->kind == NODE_IN ? "in" : node->func->name;
}

static char
node_letter(const struct node *node, size_t i)
{
	return node->kind == NODE_IN ? 'u' : func_letter(node->func, node->n, i);
}

static bool
refuse(const struct binder *b, const struct node *node, const struct node *arg,
       unsigned mask)
{
	char wanted[80];

	type_mask_print(mask, wanted);
	return fail_at(b->err, b->expr->formula, arg->at, "'%s' needs %s here, not %s",
		       node_word(node), wanted, type_name(arg->type));
}

/* The type of all arguments that have this letter. */
static bool
unify(const struct binder *b, const struct node *node, char letter, enum type *type)
{
	*type = TYPE_UNKNOWN;
	for (size_t i = 0; i < node->n; i++) {
		const struct node *arg = node->args[i];
		enum type both;

		if (node_letter(node, i) != letter)
			continue;
		both = common(letter, *type, arg->type);
		if (both == TYPE_OBJECT)
			return fail_at(b->err, b->expr->formula, arg->at,
				       "'%s' cannot mix %s with %s; cast one of them",
				       node_word(node), type_name(*type),
				       type_name(arg->type));
		*type = both;
	}
	if (*type == TYPE_UNKNOWN) /* nothing but nulls */
		*type = letter == 'n' ? TYPE_FLOAT : TYPE_STRING;
	return true;
}

static bool
bind_args(const struct binder *b, struct node *node)
{
	static const char shared[] = "nuc";
	enum type types[sizeof(shared)];
	bool known[sizeof(shared)] = { false };

	for (size_t i = 0; i < node->n; i++) {
		const char letter = node_letter(node, i);
		const char *place = strchr(shared, letter);
		const size_t k = place ? (size_t)(place - shared) : 0;
		struct node *arg = node->args[i];

		if (arg->type != TYPE_UNKNOWN && !(accepted(letter) & arg->type))
			return refuse(b, node, arg, accepted(letter));
		if (place && !known[k] && !unify(b, node, letter, &types[k]))
			return false;
		if (place) {
			known[k] = true;
			node->args[i] = as_type(b, arg, types[k]);
			continue;
		}
		if (letter == 'a' || letter == 'm')
			node->args[i] =
				as_type(b, arg, arg->type ? arg->type : TYPE_STRING);
		else
			node->args[i] = as_type(b, arg, letter_type(letter));
	}
	return true;
}

static bool
bind_call(const struct binder *b, struct node *node)
{
	const char result = node->kind == NODE_IN ? 'b' : *node->func->result;

	if (!bind_args(b, node))
		return false;
	if (!strchr("nuc", result)) {
		node->type = letter_type(result);
		return true;
	}
	for (size_t i = 0; i < node->n; i++)
		if (node_letter(node, i) == result)
			node->type = node->args[i]->type;
	return true;
}

static bool
can_cast(enum type from, enum type to)
{
	if (from == to || to == TYPE_STRING)
		return true;
	if (from == TYPE_OBJECT)
		return false;
	return to != TYPE_DATE || from & (TYPE_TEMPORAL | TYPE_STRING);
}

static bool
bind_cast(const struct binder *b, const struct node *node)
{
	struct node *arg = node->args[0];

	if (arg->type == TYPE_UNKNOWN)
		arg->type = node->type;
	if (can_cast(arg->type, node->type))
		return true;
	return fail_at(b->err, b->expr->formula, arg->at, "%s cannot be cast to %s",
		       type_name(arg->type), type_name(node->type));
}

/* Of which columns its arguments are made. */
static int
columns_of(const struct node *node)
{
	int of = COLUMNS_NONE;

	for (size_t i = 0; i < node->n; i++) {
		const int arg = node->args[i]->of;

		if (of == COLUMNS_NONE)
			of = arg;
		else if (arg != COLUMNS_NONE && arg != of)
			return COLUMNS_MANY;
	}
	return of;
}

static bool
is_known(const struct node *node)
{
	return node->known || node->kind == NODE_VALUE;
}

/* What is longer stays a call. */
enum { KNOWN_TEXT = 4096 };

static const struct node *
value_of(const struct binder *b, const struct node *node, const struct column *c)
{
	struct node *value = ARENA_NEW(b->arena, struct node);

	*value = (struct node){ .kind = NODE_VALUE,
				.type = c->type,
				.of = COLUMNS_NONE,
				.at = node->at,
				.is_null = column_is_null(c, 0) };
	if (value->is_null)
		return value;
	if (c->type == TYPE_STRING) {
		value->text = column_text(c, 0);
		if (value->text.size > KNOWN_TEXT)
			return NULL;
		value->text.data =
			arena_text_n(b->arena, value->text.data, value->text.size);
	} else if (c->type == TYPE_FLOAT) {
		value->number = column_floats(c)[0];
	} else if (c->type == TYPE_DATE) {
		value->whole = column_ints(c)[0];
	} else {
		value->whole =
			c->type == TYPE_BOOL ? column_bool(c, 0) : column_longs(c)[0];
	}
	return value;
}

/* Work out what is made of no column. Where memory is refused it is left as it is: to run
 * it will tell. */
static void
work_out(const struct binder *b, struct node *node)
{
	struct error err = { 0 };
	struct column *c;

	for (size_t i = 0; i < node->n; i++)
		if (!is_known(node->args[i]))
			return;
	if ((c = node_run(node, &err)))
		node->known = value_of(b, node, c);
	column_drop(c);
}

/* What the tree tells about a node whose arguments are bound. */
static void
look_at(const struct binder *b, struct node *node)
{
	static atomic_uint_fast64_t ids;
	bool all = node->kind == NODE_IN;

	node->id = atomic_fetch_add_explicit(&ids, 1, memory_order_relaxed);
	node->of = columns_of(node);
	for (size_t i = 1; all && i < node->n; i++)
		all = is_known(node->args[i]);
	if (all)
		node->set = set_new(node->args + 1, node->n - 1, b->arena);
	if (node->of == COLUMNS_NONE)
		work_out(b, node);
}

static bool
bind(const struct binder *b, struct node *node)
{
	bool ok;

	for (size_t i = 0; i < node->n; i++)
		if (!bind(b, node->args[i]))
			return false;
	switch (node->kind) {
	case NODE_VALUE:
		node->of = COLUMNS_NONE;
		return true;
	case NODE_COLUMN:
		return bind_column(b, node);
	case NODE_CAST:
		ok = bind_cast(b, node);
		break;
	default:
		ok = bind_call(b, node);
	}
	if (ok)
		look_at(b, node);
	return ok;
}

bool
expr_bind(struct expr *expr, const struct schema *schema, struct arena *arena,
	  struct error *err)
{
	const struct binder b = { expr, schema, arena, err };

	if (!bind(&b, expr->root))
		return false;
	if (expr->root->type == TYPE_UNKNOWN)
		expr->root->type = TYPE_STRING;
	return true;
}

enum type
expr_type(const struct expr *expr)
{
	return expr->root->type;
}

bool
expr_reads(const struct expr *expr, const struct schema *schema, bool *read)
{
	bool all = true;

	for (size_t i = 0; i < expr->n_columns; i++) {
		const int at = find_column(schema, expr->columns[i]->text);

		if (at == SCHEMA_NONE)
			all = false;
		else
			read[at] = true;
	}
	return all;
}
