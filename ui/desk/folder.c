/* folder - a job reads and sorts; the screen takes what is newest. */
#include "desk/folder.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "desk/paths.h"
#include "io/io.h"

/* Of one job, then of who asked for it. */
struct reading {
	struct arena arena;
	struct folder_list list;
	bool hidden;
	size_t room;
};

struct folder {
	const struct wake *wake;
	struct job *job;
	struct reading *newest; /* NULL: none yet */
};

static void
reading_free(void *context)
{
	struct reading *reading = context;
	struct arena arena = reading->arena;

	arena_release(&arena);
}

/* --- on the job's thread --- */

/* What a link leads to. False: it is gone. */
static bool
look(int fd, const char *name, struct folder_entry *out)
{
	struct stat stat;

	if (fstatat(fd, name, &stat, 0) != 0)
		return false;
	out->size = S_ISREG(stat.st_mode) ? (uint64_t)stat.st_size : 0;
	out->kind = S_ISDIR(stat.st_mode)  ? FOLDER_FOLDER
		    : paths_is_flow(name)  ? FOLDER_FLOW
		    : format_of_file(name) ? FOLDER_TABLE
					   : FOLDER_OTHER;
	return S_ISDIR(stat.st_mode) || S_ISREG(stat.st_mode);
}

static void
add(struct reading *reading, const struct folder_entry *entry)
{
	struct folder_list *list = &reading->list;

	if (list->n == reading->room) {
		const size_t room = reading->room ? 2 * reading->room : 64;

		list->entries = arena_grow(&reading->arena, list->entries,
					   list->n * sizeof *entry, room * sizeof *entry);
		reading->room = room;
	}
	list->entries[list->n] = *entry;
	list->entries[list->n++].name = arena_text(&reading->arena, entry->name);
}

static int
compare(const void *a, const void *b)
{
	static const int order[] = { [FOLDER_FOLDER] = 0,
				     [FOLDER_TABLE] = 1,
				     [FOLDER_FLOW] = 1,
				     [FOLDER_OTHER] = 2 };
	const struct folder_entry *x = a, *y = b;
	const int by_kind = order[x->kind] - order[y->kind];
	const int by_word = by_kind ? by_kind : strcasecmp(x->name, y->name);

	return by_word ? by_word : strcmp(x->name, y->name);
}

static void
read_entries(struct reading *reading, DIR *dir, const atomic_bool *cancel)
{
	const struct dirent *next;

	while (!atomic_load(cancel) && (next = readdir(dir))) {
		struct folder_entry entry = { .name = next->d_name };

		if (!strcmp(next->d_name, ".") || !strcmp(next->d_name, "..") ||
		    (next->d_name[0] == '.' && !reading->hidden))
			continue;
		reading->list.is_cut = reading->list.n == FOLDER_MOST;
		if (reading->list.is_cut)
			break;
		if (look(dirfd(dir), next->d_name, &entry))
			add(reading, &entry);
	}
}

static void
work(void *context, const atomic_bool *cancel)
{
	struct reading *reading = context;
	struct folder_list *list = &reading->list;
	DIR *dir = opendir(list->path);

	if (!dir) {
		list->has_failed =
			!fail_errno(&list->err, "cannot read '%s'", list->path);
		return;
	}
	read_entries(reading, dir, cancel);
	closedir(dir);
	if (list->n)
		qsort(list->entries, list->n, sizeof *list->entries, compare);
}

/* --- on the screen's --- */

struct folder *
folder_new(const struct wake *wake)
{
	struct folder *folder = calloc(1, sizeof *folder);

	if (folder)
		folder->wake = wake;
	return folder;
}

void
folder_free(struct folder *folder)
{
	if (!folder)
		return;
	job_drop(folder->job);
	if (folder->newest)
		reading_free(folder->newest);
	free(folder);
}

bool
folder_read(struct folder *folder, const char *path, bool hidden, struct error *err)
{
	struct arena arena = { 0 };
	struct reading *reading = ARENA_NEW(&arena, struct reading);
	struct job_spec spec = { work, reading_free, reading, folder->wake };

	reading->hidden = hidden;
	reading->list.path = paths_absolute(path, &arena);
	reading->arena = arena;
	job_drop(folder->job);
	folder->job = NULL;
	if (job_start(&spec, &folder->job, err))
		return true;
	reading_free(reading);
	return false;
}

const struct folder_list *
folder_list(struct folder *folder)
{
	if (folder->job && job_is_done(folder->job)) {
		if (folder->newest)
			reading_free(folder->newest);
		folder->newest = job_take(folder->job);
		folder->job = NULL;
	}
	return folder->newest ? &folder->newest->list : NULL;
}

bool
folder_is_busy(struct folder *folder)
{
	return folder->job && !job_is_done(folder->job);
}
