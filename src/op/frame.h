/*
 * frame.h - a table over a pipe, to a Python program and back.
 *
 * Both ends run on this machine, so numbers are in its own byte order. frame.py is the
 * other end; this is the one description.
 *
 *	to Python	MAGIC, u32 n settings, each: name, value
 *			u32 n columns, each: u32 type, name
 *			chunks: u64 rows, then the cells of each column
 *			u64 END
 *	from Python	MAGIC, blocks: u64 size and so many bytes; u64 END
 *			the first block: u32 FRAME_TABLE, u32 n columns, u64 rows, each
 *			column: u32 type, name; then one block of cells after the
 *			other, column by column, chunk by chunk
 *			or: u32 FRAME_FAILED, u32 0, a sentence up to the end of the block
 *	name, value	u64 size and so many bytes
 *	cells		u32 type, layout, flags, n; u64 rows, bytes; then
 *			FRAME_VALIDITY: a bit a row, least significant first, set: there
 *			plain: the values as in column.h; bool: bits;
 *				string: int64 offsets[rows + 1] (the first need not be 0),
 *				then so many bytes of text
 *			dictionary: int32 codes[rows], cells of the dictionary;
 *				FRAME_AGAIN: no cells, it is the one before of this
 *				column; never from Python
 *			list: int64 offsets[rows + 1], cells of the child
 *			struct: n times: name, cells
 *
 * What stands in the place of a null means nothing.
 */
#ifndef OP_FRAME_H
#define OP_FRAME_H

#include "base/arena.h"
#include "data/table.h"

#define FRAME_MAGIC "LARIATF1"
#define FRAME_END   UINT64_MAX

enum { FRAME_TABLE = 84, FRAME_FAILED = 69 };
enum { FRAME_VALIDITY = 1, FRAME_VECTOR = 2, FRAME_AGAIN = 4 };
enum { FRAME_DEPTH = 16 }; /* lists in lists */

struct cells_head {
	uint32_t type, layout, flags, n;
	uint64_t rows, bytes;
};

struct frame_setting {
	const char *name, *value;
};

/* Writes without copying what is in memory: the table must stay as it is. */
struct frame_writer {
	const struct frame_setting *settings; /* up to a NULL name */
	const struct schema *schema;
	const struct table *table;
	struct batch *now;  /* what the pieces at hand point into */
	struct arena arena; /* of the pieces at hand */
	struct text *pieces;
	size_t n_pieces, room, next;
	size_t batch, column;
	int state;
	const struct column **last; /* dictionaries the other end has, a column */
	struct column **held;       /* copies that pieces point into */
	size_t n_held;
};

void frame_write_start(struct frame_writer *writer, const struct frame_setting *settings,
		       const struct schema *schema, const struct table *table);
/* The next piece, valid until the next call; none: the end. */
CHECKED bool frame_write(struct frame_writer *writer, struct text *piece,
			 struct error *err);
void frame_write_release(struct frame_writer *writer);

/* Takes the answer in pieces of any size. Nothing in it is believed. */
struct frame_reader {
	struct arena *arena; /* of the names */
	struct schema schema;
	struct table table;
	struct buffer *have; /* bytes not yet understood */
	struct batch *batch; /* the chunk at hand */
	size_t column;
	uint64_t rows; /* as the head says */
	bool begun, has_head, ended;
	const char *failed; /* the sentence, if it failed */
};

void frame_read_start(struct frame_reader *reader, struct arena *arena);
CHECKED bool frame_read(struct frame_reader *reader, struct text piece,
			struct error *err);
/* All is there: a whole table, or a sentence. */
CHECKED bool frame_read_end(struct frame_reader *reader, struct error *err);
void frame_read_release(struct frame_reader *reader); /* also the table, if not taken */

#endif
