/*
 * csv - delimited text as a format: sources, passes and who reads what.
 *
 * The work is done elsewhere: csv_file.c begins files, csv_chunk.c and csv_piece.c find
 * rows, csv_read.c makes batches of them.
 */
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "io/csv_read.h"
#include "io/io_files.h"
#include "io/recall.h"

enum { CHUNK = 1 << 18, BATCH_ROWS = 2048 };

struct csv_source {
	struct source base;
	struct dialect dialect;
	size_t chunk_bytes;
	size_t n_files;
	struct csv_file *files;
	size_t first;         /* the file whose names count: the first with a row */
	pthread_mutex_t lock; /* of beginning files */
};

struct csv_pass {
	struct pass base;
	enum type *types;
	pthread_mutex_t lock;  /* of all below */
	size_t file;           /* the one that chunks are claimed of */
	bool in_file;          /* it is begun in this pass */
	size_t chunk;          /* of the file, the next */
	uint64_t lines;        /* of the file, passed by since it was entered */
	size_t claimed;        /* chunks of the pass */
	struct window window;  /* on a stream */
	uint64_t bytes_before; /* of files that are done */
	uint64_t bytes;
	bool failed;
	struct error err;
	struct troubles troubles;
};

static struct csv_source *
source_of(const struct pass *pass)
{
	return (struct csv_source *)pass->source;
}

static bool
set_rules(const struct dialect *d, struct csv_rules *rules, struct error *err)
{
	rules->delimiter_size = strnlen(d->delimiter, sizeof(d->delimiter));
	rules->quote = d->quote ? (unsigned char)d->quote : -1;
	rules->keeps_blanks = d->multi_line;
	memcpy(rules->delimiter, d->delimiter, sizeof(rules->delimiter));
	if (rules->delimiter_size == 0)
		return fail(err, "delimiter: it is empty; a comma is usual");
	if (memchr(d->delimiter, '\n', rules->delimiter_size) ||
	    memchr(d->delimiter, '\r', rules->delimiter_size))
		return fail(err, "delimiter: it ends a line, so it cannot end a field");
	if (d->quote && memchr(d->delimiter, d->quote, rules->delimiter_size))
		return fail(err, "delimiter: it holds the quote, %c", d->quote);
	if (d->quote == '\n' || d->quote == '\r')
		return fail(err, "quote: it ends a line, so it cannot quote a field");
	return true;
}

/* What the filename column shows: the address instead of the path it stands for. */
static const char *
shown_name(const struct source_options *o, const char *path, struct arena *arena)
{
	size_t n = strlen(o->path), m;

	if (!o->uri)
		return arena_text(arena, path);
	path += strncmp(path, o->path, n) == 0 ? n : 0;
	m = strlen(o->uri);
	while (*path == '/' && m && o->uri[m - 1] == '/')
		path++;
	return arena_print(arena, "%s%s", o->uri, path);
}

static bool
add_files(struct csv_source *s, const struct source_options *o, struct error *err)
{
	struct csv_rules rules = { 0 };
	struct names paths;

	if (!set_rules(&o->dialect, &rules, err))
		return fail_in(err, "'%s': ", o->path);
	if (!files_find(o->path, o->nested, &paths, &s->base.arena, err))
		return false;
	s->files = ARENA_ARRAY(&s->base.arena, paths.n, struct csv_file);
	for (; s->n_files < paths.n; s->n_files++) {
		struct csv_file *file = &s->files[s->n_files];
		struct stat st;

		csv_file_init(file);
		file->origin.path = paths.at[s->n_files];
		file->origin.encoding = s->dialect.encoding;
		file->shown = shown_name(o, file->origin.path, &s->base.arena);
		file->as_stream = o->stream;
		file->rules = rules;
		file->chunk_bytes = s->chunk_bytes;
		if (stat(file->origin.path, &st) == 0 && S_ISREG(st.st_mode))
			s->base.bytes += (uint64_t)st.st_size;
	}
	return true;
}

/* Files up to the first that has a row; skipped lines may reach beyond one. */
static bool
begin_first(struct csv_source *s, struct error *err)
{
	int64_t skip = s->dialect.skip;

	for (s->first = 0; s->first < s->n_files; s->first++) {
		struct csv_file *file = &s->files[s->first];
		struct window w;
		bool ok;

		file->skip = skip;
		ok = csv_file_begin(file, &s->dialect, NULL, &w, &s->base.arena, err);
		window_close(&w);
		if (!ok)
			return false;
		if (file->names.n)
			return true;
		skip -= file->skip;
	}
	s->first = 0;
	return true;
}

