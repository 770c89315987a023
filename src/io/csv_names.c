/*
 * csv_names - the names of columns out of a header, as Spark makes them.
 *
 * A name that is empty becomes _cN, N its place from 0; names that are equal but for
 * upper and lower case get their place appended, all of them ("a,A" is a0, A1). The
 * result may still hold a name twice ("a,a,a0"); so does Spark's, and a schema allows it.
 */
#include <stdlib.h>

#include "base/casing.h"
#include "io/csv_file.h"

struct key {
	struct text lower;
	size_t at;
};

static int
by_text(const void *a, const void *b)
{
	return text_compare(((const struct key *)a)->lower,
			    ((const struct key *)b)->lower);
}

/* keys[i].lower of every name; the bytes are in lower. */
static bool
lower_all(const struct csv_names *header, struct key *keys, struct buffer *lower,
	  struct error *err)
{
	for (size_t i = 0; i < header->n; i++) {
		size_t before = lower->size;

		if (header->at[i].size && !casing_lower(header->at[i], lower, err))
			return false;
		keys[i] = (struct key){ { NULL, lower->size - before }, i };
	}
	for (size_t i = 0, at = 0; i < header->n; at += keys[i++].lower.size)
		keys[i].lower.data = lower->data + at;
	return true;
}

static const char *
make_name(struct text name, size_t place, bool twice, struct arena *arena)
{
	char *copy = arena_text_n(arena, name.size ? name.data : "", name.size);
	size_t n = 0;

	if (name.size == 0)
		return arena_print(arena, "_c%zu", place);
	for (size_t i = 0; i < name.size; i++) /* a schema's names hold no NUL */
		if (name.data[i])
			copy[n++] = name.data[i];
	copy[n] = '\0';
	return twice ? arena_print(arena, "%s%zu", copy, place) : copy;
}

bool
csv_safe_names(const struct csv_names *header, struct names *out, struct arena *arena,
	       struct error *err)
{
	size_t room = (header->n + 1) * sizeof(struct key);
	struct key *keys = memory_alloc(room, err);
	struct buffer *lower = keys ? buffer_new(0, err) : NULL;
	bool ok = lower && lower_all(header, keys, lower, err);

	*out = (struct names){ 0 };
	if (ok) {
		bool *twice = ARENA_ARRAY(arena, header->n + 1, bool);

		qsort(keys, header->n, sizeof(*keys), by_text);
		for (size_t i = 1; i < header->n; i++)
			if (text_equal(keys[i].lower, keys[i - 1].lower))
				twice[keys[i].at] = twice[keys[i - 1].at] = true;
		for (size_t i = 0; i < header->n; i++)
			names_add(out, make_name(header->at[i], i, twice[i], arena),
				  arena);
	}
	buffer_drop(lower);
	memory_free(keys, room);
	return ok;
}
