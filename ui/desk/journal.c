/*
 * journal - a queue of documents, a thread that writes how each differs from the last.
 *
 * `known` is the document that the file gives back, `now` the newest one. What was
 * written only in part is cut off again, so that the file never says anything else than
 * `known`, and the next attempt begins there.
 */
#include "desk/journal.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "desk/job.h"
#include "desk/journal_file.h"

enum {
	MANY = 16, /* changes that wait: they share a line */
	AGAIN = 2, /* seconds until what failed is tried again */
};

struct item {
	struct item *next;
	struct flow flow;
	char *command;
};

struct journal {
	struct job *job;
	const struct wake *wake;
	char *path;
	pthread_mutex_t lock;
	pthread_cond_t changed;
	struct journal *next; /* older, of all that are open; under list_lock */
	bool ends;            /* under list_lock: it is being closed */

	/* under lock */
	struct item *first, *last;
	size_t n_items;
	bool closing, keep, busy;
	struct error trouble;

	/* the thread's own */
	struct journal_file file;
	struct flow base; /* until its text is taken */
	struct buffer *now;
};

static pthread_mutex_t list_lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t list_changed = PTHREAD_COND_INITIALIZER;
static struct journal *list;

/* --- one file, several journals --- */

static void
leave(struct journal *journal)
{
	struct journal **at = &list;

	pthread_mutex_lock(&list_lock);
	while (*at != journal)
		at = &(*at)->next;
	*at = journal->next;
	pthread_cond_broadcast(&list_changed);
	pthread_mutex_unlock(&list_lock);
}

/* An older one of the same file that writes its last. */
static bool
has_rival(const struct journal *journal)
{
	const struct journal *old = journal->next;

	while (old && !(old->ends && journal_writes(old, journal->path)))
		old = old->next;
	return old != NULL;
}

static void
wait_for_rivals(const struct journal *journal)
{
	pthread_mutex_lock(&list_lock);
	while (has_rival(journal))
		pthread_cond_wait(&list_changed, &list_lock);
	pthread_mutex_unlock(&list_lock);
}

/* --- what the thread does --- */

static struct buffer *
text_of_flow(const struct flow *flow, struct error *err)
{
	struct buffer *text = buffer_new(0, err);

	if (text && flow_print(flow, text, err))
		return text;
	buffer_drop(text);
	return NULL;
}

static struct item *
item_free(struct item *item)
{
	struct item *next = item->next;

	flow_release(&item->flow);
	free(item->command);
	free(item);
	return next;
}

/* One change more; *n of the same line wait for it. */
static bool
take(struct journal *journal, const struct item *item, bool ends_line, struct error *err)
{
	struct buffer *now;

	if (!journal_file_command(&journal->file, item->command, err))
		return false;
	if (!ends_line)
		return true;
	now = text_of_flow(&item->flow, err);
	if (!now)
		return false;
	buffer_drop(journal->now);
	journal->now = now;
	return journal_file_line(&journal->file, now, err);
}

static bool
take_all(struct journal *journal, struct item *item, size_t n, struct error *err)
{
	bool ok = true;

	for (; item; item = item_free(item))
		ok = take(journal, item, n < MANY || !item->next, err) && ok;
	return ok;
}

static bool
begin(struct journal *journal, struct error *err)
{
	struct buffer *base;

	if (journal->file.base)
		return true;
	base = text_of_flow(&journal->base, err);
	if (!base)
		return false;
	wait_for_rivals(journal);
	journal_file_base(&journal->file, base);
	journal->now = buffer_share(base);
	flow_release(&journal->base);
	return true;
}

static void
say(struct journal *journal, bool ok, const struct error *err)
{
	const bool is_news = ok != !journal->trouble.text[0];

	journal->trouble.text[0] = '\0';
	if (!ok)
		journal->trouble = *err;
	if (is_news && journal->wake)
		wake_up(journal->wake);
}

/* Under lock, but for the work itself. */
static void
write_queue(struct journal *journal)
{
	struct item *items = journal->first;
	const size_t n = journal->n_items;
	struct error err = { 0 };
	bool ok;

	journal->first = journal->last = NULL;
	journal->n_items = 0;
	journal->busy = true;
	pthread_mutex_unlock(&journal->lock);
	ok = begin(journal, &err);
	ok = take_all(journal, items, n, &err) && ok;
	ok = ok && journal_file_sync(&journal->file, &err);
	pthread_mutex_lock(&journal->lock);
	journal->busy = false;
	say(journal, ok, &err);
	pthread_cond_broadcast(&journal->changed);
}

