/*
 * parquet_open - the description at the end of a file: its tree and its row groups.
 *
 * Counts in it are bounded by the bytes that are left, nesting by PARQUET_DEPTH, and
 * every column chunk lies inside the file.
 */
#include "data/parquet.h"
#include "data/thrift.h"

enum { TAIL = 8, MOST_ENTRIES = 1 << 27, MOST_COLUMNS = 1 << 20, SLACK = 100 };

struct parquet_node *
parquet_root(struct arena *arena)
{
	struct parquet_node *root = ARENA_NEW(arena, struct parquet_node);

	root->name = "spark_schema";
	root->meaning = PARQUET_AS_IS;
	return root;
}

static void
append(struct parquet_node *parent, struct parquet_node *node)
{
	if (parent->last)
		parent->last->next = node;
	else
		parent->child = node;
	parent->last = node;
	node->parent = parent;
	parent->n_children++;
}

struct parquet_node *
parquet_add(struct parquet_node *parent, const char *name,
	    enum parquet_repetition repetition, struct arena *arena)
{
	struct parquet_node *node = ARENA_NEW(arena, struct parquet_node);

	node->name = name;
	node->repetition = repetition;
	node->meaning = PARQUET_AS_IS;
	append(parent, node);
	return node;
}

/* The node behind this one, from the top down; NULL at the end. */
static struct parquet_node *
after(struct parquet_node *node)
{
	if (node->child)
		return node->child;
	while (node && !node->next)
		node = node->parent;
	return node ? node->next : NULL;
}

bool
parquet_settle(struct parquet_node *root, struct parquet *out, struct arena *arena,
	       struct error *err)
{
	struct parquet_node *node;
	size_t n = 0;

	*out = (struct parquet){ .root = root };
	for (node = after(root); node; node = after(node)) {
		unsigned repeated = node->repetition == PARQUET_REPEATED;
		unsigned optional = node->repetition != PARQUET_REQUIRED;

		node->repetition_level = node->parent->repetition_level + repeated;
		node->definition_level = node->parent->definition_level + optional;
		if (node->definition_level > PARQUET_DEPTH)
			return fail(err, "column '%s': nested too deep", node->name);
		n += node->is_leaf;
	}
	out->leaves = ARENA_ARRAY(arena, n + 1, struct parquet_node *);
	for (node = after(root); node; node = after(node))
		if (node->is_leaf) {
			node->leaf = out->n_leaves;
			out->leaves[out->n_leaves++] = node;
		}
	return true;
}

/* Does the dotted path, from its end, name this node and those above it? */
static bool
is_path(const struct parquet_node *node, const char *path, size_t size)
{
	size_t own = strlen(node->name);

	if (own > size || memcmp(path + size - own, node->name, own) != 0)
		return false;
	if (!node->parent->parent)
		return own == size;
	return own < size && path[size - own - 1] == '.' &&
	       is_path(node->parent, path, size - own - 1);
}

const struct parquet_node *
parquet_leaf(const struct parquet *file, const char *path)
{
	for (size_t i = 0; i < file->n_leaves; i++)
		if (is_path(file->leaves[i], path, strlen(path)))
			return file->leaves[i];
	return NULL;
}

/* The unit of a TIME or TIMESTAMP: a union of empty structs. */
static int
read_unit(struct thrift *t, const struct thrift_field *field)
{
	int unit = 0;

	if (thrift_struct(t, field))
		for (struct thrift_field f = { 0 }; thrift_next(t, &f);) {
			unit = f.id;
			thrift_skip(t, &f);
		}
	return unit;
}

struct logical {
	int kind, unit, scale, precision, bits;
	bool is_utc, is_signed;
};

/* The fields of whichever logical type: 1 and 2, told apart by their types. */
static void
read_details(struct thrift *t, struct logical *l)
{
	for (struct thrift_field f = { 0 }; thrift_next(t, &f);) {
		bool is_flag = f.type == THRIFT_TRUE || f.type == THRIFT_FALSE;

		if (l->kind == 5 && f.id == 1)
			l->scale = (int)thrift_int(t, &f);
		else if (l->kind == 5 && f.id == 2)
			l->precision = (int)thrift_int(t, &f);
		else if ((l->kind == 7 || l->kind == 8) && f.id == 1 && is_flag)
			l->is_utc = thrift_bool(t, &f);
		else if ((l->kind == 7 || l->kind == 8) && f.id == 2)
			l->unit = read_unit(t, &f);
		else if (l->kind == 10 && f.id == 1)
			l->bits = (int)thrift_int(t, &f);
		else if (l->kind == 10 && f.id == 2 && is_flag)
			l->is_signed = thrift_bool(t, &f);
		else
			thrift_skip(t, &f);
	}
}

