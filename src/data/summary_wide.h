/*
 * summary_wide.h - counts and sketches of a column of many different texts. Private to
 * the summary.
 *
 * A value is added to all that it may be counted as: the type is not known yet.
 */
#ifndef DATA_SUMMARY_WIDE_H
#define DATA_SUMMARY_WIDE_H

#include "data/spread.h"
#include "data/summary.h"

enum {
	REGISTERS = 1 << 14,
	WIDE_OCTAVES = 1 << 12, /* signs and exponents of a double */
	WIDE_BITS = 10,         /* of a fraction, that choose the bin */
	WIDE_BINS = 1 << WIDE_BITS,
};

/* Numbers: whole ones that a long holds are apart from others. */
struct wide_numbers {
	uint64_t n;
	struct moments moments;
	double min, max;
	int64_t least, most; /* of whole ones */
	/* By sign and exponent, in ascending order: how many there are in each of its
	 * bins, or NULL. */
	uint64_t *octave[WIDE_OCTAVES];
};

/* The least few of the texts that are no value of a type. */
struct wide_odd {
	size_t n;
	struct buffer *text[SUMMARY_ODD];
};

enum { ODD_NUMBER, ODD_WHOLE, ODD_DATE, ODD_MOMENT, ODDS };

struct summary_wide {
	enum summary_level level;
	const struct datetime_format *format; /* of moments; the summary's */
	uint64_t rows, blank, null_like, nan; /* null_like: not blank */
	struct wide_numbers whole, other;
	struct spread date, datetime;
	uint64_t bools[2];
	struct buffer *min, *max; /* of all texts; NULL: none yet */
	struct wide_odd odd[ODDS];
	unsigned char reg[REGISTERS];
};

CHECKED struct summary_wide *summary_wide_new(enum summary_level level,
					      const struct datetime_format *format,
					      struct error *err);
void summary_wide_free(struct summary_wide *wide);
CHECKED bool summary_wide_add(struct summary_wide *wide, struct text t, unsigned looks,
			      uint64_t n, struct error *err);
/* The same of a value of a type, as the table has it (summary_parts.h). */
CHECKED bool summary_wide_add_typed(struct summary_wide *wide, struct text t,
				    enum type type, uint64_t n, struct error *err);
CHECKED bool summary_wide_merge(struct summary_wide *into,
				const struct summary_wide *from, struct error *err);
/* All but what a number is added by. */
CHECKED bool wide_numbers_merge(struct wide_numbers *into,
				const struct wide_numbers *from, struct error *err);
void wide_numbers_release(struct wide_numbers *numbers);

/* nulls: rows that were never added. */
CHECKED bool summary_wide_settle(const struct summary_wide *wide, uint64_t nulls,
				 struct summary_result *out, struct arena *arena,
				 struct error *err);

#endif
