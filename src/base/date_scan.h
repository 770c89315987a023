/* date_scan.h - what the parsers of dates share. Only for date*.c. */
#ifndef BASE_DATE_SCAN_H
#define BASE_DATE_SCAN_H

#include "base/date.h"

struct scan { /* what is left of a text */
	const char *at, *end;
};

/* A whole number of least to most digits, as many as there are. */
bool scan_number(struct scan *s, int least, int most, int *out);
bool scan_char(struct scan *s, char c);

/* Digits of a second's fraction as microseconds; those beyond the sixth are cut off. */
bool scan_fraction(struct scan *s, int least, int most, int *micro);

/* A name in any case: 1..12, or weekdays 1..7 from Monday. whole: not "jul" but
 * "july". 0: it is none. */
int scan_month(struct scan *s, bool whole);
int scan_weekday(struct scan *s, bool whole);
/* am or pm: 0 or 12; -1: neither. */
int scan_half(struct scan *s);

/* Hours of a clock with twelve: 12 is 0. -1: out of bounds. */
int hour_of_half(int hour, int half);

/* Civil time in a zone that many seconds east of UTC; false if it does not exist. */
bool civil_to_micros(const struct civil *civil, int offset, int64_t *micros);

/* A word of the list at the start, in any case; its place from 1 on, 0: none. Where one
 * name begins another, the longest is taken. */
int scan_word(struct scan *s, const char *const *words, size_t n);

#endif
