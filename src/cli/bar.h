/*
 * bar.h - how far a run is, on standard error.
 *
 *	auto	a bar if standard error is a terminal, else nothing
 *	bar	one line, redrawn, from 250 ms on
 *	plain	a line every second
 *	json	an object a line, every 250 ms: what, pass, done, total (of the pass) and
 *		their unit, rows, seconds, and as far as it is known, else null: share (of
 *		all, 0 to 1), rows_per_second, bytes_per_second, seconds_left
 */
#ifndef CLI_BAR_H
#define CLI_BAR_H

#include "run/eta.h"

enum bar_kind { BAR_AUTO, BAR_BAR, BAR_PLAIN, BAR_JSON, BAR_NONE };

struct bar {
	enum bar_kind kind;
	double started, drawn; /* seconds */
	struct eta eta;
	bool visible;
};

/* Ask the run to report to the bar. */
void bar_start(struct bar *bar, enum bar_kind kind, struct run_options *options);
void bar_end(struct bar *bar); /* leaves no trace */

#endif
