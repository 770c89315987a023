/*
 * date.h - days and microseconds since 1970-01-01, proleptic Gregorian, UTC.
 */
#ifndef BASE_DATE_H
#define BASE_DATE_H

#include "base/text.h"

#define DAY_MICROS INT64_C(86400000000)

struct civil {                /* a moment taken apart */
	int year, month, day; /* month 1..12, day 1..31 */
	int hour, minute, second, micro;
};

int32_t date_days(int year, int month, int day);
void date_civil(int32_t days, struct civil *out);
int64_t datetime_micros(const struct civil *civil);
void datetime_civil(int64_t micros, struct civil *out);

/* A real date: month, day in month, hour and so on within bounds. */
bool civil_is_valid(const struct civil *civil);

enum { DATE_SIZE = 48 };
size_t date_print(int32_t days, char out[DATE_SIZE]); /* 2015-07-01 */
/* As Spark writes CSV: 2015-07-01T00:00:00.000Z */
size_t datetime_print(int64_t micros, char out[DATE_SIZE]);
/* As Spark casts to string: 2015-07-01 00:00:00[.ffffff] */
size_t datetime_print_sql(int64_t micros, char out[DATE_SIZE]);

/* Exactly YYYY-MM-DD. */
bool date_parse_iso(struct text t, int32_t *days);

/* As Spark casts strings: 2015, 2015-7, 2015-07-01, the latter also with a blank or T
 * and anything behind it. Blanks around are the caller's to trim. */
bool date_parse_spark(struct text t, int32_t *days);
/* The same with [T| ]h:m:s[.f][zone]; zones are Z, UTC, GMT and offsets. */
bool datetime_parse_spark(struct text t, int64_t *micros);

/* By a Java pattern (yyyy-MM-dd'T'HH:mm:ss.SSSXXX and kin), as strict as Spark 3: MM
 * is two digits, M one or two, SSS one to three. [ ] is optional. The whole text. */
bool datetime_parse_java(struct text t, const char *pattern, int64_t *micros);

/* By Python strftime codes (%Y-%m-%d %H:%M:%S). The whole text. */
bool datetime_parse_strftime(struct text t, const char *format, int64_t *micros);

/*
 * Anything that pandas' parser takes for a moment (month first where both may be):
 * ISO forms, 7/1/2015, 1 July 2015, Jul 1 2015 10:11 PM, 20150701, with or without
 * time, fraction and zone, from 1677 to 2262 as pandas holds them. A year is needed, and
 * a bare number that is no date is refused. Two digits are a year from 1975 to 2074, so
 * that the result does not depend on today.
 */
bool datetime_parse_any(struct text t, int64_t *micros);

#endif
