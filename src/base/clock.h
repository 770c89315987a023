/*
 * clock.h - how much time passes, and what the clock on the wall says.
 *
 * The first three count from a moment that is the same as long as the program runs, and
 * are never set back: for how long, not for when.
 */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include <stdint.h>

uint64_t clock_nanoseconds(void);
int64_t clock_milliseconds(void);
double clock_seconds(void);

enum { CLOCK_SIZE = 32 };
/* A time in seconds since 1970 as a user's clock shows it, format: as strftime() has it;
 * "" for what no calendar has. */
void clock_local(int64_t time, const char *format, char out[CLOCK_SIZE]);

#endif
