/*
 * cast.h - values of one type as another, by the rules of Spark (ANSI mode off).
 *
 * What cannot be converted becomes null, never an error. Blanks round a text do not
 * count (every byte <= ' ', and DEL).
 */
#ifndef DATA_CAST_H
#define DATA_CAST_H

#include "data/column.h"

/* Digits, behind a point too, where they are cut off: "28.5" is 28. No exponent. */
bool cast_text_to_long(struct text t, int64_t *out);
/* As Java reads a double ("1e5", "1d", "0x1p3", "NaN"), and inf, infinity, nan in any
 * case. */
bool cast_text_to_float(struct text t, double *out);
/* t true y yes 1, f false n no 0, in any case. */
bool cast_text_to_bool(struct text t, bool *out);
bool cast_text_to_date(struct text t, int32_t *out);
bool cast_text_to_datetime(struct text t, int64_t *out);

/* Towards 0; NaN is 0; what is too large is the largest. */
int64_t cast_float_to_long(double value);

/* A new reference in *out (to in itself where nothing changes). Fails where Spark refuses
 * the pair (a number as a date, an object as anything but a string). */
CHECKED bool cast_column(const struct column *in, enum type to, struct column **out,
			 struct error *err);

/* How a column's text becomes moments. */
struct datetime_format {
	enum { FORMAT_ANY, FORMAT_JAVA, FORMAT_STRFTIME } kind;
	char pattern[64]; /* FORMAT_ANY: none, each value as pandas takes it */
};

enum { FORMAT_SAMPLE = 5000 }; /* rows among which the first value is looked for */

/* The format that all values are read by when no one says which: that of the first
 * value, if it has one of the known forms. */
struct datetime_format datetime_format_of(struct text first);

/* The first of the first n rows that is not null decides; false: there is none. */
bool datetime_format_find(const struct column *in, size_t n, struct datetime_format *out);

bool datetime_format_parse(const struct datetime_format *format, struct text t,
			   int64_t *micros);

/* Strings to datetimes, or to dates (the time is cut off), by a format. */
CHECKED bool cast_by_format(const struct column *in, enum type to,
			    const struct datetime_format *format, struct column **out,
			    struct error *err);

/* Append a cell as Spark casts it to a string: for labels, messages and previews. A null
 * adds nothing; within lists it is "null". */
CHECKED bool cell_print(const struct column *c, size_t row, struct buffer *out,
			struct error *err);

#endif
