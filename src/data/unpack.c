/*
 * unpack - rows of pages into a batch, column by column.
 *
 * Rows are put into groups of one format; for each column and group one loop reads the
 * field out of every record. Usually there is one group.
 */
#include <stdlib.h>

#include "data/pack_parts.h"
#include "data/scaled.h"

/* The n rows asked for: their records and tails, sorted by group. */
struct picked {
	size_t n, size;      /* size: bytes of all arrays */
	const char **record; /* these three are one block */
	const char **tail;
	uint32_t *place; /* in the batch */
	struct group {
		const struct format *format;
		size_t first, n;
	} * groups;
	size_t n_groups;
	bool in_order; /* place[i] == i */
};

static bool
picked_new(struct picked *p, size_t n, size_t n_groups, struct error *err)
{
	*p = (struct picked){ .n = n, .n_groups = n_groups };
	p->size = n * (2 * sizeof(char *) + sizeof(uint32_t));
	p->groups = calloc(n_groups ? n_groups : 1, sizeof(*p->groups));
	if (!p->groups)
		return fail(err, "out of memory: the system refused %zu formats", n);
	p->record = memory_alloc_bare(p->size, err);
	if (!p->record) {
		free(p->groups);
		return false;
	}
	p->tail = p->record + n;
	p->place = (uint32_t *)(void *)(p->tail + n);
	return true;
}

static void
picked_release(struct picked *p)
{
	free(p->groups);
	memory_free(p->record, p->size);
}

/* How many formats the rows have, and which: *formats is a list that grows. */
struct formats {
	size_t n, room;
	const struct format **at;
	uint32_t *counts;
};

static bool
note_format(struct formats *f, const struct format *format, size_t *last,
	    struct error *err)
{
	if (f->n && f->at[*last] == format)
		return true;
	for (*last = 0; *last < f->n; ++*last)
		if (f->at[*last] == format)
			return true;
	if (f->n == f->room) {
		size_t room = f->room ? 2 * f->room : 8;
		void *at = realloc(f->at, room * sizeof(*f->at));
		void *counts = at ? realloc(f->counts, room * sizeof(*f->counts)) : NULL;

		f->at = at ? at : f->at;
		f->counts = counts ? counts : f->counts;
		if (!counts)
			return fail(err, "out of memory: the system refused %zu formats",
				    room);
		f->room = room;
	}
	f->counts[f->n] = 0;
	f->at[f->n++] = format;
	return true;
}

static void
set_groups(struct picked *p, const struct formats *f)
{
	size_t first = 0;

	for (size_t g = 0; g < f->n; g++) {
		p->groups[g] = (struct group){ f->at[g], first, 0 };
		first += f->counts[g];
	}
	p->in_order = f->n == 1;
}

static bool
count_formats(struct formats *f, const struct packed *const *pages,
	      const struct packed_row *rows, size_t n, struct error *err)
{
	enum { AHEAD = 16 }; /* rows whose pages' heads are asked for in time */
	size_t last = 0;

	for (size_t i = 0; i < n; i++) {
		if (i + AHEAD < n)
			__builtin_prefetch(pages[rows[i + AHEAD].page]);
		if (!note_format(f, pages[rows[i].page]->format, &last, err))
			return false;
		f->counts[last]++;
	}
	return true;
}

static void
put_places(struct picked *p, const struct packed *const *pages,
	   const struct packed_row *rows)
{
	struct group *group = p->groups;

	for (size_t i = 0; i < p->n; i++) {
		const struct packed *page = pages[rows[i].page];
		const char *record;
		size_t at;

		if (group->format != page->format)
			for (group = p->groups; group->format != page->format;)
				group++;
		at = group->first + group->n++;
		record = packed_records(page) + rows[i].row * page->format->width;
		__builtin_prefetch(record);
		__builtin_prefetch(record + 63);
		p->record[at] = record;
		p->tail[at] = (const char *)page + page->tail;
		p->place[at] = (uint32_t)i;
	}
}

