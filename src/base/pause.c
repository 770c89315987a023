/* pause - a flag to look at, and a condition to wait for. */
#include "base/pause.h"

void
pause_init(struct pause *pause)
{
	*pause = (struct pause){ 0 };
	pthread_mutex_init(&pause->lock, NULL);
	pthread_cond_init(&pause->moved, NULL);
}

void
pause_release(struct pause *pause)
{
	pthread_cond_destroy(&pause->moved);
	pthread_mutex_destroy(&pause->lock);
}

void
pause_hold(struct pause *pause, bool held)
{
	pthread_mutex_lock(&pause->lock);
	if (held && !pause->is_held)
		pause->since = clock_nanoseconds();
	else if (!held && pause->is_held)
		pause->held += clock_nanoseconds() - pause->since;
	pause->is_held = held;
	pthread_cond_broadcast(&pause->moved);
	pthread_mutex_unlock(&pause->lock);
}

uint64_t
pause_clock(struct pause *pause)
{
	uint64_t now;

	pthread_mutex_lock(&pause->lock);
	now = pause->is_held ? pause->since : clock_nanoseconds();
	now -= pause->held;
	pthread_mutex_unlock(&pause->lock);
	return now;
}

unsigned
pause_waiting(struct pause *pause)
{
	unsigned waiting;

	pthread_mutex_lock(&pause->lock);
	waiting = pause->waiting;
	pthread_mutex_unlock(&pause->lock);
	return waiting;
}

void
pause_wait(struct pause *pause)
{
	pthread_mutex_lock(&pause->lock);
	pause->waiting++;
	while (pause->is_held)
		pthread_cond_wait(&pause->moved, &pause->lock);
	pause->waiting--;
	pthread_mutex_unlock(&pause->lock);
}