static enum parquet_meaning
integer_meaning(const struct logical *l)
{
	int place = l->bits == 8 ? 0 : l->bits == 16 ? 1 : l->bits == 32 ? 2 : 3;

	return (l->is_signed ? PARQUET_INT8 : PARQUET_UINT8) + place;
}

/* A logical type says the same as the older converted type, and a little more. */
static void
read_logical(struct thrift *t, const struct thrift_field *field,
	     struct parquet_node *node)
{
	static const int plain[] = { [1] = PARQUET_UTF8, PARQUET_MAP,     PARQUET_LIST,
				     PARQUET_ENUM,       PARQUET_DECIMAL, PARQUET_DATE };
	static const int times[] = { -1, PARQUET_TIME_MILLIS, PARQUET_TIME_MICROS,
				     PARQUET_TIME_NANOS };
	static const int moments[] = { -1, PARQUET_TIMESTAMP_MILLIS,
				       PARQUET_TIMESTAMP_MICROS,
				       PARQUET_TIMESTAMP_NANOS };
	static const int others[] = { [11] = PARQUET_UNKNOWN,
				      PARQUET_JSON,
				      PARQUET_BSON,
				      PARQUET_UUID,
				      PARQUET_FLOAT16 };
	struct logical l = { .is_utc = true };

	if (!thrift_struct(t, field))
		return;
	for (struct thrift_field f = { 0 }; thrift_next(t, &f);) {
		l.kind = f.id;
		if (thrift_struct(t, &f))
			read_details(t, &l);
	}
	if (l.unit < 0 || l.unit > 3)
		l.unit = 0;
	if (l.kind >= 1 && l.kind <= 6)
		node->meaning = plain[l.kind];
	else if (l.kind == 7)
		node->meaning = times[l.unit];
	else if (l.kind == 8)
		node->meaning = moments[l.unit];
	else if (l.kind == 10)
		node->meaning = integer_meaning(&l);
	else if (l.kind >= 11 && l.kind < (int)COUNT(others))
		node->meaning = others[l.kind];
	if (l.kind == 5)
		node->scale = l.scale, node->precision = l.precision;
	node->is_local = !l.is_utc;
}

struct element { /* of the flattened tree */
	struct parquet_node *node;
	int64_t type, width, children;
};

static void
read_element(struct thrift *t, struct element *e, struct arena *arena)
{
	struct text name = { "", 0 };
	int64_t repetition = PARQUET_REQUIRED;

	*e = (struct element){ .node = ARENA_NEW(arena, struct parquet_node),
			       .type = -1 };
	e->node->meaning = PARQUET_AS_IS;
	for (struct thrift_field f = { 0 }; thrift_next(t, &f);)
		switch (f.id) {
		case 1:
			e->type = thrift_int(t, &f);
			break;
		case 2:
			e->width = thrift_int(t, &f);
			break;
		case 3:
			repetition = thrift_int(t, &f);
			break;
		case 4:
			name = thrift_text(t, &f);
			break;
		case 5:
			e->children = thrift_int(t, &f);
			break;
		case 6:
			e->node->meaning = (enum parquet_meaning)thrift_int(t, &f);
			break;
		case 7:
			e->node->scale = (int)thrift_int(t, &f);
			break;
		case 8:
			e->node->precision = (int)thrift_int(t, &f);
			break;
		case 10:
			read_logical(t, &f, e->node);
			break;
		default:
			thrift_skip(t, &f);
		}
	if (repetition < PARQUET_REQUIRED || repetition > PARQUET_REPEATED ||
	    memchr(name.data, 0, name.size))
		t->is_bad = true;
	e->node->repetition = (enum parquet_repetition)repetition;
	e->node->name = arena_text_n(arena, name.data, name.size);
}

