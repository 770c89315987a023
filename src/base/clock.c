/* clock - the clocks of the system, in the units and words that callers need. */
#include "base/clock.h"

#include <time.h>

uint64_t
clock_nanoseconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

int64_t
clock_milliseconds(void)
{
	return (int64_t)(clock_nanoseconds() / 1000000u);
}

double
clock_seconds(void)
{
	return (double)clock_nanoseconds() / 1e9;
}

void
clock_local(int64_t time, const char *format, char out[CLOCK_SIZE])
{
	const time_t seconds = (time_t)time;
	struct tm tm;

	if (!localtime_r(&seconds, &tm) || !strftime(out, CLOCK_SIZE, format, &tm))
		out[0] = '\0';
}
