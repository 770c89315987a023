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
		if (column_is_null(args->at[i], args_place(args->at[i], row)))
			return true;
	return false;
}

void
args_trim(struct column *bools)
{
	if (bools->rows % 64)
		bits_words(bools->values)[bools->rows / 64] &=
			(UINT64_C(1) << bools->rows % 64) - 1;
}

void
args_count_nulls(struct column *c)
{
	size_t there = 0;

	if (!c->validity)
		return;
	for (size_t w = 0; w < bit_words(c->rows); w++) {
		const size_t left = c->rows - 64 * w;
		const uint64_t used = left < 64 ? (UINT64_C(1) << left) - 1 : UINT64_MAX;

		there += (size_t)__builtin_popcountll(bits_words(c->validity)[w] & used);
	}
	c->nulls = c->rows - there;
	if (!c->nulls) {
		buffer_drop(c->validity);
		c->validity = NULL;
	}
}

static bool
merge_nulls(struct column *out, const struct column *in, struct error *err)
{
	const size_t words = bit_words(out->rows);
	const bool one = in->rows == 1 && out->rows != 1;
	uint64_t *to;

	if (!in->nulls || !in->validity)
		return true;
	if (!out->validity) {
		if (!(out->validity = buffer_new(words * sizeof(*to), err)))
			return false;
		memset(out->validity->data, 0xff, words * sizeof(*to));
	}
	to = bits_words(out->validity);
	for (size_t i = 0; i < words; i++)
		to[i] &= one ? 0 : bits_words(in->validity)[i];
	return true;
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
		args_count_nulls(out);
	return out;
}

struct column *
args_coded(struct column *entries, struct buffer *codes, size_t rows, struct error *err)
{
	struct column *out = column_new(TYPE_STRING, 0, err);

	if (!out) {
		column_drop(entries);
		buffer_drop(codes);
		return NULL;
	}
	buffer_drop(out->values);
	buffer_drop(out->bytes);
	out->bytes = NULL;
	out->layout = LAYOUT_DICTIONARY;
	out->dictionary = entries;
	out->values = codes;
	out->rows = rows;
	return out;
}

struct column *
args_repeat(const struct column *one, size_t rows, struct error *err)
{
	struct buffer *codes;
	struct column *out;

	if (column_is_null(one, 0))
		return column_nulls(one->type, rows, err);
	if (one->type == TYPE_STRING) { /* entry 0, and nothing but that code */
		if (!(codes = buffer_new(rows * sizeof(int32_t), err)))
			return NULL;
		return args_coded(column_share((struct column *)one), codes, rows, err);
	}
	if (!(out = column_new(one->type, rows, err)))
		return NULL;
	for (size_t i = 0; i < rows; i++)
		if (one->type == TYPE_DATE)
			column_ints(out)[i] = column_ints(one)[0];
		else if (one->type != TYPE_BOOL)
			column_longs(out)[i] = column_longs(one)[0];
		else if (column_bool(one, 0))
			bit_set(out->values->data, i);
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

/* Numbers and moments: 8 bytes each, and a bit whether they are there. */
static bool
pick_words(const struct args *args, const uint32_t *pick, struct column **out,
	   struct error *err)
{
	struct column *c = column_nulls(args->type, args->rows, err);
	int64_t *to;
	uint64_t *there;

	if (!(*out = c))
		return false;
	to = column_longs(c);
	there = bits_words(c->validity);
	for (size_t i = 0; i < args->rows; i++) {
		const struct column *from;
		size_t at;

		if (pick[i] >= args->n)
			continue;
		from = args->at[pick[i]];
		at = args_place(from, i);
		to[i] = column_longs(from)[at];
		there[i / 64] |= (uint64_t)!column_is_null(from, at) << (i % 64);
	}
	args_count_nulls(c);
	return true;
}

/* Are the texts to pick from one for all rows each? */
static bool
picks_of_few(const struct args *args)
{
	for (size_t i = 0; i < args->n; i++)
		if (args->at[i]->type == TYPE_STRING && !args_is_one(args, i))
			return false;
	return true;
}

/* Texts that are one for all rows: an entry for each argument, and codes. */
static bool
pick_codes(const struct args *args, const uint32_t *pick, struct column **out,
	   struct error *err)
{
	struct buffer *codes = buffer_new(args->rows * sizeof(int32_t), err);
	struct buffer *validity = NULL;
	struct column *entries;
	struct build b;

	if (codes)
		validity = buffer_new(bit_words(args->rows) * sizeof(uint64_t), err);
	build_start(&b, TYPE_STRING, args->n);
	for (size_t i = 0; i < args->n; i++)
		if (args->at[i]->type == TYPE_STRING && !column_is_null(args->at[i], 0))
			build_text(&b, column_text(args->at[i], 0));
		else
			build_text(&b, (struct text){ "", 0 });
	entries = build_end(&b, err);
	if (!validity || !entries) {
		buffer_drop(codes);
		buffer_drop(validity);
		column_drop(entries);
		return false;
	}
	for (size_t i = 0; i < args->rows; i++)
		if (pick[i] < args->n && !column_is_null(args->at[pick[i]], 0)) {
			((int32_t *)(void *)codes->data)[i] = (int32_t)pick[i];
			bit_set(validity->data, i);
		}
	if (!(*out = args_coded(entries, codes, args->rows, err))) {
		buffer_drop(validity);
		return false;
	}
	(*out)->validity = validity;
	args_count_nulls(*out);
	return true;
}

bool
args_pick(const struct args *args, const uint32_t *pick, struct column **out,
	  struct error *err)
{
	struct build b;

	if (args->rows && args->type & (TYPE_NUMERIC | TYPE_DATETIME))
		return pick_words(args, pick, out, err);
	if (args->rows && args->type == TYPE_STRING && picks_of_few(args))
		return pick_codes(args, pick, out, err);
	build_start(&b, args->type, args->rows);
	for (size_t i = 0; i < args->rows; i++)
		if (pick[i] < args->n)
			build_from(&b, args->at[pick[i]],
				   args_place(args->at[pick[i]], i));
		else
			build_null(&b);
	return (*out = build_end(&b, err)) != NULL;
}
