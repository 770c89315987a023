/*
 * model - a stored Spark model taken apart: base85, ZIP, a line of JSON, one row.
 *
 * The text comes with the flow and may be anything: sizes are limited before memory
 * is asked for, and whatever is odd is an error.
 */
#include "op/model.h"

#include "base/base85.h"
#include "base/zip.h"
#include "data/parquet.h"

enum { MOST_ENTRIES = 1 << 22 }; /* labels, or entries of a vector */

/* "metadata/part-00000", below whatever folder; not its ".part-00000.crc". */
static bool
is_part(const char *path, const char *folder)
{
	const char *file = strrchr(path, '/');
	size_t n = strlen(folder);

	if (!file || strncmp(file + 1, "part-", 5) != 0 || (size_t)(file - path) < n)
		return false;
	return memcmp(file - n, folder, n) == 0 &&
	       (file - n == path || file[-(ptrdiff_t)n - 1] == '/');
}

static const struct zip_entry *
find_part(const struct zip *zip, const char *folder, size_t *from)
{
	for (; *from < zip->n; ++*from)
		if (is_part(zip->at[*from].name, folder))
			return &zip->at[(*from)++];
	return NULL;
}

static bool
read_metadata(const struct zip *zip, struct model *out, struct arena *arena,
	      struct error *err)
{
	size_t from = 0;
	const struct zip_entry *part = find_part(zip, "metadata", &from);
	const struct json *class;
	const char *name, *dot;
	struct text lines;

	if (!part)
		return fail(err, "the archive has no metadata/part-00000");
	if (!zip_extract(part, &lines, arena, err))
		return false;
	out->metadata = json_parse(text_cut(&lines, '\n'), arena, err);
	if (!out->metadata)
		return fail_in(err, "%s: ", part->name);
	class = json_find(out->metadata, "class");
	name = class ? json_text(class, arena) : NULL;
	if (!name)
		return fail(err, "%s: no 'class'", part->name);
	dot = strrchr(name, '.');
	out->name = dot ? dot + 1 : name;
	return true;
}

/* Spark may leave empty parts beside the one that has the row. */
static bool
read_data(const struct zip *zip, struct model *out, struct arena *arena,
	  struct error *err)
{
	struct parquet *data = ARENA_NEW(arena, struct parquet);
	const struct zip_entry *part;
	size_t from = 0;

	while ((part = find_part(zip, "data", &from)) != NULL) {
		struct text file;

		if (!zip_extract(part, &file, arena, err))
			return false;
		if (!parquet_open(file, data, arena, err))
			return fail_in(err, "%s: ", part->name);
		if (data->rows == 0)
			continue;
		if (data->rows > 1)
			return fail(err, "%s: %llu rows instead of one", part->name,
				    (unsigned long long)data->rows);
		out->data = data;
		return true;
	}
	return fail(err, "the archive has no row in data/part-*.parquet");
}

bool
model_read(struct text base85, const char *name, struct model *out, struct arena *arena,
	   struct error *err)
{
	struct arena passing = { 0 }; /* the archive */
	struct text file;
	struct zip zip;
	bool done;

	*out = (struct model){ 0 };
	done = base85_decode(base85, &file, &passing, err) &&
	       zip_open(file, &zip, &passing, err) &&
	       read_metadata(&zip, out, arena, err);
	if (done && name && strcmp(name, out->name) != 0)
		done = fail(err, "it is a '%s', not a '%s'", out->name, name);
	done = done && read_data(&zip, out, arena, err);
	arena_release(&passing);
	return done || fail_in(err, "stored model: ");
}

const struct json *
model_param(const struct model *model, const char *name)
{
	const struct json *set = json_find(json_find(model->metadata, "paramMap"), name);

	return set ? set : json_find(json_find(model->metadata, "defaultParamMap"), name);
}

static const struct parquet_node *
child(const struct parquet_node *node, const char *name)
{
	for (node = node->child; node; node = node->next)
		if (!strcmp(node->name, name))
			return node;
	return NULL;
}

static bool
field_of(const struct model *model, const char *name, const struct parquet_node **out,
	 struct error *err)
{
	*out = child(model->data->root, name);
	return *out || fail(err, "stored model: %s has no '%s'", model->name, name);
}

/* Down through groups of one child, as lists are. */
static const struct parquet_node *
leaf_below(const struct parquet_node *node)
{
	while (node && !node->is_leaf)
		node = node->n_children == 1 ? node->child : NULL;
	return node;
}

static bool
read_leaf(const struct model *model, const struct parquet_node *leaf,
	  struct parquet_values *out, struct error *err)
{
	const struct parquet *data = model->data;

	for (size_t i = 0; i < data->n_groups; i++) {
		if (data->groups[i].chunks[leaf->leaf].entries > MOST_ENTRIES)
			return fail(err, "stored model: '%s' has more than %d entries",
				    leaf->name, MOST_ENTRIES);
		if (!parquet_read(data, i, leaf->leaf, out, err))
			return fail_in(err, "stored model: ");
	}
	return true;
}

/* The definition level from which on the level-th repeated group has an entry. */
static unsigned
there_from(const struct parquet_node *leaf, unsigned level)
{
	while (leaf->repetition != PARQUET_REPEATED || leaf->repetition_level > level)
		leaf = leaf->parent;
	return leaf->definition_level;
}

/* The values of the only list (of lists: of the outer-th); there is no null in it. */
struct run {
	size_t first, n;
};

static bool
find_run(const struct parquet_values *v, const struct parquet_node *leaf, size_t outer,
	 struct run *out, struct error *err)
{
	const unsigned depth = leaf->repetition_level;
	const unsigned there = depth ? there_from(leaf, depth) : 0;
	const unsigned outer_there = depth == 2 ? there_from(leaf, 1) : 0;
	size_t value = 0, lists = 0;

