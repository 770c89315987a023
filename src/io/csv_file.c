/*
 * csv_file - beginning a file, and the state in which each of its chunks begins.
 *
 * Chunks have fixed places, so one may begin inside a quoted field. Each is looked
 * through once for what it does to either state (csv_summarize(), by the first thread
 * that needs it, mostly the one that reads it anyway), and the states follow one from
 * the other. Nothing is guessed, nothing parsed twice.
 */
#include "io/csv_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MOST_COLUMNS = 1000000 };

void
csv_file_init(struct csv_file *file)
{
	pthread_mutex_init(&file->lock, NULL);
	pthread_cond_init(&file->told, NULL);
	file->fd = -1;
}

void
csv_file_release(struct csv_file *file)
{
	origin_release(&file->origin);
	memory_free(file->marks, file->n_chunks * sizeof(*file->marks));
	if (file->fd >= 0)
		close(file->fd);
	pthread_mutex_destroy(&file->lock);
	pthread_cond_destroy(&file->told);
}

/* Is there a newline anywhere in the input? */
static bool
has_newline(struct origin *origin, bool *has, struct error *err)
{
	struct window w;
	bool ok = window_open(&w, origin, err);

	*has = false;
	while (ok && !*has && !w.end) {
		ok = window_more(&w, err);
		if (ok) {
			struct text t = window_text(&w);

			*has = t.size && memchr(t.data, '\n', t.size);
			window_drop(&w, t.size);
		}
	}
	window_close(&w);
	return ok;
}

static bool
find_newline(struct csv_file *file, struct window *w, struct error *err)
{
	bool has;

	file->rules.newline = '\n';
	for (;;) {
		struct text t = window_text(w);

		if (t.size && memchr(t.data, '\n', t.size))
			return true;
		if (t.size && memchr(t.data, '\r', t.size))
			break;
		if (w->end)
			return true;
		if (!window_more(w, err))
			return false;
	}
	if (!has_newline(&file->origin, &has, err))
		return false;
	file->rules.newline = has ? '\n' : '\r';
	return true;
}

/* The next row's bytes; none: the end. */
static bool
next_row(struct csv_file *file, struct window *w, struct text *row, struct error *err)
{
	for (;;) {
		struct text t = window_text(w);

		row->data = t.data;
		row->size = csv_row_size(&file->rules, t, w->end);
		if (row->size || w->end)
			return true;
		if (!window_more(w, err))
			return false;
	}
}

static void
pass_by(const struct csv_rules *rules, struct window *w, size_t size, uint64_t *lines)
{
	*lines += csv_count_lines(rules, (struct text){ window_text(w).data, size });
	window_drop(w, size);
}

/* Physical lines, whatever the quotes say. */
static bool
skip_lines(const struct csv_rules *rules, struct window *w, int64_t *skip,
	   uint64_t *lines, struct error *err)
{
	while (*skip > 0) {
		struct text t = window_text(w);
		const char *newline =
			t.size ? memchr(t.data, rules->newline, t.size) : NULL;

		if (newline) {
			pass_by(rules, w, (size_t)(newline - t.data) + 1, lines);
			--*skip;
		} else if (!w->end) {
			if (!window_more(w, err))
				return false;
		} else {
			*skip -= t.size > 0;
			pass_by(rules, w, t.size, lines);
			return true;
		}
	}
	return true;
}

/* The first row that is not blank, without passing it by. */
static bool
first_row(struct csv_file *file, struct window *w, struct text *row, struct error *err)
{
	while (next_row(file, w, row, err)) {
		if (row->size == 0 ||
		    !csv_is_blank(&file->rules, csv_row_content(&file->rules, *row)))
			return true;
		pass_by(&file->rules, w, row->size, &file->first_line);
	}
	return false;
}

static bool
split(const struct csv_file *file, struct text row, struct csv_names *out,
      struct arena *arena, struct error *err)
{
	struct text content = csv_row_content(&file->rules, row), raw;
	size_t at = 0, n = 0;

	while (csv_field(&file->rules, content, &at, &raw))
		n++;
	if (n > MOST_COLUMNS)
		return fail(err,
			    "'%s' has %zu columns, the most is %d; is '%s' its "
			    "delimiter?",
			    file->origin.path, n, MOST_COLUMNS, file->rules.delimiter);
	*out = (struct csv_names){ 0, ARENA_ARRAY(arena, n, struct text) };
	for (at = 0; csv_field(&file->rules, content, &at, &raw);) {
		char *copy = arena_text_n(arena, raw.data, raw.size);

		csv_decode(&file->rules, copy, raw.size, &out->at[out->n++]);
	}
	return true;
}

static void
number_names(size_t n, struct names *out, struct arena *arena)
{
	*out = (struct names){ 0 };
	for (size_t i = 0; i < n; i++)
		names_add(out, arena_print(arena, "_c%zu", i), arena);
}

