/*
 * One table, written by another program in five ways, reads as the same values; what
 * we write reads back; each part refuses what it should.
 */
#include "data/parquet.h"

#include <stdlib.h>

#include "check.h"
#include "data/parquet_page.h"
#include "data/thrift.h"

enum { ROWS = 40 };

struct opened {
	struct arena mem;
	struct parquet file;
	struct parquet_values values[16];
	bool is_there;
	struct error err;
};

static char *
load(const char *name, struct text *out)
{
	const char *top = getenv("srcdir");
	char path[4096];
	FILE *file;
	long size = 0;
	char *data = NULL;

	snprintf(path, sizeof(path), "%s/tests/fuzz/parquet/%s.parquet", top ? top : ".",
		 name);
	file = fopen(path, "rb");
	if (file && fseek(file, 0, SEEK_END) == 0 && (size = ftell(file)) > 0) {
		rewind(file);
		data = malloc((size_t)size);
		if (data && fread(data, 1, (size_t)size, file) != (size_t)size)
			size = 0;
	}
	if (file)
		fclose(file);
	*out = (struct text){ data, (size_t)size };
	return data;
}

static void
read_all(struct text bytes, struct opened *o)
{
	*o = (struct opened){ 0 };
	o->is_there = parquet_open(bytes, &o->file, &o->mem, &o->err) &&
		      o->file.n_leaves <= COUNT(o->values);
	for (size_t i = 0; o->is_there && i < o->file.n_leaves; i++)
		for (size_t group = 0; o->is_there && group < o->file.n_groups; group++)
			o->is_there =
				parquet_read(&o->file, group, i, &o->values[i], &o->err);
}

static void
release(struct opened *o)
{
	for (size_t i = 0; i < COUNT(o->values); i++)
		parquet_release(&o->values[i]);
	arena_release(&o->mem);
}

static bool
same_values(const struct parquet_node *leaf, const struct parquet_values *a,
	    const struct parquet_values *b)
{
	if (a->n != b->n || a->n_values != b->n_values)
		return false;
	for (size_t i = 0; i < a->n; i++)
		if (parquet_repetition_at(a, i) != parquet_repetition_at(b, i) ||
		    parquet_definition_at(a, i) != parquet_definition_at(b, i))
			return false;
	if (leaf->type != PARQUET_BYTES)
		return !memcmp(a->values->data, b->values->data,
			       a->n_values * parquet_width(leaf));
	for (size_t i = 0; i < a->n_values; i++)
		if (!text_equal(parquet_text(a, i), parquet_text(b, i)))
			return false;
	return true;
}

static bool
same_files(const struct opened *a, const struct opened *b)
{
	bool same = a->file.n_leaves == b->file.n_leaves && a->file.rows == b->file.rows;

	for (size_t i = 0; same && i < a->file.n_leaves; i++)
		same = same_values(a->file.leaves[i], &a->values[i], &b->values[i]);
	return same;
}

