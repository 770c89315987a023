/*
 * pack_parts.h - records, formats and words. Private to pack*.c and unpack*.c.
 */
#ifndef DATA_PACK_PARTS_H
#define DATA_PACK_PARTS_H

#include <pthread.h>

#include "data/column_parts.h"
#include "data/pack.h"

enum spot_kind {
	SPOT_NONE,   /* the column is not there */
	SPOT_INT,    /* long, date, datetime: base + unsigned */
	SPOT_SCALED, /* float: (base + unsigned) / 10^scale */
	SPOT_RAW,    /* float: its 8 bytes */
	SPOT_BIT,    /* bool */
	SPOT_CODE,   /* string: unsigned code into the words */
	SPOT_INLINE, /* string: a byte with the size, and room for the longest */
	SPOT_TAIL,   /* string: offset into the tail; there: size, bytes */
	SPOT_OBJECT, /* offset into the tail; there: pack_object.c */
};

enum { NO_BIT = -1, INLINE_MOST = 15, PACK_TILE = 256 };

/* Where a column stands in a record, and what may stand there. Bits are numbered from
 * the record's start, least significant first. */
struct spot {
	enum spot_kind kind;
	enum type type;
	unsigned width, scale;
	int there; /* bit: set, if it is no null; NO_BIT: none is null */
	int bit;   /* bool */
	size_t at; /* byte in the record */
	int64_t base;
	int64_t low, high;    /* values there were; low > high: none yet */
	struct column *model; /* object: a column of no rows */
};

struct format {
	struct format *next;
	struct packing *packing; /* that it belongs to */
	size_t n, width;         /* columns; bytes of a record */
	size_t bits;             /* bytes of bits, at its start */
	struct spot spots[];
};

/* What a batch's column needs of its spot. */
struct need {
	const struct column *column;
	enum spot_kind kind;
	bool nulls;
	unsigned scale;
	int64_t low, high;    /* value, scaled value, code, or size of a text */
	struct buffer *codes; /* SPOT_CODE: int32 by code of its dictionary */
	size_t tail;          /* bytes it takes there */
};

/* The strings of a column, in the order in which they were first seen. */
struct words {
	bool closed; /* there are too many: strings are packed as they are */
	size_t n, mask;
	uint32_t *slots;                /* by hash: code + 1; 0: free */
	struct buffer *offsets, *bytes; /* int64[n + 1] */
	struct column *column;          /* the words, as far as they were asked for */
	struct known {
		struct column *dictionary;
		struct buffer *codes;
	} known[4]; /* dictionaries that were met last */
	unsigned next;
};

struct packing {
	pthread_mutex_t lock;
	atomic_int refs;
	struct format *formats; /* the last one made comes first */
	size_t n;
	struct words *words; /* by column */
};

static inline const char *
packed_records(const struct packed *page)
{
	return (const char *)(page + 1);
}

/* The codes of a dictionary's entries; *codes NULL: there would be too many words. Drop
 * it. *most: the highest code so far. */
CHECKED bool words_codes(struct packing *packing, size_t i, struct column *dictionary,
			 struct buffer **codes, int64_t *most, struct error *err);
/* The words as a column to share. */
CHECKED struct column *words_column(struct packing *packing, size_t i, struct error *err);
void words_release(struct words *words);

/* A format that fits all needs. */
CHECKED const struct format *format_for(struct packing *packing, const struct need *needs,
					size_t n, struct error *err);
void formats_release(struct format *formats);
/* May rows of both stand in one column? */
bool object_is_like(const struct column *a, const struct column *b);

/* A size in the tail: one byte, or 255 and eight. */
static inline size_t
tail_size(size_t size)
{
	return size < UINT8_MAX ? 1 + size : 9 + size;
}

static inline char *
tail_put(char *p, struct text text)
{
	uint64_t size = text.size;

	*p++ = (char)(size < UINT8_MAX ? size : UINT8_MAX);
	if (size >= UINT8_MAX) {
		memcpy(p, &size, sizeof(size));
		p += sizeof(size);
	}
	if (size)
		memcpy(p, text.data, size);
	return p + size;
}

static inline struct text
tail_get(const char **p)
{
	uint64_t size = (unsigned char)*(*p)++;
	struct text text;

	if (size == UINT8_MAX) {
		memcpy(&size, *p, sizeof(size));
		*p += sizeof(size);
	}
	text = (struct text){ *p, size };
	*p += size;
	return text;
}

/* A row of an object column in the tail. */
size_t object_size(const struct column *c, size_t row);
char *object_put(const struct column *c, size_t row, char *p);
/* n of them (NULL: a null), as a column like the model. */
CHECKED struct column *object_get(const struct column *model, const char *const *cells,
				  size_t n, struct error *err);

#endif