/* A leaf's type and width make sense together. */
static bool
set_leaf(struct element *e)
{
	struct parquet_node *node = e->node;

	node->is_leaf = true;
	if (e->type < PARQUET_BOOLEAN || e->type > PARQUET_FIXED)
		return false;
	node->type = (enum parquet_type)e->type;
	if (node->type != PARQUET_FIXED)
		return true;
	node->width = (int)e->width;
	return e->width > 0 && e->width < 1 << 20;
}

/* Elements come from the top down; each group says how many follow below it. */
static bool
read_tree(struct thrift *t, const struct thrift_field *field, struct parquet *out,
	  struct arena *arena, struct error *err)
{
	struct {
		struct parquet_node *node;
		int64_t left;
	} path[PARQUET_DEPTH];
	size_t n = thrift_list(t, field, THRIFT_STRUCT), depth = 0;

	if (n > MOST_COLUMNS)
		return fail(err, "the Parquet file has %zu columns, more than %d", n,
			    MOST_COLUMNS);
	for (size_t i = 0; i < n; i++) {
		struct thrift_field entry = { 0, THRIFT_STRUCT };
		struct element e;

		if (!thrift_struct(t, &entry))
			break;
		read_element(t, &e, arena);
		while (depth && path[depth - 1].left == 0)
			depth--;
		if (t->is_bad || (i > 0) != (depth > 0) || e.children < 0)
			return fail(err, "the Parquet file's tree of columns is damaged");
		if (i == 0) {
			out->root = e.node;
		} else {
			path[depth - 1].left--;
			append(path[depth - 1].node, e.node);
		}
		if (i > 0 && e.children == 0) {
			if (!set_leaf(&e))
				return fail(err, "column '%s' has no type", e.node->name);
			continue;
		}
		if (depth == PARQUET_DEPTH)
			return fail(err, "column '%s': nested too deep", e.node->name);
		path[depth].node = e.node;
		path[depth++].left = e.children;
	}
	while (depth && path[depth - 1].left == 0)
		depth--;
	if (t->is_bad || !out->root || depth)
		return fail(err, "the Parquet file's tree of columns is damaged");
	return parquet_settle(out->root, out, arena, err);
}

struct place { /* of a chunk, as the file has it */
	int64_t type, codec, entries, size, data, dictionary;
	bool is_there, is_elsewhere;
};

static void
read_place(struct thrift *t, struct place *p)
{
	p->is_there = true;
	for (struct thrift_field f = { 0 }; thrift_next(t, &f);)
		switch (f.id) {
		case 1:
			p->type = thrift_int(t, &f);
			break;
		case 4:
			p->codec = thrift_int(t, &f);
			break;
		case 5:
			p->entries = thrift_int(t, &f);
			break;
		case 7:
			p->size = thrift_int(t, &f);
			break;
		case 9:
			p->data = thrift_int(t, &f);
			break;
		case 11:
			p->dictionary = thrift_int(t, &f);
			break;
		default:
			thrift_skip(t, &f);
		}
}

static bool
read_chunk(struct thrift *t, struct text file, const struct parquet_node *leaf,
	   struct parquet_chunk *chunk, struct error *err)
{
	struct place p = { .type = -1 };
	struct thrift_field entry = { 0, THRIFT_STRUCT };
	int64_t from;
	size_t left;

	if (thrift_struct(t, &entry))
		for (struct thrift_field f = { 0 }; thrift_next(t, &f);) {
			if (f.id == 3 && thrift_struct(t, &f))
				read_place(t, &p);
			else if (f.id != 3)
				p.is_elsewhere |= f.id == 1, thrift_skip(t, &f);
		}
	if (t->is_bad || !p.is_there || p.type != (int64_t)leaf->type)
		return fail(err, "column '%s': its description is damaged", leaf->name);
	if (p.is_elsewhere)
		return fail(err, "column '%s' is kept in another file", leaf->name);
	/* A dictionary, if there is one, stands before the data. Some writers say 0. */
	from = p.dictionary > 0 && p.dictionary < p.data ? p.dictionary : p.data;
	if (from < 0 || p.size < 0 || p.entries < 0 || (uint64_t)from > file.size ||
	    (uint64_t)p.size > file.size - (uint64_t)from)
		return fail(err, "column '%s' is not inside the file", leaf->name);
	if (p.entries > MOST_ENTRIES)
		return fail(err,
			    "column '%s': %lld entries in one row group are too many",
			    leaf->name, (long long)p.entries);
	/* Old writers forgot to count the header of a dictionary (PARQUET-816). */
	left = file.size - (size_t)from - (size_t)p.size;
	chunk->codec = (int)p.codec;
	chunk->entries = (uint64_t)p.entries;
	chunk->pages = (struct text){ file.data + from,
				      (size_t)p.size + (left < SLACK ? left : SLACK) };
	return true;
}

