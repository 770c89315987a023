/*
 * classes - texts by hash; a dictionary's entries are looked up once.
 */
#include "desk/classes.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "data/cast.h"

static size_t
hash(struct text text)
{
	uint64_t h = UINT64_C(0xcbf29ce484222325);

	for (size_t i = 0; i < text.size; i++)
		h = (h ^ (unsigned char)text.data[i]) * UINT64_C(0x100000001b3);
	return (size_t)(h ^ h >> 31);
}

bool
classes_init(struct classes *classes, size_t most, struct error *err)
{
	*classes = (struct classes){ .most = most, .room = 64 };
	while (classes->room < most * 2)
		classes->room *= 2;
	classes->at = ARENA_ARRAY(&classes->arena, most + 2, struct chart_class);
	classes->slots = ARENA_ARRAY(&classes->arena, classes->room, uint32_t);
	classes->text = buffer_new(0, err);
	return classes->text != NULL;
}

void
classes_release(struct classes *classes)
{
	buffer_drop(classes->text);
	buffer_drop(classes->known);
	column_drop(classes->dictionary);
	arena_release(&classes->arena);
}

static uint32_t
special(struct classes *classes, size_t *number, bool missing)
{
	if (!*number) {
		classes->at[classes->n] = (struct chart_class){
			.name = missing ? "missing" : "other",
			.is_missing = missing,
			.is_rest = !missing,
		};
		*number = ++classes->n;
	}
	return (uint32_t)(*number - 1);
}

/* How many of them are values. */
static size_t
n_values(const struct classes *classes)
{
	return classes->n - (classes->missing != 0) - (classes->rest != 0);
}

static uint32_t
find_text(struct classes *classes, struct text text)
{
	size_t at = hash(text) & (classes->room - 1);

	for (; classes->slots[at]; at = (at + 1) & (classes->room - 1)) {
		const uint32_t number = classes->slots[at] - 1;

		if (text_equal(text_of(classes->at[number].name), text))
			return number;
	}
	if (n_values(classes) >= classes->most)
		return special(classes, &classes->rest, false);
	classes->at[classes->n].name =
		arena_text_n(&classes->arena, text.data, text.size);
	classes->slots[at] = (uint32_t)++classes->n;
	return classes->slots[at] - 1;
}

/* A name ends at a NUL: what comes behind one does not tell values apart. */
static struct text
up_to_nul(struct text text)
{
	const char *nul = text.size ? memchr(text.data, 0, text.size) : NULL;

	return (struct text){ text.data, nul ? (size_t)(nul - text.data) : text.size };
}

static bool
find_cell(struct classes *classes, const struct column *column, size_t row, uint32_t *out,
	  struct error *err)
{
	struct text text;

	if (column->type == TYPE_STRING) {
		text = column_text(column, row);
	} else {
		classes->text->size = 0;
		if (!cell_print(column, row, classes->text, err))
			return false;
		text = (struct text){ classes->text->data, classes->text->size };
	}
	*out = find_text(classes, up_to_nul(text));
	return true;
}

/* Make the dictionary the one whose entries are known. */
static bool
hold_dictionary(struct classes *classes, struct column *dictionary, struct error *err)
{
	if (classes->dictionary == dictionary)
		return true;
	buffer_drop(classes->known);
	column_drop(classes->dictionary);
	classes->dictionary = NULL;
	classes->known = buffer_new(dictionary->rows * sizeof(uint32_t), err);
	if (!classes->known)
		return false;
	classes->dictionary = column_share(dictionary);
	return true;
}

static bool
find_code(struct classes *classes, const struct column *column, size_t row, uint32_t *out,
	  struct error *err)
{
	const size_t code = (size_t)column_ints(column)[row];
	uint32_t *known = (uint32_t *)(void *)classes->known->data;

	if (!known[code]) {
		if (!find_cell(classes, column, row, out, err))
			return false;
		known[code] = *out + 1;
	}
	*out = known[code] - 1;
	return true;
}

bool
classes_find(struct classes *classes, const struct column *column, uint32_t *out,
	     struct error *err)
{
	const bool coded = column->layout == LAYOUT_DICTIONARY;

	if (coded && !hold_dictionary(classes, column->dictionary, err))
		return false;
	for (size_t row = 0; row < column->rows; row++) {
		if (column_is_missing(column, row))
			out[row] = special(classes, &classes->missing, true);
		else if (!(coded ? find_code : find_cell)(classes, column, row, &out[row],
							  err))
			return false;
		classes->at[out[row]].rows++;
	}
	return true;
}

struct ranked {
	const struct chart_class *class;
	uint32_t number;
	bool by_value;
	double value;
};

static int
compare_ranked(const void *a, const void *b)
{
	const struct ranked *x = a, *y = b;
	const int last_x = x->class->is_missing + 2 * x->class->is_rest;
	const int last_y = y->class->is_missing + 2 * y->class->is_rest;

	if (last_x != last_y)
		return last_x - last_y;
	if (x->by_value && x->value != y->value)
		return x->value < y->value ? -1 : 1;
	if (x->class->rows != y->class->rows)
		return x->class->rows > y->class->rows ? -1 : 1;
	return strcmp(x->class->name, y->class->name);
}

static bool
all_numbers(const struct classes *classes, struct ranked *ranked)
{
	for (size_t i = 0; i < classes->n; i++)
		if (!classes->at[i].is_missing && !classes->at[i].is_rest &&
		    (!number_parse_float(text_of(classes->at[i].name),
					 &ranked[i].value) ||
		     isnan(ranked[i].value)))
			return false;
	return true;
}

struct chart_class *
classes_sorted(const struct classes *classes, bool by_value, uint32_t **places,
	       struct arena *arena)
{
	struct ranked *ranked = ARENA_ARRAY(arena, classes->n + 1, struct ranked);
	struct chart_class *out = ARENA_ARRAY(arena, classes->n + 1, struct chart_class);

	*places = ARENA_ARRAY(arena, classes->n + 1, uint32_t);
	by_value = by_value && all_numbers(classes, ranked);
	for (size_t i = 0; i < classes->n; i++) {
		ranked[i].class = &classes->at[i];
		ranked[i].number = (uint32_t)i;
		ranked[i].by_value = by_value;
	}
	qsort(ranked, classes->n, sizeof *ranked, compare_ranked);
	for (size_t i = 0; i < classes->n; i++) {
		out[i] = *ranked[i].class;
		out[i].name = arena_text(arena, out[i].name);
		(*places)[ranked[i].number] = (uint32_t)i;
	}
	return out;
}
