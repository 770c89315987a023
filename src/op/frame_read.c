/*
 * frame_read - the answer of a Python program as a table, as it comes in.
 *
 * The program ran code of a stranger: sizes, offsets, types and depths are checked
 * before they are used, and memory grows only with bytes that really came.
 */
#include "op/frame.h"

#include <stdlib.h>

#include "base/memory.h"

struct bytes { /* what is left of a block */
	const char *at;
	size_t left;
};

static bool
broken(struct error *err, const char *what)
{
	return fail(err, "the answer of the program cannot be read: %s", what);
}

static bool
skip(struct bytes *b, size_t size, const char **at)
{
	if (b->left < size)
		return false;
	*at = b->at;
	b->at += size;
	b->left -= size;
	return true;
}

static bool
read_into(struct bytes *b, void *to, size_t size)
{
	const char *at;

	if (!skip(b, size, &at))
		return false;
	memcpy(to, at, size);
	return true;
}

/* A name: as column names are, without NUL. */
static bool
read_name(struct bytes *b, struct text *name)
{
	uint64_t size;

	if (!read_into(b, &size, sizeof(size)) || size > b->left ||
	    !skip(b, (size_t)size, &name->data))
		return false;
	name->size = (size_t)size;
	return !memchr(name->data, '\0', name->size);
}

/* n values of so many bytes each, or bits if size is 0, into a buffer. */
static bool
read_values(struct bytes *b, uint64_t n, size_t size, struct buffer **out,
	    struct error *err)
{
	uint64_t bytes = size ? n * size : (n + 7) / 8;
	const char *at;

	if (n > SIZE_MAX / 16 || bytes > b->left || !skip(b, (size_t)bytes, &at))
		return broken(err, "values are cut short");
	buffer_drop(*out);
	*out = buffer_new(size ? (size_t)bytes : ((size_t)n + 63) / 64 * 8, err);
	if (!*out)
		return false;
	if (bytes)
		memcpy((*out)->data, at, (size_t)bytes);
	return true;
}

static bool
read_validity(struct bytes *b, struct column *c, struct error *err)
{
	if (!read_values(b, c->rows, 0, &c->validity, err))
		return false;
	for (size_t i = 0; i < c->rows; i++)
		c->nulls += !bit_get(c->validity->data, i);
	return true;
}

/* Offsets: from 0 on, never back, to the end of what they point into. */
static bool
read_offsets(struct bytes *b, struct column *c, uint64_t end, struct error *err)
{
	const int64_t *offsets;

	if (!read_values(b, (uint64_t)c->rows + 1, sizeof(int64_t), &c->values, err))
		return false;
	offsets = column_longs(c);
	for (size_t i = 0; i < c->rows; i++)
		if (offsets[i] > offsets[i + 1])
			return broken(err, "offsets go back");
	if (offsets[0] != 0 || offsets[c->rows] < 0 || (uint64_t)offsets[c->rows] != end)
		return broken(err, "offsets do not fit");
	return true;
}

static bool
read_plain(struct bytes *b, struct column *c, uint64_t bytes, struct error *err)
{
	switch (c->type) {
	case TYPE_BOOL:
		return read_values(b, c->rows, 0, &c->values, err);
	case TYPE_DATE:
		return read_values(b, c->rows, sizeof(int32_t), &c->values, err);
	case TYPE_STRING:
		return read_offsets(b, c, bytes, err) &&
		       read_values(b, bytes, 1, &c->bytes, err);
	case TYPE_OBJECT:
		return broken(err, "an object has no layout");
	default:
		return read_values(b, c->rows, sizeof(int64_t), &c->values, err);
	}
}

static struct column *read_cells(struct bytes *b, int depth, struct error *err);

static bool
read_list(struct bytes *b, struct column *c, int depth, struct error *err)
{
	uint64_t n = 0;

	/* The end of the offsets is checked against the child, which stands behind. */
	if (b->left / sizeof(int64_t) > c->rows)
		memcpy(&n, b->at + c->rows * sizeof(int64_t), sizeof(n));
	if (!read_offsets(b, c, n, err))
		return false;
	c->children = calloc(1, sizeof(struct column *));
	if (!c->children)
		return fail(err, "out of memory: the system refused a column");
	c->n_children = 1;
	c->children[0] = read_cells(b, depth + 1, err);
	if (c->children[0] && c->children[0]->rows != n)
		return broken(err, "a list does not fit its offsets");
	return c->children[0] != NULL;
}

