/*
 * chart_data - values of steps, and how they are written.
 */
#include "desk/chart_data.h"

#include <math.h>
#include <stdio.h>

#include "base/date.h"

void
chart_data_release(struct chart_data *data)
{
	arena_release(&data->arena);
	*data = (struct chart_data){ 0 };
}

double
chart_value(const struct chart_axis *axis, int64_t step)
{
	const double value = steps_value(&axis->steps, step);

	return axis->channel.log ? pow(10, value) : value;
}

int64_t
chart_step(const struct chart_axis *axis, double value)
{
	return steps_find(&axis->steps, axis->channel.log ? log10(value) : value);
}

uint64_t
chart_rows_between(const struct chart_data *data, double low, double high)
{
	uint64_t rows = 0;

	for (size_t i = 0; i < data->n; i++) {
		const struct chart_cell *cell = &data->cells[i];
		const double value = chart_value(&data->x, cell->x);

		if (cell->x != CELL_MISSING && value >= low && value < high)
			rows += cell->rows;
	}
	return rows;
}

static void
print_moment(enum type type, double micros, char out[CHART_LABEL])
{
	struct civil at;

	if (!(fabs(micros) < 9e17)) {
		snprintf(out, CHART_LABEL, "%s", micros > 0 ? "later" : "earlier");
		return;
	}
	datetime_civil((int64_t)micros, &at);
	if (type == TYPE_DATE || (at.hour == 0 && at.minute == 0 && at.second == 0))
		snprintf(out, CHART_LABEL, "%04d-%02d-%02d", at.year, at.month, at.day);
	else if (at.second == 0)
		snprintf(out, CHART_LABEL, "%02d-%02d %02d:%02d", at.month, at.day,
			 at.hour, at.minute);
	else
		snprintf(out, CHART_LABEL, "%02d:%02d:%02d", at.hour, at.minute,
			 at.second);
}

enum { FEW_DIGITS = 3, SOME_DIGITS = 5, MOST_DIGITS = 15 };

/* Digits that tell values of the axis apart: more than a few where all of them are close to
 * each other and far from 0, as years are. */
static int
digits_of(const struct chart_axis *axis)
{
	const double size = axis ? fmax(fabs(axis->low), fabs(axis->high)) : 0;
	const double share = axis ? (axis->high - axis->low) / size : 1;
	double digits;

	if (!axis || axis->channel.log || !(size > 0) || !isfinite(share))
		return FEW_DIGITS;
	digits = share > 0 ? 2 + ceil(-log10(share)) : MOST_DIGITS;
	return digits <= FEW_DIGITS ? FEW_DIGITS
				    : (int)fmin(fmax(digits, SOME_DIGITS), MOST_DIGITS);
}

/* Few digits with k, M, G, T behind them; whole numbers below 1,000 as they are, and where
 * more digits are wanted below 100,000. */
static void
print_short(double value, int digits, char out[CHART_LABEL])
{
	static const char units[] = { 'k', 'M', 'G', 'T' };
	const double size = fabs(value);
	double scaled = value;
	size_t unit = 0;

	if (size < (digits > FEW_DIGITS ? 99999.5 : 999.5)) {
		snprintf(out, CHART_LABEL, "%.*g", digits, value == 0 ? 0 : value);
		return;
	}
	for (scaled /= 1000; fabs(scaled) >= 999.5 && unit + 1 < sizeof units; unit++)
		scaled /= 1000;
	if (fabs(scaled) >= 999.5)
		snprintf(out, CHART_LABEL, "%.*g", digits, value);
	else
		snprintf(out, CHART_LABEL, "%.*g%c", digits, scaled, units[unit]);
}

void
chart_print(const struct chart_axis *axis, double value, char out[CHART_LABEL])
{
	if (axis && axis->channel.kind != CHANNEL_NONE &&
	    (axis->channel.type & TYPE_TEMPORAL))
		print_moment(axis->channel.type, value, out);
	else
		print_short(value, digits_of(axis), out);
}
