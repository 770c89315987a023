/* labels - a small hash table from text to number, and the stored form. */
#include "op/labels.h"

#include <math.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "data/cast.h"

static size_t
slot_of(const struct labels *labels, struct text text)
{
	size_t i = XXH3_64bits(text.data, text.size) & (labels->n_slots - 1);

	while (labels->slots[i] &&
	       !text_equal(labels->list.at[labels->slots[i] - 1], text))
		i = (i + 1) & (labels->n_slots - 1);
	return i;
}

void
labels_index(struct labels *labels, const struct texts *list, struct arena *arena)
{
	*labels = (struct labels){ .list = *list, .n_slots = 16 };
	while (labels->n_slots < 2 * list->n)
		labels->n_slots *= 2;
	labels->slots = ARENA_ARRAY(arena, labels->n_slots, uint32_t);
	for (size_t i = 0; i < list->n; i++) {
		size_t slot = slot_of(labels, list->at[i]);

		if (!labels->slots[slot])
			labels->slots[slot] = (uint32_t)i + 1;
	}
}

bool
labels_settle(struct labels *labels, const struct frequency *frequency,
	      bool blank_is_null, struct arena *arena, struct error *err)
{
	struct frequency_entry *sorted;
	struct text *list;
	size_t n, kept = labels->provisional ? labels->list.n : 0;

	if (!frequency_sorted(frequency, &sorted, &n, arena, err))
		return false;
	list = ARENA_ARRAY(arena, kept + n + 1, struct text);
	if (kept)
		memcpy(list, labels->list.at, kept * sizeof(*list));
	for (size_t i = 0; i < n; i++)
		if ((sorted[i].text.size || !blank_is_null) &&
		    (!labels->provisional ||
		     labels_find(labels, sorted[i].text) == LABEL_NONE))
			list[kept++] = sorted[i].text;
	labels_index(labels, &(struct texts){ kept, list }, arena);
	return true;
}

int32_t
labels_find(const struct labels *labels, struct text text)
{
	return (int32_t)labels->slots[slot_of(labels, text)] - 1;
}

bool
labels_text(const struct column *column, struct column **out, struct error *err)
{
	if (!cast_column(column, TYPE_STRING, out, err))
		return false;
	for (size_t i = 0; column->type == TYPE_FLOAT && i < column->rows; i++)
		if (!column_is_null(column, i) && isnan(column_floats(column)[i]) &&
		    (!column_edit(out, err) || !column_set_null(*out, i, err))) {
			column_drop(*out);
			return false;
		}
	return true;
}

/* Each entry of the dictionary is looked up once. */
static bool
codes_by_dictionary(const struct labels *labels, const struct column *column,
		    int32_t *codes, struct error *err)
{
	const struct column *dictionary = column->dictionary;
	size_t size = dictionary->rows * sizeof(int32_t);
	int32_t *known = memory_alloc(size, err);

	if (!known)
		return false;
	for (size_t i = 0; i < dictionary->rows; i++)
		known[i] = column_is_null(dictionary, i)
				   ? LABEL_NONE
				   : labels_find(labels, column_text(dictionary, i));
	if (!column->validity || !column->nulls)
		for (size_t i = 0; i < column->rows; i++)
			codes[i] = known[column_ints(column)[i]];
	else
		for (size_t i = 0; i < column->rows; i++)
			codes[i] = bit_get(column->validity->data, i)
					   ? known[column_ints(column)[i]]
					   : LABEL_NONE;
	memory_free(known, size);
	return true;
}

bool
labels_codes(const struct labels *labels, const struct column *column, int32_t *codes,
	     struct error *err)
{
	if (column->layout == LAYOUT_DICTIONARY)
		return codes_by_dictionary(labels, column, codes, err);
	for (size_t i = 0; i < column->rows; i++)
		codes[i] = column_is_null(column, i)
				   ? LABEL_NONE
				   : labels_find(labels, column_text(column, i));
	return true;
}

bool
labels_refuse(const char *column, const struct column *values, size_t row,
	      struct error *err)
{
	struct buffer *text;

	if (column_is_null(values, row))
		return fail(err,
			    "column '%s' has a null, which is no label; choose another "
			    "way to "
			    "handle unknown labels (invalid_handling_strategy)",
			    column);
	text = buffer_new(0, err);
	if (text && cell_print(values, row, text, err))
		fail(err,
		     "column '%s': '%.*s' was not seen when the labels were learned; "
		     "learn "
		     "again (--refit), or choose another way to handle unknown labels "
		     "(invalid_handling_strategy)",
		     column, (int)(text->size > 200 ? 200 : text->size), text->data);
	buffer_drop(text);
	return false;
}

bool
labels_recall(const struct json *trained, struct labels *labels, bool *usable,
	      struct arena *arena)
{
	const struct json *stored = json_find(trained, "string_indexer_model"), *hash;
	struct error ignored = { 0 };
	struct model model;
	struct texts list;

	*usable =
		stored && stored->kind == JSON_STRING &&
		model_read(stored->text, "StringIndexerModel", &model, arena, &ignored) &&
		model_labels(&model, 0, &list, arena, &ignored);
	if (!*usable)
		return true;
	labels_index(labels, &list, arena);
	hash = json_find(trained, "_hash");
	labels->provisional = hash && hash->kind == JSON_NUMBER;
	labels->stored = !labels->provisional;
	return true;
}

bool
labels_lack(const void *fields, const void *labels)
{
	(void)fields;
	return ((const struct labels *)labels)->provisional;
}

const char *
labels_tell(const void *labels, struct arena *arena)
{
	enum { TOLD = 6 };
	const struct texts *list = &((const struct labels *)labels)->list;
	const char *told =
		arena_print(arena, "%zu label%s", list->n, list->n == 1 ? "" : "s");

	for (size_t i = 0; i < list->n && i < TOLD; i++)
		told = arena_print(arena, "%s%s%.*s", told, i ? ", " : ": ",
				   (int)(list->at[i].size < 40 ? list->at[i].size : 40),
				   list->at[i].data);
	return list->n > TOLD ? arena_print(arena, "%s, …", told) : told;
}

const struct json *
labels_record(const struct json *object, const struct labels *labels,
	      const struct indexed *as, struct arena *arena)
{
	struct error ignored = { 0 };
	const char *model = model_write_string_indexer(as->input, as->output, as->invalid,
						       &labels->list, arena, &ignored);

	if (!model)
		return object;
	return json_with(object, "string_indexer_model", json_new_string(model, arena),
			 arena);
}