/* Members' names: one terminated text behind the other, found again when all are there.
 */
static bool
read_members(struct bytes *b, struct column *c, uint32_t n, int depth, struct error *err)
{
	size_t at = 0;

	for (uint32_t i = 0; i < n; i++) {
		struct text name;

		if (!read_name(b, &name))
			return broken(err, "a name is cut short");
		if (!buffer_append(c->names_owner, name.data, name.size, err) ||
		    !buffer_append(c->names_owner, "", 1, err))
			return false;
		c->children[i] = read_cells(b, depth + 1, err);
		c->n_children++;
		if (!c->children[i])
			return false;
		if (c->children[i]->rows != c->rows)
			return broken(err, "the members of a struct differ in length");
	}
	for (uint32_t i = 0; i < n; i++) {
		c->names[i] = c->names_owner->data + at;
		at += strlen(c->names[i]) + 1;
	}
	return true;
}

static bool
is_vector(const struct column *c)
{
	static const char *const names[] = { "size", "indices", "values" };

	if (c->n_children != 3)
		return false;
	for (size_t i = 0; i < 3; i++)
		if (strcmp(c->names[i], names[i]) != 0)
			return false;
	return c->children[0]->type == TYPE_LONG &&
	       c->children[1]->layout == LAYOUT_LIST &&
	       c->children[1]->children[0]->type == TYPE_LONG &&
	       c->children[2]->layout == LAYOUT_LIST &&
	       c->children[2]->children[0]->type == TYPE_FLOAT;
}

static bool
read_struct(struct bytes *b, struct column *c, const struct cells_head *head, int depth,
	    struct error *err)
{
	if (head->n == 0 || head->n > b->left)
		return broken(err, "a struct without members");
	c->children = calloc(head->n, sizeof(*c->children));
	c->names = calloc(head->n, sizeof(*c->names));
	if (!c->children || !c->names)
		return fail(err, "out of memory: the system refused a column");
	c->names_owner = buffer_new(0, err);
	if (!c->names_owner || !read_members(b, c, head->n, depth, err))
		return false;
	c->is_vector = head->flags & FRAME_VECTOR;
	return !c->is_vector || is_vector(c) || broken(err, "a vector is none");
}

static bool
is_type(uint32_t type)
{
	return type && type <= TYPE_OBJECT && (type & (type - 1)) == 0;
}

static bool
fill(struct bytes *b, struct column *c, const struct cells_head *head, int depth,
     struct error *err)
{
	if ((head->flags & FRAME_VALIDITY) && !read_validity(b, c, err))
		return false;
	if (head->layout == LAYOUT_PLAIN)
		return read_plain(b, c, head->bytes, err);
	if (c->type != TYPE_OBJECT)
		return broken(err, "a layout does not fit the type");
	if (head->layout == LAYOUT_LIST)
		return read_list(b, c, depth, err);
	if (head->layout == LAYOUT_STRUCT)
		return read_struct(b, c, head, depth, err);
	return broken(err, "an unknown layout");
}

static struct column *
read_cells(struct bytes *b, int depth, struct error *err)
{
	struct cells_head head;
	struct column *c;

	if (depth > FRAME_DEPTH || !read_into(b, &head, sizeof(head)) ||
	    !is_type(head.type) || head.rows > UINT32_MAX / 2) {
		broken(err, depth > FRAME_DEPTH ? "lists too deep in lists"
						: "a column has no head");
		return NULL;
	}
	c = column_new((enum type)head.type, 0, err);
	if (!c)
		return NULL;
	c->rows = (size_t)head.rows;
	c->layout = (enum layout)head.layout;
	if (c->layout == LAYOUT_STRUCT) {
		buffer_drop(c->values);
		c->values = NULL;
	}
	if (fill(b, c, &head, depth, err))
		return c;
	/* What is half read has no sound layout; only its parts are dropped. */
	column_drop(c);
	return NULL;
}

