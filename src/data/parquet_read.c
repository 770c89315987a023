/*
 * parquet_read - a column chunk: its pages in order, levels first, then values.
 *
 * Numbers are copied as they stand in the file, least byte first, which is how this
 * program's machines keep them.
 */
#include "data/parquet_page.h"

enum { PIECE = 256 }; /* numbers unpacked at once */

struct reader {
	const struct parquet_node *leaf;
	int codec;
	bool has_dictionary;
	size_t n_dictionary;
	struct buffer *dictionary; /* values; texts are slices into out->bytes */
	struct buffer *scratch;
	struct parquet_values *out;
};

size_t
parquet_width(const struct parquet_node *leaf)
{
	switch (leaf->type) {
	case PARQUET_BOOLEAN:
		return 1;
	case PARQUET_INT32:
	case PARQUET_FLOAT:
		return 4;
	case PARQUET_INT64:
	case PARQUET_DOUBLE:
		return 8;
	case PARQUET_INT96:
		return 12;
	case PARQUET_FIXED:
		return (size_t)leaf->width;
	case PARQUET_BYTES:
		break;
	}
	return sizeof(struct parquet_slice);
}

static bool
short_of(size_t n, struct error *err)
{
	return fail(err, "a page is cut off: it has less than %zu values", n);
}

static uint32_t
little(const char *p)
{
	const unsigned char *b = (const unsigned char *)p;

	return b[0] | (uint32_t)b[1] << 8 | (uint32_t)b[2] << 16 | (uint32_t)b[3] << 24;
}

/* Texts, each with its size before it. */
static bool
plain_texts(struct text body, size_t n, struct buffer *values, struct buffer *bytes,
	    struct error *err)
{
	size_t start = bytes->size, at = 0;
	struct parquet_slice *slice;

	if (body.size / 4 < n)
		return short_of(n, err);
	if (!buffer_append(bytes, body.data, body.size, err) ||
	    !buffer_reserve(values, n * sizeof(*slice), err))
		return false;
	slice = (void *)(values->data + values->size);
	for (size_t i = 0; i < n; i++) {
		size_t size;

		if (body.size - at < 4)
			return short_of(n, err);
		size = little(body.data + at);
		at += 4;
		if (body.size - at < size)
			return short_of(n, err);
		slice[i] = (struct parquet_slice){ start + at, size };
		at += size;
	}
	values->size += n * sizeof(*slice);
	return true;
}

static bool
plain(const struct parquet_node *leaf, struct text body, size_t n, struct buffer *values,
      struct buffer *bytes, struct error *err)
{
	size_t width = parquet_width(leaf);

	if (leaf->type == PARQUET_BYTES)
		return plain_texts(body, n, values, bytes, err);
	if (leaf->type != PARQUET_BOOLEAN)
		return body.size / width < n
			       ? short_of(n, err)
			       : buffer_append(values, body.data, n * width, err);
	if (body.size < n / 8 + (n % 8 > 0))
		return short_of(n, err);
	if (!buffer_reserve(values, n, err))
		return false;
	for (size_t i = 0; i < n; i++)
		values->data[values->size++] = body.data[i / 8] >> (i % 8) & 1;
	return true;
}

/* Places in the dictionary. */
static bool
by_dictionary(struct reader *r, struct text body, size_t n, struct error *err)
{
	struct buffer *values = r->out->values;
	size_t width = parquet_width(r->leaf);
	struct hybrid h;

	if (!r->has_dictionary)
		return fail(err, "a page needs a dictionary, and there is none");
	if (n == 0)
		return true;
	if (body.size == 0 || (unsigned char)body.data[0] > 32)
		return short_of(n, err);
	h = hybrid_start((struct text){ body.data + 1, body.size - 1 },
			 (unsigned char)body.data[0]);
	while (n > 0) {
		size_t k = n < PIECE ? n : PIECE;
		uint32_t place[PIECE];

		if (!hybrid_take(&h, place, k))
			return short_of(n, err);
		if (!buffer_reserve(values, k * width, err))
			return false;
		for (size_t i = 0; i < k; i++) {
			if (place[i] >= r->n_dictionary)
				return fail(err,
					    "a page refers to entry %u of a dictionary "
					    "of %zu",
					    place[i], r->n_dictionary);
			memcpy(values->data + values->size,
			       r->dictionary->data + place[i] * width, width);
			values->size += width;
		}
		n -= k;
	}
	return true;
}