static void
make_schema(struct csv_source *s, bool filename_column)
{
	struct schema *schema = &s->base.schema;
	const struct names *names = &s->files[s->first].names;
	const char *name = "_data_source_filename";

	for (size_t i = 0; i < names->n; i++)
		schema_add(schema, names->at[i], TYPE_STRING, &s->base.arena);
	if (!filename_column)
		return;
	for (int i = 1; schema_find(schema, name) != SCHEMA_NONE; i++)
		name = arena_print(&s->base.arena, "_data_source_filename_%d", i);
	schema_add(schema, name, TYPE_STRING, &s->base.arena);
}

static void
close_source(struct source *source)
{
	struct csv_source *s = (struct csv_source *)source;
	struct arena arena = source->arena;

	for (size_t i = 0; i < s->n_files; i++)
		csv_file_release(&s->files[i]);
	pthread_mutex_destroy(&s->lock);
	free(s);
	arena_release(&arena);
}

extern const struct format format_csv;

static bool
open_source(const struct source_options *o, struct source **out, struct error *err)
{
	struct csv_source *s = calloc(1, sizeof(*s));

	if (!s)
		return fail(err, "out of memory: the system refused to open '%s'",
			    o->path);
	pthread_mutex_init(&s->lock, NULL);
	s->base.format = &format_csv;
	s->base.path = arena_text(&s->base.arena, o->path);
	s->dialect = o->dialect;
	s->dialect.encoding = arena_text(&s->base.arena,
					 o->dialect.encoding ? o->dialect.encoding : "");
	s->chunk_bytes = o->chunk_bytes ? o->chunk_bytes : CHUNK;
	if (!add_files(s, o, err) || !begin_first(s, err)) {
		close_source(&s->base);
		return false;
	}
	make_schema(s, o->filename_column);
	*out = &s->base;
	return true;
}

static bool
set_types(struct csv_pass *pass, const struct want *want, struct error *err)
{
	const struct schema *schema = &pass->base.source->schema;

	pass->types = calloc(schema->n + 1, sizeof(*pass->types));
	if (!pass->types)
		return fail(err, "out of memory: the system refused %zu columns",
			    schema->n);
	for (size_t i = 0; i < schema->n; i++) {
		pass->types[i] = want->types ? want->types[i] : TYPE_STRING;
		if (pass->types[i] == TYPE_OBJECT)
			return fail(err, "column '%s' of a CSV cannot be read as object",
				    schema->at[i].name);
	}
	pass->base.want = *want;
	pass->base.want.types = pass->types;
	if (!want->batch_rows)
		pass->base.want.batch_rows = BATCH_ROWS;
	return true;
}

static void
close_pass(struct pass *base)
{
	struct csv_pass *pass = (struct csv_pass *)base;
	struct csv_source *s = source_of(base);

	if (pass->in_file && s->files[pass->file].plain)
		csv_file_leave(&s->files[pass->file]);
	window_close(&pass->window);
	pthread_mutex_destroy(&pass->lock);
	free(pass->types);
	free(pass);
}

static bool
open_pass(struct source *source, const struct want *want, struct pass **out,
	  struct error *err)
{
	struct csv_pass *pass = calloc(1, sizeof(*pass));

	if (!pass)
		return fail(err, "out of memory: the system refused to read '%s'",
			    source->path);
	pass->base.source = source;
	pthread_mutex_init(&pass->lock, NULL);
	if (!set_types(pass, want, err)) {
		close_pass(&pass->base);
		return false;
	}
	*out = &pass->base;
	return true;
}

static uint64_t
bytes_claimed(struct pass *base)
{
	struct csv_pass *pass = (struct csv_pass *)base;
	uint64_t bytes;

	pthread_mutex_lock(&pass->lock);
	bytes = pass->bytes;
	pthread_mutex_unlock(&pass->lock);
	return bytes;
}

static bool
open_reader(struct pass *pass, struct reader **out, struct error *err)
{
	struct csv_source *s = source_of(pass);
	struct csv_reader *r = calloc(1, sizeof(*r));

	if (!r)
		return fail(err, "out of memory: the system refused to read '%s'",
			    pass->source->path);
	if (!csv_reader_init(r, pass, s->files[s->first].names.n, err)) {
		csv_reader_release(r);
		free(r);
		return false;
	}
	*out = &r->base;
	return true;
}

