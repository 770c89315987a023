/* threads - started for one piece of work, joined at its end. */
#include "base/threads.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>

struct job {
	void (*work)(void *context, size_t i);
	void *context;
	size_t i;
	pthread_t thread;
	bool started;
};

static void *
start(void *context)
{
	struct job *job = context;

	job->work(job->context, job->i);
	return NULL;
}

void
threads_run(size_t n, void (*work)(void *context, size_t i), void *context)
{
	struct job *jobs = n > 1 ? calloc(n - 1, sizeof(*jobs)) : NULL;

	for (size_t i = 0; jobs && i + 1 < n; i++) {
		jobs[i] = (struct job){ .work = work, .context = context, .i = i };
		jobs[i].started =
			pthread_create(&jobs[i].thread, NULL, start, &jobs[i]) == 0;
	}
	if (n)
		work(context, n - 1);
	for (size_t i = 0; i + 1 < n; i++)
		if (jobs && jobs[i].started)
			pthread_join(jobs[i].thread, NULL);
		else
			work(context, i);
	free(jobs);
}
