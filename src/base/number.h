/*
 * number.h - numbers to text and back, exactly, whatever the locale.
 *
 * Text is read as Spark's cast and Data Wrangler's inference read it (the two
 * differ: see each function), and printed as Java prints it, since people compare
 * our files with Spark's.
 */
#ifndef BASE_NUMBER_H
#define BASE_NUMBER_H

#include "base/text.h"

enum { NUMBER_SIZE = 40 }; /* bytes that any printed number fits in, with its NUL */

/* Decimal digits with a sign, nothing else, no overflow. */
bool number_parse_long(struct text t, int64_t *out);

/* The whole text is a decimal number, exponents allowed; or, in any case, nan, inf,
 * infinity with a sign. Correctly rounded. No blanks, no hex, no '_'. */
bool number_parse_float(struct text t, double *out);

/* w * 10^q, correctly rounded. False: it is too near to the middle of two doubles to be
 * told so fast. */
bool number_scale(uint64_t w, int64_t q, double *out);

/* Both return the bytes written, without the NUL they add. */
size_t number_print_long(int64_t value, char out[NUMBER_SIZE]);

/* Java's Double.toString: the shortest digits that read back as the same value,
 * "35.0", "1.0E10" from 10^7 on, "1.0E-4" below 10^-3, NaN, Infinity. */
size_t number_print_float(double value, char out[NUMBER_SIZE]);

/* JavaScript's Number.toString, as flow files hold numbers: "240", "1e+21". */
size_t number_print_js(double value, char out[NUMBER_SIZE]);

/* Python's repr(float), for code and hashes: "240.0", "1e-05". */
size_t number_print_python(double value, char out[NUMBER_SIZE]);

#endif
