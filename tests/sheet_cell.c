/* sheet_cell - CSV cells with doubled quotes; vectors and arrays out of their text. */
#include "sheet_cell.h"

#include <stdlib.h>

#include "base/json.h"
#include "base/number.h"

/* Behind the opening quote, up to the closing one. */
static bool
read_quoted(struct text *rest, struct cell *cell, struct arena *arena, struct error *err)
{
	char *out = arena_alloc(arena, rest->size + 1);
	size_t n = 0, i = 0;

	for (; i < rest->size; i++) {
		if (rest->data[i] == '"') {
			if (i + 1 >= rest->size || rest->data[i + 1] != '"')
				break;
			i++;
		}
		out[n++] = rest->data[i];
	}
	if (i == rest->size)
		return fail(err, "a quote is not closed");
	cell->text = (struct text){ out, n };
	rest->data += i + 1;
	rest->size -= i + 1;
	return true;
}

bool
cell_read(struct text *rest, struct cell *cell, bool *is_last, struct arena *arena,
	  struct error *err)
{
	struct text plain;
	size_t n = 0;

	*cell = (struct cell){ .quoted = rest->size && rest->data[0] == '"' };
	if (cell->quoted) {
		rest->data++;
		rest->size--;
		if (!read_quoted(rest, cell, arena, err))
			return false;
	}
	while (n < rest->size && rest->data[n] != ',' && rest->data[n] != '\n')
		n++;
	plain = (struct text){ rest->data, n };
	if (cell->quoted)
		cell->tail = plain;
	else
		cell->text = plain;
	*is_last = n == rest->size || rest->data[n] == '\n';
	if (n == rest->size)
		*rest = (struct text){ NULL, 0 };
	else
		*rest = (struct text){ rest->data + n + 1, rest->size - n - 1 };
	return true;
}

/* A list column out of its offsets; takes the child. */
static struct column *
list_of(const int64_t *offsets, size_t rows, struct column *child, struct error *err)
{
	struct column *list = child ? column_new(TYPE_OBJECT, rows, err) : NULL;

	if (!list) {
		column_drop(child);
		return NULL;
	}
	list->children = calloc(1, sizeof(*list->children));
	if (!list->children)
		abort();
	list->n_children = 1;
	list->children[0] = child;
	memcpy(list->values->data, offsets, (rows + 1) * sizeof(*offsets));
	return list;
}

/* "[1.0,2.0]" at the start of text, which moves behind it. */
static bool
read_numbers(struct text *text, struct build *into, bool whole, int64_t *count)
{
	const char *end = text->size ? memchr(text->data, ']', text->size) : NULL;
	struct text inner;

	if (!end || text->data[0] != '[')
		return false;
	inner = (struct text){ text->data + 1, (size_t)(end - text->data - 1) };
	text->size -= (size_t)(end + 1 - text->data);
	text->data = end + 1;
	for (*count = 0; inner.size; ++*count) {
		struct text one = text_cut(&inner, ',');
		int64_t i;
		double x;

		if (whole ? !number_parse_long(one, &i) : !number_parse_float(one, &x))
			return false;
		if (whole)
			build_long(into, i);
		else
			build_float(into, x);
	}
	return true;
}

struct vectors {
	struct build sizes, indices, values;
	int64_t *index_offsets, *value_offsets;
};

/* "(3,[1],[1.0])" or "[1.0,2.0]". */
static bool
read_vector(struct vectors *v, size_t row, struct text text)
{
	int64_t size, n_indices = 0, n_values = 0;
	bool sparse = text.size && text.data[0] == '(';
	struct text first;

	if (sparse) {
		text = (struct text){ text.data + 1, text.size - 1 };
		first = text_cut(&text, ',');
		if (!number_parse_long(first, &size) ||
		    !read_numbers(&text, &v->indices, true, &n_indices) || !text.size)
			return false;
		text = (struct text){ text.data + 1, text.size - 1 };
	}
	if (!read_numbers(&text, &v->values, false, &n_values))
		return false;
	build_long(&v->sizes, sparse ? size : n_values);
	v->index_offsets[row + 1] = v->index_offsets[row] + n_indices;
	v->value_offsets[row + 1] = v->value_offsets[row] + n_values;
	return !sparse || (n_indices == n_values && text_is(text, ")"));
}

