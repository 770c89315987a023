/*
 * eta.h - how far a run is, and when it will be done: made of what it tells on its way.
 *
 * What is not known is not said: a time is only given when a pass has gone on for a while
 * and nothing follows whose pace cannot be told from it. Times are seconds of work from
 * the start of the run, without those that it was held. One thread at a time.
 */
#ifndef RUN_ETA_H
#define RUN_ETA_H

#include "run/run.h"

struct eta {
	struct run_progress at; /* the newest; what NULL: none yet */
	double began;           /* the pass at hand */
	double now;             /* when `at` was told */
	double share;           /* of all; never goes back */
	double end;             /* when it will be done; NaN: not known */
};

void eta_init(struct eta *eta);
/* Told at any time, as often as one likes. */
void eta_note(struct eta *eta, const struct run_progress *progress, double seconds);

/* Of the pass, and of all: 0 to 1; NaN: not known. */
double eta_pass(const struct eta *eta);
double eta_all(const struct eta *eta);
/* Seconds that are left; NaN: not known. */
double eta_left(const struct eta *eta);
/* It is told from the pace of another pass, which may be slower or faster. */
bool eta_is_rough(const struct eta *eta);
/* Of this pass, in a second; NaN: not known yet, or no bytes are read. */
double eta_rows_rate(const struct eta *eta);
double eta_bytes_rate(const struct eta *eta);

enum { ETA_SIZE = 32 };
/* "ETA 0.3 s", "ETA ~2:05 min"; "": not known. */
void eta_print(const struct eta *eta, char out[ETA_SIZE]);

#endif
