/*
 * clock.h - how much time passes.
 *
 * Counted from a moment that is the same as long as the program runs, and never set back:
 * for how long, not for when.
 */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include <stdint.h>

uint64_t clock_nanoseconds(void);
int64_t clock_milliseconds(void);
double clock_seconds(void);

#endif