static struct column *
vectors_end(struct vectors *v, const struct cell *const *cells, size_t rows,
	    struct error *err)
{
	struct column *c = column_new(TYPE_OBJECT, rows, err);
	bool ok = c != NULL;

	if (!c)
		return NULL;
	c->layout = LAYOUT_STRUCT;
	c->is_vector = true;
	buffer_drop(c->values);
	c->values = NULL;
	c->children = calloc(3, sizeof(*c->children));
	if (!c->children)
		abort();
	c->n_children = 3;
	c->children[0] = build_end(&v->sizes, err);
	c->children[1] =
		list_of(v->index_offsets, rows, build_end(&v->indices, err), err);
	c->children[2] = list_of(v->value_offsets, rows, build_end(&v->values, err), err);
	for (size_t i = 0; i < 3; i++)
		ok = ok && c->children[i];
	for (size_t row = 0; ok && row < rows; row++) {
		if (!cells[row])
			ok = column_set_null(c, row, err);
		if (ok && (!cells[row] || cells[row]->text.data[0] == '['))
			ok = column_set_null(c->children[1], row, err);
	}
	if (ok)
		return c;
	column_drop(c);
	return NULL;
}

struct column *
vectors_read(const struct cell *const *cells, size_t rows, struct arena *arena,
	     struct error *err)
{
	struct vectors v = { .index_offsets = ARENA_ARRAY(arena, rows + 1, int64_t),
			     .value_offsets = ARENA_ARRAY(arena, rows + 1, int64_t) };

	build_start(&v.sizes, TYPE_LONG, rows);
	build_start(&v.indices, TYPE_LONG, rows);
	build_start(&v.values, TYPE_FLOAT, rows);
	for (size_t row = 0; row < rows; row++) {
		struct text text = cells[row] ? cells[row]->text : text_of("[]");

		if (!read_vector(&v, row, text)) {
			fail(err, "row %zu: '%.*s' is not a vector", row + 1,
			     TEXT_ARG(text));
			build_discard(&v.sizes);
			build_discard(&v.indices);
			build_discard(&v.values);
			return NULL;
		}
	}
	return vectors_end(&v, cells, rows, err);
}

static enum type
element_type(const struct json *element)
{
	int64_t whole;

	if (element->kind == JSON_STRING)
		return TYPE_STRING;
	return json_long(element, &whole) &&
			       !memchr(element->text.data, '.', element->text.size)
		       ? TYPE_LONG
		       : TYPE_FLOAT;
}

static void
put_element(struct build *b, enum type type, const struct json *element)
{
	int64_t whole = 0;
	double x = 0;

	if (element->kind == JSON_NULL)
		build_null(b);
	else if (type == TYPE_STRING)
		build_text(b, element->text);
	else if (type == TYPE_LONG && json_long(element, &whole))
		build_long(b, whole);
	else if (json_double(element, &x))
		build_float(b, x);
}

/* The first element decides the type of all. */
struct column *
arrays_read(const struct cell *const *cells, size_t rows, struct arena *arena,
	    struct error *err)
{
	int64_t *offsets = ARENA_ARRAY(arena, rows + 1, int64_t);
	const struct json **arrays = ARENA_ARRAY(arena, rows, const struct json *);
	enum type type = 0;
	struct column *list;
	struct build b;

	for (size_t row = 0; row < rows; row++) {
		if (!cells[row])
			continue;
		arrays[row] = json_parse(cells[row]->text, arena, err);
		if (!arrays[row])
			return NULL;
		for (size_t i = 0; i < arrays[row]->n && !type; i++)
			if (!json_is_absent(arrays[row]->at[i].value))
				type = element_type(arrays[row]->at[i].value);
	}
	build_start(&b, type ? type : TYPE_STRING, rows);
	for (size_t row = 0; row < rows; row++) {
		size_t n = arrays[row] ? arrays[row]->n : 0;

		for (size_t i = 0; i < n; i++)
			put_element(&b, type, arrays[row]->at[i].value);
		offsets[row + 1] = offsets[row] + (int64_t)n;
	}
	list = list_of(offsets, rows, build_end(&b, err), err);
	for (size_t row = 0; list && row < rows; row++)
		if (!arrays[row] && !column_set_null(list, row, err)) {
			column_drop(list);
			return NULL;
		}
	return list;
}
