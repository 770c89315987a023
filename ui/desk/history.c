/* history - small jobs on one small file. */
#include "desk/history.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "desk/paths.h"

enum { HISTORY_BYTES = 4 << 20 };

/* Of a job, then of who reads. */
struct pages {
	struct arena arena;
	const char *path, *folder;
	const char *line; /* to add; NULL: to read */
	struct names lines;
};

struct history {
	struct job *job;
	struct pages *pages; /* NULL: being read */
};

static void
pages_free(void *context)
{
	struct arena arena = ((struct pages *)context)->arena;

	arena_release(&arena);
}

/* NULL: there is no home. */
static struct pages *
pages_new(void)
{
	struct arena arena = { 0 };
	struct pages *pages = ARENA_NEW(&arena, struct pages);
	const char *folder = paths_state(&arena);

	if (!folder) {
		arena_release(&arena);
		return NULL;
	}
	pages->folder = folder;
	pages->path = paths_join(folder, "history", &arena);
	pages->arena = arena;
	return pages;
}

static void
keep_lines(struct pages *pages, struct text rest)
{
	size_t n = 0, skip;

	for (size_t i = 0; i < rest.size; i++)
		n += rest.data[i] == '\n';
	skip = n > HISTORY_MOST ? n - HISTORY_MOST : 0;
	while (rest.size) {
		const struct text line = text_cut(&rest, '\n');

		if (skip)
			skip--;
		else if (line.size)
			names_add(&pages->lines,
				  arena_text_n(&pages->arena, line.data, line.size),
				  &pages->arena);
	}
}

/* Twice as long as it need be: it is begun anew with what is kept. */
static void
shorten(const struct pages *pages)
{
	struct file_out out;
	struct error ignored;
	bool ok = file_out_open(&out, pages->path, &ignored);

	if (!ok)
		return;
	for (size_t i = 0; ok && i < pages->lines.n; i++) {
		const char *line = pages->lines.at[i];

		ok = file_out_write(&out, line, strlen(line), &ignored) &&
		     file_out_write(&out, "\n", 1, &ignored);
	}
	if (!ok || !file_out_commit(&out, &ignored))
		file_out_abort(&out);
}

static void
work_read(void *context, const atomic_bool *cancel)
{
	struct pages *pages = context;
	struct error ignored;
	struct buffer *bytes = file_read(pages->path, HISTORY_BYTES, &ignored);
	size_t n = 0;

	(void)cancel;
	if (!bytes)
		return;
	for (size_t i = 0; i < bytes->size; i++)
		n += bytes->data[i] == '\n';
	keep_lines(pages, (struct text){ bytes->data, bytes->size });
	buffer_drop(bytes);
	if (n > 2 * HISTORY_MOST)
		shorten(pages);
}

/* All of it in one write: other programs may add to it, too. */
static void
work_add(void *context, const atomic_bool *cancel)
{
	struct pages *pages = context;
	const char *line = arena_print(&pages->arena, "%s\n", pages->line);
	struct error ignored;
	int fd;

	(void)cancel;
	if (!paths_make(pages->folder, &ignored))
		return;
	fd = open(pages->path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
	if (fd < 0)
		return;
	(void)!write(fd, line, strlen(line));
	close(fd);
}

struct history *
history_read(const struct wake *wake)
{
	struct history *history = calloc(1, sizeof *history);
	struct pages *pages = history ? pages_new() : NULL;
	const struct job_spec spec = { work_read, pages_free, pages, wake };
	struct error ignored;

	if (pages && job_start(&spec, &history->job, &ignored))
		return history;
	if (pages)
		pages_free(pages);
	free(history);
	return NULL;
}

const struct names *
history_lines(struct history *history)
{
	if (history->job && job_is_done(history->job)) {
		history->pages = job_take(history->job);
		history->job = NULL;
	}
	return history->pages ? &history->pages->lines : NULL;
}

void
history_free(struct history *history)
{
	if (!history)
		return;
	job_drop(history->job);
	if (history->pages)
		pages_free(history->pages);
	free(history);
}

void
history_add(const char *line, const struct wake *wake)
{
	struct pages *pages = pages_new();
	const struct job_spec spec = { work_add, pages_free, pages, wake };
	struct error ignored;
	struct job *job;

	if (!pages)
		return;
	pages->line = arena_text(&pages->arena, line);
	if (job_start(&spec, &job, &ignored))
		job_drop(job); /* it ends by itself */
	else
		pages_free(pages);
}
