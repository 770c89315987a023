/*
 * The answer of a program is bytes of a stranger: cut anywhere, changed anywhere, in
 * pieces of any size, with memory refused at any point, it is a table or a sentence.
 */
#include <stdlib.h>

#include "base/memory.h"
#include "check.h"
#include "op/frame.h"

static struct arena arena;
static struct error err;

struct bytes {
	size_t size;
	char data[4096];
};

static void
put(struct bytes *b, const void *data, size_t size)
{
	memcpy(b->data + b->size, data, size);
	b->size += size;
}

static void
put_u32(struct bytes *b, uint32_t value)
{
	put(b, &value, sizeof(value));
}

static void
put_u64(struct bytes *b, uint64_t value)
{
	put(b, &value, sizeof(value));
}

static void
put_name(struct bytes *b, const char *name)
{
	put_u64(b, strlen(name));
	put(b, name, strlen(name));
}

static void
put_block(struct bytes *b, const struct bytes *block)
{
	put_u64(b, block->size);
	put(b, block->data, block->size);
}

static void
put_cells(struct bytes *b, uint32_t type, uint32_t layout, uint32_t flags, uint32_t n,
	  uint64_t rows, uint64_t bytes)
{
	const struct cells_head head = { type, layout, flags, n, rows, bytes };

	put(b, &head, sizeof(head));
}

/* x long with a null, s string, l list of floats, d struct of a string: three rows. */
static void
good_answer(struct bytes *out)
{
	struct bytes head = { 0 }, x = { 0 }, s = { 0 }, l = { 0 }, d = { 0 };

	put_u32(&head, FRAME_TABLE);
	put_u32(&head, 4);
	put_u64(&head, 3);
	put_u32(&head, TYPE_LONG);
	put_name(&head, "x");
	put_u32(&head, TYPE_STRING);
	put_name(&head, "s");
	put_u32(&head, TYPE_OBJECT);
	put_name(&head, "l");
	put_u32(&head, TYPE_OBJECT);
	put_name(&head, "d");

	put_cells(&x, TYPE_LONG, LAYOUT_PLAIN, FRAME_VALIDITY, 0, 3, 0);
	put(&x, "\5", 1);
	for (uint64_t i = 1; i <= 3; i++)
		put_u64(&x, i);

	put_cells(&s, TYPE_STRING, LAYOUT_PLAIN, 0, 0, 3, 3);
	for (uint64_t i = 0; i <= 3; i++)
		put_u64(&s, i);
	put(&s, "abc", 3);

	put_cells(&l, TYPE_OBJECT, LAYOUT_LIST, 0, 0, 3, 0);
	for (uint64_t i = 0; i <= 3; i++)
		put_u64(&l, i ? 2 : 0);
	put_cells(&l, TYPE_FLOAT, LAYOUT_PLAIN, 0, 0, 2, 0);
	put_u64(&l, 0);
	put_u64(&l, 0);

	put_cells(&d, TYPE_OBJECT, LAYOUT_STRUCT, 0, 1, 3, 0);
	put_name(&d, "m");
	put(&d, s.data, s.size);

	out->size = 0;
	put(out, FRAME_MAGIC, 8);
	put_block(out, &head);
	put_block(out, &x);
	put_block(out, &s);
	put_block(out, &l);
	put_block(out, &d);
	put_u64(out, FRAME_END);
}

/* Read in pieces of so many bytes; true: a table of four columns, three rows. */
static bool
read_all(const struct bytes *b, size_t size, size_t piece)
{
	struct frame_reader reader;
	bool ok = true;

	frame_read_start(&reader, &arena);
	err = (struct error){ 0 };
	for (size_t at = 0; ok && at < size; at += piece)
		ok = frame_read(&reader,
				(struct text){ b->data + at,
					       size - at < piece ? size - at : piece },
				&err);
	ok = ok && frame_read_end(&reader, &err);
	if (ok) {
		struct batch *batch = NULL;
		const struct column *x;

		CHECK(reader.schema.n == 4 && reader.table.rows == 3);
		CHECK(table_batch(&reader.table, 0, &batch, &err));
		x = batch->at[0];
		CHECK(x && x->nulls == 1 && column_is_null(x, 1) &&
		      column_longs(x)[2] == 3);
		batch_free(batch);
	}
	frame_read_release(&reader);
	return ok;
}

