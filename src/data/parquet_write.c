/*
 * parquet_write - one row group, each leaf one PLAIN page with RLE levels.
 *
 * The same content gives the same bytes: no times, no names of this machine.
 */
#include "data/parquet_page.h"
#include "data/thrift.h"

struct place { /* of a leaf's chunk in the file */
	size_t at, size, unpacked;
};

struct writer {
	const struct parquet *shape;
	const struct parquet_values *values;
	enum parquet_codec codec;
	size_t start; /* of the file in out */
	struct place *places;
	struct buffer *body, *packed;
	struct thrift_out thrift;
};

bool
parquet_put_gap(struct parquet_values *v, unsigned repetition, unsigned definition,
		struct error *err)
{
	const char levels[] = { (char)repetition, (char)definition };

	if (!parquet_prepare(v, err) ||
	    !buffer_append(v->repetition, &levels[0], 1, err) ||
	    !buffer_append(v->definition, &levels[1], 1, err))
		return false;
	v->n++;
	return true;
}

bool
parquet_put(struct parquet_values *v, const struct parquet_node *leaf,
	    unsigned repetition, const void *value, struct error *err)
{
	if (!parquet_put_gap(v, repetition, leaf->definition_level, err) ||
	    !buffer_append(v->values, value, parquet_width(leaf), err))
		return false;
	v->n_values++;
	return true;
}

bool
parquet_put_text(struct parquet_values *v, const struct parquet_node *leaf,
		 unsigned repetition, struct text value, struct error *err)
{
	struct parquet_slice slice;

	if (leaf->type == PARQUET_FIXED)
		return value.size == (size_t)leaf->width
			       ? parquet_put(v, leaf, repetition, value.data, err)
			       : fail(err, "column '%s': %zu bytes instead of %d",
				      leaf->name, value.size, leaf->width);
	if (!parquet_prepare(v, err))
		return false;
	slice = (struct parquet_slice){ v->bytes->size, value.size };
	return buffer_append(v->bytes, value.data, value.size, err) &&
	       parquet_put(v, leaf, repetition, &slice, err);
}

static void
little(uint32_t value, char out[4])
{
	for (int i = 0; i < 4; i++, value >>= 8)
		out[i] = (char)(value & 0xff);
}

static bool
put_levels(const struct buffer *levels, unsigned most, struct buffer *out,
	   struct error *err)
{
	size_t at = out->size;

	if (most == 0)
		return true;
	if (!buffer_resize(out, at + 4, err) ||
	    !hybrid_write(levels, bits_for(most), out, err))
		return false;
	little((uint32_t)(out->size - at - 4), out->data + at);
	return true;
}

static bool
put_texts(const struct parquet_values *v, struct buffer *out, struct error *err)
{
	for (size_t i = 0; i < v->n_values; i++) {
		struct text value = parquet_text(v, i);
		char size[4];

		if (value.size > INT32_MAX)
			return fail(err, "a text of %zu bytes is too long for Parquet",
				    value.size);
		little((uint32_t)value.size, size);
		if (!buffer_append(out, size, 4, err) ||
		    !buffer_append(out, value.data, value.size, err))
			return false;
	}
	return true;
}

static bool
put_values(const struct parquet_node *leaf, const struct parquet_values *v,
	   struct buffer *out, struct error *err)
{
	size_t at = out->size;

	if (leaf->type == PARQUET_BYTES)
		return put_texts(v, out, err);
	if (leaf->type != PARQUET_BOOLEAN)
		return buffer_append(out, v->values->data, v->values->size, err);
	if (!buffer_resize(out, at + (v->n_values + 7) / 8, err))
		return false;
	for (size_t i = 0; i < v->n_values; i++)
		out->data[at + i / 8] |= (char)((v->values->data[i] & 1) << (i % 8));
	return true;
}

