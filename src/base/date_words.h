/*
 * date_words.h - the texts of moments as words of eight bytes, the first in the lowest:
 * what date.c shares with the writers of tables.
 */
#ifndef BASE_DATE_WORDS_H
#define BASE_DATE_WORDS_H

#include "base/date.h"
#include "base/digits.h"

/* Of a year from 0 to 9999: "2015-07-", "01". */
static inline void
date_words(const struct civil *c, uint64_t out[2])
{
	const uint32_t number = (uint32_t)(c->year * 10000 + c->month * 100 + c->day);
	const uint64_t digits = digits_of(number) | DIGITS_ZEROES;

	out[0] = (digits & 0xffffffff) | (uint64_t)'-' << 32 |
		 (digits >> 32 & 0xffff) << 40 | (uint64_t)'-' << 56;
	out[1] = digits >> 48;
}

/* Of a second of the day: "00:00:00". */
static inline uint64_t
clock_word(uint32_t second)
{
	const uint32_t minute = second / 60;
	const uint64_t digits =
		digits_of(minute / 60 * 10000 + minute % 60 * 100 + second % 60) |
		DIGITS_ZEROES;

	return (digits >> 16 & 0xffff) | (uint64_t)':' << 16 |
	       (digits >> 32 & 0xffff) << 24 | (uint64_t)':' << 40 | digits >> 48 << 48;
}

/* Of a millisecond of the day, behind a date: "T00:00", ":00.000Z". */
static inline void
clock_words(uint32_t millis, uint64_t out[2])
{
	const uint64_t clock = clock_word(millis / 1000);
	const uint64_t fraction = (digits_of(millis % 1000) | DIGITS_ZEROES) >> 40;

	out[0] = 'T' | (clock & 0xffffffffff) << 8;
	out[1] = clock >> 40 | (uint64_t)'.' << 24 | fraction << 32 | (uint64_t)'Z' << 56;
}

#endif
