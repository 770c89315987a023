/* eta - from shares of passes to the end of the run. */
#include "run/eta.h"

#include <math.h>
#include <stdio.h>

/* A pass has to go on for so long, and so far, before it tells anything. */
static const double least_seconds = 0.5, least_share = 0.02;
/* In so many seconds an estimate becomes the new one, all but a third. */
static const double inertia = 2;

void
eta_init(struct eta *eta)
{
	*eta = (struct eta){ .end = NAN };
}

static double
pass_seconds(const struct eta *eta)
{
	return eta->now - eta->began;
}

double
eta_pass(const struct eta *eta)
{
	return eta->at.total ? fmin((double)eta->at.done / (double)eta->at.total, 1)
			     : NAN;
}

/* Of all, by what passes weigh. */
static double
share_of(const struct eta *eta)
{
	const struct run_progress *at = &eta->at;
	const double pass = eta_pass(eta), weight = (double)at->weight;
	const double all = (double)at->past + weight + (double)at->ahead;

	if (all <= 0)
		return 0;
	return ((double)at->past + weight * (isnan(pass) ? 0 : pass)) / all;
}

/* Seconds from now on, as this pass goes; NaN: not known. */
static double
left_now(const struct eta *eta)
{
	const double pass = eta_pass(eta), seconds = pass_seconds(eta);
	double all;

	if (!eta->at.is_even || !(pass >= least_share) || seconds < least_seconds)
		return NAN;
	all = seconds / pass;
	return all - seconds +
	       (eta->at.ahead ? all * (double)eta->at.ahead / (double)eta->at.weight : 0);
}

/* What is new counts the more the longer nothing was told. */
static void
move_end(struct eta *eta, double passed)
{
	const double left = left_now(eta), end = eta->now + left;

	if (!eta->at.is_even)
		eta->end = NAN;
	else if (isnan(eta->end) && isfinite(left))
		eta->end = end;
	else if (isfinite(left))
		eta->end += (end - eta->end) * (1 - exp(-passed / inertia));
}

void
eta_note(struct eta *eta, const struct run_progress *progress, double seconds)
{
	const double passed = seconds - eta->now;

	if (progress->pass != eta->at.pass || progress->what != eta->at.what)
		eta->began = seconds;
	eta->at = *progress;
	eta->now = seconds;
	eta->share = fmax(eta->share, share_of(eta));
	move_end(eta, passed);
}

double
eta_all(const struct eta *eta)
{
	return eta->share;
}

double
eta_left(const struct eta *eta)
{
	return isnan(eta->end) ? NAN : fmax(eta->end - eta->now, 0);
}

bool
eta_is_rough(const struct eta *eta)
{
	return eta->at.ahead > 0 || isnan(left_now(eta));
}

static double
rate(const struct eta *eta, double done)
{
	const double seconds = pass_seconds(eta);

	return seconds > 0 && done > 0 ? done / seconds : NAN;
}

double
eta_rows_rate(const struct eta *eta)
{
	return rate(eta, (double)eta->at.rows);
}

double
eta_bytes_rate(const struct eta *eta)
{
	return eta->at.in_bytes ? rate(eta, (double)eta->at.done) : NAN;
}

void
eta_print(const struct eta *eta, char out[ETA_SIZE])
{
	const double left = eta_left(eta);
	const char *sign = eta_is_rough(eta) ? "~" : "";

	if (!isfinite(left))
		out[0] = '\0';
	else if (left < 60)
		snprintf(out, ETA_SIZE, "ETA %s%.*f s", sign, left < 10, left);
	else
		snprintf(out, ETA_SIZE, "ETA %s%.0f:%02.0f min", sign, floor(left / 60),
			 floor(fmod(left, 60)));
}
