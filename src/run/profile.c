/*
 * profile - threads that claim chunks and count.
 *
 * Each thread holds its summaries under a lock of its own, batch by batch, so that
 * whoever makes a snapshot can look at them. What a thread has counted depends on what
 * it happened to claim; what all of them have does not.
 */
#include "run/profile.h"

#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/clock.h"
#include "io/row_index.h"
#include "io/sniff.h"

enum {
	MOST_CELLS = 1 << 17, /* of a batch: what cancelling may have to wait for */
	FIRST_ROWS = 1 << 13, /* of the first snapshot */
	FIRST_MS = 40,        /* or so many milliseconds, if they come sooner */
	TILE = 256,           /* rows */
};

struct work;

struct worker {
	struct work *work;
	struct reader *reader;
	pthread_mutex_t lock; /* of the summaries */
	struct summary **summaries;
	uint64_t rows, rows_told;
	pthread_t thread;
};

struct work {
	const struct profile_options *options;
	struct source *source;
	struct pass *pass;
	size_t batch_rows;
	size_t n_workers;
	struct worker *workers;
	int64_t start; /* milliseconds of the clock */

	pthread_mutex_t lock; /* of all below */
	bool failed;
	size_t failed_chunk; /* the first one's error is told */
	struct error err;
	uint64_t rows, next; /* read so far; where the next snapshot is due */
	uint64_t rows_told;
	unsigned generation;
	bool showing;
};

static bool
is_cancelled(const struct work *work)
{
	return work->options->cancel && atomic_load(work->options->cancel);
}

static void
set_failed(struct work *work, size_t chunk, const struct error *err)
{
	pthread_mutex_lock(&work->lock);
	if (!work->failed || chunk < work->failed_chunk) {
		work->err = *err;
		work->failed_chunk = chunk;
	}
	work->failed = true;
	pthread_mutex_unlock(&work->lock);
}

static struct summary **
new_summaries(const struct work *work, struct error *err)
{
	const size_t n = work->source->schema.n;
	struct summary **summaries = calloc(n + 1, sizeof(*summaries));

	if (!summaries) {
		fail(err, "out of memory: the system refused %zu columns", n);
		return NULL;
	}
	for (size_t i = 0; i < n; i++) {
		summaries[i] = summary_new(work->options->level, 0, err);
		if (!summaries[i]) {
			while (i--)
				summary_free(summaries[i]);
			free(summaries);
			return NULL;
		}
		if (work->options->formats)
			summary_read_moments(summaries[i], &work->options->formats[i]);
	}
	return summaries;
}

static void
free_summaries(const struct work *work, struct summary **summaries)
{
	for (size_t i = 0; summaries && i < work->source->schema.n; i++)
		summary_free(summaries[i]);
	free(summaries);
}

static enum type
type_asked(const struct work *work, size_t i)
{
	return work->options->types ? work->options->types[i] : 0;
}

static bool
settle(const struct work *work, struct summary **summaries, struct profile *out,
       struct error *err)
{
	const struct schema *schema = &work->source->schema;

	out->n = schema->n;
	out->columns = ARENA_ARRAY(&out->arena, schema->n + 1, struct profile_column);
	for (size_t i = 0; i < schema->n; i++) {
		struct profile_column *column = &out->columns[i];

		column->name = arena_text(&out->arena, schema->at[i].name);
		if (is_cancelled(work))
			return fail(err, "interrupted");
		if (!summary_settle(summaries[i], type_asked(work, i), &column->found,
				    &out->arena, err))
			return false;
	}
	return true;
}

/* What all threads have so far, into summaries. */
static bool
gather(struct work *work, struct summary **summaries, uint64_t *rows, struct error *err)
{
	bool ok = true;

	*rows = 0;
	for (size_t w = 0; ok && w < work->n_workers; w++) {
		struct worker *worker = &work->workers[w];

		pthread_mutex_lock(&worker->lock);
		for (size_t i = 0; ok && i < work->source->schema.n; i++)
			ok = !is_cancelled(work)
				     ? summary_merge(summaries[i], worker->summaries[i],
						     err)
				     : fail(err, "interrupted");
		*rows += worker->rows;
		pthread_mutex_unlock(&worker->lock);
	}
	return ok;
}

static bool
show(struct work *work, struct error *err)
{
	struct profile snapshot = { .generation = ++work->generation };
	struct summary **summaries = new_summaries(work, err);
	bool ok = summaries && gather(work, summaries, &snapshot.rows, err) &&
		  settle(work, summaries, &snapshot, err);

	if (summaries)
		free_summaries(work, summaries);
	if (ok)
		work->options->show(work->options->context, &snapshot);
	else
		profile_release(&snapshot);
	return ok;
}

