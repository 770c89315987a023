/* numbers - loops without branches: what does not count is overwritten by what follows.
 */
#include "data/numbers.h"

#include <stdbool.h>

static size_t
without_nan(double *x, size_t n)
{
	size_t kept = 0;

	for (size_t i = 0; i < n; i++) {
		x[kept] = x[i];
		kept += x[i] == x[i];
	}
	return kept;
}

/* there: bits from the row first on; NULL: all are. */
static size_t
take(const struct column *c, const void *there, size_t first, size_t n, double *out)
{
	const bool is_long = c->type == TYPE_LONG;
	size_t kept = 0;

	if (!there && is_long) {
		for (size_t i = 0; i < n; i++)
			out[i] = (double)column_longs(c)[first + i];
		return n;
	}
	if (!there) {
		memcpy(out, column_floats(c) + first, n * sizeof(*out));
		return without_nan(out, n);
	}
	if (is_long) {
		for (size_t i = 0; i < n; i++) {
			out[kept] = (double)column_longs(c)[first + i];
			kept += bit_get(there, i);
		}
		return kept;
	}
	for (size_t i = 0; i < n; i++) {
		out[kept] = column_floats(c)[first + i];
		kept += bit_get(there, i);
	}
	return without_nan(out, kept);
}

size_t
numbers_take(const struct column *c, size_t first, size_t n, double *out)
{
	return take(c, c->validity && c->nulls ? c->validity->data + first / 8 : NULL,
		    first, n, out);
}

size_t
numbers_take_kept(const struct column *c, const uint64_t *kept, size_t first, size_t n,
		  double *out)
{
	uint64_t there[NUMBERS_BLOCK / 64];

	if (!c->validity || !c->nulls)
		return take(c, kept + first / 64, first, n, out);
	for (size_t i = 0; i < (n + 63) / 64; i++) {
		memcpy(&there[i], c->validity->data + first / 8 + 8 * i, sizeof(*there));
		there[i] &= kept[first / 64 + i];
	}
	return take(c, there, first, n, out);
}

bool
numbers_each(const struct column *c,
	     bool (*add)(void *state, const double *x, size_t n, struct error *err),
	     void *state, struct error *err)
{
	double x[NUMBERS_BLOCK];

	for (size_t at = 0; at < c->rows; at += NUMBERS_BLOCK) {
		size_t n = c->rows - at < NUMBERS_BLOCK ? c->rows - at : NUMBERS_BLOCK;

		if (!add(state, x, numbers_take(c, at, n, x), err))
			return false;
	}
	return true;
}
