/*
 * squeeze.h - a batch in few bits, to be read again soon.
 *
 * Whole numbers, codes of dictionaries, days and moments are kept as what they exceed a
 * number by that none of the batch is below, each in as many bits as the largest of these
 * needs ("frame of reference": M. Zukowski, S. Heman, N. Nes, P. Boncz, "Super-scalar
 * RAM-CPU cache compression", ICDE 2006). Floats that are decimals with few digits are
 * such numbers, times a power of ten, if every one of them comes back bit for bit. What
 * else there is (text one behind the other, objects, other floats) is shared as it is,
 * and so are dictionaries.
 */
#ifndef DATA_SQUEEZE_H
#define DATA_SQUEEZE_H

#include "data/batch.h"

struct squeezed;

/* The batch stays the caller's. Slots that are NULL stay so. */
CHECKED bool squeeze(const struct batch *batch, struct squeezed **out, struct error *err);
void squeezed_free(struct squeezed *squeezed); /* NULL is fine */

/* Bytes that it holds, with those of the columns that it shares. */
size_t squeezed_bytes(const struct squeezed *squeezed);

/* The batch again. wanted: by slot; another one's slot is NULL. NULL: all. */
CHECKED bool squeezed_open(const struct squeezed *squeezed, const bool *wanted,
			   struct batch **out, struct error *err);

#endif
