/*
 * name - what Spark calls the column that a formula makes.
 *
 * The outermost function is written as Spark names it ("FLOOR(x)"), those within it as
 * the user did. A cast of a column has the column's name. What would be longer than
 * NAME_SIZE has the formula's own text for a name.
 */
#include <stdio.h>

#include "base/number.h"
#include "expr/node.h"

enum { NAME_SIZE = 4096 };

struct printer {
	char text[NAME_SIZE];
	size_t n;
	bool full;
};

static void print(struct printer *p, const struct node *node, bool outermost);

static void
put_text(struct printer *p, struct text t)
{
	if (t.size >= sizeof(p->text) - p->n)
		p->full = true;
	if (p->full)
		return;
	memcpy(p->text + p->n, t.data, t.size);
	p->n += t.size;
}

static void
put(struct printer *p, const char *text)
{
	put_text(p, text_of(text));
}

static void
print_args(struct printer *p, const struct node *node, size_t from)
{
	for (size_t i = from; i < node->n && !p->full; i++) {
		put(p, i > from ? ", " : "");
		print(p, node->args[i], false);
	}
}

static void
print_case(struct printer *p, const struct node *node)
{
	const bool has_value = node->n % 2 == 0;

	put(p, "CASE");
	for (size_t i = has_value; i + 1 < node->n && !p->full; i += 2) {
		put(p, " WHEN ");
		if (has_value) {
			put(p, "(");
			print(p, node->args[0], false);
			put(p, " = ");
		}
		print(p, node->args[i], false);
		put(p, has_value ? ") THEN " : " THEN ");
		print(p, node->args[i + 1], false);
	}
	if (!node->args[node->n - 1]->implied) {
		put(p, " ELSE ");
		print(p, node->args[node->n - 1], false);
	}
	put(p, " END");
}

/* $1: an argument; $*: all behind those that were named. */
static void
print_form(struct printer *p, const struct node *node, const char *form)
{
	size_t named = 0;

	for (const char *c = form; *c && !p->full; c++) {
		if (*c != '$') {
			put_text(p, (struct text){ c, 1 });
		} else if (*++c == '*') {
			print_args(p, node, named);
		} else {
			named = (size_t)(*c - '0');
			print(p, node->args[named - 1], false);
		}
	}
}

static void
print_call(struct printer *p, const struct node *node, bool outermost)
{
	const bool written = node->text.size > 0;
	const char *form = node->func->spark;

	if (form && strcmp(form, "CASE") == 0) {
		print_case(p, node);
	} else if (form && (!written || outermost)) {
		print_form(p, node, form);
	} else {
		put_text(p, outermost ? text_of(node->func->name) : node->text);
		put(p, "(");
		print_args(p, node, 0);
		put(p, ")");
	}
}

/* Written with an exponent: a double to Spark, which prints it in its own way. */
static bool
is_power(struct text t)
{
	return t.size && (memchr(t.data, 'e', t.size) || memchr(t.data, 'E', t.size));
}

static void
print_value(struct printer *p, const struct node *node)
{
	char number[NUMBER_SIZE];

	if (node->is_null) {
		put(p, "NULL");
	} else if (node->type == TYPE_BOOL) {
		put(p, node->whole ? "true" : "false");
	} else if (node->type == TYPE_FLOAT && is_power(node->text)) {
		number_print_float(node->number, number);
		put(p, number);
	} else {
		put(p, node->type == TYPE_DATE       ? "DATE '"
		       : node->type == TYPE_DATETIME ? "TIMESTAMP '"
						     : "");
		put_text(p, node->text);
		put(p, node->type & TYPE_TEMPORAL ? "'" : "");
	}
}

static void
print(struct printer *p, const struct node *node, bool outermost)
{
	switch (node->kind) {
	case NODE_VALUE:
		print_value(p, node);
		break;
	case NODE_COLUMN:
		put_text(p, node->text);
		break;
	case NODE_IN:
		print_form(p, node, "($1 IN ($*))");
		break;
	case NODE_CAST:
		if (node->implied || (outermost && node->args[0]->kind == NODE_COLUMN))
			print(p, node->args[0], outermost);
		else {
			put(p, "CAST(");
			print(p, node->args[0], false);
			put(p, " AS ");
			put(p, node->word);
			put(p, ")");
		}
		break;
	case NODE_CALL:
		print_call(p, node, outermost);
	}
}

const char *
expr_name(const struct expr *expr, struct arena *arena)
{
	struct printer p = { .n = 0 };

	print(&p, expr->root, true);
	if (p.full || memchr(p.text, '\0', p.n))
		return arena_text_n(arena, expr->formula.data, expr->formula.size);
	return arena_text_n(arena, p.text, p.n);
}