/* Count the rows of a batch; is it time for a snapshot, and nobody at one? */
static bool
is_due(struct work *work, size_t rows)
{
	bool due;

	if (!work->options->show)
		return false;
	pthread_mutex_lock(&work->lock);
	work->rows += rows;
	due = !work->showing &&
	      (work->rows >= work->next ||
	       (work->generation == 0 && clock_milliseconds() - work->start >= FIRST_MS));
	if (due) {
		work->showing = true;
		work->next = 2 * work->rows;
	}
	pthread_mutex_unlock(&work->lock);
	return due;
}

static bool
show_if_due(struct work *work, size_t rows, struct error *err)
{
	bool ok;

	if (!is_due(work, rows))
		return true;
	ok = show(work, err);
	pthread_mutex_lock(&work->lock);
	work->showing = false;
	pthread_mutex_unlock(&work->lock);
	return ok;
}

static bool
add_batch(struct worker *worker, const struct batch *batch, struct error *err)
{
	bool ok = true;

	pthread_mutex_lock(&worker->lock);
	for (size_t i = 0; ok && i < batch->n; i++)
		ok = summary_add(worker->summaries[i], batch->at[i], err);
	worker->rows += batch->rows;
	pthread_mutex_unlock(&worker->lock);
	return ok;
}

/* Rows [first, first + n) of the chunk, a tile of all columns after the other: they are
 * near each other. */
static bool
add_rows(struct worker *worker, size_t first, size_t n, struct error *err)
{
	const size_t columns = worker->work->source->schema.n;
	struct text texts[TILE];
	bool ok = true;

	pthread_mutex_lock(&worker->lock);
	for (size_t done = 0; ok && done < n; done += TILE) {
		const size_t tile = n - done < TILE ? n - done : TILE;

		for (size_t i = 0; ok && i < columns; i++) {
			reader_texts(worker->reader, i, first + done, tile, texts);
			ok = summary_add_texts(worker->summaries[i], texts, tile, err);
		}
	}
	worker->rows += n;
	pthread_mutex_unlock(&worker->lock);
	return ok;
}

static bool
read_texts(struct worker *worker, struct error *err)
{
	const size_t most = worker->work->batch_rows;
	size_t rows;

	if (!reader_rows(worker->reader, &rows, err))
		return false;
	for (size_t first = 0, n; first < rows; first += n) {
		n = rows - first < most ? rows - first : most;
		if (is_cancelled(worker->work))
			return fail(err, "interrupted");
		if (!add_rows(worker, first, n, err) ||
		    !show_if_due(worker->work, n, err))
			return false;
	}
	return true;
}

static bool
read_batches(struct worker *worker, struct error *err)
{
	struct work *work = worker->work;
	struct batch *batch;

	while (reader_next(worker->reader, &batch, err)) {
		const size_t rows = batch ? batch->rows : 0;
		bool ok;

		if (!batch)
			return true;
		ok = is_cancelled(work) ? fail(err, "interrupted")
					: add_batch(worker, batch, err);
		batch_free(batch);
		if (!ok || !show_if_due(work, rows, err))
			return false;
	}
	return false;
}

static void
tell_progress(struct worker *worker)
{
	struct work *work = worker->work;
	const struct profile_options *options = work->options;
	struct run_progress progress = { .what = "profiling",
					 .pass = 1,
					 .in_bytes = true,
					 .is_even = true,
					 .weight = work->source->bytes,
					 .total = work->source->bytes };

	if (!options->progress)
		return;
	pthread_mutex_lock(&work->lock);
	work->rows_told += worker->rows - worker->rows_told;
	worker->rows_told = worker->rows;
	progress.rows = work->rows_told;
	progress.done = pass_bytes(work->pass);
	options->progress(options->progress_context, &progress);
	pthread_mutex_unlock(&work->lock);
}

static void *
read_all(void *context)
{
	struct worker *worker = context;
	struct work *work = worker->work;
	struct error err = { 0 };
	size_t chunk = 0;
	bool more = true, ok = true;

	while (ok && more) {
		pthread_mutex_lock(&work->lock);
		more = !work->failed;
		pthread_mutex_unlock(&work->lock);
		if (more)
			ok = reader_claim(worker->reader, &chunk, &more, &err) &&
			     (!more || (reader_has_texts(worker->reader)
						? read_texts(worker, &err)
						: read_batches(worker, &err)));
		if (ok && more)
			tell_progress(worker);
	}
	if (!ok)
		set_failed(work, chunk, &err);
	return NULL;
}