static void
leave_chunk(struct csv_reader *r)
{
	if (r->file) {
		csv_reader_clear(r);
		if (r->file->plain)
			csv_file_leave((struct csv_file *)(uintptr_t)r->file);
	}
	r->file = NULL;
}

static void
close_reader(struct reader *base)
{
	struct csv_reader *r = (struct csv_reader *)base;
	struct csv_pass *pass = (struct csv_pass *)base->pass;

	leave_chunk(r);
	pthread_mutex_lock(&pass->lock);
	troubles_merge(&pass->troubles, &r->troubles);
	pthread_mutex_unlock(&pass->lock);
	csv_reader_release(r);
	free(r);
}

/* Go into the pass's file. The pass's lock is held. */
static bool
enter_file(struct csv_pass *pass, struct error *err)
{
	struct csv_source *s = source_of(&pass->base);
	struct csv_file *file = &s->files[pass->file];
	const struct csv_file *first = pass->file > s->first ? &s->files[s->first] : NULL;
	bool ok = true;

	pthread_mutex_lock(&s->lock);
	if (!file->begun || !file->plain)
		ok = csv_file_begin(file, &s->dialect, first, &pass->window,
				    &s->base.arena, err);
	pthread_mutex_unlock(&s->lock);
	if (ok && file->plain) {
		window_close(&pass->window);
		ok = csv_file_use(file, err);
	}
	pass->chunk = 0;
	pass->lines = 0;
	pass->in_file = ok;
	if (ok && file->other_header) {
		struct trouble_place at = { pass->claimed, 1, file->origin.path };

		troubles_add(&pass->troubles, TROUBLE_HEADER, &at);
	}
	return ok;
}

static void
leave_file(struct csv_pass *pass)
{
	struct csv_file *file = &source_of(&pass->base)->files[pass->file];

	if (file->plain) {
		pass->bytes_before += file->size;
		csv_file_leave(file);
	} else {
		pass->bytes_before += bytes_taken(pass->window.bytes);
		window_close(&pass->window);
	}
	pass->bytes = pass->bytes_before;
	pass->in_file = false;
	pass->file++;
}

/* A chunk of a plain file, to be read when the lock is off; *got: there is one. */
static bool
claim_chunk(struct csv_pass *pass, struct csv_file *file, size_t *chunk, bool *got,
	    struct error *err)
{
	*got = pass->chunk < file->n_chunks;
	if (!*got)
		return true;
	*chunk = pass->chunk++;
	pass->bytes = pass->bytes_before + csv_chunk_place(file, pass->chunk);
	return csv_file_use(file, err);
}

/* A piece of a stream is cut here, one after the other, and parsed later. */
static bool
claim_piece(struct csv_pass *pass, struct csv_reader *r, struct csv_file *file, bool *got,
	    struct error *err)
{
	size_t bytes = source_of(&pass->base)->chunk_bytes;

	*got = false;
	r->line = file->first_line + pass->lines;
	if (!csv_piece_cut(r, file, &pass->window, bytes, err))
		return false;
	*got = r->raw->size > 0;
	pass->lines += csv_count_lines(&file->rules, csv_reader_data(r));
	pass->bytes = pass->bytes_before + bytes_taken(pass->window.bytes);
	if (!*got)
		r->file = NULL;
	return true;
}

static bool
claim_locked(struct csv_pass *pass, struct csv_reader *r, size_t *in_file,
	     struct csv_file **file, struct error *err)
{
	struct csv_source *s = source_of(&pass->base);
	bool got = false;

	if (pass->failed) {
		*err = pass->err;
		return false;
	}
	*file = NULL;
	while (pass->file < s->n_files) {
		struct csv_file *f = &s->files[pass->file];

		if (!pass->in_file && !enter_file(pass, err))
			return false;
		if (!(f->plain ? claim_chunk(pass, f, in_file, &got, err)
			       : claim_piece(pass, r, f, &got, err)))
			return false;
		if (got) {
			*file = f;
			r->chunk = pass->claimed++;
			return true;
		}
		leave_file(pass);
	}
	return true;
}