static void
put_page_header(struct writer *w, size_t entries)
{
	struct thrift_out *t = &w->thrift;

	thrift_put_int(t, 1, THRIFT_I32, PAGE_DATA);
	thrift_put_int(t, 2, THRIFT_I32, (int64_t)w->body->size);
	thrift_put_int(t, 3, THRIFT_I32, (int64_t)w->packed->size);
	thrift_put_struct(t, 5);
	thrift_put_int(t, 1, THRIFT_I32, (int64_t)entries);
	thrift_put_int(t, 2, THRIFT_I32, ENCODING_PLAIN);
	thrift_put_int(t, 3, THRIFT_I32, ENCODING_RLE);
	thrift_put_int(t, 4, THRIFT_I32, ENCODING_RLE);
	thrift_put_end(t);
	thrift_put_end(t);
}

static bool
put_chunk(struct writer *w, size_t i, struct buffer *out, struct error *err)
{
	const struct parquet_node *leaf = w->shape->leaves[i];
	const struct parquet_values *v = &w->values[i];
	struct place *place = &w->places[i];
	size_t header;

	w->body->size = w->packed->size = 0;
	place->at = out->size - w->start;
	if (!put_levels(v->repetition, leaf->repetition_level, w->body, err) ||
	    !put_levels(v->definition, leaf->definition_level, w->body, err) ||
	    !put_values(leaf, v, w->body, err))
		return false;
	if (v->n > INT32_MAX || w->body->size > INT32_MAX)
		return fail(err, "column '%s' is too large for one page", leaf->name);
	if (!parquet_pack(w->codec, (struct text){ w->body->data, w->body->size },
			  w->packed, err))
		return false;
	w->thrift = (struct thrift_out){ .out = out, .err = err };
	put_page_header(w, v->n);
	header = out->size - w->start - place->at;
	place->size = header + w->packed->size;
	place->unpacked = header + w->body->size;
	return !w->thrift.failed &&
	       buffer_append(out, w->packed->data, w->packed->size, err);
}

static void
put_node(struct thrift_out *t, const struct parquet_node *node)
{
	thrift_put_struct(t, 0);
	if (node->is_leaf)
		thrift_put_int(t, 1, THRIFT_I32, node->type);
	if (node->is_leaf && node->type == PARQUET_FIXED)
		thrift_put_int(t, 2, THRIFT_I32, node->width);
	if (node->parent)
		thrift_put_int(t, 3, THRIFT_I32, node->repetition);
	thrift_put_text(t, 4, text_of(node->name));
	if (!node->is_leaf)
		thrift_put_int(t, 5, THRIFT_I32, (int64_t)node->n_children);
	if (node->meaning >= PARQUET_UTF8 && node->meaning <= PARQUET_INTERVAL)
		thrift_put_int(t, 6, THRIFT_I32, node->meaning);
	if (node->meaning == PARQUET_DECIMAL) {
		thrift_put_int(t, 7, THRIFT_I32, node->scale);
		thrift_put_int(t, 8, THRIFT_I32, node->precision);
	}
	thrift_put_end(t);
	for (node = node->child; node; node = node->next)
		put_node(t, node);
}

static size_t
nodes(const struct parquet_node *node)
{
	size_t n = 1;

	for (node = node->child; node; node = node->next)
		n += nodes(node);
	return n;
}

static void
put_path(struct thrift_out *t, const struct parquet_node *leaf)
{
	const struct parquet_node *path[PARQUET_DEPTH + 1];
	size_t n = 0;

	for (; leaf->parent && n < COUNT(path); leaf = leaf->parent)
		path[n++] = leaf;
	thrift_put_list(t, 3, THRIFT_BINARY, n);
	while (n > 0)
		thrift_put_text(t, 0, text_of(path[--n]->name));
}

