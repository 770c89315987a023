/*
 * parquet.h - Parquet files in memory, as they are: a tree of columns, of which the
 * leaves hold values with levels.
 *
 * A leaf's entries are its values and the gaps between them. Each entry has a
 * repetition level (0: a new row; k: a further entry of the k-th repeated group above
 * it) and a definition level (how many of the optional and repeated groups above it,
 * and itself, are there; the leaf's own level: there is a value). So a list of lists
 * of texts ["a", "b"], [] is, with optional lists and texts:
 *
 *	repetition	0 2 1
 *	definition	5 5 3		values "a" "b"
 *
 * The file is not trusted: what is inside it is checked before it is used, and what
 * does not fit is an error.
 *
 *	read	every physical type; PLAIN, dictionaries, RLE booleans; levels RLE or
 *		bit-packed; pages of version 1 and 2; snappy, gzip, zstd, LZ4_RAW
 *	written	one row group, one page a column, PLAIN, uncompressed or snappy
 */
#ifndef DATA_PARQUET_H
#define DATA_PARQUET_H

#include "base/arena.h"
#include "base/memory.h"
#include "base/text.h"

enum parquet_type {
	PARQUET_BOOLEAN,
	PARQUET_INT32,
	PARQUET_INT64,
	PARQUET_INT96,
	PARQUET_FLOAT,
	PARQUET_DOUBLE,
	PARQUET_BYTES,
	PARQUET_FIXED,
};

enum parquet_repetition { PARQUET_REQUIRED, PARQUET_OPTIONAL, PARQUET_REPEATED };

/* What a group or leaf stands for ("converted type"); PARQUET_AS_IS: just its type. */
enum parquet_meaning {
	PARQUET_AS_IS = -1,
	PARQUET_UTF8 = 0,
	PARQUET_MAP = 1,
	PARQUET_MAP_PAIR = 2,
	PARQUET_LIST = 3,
	PARQUET_ENUM = 4,
	PARQUET_DECIMAL = 5,
	PARQUET_DATE = 6,
	PARQUET_TIME_MILLIS = 7,
	PARQUET_TIME_MICROS = 8,
	PARQUET_TIMESTAMP_MILLIS = 9,
	PARQUET_TIMESTAMP_MICROS = 10,
	PARQUET_UINT8 = 11, /* 16, 32, 64 behind it */
	PARQUET_INT8 = 15,  /* the same */
	PARQUET_JSON = 19,
	PARQUET_BSON = 20,
	PARQUET_INTERVAL = 21,
	/* only as a "logical type" */
	PARQUET_TIMESTAMP_NANOS = 100,
	PARQUET_TIME_NANOS = 101,
	PARQUET_UUID = 102,
	PARQUET_FLOAT16 = 103,
	PARQUET_UNKNOWN = 104, /* always null */
};

enum parquet_codec {
	PARQUET_UNCOMPRESSED = 0,
	PARQUET_SNAPPY = 1,
	PARQUET_GZIP = 2,
	PARQUET_ZSTD = 6,
	PARQUET_LZ4 = 7,
};

enum { PARQUET_DEPTH = 60 }; /* groups in groups */

struct parquet_node {
	const char *name;
	enum parquet_repetition repetition;
	bool is_leaf;
	enum parquet_type type; /* leaf */
	int width;              /* PARQUET_FIXED: bytes a value */
	enum parquet_meaning meaning;
	int scale, precision;                              /* decimal */
	bool is_local;                                     /* times that are not UTC */
	struct parquet_node *parent, *child, *last, *next; /* child, last: below it */
	size_t n_children;
	unsigned repetition_level, definition_level; /* the most an entry can have here */
	size_t leaf;                                 /* leaf: its place in the file */
};

struct parquet_chunk { /* a leaf in a row group */
	int codec;
	uint64_t entries;
	struct text pages;
};

struct parquet_group {
	uint64_t rows;
	struct parquet_chunk *chunks; /* one a leaf */
};

struct parquet {
	uint64_t rows;
	struct parquet_node *root; /* the columns are its children */
	size_t n_leaves;
	struct parquet_node **leaves;
	size_t n_groups;
	struct parquet_group *groups;
};

/* Read the description at the end of the file. Pages point into file. */
CHECKED bool parquet_open(struct text file, struct parquet *out, struct arena *arena,
			  struct error *err);

/* A leaf by its path, "labelsArray.list.element"; NULL if there is none. */
const struct parquet_node *parquet_leaf(const struct parquet *file, const char *path);

struct parquet_slice {
	size_t at, size;
};

/*
 * Entries of a leaf in memory. values are those that are there, one behind the other:
 * uint8_t for booleans, int32_t, int64_t, 12 bytes, float, double, struct
 * parquet_slice into bytes, or width bytes.
 */
struct parquet_values {
	size_t n, n_values;
	struct buffer *repetition, *definition; /* uint8_t an entry; empty: all are 0 */
	struct buffer *values, *bytes;
};

/* Append all entries of a leaf in a row group to out, which {0} is good for. It is
 * the caller's to release, also after an error. */
CHECKED bool parquet_read(const struct parquet *file, size_t group, size_t leaf,
			  struct parquet_values *out, struct error *err);
void parquet_release(struct parquet_values *values);

static inline unsigned
parquet_repetition_at(const struct parquet_values *v, size_t i)
{
	return i < v->repetition->size ? (unsigned char)v->repetition->data[i] : 0;
}

static inline unsigned
parquet_definition_at(const struct parquet_values *v, size_t i)
{
	return i < v->definition->size ? (unsigned char)v->definition->data[i] : 0;
}

static inline struct text
parquet_text(const struct parquet_values *v, size_t i) /* the i-th value */
{
	const struct parquet_slice *slice = (const void *)v->values->data;

	return (struct text){ v->bytes->data + slice[i].at, slice[i].size };
}

/* Bytes of a value in .values. */
size_t parquet_width(const struct parquet_node *leaf);

/*
 * Writing: make a tree (parquet_root, parquet_add), settle it, fill each leaf's values
 * entry by entry, write.
 */
struct parquet_node *parquet_root(struct arena *arena);
struct parquet_node *parquet_add(struct parquet_node *parent, const char *name,
				 enum parquet_repetition repetition, struct arena *arena);

/* Find leaves and levels below the root. */
CHECKED bool parquet_settle(struct parquet_node *root, struct parquet *out,
			    struct arena *arena, struct error *err);

/* An entry without a value, or with one (text: of bytes and fixed leaves). */
CHECKED bool parquet_put_gap(struct parquet_values *v, unsigned repetition,
			     unsigned definition, struct error *err);
CHECKED bool parquet_put(struct parquet_values *v, const struct parquet_node *leaf,
			 unsigned repetition, const void *value, struct error *err);
CHECKED bool parquet_put_text(struct parquet_values *v, const struct parquet_node *leaf,
			      unsigned repetition, struct text value, struct error *err);

struct parquet_note { /* the file's key and value pairs */
	const char *key;
	struct text value;
};

/* Append a whole file of one row group. values: one a leaf. */
CHECKED bool parquet_write(const struct parquet *shape,
			   const struct parquet_values *values,
			   const struct parquet_note *notes, size_t n_notes,
			   enum parquet_codec codec, struct buffer *out,
			   struct error *err);

#endif