static bool
read_head(struct frame_reader *r, struct bytes b, struct error *err)
{
	uint32_t kind, n;

	if (!read_into(&b, &kind, 4) || !read_into(&b, &n, 4))
		return broken(err, "it has no head");
	r->has_head = true;
	if (kind == FRAME_FAILED) {
		r->failed = arena_text_n(r->arena, b.at, b.left);
		return true;
	}
	if (kind != FRAME_TABLE || !read_into(&b, &r->rows, 8) || n > b.left)
		return broken(err, "it is no table");
	for (uint32_t i = 0; i < n; i++) {
		struct text name;
		uint32_t type;

		if (!read_into(&b, &type, 4) || !is_type(type) || !read_name(&b, &name))
			return broken(err, "a column has no name");
		schema_add(&r->schema, arena_text_n(r->arena, name.data, name.size),
			   (enum type)type, r->arena);
	}
	return true;
}

/* A block of cells: the next column of the chunk at hand. */
static bool
read_column(struct frame_reader *r, struct bytes b, struct error *err)
{
	struct column *c;

	if (r->failed || r->schema.n == 0)
		return broken(err, "more than was announced");
	c = read_cells(&b, 0, err);
	if (!c)
		return false;
	if (r->column == 0)
		r->batch = batch_new(r->schema.n, c->rows, err);
	if (!r->batch || b.left || c->rows != r->batch->rows ||
	    c->type != r->schema.at[r->column].type) {
		bool made = r->batch != NULL;

		column_drop(c);
		return made ? broken(err, "a column does not fit the others") : false;
	}
	batch_take(r->batch, r->column++, c);
	if (r->column == r->schema.n) {
		struct batch *batch = r->batch;

		r->column = 0;
		r->batch = NULL;
		return table_take(&r->table, batch, err);
	}
	return true;
}

void
frame_read_start(struct frame_reader *r, struct arena *arena)
{
	*r = (struct frame_reader){ .arena = arena };
}

/* One thing from the front of what is there; *used 0: more bytes are needed. */
static bool
read_thing(struct frame_reader *r, struct bytes b, size_t *used, struct error *err)
{
	const char *at;
	uint64_t size;

	*used = 0;
	if (!r->begun) {
		if (!skip(&b, 8, &at))
			return true;
		r->begun = true;
		*used = 8;
		return memcmp(at, FRAME_MAGIC, 8) == 0 ||
		       broken(err, "it is of another kind");
	}
	if (!read_into(&b, &size, 8))
		return true;
	if (r->ended)
		return broken(err, "it goes on after its end");
	if (size == FRAME_END) {
		r->ended = true;
		*used = 8;
		return true;
	}
	if (size > b.left)
		return true;
	b.left = (size_t)size;
	*used = 8 + b.left;
	return r->has_head ? read_column(r, b, err) : read_head(r, b, err);
}

bool
frame_read(struct frame_reader *r, struct text piece, struct error *err)
{
	size_t at = 0, used;

	if (!r->have && !(r->have = buffer_new(0, err)))
		return false;
	if (!buffer_append(r->have, piece.data, piece.size, err))
		return false;
	do {
		struct bytes b = { r->have->data + at, r->have->size - at };

		if (!read_thing(r, b, &used, err))
			return false;
		at += used;
	} while (used);
	if (at) {
		memmove(r->have->data, r->have->data + at, r->have->size - at);
		r->have->size -= at;
	}
	return true;
}

bool
frame_read_end(struct frame_reader *r, struct error *err)
{
	if (r->failed)
		return fail(err, "%s", r->failed);
	if (r->ended && !r->has_head)
		return broken(err, "it has no head");
	if (!r->ended || r->have->size || r->column)
		return broken(err, "it is cut short");
	if (r->schema.n == 0 && r->rows) {
		struct batch *batch = batch_new(0, (size_t)r->rows, err);

		return batch && table_take(&r->table, batch, err);
	}
	return r->table.rows == r->rows || broken(err, "rows are missing");
}

void
frame_read_release(struct frame_reader *r)
{
	buffer_drop(r->have);
	batch_free(r->batch);
	table_release(&r->table);
	r->have = NULL;
	r->batch = NULL;
}