static bool
same_names(const struct names *a, const struct names *b)
{
	if (a->n != b->n)
		return false;
	for (size_t i = 0; i < a->n; i++)
		if (strcmp(a->at[i], b->at[i]) != 0)
			return false;
	return true;
}

/* Names and width from the first row, which is passed by if it is a header. */
static bool
read_header(struct csv_file *file, const struct dialect *dialect,
	    const struct csv_file *first, struct window *w, struct arena *arena,
	    struct error *err)
{
	struct csv_names fields;
	struct text row;

	if (!first_row(file, w, &row, err))
		return false;
	if (row.size == 0)
		return true;
	if (!split(file, row, &fields, arena, err))
		return false;
	if (!dialect->header) {
		number_names(fields.n, &file->names, arena);
		return true;
	}
	if (!csv_safe_names(&fields, &file->names, arena, err))
		return false;
	file->other_header = first && !same_names(&file->names, &first->names);
	/* Lines are skipped of the input as a whole: a later file has a header only if
	 * it is the same line again. */
	if (file->other_header && dialect->skip > 0) {
		file->other_header = false;
		return true;
	}
	pass_by(&file->rules, w, row.size, &file->first_line);
	return true;
}

static bool
remember_plain(struct csv_file *file, struct error *err)
{
	struct stat st;

	if (stat(file->origin.path, &st) != 0)
		return fail_errno(err, "cannot open '%s'", file->origin.path);
	file->size = (uint64_t)st.st_size;
	file->changed = st.st_mtim;
	file->inode = st.st_ino;
	if (file->size < file->first)
		file->size = file->first;
	file->n_chunks = (size_t)((file->size - file->first + file->chunk_bytes - 1) /
				  file->chunk_bytes);
	file->marks = memory_alloc(file->n_chunks * sizeof(*file->marks), err);
	return file->marks != NULL;
}

/* To the first row again. */
static bool
pass_begun(const struct csv_file *file, struct window *w, struct error *err)
{
	uint64_t left = file->first - bytes_mark(w->bytes);

	for (;;) {
		size_t have = window_text(w).size;

		have = have < left ? have : (size_t)left;
		window_drop(w, have);
		left -= have;
		if (left == 0 || w->end)
			return true;
		if (!window_more(w, err))
			return false;
	}
}

bool
csv_file_begin(struct csv_file *file, const struct dialect *dialect,
	       const struct csv_file *first, struct window *w, struct arena *arena,
	       struct error *err)
{
	int64_t skip = file->skip;

	*w = (struct window){ 0 };
	if (!window_open(w, &file->origin, err) || !window_more(w, err))
		return false;
	if (file->begun)
		return pass_begun(file, w, err);
	if (!find_newline(file, w, err) ||
	    !skip_lines(&file->rules, w, &skip, &file->first_line, err) ||
	    !read_header(file, dialect, first, w, arena, err))
		return false;
	file->skip -= skip;
	file->first = w->offset + bytes_mark(w->bytes);
	file->plain = bytes_are_plain(w->bytes) && !file->as_stream &&
		      file->rules.delimiter_size == 1;
	if (file->plain && !remember_plain(file, err))
		return false;
	file->begun = true;
	return true;
}