static bool
pick(struct picked *p, const struct packed *const *pages, const struct packed_row *rows,
     size_t n, struct error *err)
{
	struct formats formats = { 0 };
	bool ok = count_formats(&formats, pages, rows, n, err) &&
		  picked_new(p, n, formats.n, err);

	if (ok) {
		set_groups(p, &formats);
		put_places(p, pages, rows);
	}
	free(formats.at);
	free(formats.counts);
	return ok;
}

static bool
pick_all(struct picked *p, const struct packed *page, struct error *err)
{
	if (!picked_new(p, page->rows, 1, err))
		return false;
	p->groups[0] = (struct group){ page->format, 0, page->rows };
	p->in_order = true;
	for (size_t i = 0; i < page->rows; i++) {
		p->record[i] = packed_records(page) + i * page->format->width;
		p->tail[i] = (const char *)page + page->tail;
		p->place[i] = (uint32_t)i;
	}
	return true;
}

static inline uint64_t
load(const char *p, unsigned width)
{
	uint64_t wide = 0;

	memcpy(&wide, p, width); /* little-endian: the machine's own order is used */
	return wide;
}

/* One loop a width, so that each knows its load. */
#define GET_ALL(WIDTH, PUT)                                                     \
	{                                                                       \
		if (p->in_order)                                                \
			for (size_t i = 0; i < n; i++) {                        \
				const uint64_t v = load(record[i] + at, WIDTH); \
				const size_t k = g->first + i;                  \
				PUT;                                            \
			}                                                       \
		else                                                            \
			for (size_t i = 0; i < n; i++) {                        \
				const uint64_t v = load(record[i] + at, WIDTH); \
				const size_t k = place[i];                      \
				PUT;                                            \
			}                                                       \
	}

#define GET_WIDTH(PUT)                                            \
	do {                                                      \
		const char *const *record = p->record + g->first; \
		const uint32_t *place = p->place + g->first;      \
		const size_t n = g->n, at = f->at;                \
		if (f->width == 0)                                \
			GET_ALL(0, PUT)                           \
		else if (f->width == 1)                           \
			GET_ALL(1, PUT)                           \
		else if (f->width == 2)                           \
			GET_ALL(2, PUT)                           \
		else if (f->width == 4)                           \
			GET_ALL(4, PUT)                           \
		else                                              \
			GET_ALL(8, PUT)                           \
	} while (0)

static void
get_ints(const struct picked *p, const struct group *g, const struct spot *f,
	 struct column *to)
{
	const uint64_t base = (uint64_t)f->base;

	if (f->type == TYPE_DATE) {
		int32_t *out = column_ints(to);

		GET_WIDTH(out[k] = (int32_t)(base + v));
	} else {
		int64_t *out = column_longs(to);

		GET_WIDTH(out[k] = (int64_t)(base + v));
	}
}

static void
get_floats(const struct picked *p, const struct group *g, const struct spot *f,
	   struct column *to)
{
	const uint64_t base = (uint64_t)f->base;
	const double scale = scale_power(f->scale);
	double *out = column_floats(to);

	if (f->kind == SPOT_RAW)
		GET_WIDTH(memcpy(&out[k], &v, sizeof(v)));
	else
		GET_WIDTH(out[k] = (double)(int64_t)(base + v) / scale);
}

/* codes: of this packing's words, by code of the group's own; NULL: they are the same. */
static void
get_codes(const struct picked *p, const struct group *g, const struct spot *f,
	  const struct buffer *codes, struct column *to)
{
	const int32_t *own = codes ? (const int32_t *)(const void *)codes->data : NULL;
	int32_t *out = column_ints(to);

	if (!own)
		GET_WIDTH(out[k] = (int32_t)v);
	else if (codes->size)
		GET_WIDTH(out[k] = own[v]);
}