static void
put_place(struct writer *w, size_t i)
{
	struct thrift_out *t = &w->thrift;
	const struct place *place = &w->places[i];

	thrift_put_struct(t, 0);
	thrift_put_int(t, 2, THRIFT_I64, (int64_t)place->at);
	thrift_put_struct(t, 3);
	thrift_put_int(t, 1, THRIFT_I32, w->shape->leaves[i]->type);
	thrift_put_list(t, 2, THRIFT_I32, 2);
	thrift_put_int(t, 0, THRIFT_I32, ENCODING_RLE);
	thrift_put_int(t, 0, THRIFT_I32, ENCODING_PLAIN);
	put_path(t, w->shape->leaves[i]);
	thrift_put_int(t, 4, THRIFT_I32, w->codec);
	thrift_put_int(t, 5, THRIFT_I64, (int64_t)w->values[i].n);
	thrift_put_int(t, 6, THRIFT_I64, (int64_t)place->unpacked);
	thrift_put_int(t, 7, THRIFT_I64, (int64_t)place->size);
	thrift_put_int(t, 9, THRIFT_I64, (int64_t)place->at);
	thrift_put_end(t);
	thrift_put_end(t);
}

static int64_t
rows(const struct parquet_values *v)
{
	int64_t n = 0;

	for (size_t i = 0; i < v->n; i++)
		n += parquet_repetition_at(v, i) == 0;
	return n;
}

static void
put_description(struct writer *w, const struct parquet_note *notes, size_t n_notes)
{
	struct thrift_out *t = &w->thrift;
	const size_t n = w->shape->n_leaves;
	const int64_t n_rows = n ? rows(&w->values[0]) : 0;
	size_t size = 0;

	thrift_put_int(t, 1, THRIFT_I32, 1);
	thrift_put_list(t, 2, THRIFT_STRUCT, nodes(w->shape->root));
	put_node(t, w->shape->root);
	thrift_put_int(t, 3, THRIFT_I64, n_rows);
	thrift_put_list(t, 4, THRIFT_STRUCT, 1);
	thrift_put_struct(t, 0);
	thrift_put_list(t, 1, THRIFT_STRUCT, n);
	for (size_t i = 0; i < n; i++) {
		put_place(w, i);
		size += w->places[i].unpacked;
	}
	thrift_put_int(t, 2, THRIFT_I64, (int64_t)size);
	thrift_put_int(t, 3, THRIFT_I64, n_rows);
	thrift_put_end(t);
	if (n_notes)
		thrift_put_list(t, 5, THRIFT_STRUCT, n_notes);
	for (size_t i = 0; i < n_notes; i++) {
		thrift_put_struct(t, 0);
		thrift_put_text(t, 1, text_of(notes[i].key));
		thrift_put_text(t, 2, notes[i].value);
		thrift_put_end(t);
	}
	thrift_put_text(t, 6, text_of("lariat"));
	thrift_put_end(t);
}

static bool
put_file(struct writer *w, const struct parquet_note *notes, size_t n_notes,
	 struct buffer *out, struct error *err)
{
	size_t at;
	char size[4];

	if (!buffer_append(out, "PAR1", 4, err))
		return false;
	for (size_t i = 0; i < w->shape->n_leaves; i++)
		if (!put_chunk(w, i, out, err))
			return false;
	at = out->size;
	w->thrift = (struct thrift_out){ .out = out, .err = err };
	put_description(w, notes, n_notes);
	little((uint32_t)(out->size - at), size);
	return !w->thrift.failed && buffer_append(out, size, 4, err) &&
	       buffer_append(out, "PAR1", 4, err);
}

bool
parquet_write(const struct parquet *shape, const struct parquet_values *values,
	      const struct parquet_note *notes, size_t n_notes, enum parquet_codec codec,
	      struct buffer *out, struct error *err)
{
	struct writer w = {
		.shape = shape, .values = values, .codec = codec, .start = out->size
	};
	size_t size = (shape->n_leaves + 1) * sizeof(*w.places);
	bool done = (w.places = memory_alloc(size, err)) &&
		    (w.body = buffer_new(0, err)) && (w.packed = buffer_new(0, err)) &&
		    put_file(&w, notes, n_notes, out, err);

	if (w.places)
		memory_free(w.places, size);
	buffer_drop(w.body);
	buffer_drop(w.packed);
	return done;
}
