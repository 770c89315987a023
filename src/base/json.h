/*
 * json.h - JSON that loses nothing.
 *
 * A value is immutable and lives in an arena. What was read remembers its exact
 * bytes, so that a document saved untouched is the same bytes, and a changed one
 * differs only where it was changed: number text, escapes, order and repeated keys
 * stay. To change is to make a new value that shares the untouched parts; the old
 * one stays valid, which makes undo a matter of keeping the old root.
 *
 * (cJSON, which the tests hold this against, turns numbers into doubles and drops
 * their text: _hash integers above 2^53 would not survive.)
 */
#ifndef BASE_JSON_H
#define BASE_JSON_H

#include "base/arena.h"
#include "base/memory.h"
#include "base/text.h"

enum {
	JSON_DEPTH = 512, /* deeper nesting is refused */
	JSON_VALUES =
		1 << 22, /* so are more values than this: no text may take all memory */
};

enum json_kind {
	JSON_NULL,
	JSON_FALSE,
	JSON_TRUE,
	JSON_NUMBER,
	JSON_STRING,
	JSON_ARRAY,
	JSON_OBJECT,
};

struct json_member;

struct json {
	enum json_kind kind;
	unsigned depth;     /* it was read at; the document itself: 0 */
	struct text source; /* the bytes it was read from; empty: made in memory */
	struct text text;   /* string: decoded, UTF-8, may hold NUL; number: as written */
	size_t n;           /* array, object: entries */
	const struct json_member *at;
	const struct json *origin; /* what was read and this is a changed copy of */
};

struct json_member {
	struct text key;        /* object: decoded; array: empty */
	struct text key_source; /* with its quotes, as written; empty: made in memory */
	const struct json *value;
};

/* How a document is laid out; json_style() finds it in an existing one. */
struct json_style {
	int indent;   /* blanks a level; 0: one line */
	bool tabs;    /* the blanks are tabs */
	bool crlf;    /* lines end as on Windows */
	bool spaced;  /* one line: ", " and ": " as Python writes; else "," and ":" */
	bool newline; /* the document ends in a newline */
	bool ascii;   /* what is not ASCII is written as \uXXXX */
};

/* RFC 8259, a whole document; a byte order mark before it is allowed. The text must
 * outlive the value. On error: line, column, and what was expected. */
CHECKED const struct json *json_parse(struct text text, struct arena *arena,
				      struct error *err);
/* One value from *at on, which is moved behind it; blanks before it are skipped, what
 * follows is the caller's: for lines of JSON, and arrays too large to hold. */
CHECKED const struct json *json_parse_next(struct text text, size_t *at,
					   struct arena *arena, struct error *err);
struct json_style json_style(const struct json *document, struct text text);
/* Whether its first bracket and what it holds stand on one line. */
bool json_is_inline(const struct json *container);

/* Its own bytes, in arena: to outlive the document it comes from, or to be put into
 * another one. Numbers and strings keep how they were written, not the layout. */
const struct json *json_copy(const struct json *value, struct arena *arena);

/* NULL where there is none (also if the value is NULL or no object). The last of
 * repeated keys counts, as in JavaScript and Python. */
const struct json *json_find(const struct json *object, const char *key);
const struct json *json_find_text(const struct json *object, struct text key);
/* By path: "a.b.c"; a key that holds a dot cannot be reached this way. */
const struct json *json_at(const struct json *value, const char *path);

/* The members that count, sorted by key (code points, as Python sorts). */
const struct json_member **json_sorted(const struct json *object, size_t *n,
				       struct arena *arena);

bool json_is_string(const struct json *value, const char *text);
/* NULL and JSON null are absent. */
bool json_is_absent(const struct json *value);
/* A terminated copy of a string; NULL if it is none or holds NUL. */
const char *json_text(const struct json *value, struct arena *arena);
bool json_double(const struct json *value, double *out); /* a number */
bool json_long(const struct json *value, int64_t *out);  /* a whole number in range */

const struct json *json_new_null(void);
const struct json *json_new_bool(bool value);
const struct json *json_new_long(int64_t value, struct arena *arena);
const struct json *json_new_double(double value,
				   struct arena *arena); /* as JavaScript prints */
const struct json *json_new_text(struct text text, struct arena *arena);
const struct json *json_new_string(const char *text, struct arena *arena);
const struct json *json_new_object(void);
const struct json *json_new_array(void);
/* An array of n values at once; to append one by one copies the list each time. */
const struct json *json_new_list(const struct json *const *values, size_t n,
				 struct arena *arena);

/* A new object with the member set: in its place if it is there, else at the end.
 * NULL and what is no object count as an empty one. Changed back, a value is the one
 * that was read, with its bytes. */
const struct json *json_with(const struct json *object, const char *key,
			     const struct json *value, struct arena *arena);
/* The same, but a new member goes behind `after`, if that is there. */
const struct json *json_with_after(const struct json *object, const char *after,
				   const char *key, const struct json *value,
				   struct arena *arena);
const struct json *json_without(const struct json *object, const char *key,
				struct arena *arena);
/* The same by path; missing objects on the way are made. value NULL: removed. */
const struct json *json_with_at(const struct json *value, const char *path,
				const struct json *put, struct arena *arena);

/* Arrays: at index (n: append), in place of. */
const struct json *json_insert(const struct json *array, size_t index,
			       const struct json *value, struct arena *arena);
const struct json *json_replace(const struct json *array, size_t index,
				const struct json *value, struct arena *arena);
/* These n instead of what it holds: for many changes at once. */
const struct json *json_with_items(const struct json *array,
				   const struct json *const *items, size_t n,
				   struct arena *arena);

/* Same kind and content; numbers by value, objects in any order. */
bool json_equal(const struct json *a, const struct json *b);

/* Append to out. Parts with a source keep their bytes; what moved to another depth
 * is laid out anew. style NULL: one line, as Python writes. */
CHECKED bool json_write(const struct json *value, const struct json_style *style,
			struct buffer *out, struct error *err);

/* Append s as a quoted JSON string. */
CHECKED bool json_write_string(struct text s, bool ascii, struct buffer *out,
			       struct error *err);

/* Python's json.dumps(value, sort_keys=True): the text that _hash is the SHA-1 of. */
CHECKED bool json_write_python(const struct json *value, struct buffer *out,
			       struct error *err);

#endif