static void
wait_for_work(struct journal *journal)
{
	struct timespec until;

	if (!journal->trouble.text[0]) {
		pthread_cond_wait(&journal->changed, &journal->lock);
		return;
	}
	clock_gettime(CLOCK_REALTIME, &until);
	until.tv_sec += AGAIN;
	if (pthread_cond_timedwait(&journal->changed, &journal->lock, &until) != 0)
		write_queue(journal);
}

static void
labour(void *context, const atomic_bool *cancel)
{
	struct journal *journal = context;

	(void)cancel; /* what was noted is written, whoever is gone */
	pthread_mutex_lock(&journal->lock);
	while (!journal->closing || journal->n_items)
		if (journal->n_items)
			write_queue(journal);
		else
			wait_for_work(journal);
	if (journal->trouble.text[0] && journal->keep)
		write_queue(journal);
	pthread_mutex_unlock(&journal->lock);
	journal_file_close(&journal->file, journal->keep);
	leave(journal);
}

static void
discard(void *context)
{
	struct journal *journal = context;

	flow_release(&journal->base);
	buffer_drop(journal->now);
	pthread_mutex_destroy(&journal->lock);
	pthread_cond_destroy(&journal->changed);
	free(journal->path);
	free(journal);
}

/* --- what others call --- */

static bool
start(struct journal *journal, struct error *err)
{
	const struct job_spec spec = { labour, discard, journal, journal->wake };

	pthread_mutex_lock(&list_lock);
	journal->next = list;
	list = journal;
	pthread_mutex_unlock(&list_lock);
	if (job_start(&spec, &journal->job, err))
		return true;
	leave(journal);
	return false;
}

bool
journal_open(const struct journal_spec *spec, const struct flow *flow,
	     struct journal **out, struct error *err)
{
	struct journal *journal = calloc(1, sizeof *journal);

	*out = NULL;
	if (!journal || !(journal->path = strdup(spec->path))) {
		free(journal);
		return fail(err, "no memory for a journal");
	}
	journal->wake = spec->wake;
	pthread_mutex_init(&journal->lock, NULL);
	pthread_cond_init(&journal->changed, NULL);
	journal_file_init(&journal->file, spec, flow->path);
	if (flow_share(flow, &journal->base, err) && start(journal, err)) {
		*out = journal;
		return true;
	}
	journal_file_close(&journal->file, true);
	discard(journal);
	return false;
}

static struct item *
item_new(const struct flow *flow, const char *command, struct error *err)
{
	struct item *item = calloc(1, sizeof *item);

	if (!item || !(item->command = strdup(command))) {
		free(item);
		fail(err, "no memory for the journal");
		return NULL;
	}
	if (flow_share(flow, &item->flow, err))
		return item;
	item_free(item);
	return NULL;
}

static void
queue(struct journal *journal, struct item *item)
{
	if (journal->last)
		journal->last->next = item;
	else
		journal->first = item;
	journal->last = item;
	journal->n_items++;
}

void
journal_note(struct journal *journal, const struct flow *flow, const char *command)
{
	struct error err = { 0 };
	struct item *item = item_new(flow, command, &err);

	pthread_mutex_lock(&journal->lock);
	if (item)
		queue(journal, item);
	else
		journal->trouble = err;
	pthread_cond_broadcast(&journal->changed);
	pthread_mutex_unlock(&journal->lock);
}

void
journal_trouble(struct journal *journal, struct error *out)
{
	pthread_mutex_lock(&journal->lock);
	*out = journal->trouble;
	pthread_mutex_unlock(&journal->lock);
}

bool
journal_flush(struct journal *journal)
{
	bool ok;

	pthread_mutex_lock(&journal->lock);
	while (journal->n_items || journal->busy)
		pthread_cond_wait(&journal->changed, &journal->lock);
	ok = !journal->trouble.text[0];
	pthread_mutex_unlock(&journal->lock);
	return ok;
}

void
journal_close(struct journal *journal, bool keep)
{
	struct job *job;

	if (!journal)
		return;
	job = journal->job;
	pthread_mutex_lock(&list_lock);
	journal->ends = true;
	pthread_mutex_unlock(&list_lock);
	pthread_mutex_lock(&journal->lock);
	journal->closing = true;
	journal->keep = keep;
	pthread_cond_broadcast(&journal->changed);
	pthread_mutex_unlock(&journal->lock);
	job_drop(job);
}

bool
journal_writes(const struct journal *journal, const char *path)
{
	return !strcmp(journal->path, path);
}

bool
journal_is_open(const char *path)
{
	bool found = false;

	pthread_mutex_lock(&list_lock);
	for (const struct journal *j = list; j && !found; j = j->next)
		found = journal_writes(j, path);
	pthread_mutex_unlock(&list_lock);
	return found;
}