static bool
claim(struct reader *base, size_t *chunk, bool *more, struct error *err)
{
	struct csv_reader *r = (struct csv_reader *)base;
	struct csv_pass *pass = (struct csv_pass *)base->pass;
	struct csv_file *file;
	size_t in_file = 0;
	bool ok;

	leave_chunk(r);
	pthread_mutex_lock(&pass->lock);
	ok = claim_locked(pass, r, &in_file, &file, err);
	if (!ok && !pass->failed) {
		pass->failed = true;
		pass->err = *err;
	}
	pthread_mutex_unlock(&pass->lock);
	if (!ok || !file)
		return ok;
	*chunk = r->chunk;
	*more = true;
	r->file = file;
	r->in_file = in_file;
	r->is_loaded = file->plain && recall_has(base, r->chunk);
	return true;
}

/* Whoever claims may hold a lock that others wait for, so the work is done later. */
static bool
load(struct csv_reader *r, struct error *err)
{
	struct csv_file *file = (struct csv_file *)(uintptr_t)r->file;

	if (r->is_loaded || !file)
		return true;
	r->is_loaded = true;
	return file->plain ? csv_chunk_load(r, file, r->in_file, err)
			   : csv_piece_load(r, err);
}

bool
csv_reader_go(struct reader *base, struct csv_file *file, size_t chunk, size_t row,
	      struct error *err)
{
	struct csv_reader *r = (struct csv_reader *)base;

	leave_chunk(r);
	if (!csv_file_use(file, err))
		return false;
	r->file = file;
	r->chunk = chunk;
	r->is_loaded = true;
	if (!csv_chunk_load(r, file, chunk, err))
		return false;
	r->row = row < r->n_rows ? row : r->n_rows;
	return true;
}

bool
csv_source_begin(struct source *source, size_t *n, struct error *err)
{
	struct csv_source *s = (struct csv_source *)source;
	bool ok = true;

	pthread_mutex_lock(&s->lock);
	for (size_t i = 0; ok && i < s->n_files; i++) {
		struct csv_file *file = &s->files[i];
		struct window w;

		if (file->begun)
			continue;
		ok = csv_file_begin(file, &s->dialect,
				    i > s->first ? &s->files[s->first] : NULL, &w,
				    &s->base.arena, err);
		window_close(&w);
	}
	pthread_mutex_unlock(&s->lock);
	*n = s->n_files;
	return ok;
}

struct csv_file *
csv_source_file(struct source *source, size_t i)
{
	return &((struct csv_source *)source)->files[i];
}

static bool
next(struct reader *base, struct batch **out, struct error *err)
{
	struct csv_reader *r = (struct csv_reader *)base;

	return load(r, err) && csv_reader_batch(r, out, err);
}

static bool
rows(struct reader *base, size_t *n, struct error *err)
{
	struct csv_reader *r = (struct csv_reader *)base;

	if (!load(r, err))
		return false;
	*n = r->n_rows;
	return true;
}

static void
texts(struct reader *base, size_t column, size_t first, size_t n, struct text *out)
{
	struct csv_reader *r = (struct csv_reader *)base;

	if (r->file->plain)
		csv_chunk_values(r, column, first, n, out);
	else
		csv_piece_values(r, r->place[column], first, n, out);
}

static void
troubles(struct pass *base, struct troubles *out)
{
	struct csv_pass *pass = (struct csv_pass *)base;

	pthread_mutex_lock(&pass->lock);
	*out = pass->troubles;
	pthread_mutex_unlock(&pass->lock);
}

static bool
write(const struct csv_style *style, const struct schema *schema,
      const struct batch *batch, struct buffer *out, struct error *err)
{
	(void)schema;
	return csv_write_batch(style, batch, out, err);
}

static const struct ending endings[] = {
	{ ".csv", "rows with commas" },
	{ ".tsv", "rows with tabs" },
	{ ".txt", "rows with commas" },
	{ ".csv.gz", NULL },
	{ ".tsv.gz", NULL },
	{ ".txt.gz", NULL },
	{ ".csv.zst", NULL },
	{ ".csv.bz2", NULL },
	{ ".tsv.zst", NULL },
	{ ".tsv.bz2", NULL },
	{ 0 },
};

const struct format format_csv = {
	.name = "csv",
	.endings = endings,
	.write_head = csv_write_header,
	.write = write,
	.open = open_source,
	.close = close_source,
	.pass_open = open_pass,
	.pass_close = close_pass,
	.pass_bytes = bytes_claimed,
	.reader_open = open_reader,
	.reader_close = close_reader,
	.claim = claim,
	.next = next,
	.rows = rows,
	.texts = texts,
	.troubles = troubles,
};