static bool
read_group(struct thrift *t, struct text file, const struct parquet *out,
	   struct parquet_group *group, struct arena *arena, struct error *err)
{
	struct thrift_field entry = { 0, THRIFT_STRUCT };
	int64_t rows = -1;
	size_t n = 0;

	if (!thrift_struct(t, &entry))
		return fail(err, "the Parquet file's row groups are damaged");
	for (struct thrift_field f = { 0 }; thrift_next(t, &f);) {
		if (f.id == 1) {
			n = thrift_list(t, &f, THRIFT_STRUCT);
			if (n != out->n_leaves)
				return fail(err,
					    "a row group has %zu columns instead of %zu",
					    n, out->n_leaves);
			group->chunks = ARENA_ARRAY(arena, n + 1, struct parquet_chunk);
			for (size_t i = 0; i < n; i++)
				if (!read_chunk(t, file, out->leaves[i],
						&group->chunks[i], err))
					return false;
		} else if (f.id == 3) {
			rows = thrift_int(t, &f);
		} else {
			thrift_skip(t, &f);
		}
	}
	if (t->is_bad || rows < 0 || rows > MOST_ENTRIES || !group->chunks)
		return fail(err, "the Parquet file's row groups are damaged");
	group->rows = (uint64_t)rows;
	return true;
}

static bool
read_groups(struct thrift *t, const struct thrift_field *field, struct text file,
	    struct parquet *out, struct arena *arena, struct error *err)
{
	size_t n = thrift_list(t, field, THRIFT_STRUCT);

	if (!out->root)
		return fail(err, "the Parquet file describes rows before columns");
	out->groups = ARENA_ARRAY(arena, n + 1, struct parquet_group);
	for (; out->n_groups < n; out->n_groups++)
		if (!read_group(t, file, out, &out->groups[out->n_groups], arena, err))
			return false;
	return true;
}

static bool
read_description(struct thrift *t, struct text file, struct parquet *out,
		 struct arena *arena, struct error *err)
{
	for (struct thrift_field f = { 0 }; thrift_next(t, &f);) {
		if (f.id == 2 && !out->root) {
			if (!read_tree(t, &f, out, arena, err))
				return false;
		} else if (f.id == 4 && !out->groups) {
			if (!read_groups(t, &f, file, out, arena, err))
				return false;
		} else {
			thrift_skip(t, &f);
		}
	}
	if (t->is_bad || !out->root)
		return fail(err,
			    "the description at the end of the Parquet file is damaged");
	for (size_t i = 0; i < out->n_groups;
	     i++) /* some writers say 0 for all of them */
		out->rows += out->groups[i].rows;
	return true;
}

bool
parquet_open(struct text file, struct parquet *out, struct arena *arena,
	     struct error *err)
{
	const unsigned char *tail;
	struct thrift t;
	size_t size;

	*out = (struct parquet){ 0 };
	if (file.size < 4 + TAIL || memcmp(file.data, "PAR1", 4) != 0)
		return fail(err, "no Parquet file");
	tail = (const unsigned char *)file.data + file.size - TAIL;
	if (memcmp(tail + 4, "PARE", 4) == 0)
		return fail(err, "the Parquet file is encrypted");
	if (memcmp(tail + 4, "PAR1", 4) != 0)
		return fail(err, "the Parquet file is cut off");
	size = tail[0] | (size_t)tail[1] << 8 | (size_t)tail[2] << 16 |
	       (size_t)tail[3] << 24;
	if (size > file.size - 4 - TAIL)
		return fail(err, "the Parquet file is cut off");
	t = (struct thrift){ .at = file.data + file.size - TAIL - size,
			     .end = file.data + file.size - TAIL };
	return read_description(&t, file, out, arena, err);
}