bool
csv_file_use(struct csv_file *file, struct error *err)
{
	struct stat st;
	bool ok = true;

	pthread_mutex_lock(&file->lock);
	if (file->users == 0 && file->fd < 0) {
		file->fd = open(file->origin.path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
		if (file->fd < 0)
			ok = fail_errno(err, "cannot open '%s'", file->origin.path);
	}
	if (ok && (fstat(file->fd, &st) != 0 || st.st_ino != file->inode ||
		   (uint64_t)st.st_size < file->size ||
		   ((uint64_t)st.st_size == file->size &&
		    (st.st_mtim.tv_sec != file->changed.tv_sec ||
		     st.st_mtim.tv_nsec != file->changed.tv_nsec))))
		ok = fail(err,
			  "'%s' was changed while it was read; run again when it stays "
			  "as it is",
			  file->origin.path);
	file->users += ok;
	pthread_mutex_unlock(&file->lock);
	return ok;
}

void
csv_file_leave(struct csv_file *file)
{
	pthread_mutex_lock(&file->lock);
	if (--file->users == 0) {
		close(file->fd);
		file->fd = -1;
	}
	pthread_mutex_unlock(&file->lock);
}

bool
csv_file_read(struct csv_file *file, uint64_t place, char *data, size_t size,
	      struct error *err)
{
	while (size) {
		ssize_t n = pread(file->fd, data, size, (off_t)place);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return fail_errno(err, "cannot read '%s'", file->origin.path);
		if (n == 0)
			return fail(
				err,
				"'%s' was cut off while it was read; run again when it "
				"stays as it is",
				file->origin.path);
		data += n;
		place += (uint64_t)n;
		size -= (size_t)n;
	}
	return true;
}

uint64_t
csv_chunk_place(const struct csv_file *file, size_t chunk)
{
	return chunk >= file->n_chunks ? file->size
				       : file->first + chunk * file->chunk_bytes;
}

static bool
is_end(const struct csv_rules *rules, char byte)
{
	return byte == rules->newline || byte == rules->delimiter[0];
}

/* have: the byte before the chunk and the chunk; the first has no byte before. */
static void
summarize(const struct csv_file *file, size_t chunk, struct text have,
	  struct csv_summary *out)
{
	size_t before = chunk > 0;

	csv_summarize(&file->rules, have.data + before, have.size - before,
		      !before || is_end(&file->rules, have.data[0]), out);
}

static bool
load_and_summarize(struct csv_file *file, size_t chunk, struct csv_summary *out,
		   struct error *err)
{
	uint64_t begin = csv_chunk_place(file, chunk) - (chunk > 0);
	size_t size = (size_t)(csv_chunk_place(file, chunk + 1) - begin);
	char *data = memory_alloc(size, err);
	bool ok = data && csv_file_read(file, begin, data, size, err);

	if (ok)
		summarize(file, chunk, (struct text){ data, size }, out);
	memory_free(data, size);
	return ok;
}

/* Make sure of a mark; the lock is held, but not while working. */
static bool
need_mark(struct csv_file *file, size_t chunk, struct text have, struct error *err)
{
	struct csv_mark *mark = &file->marks[chunk];
	struct csv_summary summary;
	bool ok = true;

	while (mark->known == MARK_BUSY)
		pthread_cond_wait(&file->told, &file->lock);
	if (mark->known == MARK_DONE)
		return true;
	mark->known = MARK_BUSY;
	pthread_mutex_unlock(&file->lock);
	if (have.data)
		summarize(file, chunk, have, &summary);
	else
		ok = load_and_summarize(file, chunk, &summary, err);
	pthread_mutex_lock(&file->lock);
	if (ok)
		mark->summary = summary;
	mark->known = ok ? MARK_DONE : MARK_NONE;
	pthread_cond_broadcast(&file->told);
	return ok;
}

/* Does what is open where a chunk begins close? What was found is marked on the way, so
 * that a field of many chunks is not walked again from each. The lock is held. */
static bool
find_close(struct csv_file *file, size_t chunk, unsigned char state, bool *closes,
	   struct error *err)
{
	unsigned char now = state;
	size_t at = chunk;

	for (; at < file->n_chunks; at++) {
		const struct csv_mark *mark = &file->marks[at];

		if (!need_mark(file, at, (struct text){ 0 }, err))
			return false;
		if (mark->summary.closes[now] || mark->will_close[now])
			break;
		now = mark->summary.end[now];
	}
	*closes = at < file->n_chunks || now == CSV_CLOSER;
	for (size_t i = chunk; *closes && i < at; i++) {
		file->marks[i].will_close[state] = true;
		state = file->marks[i].summary.end[state];
	}
	return true;
}

/* One chunk more is resolved. The lock is held. */
static bool
resolve_next(struct csv_file *file, struct error *err)
{
	size_t at = file->n_resolved;
	struct csv_mark *mark = &file->marks[at];
	bool closes = true;

	if (at == 0) {
		mark->start = CSV_OUTSIDE;
		mark->line = file->first_line;
	} else {
		const struct csv_mark *last = mark - 1;
		unsigned char state;

		if (!need_mark(file, at - 1, (struct text){ 0 }, err))
			return false;
		state = last->summary.end[last->start];
		if (state != CSV_OUTSIDE && !find_close(file, at, state, &closes, err))
			return false;
		mark->start = closes ? state : CSV_OUTSIDE;
		mark->line = last->line + last->summary.lines;
	}
	/* Others may have gone on while the lock was off. */
	if (file->n_resolved == at)
		file->n_resolved++;
	return true;
}

bool
csv_file_state(struct csv_file *file, size_t chunk, struct text have,
	       struct csv_state *state, uint64_t *line, struct error *err)
{
	bool ok;

	pthread_mutex_lock(&file->lock);
	ok = need_mark(file, chunk, have, err);
	while (ok && file->n_resolved <= chunk)
		ok = resolve_next(file, err);
	if (ok) {
		unsigned char start = file->marks[chunk].start;

		*line = file->marks[chunk].line;
		*state = (struct csv_state){
			.inside = start == CSV_INSIDE,
			.closer = start == CSV_CLOSER,
			.prev_ok = chunk == 0 || (start == CSV_OUTSIDE &&
						  is_end(&file->rules, have.data[0])),
		};
	}
	pthread_mutex_unlock(&file->lock);
	return ok;
}

bool
csv_file_closes(struct csv_file *file, size_t chunk, const struct csv_state *state,
		bool *closes, struct error *err)
{
	bool ok = true;

	*closes = !state->inside;
	if (!state->inside && !state->closer)
		return true;
	pthread_mutex_lock(&file->lock);
	ok = find_close(file, chunk, state->inside ? CSV_INSIDE : CSV_CLOSER, closes,
			err);
	pthread_mutex_unlock(&file->lock);
	return ok;
}