/* Leaf, levels there, and its first values. */
static void
check_plain(const struct opened *o)
{
	static const char *const paths[] = { "long",
					     "int",
					     "double",
					     "float",
					     "flag",
					     "text",
					     "fixed",
					     "list.list.element",
					     "lists.list.element.list.element",
					     "struct.a",
					     "struct.b.list.element" };
	static const unsigned levels[][2] = { { 0, 1 }, { 0, 0 }, { 0, 1 }, { 0, 0 },
					      { 0, 1 }, { 0, 1 }, { 0, 1 }, { 1, 3 },
					      { 2, 5 }, { 0, 2 }, { 1, 4 } };
	const int64_t *longs = (const void *)o->values[0].values->data;
	const double *doubles = (const void *)o->values[2].values->data;

	CHECK(o->file.rows == ROWS && o->file.n_leaves == COUNT(paths));
	for (size_t i = 0; i < COUNT(paths); i++) {
		const struct parquet_node *leaf = parquet_leaf(&o->file, paths[i]);

		CHECK(leaf && leaf->leaf == i);
		CHECK(leaf && leaf->repetition_level == levels[i][0]);
		CHECK(leaf && leaf->definition_level == levels[i][1]);
	}
	CHECK(!parquet_leaf(&o->file, "list.element") &&
	      !parquet_leaf(&o->file, "element"));
	CHECK(!parquet_leaf(&o->file, "") && !parquet_leaf(&o->file, ".long"));
	CHECK(longs[0] == -50 && longs[3] == 4 * 4 - 50);
	CHECK(parquet_definition_at(&o->values[0], 3) == 0);
	CHECK(doubles[0] == 0.25);
	CHECK(text_is(parquet_text(&o->values[5], 0), "red"));
	CHECK(text_equal(parquet_text(&o->values[5], 1), (struct text){ "green\0", 6 }));
	CHECK(parquet_definition_at(&o->values[7], 0) == 1); /* [] */
	CHECK(parquet_definition_at(&o->values[7], 1) == 3);
	CHECK(parquet_repetition_at(&o->values[7], 3) == 1); /* the second of row 2 */
	CHECK(text_is(parquet_text(&o->values[7], 0), "x0"));
}

static void
check_seeds(const struct opened *plain)
{
	static const char *const names[] = { "dictionary-snappy", "gzip", "version2-lz4",
					     "version2-zstd" };

	for (size_t i = 0; i < COUNT(names); i++) {
		struct opened other;
		struct text bytes;
		char *data = load(names[i], &bytes);

		read_all(bytes, &other);
		if (!other.is_there && strstr(other.err.text, "built without"))
			printf("%s: skipped: %s\n", names[i], other.err.text);
		else
			CHECK(other.is_there && same_files(plain, &other));
		release(&other);
		free(data);
	}
}

static void
check_written(const struct opened *plain, enum parquet_codec codec)
{
	const struct parquet_note notes[] = { { "key", { "value\0", 6 } } };
	struct error err = { 0 };
	struct buffer *out = buffer_new(5, &err);
	struct opened again;

	if (!parquet_write(&plain->file, plain->values, notes, 1, codec, out, &err)) {
		CHECK(codec != PARQUET_UNCOMPRESSED && strstr(err.text, "built without"));
		buffer_drop(out);
		return;
	}
	read_all((struct text){ out->data + 5, out->size - 5 }, &again);
	CHECK(again.is_there && same_files(plain, &again));
	CHECK(again.is_there && again.file.leaves[5]->meaning == PARQUET_UTF8);
	release(&again);
	buffer_drop(out);
}

/* Runs by hand: n times this; groups of eight, packed. */
static const struct {
	const char *bytes;
	size_t size;
	unsigned width;
	size_t n;
	uint32_t numbers[10];
	bool wrong;
} hybrids[] = {
	{ "\x08\x05", 2, 3, 4, { 5, 5, 5, 5 } },
	{ "\x03\x88\xc6\xfa", 4, 3, 8, { 0, 1, 2, 3, 4, 5, 6, 7 } },
	{ "\x04\x01\x03\x55", 4, 1, 10, { 1, 1, 1, 0, 1, 0, 1, 0, 1, 0 } },
	{ "\x06\x01\x02", 3, 9, 3, { 513, 513, 513 } },
	{ "\x06", 1, 0, 3, { 0, 0, 0 } },
	{ "\x03", 1, 0, 8, { 0 } },
	{ "\x00\x01\x04\x01", 4, 1, 2, { 1, 1 } },
	{ "\x03\x05", 2, 4, 2, { 5, 0 } }, /* cut short, but enough */
	{ "\x03\x05", 2, 4, 3, { 0 }, true },
	{ "", 0, 3, 1, { 0 }, true },
	{ "\x08", 1, 3, 1, { 0 }, true },
	{ "\x08\x05", 2, 3, 5, { 0 }, true },
	{ "\xff\xff\xff\xff\xff\xff", 6, 1, 1, { 0 }, true },
};

