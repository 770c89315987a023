/* profile_job - a profile made by a thread of its own; only the newest snapshot waits. */
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "run/profile.h"

struct profile_job {
	struct arena arena;
	const char *path;
	struct profile_options options;
	atomic_bool cancel;
	int news; /* an eventfd */
	pthread_t thread;
	pthread_mutex_t lock; /* of all below */
	bool has_snapshot, done, well;
	struct profile snapshot;
	struct error err;
};

static void
tell(const struct profile_job *job)
{
	const uint64_t one = 1;

	/* Full only if nobody ever looks. */
	while (write(job->news, &one, sizeof(one)) < 0 && errno == EINTR)
		;
}

static void
put(void *context, struct profile *snapshot)
{
	struct profile_job *job = context;

	pthread_mutex_lock(&job->lock);
	if (job->has_snapshot)
		profile_release(&job->snapshot);
	job->snapshot = *snapshot;
	job->has_snapshot = true;
	pthread_mutex_unlock(&job->lock);
	tell(job);
}

static void *
work(void *context)
{
	struct profile_job *job = context;
	struct profile whole;
	struct error err = { 0 };
	bool well = profile_file(job->path, &job->options, &whole, &err);

	if (well)
		put(job, &whole);
	pthread_mutex_lock(&job->lock);
	job->done = true;
	job->well = well;
	job->err = err;
	pthread_mutex_unlock(&job->lock);
	tell(job);
	return NULL;
}

static void
discard(struct profile_job *job)
{
	if (job->has_snapshot)
		profile_release(&job->snapshot);
	if (job->news >= 0)
		close(job->news);
	pthread_mutex_destroy(&job->lock);
	arena_release(&job->arena);
	free(job);
}

bool
profile_start(const char *path, const struct profile_options *options,
	      struct profile_job **out, struct error *err)
{
	struct profile_job *job = calloc(1, sizeof(*job));
	bool ok;

	if (!job)
		return fail(err, "out of memory: the system refused a thread");
	pthread_mutex_init(&job->lock, NULL);
	job->path = arena_text(&job->arena, path);
	job->options = *options;
	job->options.cancel = &job->cancel;
	job->options.show = put;
	job->options.context = job;
	job->news = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	ok = job->news >= 0 && pthread_create(&job->thread, NULL, work, job) == 0;
	if (!ok) {
		discard(job);
		return fail(err, "the system refused a thread for '%s'", path);
	}
	*out = job;
	return true;
}

int
profile_descriptor(const struct profile_job *job)
{
	return job->news;
}

bool
profile_take(struct profile_job *job, struct profile *out)
{
	bool has;
	uint64_t seen;

	/* Nothing to read: someone took it without having been told. */
	while (read(job->news, &seen, sizeof(seen)) < 0 && errno == EINTR)
		;
	pthread_mutex_lock(&job->lock);
	has = job->has_snapshot;
	if (has)
		*out = job->snapshot;
	job->has_snapshot = false;
	pthread_mutex_unlock(&job->lock);
	return has;
}

bool
profile_is_done(struct profile_job *job, bool *well, struct error *err)
{
	bool done;

	pthread_mutex_lock(&job->lock);
	done = job->done;
	*well = job->well;
	if (done && !job->well)
		*err = job->err;
	pthread_mutex_unlock(&job->lock);
	return done;
}

void
profile_stop(struct profile_job *job)
{
	if (!job)
		return;
	atomic_store(&job->cancel, true);
	pthread_join(job->thread, NULL);
	discard(job);
}
