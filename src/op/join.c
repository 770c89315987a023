/* join - kinds, keys and columns of joins; what rows there are is join_pour.c's. */
#include "op/join.h"

#include "data/cast.h"
#include "data/rows.h"

const char *const join_types[] = {
	"inner",      "left",        "leftouter", "left_outer", "right",
	"rightouter", "right_outer", "outer",     "full",       "fullouter",
	"full_outer", "semi",        "leftsemi",  "left_semi",  "anti",
	"leftanti",   "left_anti",   "cross",     NULL,
};

static const enum join_kind kinds[] = {
	JOIN_INNER, JOIN_LEFT, JOIN_LEFT, JOIN_LEFT, JOIN_RIGHT, JOIN_RIGHT,
	JOIN_RIGHT, JOIN_FULL, JOIN_FULL, JOIN_FULL, JOIN_FULL,  JOIN_SEMI,
	JOIN_SEMI,  JOIN_SEMI, JOIN_ANTI, JOIN_ANTI, JOIN_ANTI,  JOIN_INNER,
};

enum join_kind
join_kind(const struct join *join)
{
	return kinds[join->type];
}

size_t
join_streams(const struct join *join)
{
	return kinds[join->type] == JOIN_RIGHT;
}

static bool
is_left_only(const struct join *join)
{
	return kinds[join->type] == JOIN_SEMI || kinds[join->type] == JOIN_ANTI;
}

bool
join_check(const struct join *join, struct error *err)
{
	if (join->left.n == 0 && strcmp(join_types[join->type], "cross") != 0)
		return fail(err, "no key to join by; give a column of each table");
	return true;
}

/* What both types are compared as; 0: nothing. */
static enum type
common_type(enum type a, enum type b)
{
	static const struct {
		unsigned both;
		enum type as;
	} pairs[] = {
		{ TYPE_LONG | TYPE_FLOAT, TYPE_FLOAT },
		{ TYPE_LONG | TYPE_BOOL, TYPE_LONG },
		{ TYPE_LONG | TYPE_STRING, TYPE_LONG },
		{ TYPE_FLOAT | TYPE_BOOL, TYPE_FLOAT },
		{ TYPE_FLOAT | TYPE_STRING, TYPE_FLOAT },
		{ TYPE_BOOL | TYPE_STRING, TYPE_BOOL },
		{ TYPE_STRING | TYPE_DATE, TYPE_DATE },
		{ TYPE_STRING | TYPE_DATETIME, TYPE_DATETIME },
		{ TYPE_DATE | TYPE_DATETIME, TYPE_DATETIME },
	};

	if (a == b)
		return a;
	for (size_t i = 0; i < COUNT(pairs); i++)
		if (pairs[i].both == ((unsigned)a | (unsigned)b))
			return pairs[i].as;
	return 0;
}

static bool
find_key(const struct schema *schema, const char *side, const char *name, size_t *at,
	 bool *known, struct error *err)
{
	*known = !schema->open || schema_find(schema, name) != SCHEMA_NONE;
	return !*known ||
	       schema_need(schema, side, name, TYPE_ANY & ~TYPE_OBJECT, at, err);
}

static bool
check_keys(const struct join *join, const struct schema *in, struct error *err)
{
	for (size_t i = 0; i < join->left.n; i++) {
		const char *left = join->left.at[i], *right = join->right.at[i];
		bool known_left, known_right;
		size_t a, b;

		if (!find_key(&in[0], "left table", left, &a, &known_left, err) ||
		    !find_key(&in[1], "right table", right, &b, &known_right, err))
			return false;
		if (!known_left || !known_right)
			continue;
		if (!common_type(in[0].at[a].type, in[1].at[b].type))
			return fail(err,
				    "'%s' is %s, but '%s' of the right table is %s: cast "
				    "one of them to compare them",
				    left, type_name(in[0].at[a].type), right,
				    type_name(in[1].at[b].type));
	}
	return true;
}

bool
join_shape(const struct join *join, const struct schema *in, struct shape *out,
	   struct error *err)
{
	size_t n_left = in[0].n, n = n_left + in[1].n;
	const char **names;

	if (!check_keys(join, in, err))
		return false;
	if (is_left_only(join)) {
		shape_keep_all(out, in);
		return true;
	}
	/* a column still unknown may take a name, and so change the others' */
	out->schema.open = in[0].open || in[1].open;
	if (out->schema.open)
		return true;
	names = ARENA_ARRAY(out->arena, n, const char *);
	for (size_t i = 0; i < n; i++)
		names[i] = i < n_left ? in[0].at[i].name : in[1].at[i - n_left].name;
	if (!join_names(names, n, out->arena, err))
		return false;
	for (size_t i = 0; i < n_left; i++)
		shape_keep_as(out, &in[0], i, names[i]);
	for (size_t i = 0; i < in[1].n; i++)
		shape_keep_second(out, &in[1], i, names[n_left + i]);
	return true;
}

void
join_reads(const struct join *join, const struct schema *in, bool *read)
{
	size_t side = join_streams(join);
	const struct names *keys = side ? &join->right : &join->left;

	for (size_t i = 0; i < keys->n; i++) {
		int at = schema_find(&in[side], keys->at[i]);

		if (at != SCHEMA_NONE)
			read[at] = true;
	}
}

static void
note_nulls(const struct column *c, uint64_t *nulls)
{
	for (size_t i = 0; c->validity && i < c->rows; i++)
		if (column_is_null(c, i))
			bit_set(nulls, i);
}

bool
join_keys(const struct join *join, const struct schema *in, size_t side,
	  const struct batch *batch, struct row_hash *hashes, uint64_t *nulls,
	  struct error *err)
{
	struct batch *keys = batch_new(join->left.n, batch->rows, err);
	bool ok = keys != NULL;

	for (size_t i = 0; ok && i < join->left.n; i++) {
		int a = schema_find(&in[0], join->left.at[i]);
		int b = schema_find(&in[1], join->right.at[i]);

		ok = cast_column(batch->at[side ? b : a],
				 common_type(in[0].at[a].type, in[1].at[b].type),
				 &keys->at[i], err);
		if (ok)
			note_nulls(keys->at[i], nulls);
	}
	ok = ok && rows_hash(keys, hashes, err);
	batch_free(keys);
	return ok;
}