static size_t
thread_count(const struct profile_options *options)
{
	long cores = sysconf(_SC_NPROCESSORS_ONLN);
	size_t n = options->threads ? options->threads : cores > 0 ? (size_t)cores : 1;

	return n > 256 ? 256 : n;
}

static bool
open_workers(struct work *work, size_t n, struct error *err)
{
	work->workers = calloc(n, sizeof(*work->workers));
	if (!work->workers)
		return fail(err, "out of memory: the system refused %zu threads", n);
	for (size_t w = 0; w < n; w++) {
		struct worker *worker = &work->workers[w];

		worker->work = work;
		pthread_mutex_init(&worker->lock, NULL);
		work->n_workers++;
		if (!(worker->summaries = new_summaries(work, err)) ||
		    !reader_open(work->pass, &worker->reader, err))
			return false;
	}
	return true;
}

static void
close_workers(struct work *work)
{
	for (size_t w = 0; w < work->n_workers; w++) {
		struct worker *worker = &work->workers[w];

		reader_close(worker->reader);
		free_summaries(work, worker->summaries);
		pthread_mutex_destroy(&worker->lock);
	}
	free(work->workers);
	work->workers = NULL;
	work->n_workers = 0;
}

/* The first worker is this thread; one that the system refuses is done without. */
static bool
run_workers(struct work *work, struct error *err)
{
	size_t n = work->n_workers, made = 1;

	while (made < n && pthread_create(&work->workers[made].thread, NULL, read_all,
					  &work->workers[made]) == 0)
		made++;
	read_all(&work->workers[0]);
	for (size_t w = 1; w < made; w++)
		pthread_join(work->workers[w].thread, NULL);
	if (work->failed)
		*err = work->err;
	return !work->failed;
}

static bool
finish(struct work *work, struct profile *out, struct error *err)
{
	struct worker *first = &work->workers[0];
	const size_t n = work->source->schema.n;

	for (size_t w = 0; w < work->n_workers; w++)
		out->rows += work->workers[w].rows;
	for (size_t w = 1; w < work->n_workers; w++)
		for (size_t i = 0; i < n; i++)
			if (!summary_merge(first->summaries[i],
					   work->workers[w].summaries[i], err))
				return false;
	out->generation = ++work->generation;
	out->is_whole = true;
	return settle(work, first->summaries, out, err);
}

static void
warn(struct work *work, struct profile *out)
{
	struct troubles troubles;

	pass_troubles(work->pass, &troubles);
	troubles_print(&troubles, work->source, &out->warnings, &out->arena);
}

bool
profile_source(struct source *source, const struct profile_options *options,
	       struct profile *out, struct error *err)
{
	const size_t n = source->schema.n, rows = MOST_CELLS / (n + 1) + 1;
	const struct want want = { .batch_rows = rows < 2048 ? rows : 2048 };
	struct work work = { .options = options,
			     .source = source,
			     .batch_rows = want.batch_rows,
			     .next = FIRST_ROWS,
			     .lock = PTHREAD_MUTEX_INITIALIZER };
	bool ok;

	*out = (struct profile){ 0 };
	work.start = clock_milliseconds();
	if (!pass_open(source, &want, &work.pass, err))
		return false;
	ok = open_workers(&work, thread_count(options), err) && run_workers(&work, err) &&
	     finish(&work, out, err);
	close_workers(&work);
	if (ok)
		warn(&work, out);
	pass_close(work.pass);
	if (!ok)
		profile_release(out);
	return ok;
}

static bool
open_file(const char *path, const struct profile_options *options, struct source **out,
	  struct error *err)
{
	struct source_options source = { .path = path,
					 .chunk_bytes = options->chunk_bytes,
					 .stream = options->stream };

	return sniff_file(path, &source.dialect, err) && source_open(&source, out, err);
}

bool
profile_file(const char *path, const struct profile_options *options, struct profile *out,
	     struct error *err)
{
	struct source *source = NULL;
	bool ok = open_file(path, options, &source, err) &&
		  profile_source(source, options, out, err);

	source_close(source);
	return ok;
}

bool
profile_rows(const char *path, const struct profile_options *options, uint64_t *rows,
	     struct error *err)
{
	struct source *source = NULL;
	struct row_index *index = NULL;
	bool ok = open_file(path, options, &source, err) &&
		  row_index_new(source, &index, err) &&
		  row_index_build(index, thread_count(options), options->cancel, err);
	bool whole = false;

	if (ok)
		*rows = row_index_rows(index, &whole);
	row_index_free(index);
	source_close(source);
	return ok && (whole || fail(err, "interrupted"));
}

void
profile_release(struct profile *profile)
{
	arena_release(&profile->arena);
	*profile = (struct profile){ 0 };
}
