/*
 * histogram.h - how values are spread: where the bins of a histogram begin and end.
 *
 * Edges are numbers that people would choose: multiples of 1, 2, 2.5 or 5 times a power
 * of ten, whole ones for whole numbers; of moments seconds, minutes, hours, days, weeks
 * that begin on a Monday, months, years. Numbers have bins as wide as Freedman and
 * Diaconis ("On the histogram as a density estimator", 1981) would have them, made wider
 * to the next such step, but between 8 and 40 of them. A bin holds its low edge and not
 * its high one; the last one of numbers that are not whole holds both.
 */
#ifndef DATA_HISTOGRAM_H
#define DATA_HISTOGRAM_H

#include <stddef.h>
#include <stdint.h>

#include "data/type.h"

enum { HISTOGRAM_LEAST = 8, HISTOGRAM_MOST = 40 };

struct histogram {
	size_t n; /* 0: no bins can be made */
	double edge[HISTOGRAM_MOST + 3];
	uint64_t count[HISTOGRAM_MOST + 2];
	size_t at; /* where the last value was */
};

/* What is known of the values, which are finite. */
struct histogram_of {
	enum type type; /* long, float, date (days), datetime (microseconds) */
	double low, high;
	double spread; /* between the quartiles; of moments it is not looked at */
	uint64_t n;
};

void histogram_make(struct histogram *h, const struct histogram_of *of);
/* So many of one value; those that are larger come later. What is no finite number is
 * left out. */
void histogram_add(struct histogram *h, double x, uint64_t n);

#endif