/* Levels or booleans as a hybrid, a byte each. */
static bool
unpack_bytes(struct hybrid *h, size_t n, unsigned most, struct buffer *out,
	     struct error *err)
{
	if (!buffer_reserve(out, n, err))
		return false;
	while (n > 0) {
		size_t k = n < PIECE ? n : PIECE;
		uint32_t level[PIECE];

		if (!hybrid_take(h, level, k))
			return short_of(n, err);
		for (size_t i = 0; i < k; i++) {
			if (level[i] > most)
				return fail(err,
					    "a page has level %u where %u is the most",
					    level[i], most);
			out->data[out->size++] = (char)level[i];
		}
		n -= k;
	}
	return true;
}

/* Cut a part off that has its size before it. */
static bool
cut_sized(struct text *body, struct text *part, struct error *err)
{
	size_t size;

	if (body->size < 4 || (size = little(body->data)) > body->size - 4)
		return fail(err, "a page is cut off in its levels");
	*part = (struct text){ body->data + 4, size };
	*body = (struct text){ body->data + 4 + size, body->size - 4 - size };
	return true;
}

static bool
boolean_runs(struct text body, size_t n, struct buffer *values, struct error *err)
{
	struct text part;
	struct hybrid h;

	if (!cut_sized(&body, &part, err))
		return false;
	h = hybrid_start(part, 1);
	return unpack_bytes(&h, n, 1, values, err);
}

static bool
read_values(struct reader *r, const struct parquet_page *page, struct text body, size_t n,
	    struct error *err)
{
	struct parquet_values *out = r->out;
	bool done;

	switch (page->encoding) {
	case ENCODING_PLAIN:
		done = plain(r->leaf, body, n, out->values, out->bytes, err);
		break;
	case ENCODING_PLAIN_DICTIONARY:
	case ENCODING_RLE_DICTIONARY:
		done = by_dictionary(r, body, n, err);
		break;
	case ENCODING_RLE:
		if (r->leaf->type == PARQUET_BOOLEAN) {
			done = boolean_runs(body, n, out->values, err);
			break;
		}
		/* fallthrough */
	default:
		return fail(err, "values in encoding %d cannot be read yet",
			    page->encoding);
	}
	out->n_values += done ? n : 0;
	return done;
}

/* The old way of levels: packed, highest bit first, no runs. */
static bool
old_levels(struct text *body, size_t n, unsigned most, struct buffer *out,
	   struct error *err)
{
	unsigned width = bits_for(most);
	size_t size = (n * width + 7) / 8;

	if (size > body->size)
		return fail(err, "a page is cut off in its levels");
	if (!buffer_reserve(out, n, err))
		return false;
	for (size_t i = 0; i < n; i++) {
		unsigned level = 0;

		for (size_t bit = i * width; bit < (i + 1) * width; bit++)
			level = level << 1 | (body->data[bit / 8] >> (7 - bit % 8) & 1);
		if (level > most)
			return fail(err, "a page has level %u where %u is the most",
				    level, most);
		out->data[out->size++] = (char)level;
	}
	*body = (struct text){ body->data + size, body->size - size };
	return true;
}

static bool
levels(struct text *body, int encoding, size_t n, unsigned most, struct buffer *out,
       struct error *err)
{
	struct text part;
	struct hybrid h;

	if (most == 0)
		return true;
	if (encoding == ENCODING_BIT_PACKED)
		return old_levels(body, n, most, out, err);
	if (encoding != ENCODING_RLE)
		return fail(err, "levels in encoding %d cannot be read", encoding);
	if (!cut_sized(body, &part, err))
		return false;
	h = hybrid_start(part, bits_for(most));
	return unpack_bytes(&h, n, most, out, err);
}

/* Version 2: without sizes, since the header has them. */
static bool
levels_2(struct text *body, size_t size, size_t n, unsigned most, struct buffer *out,
	 struct error *err)
{
	struct hybrid h = hybrid_start((struct text){ body->data, size }, bits_for(most));

	*body = (struct text){ body->data + size, body->size - size };
	return most == 0 || unpack_bytes(&h, n, most, out, err);
}

/* Packed bytes, unpacked if they are; the result lives until the next page. */
static bool
unpacked(struct reader *r, struct text packed, bool is_packed, size_t size,
	 struct text *out, struct error *err)
{
	if (!is_packed || r->codec == PARQUET_UNCOMPRESSED) {
		*out = packed;
		return packed.size == size ||
		       fail(err, "a page has %zu bytes instead of %zu", packed.size,
			    size);
	}
	if (!parquet_unpack(r->codec, packed, size, r->scratch, err))
		return false;
	*out = (struct text){ r->scratch->data, size };
	return true;
}

