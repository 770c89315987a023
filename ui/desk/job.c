/*
 * job - a detached thread; who comes last, the worker or its owner, frees the job.
 */
#include "desk/job.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum state { WORKING, DONE, DROPPED };

enum { SLICE = 10 }; /* milliseconds after which a wait is looked at again */

struct job {
	struct job_spec spec;
	atomic_bool cancel;
	enum state state; /* under lock */
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER; /* a state, or `working` */
static size_t working;                                    /* threads that there are */

static void
discard(struct job *job)
{
	if (job->spec.release)
		job->spec.release(job->spec.context);
	free(job);
}

static void
count_off(void)
{
	pthread_mutex_lock(&lock);
	working--;
	pthread_cond_broadcast(&changed);
	pthread_mutex_unlock(&lock);
}

static void *
labour(void *argument)
{
	struct job *job = argument;
	bool dropped, counts;

	job->spec.work(job->spec.context, &job->cancel);
	pthread_mutex_lock(&lock);
	dropped = job->state == DROPPED;
	counts = !dropped || !job->spec.is_idle;
	if (!dropped) {
		job->state = DONE;
		if (job->spec.wake)
			wake_up(job->spec.wake);
		pthread_cond_broadcast(&changed);
	}
	pthread_mutex_unlock(&lock);
	if (dropped)
		discard(job);
	if (counts)
		count_off();
	return NULL;
}

static bool
start_thread(struct job *job, struct error *err)
{
	pthread_attr_t attributes;
	pthread_t thread;
	int status;

	pthread_attr_init(&attributes);
	pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
	status = pthread_create(&thread, &attributes, labour, job);
	pthread_attr_destroy(&attributes);
	return status == 0 || fail(err, "cannot start a thread: %s", strerror(status));
}

bool
job_start(const struct job_spec *spec, struct job **out, struct error *err)
{
	struct job *job = calloc(1, sizeof *job);

	*out = NULL;
	if (!job)
		return fail(err, "no memory for a job");
	job->spec = *spec;
	pthread_mutex_lock(&lock);
	working++;
	pthread_mutex_unlock(&lock);
	if (!start_thread(job, err)) {
		count_off();
		free(job);
		return false;
	}
	*out = job;
	return true;
}

static enum state
state_of(struct job *job)
{
	enum state state;

	pthread_mutex_lock(&lock);
	state = job->state;
	pthread_mutex_unlock(&lock);
	return state;
}

bool
job_is_done(struct job *job)
{
	return state_of(job) == DONE;
}

static struct timespec
in(int milliseconds)
{
	struct timespec at;

	clock_gettime(CLOCK_REALTIME, &at);
	at.tv_sec += milliseconds / 1000;
	at.tv_nsec += milliseconds % 1000 * 1000000L;
	if (at.tv_nsec >= 1000000000L) {
		at.tv_nsec -= 1000000000L;
		at.tv_sec++;
	}
	return at;
}

bool
job_wait(struct job *job, int milliseconds)
{
	const struct timespec until = in(milliseconds);
	int status = 0;
	bool done;

	pthread_mutex_lock(&lock);
	while (job->state != DONE && status == 0)
		status = milliseconds < 0
				 ? pthread_cond_wait(&changed, &lock)
				 : pthread_cond_timedwait(&changed, &lock, &until);
	done = job->state == DONE;
	pthread_mutex_unlock(&lock);
	return done;
}

void
job_drop(struct job *job)
{
	bool done;

	if (!job)
		return;
	atomic_store(&job->cancel, true);
	pthread_mutex_lock(&lock);
	done = job->state == DONE;
	job->state = DROPPED;
	if (!done && job->spec.is_idle)
		working--;
	pthread_mutex_unlock(&lock);
	if (done)
		discard(job);
}

void *
job_take(struct job *job)
{
	void *context = job->spec.context;

	free(job);
	return context;
}

bool
job_pause(int milliseconds, const atomic_bool *cancel)
{
	const struct timespec slice = { .tv_nsec = SLICE * 1000000L };

	for (; milliseconds > 0 && !atomic_load(cancel); milliseconds -= SLICE)
		nanosleep(&slice, NULL);
	return !atomic_load(cancel);
}

void
job_settle(void)
{
	pthread_mutex_lock(&lock);
	while (working)
		pthread_cond_wait(&changed, &lock);
	pthread_mutex_unlock(&lock);
}
