/* batch - columns side by side. */
#include "data/batch.h"

#include <stdlib.h>

struct batch *
batch_new(size_t n, size_t rows, struct error *err)
{
	struct batch *batch = calloc(1, sizeof(*batch));

	if (batch && (batch->at = calloc(n ? n : 1, sizeof(*batch->at)))) {
		batch->n = n;
		batch->rows = rows;
		return batch;
	}
	free(batch);
	fail(err, "out of memory: the system refused a batch of %zu columns", n);
	return NULL;
}

struct batch *
batch_copy(const struct batch *batch, struct error *err)
{
	struct batch *copy = batch_new(batch->n, batch->rows, err);

	for (size_t i = 0; copy && i < batch->n; i++)
		copy->at[i] = column_share(batch->at[i]);
	return copy;
}

void
batch_free(struct batch *batch)
{
	if (!batch)
		return;
	for (size_t i = 0; i < batch->n; i++)
		column_drop(batch->at[i]);
	free(batch->at);
	free(batch);
}

void
batch_take(struct batch *batch, size_t slot, struct column *column)
{
	column_drop(batch->at[slot]);
	batch->at[slot] = column;
}

struct batch *
batch_gather(const struct batch *batch, const uint32_t *rows, size_t n, struct error *err)
{
	struct batch *out = batch_new(batch->n, n, err);

	for (size_t i = 0; out && i < batch->n; i++) {
		if (!batch->at[i])
			continue;
		out->at[i] = column_gather(batch->at[i], rows, n, err);
		if (!out->at[i]) {
			batch_free(out);
			return NULL;
		}
	}
	return out;
}

/* Places of set bits; room for all of rows. */
static size_t
places(const uint64_t *kept, size_t rows, uint32_t *out)
{
	size_t n = 0;

	for (size_t w = 0; w < bit_words(rows); w++)
		for (uint64_t bits = kept[w]; bits; bits &= bits - 1) {
			size_t row = w * 64 + (size_t)__builtin_ctzll(bits);

			if (row < rows)
				out[n++] = (uint32_t)row;
		}
	return n;
}

bool
batch_filter(struct batch *batch, const uint64_t *kept, struct error *err)
{
	size_t size = batch->rows * sizeof(uint32_t), n;
	uint32_t *rows = memory_alloc(size, err);
	bool ok = true;

	if (!rows)
		return false;
	n = places(kept, batch->rows, rows);
	for (size_t i = 0; ok && n < batch->rows && i < batch->n; i++) {
		struct column *cut;

		if (!batch->at[i])
			continue;
		cut = column_gather(batch->at[i], rows, n, err);
		ok = cut != NULL;
		if (ok)
			batch_take(batch, i, cut);
	}
	if (ok)
		batch->rows = n;
	memory_free(rows, size);
	return ok;
}

struct batch *
batch_slice(const struct batch *batch, size_t first, size_t n, struct error *err)
{
	struct batch *out = batch_new(batch->n, n, err);

	for (size_t i = 0; out && i < batch->n; i++) {
		if (!batch->at[i])
			continue;
		out->at[i] = column_slice(batch->at[i], first, n, err);
		if (!out->at[i]) {
			batch_free(out);
			return NULL;
		}
	}
	return out;
}
