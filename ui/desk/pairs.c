/* pairs - shifted sums of products. */
#include "desk/pairs.h"

#include <math.h>

void
pair_add(struct pair_sums *sums, double x, double y)
{
	sums->n++;
	sums->x += x;
	sums->y += y;
	sums->xx += x * x;
	sums->yy += y * y;
	sums->xy += x * y;
}

double
pair_r(const struct pair_sums *sums)
{
	const double n = (double)sums->n;
	const double xx = sums->xx - sums->x * sums->x / n;
	const double yy = sums->yy - sums->y * sums->y / n;
	const double xy = sums->xy - sums->x * sums->y / n;
	const double r = xy / sqrt(xx * yy);

	if (sums->n < 2 || !(xx > 0) || !(yy > 0) || !isfinite(r))
		return NAN;
	return fmin(1, fmax(-1, r));
}

void
pairs_init(struct pairs *pairs, const struct schema *schema, size_t most,
	   struct arena *arena)
{
	pairs->places = ARENA_ARRAY(arena, most, size_t);
	pairs->names = ARENA_ARRAY(arena, most, const char *);
	pairs->first = ARENA_ARRAY(arena, most, double);
	pairs->sums = ARENA_ARRAY(arena, most * most, struct pair_sums);
	for (size_t i = 0; i < schema->n && pairs->n < most; i++) {
		if (!(schema->at[i].type & TYPE_NUMERIC))
			continue;
		pairs->places[pairs->n] = i;
		pairs->names[pairs->n] = arena_text(arena, schema->at[i].name);
		pairs->first[pairs->n++] = NAN;
	}
}

/* The row's numbers, each from the first one of its column; NaN: none. */
static void
take_row(struct pairs *pairs, const struct batch *batch, size_t row, double *out)
{
	for (size_t i = 0; i < pairs->n; i++) {
		const struct column *column = batch->at[pairs->places[i]];
		double value = NAN;

		if (!column_is_null(column, row))
			value = column_number(column, row);
		if (!isfinite(value)) {
			out[i] = NAN;
			continue;
		}
		if (isnan(pairs->first[i]))
			pairs->first[i] = value;
		out[i] = value - pairs->first[i];
	}
}

void
pairs_add(struct pairs *pairs, const struct batch *batch)
{
	double values[64];

	for (size_t row = 0; row < batch->rows; row++) {
		take_row(pairs, batch, row, values);
		for (size_t i = 0; i < pairs->n; i++)
			for (size_t k = 0; !isnan(values[i]) && k <= i; k++)
				if (!isnan(values[k]))
					pair_add(&pairs->sums[i * pairs->n + k],
						 values[k], values[i]);
	}
}

void
pairs_settle(const struct pairs *pairs, struct chart_pairs *out, struct arena *arena)
{
	const size_t n = pairs->n;
	double *r = ARENA_ARRAY(arena, n * n + 1, double);
	uint64_t *rows = ARENA_ARRAY(arena, n * n + 1, uint64_t);

	*out = (struct chart_pairs){ .n = n, .r = r, .rows = rows };
	out->names = ARENA_ARRAY(arena, n + 1, const char *);
	for (size_t i = 0; i < n; i++) {
		out->names[i] = arena_text(arena, pairs->names[i]);
		for (size_t k = 0; k <= i; k++) {
			const struct pair_sums *sums = &pairs->sums[i * n + k];

			r[i * n + k] = r[k * n + i] = pair_r(sums);
			rows[i * n + k] = rows[k * n + i] = sums->n;
		}
	}
}