	*out = (struct run){ 0 };
	for (size_t i = 0; i < v->n; i++) {
		const unsigned definition = parquet_definition_at(v, i);

		if (depth < 2 ? i == 0 : parquet_repetition_at(v, i) < 2)
			lists += definition >= outer_there;
		if (definition < there)
			continue;
		if (definition < leaf->definition_level)
			return fail(err, "stored model: '%s' holds a null", leaf->name);
		if (lists == outer + 1) {
			if (out->n++ == 0)
				out->first = value;
		}
		value++;
	}
	return lists > outer ||
	       fail(err, "stored model: there are %zu lists, number %zu is asked for",
		    lists, outer + 1);
}

static bool
list_texts(const struct model *model, const struct parquet_node *field, size_t outer,
	   struct texts *out, struct arena *arena, struct error *err)
{
	const struct parquet_node *leaf = leaf_below(field);
	struct parquet_values v = { 0 };
	struct run run;
	struct text *at;
	bool done;

	if (!leaf || leaf->type != PARQUET_BYTES || leaf->repetition_level < 1 ||
	    leaf->repetition_level > 2)
		return fail(err, "stored model: '%s' is no list of texts", field->name);
	done = read_leaf(model, leaf, &v, err) && find_run(&v, leaf, outer, &run, err);
	if (done) {
		at = ARENA_ARRAY(arena, run.n + 1, struct text);
		for (size_t i = 0; i < run.n; i++) {
			struct text label = parquet_text(&v, run.first + i);

			at[i] = (struct text){
				arena_text_n(arena, label.data, label.size), label.size
			};
		}
		*out = (struct texts){ run.n, at };
	}
	parquet_release(&v);
	return done;
}

bool
model_texts(const struct model *model, const char *field, struct texts *out,
	    struct arena *arena, struct error *err)
{
	const struct parquet_node *node;

	return field_of(model, field, &node, err) &&
	       list_texts(model, node, 0, out, arena, err);
}

bool
model_labels(const struct model *model, size_t column, struct texts *out,
	     struct arena *arena, struct error *err)
{
	const struct parquet_node *node = child(model->data->root, "labels");

	if (!node && !field_of(model, "labelsArray", &node, err))
		return false;
	return list_texts(model, node, column, out, arena, err);
}

static double
number_at(const struct parquet_values *v, const struct parquet_node *leaf, size_t i)
{
	const void *data = v->values->data;

	switch (leaf->type) {
	case PARQUET_INT32:
		return ((const int32_t *)data)[i];
	case PARQUET_INT64:
		return (double)((const int64_t *)data)[i];
	case PARQUET_FLOAT:
		return (double)((const float *)data)[i];
	default:
		return ((const double *)data)[i];
	}
}

/* All numbers of a leaf: one, or a list. */
static bool
leaf_numbers(const struct model *model, const struct parquet_node *node,
	     struct numbers *out, struct arena *arena, struct error *err)
{
	const struct parquet_node *leaf = leaf_below(node);
	struct parquet_values v = { 0 };
	struct run run;
	double *at;
	bool done;

	if (!leaf || leaf->repetition_level > 1 ||
	    (leaf->type != PARQUET_INT32 && leaf->type != PARQUET_INT64 &&
	     leaf->type != PARQUET_FLOAT && leaf->type != PARQUET_DOUBLE))
		return fail(err, "stored model: '%s' is no number or list of them",
			    node ? node->name : "a vector");
	done = read_leaf(model, leaf, &v, err) && find_run(&v, leaf, 0, &run, err);
	if (done) {
		at = ARENA_ARRAY(arena, run.n + 1, double);
		for (size_t i = 0; i < run.n; i++)
			at[i] = number_at(&v, leaf, run.first + i);
		*out = (struct numbers){ run.n, at };
	}
	parquet_release(&v);
	return done;
}

/* Sparse: a size, and the places of those that are not zero. */
static bool
sparse_numbers(const struct model *model, const struct parquet_node *node,
	       const struct numbers *values, struct numbers *out, struct arena *arena,
	       struct error *err)
{
	struct numbers size, places;
	double *at;

	if (!leaf_numbers(model, child(node, "size"), &size, arena, err) ||
	    !leaf_numbers(model, child(node, "indices"), &places, arena, err))
		return false;
	if (size.n != 1 || size.at[0] < 0 || size.at[0] > MOST_ENTRIES ||
	    places.n != values->n)
		return fail(err, "stored model: '%s' is no vector", node->name);
	at = ARENA_ARRAY(arena, (size_t)size.at[0] + 1, double);
	for (size_t i = 0; i < places.n; i++) {
		if (places.at[i] < 0 || places.at[i] >= size.at[0])
			return fail(err, "stored model: '%s' is no vector", node->name);
		at[(size_t)places.at[i]] = values->at[i];
	}
	*out = (struct numbers){ (size_t)size.at[0], at };
	return true;
}

bool
model_numbers(const struct model *model, const char *field, struct numbers *out,
	      struct arena *arena, struct error *err)
{
	const struct parquet_node *node;
	struct numbers type, values;

	if (!field_of(model, field, &node, err))
		return false;
	if (!child(node, "type"))
		return leaf_numbers(model, node, out, arena, err);
	if (!leaf_numbers(model, child(node, "type"), &type, arena, err) ||
	    !leaf_numbers(model, child(node, "values"), &values, arena, err))
		return false;
	if (type.n == 1 && type.at[0] == 0)
		return sparse_numbers(model, node, &values, out, arena, err);
	*out = values;
	return true;
}