static void
check_hybrids(void)
{
	for (size_t i = 0; i < COUNT(hybrids); i++) {
		struct text bytes = { hybrids[i].bytes, hybrids[i].size };
		struct hybrid h = hybrid_start(bytes, hybrids[i].width);
		uint32_t numbers[10];
		bool done = hybrid_take(&h, numbers, hybrids[i].n);

		CHECK(done != hybrids[i].wrong);
		CHECK(!done || !memcmp(numbers, hybrids[i].numbers, hybrids[i].n * 4));
	}
}

/* A skipped field of each type leaves the reader at the next one. */
static void
check_thrift(void)
{
	static const struct {
		const char *bytes;
		size_t size;
		bool wrong;
	} cases[] = {
		{ "\x11\x15\x02\0", 4 },                  /* 1: true, 2: 1 */
		{ "\x13\x09\x15\x02\0", 5 },              /* a byte */
		{ "\x17........\x15\x02\0", 12 },         /* a double */
		{ "\x18\x03yes\x15\x02\0", 8 },           /* a text */
		{ "\x19\x25\x02\x04\x15\x02\0", 7 },      /* a list */
		{ "\x1b\x01\x85\x01k\x02\x15\x02\0", 9 }, /* a map */
		{ "\x1b\0\x15\x02\0", 5 },                /* an empty one */
		{ "\x1c\x1c\x11\0\0\x15\x02\0", 8 },      /* structs */
		{ "\x1a\x22\1\2\x05\x04\x02\0", 8 },      /* a set, then a long id */
		{ "\x18\x09yes\x15\x02\0", 8, true },
		{ "\x19\xf5\xff\xff\xff\xff\x0f\x02\x15\x02\0", 11, true },
		{ "\x15\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01", 12, true },
		{ "\x1d\x15\x02\0", 4, true },
		{ "\x11", 1, true },
		{ "", 0, true },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct thrift t = { .at = cases[i].bytes,
				    .end = cases[i].bytes + cases[i].size };
		int64_t found = 0;

		for (struct thrift_field f = { 0 }; thrift_next(&t, &f);)
			if (f.id == 2)
				found = thrift_int(&t, &f);
			else
				thrift_skip(&t, &f);
		CHECK(t.is_bad == cases[i].wrong);
		CHECK(t.is_bad || (found == 1 && t.at == t.end));
	}
}

static void
check_refused(void)
{
	static const struct {
		const char *bytes;
		size_t size;
		const char *wrong;
	} cases[] = {
		{ "", 0, "no Parquet file" },
		{ "PAR1PAR1", 8, "no Parquet file" },
		{ "a,b\n1,2\n3,4\n", 12, "no Parquet file" },
		{ "PAR1\0\0\0\0PAR2", 12, "the Parquet file is cut off" },
		{ "PAR1\0\0\0\0PARE", 12, "the Parquet file is encrypted" },
		{ "PAR1\1\0\0\0PAR1", 12, "the Parquet file is cut off" },
		{ "PAR1\0\0\0\0PAR1", 12,
		  "the description at the end of the Parquet file is damaged" },
		{ "PAR1\0\1\0\0\0PAR1", 13,
		  "the description at the end of the Parquet file is damaged" },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct arena mem = { 0 };
		struct error err = { 0 };
		struct parquet file;
		struct text bytes = { cases[i].bytes, cases[i].size };

		CHECK(!parquet_open(bytes, &file, &mem, &err));
		CHECK_TEXT(err.text, cases[i].wrong);
		arena_release(&mem);
	}
}

int
main(void)
{
	struct opened plain;
	struct text bytes;
	char *data = load("plain", &bytes);

	read_all(bytes, &plain);
	CHECK(plain.is_there);
	if (plain.is_there) {
		check_plain(&plain);
		check_seeds(&plain);
		check_written(&plain, PARQUET_UNCOMPRESSED);
		check_written(&plain, PARQUET_SNAPPY);
	}
	release(&plain);
	free(data);
	check_hybrids();
	check_thrift();
	check_refused();
	CHECK(memory_used() == 0);
	return check_report();
}
