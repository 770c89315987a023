/* recent - a line a file: time, rows, path. */
#include "desk/recent.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/clock.h"
#include "base/file.h"
#include "desk/job.h"
#include "desk/paths.h"

enum { LARGEST = 1 << 20, MINUTE = 60, HOUR = 3600, DAY = 86400 };

static const char *
file_path(struct arena *arena)
{
	const char *state = paths_state(arena);

	return state ? paths_join(state, "recent", arena) : NULL;
}

static bool
read_line(struct text line, struct recent *out, struct arena *arena)
{
	const struct text time = text_cut(&line, '\t'), rows = text_cut(&line, '\t');

	if (!line.size || line.data[0] != '/')
		return false;
	out->time = atoll(arena_text_n(arena, time.data, time.size));
	out->rows = atoll(arena_text_n(arena, rows.data, rows.size));
	out->path = arena_text_n(arena, line.data, line.size);
	return true;
}

void
recent_read(struct recents *out, struct arena *arena)
{
	const char *path = file_path(arena);
	struct error err;
	struct buffer *bytes =
		path && paths_exists(path) ? file_read(path, LARGEST, &err) : NULL;
	struct text rest = { bytes ? bytes->data : "", bytes ? bytes->size : 0 };

	*out = (struct recents){ 0 };
	while (rest.size && out->n < RECENT_MOST)
		out->n += read_line(text_cut(&rest, '\n'), &out->at[out->n], arena);
	buffer_drop(bytes);
}

/* --- to note one --- */

struct note {
	char *path;
	int64_t time, rows;
};

/* To the front; what was known of it stays. */
static void
put_first(struct recents *all, const struct note *note)
{
	struct recent one = { note->path, note->time, note->rows };
	size_t at = 0;

	while (at < all->n && strcmp(all->at[at].path, note->path) != 0)
		at++;
	if (at < all->n && one.rows < 0)
		one.rows = all->at[at].rows;
	if (at == all->n)
		at = all->n < RECENT_MOST ? all->n++ : all->n - 1;
	memmove(all->at + 1, all->at, at * sizeof all->at[0]);
	all->at[0] = one;
}

static bool
write_all(const struct recents *all, const char *path, struct arena *arena,
	  struct error *err)
{
	struct file_out out;

	if (!paths_make(paths_folder(path, arena), err) ||
	    !file_out_open(&out, path, err))
		return false;
	out.sync = false;
	for (size_t i = 0; i < all->n; i++) {
		const struct recent *r = &all->at[i];
		const char *line =
			arena_print(arena, "%lld\t%lld\t%s\n", (long long)r->time,
				    (long long)r->rows, r->path);

		if (!file_out_write(&out, line, strlen(line), err)) {
			file_out_abort(&out);
			return false;
		}
	}
	return file_out_commit(&out, err);
}

static void
work(void *context, const atomic_bool *cancel)
{
	static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
	struct arena arena = { 0 };
	const char *path = file_path(&arena);
	struct recents all;
	struct error err;

	(void)cancel;
	pthread_mutex_lock(&lock);
	recent_read(&all, &arena);
	put_first(&all, context);
	if (path)
		(void)!write_all(&all, path, &arena, &err);
	pthread_mutex_unlock(&lock);
	arena_release(&arena);
}

static void
discard(void *context)
{
	struct note *note = context;

	free(note->path);
	free(note);
}

void
recent_note(const char *path, int64_t rows, const struct wake *wake)
{
	struct note *note = calloc(1, sizeof *note);
	const struct job_spec spec = { work, discard, note, wake };
	struct job *job;
	struct error err;

	if (!note || strchr(path, '\n') || !(note->path = strdup(path))) {
		free(note);
		return;
	}
	note->time = time(NULL);
	note->rows = rows;
	if (job_start(&spec, &job, &err))
		job_drop(job);
	else
		discard(note);
}

/* --- how long ago --- */

static const char *
count(int64_t n, const char *unit, struct arena *arena)
{
	return arena_print(arena, "%lld %s ago", (long long)n, unit);
}

const char *
recent_ago(int64_t then, int64_t now, struct arena *arena)
{
	const int64_t ago = now - then;
	char date[CLOCK_SIZE];

	if (ago < MINUTE)
		return "just now";
	if (ago < HOUR)
		return count(ago / MINUTE, "m", arena);
	if (ago < DAY)
		return count(ago / HOUR, "h", arena);
	if (ago < 2 * DAY)
		return "yesterday";
	if (ago < 14 * DAY)
		return count(ago / DAY, "days", arena);
	clock_local(then, "%Y-%m-%d", date);
	return arena_text(arena, date);
}