static void
pieces_and_cuts(void)
{
	static struct bytes good;
	static const size_t pieces[] = { 1, 7, 64, 4096 };
	size_t used = memory_used();

	good_answer(&good);
	for (size_t i = 0; i < COUNT(pieces); i++)
		CHECK(read_all(&good, good.size, pieces[i]));
	for (size_t size = 0; size < good.size; size++)
		CHECK(!read_all(&good, size, 4096) && err.text[0]);
	put(&good, "x", 1);
	CHECK(!read_all(&good, good.size, 4096));
	put_u64(&good, 0);
	CHECK(!read_all(&good, good.size, 4096));
	CHECK(memory_used() == used);
}

/* Every byte set to something else: no crash, no leak. Values may change unseen. */
static void
changes(void)
{
	static const unsigned char others[] = { 0x00, 0x01, 0x7f, 0x80, 0xff };
	static struct bytes good, bad;
	struct frame_reader reader;

	good_answer(&good);
	for (size_t i = 0; i < good.size; i++)
		for (size_t o = 0; o < COUNT(others); o++) {
			bad = good;
			bad.data[i] = (char)others[o];
			frame_read_start(&reader, &arena);
			if (frame_read(&reader, (struct text){ bad.data, bad.size },
				       &err) &&
			    frame_read_end(&reader, &err))
				CHECK(reader.table.rows == 3);
			else
				CHECK(err.text[0]);
			frame_read_release(&reader);
		}
}

static void
refusals(void)
{
	static struct bytes good;
	size_t used = memory_used(), n = 1;
	bool done = false;

	good_answer(&good);
	for (; !done && n < 100; n++) {
		memory_refuse(n);
		done = read_all(&good, good.size, 64);
		memory_refuse(0);
		CHECK(done || strstr(err.text, "out of memory"));
		CHECK(memory_used() == used);
	}
	CHECK(done && n > 10);
}

/* One column of cells that must not be believed. */
static const struct {
	struct cells_head head;
	uint64_t values[5];
	size_t n;
} liars[] = {
	{ { TYPE_LONG, LAYOUT_PLAIN, 0, 0, UINT64_MAX, 0 }, { 0 }, 1 },
	{ { TYPE_LONG, LAYOUT_PLAIN, 0, 0, 1u << 30, 0 }, { 0 }, 1 },
	{ { TYPE_LONG, LAYOUT_PLAIN, FRAME_VALIDITY, 0, 1, 0 }, { 0 }, 0 },
	{ { TYPE_LONG, LAYOUT_DICTIONARY, 0, 0, 1, 0 }, { 0 }, 1 },
	{ { TYPE_LONG, LAYOUT_LIST, 0, 0, 1, 0 }, { 0 }, 2 },
	{ { TYPE_LONG, 9, 0, 0, 1, 0 }, { 0 }, 1 },
	{ { TYPE_OBJECT, LAYOUT_PLAIN, 0, 0, 1, 0 }, { 0 }, 1 },
	{ { TYPE_OBJECT, LAYOUT_STRUCT, 0, 0, 1u << 30, 0 }, { 0 }, 0 },
	{ { TYPE_OBJECT, LAYOUT_STRUCT, 0, UINT32_MAX, 1, 0 }, { 0 }, 1 },
	{ { TYPE_STRING, LAYOUT_PLAIN, 0, 0, 2, 8 }, { 0, 9, 8, 0 }, 4 },
	{ { TYPE_STRING, LAYOUT_PLAIN, 0, 0, 2, 8 }, { 1, 2, 8, 0 }, 4 },
	{ { TYPE_STRING, LAYOUT_PLAIN, 0, 0, 1, 8 }, { 0, UINT64_MAX, 0 }, 3 },
	{ { TYPE_STRING, LAYOUT_PLAIN, 0, 0, 1, UINT64_MAX }, { 0, UINT64_MAX, 0 }, 3 },
	{ { TYPE_STRING, LAYOUT_PLAIN, 0, 0, 1, 16 }, { 0, 16, 0 }, 3 },
	{ { 3, LAYOUT_PLAIN, 0, 0, 1, 0 }, { 0 }, 1 },
	{ { TYPE_FLOAT, LAYOUT_PLAIN, 0, 0, 1, 0 }, { 0 }, 2 },
};

