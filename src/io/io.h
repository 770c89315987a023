/*
 * io.h - formats: rows out of files, and into them.
 *
 * A source is opened data: names, types, size. A pass reads it once, from the first
 * row to the last; several passes may read one source, also at the same time. Threads
 * of a pass each have a reader. A reader claims the next chunk that nobody has claimed
 * and reads its batches:
 *
 *	source_open(&options, &source, err)
 *	pass_open(source, &want, &pass, err)
 *	in every thread:
 *		reader_open(pass, &reader, err)
 *		while (reader_claim(reader, &chunk, &more, err) && more)
 *			while (reader_next(reader, &batch, err) && batch)
 *				...
 *		reader_close(reader)
 *	pass_close(pass); source_close(source)
 *
 * Chunks are numbered from 0 in the order of the rows, without a gap, and hold the same
 * rows in every pass, whatever the number of threads; a chunk may be empty. Batches of
 * a chunk come in order. So (chunk, batch) is a place that never changes.
 *
 * To add a format: write io/X.c with a struct format format_X, add its line to io.am.
 */
#ifndef IO_IO_H
#define IO_IO_H

#include "base/arena.h"
#include "base/ending.h"
#include "base/names.h"
#include "data/batch.h"
#include "data/dialect.h"
#include "io/csv_write.h"

struct source_options {
	const char *path; /* a file, or a folder: all files in it, by path; "-": input */
	const char *uri;  /* what the path stands for, for the filename column; or NULL */
	const char *format; /* "csv", ...; NULL: by the file's ending, else csv */
	struct dialect dialect;
	bool nested;          /* folder: with the folders below */
	bool filename_column; /* add _data_source_filename, the last column */

	size_t keep_bytes;  /* what passes may keep of it for later ones; 0: nothing */
	size_t chunk_bytes; /* 0: 256 KB, which a core's cache holds. For tests */
	bool stream;        /* read a file as if it came through a pipe. For tests */
};

struct source {
	const struct format *format;
	const char *path;
	struct schema schema;  /* as the data has it; of a CSV all are strings */
	uint64_t bytes;        /* of all files, for progress; 0: not known (a pipe) */
	struct arena arena;    /* of the source; not for others */
	struct recall *recall; /* what is kept of it; NULL: nothing ever */
};

/* What a pass is to read. */
struct want {
	/* Per column of the schema: 0 = not read, its slot in a batch stays NULL; its own
	 * type; or, for a string, any type but object: then values are cast as cast.h
	 * does it. NULL: all columns as they are. Copied. */
	const enum type *types;
	size_t batch_rows; /* at most, in a batch; 0: 2048 */
	bool again;        /* another pass over the source follows: what is parsed may be
			    * kept for it */
};

/* Things in the data that are not as they should be; counted, and read on. */
enum trouble {
	TROUBLE_SHORT,  /* rows with too few fields: the rest is null */
	TROUBLE_LONG,   /* rows with too many: the rest is dropped */
	TROUBLE_QUOTE,  /* text behind a closing quote: kept, with the quotes */
	TROUBLE_OPEN,   /* a quote that never closes: the field ends with its line */
	TROUBLE_BLANK,  /* lines of nothing but blanks: skipped */
	TROUBLE_HEADER, /* files whose names differ from the first one's: by position */
	TROUBLES,
};

enum { TROUBLE_PLACES = 5 };

struct trouble_place {
	size_t chunk;
	uint64_t line;    /* physical line of its file, from 1 */
	const char *file; /* the source's own, lives as long */
};

/* The same whatever the threads were: the counts, and the first places. */
struct troubles {
	uint64_t n[TROUBLES];
	size_t n_places[TROUBLES];
	struct trouble_place place[TROUBLES][TROUBLE_PLACES];
};

struct pass {
	struct source *source;
	struct want want;
	enum { RECALL_NONE, RECALL_KEEP, RECALL_TAKE } recall; /* recall.h */
};

struct kept; /* recall.h */

struct reader {
	struct pass *pass;
	struct kept *taken, *keeping; /* of the chunk at hand */
};

CHECKED bool source_open(const struct source_options *options, struct source **out,
			 struct error *err);
void source_close(struct source *source); /* NULL is fine, here and below */

CHECKED bool pass_open(struct source *source, const struct want *want, struct pass **out,
		       struct error *err);
void pass_close(struct pass *pass); /* after its readers */

