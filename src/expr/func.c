/*
 * func - finding a function by name and number of arguments, and what kernels share.
 */
#include "expr/func.h"

#include <stdio.h>

#define FUNCS(family) extern const struct func family[];
#include "expr/funcs.inc"
#undef FUNCS

const struct func *const func_tables[] = {
#define FUNCS(family) family,
#include "expr/funcs.inc"
#undef FUNCS
	NULL
};

/* How many letters stand before, within and behind the brackets. */
struct signature {
	size_t before, within, behind;
};

static struct signature
signature(const struct func *func)
{
	const char *open = strchr(func->args, '[');

	if (!open)
		return (struct signature){ strlen(func->args), 0, 0 };
	return (struct signature){ (size_t)(open - func->args), strcspn(open + 1, "]"),
				   strlen(strchr(open, ']') + 1) };
}

static bool
takes(const struct func *func, size_t n)
{
	const struct signature s = signature(func);
	const size_t least = s.before + s.behind;

	return n == least || (s.within && n > least && (n - least) % s.within == 0);
}

char
func_letter(const struct func *func, size_t n, size_t i)
{
	const struct signature s = signature(func);

	if (i < s.before)
		return func->args[i];
	if (i + s.behind >= n)
		return func->args[strlen(func->args) - (n - i)];
	return func->args[s.before + 1 + (i - s.before) % s.within];
}

static const char *
nearest(struct text name)
{
	const char *words[512];
	char wrong[32];
	size_t n = 0;

	if (name.size >= sizeof(wrong))
		return NULL;
	for (size_t t = 0; func_tables[t]; t++)
		for (const struct func *f = func_tables[t]; f->name; f++)
			if (n + 1 < COUNT(words))
				words[n++] = f->name;
	words[n] = NULL;
	for (size_t i = 0; i < name.size; i++)
		wrong[i] = (char)(name.data[i] | (name.data[i] >= 'A' ? 32 : 0));
	wrong[name.size] = '\0';
	return text_nearest(wrong, words);
}

const struct func *
func_find(struct text name, size_t n, struct error *err)
{
	const struct func *known = NULL;
	const char *word;
	char wanted[64] = "";
	size_t used = 0;

	for (size_t t = 0; func_tables[t]; t++)
		for (const struct func *f = func_tables[t]; f->name; f++) {
			const struct signature s = signature(f);

			if (!text_is_nocase(name, f->name))
				continue;
			if (takes(f, n))
				return f;
			if (used < sizeof(wanted))
				used += (size_t)snprintf(
					wanted + used, sizeof(wanted) - used, "%s%zu%s",
					known ? " or " : "", s.before + s.behind,
					s.within ? " or more" : "");
			known = f;
		}
	if (known)
		fail(err, "'%s' takes %s arguments, not %zu", known->name, wanted, n);
	else if ((word = nearest(name)))
		fail(err, "no function '%.*s'; did you mean '%s'?", TEXT_ARG(name), word);
	else
		fail(err, "no function '%.*s'", TEXT_ARG(name));
	return NULL;
}

bool
args_null(const struct args *args, size_t row)
{
	for (size_t i = 0; i < args->n; i++)
		if (column_is_null(args->at[i], row))
			return true;
	return false;
}

static bool
merge_nulls(struct column *out, const struct column *in, struct error *err)
{
	const size_t words = bit_words(out->rows);
	uint64_t *to;

	if (!in->nulls || !in->validity)
		return true;
	if (!out->validity) {
		if (!(out->validity = buffer_new(words * sizeof(*to), err)))
			return false;
		memset(out->validity->data, 0xff, words * sizeof(*to));
	}
	to = (uint64_t *)(void *)out->validity->data;
	for (size_t i = 0; i < words; i++)
		to[i] &= ((const uint64_t *)(const void *)in->validity->data)[i];
	return true;
}

static void
count_nulls(struct column *c)
{
	size_t there = 0;

	if (!c->validity)
		return;
	for (size_t i = 0; i < c->rows; i++)
		there += bit_get(c->validity->data, i);
	c->nulls = c->rows - there;
}

struct column *
args_strict(const struct args *args, struct error *err)
{
	struct column *out = column_new(args->type, args->rows, err);

	for (size_t i = 0; out && i < args->n; i++)
		if (!merge_nulls(out, args->at[i], err)) {
			column_drop(out);
			out = NULL;
		}
	if (out)
		count_nulls(out);
	return out;
}

bool
args_text(const struct args *args, struct column **out, struct error *err)
{
	struct column *c = args_strict(args, err);

	for (size_t i = 0; c && i < args->rows; i++) {
		if (!column_is_null(c, i) && !args->func->text(args, i, c->bytes, err)) {
			column_drop(c);
			c = NULL;
			break;
		}
		column_longs(c)[i + 1] = (int64_t)c->bytes->size;
	}
	return (*out = c) != NULL;
}

bool
args_pick(const struct args *args, const uint32_t *pick, struct column **out,
	  struct error *err)
{
	struct build b;

	build_start(&b, args->type, args->rows);
	for (size_t i = 0; i < args->rows; i++)
		if (pick[i] < args->n)
			build_from(&b, args->at[pick[i]], i);
		else
			build_null(&b);
	return (*out = build_end(&b, err)) != NULL;
}