/* Bits out of the records. The places are in order or they are not: whole words then. */
static void
get_bits(const struct picked *p, const struct group *g, int bit, char *out)
{
	const char *const *record = p->record + g->first;
	const uint32_t *place = p->place + g->first;
	const size_t at = (size_t)bit / 8;
	const unsigned shift = (unsigned)bit % 8;

	for (size_t i = 0; !p->in_order && i < g->n; i++)
		if ((unsigned char)record[i][at] >> shift & 1)
			bit_set(out, place[i]);
	for (size_t i = 0; p->in_order && i < g->n; i += 64) {
		size_t n = g->n - i < 64 ? g->n - i : 64;
		uint64_t word = 0;

		for (size_t j = 0; j < n; j++)
			word |= (uint64_t)((unsigned char)record[i + j][at] >> shift & 1)
				<< j;
		memcpy(out + (g->first + i) / 8, &word, sizeof(word));
	}
}

static bool
get_validity(const struct picked *p, size_t column, struct column *to, struct error *err)
{
	bool any = false;
	size_t there = 0;

	for (size_t g = 0; g < p->n_groups; g++)
		any = any || p->groups[g].format->spots[column].there != NO_BIT;
	if (!any)
		return true;
	to->validity = buffer_new(column_bits_size(p->n), err);
	if (!to->validity)
		return false;
	for (size_t g = 0; g < p->n_groups; g++) {
		const struct group *group = &p->groups[g];
		int bit = group->format->spots[column].there;

		if (bit != NO_BIT)
			get_bits(p, group, bit, to->validity->data);
		for (size_t i = 0; bit == NO_BIT && i < group->n; i++)
			bit_set(to->validity->data, p->place[group->first + i]);
	}
	for (size_t i = 0; i < to->validity->size; i += 8) {
		uint64_t word;

		memcpy(&word, to->validity->data + i, 8);
		there += (size_t)__builtin_popcountll(word);
	}
	to->nulls = p->n - there;
	if (to->nulls == 0) {
		buffer_drop(to->validity);
		to->validity = NULL;
	}
	return true;
}

static const char *
tail_at(const struct picked *p, size_t i, const struct spot *f)
{
	return p->tail[i] + load(p->record[i] + f->at, f->width == 4 ? 4 : 8);
}

/* A text where it stands: in the record, the tail, or the words. */
static struct text
text_of_row(const struct picked *p, size_t i, const struct spot *f,
	    const struct column *words)
{
	const char *at = p->record[i] + f->at;

	if (f->kind == SPOT_INLINE)
		return (struct text){ at + 1, (unsigned char)*at };
	if (f->kind == SPOT_CODE)
		return words->rows ? column_text(words, load(at, f->width))
				   : (struct text){ 0 };
	at = tail_at(p, i, f);
	return tail_get(&at);
}

static void
copy_text(char *to, struct text text)
{
	/* records and buffers are padded, so that short texts are two words */
	if (text.size <= 16)
		memcpy(to, text.data, 16);
	else
		memcpy(to, text.data, text.size);
}

/* The words of each group, all of them found before they are looked at. */
static bool
words_of_groups(const struct picked *p, size_t column, struct column **words,
		struct error *err)
{
	for (size_t g = 0; g < p->n_groups; g++)
		if (p->groups[g].format->spots[column].kind == SPOT_CODE &&
		    !(words[g] = words_column(p->groups[g].format->packing, column, err)))
			return false;
	return true;
}

static bool
get_texts(const struct picked *p, size_t column, struct column *const *words,
	  struct column *to, struct error *err)
{
	size_t size = p->n * sizeof(struct text), end = 0;
	struct text *texts = memory_alloc_bare(size, err);
	int64_t *offsets = column_longs(to);

	if (!texts)
		return false;
	for (size_t g = 0; g < p->n_groups; g++) {
		const struct group *group = &p->groups[g];
		const struct spot *f = &group->format->spots[column];

		for (size_t i = group->first; i < group->first + group->n; i++)
			texts[p->place[i]] = text_of_row(p, i, f, words[g]);
	}
	for (size_t i = 0; i < p->n; i++) {
		if (column_is_null(to, i))
			texts[i].size = 0;
		offsets[i] = (int64_t)end;
		end += texts[i].size;
	}
	offsets[p->n] = (int64_t)end;
	to->bytes = buffer_new_bare(end, err);
	for (size_t i = 0; to->bytes && i < p->n; i++)
		if (texts[i].size)
			copy_text(to->bytes->data + offsets[i], texts[i]);
	memory_free(texts, size);
	return to->bytes != NULL;
}