static void
lies(void)
{
	for (size_t i = 0; i < COUNT(liars); i++) {
		struct bytes head = { 0 }, cells = { 0 };
		static struct bytes all;
		struct frame_reader reader;
		bool ok;

		put_u32(&head, FRAME_TABLE);
		put_u32(&head, 1);
		put_u64(&head, liars[i].head.rows);
		put_u32(&head, liars[i].head.type);
		put_name(&head, "x");
		put(&cells, &liars[i].head, sizeof(liars[i].head));
		put(&cells, liars[i].values, liars[i].n * sizeof(uint64_t));
		all.size = 0;
		put(&all, FRAME_MAGIC, 8);
		put_block(&all, &head);
		put_block(&all, &cells);
		put_u64(&all, FRAME_END);
		frame_read_start(&reader, &arena);
		ok = frame_read(&reader, (struct text){ all.data, all.size }, &err) &&
		     frame_read_end(&reader, &err);
		if (ok)
			printf("liar %zu was believed\n", i);
		CHECK(!ok && strncmp(err.text, "the answer of the program", 25) == 0);
		frame_read_release(&reader);
	}
}

/* Lists in lists without end. */
static void
depth(void)
{
	static struct bytes cells, all;
	struct bytes head = { 0 };
	struct frame_reader reader;

	put_u32(&head, FRAME_TABLE);
	put_u32(&head, 1);
	put_u64(&head, 0);
	put_u32(&head, TYPE_OBJECT);
	put_name(&head, "x");
	for (int i = 0; i < 60; i++) {
		put_cells(&cells, TYPE_OBJECT, LAYOUT_LIST, 0, 0, 0, 0);
		put_u64(&cells, 0);
	}
	put(&all, FRAME_MAGIC, 8);
	put_block(&all, &head);
	put_block(&all, &cells);
	frame_read_start(&reader, &arena);
	CHECK(!frame_read(&reader, (struct text){ all.data, all.size }, &err));
	CHECK_TEXT(err.text,
		   "the answer of the program cannot be read: lists too deep in lists");
	frame_read_release(&reader);
}

/* A sentence of the program, and one that would act on a terminal. */
static void
sentences(void)
{
	struct bytes head = { 0 }, all = { 0 };
	struct frame_reader reader;

	put_u32(&head, FRAME_FAILED);
	put_u32(&head, 0);
	put(&head, "it \33[2J went wrong", 18);
	put(&all, FRAME_MAGIC, 8);
	put_block(&all, &head);
	put_u64(&all, FRAME_END);
	frame_read_start(&reader, &arena);
	CHECK(frame_read(&reader, (struct text){ all.data, all.size }, &err));
	CHECK(!frame_read_end(&reader, &err));
	CHECK_TEXT(err.text, "it ?[2J went wrong");
	frame_read_release(&reader);
}

int
main(void)
{
	pieces_and_cuts();
	changes();
	refusals();
	lies();
	depth();
	sentences();
	arena_release(&arena);
	return check_report();
}