static size_t
values_there(const struct parquet_values *out, unsigned level, size_t first, size_t n)
{
	size_t there = 0;

	for (size_t i = first; i < first + n; i++)
		there += parquet_definition_at(out, i) == level;
	return there;
}

static bool
read_data(struct reader *r, const struct parquet_page *page, struct error *err)
{
	const struct parquet_node *leaf = r->leaf;
	struct parquet_values *out = r->out;
	struct text body = page->body;
	const size_t n = page->entries;
	size_t size = page->size - page->repetition_size - page->definition_size;
	bool done;

	if (page->kind == PAGE_DATA) {
		done = unpacked(r, body, true, page->size, &body, err) &&
		       levels(&body, page->repetition_encoding, n, leaf->repetition_level,
			      out->repetition, err) &&
		       levels(&body, page->definition_encoding, n, leaf->definition_level,
			      out->definition, err);
	} else {
		done = levels_2(&body, page->repetition_size, n, leaf->repetition_level,
				out->repetition, err) &&
		       levels_2(&body, page->definition_size, n, leaf->definition_level,
				out->definition, err) &&
		       unpacked(r, body, page->is_packed, size, &body, err);
	}
	if (!done)
		return false;
	out->n += n;
	return read_values(r, page, body,
			   values_there(out, leaf->definition_level, out->n - n, n), err);
}

static bool
read_dictionary(struct reader *r, const struct parquet_page *page, struct error *err)
{
	struct text body;

	if (r->has_dictionary)
		return fail(err, "there are two dictionaries");
	if (page->encoding != ENCODING_PLAIN &&
	    page->encoding != ENCODING_PLAIN_DICTIONARY)
		return fail(err, "a dictionary in encoding %d cannot be read",
			    page->encoding);
	r->has_dictionary = true;
	r->n_dictionary = page->entries;
	return unpacked(r, page->body, true, page->size, &body, err) &&
	       plain(r->leaf, body, page->entries, r->dictionary, r->out->bytes, err);
}

static bool
read_pages(struct reader *r, const struct parquet_chunk *chunk, struct error *err)
{
	struct text left = chunk->pages;
	uint64_t missing = chunk->entries;

	while (missing > 0) {
		struct parquet_page page;

		if (!parquet_next_page(&left, &page, err))
			return false;
		if (page.kind == PAGE_INDEX)
			continue;
		if (page.kind == PAGE_DICTIONARY) {
			if (!read_dictionary(r, &page, err))
				return false;
			continue;
		}
		if (page.entries > missing)
			return fail(err, "a page has more entries than its column");
		if (!read_data(r, &page, err))
			return false;
		missing -= page.entries;
	}
	return true;
}

/* Entries without repetition start a row each. */
static bool
check_rows(const struct reader *r, size_t first, uint64_t rows, struct error *err)
{
	uint64_t found = 0;

	for (size_t i = first; i < r->out->n; i++)
		found += parquet_repetition_at(r->out, i) == 0;
	if (found != rows || (first < r->out->n && parquet_repetition_at(r->out, first)))
		return fail(err, "it has %llu rows instead of %llu",
			    (unsigned long long)found, (unsigned long long)rows);
	return true;
}

bool
parquet_prepare(struct parquet_values *out, struct error *err)
{
	struct buffer **all[] = { &out->repetition, &out->definition, &out->values,
				  &out->bytes };

	for (size_t i = 0; i < COUNT(all); i++)
		if (!*all[i] && !(*all[i] = buffer_new(0, err)))
			return false;
	return true;
}

bool
parquet_read(const struct parquet *file, size_t group, size_t leaf,
	     struct parquet_values *out, struct error *err)
{
	const struct parquet_group *rows = &file->groups[group];
	struct reader r = { .leaf = file->leaves[leaf],
			    .codec = rows->chunks[leaf].codec,
			    .out = out };
	size_t first = out->n;
	bool done = parquet_prepare(out, err) && (r.dictionary = buffer_new(0, err)) &&
		    (r.scratch = buffer_new(0, err)) &&
		    read_pages(&r, &rows->chunks[leaf], err) &&
		    check_rows(&r, first, rows->rows, err);

	buffer_drop(r.dictionary);
	buffer_drop(r.scratch);
	return done || fail_in(err, "column '%s': ", r.leaf->name);
}

void
parquet_release(struct parquet_values *values)
{
	buffer_drop(values->repetition);
	buffer_drop(values->definition);
	buffer_drop(values->values);
	buffer_drop(values->bytes);
	*values = (struct parquet_values){ 0 };
}