/* The one that knows what a list holds; others are empty or null. */
static const struct column *
model_of(const struct picked *p, size_t column)
{
	const struct column *model = p->groups[0].format->spots[column].model;

	for (size_t g = 1; g < p->n_groups; g++) {
		const struct column *other = p->groups[g].format->spots[column].model;

		if (other->n_children > model->n_children)
			model = other;
	}
	return model;
}

static struct column *
get_objects(const struct picked *p, size_t column, struct error *err)
{
	size_t size = p->n * sizeof(char *);
	const char **cells = memory_alloc_bare(size, err);
	struct column *to = NULL;

	if (!cells)
		return NULL;
	for (size_t g = 0; g < p->n_groups; g++) {
		const struct group *group = &p->groups[g];
		const struct spot *f = &group->format->spots[column];

		for (size_t i = group->first; i < group->first + group->n; i++)
			cells[p->place[i]] = tail_at(p, i, f);
	}
	to = object_get(model_of(p, column), cells, p->n, err);
	memory_free(cells, size);
	return to;
}

/* The codes that groups of other packings have in this one's words. Groups of one packing
 * stand at most once in the list of those that were met. */
static bool
codes_of_groups(struct packing *packing, const struct picked *p, size_t column,
		struct buffer **codes, bool *all, struct error *err)
{
	*all = true;
	for (size_t g = 0; *all && g < p->n_groups; g++) {
		struct packing *own = p->groups[g].format->packing;
		struct column *words;
		int64_t most;
		bool ok;

		if (p->groups[g].format->spots[column].kind != SPOT_CODE)
			*all = false;
		if (!*all || own == packing)
			continue;
		words = words_column(own, column, err);
		ok = words && words_codes(packing, column, words, &codes[g], &most, err);
		column_drop(words);
		if (!ok)
			return false;
		*all = codes[g] != NULL;
	}
	return true;
}

/* A column that is filled tile by tile, when all columns are there: records that were
 * read for one are still in the nearest cache for the next. */
struct filling {
	struct column *to;     /* NULL: there is nothing to fill */
	struct buffer **codes; /* by group; of a dictionary */
};

static bool
prepare_coded(struct packing *packing, const struct picked *p, size_t column,
	      struct column *to, struct error *err)
{
	to->layout = LAYOUT_DICTIONARY;
	to->values = buffer_new_bare(p->n * sizeof(int32_t), err);
	to->dictionary = to->values ? words_column(packing, column, err) : NULL;
	return to->dictionary != NULL;
}

static bool
get_plain(const struct picked *p, size_t column, struct column **words, struct column *to,
	  struct error *err)
{
	to->values = buffer_new_bare((p->n + 1) * sizeof(int64_t), err);
	return to->values && words_of_groups(p, column, words, err) &&
	       get_texts(p, column, words, to, err);
}

static void
drop_codes(struct buffer **codes, size_t n)
{
	for (size_t g = 0; codes && g < n; g++)
		buffer_drop(codes[g]);
	free(codes);
}

/* Texts as they are are put there at once, codes are left to be filled in. */
static bool
prepare_strings(struct packing *packing, const struct picked *p, size_t column,
		struct column *to, struct filling *filling, struct error *err)
{
	struct column **words = calloc(p->n_groups, sizeof(struct column *));
	struct buffer **codes = calloc(p->n_groups, sizeof(struct buffer *));
	bool all = false,
	     ok = (codes && words) ||
		  fail(err, "out of memory: the system refused %zu formats", p->n_groups);

	ok = ok && codes_of_groups(packing, p, column, codes, &all, err);
	if (ok)
		ok = all ? prepare_coded(packing, p, column, to, err)
			 : get_plain(p, column, words, to, err);
	if (ok && all)
		*filling = (struct filling){ to, codes };
	else
		drop_codes(codes, p->n_groups);
	for (size_t g = 0; words && g < p->n_groups; g++)
		column_drop(words[g]);
	free(words);
	return ok;
}