/* Bytes claimed so far, of source->bytes; any thread. */
uint64_t pass_bytes(struct pass *pass);

CHECKED bool reader_open(struct pass *pass, struct reader **out, struct error *err);
void reader_close(struct reader *reader);

/* The next chunk is this reader's; *more is false when there is none. What is left of
 * the chunk before is dropped. */
CHECKED bool reader_claim(struct reader *reader, size_t *chunk, bool *more,
			  struct error *err);

/* The next batch of the chunk, which the caller owns; NULL: no more. */
CHECKED bool reader_next(struct reader *reader, struct batch **out, struct error *err);

/*
 * Instead of batches: rows of the chunk, and the texts of a string column that is wanted
 * as it is, rows [first, first + n), as they lie in the chunk (size 0: null). Each may be
 * asked for once, until the next claim; 16 bytes behind each text are readable.
 * reader_has_texts(): can the format do so?
 */
bool reader_has_texts(const struct reader *reader);
CHECKED bool reader_rows(struct reader *reader, size_t *n, struct error *err);
void reader_texts(struct reader *reader, size_t column, size_t first, size_t n,
		  struct text *out);

/* Does it take from what an earlier pass kept? Then it does not meet all troubles. */
bool pass_recalls(const struct pass *pass);

/* What was met by readers of the pass that are closed. */
void pass_troubles(struct pass *pass, struct troubles *out);

/* For formats: count one, or what another has counted. */
void troubles_add(struct troubles *troubles, enum trouble kind,
		  const struct trouble_place *place);
void troubles_merge(struct troubles *into, const struct troubles *from);

/* As sentences: "'x.csv': 3 rows have too few fields, the rest is null: line 7, ...". */
void troubles_print(const struct troubles *troubles, const struct source *source,
		    struct names *out, struct arena *arena);

/* What a format does; the verbs above call it and have checked the arguments. */
struct format {
	const char *name;
	/* Of file names, lower case, up to one without a text; "JSON, a row a line": what
	 * a file of it is, NULL: such a one is only read. */
	const struct ending *endings;

	/*
	 * To write; NULL: it is only read. Appends to a buffer and knows no files; any
	 * thread, each with a buffer of its own. What comes before the rows (NULL: nothing
	 * does), and rows, whose columns must all be there. style is for text with
	 * delimiters.
	 */
	bool (*write_head)(const struct csv_style *style, const struct schema *schema,
			   struct buffer *out, struct error *err);
	bool (*write)(const struct csv_style *style, const struct schema *schema,
		      const struct batch *batch, struct buffer *out, struct error *err);
	bool is_utf8; /* other bytes cannot be written: they become U+FFFD */

	/* To read; all but rows and texts NULL: it is only written. */
	bool (*open)(const struct source_options *options, struct source **out,
		     struct error *err);
	void (*close)(struct source *source);
	bool (*pass_open)(struct source *source, const struct want *want,
			  struct pass **out, struct error *err);
	void (*pass_close)(struct pass *pass);
	uint64_t (*pass_bytes)(struct pass *pass);
	bool (*reader_open)(struct pass *pass, struct reader **out, struct error *err);
	void (*reader_close)(struct reader *reader);
	/* a chunk that recall_has() need not be read: next is not called for it */
	bool (*claim)(struct reader *reader, size_t *chunk, bool *more,
		      struct error *err);
	bool (*next)(struct reader *reader, struct batch **out, struct error *err);
	/* NULL, with texts: batches only */
	bool (*rows)(struct reader *reader, size_t *n, struct error *err);
	void (*texts)(struct reader *reader, size_t column, size_t first, size_t n,
		      struct text *out);
	void (*troubles)(struct pass *pass, struct troubles *out);
};

/* Every format, up to NULL. */
extern const struct format *const format_table[];

/* By name; NULL: there is none. */
const struct format *format_named(const char *name);

/* That to read a file by the ending of its name; NULL: none reads such files. */
const struct format *format_of_file(const char *path);
/* The same; the first one if none does. */
const struct format *format_by_ending(const char *path);

/* That to write a file. A name without an ending, a device, "-": the first one. NULL, with
 * a sentence that has all endings: no format is written by that one. */
CHECKED const struct format *format_to_write(const char *path, struct error *err);

/* What can be written, up to one without a text; ".gz" may follow each. In the arena. */
const struct ending *format_endings(struct arena *arena);

#endif
