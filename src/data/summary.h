/*
 * summary.h - what the values of a column are, all of them: type, counts, extremes, mean
 * and spread, quantiles, most frequent values, a histogram.
 *
 * A summary is filled with the texts as they stand in the file, in any order and in any
 * number of parts that are merged; the type is decided at the end, from all of them, so
 * nothing is guessed that must be mended later. The outcome depends on the values alone.
 * A column that has a type is summed up as it is, and gives what its texts would.
 *
 * As long as a column has few different texts it is narrow: each is held with how often
 * it occurs, and everything is worked out from these counts, exactly. When they are more
 * than the level allows it becomes wide: counts, extremes, mean and spread stay exact,
 * while the number of different values is an estimate and quantiles are near:
 *
 *	distinct	HyperLogLog (Flajolet, Fusy, Gandouet, Meunier, "HyperLogLog:
 *			the analysis of a near-optimal cardinality estimation
 *			algorithm", 2007) with 2^14 registers: a standard error of
 *			1.04 / sqrt(2^14) = 0.8 %
 *	quantiles	numbers are counted in bins of the same relative width (as in
 *			Masson, Rim, Lee, "DDSketch", 2019): within 0.05 % of the value
 *	most frequent	not known: what holds few of many texts depends on their order
 *	bins		of numbers out of those for quantiles; of moments out of 2,048 or
 *			more of one width
 */
#ifndef DATA_SUMMARY_H
#define DATA_SUMMARY_H

#include "base/arena.h"
#include "base/sum.h"
#include "data/cast.h"
#include "data/infer.h"

/* How much is to be known; each has what those before it have. */
enum summary_level {
	SUMMARY_TYPE,  /* infer_type() of all values */
	SUMMARY_COUNT, /* how many are there, missing, and not of the type */
	SUMMARY_ALL,
};

enum {
	SUMMARY_TEXTS = 1 << 17, /* different texts of a narrow column */
	SUMMARY_BYTES = 8 << 20, /* and what they take */
	SUMMARY_TOP = 12,
	SUMMARY_ODD = 3,
};

struct summary;

/* A value of the column's type. */
struct summary_value {
	int64_t whole;    /* long; bool; date: days; datetime: microseconds */
	double number;    /* float */
	struct text text; /* string */
};

struct summary_top {
	struct summary_value value;
	uint64_t count;
};

/* A bin of a histogram; histogram.h says where they are. The last one of floats holds its
 * high edge as well. */
struct summary_bin {
	double low, high; /* date: days; datetime: microseconds */
	uint64_t count;
};

struct summary_result {
	enum type type;
	struct infer infer; /* what decided it */

	/* From SUMMARY_COUNT on: rows = count + missing + misfits. Missing is null,
	 * blank, NaN, and in all columns but strings what begins as a null does ("NULL").
	 * A misfit is any other text that is no value of the type: no number, a date that
	 * is not in the calendar, a fraction among whole numbers. */
	uint64_t rows, count, missing, misfits;

	/* SUMMARY_ALL. Infinity counts for extremes and quantiles, not for mean and sd.
	 */
	uint64_t distinct;
	bool distinct_is_exact, quantiles_are_exact;
	struct summary_value min, max; /* if count */
	double mean, sd;               /* numbers; NaN: not there */
	double q25, median, q75;       /* numbers; as quantile.h has ranks */
	size_t n_top;                  /* most frequent first, ties in ascending order */
	struct summary_top top[SUMMARY_TOP];
	/* Numbers and moments: how they are spread, infinity left out; exact if distinct
	 * is. */
	size_t n_bins;
	struct summary_bin *bins;
	size_t n_odd; /* some of the misfits */
	struct text odd[SUMMARY_ODD];
};

/* texts: that a narrow column may have; 0: as the level has it. */
CHECKED struct summary *summary_new(enum summary_level level, size_t texts,
				    struct error *err);
/* Of columns that have a type, SUMMARY_ALL. Of objects nothing is known but whether they
 * are there; distinct is 0. */
CHECKED struct summary *summary_new_of(enum type type, size_t texts, struct error *err);
/* How texts become moments, before any is added; if nothing is said as pandas takes them.
 */
void summary_read_moments(struct summary *summary, const struct datetime_format *format);
void summary_free(struct summary *summary); /* NULL is fine */

/* Every row of a string column, nulls as well; or of one of the summary's type. */
CHECKED bool summary_add(struct summary *summary, const struct column *column,
			 struct error *err);
/* The same of texts, size 0: null; 8 bytes behind each must be readable. */
CHECKED bool summary_add_texts(struct summary *summary, const struct text *texts,
			       size_t n, struct error *err);
/* What other has, which stays as it is but for what dictionaries it still counts in. */
CHECKED bool summary_merge(struct summary *into, struct summary *other,
			   struct error *err);

/* as: the type that texts are to be read as; 0: the one that most of them look like.
 * Texts are copied into the arena. The summary may grow on. */
CHECKED bool summary_settle(struct summary *summary, enum type as,
			    struct summary_result *out, struct arena *arena,
			    struct error *err);

#endif