/* The column with all but what is left to be filled in. */
static struct column *
prepare(struct packing *packing, const struct picked *p, size_t column,
	struct filling *filling, struct error *err)
{
	enum type type = p->groups[0].format->spots[column].type;
	struct column *to;
	bool ok;

	if (type == TYPE_OBJECT)
		return get_objects(p, column, err);
	to = column_bare(type, LAYOUT_PLAIN, p->n, err);
	if (!to)
		return NULL;
	ok = get_validity(p, column, to, err);
	if (ok && type == TYPE_STRING)
		ok = prepare_strings(packing, p, column, to, filling, err);
	if (!ok || type == TYPE_STRING)
		return ok ? to : column_fail(to);
	to->values = buffer_new_bare(column_values_size(type, LAYOUT_PLAIN, p->n), err);
	if (!to->values)
		return column_fail(to);
	if (type == TYPE_BOOL)
		memset(to->values->data, 0, to->values->size);
	filling->to = to;
	return to;
}

/* part: some rows of group g. */
static void
fill(const struct picked *p, const struct group *part, size_t g, size_t column,
     const struct filling *filling)
{
	const struct spot *f = &part->format->spots[column];
	struct column *to = filling->to;

	if (f->type == TYPE_STRING)
		get_codes(p, part, f, filling->codes[g], to);
	else if (f->type == TYPE_BOOL)
		get_bits(p, part, f->bit, to->values->data);
	else if (f->type == TYPE_FLOAT)
		get_floats(p, part, f, to);
	else
		get_ints(p, part, f, to);
}

static void
fill_all(const struct picked *p, size_t n, const struct filling *fillings)
{
	for (size_t g = 0; g < p->n_groups; g++) {
		struct group part = p->groups[g];
		size_t end = part.first + part.n;

		for (; part.first < end; part.first += PACK_TILE) {
			size_t left = end - part.first;

			part.n = left < PACK_TILE ? left : PACK_TILE;
			for (size_t i = 0; i < n; i++)
				if (fillings[i].to)
					fill(p, &part, g, i, &fillings[i]);
		}
	}
}

static struct batch *
get_batch(struct packing *packing, const struct picked *p, const bool *wanted,
	  struct error *err)
{
	const struct format *format = p->groups[0].format;
	size_t n = format->n;
	struct batch *batch = batch_new(n, p->n, err);
	struct filling *fillings = batch ? calloc(n + 1, sizeof(*fillings)) : NULL;
	bool ok =
		fillings ||
		(batch && fail(err, "out of memory: the system refused %zu columns", n));

	for (size_t i = 0; ok && i < n; i++) {
		if (format->spots[i].kind == SPOT_NONE || (wanted && !wanted[i]))
			continue;
		batch->at[i] = prepare(packing, p, i, &fillings[i], err);
		ok = batch->at[i] != NULL;
	}
	if (ok)
		fill_all(p, n, fillings);
	for (size_t i = 0; fillings && i < n; i++)
		drop_codes(fillings[i].codes, p->n_groups);
	free(fillings);
	if (ok)
		return batch;
	batch_free(batch);
	return NULL;
}

struct batch *
unpack(struct packing *packing, const struct packed *page, const bool *wanted,
       struct error *err)
{
	struct picked p;
	struct batch *batch;

	if (!pick_all(&p, page, err))
		return NULL;
	batch = get_batch(packing, &p, wanted, err);
	picked_release(&p);
	return batch;
}

struct batch *
unpack_rows(struct packing *packing, const struct packed *const *pages,
	    const struct packed_row *rows, size_t n, const bool *wanted,
	    struct error *err)
{
	struct picked p;
	struct batch *batch;

	if (!pick(&p, pages, rows, n, err))
		return NULL;
	batch = get_batch(packing, &p, wanted, err);
	picked_release(&p);
	return batch;
}
