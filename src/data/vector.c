/* vector - sparse one-hot vectors. */
#include "data/vector.h"

#include <stdlib.h>

enum { MEMBERS = 3 };
static const char *const members[MEMBERS] = { "size", "indices", "values" };

static struct column *
shell(size_t rows, struct error *err)
{
	struct column *c = calloc(1, sizeof(*c));
	struct column **children = calloc(MEMBERS, sizeof(*children));
	const char **names = malloc(sizeof(members));

	if (!c || !children || !names) {
		free(c);
		free(children);
		free(names);
		fail(err, "out of memory: the system refused a column");
		return NULL;
	}
	memcpy(names, members, sizeof(members));
	*c = (struct column){ .type = TYPE_OBJECT,
			      .layout = LAYOUT_STRUCT,
			      .is_vector = true,
			      .rows = rows,
			      .n_children = MEMBERS,
			      .children = children,
			      .names = names };
	atomic_init(&c->refs, 1);
	return c;
}

/* A list column with one entry in the rows that have one. */
static struct column *
lists(size_t rows, struct column *entries, const int32_t *codes, size_t size,
      struct error *err)
{
	struct column *list = column_new(TYPE_OBJECT, rows, err);
	int64_t at = 0;

	if (!list || !(list->children = malloc(sizeof(*list->children)))) {
		column_drop(list);
		column_drop(entries);
		return NULL;
	}
	list->children[0] = entries;
	list->n_children = 1;
	for (size_t i = 0; i < rows; i++) {
		column_longs(list)[i] = at;
		at += codes[i] >= 0 && (size_t)codes[i] < size;
	}
	column_longs(list)[rows] = at;
	return list;
}

static struct column *
indices(const int32_t *codes, size_t rows, size_t size, struct error *err)
{
	struct build b;
	struct column *entries;

	build_start(&b, TYPE_LONG, rows);
	for (size_t i = 0; i < rows; i++)
		if (codes[i] >= 0 && (size_t)codes[i] < size)
			build_long(&b, codes[i]);
	entries = build_end(&b, err);
	return entries ? lists(rows, entries, codes, size, err) : NULL;
}

static struct column *
ones(const int32_t *codes, size_t rows, size_t size, struct error *err)
{
	struct build b;
	struct column *entries;

	build_start(&b, TYPE_FLOAT, rows);
	for (size_t i = 0; i < rows; i++)
		if (codes[i] >= 0 && (size_t)codes[i] < size)
			build_float(&b, 1);
	entries = build_end(&b, err);
	return entries ? lists(rows, entries, codes, size, err) : NULL;
}

static struct column *
from_codes(const int32_t *codes, size_t rows, size_t size, struct error *err)
{
	struct column *c = shell(rows, err);

	if (!c)
		return NULL;
	c->children[0] = column_new(TYPE_LONG, rows, err);
	c->children[1] = c->children[0] ? indices(codes, rows, size, err) : NULL;
	c->children[2] = c->children[1] ? ones(codes, rows, size, err) : NULL;
	if (!c->children[2]) {
		column_drop(c);
		return NULL;
	}
	for (size_t i = 0; i < rows; i++)
		column_longs(c->children[0])[i] = (int64_t)size;
	return c;
}

struct column *
vector_one_hot(const int32_t *codes, size_t rows, size_t unknown, size_t size,
	       struct error *err)
{
	size_t bytes = rows * sizeof(int32_t);
	int32_t *placed = memory_alloc(bytes, err);
	struct column *c;

	if (!placed)
		return NULL;
	for (size_t i = 0; i < rows; i++)
		placed[i] = codes[i] < 0 ? (int32_t)unknown : codes[i];
	c = from_codes(placed, rows, size, err);
	memory_free(placed, bytes);
	return c;
}
