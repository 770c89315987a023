/*
 * csv.h - the rules of CSV as lariat reads it, and the parts that obey them. Private.
 *
 * The rules, the same for every engine below:
 *
 *   - Rows end at LF; a CR before it, or at the end of the data, belongs to the row's
 *     end. A file that has CR but no LF at all has rows that end at CR.
 *   - A field that begins with the quote is quoted: it ends at the next quote that is
 *     not doubled, wherever that is. Newlines inside belong to the field, whatever the
 *     flow says of multi_line: a record that is torn there (which is what Spark does
 *     unless told otherwise) is damage that nobody asks for. Only a quote that never
 *     closes, up to the end of the file, is a mistake in its line: the field then ends
 *     with the line, without the quote unless that is all, and the next line is a row as
 * any other.
 *   - Blanks between a closing quote and what ends the field are dropped. Anything else
 *     there means that the quotes were text: the field is its quote, its unescaped
 *     content, the quote and the rest up to the delimiter. So does univocity, Spark's
 *     parser.
 *   - A quote elsewhere in a field is text. Nothing is trimmed.
 *   - A field of nothing is null, and so is a quoted one (""): Spark's nullValue is
 *     the empty string unless told otherwise, and that is looked at behind the quotes.
 *   - Lines of nothing but blanks (bytes up to ' ') are no rows: Spark drops them before
 *     it looks for delimiters, so a line of tabs is dropped in a tab-separated file. With
 *     multi_line only lines of nothing at all are dropped, as it then does.
 *   - Rows with too few fields end in nulls, what is too much is dropped; both counted.
 */
#ifndef IO_CSV_H
#define IO_CSV_H

#include "base/memory.h"
#include "base/text.h"
#include "io/io.h"

struct csv_rules {
	char delimiter[8];
	size_t delimiter_size;
	int quote; /* -1: none */
	char newline;
	bool keeps_blanks; /* lines of blanks are rows */
};

/*
 * csv_row.c - one row at a time, plain and slow: the rules as a program. Headers, the
 * cutting of streams, and rows that libcsv would see otherwise.
 */

/* Bytes of the row at data, with its newline; 0: it may go on behind the data. end: no
 * more data will come. */
size_t csv_row_size(const struct csv_rules *rules, struct text data, bool end);

bool csv_has_quote(const struct csv_rules *rules, struct text t);

/* The same row without its line end. */
struct text csv_row_content(const struct csv_rules *rules, struct text row);

/* Is this no row? (Content of a line.) */
bool csv_is_blank(const struct csv_rules *rules, struct text content);

/* The field at *at of a row's content, as it stands; *at moves behind its delimiter.
 * False: there is no more (*at is beyond the end). The first *at is 0. */
bool csv_field(const struct csv_rules *rules, struct text content, size_t *at,
	       struct text *raw);

/* Physical lines that end in t, whatever the quotes say. */
uint64_t csv_count_lines(const struct csv_rules *rules, struct text t);

enum csv_decoded { CSV_FINE, CSV_TEXT_BEHIND_QUOTE, CSV_NEVER_CLOSED };

/* A raw field's value, decoded in place; data NULL: null. */
enum csv_decoded csv_decode(const struct csv_rules *rules, char *data, size_t size,
			    struct text *value);

/*
 * csv_scan.c - all structure of a block at once, 64 bytes at a time.
 */

/* What is known between two bytes. {0} with prev_ok: the start of a row. */
struct csv_state {
	bool inside;    /* a quoted field */
	bool closer;    /* the byte before is a quote that closes one, unless doubled */
	bool prev_ok;   /* outside: the byte before is a delimiter or newline */
	size_t open_at; /* place of the last quote that opened a field */
};

struct csv_index {    /* places of structure in a block, in order */
	uint32_t *at; /* delimiters and newlines outside quotes */
	size_t n;
	uint32_t *row_end; /* places in at of the newlines */
	size_t n_rows;
	bool quotes; /* a quote is somewhere */
};

/* Append the structure of data[from, to) to index, which has room for to - from places
 * each. 64 bytes behind to must be readable. */
void csv_index_block(const struct csv_rules *rules, const char *data, size_t from,
		     size_t to, struct csv_state *state, struct csv_index *index);

/* What a stretch of bytes does to the state, for each state it may begin in. */
enum { CSV_OUTSIDE, CSV_INSIDE, CSV_CLOSER, CSV_STATES };

struct csv_summary {
	uint64_t lines;
	unsigned char end[CSV_STATES];
	bool closes[CSV_STATES]; /* a quoted field that was open is closed in it */
};

/* prev_ok: the byte before is a delimiter or newline. */
void csv_summarize(const struct csv_rules *rules, const char *data, size_t size,
		   bool prev_ok, struct csv_summary *out);

/* Use the vector code that this machine has (the preset), or less. For tests. */
enum csv_vector { CSV_PLAIN, CSV_SSE2, CSV_AVX2 };
void csv_use(enum csv_vector most);

#endif
